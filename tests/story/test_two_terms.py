"""Two terms and the beginning of the next: people and classes change, what was settled keeps its figures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import class_weeks
from bot.class_weeks import ClassRow, State
from bot.file import consortium_file
from bot.words import Words
from handlers.apply import Applied, Apply, apply
from handlers.digest import MonthDigested, month_digest
from handlers.roll import RollShown, ShowRoll, show_roll
from sandbox.state import Message
from scheduling.clock import MovableClock
from store import agendas, attendance, consortiums
from store.accounts import Account
from store.chats import by_keys as known_chats
from store.database import Session, Store
from store.persons import Person
from store.schools import School
from tests.story.stage import ZONE, Stage, staged
from tests.story.years import (
    A2,
    A3,
    FIRST,
    GROUP,
    HEADS,
    JOINED,
    LATER,
    LEFT,
    LI,
    LI_CORE,
    LI_EAST,
    NEW,
    O1,
    PEOPLE,
    REPLACED,
    ROOMS,
    SECOND_ROOMS,
    SUN,
    THIRD_ROOMS,
    WANG,
    ZHAO,
    file,
)

EAST, RENAMED = "样例东城校", "样例东城实验校"
WEDNESDAY, THURSDAY = "second wednesday", "third thursday"
Figures = dict[str, object]
Standing = tuple[str, str, str, bool, str]  # date of the event, key, key of the school, expected, status


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(on("2026-09-01 09:00"))


def on(text: str) -> datetime:
    """`2026-09-09 14:30`, local."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(("dialect", "whole"), [("sqlite", True), ("postgresql", False)])
async def test_two_terms_and_the_next(store: Store, clock: MovableClock, tmp_path: Path, whole: bool) -> None:
    """On the slower database to the second term's file."""
    written = tmp_path / "years.toml"
    written.write_text(file(PEOPLE, ROOMS, WEDNESDAY, EAST, exchange=True), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(written)), clock.now()), Applied)
    async with staged(store, clock) as stage:
        await everybody_is_there(stage)
        await the_first_event(stage)
        await class_meetings_are_recorded(stage)
        await an_approver_is_replaced_while_a_request_waits(stage)
        await until(stage, "2027-01-23 09:00")
        settled = figures(stage)
        as_it_was(settled)
        assert await sent_file(stage, file(LATER, SECOND_ROOMS, THURSDAY, RENAMED, exchange=False))
        assert figures(stage) == settled
        if not whole:
            return
        await the_second_term(stage)
        assert figures(stage) == settled
        await the_next_school_year(stage)
        assert figures(stage) == settled
        names_are_those_of_today(stage)


async def everybody_is_there(stage: Stage) -> None:
    everybody = {one[3]: one[0] for one in (JOINED | REPLACED | PEOPLE).values()}
    for account, name in everybody.items():
        stage.room.add_user(account, name)
    for group in (GROUP, HEADS):
        stage.room.add_group(group, "样例群", [*everybody])
        stage.people.add_bot(group, O1)
    for account in everybody:
        stage.people.start(account)
    await stage.settle()


async def until(stage: Stage, moment: str) -> None:
    await stage.player.to(on(moment))
    await stage.settle()


async def sent_file(stage: Stage, text: str) -> bool:
    """By the office in private; whether it holds."""
    stage.people.send_document(O1, O1, "years.toml", text.encode())
    await stage.settle()
    shown = stage.last(O1)
    await stage.press(O1, shown, "生效")
    return "已生效" in shown.text


def heard(stage: Stage, words: str, *, buttons: bool) -> Message:
    """The newest message in the group that has these words, and buttons or none."""
    said = (one for one in stage.room.messages(GROUP) if words in one.text and bool(one.buttons) is buttons)
    return list(said)[-1]


async def pressed(stage: Stage, label: str, message: Message, people: Iterable[int]) -> None:
    for one in people:
        await stage.press(one, message, label)


async def the_first_event(stage: Stage) -> None:
    """Three are called 样李芳; 样新来 joins after the notice."""
    await until(stage, "2026-09-02 14:31")
    await pressed(stage, "参加", stage.last(GROUP), (LI, WANG, SUN, ZHAO))
    assert await sent_file(stage, file(JOINED, ROOMS, WEDNESDAY, EAST, exchange=True))
    await asks_for_leave(stage, LI_EAST, stage.last(GROUP))
    await stage.press(A2, stage.last(A2), "批准")
    await until(stage, "2026-09-09 14:20")
    await pressed(stage, "签到", stage.last(GROUP), (LI, WANG, SUN, NEW))
    await until(stage, "2026-09-09 14:45")
    await pressed(stage, "签到", stage.last(GROUP), (ZHAO,))
    await until(stage, "2026-09-09 16:01")
    await stage.say(LI, LI, "追问要留白。")
    for label in ("同意公开", "提交"):
        await stage.press(LI, stage.last(LI), label)


async def asks_for_leave(stage: Stage, who: int, message: Message) -> None:
    answer = await stage.press(who, message, "请假")
    stage.people.start(who, answer["url"].split("start=")[1])
    await stage.settle()
    await stage.press(who, stage.last(who), "病假")
    await stage.say(who, who, "样例事由")
    await until(stage, f"{stage.clock.now().astimezone(ZONE) + timedelta(minutes=1):%Y-%m-%d %H:%M}")


async def class_meetings_are_recorded(stage: Stage) -> None:
    await until(stage, "2026-09-14 16:40")
    await stage.press(LI, stage.last(LI), "已开")
    await stage.press(ZHAO, stage.last(ZHAO), "未开")
    await until(stage, "2026-09-21 16:40")
    await stage.press(ZHAO, stage.last(ZHAO), "已开")


async def an_approver_is_replaced_while_a_request_waits(stage: Stage) -> None:
    await until(stage, "2026-10-08 09:00")
    assert "应到6人，实到4人（其中迟到1人），请假1人" in heard(stage, "9月小结", buttons=False).text
    await asks_for_leave(stage, ZHAO, heard(stage, "10月14日", buttons=True))
    request = stage.last(A2)
    assert "样例事由" in request.text
    assert await sent_file(stage, file(REPLACED, ROOMS, WEDNESDAY, EAST, exchange=True))
    await until(stage, "2026-10-08 09:05")
    assert "样例事由" not in request.text
    assert not request.buttons
    await stage.press(A3, stage.last(A3), "批准")
    await until(stage, "2026-10-14 14:20")
    await pressed(stage, "签到", stage.last(GROUP), (LI, LI_EAST, LI_CORE, WANG, NEW))
    await until(stage, "2026-10-14 16:01")


async def the_second_term(stage: Stage) -> None:
    """Counted where they work now; who leaves between notice and event is neither expected nor absent."""
    await until(stage, "2027-03-01 16:40")
    await stage.press(LI_CORE, stage.last(LI_CORE), "已开")
    await stage.press(SUN, stage.last(SUN), "已开")
    await until(stage, "2027-03-11 14:31")
    await pressed(stage, "参加", heard(stage, "3月18日", buttons=True), (LI, WANG, SUN, LI_EAST))
    assert await sent_file(stage, file(LEFT, SECOND_ROOMS, THURSDAY, RENAMED, exchange=False))
    await until(stage, "2027-03-18 14:20")
    await pressed(stage, "签到", stage.last(GROUP), (LI, WANG, SUN))
    await until(stage, "2027-03-18 16:01")
    assert standings(stage, "2027-03-18") == {
        ("2027-03-18", "li", "core", True, "present"),
        ("2027-03-18", "wang", "core", True, "present"),
        ("2027-03-18", "sun", "east", True, "present"),
        ("2027-03-18", "li-core", "core", True, "absent_pending"),
        ("2027-03-18", "new", "east", True, "absent_pending"),
    }


async def the_next_school_year(stage: Stage) -> None:
    """七(1)班 is 八(1)班, another one is 七(1)班 now; 九(1)班 is gone."""
    await until(stage, "2027-08-25 09:00")
    assert await sent_file(stage, file(LEFT, THIRD_ROOMS, THURSDAY, RENAMED, exchange=False))
    await until(stage, "2027-09-06 16:40")
    assert "八(1)班" in stage.last(LI_CORE).text
    assert "七(1)班" in stage.last(LI).text
    await stage.press(LI_CORE, stage.last(LI_CORE), "已开")


def standings(stage: Stage, *dates: str) -> set[Standing]:
    def read(session: Session) -> set[Standing]:
        found = of_events(session, dates)
        return {
            (
                f"{found[one.facts.occurrence]}",
                session.get_one(Person, one.facts.person).key,
                session.get_one(School, one.facts.school_id).key,
                one.facts.expected,
                one.status.value,
            )
            for one in attendance.standings(session, list(found), stage.clock.now())
        }

    return stage.running.store.call(read)


def of_events(session: Session, dates: tuple[str, ...]) -> dict[int, str]:
    """The dates of these days' events, by number."""
    rows = agendas.of_consortium(session, 1)
    return {one.id or 0: f"{one.date}" for one, _ in rows if one.class_id is None and f"{one.date}" in dates}


def figures(stage: Stage) -> Figures:
    """Of the first term, by school, without a name."""
    return stage.running.store.call(read_figures, stage) | {"standings": standings(stage, "2026-09-09", "2026-10-14")}


def read_figures(session: Session, stage: Stage) -> Figures:
    now = stage.clock.now()
    found: Figures = {}
    chats = {key: one.id or 0 for key, one in known_chats(session, 1).items()}
    for month, chat in (("2026-09", "teaching"), ("2026-10", "teaching"), ("2026-09", "heads")):
        digest = month_digest(session, chats[chat], month, now)
        assert isinstance(digest, MonthDigested)
        events = [(one.day, one.expected, one.present, one.late, one.on_leave) for one in digest.events]
        written = [(one.written, one.shared) for one in digest.reflections]
        found[f"digest {month} {chat}"] = (events, digest.class_meetings, digest.class_records, written)
    for number, day in of_events(session, ("2026-09-09", "2026-10-14")).items():
        roll = show_roll(session, ShowRoll(Account("telegram", str(O1)), number), now)
        assert isinstance(roll, RollShown)
        groups = [(one.status, one.people, [len(each.people) for each in one.schools]) for one in roll.groups]
        found[f"roll {day}"] = (roll.expected, roll.counts, groups, [len(one.people) for one in roll.guests])
    for room in classes(session, now):
        found[f"class {room.key}"] = room.weeks
    return found


def classes(session: Session, now: datetime) -> list[ClassRow]:
    row = consortiums.by_key(session, "years")
    assert row is not None
    term = next(one for one in consortiums.blueprint(row).term if one.key == FIRST)
    return class_weeks.grid(session, row, term, Words("zh"), now)


def as_it_was(settled: Figures) -> None:
    """What the people did in the first term, person by person."""
    assert settled["standings"] == {
        ("2026-09-09", "li", "core", True, "present"),
        ("2026-09-09", "li-core", "core", True, "absent_pending"),
        ("2026-09-09", "li-east", "east", True, "leave"),
        ("2026-09-09", "new", "core", False, "present"),
        ("2026-09-09", "sun", "core", True, "present"),
        ("2026-09-09", "wang", "east", True, "present"),
        ("2026-09-09", "zhao", "east", True, "late"),
        ("2026-10-14", "li", "core", True, "present"),
        ("2026-10-14", "li-core", "core", True, "present"),
        ("2026-10-14", "li-east", "east", True, "present"),
        ("2026-10-14", "new", "core", True, "present"),
        ("2026-10-14", "sun", "core", True, "absent_pending"),
        ("2026-10-14", "wang", "east", True, "present"),
        ("2026-10-14", "zhao", "east", True, "leave"),
    }
    states = {name: [week.state for week in weeks][1:4] for name, weeks in settled.items() if "class" in name}  # type: ignore[attr-defined]
    assert states == {
        "class c1": [State.UNRECORDED, State.HELD, State.UNRECORDED],
        "class c9": [State.UNRECORDED, State.NOT_HELD, State.HELD],
    }


def names_are_those_of_today(stage: Stage) -> None:
    """Figures are those of then; names of people, classes and schools are those that the reader knows."""
    rows = stage.running.store.call(classes, stage.clock.now())
    assert [(one.name, one.school) for one in rows] == [("八(1)班", "样例中心校"), ("九(1)班", RENAMED)]
