"""Inline mode of the server: queries as Telegram sends them, answers taken as strictly, results sent by the person."""

import json
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.error import BadRequest

from sandbox.state import Room
from tests.sandbox.sample import GROUP, LI, TOKEN, WANG, Sample

OLD = "query is too old"
GOOD = {"type": "article", "id": "1", "title": "样", "input_message_content": {"message_text": "样例"}}


def article(number: str = "1", text: str = "样例条款") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(number, "样例", InputTextMessageContent(text), description="说明")


async def test_a_query_is_answered_and_a_result_sent_in_the_persons_name(sample: Sample, bot: Bot) -> None:
    asked = sample.people.look_up(LI, GROUP, "每月" * 200)
    (update,) = await bot.get_updates()
    query = update.inline_query
    assert query is not None
    assert (query.from_user.id, query.chat_type, len(query.query)) == (LI, "supergroup", 256)
    await query.answer([article(), article("2")], 0, is_personal=True)
    sent = sample.people.choose(LI, GROUP, asked, "1")
    assert (sent.sender.id, sent.text) == (LI, "样例条款")
    (_, update) = await bot.get_updates()
    assert update.message is not None
    assert update.message.via_bot is not None
    assert update.message.via_bot.id == bot.id


async def test_only_who_asked_chooses_and_only_what_was_offered(sample: Sample, bot: Bot) -> None:
    asked = sample.people.look_up(LI, LI, "每月")
    with pytest.raises(LookupError):
        sample.people.choose(LI, GROUP, asked, "1")
    await bot.answer_inline_query(asked, [article()])
    for user, result in ((WANG, "1"), (LI, "2")):
        with pytest.raises(LookupError):
            sample.people.choose(user, GROUP, asked, result)


async def test_a_query_is_answered_once_and_in_time(sample: Sample, bot: Bot) -> None:
    asked, late = sample.people.look_up(LI, GROUP, "每月"), sample.people.look_up(LI, GROUP, "每月教研")
    await bot.answer_inline_query(asked, [])
    with pytest.raises(BadRequest, match=f"(?i){OLD}"):
        await bot.answer_inline_query(asked, [])
    sample.pass_time(seconds=31)
    with pytest.raises(BadRequest, match=f"(?i){OLD}"):
        await bot.answer_inline_query(late, [])
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ("{", "can't parse the JSON"),
        ("{}", "expected an Array"),
        ([GOOD | {"type": "photo"}], "an article is expected"),
        ([GOOD | {"id": ""}], "RESULT_ID_EMPTY"),
        ([GOOD | {"id": "条" * 22}], "RESULT_ID_INVALID"),
        ([GOOD, GOOD], "RESULT_ID_DUPLICATE"),
        ([GOOD | {"title": " "}], "ARTICLE_TITLE_EMPTY"),
        ([GOOD | {"input_message_content": {"message_text": ""}}], "message text is empty"),
        ([GOOD | {"input_message_content": {"message_text": "条" * 4097}}], "MESSAGE_TOO_LONG"),
        ([GOOD | {"id": str(number)} for number in range(51)], "too many inline query results specified"),
    ],
)
async def test_what_telegram_would_refuse_is_refused(
    sample: Sample, page: httpx.AsyncClient, results: Any, said: str
) -> None:
    asked = sample.people.look_up(LI, GROUP, "每月")
    sent = results if isinstance(results, str) else json.dumps(results)
    answer = await page.post(f"/bot{TOKEN}/answerInlineQuery", data={"inline_query_id": asked, "results": sent})
    assert answer.status_code == 400
    assert said in answer.json()["description"]


@pytest.mark.parametrize(
    ("start", "said"), [("", "can't use empty"), ("x" * 65, "too long"), ("a b", "unallowed characters")]
)
async def test_a_button_leads_into_the_private_chat_by_a_good_parameter(
    sample: Sample, bot: Bot, start: str, said: str
) -> None:
    asked = sample.people.look_up(LI, GROUP, "每月")
    with pytest.raises(BadRequest, match=f"(?i){said}"):
        await bot.answer_inline_query(asked, [], button=InlineQueryResultsButton("样例", start_parameter=start))
    await bot.answer_inline_query(asked, [], button=InlineQueryResultsButton("样例", start_parameter="claim"))
    assert sample.room.inline_queries[asked].answer == {
        "results": [], "is_personal": False, "button": {"text": "样例", "payload": "claim"},
    }  # fmt: skip


async def test_without_inline_mode_no_client_offers_it(sample: Sample, bot: Bot) -> None:
    assert (await bot.get_me()).supports_inline_queries
    sample.room.inline = False
    with pytest.raises(LookupError):
        sample.people.look_up(LI, GROUP, "每月")
    assert not Room(sample.room.now, inline=False).inline
    assert not (await bot.get_me()).supports_inline_queries
