"""The chat page's inline mode: what is typed behind the bot's name is looked up, and a result is sent."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import httpx
import pytest
from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent

from sandbox import waiting
from tests.sandbox.sample import GROUP, LI, WANG, Sample

T = TypeVar("T")
WHO = {"as": str(LI), "chat": str(GROUP), "lang": "zh"}
TYPED = WHO | {"text": "@jiaolian_bot 每月教研"}


async def meanwhile(asking: Awaitable[T], bot: Bot, text: str, button: str | None = None) -> T:
    """The bot answers what it is asked while the page waits."""
    page = asyncio.ensure_future(asking)
    updates = await bot.get_updates(timeout=5)
    query = updates[-1].inline_query
    assert query is not None
    assert query.query == "每月教研"
    results = (
        [InlineQueryResultArticle("1", "样例条", InputTextMessageContent(text), description="说明")] if text else []
    )
    await query.answer(results, button=InlineQueryResultsButton(button, start_parameter="claim") if button else None)
    return await page


async def test_what_was_found_is_offered_and_sent_by_a_press(sample: Sample, page: httpx.AsyncClient, bot: Bot) -> None:
    offers = (await meanwhile(page.post("/page/look_up", data=TYPED), bot, "每月一次 <b>")).text
    assert '<button name="result" value="1"><strong>样例条</strong> <span>说明</span></button>' in offers
    (query,) = sample.room.inline_queries
    assert sample.texts(GROUP) == []
    for forged in ({"query": query, "result": "2"}, {"query": "9", "result": "1"}, {"as": str(WANG), "query": query}):
        await page.post("/page/choose", data=WHO | {"result": "1"} | forged)
    assert sample.texts(GROUP) == []
    shown = (await page.post("/page/choose", data=WHO | {"query": query, "result": "1"})).text
    assert sample.texts(GROUP) == ["每月一次 <b>"]
    assert "每月一次 &lt;b&gt;" in shown
    assert "通过 @jiaolian_bot" in shown


async def test_a_stranger_is_offered_the_way_and_nothing_found_is_said(
    sample: Sample, page: httpx.AsyncClient, bot: Bot
) -> None:
    offers = (await meanwhile(page.post("/page/look_up", data=TYPED), bot, "", "先绑定")).text
    assert 'formaction="/page/start" name="payload" value="claim">先绑定</button>' in offers
    sample.room.updates.clear()
    assert "没有查到。" in (await meanwhile(page.post("/page/look_up", data=TYPED), bot, "")).text


async def test_a_bot_that_does_not_answer_offers_nothing(
    sample: Sample, page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "ANSWER_WITHIN", 0.05)
    assert "没有查到。" in (await page.post("/page/look_up", data=TYPED)).text
    sample.room.inline = False
    assert (await page.post("/page/look_up", data=TYPED)).text == ""
