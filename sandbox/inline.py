"""Inline mode: what is typed behind the bot's name in any chat, what the bot offers, and what is sent from it."""

import json
import re
from typing import Any

from sandbox.checks import TEXT_LIMIT, Sent
from sandbox.errors import Refused
from sandbox.state import INLINE_LIFE, InlineQuery, Json, Room

MOST, ID_LIMIT, START_LIMIT = 50, 64, 64  # results; bytes of a result's id; characters of a start parameter
START = re.compile(r"[A-Za-z0-9_-]+")


def answer_inline_query(room: Room, sent: Sent) -> bool:
    query = room.inline_queries.get(str(sent.get("inline_query_id", "")))
    results = listed(sent.get("results"))
    checked = [article(result) for result in results]
    if len({result["id"] for result in checked}) < len(checked):
        raise Refused("result_id_duplicate")
    start = button(sent.get("button"))
    if query is None or room.now() - query.asked_at > INLINE_LIFE or query.answer is not None:
        raise Refused("query_too_old")
    personal = str(sent.get("is_personal", "")).lower() in ("true", "yes", "1")
    query.answer = {"results": checked, "button": start, "is_personal": personal}
    room.changed()
    return True


def listed(sent: Any) -> list[Any]:
    try:
        results = json.loads(sent or "[]")
    except ValueError:
        raise Refused("results_not_json") from None
    if not isinstance(results, list):
        raise Refused("results_not_list")
    if len(results) > MOST:
        raise Refused("results_too_many")
    return results


def article(result: Any) -> Json:
    """The one kind that is emulated: a text to be sent, under a title (Bot API, InlineQueryResultArticle)."""
    if not isinstance(result, dict) or result.get("type") != "article":
        raise Refused("result_not_article")
    number, content = str(result.get("id", "")), result.get("input_message_content")
    if not 0 < len(number.encode()) <= ID_LIMIT:
        raise Refused("result_id_invalid" if number else "result_id_empty")
    if not str(result.get("title", "")).strip():
        raise Refused("article_title_empty")
    text = str(content.get("message_text", "")) if isinstance(content, dict) else ""
    if not text.strip():
        raise Refused("text_empty")
    if len(text) > TEXT_LIMIT:
        raise Refused("answer_too_long")
    return {"id": number, "title": result["title"], "description": result.get("description", ""), "text": text.strip()}


def button(sent: Any) -> Json | None:
    """Above the results: into the private chat, with a start parameter."""
    try:
        found = json.loads(sent or "null")
    except ValueError:
        raise Refused("results_not_json") from None
    if found is None:
        return None
    start = str(found.get("start_parameter", "")) if isinstance(found, dict) else ""
    if not start:
        raise Refused("start_empty")
    if len(start) > START_LIMIT:
        raise Refused("start_too_long")
    if not START.fullmatch(start):
        raise Refused("start_invalid")
    return {"text": str(found.get("text", "")), "payload": start}


def chosen(query: InlineQuery, result_id: str) -> str:
    """The text of a result that was offered. Raises LookupError for another."""
    for one in query.answer["results"] if query.answer else ():
        if one["id"] == result_id:
            return str(one["text"])
    raise LookupError(f"no result {result_id!r}")
