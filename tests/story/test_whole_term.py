"""A whole term: what the Bot API server was given to send is what was rehearsed before it began, message by message."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import consortium_file
from bot.rehearsal import Line, rehearsed
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from scheduling.clock import MovableClock
from store.database import Store
from tests.story.everybody import Sent, everybody_checks_in, everybody_is_there, received
from tests.story.stage import ZONE, Stage, staged
from tests.story.term import term_file

LAST = date(2027, 2, 28)


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


async def test_what_a_term_sends_is_what_was_rehearsed_before_it(applied: Store, clock: MovableClock) -> None:
    lines = rehearsed(applied, Voices("zh"), "story", clock.now().date(), LAST)
    began = clock.now()
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        await lived(stage, lines, on(f"{LAST} 23:59"))
        assert differences(lines, received(stage, began)) == []
    kinds = {"announce", "remind", "nudge", "check_in", "reflect", "digest", "prepare", "outlook"}
    assert {line.kind for line in lines} == kinds
    assert lines[-1].at == on("2027-02-01 08:30")


async def lived(stage: Stage, lines: Iterable[Line], end: datetime) -> None:
    """Until then, everybody checking in wherever that opens."""
    for moment in sorted({line.at for line in lines if line.kind == "check_in" and line.at < end}):
        await stage.player.to(moment)
        stage.running.store.call(everybody_checks_in, moment)
    await stage.player.to(end)


def differences(lines: Iterable[Line], got: Iterable[Sent]) -> list[str]:
    """What was rehearsed and not sent, or sent and not rehearsed, each as often as that."""
    missing, found = [(line.at, *line.to.values(), line.text) for line in lines], []
    for one in got:
        if one in missing:
            missing.remove(one)
        else:
            found.append(f"+ {one[0]:%m-%d %H:%M:%S} {one[1]} {one[2]}")
    return sorted([f"- {at:%m-%d %H:%M:%S} {to} {text}" for at, to, text in missing] + found, key=lambda one: one[2:])
