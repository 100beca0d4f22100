"""The planner: a file applied again with other times, chats or people sends nothing twice and loses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from handlers.class_date import ClassMeetingsAnnounced
from handlers.digest import MonthDigested
from handlers.event import Announced, Reminded
from scheduling import planner
from scheduling.release import release
from store.database import Session, Store
from store.deliveries import Delivery
from store.occurrences import Occurrence, OccurrenceState
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, SHANGHAI, School, begin, local

QUIET_LATER = FILE["consortium"] | {"quiet": (time(20), time(9))}


def reapplied(school: School, *activities: dict[str, Any], **tables: Any) -> None:
    """The file as somebody applies it now; it is planned by at once."""
    begin(school.store, *activities, at=f"{school.now.astimezone(SHANGHAI):%m-%d %H:%M}", **tables)
    school.store.call(planner.plan, school.now)


def kinds(school: School, moment: str) -> list[str]:
    """What goes out by then, edits left out."""
    return [type(said.outcome).__name__ for said in school.until(moment) if not said.edited]


def starts(session: Session) -> list[tuple[str, OccurrenceState]]:
    rows = session.exec(select(Occurrence).order_by(col(Occurrence.starts_at), col(Occurrence.id)))
    return [(f"{row.date:%m-%d}", OccurrenceState(row.state)) for row in rows]


def test_planned_twice_is_planned_once(store: Store) -> None:
    school = begin(store, RESEARCH)
    store.call(planner.plan, school.now)
    before = school.ask(starts)
    store.call(planner.plan, school.now)
    assert school.ask(starts) == before


def test_what_was_announced_is_not_announced_again_when_leads_or_quiet_hours_change(store: Store) -> None:
    school = begin(store, RESEARCH)
    assert kinds(school, "10-08 12:00") == ["Announced"]
    reapplied(school, RESEARCH | {"announce": "10d"}, consortium=QUIET_LATER)
    assert kinds(school, "10-09 12:00") == []


def test_a_digest_is_sent_once_whatever_becomes_of_its_hour(store: Store) -> None:
    school = begin(store, RESEARCH)
    assert "MonthDigested" in kinds(school, "11-03 12:00")
    reapplied(school, RESEARCH, consortium=QUIET_LATER)
    assert "MonthDigested" not in kinds(school, "11-04 08:00")


def test_a_lead_that_changes_before_its_moment_moves_the_message(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-06 12:00")
    reapplied(school, RESEARCH | {"announce": "3d"})
    assert kinds(school, "10-11 14:29") == []
    assert kinds(school, "10-11 14:30") == ["Announced"]


def test_what_was_overtaken_during_a_downtime_stays_overtaken(store: Store) -> None:
    school = begin(store, RESEARCH | {"announce": None, "nudge": (), "remind": ("7d", "1d")})
    store.call(planner.plan, school.now)
    school.now = local("10-13 15:00")
    assert kinds(school, "10-13 15:30") == ["Reminded"]
    assert kinds(school, "10-14 14:00") == []  # it was planned again meanwhile


def test_a_rule_that_changes_invents_no_past(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-20 12:00")
    reapplied(school, RESEARCH | {"on": "second thursday"})
    past = [day for day, _ in school.ask(starts) if "10-01" <= day < "10-20"]
    assert past == ["10-14"]


def test_what_has_begun_is_reminded_of_no_more_when_the_file_moves_it_to_a_later_hour(store: Store) -> None:
    school = begin(store, RESEARCH | {"at": time(10)}, until="10-14 10:31")
    reapplied(school, RESEARCH | {"at": time(14, 30)})
    found = [said.outcome for said in school.until("10-14 14:29") if not said.edited]
    assert not any(isinstance(one, Announced | Reminded) for one in found)


def test_what_is_moved_into_the_past_is_reminded_of_no_more(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-14 11:00")
    reapplied(school, RESEARCH | {"at": time(10)})
    assert "Reminded" not in kinds(school, "10-14 14:29")


def test_a_live_card_shows_what_the_file_says_now(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    reapplied(school, RESEARCH | {"title": "主题教研", "place": "东校区报告厅"})
    edits = [said.outcome for said in school.until("10-08 12:01") if said.edited]
    assert [(one.title, one.place) for one in edits if isinstance(one, Announced)] == [("主题教研", "东校区报告厅")]
    reapplied(school, RESEARCH | {"title": "主题教研", "place": "东校区报告厅"})
    assert school.until("10-08 12:02") == []


def test_whoever_was_told_of_an_event_is_told_that_it_moved(store: Store) -> None:
    school = begin(store, RESEARCH)
    assert kinds(school, "10-08 12:00") == ["Announced"]
    reapplied(school, RESEARCH | {"at": time(15)})
    assert kinds(school, "10-08 12:01") == ["OccurrenceChanged"]
    assert kinds(school, "10-12 14:00") == []


def test_a_days_class_meetings_are_announced_though_the_class_that_led_is_gone(store: Store) -> None:
    school = begin(store, CLASSES, until="10-17 12:00")
    others = tuple(one for one in FILE["class_"] if one["key"] != "c701")
    reapplied(school, CLASSES, class_=others)
    found = [said.outcome for said in school.until("10-18 16:00")]
    assert [type(one) for one in found if isinstance(one, ClassMeetingsAnnounced)] == [ClassMeetingsAnnounced]


def test_a_shorter_lead_cancels_nothing_that_is_far_off(store: Store) -> None:
    school = begin(store, RESEARCH | {"announce": "60d"})
    store.call(planner.plan, school.now)
    far = school.ask(starts)[-1]
    reapplied(school, RESEARCH)
    assert far in school.ask(starts)


def test_a_retired_activity_is_cancelled_however_far_off(store: Store) -> None:
    school = begin(store, RESEARCH | {"announce": "60d"})
    store.call(planner.plan, school.now)
    days = [day for day, _ in school.ask(starts)]
    assert days[-1] == "01-13"  # the last month of the term
    reapplied(school)
    assert school.ask(starts) == [(day, OccurrenceState.CANCELLED) for day in days]


def test_every_event_of_the_terms_has_a_row_but_class_meetings_only_as_far_as_messages_go(store: Store) -> None:
    school = begin(store, RESEARCH, CLASSES)
    store.call(planner.plan, school.now)
    days = school.ask(lambda session: session.exec(select(col(Occurrence.date), col(Occurrence.slot))).all())
    assert [f"{day:%m-%d}" for day, slot in days if not slot and day > date(2026, 9, 20)] == [
        "10-14", "11-11", "12-09", "01-13",
    ]  # fmt: skip
    assert max(day for day, slot in days if slot) < date(2026, 11, 11)


def test_what_is_moved_beyond_the_reach_of_messages_waits_for_them_and_has_them_in_time(store: Store) -> None:
    school = begin(store, RESEARCH)
    store.call(planner.plan, school.now)
    far = {"activity": "research", "date": date(2026, 10, 14), "held_on": date(2026, 12, 16)}
    reapplied(school, RESEARCH, occurrence=(far,))
    assert school.ask(revisions)["12-16"] == 1
    assert kinds(school, "11-01 09:00") == []
    assert "Announced" in kinds(school, "12-09 15:00")


def test_an_event_far_ahead_is_revised_cancelled_and_brought_back(store: Store) -> None:
    school = begin(store, RESEARCH)
    store.call(planner.plan, school.now)
    for file, expected in (({"at": time(10)}, 1), ({"weeks": "3-12"}, 2), ({}, 3), ({}, 3)):
        reapplied(school, RESEARCH | file)
        assert school.ask(revisions)["01-13"] == expected


def revisions(session: Session) -> dict[str, int]:
    return {f"{row.date:%m-%d}": row.revision for row in session.exec(select(Occurrence))}


def test_what_is_planned_as_before_is_not_written_again(store: Store) -> None:
    school = begin(store, RESEARCH, CLASSES)
    store.call(planner.plan, school.now)
    with counted(store) as written:
        store.call(planner.plan, school.now)
    assert written == []
    moved = {"activity": "research", "date": date(2026, 11, 11), "held_on": date(2026, 11, 12)}
    begin(store, RESEARCH, CLASSES, at="09-20 08:00", occurrence=(moved,))
    with counted(store) as written:
        store.call(planner.plan, school.now)
    assert [statement.split()[:2] for statement in written][:1] == [["UPDATE", "occurrence"]]
    assert school.ask(revisions)["11-12"] == 1


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that change rows, but an insert that only finds what is there."""
    found: list[str] = []

    def note(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(("INSERT", "UPDATE", "DELETE")) and cursor.rowcount != 0:
            found.append(statement)

    event.listen(store.engine, "after_cursor_execute", note)
    yield found
    event.remove(store.engine, "after_cursor_execute", note)


@pytest.mark.parametrize("applied", ["10-14 14:30", "10-15 08:00"])
def test_the_first_digest_names_what_had_begun_when_the_file_came_without_numbers(store: Store, applied: str) -> None:
    school = begin(store, RESEARCH | {"every": "week", "on": "wednesday"}, at=applied)
    said = [one.outcome for one in school.until("11-02 09:00") if isinstance(one.outcome, MonthDigested)]
    october = [one for one in said if one.month == 10]
    assert [(f"{one.day:%m-%d}", one.expected) for one in october[0].events] == [
        ("10-14", 0), ("10-21", 5), ("10-28", 5),
    ]  # fmt: skip
    assert len(said) == len(october) == 1  # September's was due before the file was with us


@pytest.mark.parametrize("last_seen", ["10-17 12:00", "10-18 09:30"])
def test_what_a_budget_makes_one_message_is_one_after_a_downtime_too(store: Store, last_seen: str) -> None:
    """Four are announced two days before, at 9, 10, 11 and 14: the first by itself, the others together at 10."""
    hours = enumerate((9, 10, 11, 14))
    meetings = [MEETING | {"key": f"m{n}", "on": date(2026, 10, 20), "at": time(hour)} for n, hour in hours]
    school = begin(store, *meetings, consortium=FILE["consortium"] | {"budget": 2})
    for moment in (last_seen, "10-19 18:00"):
        store.call(planner.plan, local(moment))
        store.call(release, local(moment))
    rows = select(Delivery.bundle).where(Delivery.kind == "announce").order_by(col(Delivery.id))
    alone, *together = school.ask(lambda session: session.exec(rows).all())
    assert alone is None
    assert together == [together[0]] * 3
    assert together[0] is not None
