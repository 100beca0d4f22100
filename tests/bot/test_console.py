"""The console: lines through a pipe are what a private chat would be, and take nothing from anybody's Telegram."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.console.opening import opened
from bot.console.talking import talk
from bot.console.terminal import Terminal
from bot.voice import Voices
from scheduling import planner
from scheduling.clock import MovableClock
from store.database import Store
from store.responses import ParticipationStatus
from tests.bot.command import command
from tests.databases import DIALECTS
from tests.handlers.event_sample import RESEARCH, begin, local, status_of
from tests.store.policy_sample import CHARTER, publish
from tests.store.test_falling_due import states

Talk = Callable[..., list[str]]


@pytest.fixture
def chat(store: Store, clock: MovableClock) -> Talk:
    """8 October 9:00, the event of the 14th was due to be announced the day before; `until`: the clock once the
    terminal is open."""
    begin(store, RESEARCH)
    store.call(planner.plan, local("10-06 09:00"))
    clock.move_to(local("10-08 09:00"))

    def chatted(key: str, *lines: str, until: datetime | None = None) -> list[str]:
        said: list[str] = []

        def write(text: str) -> None:
            said.append(text)
            if until is not None:
                clock.move_to(until)

        reading, writing = os.pipe()
        os.write(writing, "\n".join(lines).encode())
        os.close(writing)
        talk(store, clock, Voices("zh"), store.call(opened, "sample", key), Terminal(reading, write))
        os.close(reading)
        return [text.strip() for text in said[1:]]

    return chatted


def test_a_question_is_answered_and_a_number_presses(chat: Talk, store: Store) -> None:
    store.call(publish, 1, CHARTER)
    answer, more, next_up = chat("wu", "每月教研几次？", "1", "/next")
    assert "每月开展一次联合教研" in answer
    assert answer.splitlines()[-1].startswith("[")
    assert more.splitlines()[0] != answer.splitlines()[0]
    assert "10月14日（星期三，第7周）14:30" in next_up


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_event_that_is_announced_meanwhile_is_accepted(chat: Talk, store: Store, clock: MovableClock) -> None:
    """样吴敏 has no account: nothing but the terminal speaks for her, and to nobody else anything is lost."""
    clock.move_to(local("10-07 14:00"))
    card, accepted, seen = chat("wu", "2", "收到", until=local("10-07 14:30"))
    assert card.startswith("【样例教研群】\n")
    assert card.endswith("[1] 收到  [2] 参加  [3] 请假")
    assert accepted.startswith("已记录：参加")
    assert "回复：参加" in seen
    assert store.call(status_of, "wu") is ParticipationStatus.ACCEPTED
    assert store.call(states) == {"announce": {"pending"}}


def test_a_nudge_is_shown_and_stays_due_by_telegram(chat: Talk, store: Store, clock: MovableClock) -> None:
    clock.move_to(local("10-12 14:00"))
    shown = chat("li", "/settings", "2", until=local("10-12 14:30"))
    assert any("样李芳" in text for text in shown)
    assert store.call(states)["nudge"] == {"pending"}


def test_words_answer_and_the_language_stays(chat: Talk, store: Store) -> None:
    (accepted,) = chat("li", "参加")
    assert accepted.startswith("已记录：参加")
    assert store.call(status_of, "li") is ParticipationStatus.ACCEPTED
    assert "English" in chat("li", "/settings", "2")[1]
    assert chat("li", "/frobnicate") == ["I do not know that one. /help tells what I can do."]


def test_leave_is_asked_for_by_numbers_and_words(chat: Talk, store: Store) -> None:
    kinds, reason, sent = chat("li", "/leave", "1", "样例事由")
    assert "[1] " in kinds
    assert reason
    assert sent
    assert store.call(status_of, "li") is ParticipationStatus.DECLINED
    assert store.call(states)["leave_request"] == {"pending"}


def test_the_word_for_leave_is_the_command_where_no_notice_waits_for_it(chat: Talk) -> None:
    word, command = chat("wu", "请假"), chat("wu", "/leave")
    assert word == command


@pytest.mark.parametrize(
    ("line", "words"),
    [("/nxet", "/next"), ("/frobnicate", "/help"), ("/bind", "/help"), ("99", "没有")],
)
def test_what_is_no_command_is_answered_usefully(chat: Talk, line: str, words: str) -> None:
    assert words in chat("wu", line)[0]


def test_what_a_terminal_cannot_do_is_said(chat: Talk) -> None:
    assert chat("li", "/next", "1")[1] == "这一步在终端里做不了，请到手机上办。"


def test_a_change_of_the_plan_is_for_the_phone_and_not_answered_as_though_nothing_was_said(chat: Talk) -> None:
    change = "/schedule 每月最后一个周五下午四点 青年教师沙龙 60分钟"
    assert chat("chen", change) == ["这一步在终端里做不了，请到手机上办。"]
    said = chat("li", change, "/schedule")
    assert said[0].startswith("活动安排由教联体办公室来改")
    assert said[0] == said[1]


def test_the_command_talks_and_names_who_is_unknown(folder: Path, tmp_path: Path) -> None:
    typed = tmp_path / "lines.txt"
    typed.write_text("/help\n", encoding="utf-8")
    with typed.open("rb") as lines:
        done = command(folder, "chat", "--as", "t101", "--consortium", "chuzhong", typed=lines)
    assert done.returncode == 0
    assert "/leave" in done.stdout
    for who, where, refused in (
        ("t1x", "chuzhong", "--as: 't1x': expected the key or the name of a person of chuzhong"),
        ("t101", "c", "--consortium: 'c': expected the key of a consortium that was applied (chuzhong)"),
    ):
        done = command(folder, "chat", "--as", who, "--consortium", where)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(refused)


def test_a_line_of_another_session_is_another_line(chat: Talk) -> None:
    """Their numbers begin anew; what was answered by the third is not answered by every third."""
    for reason in ("事由一", "事由二"):
        said = chat("li", "/leave", "1", reason)
        assert "收到了，当时" not in said[-1]
        assert "请假" in said[-1]
