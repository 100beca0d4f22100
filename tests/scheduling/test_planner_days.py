"""The planner's days: where today begins, how far the last day within reach is planned, what a day's budget counts."""

from datetime import date, time

from sqlmodel import col, func, select

from scheduling import planner
from scheduling.release import release
from store.database import Session, Store
from store.deliveries import Delivery
from store.occurrences import Occurrence
from store.reminders import Reminder
from tests.handlers.event_sample import CLASSES, FILE, MEETING, begin, local
from tests.scheduling.test_planner import reapplied

CHATS = tuple(chat | {"outlook": "sunday 19:00"} for chat in FILE["chat"])


def last_of_classes(session: Session) -> tuple[date | None, str | None]:
    """The date of the last class meeting, and the Monday of the last outlook."""
    held = select(func.max(Occurrence.date)).where(col(Occurrence.class_id).is_not(None))
    outlook = select(func.max(Reminder.subject)).where(Reminder.kind == "outlook")
    return session.exec(held).one(), session.exec(outlook).one()


def test_today_begins_at_midnight_there_and_the_last_day_within_reach_is_planned_as_a_whole(store: Store) -> None:
    """Of the 4th that is the 9th of November, 35 days after it and the day of the announcement."""
    for moment, last in (("10-03 23:59", date(2026, 11, 2)), ("10-04 00:30", date(2026, 11, 9))):
        school = begin(store, CLASSES, chat=CHATS, at=moment)
        store.call(planner.plan, school.now)
        assert school.ask(last_of_classes) == (last, f"{last}")


def test_what_began_today_counts_when_a_days_last_event_changes(store: Store) -> None:
    """Two messages a day: the first reminder by itself, the three others at 9:30. A title that is mended at 9:05 does
    not make a third."""
    plain = MEETING | {"announce": None, "remind": ("30m",), "reflect": None, "on": date(2026, 10, 20)}
    meetings = [plain | {"key": f"m{n}", "at": time(hour)} for n, hour in enumerate((9, 10, 11, 14))]
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
