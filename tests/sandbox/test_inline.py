"""Inline mode of the server: queries as Telegram sends them, answers taken as strictly, results sent by the person."""

import json

import httpx
import pytest
from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.error import BadRequest

from sandbox.errors import ERRORS
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


RESULTS = {  # by the name of what they are refused with
    "results_not_json": "{",
    "results_not_list": "{}",
    "result_not_article": json.dumps([GOOD | {"type": "photo"}]),
    "result_id_empty": json.dumps([GOOD | {"id": ""}]),
    "result_id_invalid": json.dumps([GOOD | {"id": "条" * 22}]),
    "result_id_duplicate": json.dumps([GOOD, GOOD]),
    "article_title_empty": json.dumps([GOOD | {"title": " "}]),
    "text_empty": json.dumps([GOOD | {"input_message_content": {"message_text": ""}}]),
    "answer_too_long": json.dumps([GOOD | {"input_message_content": {"message_text": "条" * 4097}}]),
    "results_too_many": json.dumps([GOOD | {"id": str(number)} for number in range(51)]),
}
STARTS = {"start_empty": "", "start_too_long": "x" * 65, "start_invalid": "a b"}


@pytest.mark.parametrize("name", RESULTS)
async def test_what_telegram_would_refuse_is_refused(sample: Sample, page: httpx.AsyncClient, name: str) -> None:
    asked = {"inline_query_id": sample.people.look_up(LI, GROUP, "每月"), "results": RESULTS[name]}
    answer = await page.post(f"/bot{TOKEN}/answerInlineQuery", data=asked)
    assert (answer.status_code, answer.json()["description"]) == ERRORS[name][:2]


@pytest.mark.parametrize("name", STARTS)
async def test_a_button_leads_into_the_private_chat_by_a_good_parameter(sample: Sample, bot: Bot, name: str) -> None:
    asked = sample.people.look_up(LI, GROUP, "每月")
    with pytest.raises(BadRequest):
        await bot.answer_inline_query(asked, [], button=InlineQueryResultsButton("样例", start_parameter=STARTS[name]))
    assert sample.room.calls[-1].error == ERRORS[name][1]
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
