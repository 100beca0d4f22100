"""What is no command and no question: the nearest thing that works, and not the same remark again and again."""

import re
from datetime import timedelta

import pytest

from bot.voice import Voices
from tests.bot.running_bot import LI, NOBODY, OFFICE, STRANGE, TEACHING, WANG, RunningBot
from tests.handlers.event_sample import local


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        *(("/shedule", "schedule"), ("/invte", "invite"), ("/nxet", "next"), ("/chekin", "checkin")),
        *(("/qiandao", "checkin"), ("/bangzhu", "help"), ("/签到到", "checkin")),
    ],
)
async def test_a_mistyped_command_is_told_the_nearest(bot: RunningBot, typed: str, near: str) -> None:
    assert await bot.say(LI, typed) == [f"没有这个命令。您是不是要发 /{near}？"]


@pytest.mark.parametrize(("user", "chat"), [(LI, LI), (OFFICE, OFFICE), (NOBODY, NOBODY), (LI, TEACHING)])
async def test_whatever_help_names_does_something_when_it_is_pressed(bot: RunningBot, user: int, chat: int) -> None:
    """A client sends a command that is touched, and nothing that stands behind it."""
    (told,) = await bot.say(user, "/help", chat)
    named = set(re.findall(r"/[a-z]+", told))
    assert len(named) > (5 if user == chat != NOBODY else 0)
    for command in named:
        (said, *_) = await bot.say(user, command, chat)
        assert "这个我还不会" not in said, command
        assert "没有这个命令" not in said, command


async def test_commands_in_words_are_those_commands(bot: RunningBot) -> None:
    words = {"帮助": "help", "下次活动": "next", "签到": "checkin", "反思": "reflect", "设置": "settings"}
    for typed, command in (words | {"提问": "ask", "/签到": "checkin", "/请假": "leave"}).items():
        said = await bot.say(LI, typed)
        assert said, typed
        assert said == await bot.say(LI, f"/{command}")
    await bot.say(LI, "/settings")
    await bot.press(LI, bot.last(LI), "English")
    assert await bot.say(LI, "帮助") == await bot.say(LI, "/help")


async def test_an_open_question_goes_before_a_command_in_words(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    await bot.say(LI, "请假")
    await bot.say(LI, "/start leave_1")
    assert "反思" not in (await bot.say(LI, "写反思"))[0]


async def test_a_question_behind_a_slash_stays_a_question(bot: RunningBot) -> None:
    assert "命令" not in (await bot.say(LI, "/每月教研开展几次呢"))[0]


async def test_an_answer_word_without_an_open_card_is_told_so(bot: RunningBot) -> None:
    assert await bot.say(LI, "参加") == ["现在没有等您回复的活动。发 /next 看最近的活动。"]


async def test_a_remark_is_not_given_twice_in_a_row(bot: RunningBot) -> None:
    assert len(await bot.say(LI, "/waltz")) == 1
    assert await bot.say(LI, "/sing") == []
    assert len(await bot.say(WANG, "/sing")) == 1
    bot.people.send_document(LI, LI, "a.png", b"1")
    bot.people.send_document(LI, LI, "b.png", b"1")
    await bot.settle()
    assert bot.heard(LI)[-2:] == ["这个我还不会。发 /help 看能做什么。", "目前我只看得懂文字，请用文字发给我。"]
    bot.clock.move_to(bot.clock.now() + timedelta(minutes=3))
    assert len(await bot.say(LI, "/sing")) == 1


async def test_courtesies_are_left_alone(bot: RunningBot) -> None:
    for text in ("好的，谢谢", "👍", "辛苦了", "收到"):
        assert await bot.say(LI, text) == []


async def test_a_stranger_learns_nothing_from_words(bot: RunningBot) -> None:
    for text in ("下次活动", "签到", "参加"):
        assert "样例" not in "".join(await bot.say(NOBODY, text))
    assert await bot.say(NOBODY, "签到", STRANGE) == []


def test_no_word_stands_for_two_commands_and_each_language_knows_the_same() -> None:
    voices = Voices("zh").every.values()
    assert len({frozenset(voice.labels.spoken.values()) for voice in voices}) == 1
    for voice in voices:
        assert not set(voice.labels.spoken) & set(voice.labels.courtesies)
