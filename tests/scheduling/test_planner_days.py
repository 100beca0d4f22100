"""The planner's days: where today begins, how far the last day within reach is planned, what a day's budget counts, and
what is of no use any more."""

from datetime import date, time
from typing import Any

import pytest
from sqlmodel import col, func, select

from handlers.outlook import WeekAhead
from scheduling import planner
from scheduling.release import release
from store.database import Session, Store
from store.deliveries import Delivery
from store.occurrences import Occurrence
from store.reminders import Reminder, ReminderState
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, School, begin, local
from tests.scheduling.test_planner import kinds, reapplied

CHATS = tuple(chat | {"outlook": "sunday 19:00"} for chat in FILE["chat"])
PLAIN: dict[str, Any] = MEETING | {"announce": None, "reflect": None, "on": date(2026, 10, 20)}


def planned(store: Store, *activities: dict[str, Any], at: str, **tables: Any) -> School:
    school = begin(store, *activities, at=at, **tables)
    store.call(planner.plan, school.now)
    return school


def last_of_classes(session: Session) -> tuple[date | None, date | None, str | None]:
    """The date of the last class meeting, of the last that is reminded of, and the Monday of the last outlook."""
    held = select(func.max(Occurrence.date)).where(col(Occurrence.class_id).is_not(None))
    reminded = held.join(Reminder, col(Reminder.occurrence_id) == Occurrence.id).where(Reminder.kind == "remind")
    outlook = select(func.max(Reminder.subject)).where(Reminder.kind == "outlook")
    return session.exec(held).one(), session.exec(reminded).one(), session.exec(outlook).one()


def waiting(session: Session, kind: str) -> list[str]:
    """What the waiting ones of that kind are about, by part and moment."""
    rows = select(Reminder).where(Reminder.state == ReminderState.WAITING, Reminder.kind == kind)
    found = session.exec(rows.order_by(col(Reminder.part), col(Reminder.at)))
    return [row.subject or row.dedup_key.split(":")[2] for row in found]


def test_today_begins_at_midnight_there_and_the_last_day_within_reach_is_planned_as_a_whole(store: Store) -> None:
    """Of the 4th that is the 9th of November, 35 days after it and the day of the announcement."""
    for moment, last in (("10-03 23:59", date(2026, 11, 2)), ("10-04 00:30", date(2026, 11, 9))):
        school = planned(store, CLASSES, chat=CHATS, at=moment)
        assert school.ask(last_of_classes) == (last, last, f"{last}")


def test_what_began_today_counts_when_a_days_last_event_changes(store: Store) -> None:
    """Two messages a day: the first reminder by itself, the three others at 9:30. A title that is mended at 9:05 does
    not make a third."""
    hours = enumerate((9, 10, 11, 14))
    meetings = [PLAIN | {"key": f"m{n}", "at": time(hour), "remind": ("30m",)} for n, hour in hours]
    budget = FILE["consortium"] | {"budget": 2}
    school = begin(store, *meetings, consortium=budget, until="10-20 09:05")
    reapplied(school, *meetings[:3], meetings[3] | {"title": "期中总结会"}, consortium=budget)
    for moment in ("10-20 09:30", "10-20 13:30"):
        store.call(release, local(moment))
    rows = select(Delivery.bundle).where(Delivery.kind == "remind").order_by(col(Delivery.id))
    alone, *together = school.ask(lambda session: session.exec(rows).all())
    assert alone is None
    assert together == [together[0]] * 3
    assert together[0] is not None


def test_what_began_before_a_downtime_counts_in_the_budget_of_its_day_after_midnight_too(store: Store) -> None:
    """Two messages a day: a reminder at 8:30, then that of 9:30 with three announcements. Down since 9:00, the next
    morning the announcements are the one message that they were to be, though what was to be said before them is not
    of use any more."""
    today = [PLAIN | {"key": f"m{hour}", "at": time(hour), "remind": ("30m",)} for hour in (9, 10)]
    later = PLAIN | {"on": date(2026, 10, 22), "announce": "2d"}
    announced = [later | {"key": f"a{hour}", "at": time(hour)} for hour in (11, 12, 14)]
    school = begin(store, *today, *announced, consortium=FILE["consortium"] | {"budget": 2}, until="10-20 09:00")
    school.now = local("10-21 08:00")
    store.call(planner.plan, school.now)
    store.call(release, school.now)
    rows = select(Delivery.kind, Delivery.bundle).order_by(col(Delivery.id))
    (first, alone), *others = school.ask(lambda session: session.exec(rows).all())
    assert (first, alone) == ("remind", None)
    assert others == [("announce", others[0][1])] * 3
    assert others[0][1] is not None


def test_in_one_message_what_begins_first_is_said_first(store: Store) -> None:
    early, late = PLAIN | {"key": "z", "at": time(11)}, PLAIN | {"key": "a", "at": time(14)}
    meetings = early | {"remind": ("1h",)}, late | {"remind": ("4h",)}  # both at 10
    school = planned(store, *meetings, consortium=FILE["consortium"] | {"budget": 1}, at="10-15 08:00")
    assert school.ask(lambda session: waiting(session, "remind")) == ["z", "a"]


def test_who_hears_that_it_is_tomorrow_is_not_reminded_besides(store: Store) -> None:
    """The day before, and the time to nudge, were over when the file moved it; half an hour before is not."""
    school = begin(store, RESEARCH, until="10-08 12:00")
    tomorrow = {"activity": "research", "date": date(2026, 10, 14), "held_on": date(2026, 10, 9)}
    reapplied(school, RESEARCH | {"at": time(10)}, occurrence=(tomorrow,))
    assert kinds(school, "10-09 09:29") == ["OccurrenceChanged"]
    assert kinds(school, "10-09 09:30") == ["Reminded"]


def test_an_outlook_of_a_week_that_is_over_waits_no_more(store: Store) -> None:
    school = planned(store, RESEARCH, chat=CHATS, at="10-09 09:00")
    for moment, there in (("10-18 23:59", True), ("10-19 00:00", False)):  # nobody was there to send it
        store.call(planner.plan, local(moment))
        assert ("2026-10-12" in school.ask(lambda session: waiting(session, "outlook"))) is there


def test_what_is_moved_to_this_very_moment_is_announced_no_more(store: Store) -> None:
    school = planned(store, MEETING, at="10-15 08:00")
    school.now = local("10-19 12:00")
    reapplied(school, MEETING | {"on": date(2026, 10, 19), "at": time(12)})
    assert school.ask(lambda session: waiting(session, "announce")) == []


@pytest.mark.parametrize(("applied", "told"), [("10-11 19:00", True), ("10-11 19:01", False)])
def test_an_outlook_that_is_due_when_the_file_comes_goes_out(store: Store, applied: str, *, told: bool) -> None:
    school = begin(store, RESEARCH, chat=CHATS, at=applied)
    assert any(isinstance(one.outcome, WeekAhead) for one in school.until("10-12 12:00")) is told
