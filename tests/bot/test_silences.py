"""A group that cannot be written to: its organisers hear of it once in private, and once when it works again."""

from collections.abc import Callable

import pytest

from bot.commands.status import gathered
from handlers.membership import Depart, Migrate, depart, migrate
from store.chats import Place
from tests.bot.running_bot import LI, OFFICE, TEACHING, RunningBot
from tests.handlers.event_sample import FILE, RESEARCH, begin, local


@pytest.fixture
async def told(bot: RunningBot) -> RunningBot:
    """The organiser has opened the private chat."""
    await bot.say(OFFICE, "/start")
    return bot


async def later(bot: RunningBot, moment: str) -> list[str]:
    """What the organiser hears by then."""
    before = len(bot.heard(OFFICE))
    await bot.settle()
    await bot.until(local(moment))
    return bot.heard(OFFICE)[before:]


def removed(bot: RunningBot) -> None:
    bot.people.remove_bot(TEACHING, LI)


def back(bot: RunningBot) -> None:
    bot.people.add_bot(TEACHING, LI)


def muted(bot: RunningBot) -> None:
    bot.people.mute_bot(TEACHING, LI)


def unmuted(bot: RunningBot) -> None:
    bot.people.mute_bot(TEACHING, LI, muted=False)


@pytest.mark.parametrize(
    ("lost", "found", "why", "words"),
    [(removed, back, "removed", "我已不在群“样例教研群”里"), (muted, unmuted, "muted", "在群“样例教研群”里不能发言")],
)
async def test_it_is_said_once_and_once_that_it_works_again(
    told: RunningBot,
    lost: Callable[[RunningBot], None],
    found: Callable[[RunningBot], None],
    why: str,
    words: str,
) -> None:
    lost(told)
    (said,) = await later(told, "10-08 09:02")
    assert words in said
    assert "补发" in said
    figures = told.store.call(gathered, told.clock.now())
    assert figures["platforms"]["telegram"]["chats_silent"] == [{"title": "样例教研群", "why": why}]
    assert await later(told, "10-08 09:30") == []
    found(told)
    assert await later(told, "10-08 09:31") == ["群“样例教研群”又能发消息了，通知照常发送。"]
    assert told.store.call(gathered, told.clock.now())["platforms"]["telegram"]["chats_silent"] == []


async def test_what_is_over_within_a_minute_is_not_worth_a_word(told: RunningBot) -> None:
    muted(told)
    unmuted(told)
    assert await later(told, "10-08 09:05") == []


async def test_a_group_that_becomes_a_supergroup_alarms_nobody(told: RunningBot) -> None:
    old, new = Place("telegram", str(TEACHING)), str(-1_000_000_000_000 + TEACHING)
    told.store.call(depart, Depart(old), told.clock.now())  # Telegram may say first that we left the old one
    told.store.call(migrate, Migrate(old, new), told.clock.now())
    assert [one for one in await later(told, "10-08 09:05") if "群" in one] == []


async def test_nobody_tells_us_that_we_were_muted_and_a_notice_finds_out(told: RunningBot) -> None:
    told.clock.move_to(local("10-07 13:00"))
    told.room.chats[TEACHING].muted = True
    said = await later(told, "10-07 15:00")  # the research event is announced at half past two
    assert ["不能发言" in one for one in said] == [True]
    told.room.chats[TEACHING].muted = False
    assert any("又能发消息了" in one for one in await later(told, "10-07 15:30"))
    assert any("共创式主题教研" in one for one in told.heard(TEACHING))


async def test_of_a_mute_that_is_over_an_answer_that_arrives_tells(told: RunningBot) -> None:
    told.room.chats[TEACHING].muted = True  # by the group's general permissions
    assert await told.say(LI, "/help", TEACHING) == []
    (said,) = await later(told, "10-08 09:02")
    assert "不能发言" in said
    told.room.chats[TEACHING].muted = False
    assert await told.say(LI, "/help", TEACHING)
    assert await later(told, "10-08 09:03") == ["群“样例教研群”又能发消息了，通知照常发送。"]


async def test_of_a_topic_that_is_closed_a_notice_finds_out_once_and_goes_out_when_it_is_open(told: RunningBot) -> None:
    """Telegram tells nobody that an administrator closed it, but by refusing."""
    chat = told.room.chats[TEACHING]
    topic = told.people.open_topic(LI, TEACHING, "数学")
    begin(told.store, RESEARCH, chat=({**FILE["chat"][0], "thread": topic}, *FILE["chat"][1:]))
    told.clock.move_to(local("10-07 13:00"))
    told.people.close_topic(LI, TEACHING, topic)
    said = await later(told, "10-07 15:00")  # the research event is announced at half past two
    assert ["话题已关闭或删除" in one for one in said] == [True]
    chat.closed_threads.clear()
    assert any("又能发消息了" in one for one in await later(told, "10-07 15:30"))
    assert [one.thread for one in chat.messages.values() if "共创式主题教研" in one.text] == [topic]
