"""Words as a reply to a notice in the group: they count like a press, quietly; a reason goes nowhere."""

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from sandbox.faults import Fault
from store import leaves
from store.deliveries import Delivery, DeliveryKind, DeliveryState
from store.responses import ParticipationStatus
from store.updates import InboxUpdate
from tests.bot.running_bot import LI, NOBODY, OFFICE, TEACHING, WANG, RunningBot
from tests.handlers.event_sample import local, person, research, status_of
from tests.store.policy_sample import CHARTER, publish

COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
CANARY = "孩子发烧三十九度"


async def reply(bot: RunningBot, user: int, text: str) -> str:
    """What the bot's reaction to it is; it says nothing in the group."""
    card = next(one for one in bot.messages(TEACHING) if one.buttons)
    before = len(bot.messages(TEACHING))
    said = bot.people.say(user, TEACHING, text, reply_to=card.id)
    await bot.settle()
    assert len(bot.messages(TEACHING)) == before
    return said.reaction


async def test_a_word_in_reply_to_the_card_counts_and_is_acknowledged_by_a_reaction(announced: RunningBot) -> None:
    bot = announced
    assert await reply(bot, LI, "参加") == "👍"
    assert await reply(bot, WANG, "收到") == "👌"
    assert bot.store.call(status_of, "li") is COMING
    assert bot.store.call(status_of, "wang") is None
    assert await reply(bot, LI, "+1") == "👍"
    await bot.until(local("10-08 09:01"))
    assert "1/5" in bot.messages(TEACHING)[0].text


async def test_a_reason_in_the_group_is_neither_kept_nor_repeated(
    announced: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot = announced
    caplog.set_level(logging.DEBUG)
    bot.people.start(LI)
    await bot.settle()
    assert await reply(bot, LI, f"请假，{CANARY}") == "👌"
    assert bot.store.call(status_of, "li") is AWAY
    assert "事由" in bot.last(LI).text
    li = bot.store.call(person, "li")
    assert bot.store.call(lambda session: leaves.of(session, research(session), li)) is None
    assert not any(CANARY in str(call.sent) for call in bot.room.calls)
    assert CANARY not in caplog.text
    payloads = bot.store.call(lambda session: list(session.exec(select(InboxUpdate.payload))))
    assert payloads
    assert not any(payloads)


async def test_whoever_has_no_private_chat_is_shown_the_way_once_without_a_name(announced: RunningBot) -> None:
    bot, card, before = announced, announced.messages(TEACHING)[0], len(announced.heard(TEACHING))
    for text in (f"请假，{CANARY}", "请假"):
        bot.people.say(WANG, TEACHING, text, reply_to=card.id)
        await bot.settle()
    said = bot.heard(TEACHING)[before:]
    number = bot.store.call(research)
    assert said == [f"这件事请私聊我办：https://t.me/jiaolian_bot?start=leave_{number}"]
    assert bot.store.call(status_of, "wang") is AWAY


async def test_talk_of_leave_that_may_be_anothers_changes_nothing_and_leads_in_private(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(OFFICE)
    bot.people.start(LI)
    await bot.settle()
    assert await reply(bot, LI, f"{CANARY}，请假") == ""
    assert bot.store.call(status_of, "li") is None
    assert f"?start=leave_{bot.store.call(research)}" in bot.last(LI).text


@pytest.mark.parametrize("text", ["7. 李芳 参加", "#接龙\n1. 李芳 参加", "好的，谢谢", "👍"])
async def test_a_list_and_thanks_are_left_alone(announced: RunningBot, text: str) -> None:
    assert await reply(announced, LI, text) == ""
    assert announced.store.call(status_of, "li") is None


async def test_without_a_reply_no_word_counts(announced: RunningBot) -> None:
    bot = announced
    for text in ("收到", "参加", "7. 李芳 参加"):
        assert await bot.say(LI, text, TEACHING) == []
    assert bot.store.call(status_of, "li") is None


async def test_a_question_in_a_reply_is_still_a_question(announced: RunningBot) -> None:
    bot = announced
    bot.store.call(publish, 1, CHARTER)
    said = await bot.say(LI, "联合教研多久开展一次？", TEACHING, reply_to=bot.messages(TEACHING)[0].id)
    assert "每月开展一次联合教研" in said[0]


async def test_a_word_in_reply_to_another_message_of_ours_is_no_answer(announced: RunningBot) -> None:
    bot = announced
    await bot.say(LI, "/next", TEACHING)
    bot.people.say(LI, TEACHING, "参加", reply_to=bot.last(TEACHING).id)
    await bot.settle()
    assert bot.store.call(status_of, "li") is None


async def test_who_is_not_expected_is_told_so_in_private(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(OFFICE)
    await bot.settle()
    assert await reply(bot, OFFICE, "参加") == ""
    assert "名单里没有您" in bot.last(OFFICE).text
    assert await reply(bot, NOBODY, "参加") == ""


async def test_where_reactions_are_not_allowed_it_counts_all_the_same(announced: RunningBot) -> None:
    bot = announced
    bot.faults.add(Fault("setMessageReaction", kind="refuse", error="reaction_invalid"))
    assert await reply(bot, LI, "参加") == ""
    assert bot.store.call(status_of, "li") is COMING


async def test_a_reaction_heeds_the_silence_that_telegram_asked_for_and_hears_of_it(announced: RunningBot) -> None:
    bot = announced
    bot.faults.add(Fault("setMessageReaction", kind="refuse", error="too_fast", retry_after=3600))
    assert [await reply(bot, who, "参加") for who in (LI, WANG)] == ["", ""]
    assert [bot.store.call(status_of, who) for who in ("li", "wang")] == [COMING] * 2
    assert sum(call.method == "setmessagereaction" for call in bot.room.calls) == 1


def number_of_card(
    bot: RunningBot, state: DeliveryState, number: int | None, kind: DeliveryKind = DeliveryKind.ANNOUNCE
) -> None:
    """The card is being sent, and nobody knows its number yet; or it was sent."""
    held = None if state is DeliveryState.SENT else bot.clock.now() + timedelta(hours=1)
    row = update(Delivery).where(col(Delivery.kind) == kind)
    change = row.values(state=state, message_id=number and str(number), held_until=held)
    bot.store.call(lambda session: session.connection().execute(change))


async def test_a_word_to_a_card_whose_number_is_not_kept_yet_counts_once_it_is(announced: RunningBot) -> None:
    bot = announced
    card = next(one for one in bot.messages(TEACHING) if one.buttons)
    number_of_card(bot, DeliveryState.CLAIMED, None)
    replying = asyncio.create_task(reply(bot, LI, "参加"))
    await asyncio.sleep(0.3)
    assert bot.store.call(status_of, "li") is None
    number_of_card(bot, DeliveryState.SENT, card.id)
    assert await replying == "👍"
    assert bot.store.call(status_of, "li") is COMING


@pytest.mark.parametrize("group", [True, False])
async def test_a_word_to_a_message_whose_number_never_becomes_known_is_taken_for_no_other(
    announced: RunningBot, monkeypatch: pytest.MonkeyPatch, *, group: bool
) -> None:
    monkeypatch.setattr("bot.talk.answered.MOMENTS", 1)
    bot, chat = announced, TEACHING if group else LI
    bot.people.start(LI)
    await bot.settle()
    await bot.until(local("10-12 14:31"))
    number_of_card(bot, DeliveryState.CLAIMED, None, DeliveryKind.ANNOUNCE if group else DeliveryKind.NUDGE)
    await bot.say(LI, "参加", chat, reply_to=bot.last(chat).id)
    assert bot.store.call(status_of, "li") is None


async def test_in_private_a_word_counts_for_the_event_that_is_replied_to(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(LI)
    await bot.settle()
    await bot.until(local("10-12 14:31"))
    nudge = bot.last(LI)
    said = await bot.say(LI, "来不了", reply_to=nudge.id)
    assert "事由" in said[0]
    assert bot.store.call(status_of, "li") is AWAY
