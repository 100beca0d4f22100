"""Reasons and reflections, a whole term long: only who may see one is ever shown it, and nothing else keeps it.

A backup holds the tables, and so what they keep: it is a file of persons, searched when what has had its time is gone.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.file import consortium_file
from handlers import leave_notice
from handlers.apply import Applied, Apply, apply
from scheduling.clock import MovableClock
from store import persons
from store.database import Session, Store
from store.persons import Role
from tests.bot.command import command
from tests.databases import ON_SQLITE
from tests.story.canaries import Cage, astray, kept, misplaced, reached, said, written
from tests.story.everybody import everybody_is_there
from tests.story.secretive import Secretive
from tests.story.stage import staged
from tests.story.term import term_file
from tests.story.test_whole_term import on

OF_THE_TERM = ("reason", "days", "remark", "note", "leave_word")  # gone with it (domain 8.4)
DAYS = ("--from", "2026-09-01", "--to", "2027-01-31")
WRITTEN = {
    "plan.ics": ("calendar", *DAYS),
    "plan.xlsx": ("term-plan",),
    "term.svg": ("picture",),
    "classes.svg": ("class-meetings",),
}
SHEETS = ("--form", "notice", "--form", "sign-in", "--form", "minutes")
PRINTED = {"status": ("status", "--json"), "plan": ("plan", *DAYS, "--json"), "doctor": ("doctor",)}
TALKATIVE = ("telegram", "httpx", "aiohttp", "apscheduler", "asyncio", "sqlalchemy")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(on("2026-08-20 09:00"))


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What our logging says, with every library at its most talkative."""
    root, heard = logging.getLogger(), io.StringIO()
    before, levels = (root.handlers[:], root.level), {name: logging.getLogger(name).level for name in TALKATIVE}
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", heard)
        root.handlers.clear()
        logs.start(logging.DEBUG)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield heard
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    root.handlers[:], root.level = before


def ours_alone() -> None:
    """pytest keeps each of the hundred thousand records of a test in two ways more."""
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if type(one) is logging.StreamHandler]
    assert len(root.handlers) == 1


@pytest.fixture
def applied(logged: io.StringIO, store: Store, clock: MovableClock, tmp_path: Path) -> Store:
    file = tmp_path / "story.toml"
    file.write_text(term_file(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    return store


@ON_SQLITE
async def test_nobody_is_told_what_is_not_for_him_a_whole_term_long(
    logged: io.StringIO, applied: Store, clock: MovableClock, tmp_path: Path
) -> None:
    cage = Cage()
    ours_alone()
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        story = Secretive(stage, cage)
        await first_event(story)
        await story.october()
        assert alive(cage, applied) >= {*OF_THE_TERM, "reflection"}
        await story.until("2027-02-28 23:59")
        assert alive(cage, applied) == {"reflection", "word", "minutes", "question"}
        assert applied.call(lambda session: misplaced(cage, session)) == []
        await story.curious()
        assert astray(cage, stage.room) == []
        for kind, seen_by in reached(cage, stage.room).items():
            assert bool(seen_by) == (kind not in ("grouped", "lost", "unsent", "talk")), kind
        made(cage, applied, tmp_path)
        await story.until("2028-09-01 00:01")
        await stage.running.plan()
    assert applied.call(lambda session: misplaced(cage, session)) == []
    assert said(cage, {"the log": logged.getvalue()}) == []
    assert "event=update_failed" in logged.getvalue()
    assert alive(cage, applied) == set()
    backed_up(cage, applied, tmp_path)


def alive(cage: Cage, store: Store) -> set[str]:
    """The kinds of which the tables still have one."""
    return store.call(lambda session: {one.kind for one, _ in kept(cage, session)})


def backed_up(cage: Cage, store: Store, folder: Path) -> None:
    done = command(folder, "backup", "later.zip", JIAOLIAN_DATABASE_URL=store.engine.url.render_as_string())
    assert done.returncode == 0, done.stderr
    assert written(cage, [folder / "later.zip"]) == []


async def first_event(story: Secretive) -> None:
    await story.until("2026-09-02 14:31")
    await story.answers()
    await story.attendance()
    await story.reflections()
    await story.minutes()
    await story.questions()


def made(cage: Cage, store: Store, folder: Path) -> None:
    """By commands, afterwards."""
    url = store.engine.url.render_as_string()
    for name, words in WRITTEN.items():
        done = command(folder, *words, "--consortium", "story", "--out", name, JIAOLIAN_DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
    printed = {name: command(folder, *words, JIAOLIAN_DATABASE_URL=url).stdout for name, words in PRINTED.items()}
    assert all(printed.values())
    days = "--from", "2026-09-01", "--to", "2027-01-22", "--out", "report", "--json"
    printed["report"] = command(folder, "report", "--consortium", "story", *days, JIAOLIAN_DATABASE_URL=url).stdout
    files = [path for path in (folder / "report").rglob("*") if path.is_file()]
    assert len(files) > 10
    assert beside_the_record(written(cage, files)) == []
    for who, form in (("t1", "leave"), ("t3", "reflection")):
        of = ("--event", "research:2026-09-09", *SHEETS, "--form", form, "--person", who)
        done = command(folder, "forms", *of, "--consortium", "story", "--out", "forms", JIAOLIAN_DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
    forms = list((folder / "forms").iterdir())
    assert len(forms) == 5
    assert beside_the_record(written(cage, [*(folder / name for name in WRITTEN), *forms])) == []
    assert said(cage, printed) == []


def beside_the_record(leaks: list[str]) -> list[str]:
    """Minutes that were handed in stand on their form (domain 5.3), and nothing else does."""
    left = [leak for leak in leaks if not (leak.startswith("minutes ") and "教研活动记录表" in leak)]
    assert len(left) < len(leaks)
    return left


@ON_SQLITE
async def test_a_leak_is_seen_wherever_it_is(
    logged: io.StringIO, applied: Store, clock: MovableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: requests for leave go to the office, too; the libraries are heard; a delivery keeps a reason; so does a
    workbook."""
    cage, deciding = Cage(), leave_notice.approvers

    def office_too(session: Session, person: int) -> list[int]:
        return [*deciding(session, person), *persons.with_role(session, 1, Role.ORGANISER)]

    monkeypatch.setattr(leave_notice, "approvers", office_too)
    ours_alone()
    for handler in logging.getLogger().handlers:
        handler.removeFilter(logs.is_heard)
    async with staged(applied, clock) as stage:
        await everybody_is_there(stage)
        story = Secretive(stage, cage)
        await story.until("2026-09-02 14:31")
        await story.answers()
        leaks = astray(cage, stage.room)
    assert any(leak.startswith("reason 雀01") and " to o1 by sendmessage" in leak for leak in leaks), leaks
    assert not any(" to teaching" in leak for leak in leaks)
    words = cage.canaries[0].words
    assert f"reason {words} in the log" in said(cage, {"the log": logged.getvalue()})
    applied.call(lambda session: session.connection().exec_driver_sql(f"UPDATE delivery SET error = '{words[:5]}'"))
    assert f"reason {words} in delivery.error" in applied.call(lambda session: misplaced(cage, session))
    with zipfile.ZipFile(tmp_path / "leak.xlsx", "w") as archive:
        archive.writestr("sheet.xml", words)
    assert written(cage, [tmp_path / "leak.xlsx"]) == [f"reason {words} in leak.xlsx"]
