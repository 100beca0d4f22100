"""A whole term: what the Bot API server was given to send is what was rehearsed before it began, message by message.

Nobody answers and everybody attends, as a rehearsal reckons.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.file import consortium_file
from bot.rehearsal import Line, rehearsed
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from sandbox.state import Message
from scheduling.clock import MovableClock
from scheduling.due import next_due
from store.database import Store
from tests.story.everybody import ACCOUNTS, Sent, everybody_checks_in, everybody_is_there, received
from tests.story.stage import ZONE, Stage, staged
from tests.story.term import term_file

A_WEEK = timedelta(days=7)
KINDS = {"announce", "remind", "nudge", "check_in", "reflect", "digest", "prepare", "outlook", "minutes"}
OFFICE = ACCOUNTS["o1"]
CONTEST, OCTOBER, NOVEMBER = (
    "11月26日（星期四） 优质课竞赛",
    "10月14日（星期三） 共创式主题教研",
    "11月11日（星期三） 共创式主题教研",
)


def on(text: str) -> datetime:
    """`2026-09-09 14:30`, local."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(on("2026-08-20 09:00"))


@pytest.fixture
def applied(store: Store, clock: MovableClock, tmp_path: Path) -> Store:
    file = tmp_path / "story.toml"
    file.write_text(term_file(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    return store


@pytest.mark.parametrize(("dialect", "last"), [("sqlite", date(2027, 2, 28)), ("postgresql", date(2026, 10, 18))])
async def test_what_a_term_sends_is_what_was_rehearsed_before_it(
    applied: Store, clock: MovableClock, last: date
) -> None:
    """To the digest after it; on the slower database a part of it."""
    began, lines = clock.now(), rehearsed(applied, Voices("zh"), "story", clock.now().date(), last)
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await lived(stage, on(f"{last} 23:59"), lines)
        assert differences(lines, received(stage, began)) == []
    assert {line.kind for line in lines} == KINDS
    if last.year == 2027:
        assert (lines[-1].kind, lines[-1].at) == ("digest", on("2027-02-01 08:30"))


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_after_each_edit_in_the_chat_what_is_sent_is_what_is_rehearsed_anew(
    applied: Store, clock: MovableClock
) -> None:
    """What is said at the instant of an edit is caused by a person, not by the clock."""
    clock.move_to(on("2026-10-08 09:00"))
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await amended(stage, "改到10月21日同一时间", OCTOBER)  # announced already
        await goes_as_rehearsed(stage, "2026-10-23 10:00")
        moved = await amended(stage, "改到11月17日上午八点", NOVEMBER)  # nobody was told of it
        await goes_as_rehearsed(stage, "2026-11-05 10:00")
        await stage.press(OFFICE, moved, "撤销")  # it would have been announced meanwhile
        await goes_as_rehearsed(stage, "2026-11-10 10:00")
        off = await amended(stage, "/schedule off 2026-11-16 2026-11-17 冬季运动会")
        await goes_as_rehearsed(stage, "2026-11-13 16:00")
        await stage.press(OFFICE, off, "撤销")
        await goes_as_rehearsed(stage, "2026-11-15 18:00")
        cancelled = await amended(stage, "停一次，因为大雪", CONTEST)
        await goes_as_rehearsed(stage, "2026-11-24 09:00")
        await stage.press(OFFICE, cancelled, "撤销")
        await goes_as_rehearsed(stage, "2026-12-03 12:00")


async def amended(stage: Stage, words: str, event: str = "") -> Message:
    """By the office in private; `event`: the button of the one that it is about. The message that can be undone."""
    if event:
        await stage.say(OFFICE, OFFICE, "/schedule")
        await stage.press(OFFICE, stage.last(OFFICE), event)
    await stage.say(OFFICE, OFFICE, words)
    shown = stage.last(OFFICE)
    await stage.press(OFFICE, shown, "生效")
    return shown


async def goes_as_rehearsed(stage: Stage, end: str) -> None:
    began, store = stage.clock.now(), stage.running.store
    lines = rehearsed(store, Voices("zh"), "story", began.date(), on(end).date())
    lines = [line for line in lines if began < line.at <= on(end)]
    await lived(stage, on(end), lines)
    assert differences(lines, received(stage, began)) == []


async def lived(stage: Stage, end: datetime, lines: Iterable[Line]) -> None:
    """Until then, each message at its own instant; plans are made anew once a week, and everybody checks in where that
    opens."""
    running, clock, planned = stage.running, stage.clock, stage.clock.now()
    opens = {line.at for line in lines if line.kind == "check_in"}
    while clock.now() < end:
        due = await running.store.run(next_due, clock.now())
        clock.move_to(min(end, planned + A_WEEK, max(due or end, clock.now())))
        if clock.now() == planned + A_WEEK:
            planned = clock.now()
            await running.plan()
        await running.dispatcher.tick()
        if clock.now() in opens:
            await running.store.run(everybody_checks_in, clock.now())


def differences(lines: Iterable[Line], got: Iterable[Sent]) -> list[str]:
    """What was rehearsed and not sent (-), or sent and not rehearsed (+), each as often as that."""
    wanted = Counter(told(line.at, "".join(line.to.values()), line.text) for line in lines)
    found = Counter(told(*one) for one in got)
    return [f"- {one}" for one in (wanted - found).elements()] + [f"+ {one}" for one in (found - wanted).elements()]


def told(at: datetime, to: str, text: str) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S} {to} {text}"
