"""Inline mode through Telegram: typed behind the bot's name in any chat, offered, sent as the person's own words."""

import pytest

from sandbox.state import Json
from store import updates
from store.updates import UpdateState
from tests.bot.running_bot import LI, NOBODY, STRANGE, TEACHING, RunningBot
from tests.store.policy_sample import CHARTER, publish

WORDS, RULE = "联合教研多久开展一次？", "每月开展一次联合教研"
SOURCE = "——《河东教联体章程(样本)》第1版（2026年9月1日起生效） · 三、共同工作 › (一)教研联动"


@pytest.fixture
async def charter(bot: RunningBot) -> RunningBot:
    bot.store.call(publish, 1, CHARTER)
    return bot


async def offered(bot: RunningBot, user: int, text: str, chat: int = STRANGE) -> tuple[str, Json]:
    """The query's id, and what its writer is shown."""
    query = bot.people.look_up(user, chat, text)
    await bot.settle()
    answer = bot.room.inline_queries[query].answer
    assert answer is not None
    return query, answer


async def test_a_linked_person_sends_a_quotation_into_any_chat_and_nothing_is_answered_to_it(
    charter: RunningBot,
) -> None:
    for chat in (STRANGE, TEACHING, LI):
        before = len(charter.messages(chat))
        query, answer = await offered(charter, LI, WORDS, chat)
        assert (answer["is_personal"], answer["button"]) == (True, None)
        first = answer["results"][0]
        assert first["title"] == "(一)教研联动"
        assert RULE in first["description"]
        sent = charter.people.choose(LI, chat, query, first["id"])
        await charter.settle()
        assert sent.text.endswith(SOURCE)
        assert RULE in sent.text
        assert len(charter.messages(chat)) == before
    assert "cache_time" in next(call.sent for call in charter.room.calls if call.method == "answerinlinequery")


async def test_a_stranger_is_shown_the_way_and_leaves_no_trace(charter: RunningBot) -> None:
    _, answer = await offered(charter, NOBODY, f"{WORDS} 样例暗号")
    assert answer["results"] == []
    assert answer["button"] == {"text": "先绑定姓名，再查方案", "payload": "claim"}
    charter.people.start(NOBODY, answer["button"]["payload"])
    await charter.settle()
    assert "您好" in charter.last(NOBODY).text
    assert charter.store.call(updates.adopt) == []
    assert set(charter.store.call(updates.counts)) == {UpdateState.DONE}


async def test_an_answer_that_comes_too_late_is_no_failure(charter: RunningBot) -> None:
    query = charter.people.look_up(LI, STRANGE, WORDS)
    charter.room.inline_queries[query].answer = {"results": [], "button": None, "is_personal": True}
    await charter.settle()
    refused = [call.error for call in charter.room.calls if call.method == "answerinlinequery"]
    assert refused == ["Bad Request: query is too old and response timeout expired or query ID is invalid"]


async def test_no_words_that_were_looked_up_reach_a_log(charter: RunningBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    await offered(charter, LI, "样例暗号")
    assert "样例暗号" not in caplog.text
