"""Keeping: what a row of an occurrence holds, and what becomes of it when the file changes and changes back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from scheduling import planner
from store.database import Session, Store
from store.occurrences import Occurrence, OccurrenceState
from tests.handlers.event_sample import MEETING, RESEARCH, School, begin, local
from tests.scheduling.test_planner import reapplied

DAY = date(2026, 10, 14)
DETAIL = {
    **{"activity": "research", "date": DAY, "place": "东校区报告厅", "speaker": "li"},
    **{"lesson": "《背影》", "recorder": "wang", "bring": "教材"},
}
WHOLE = RESEARCH | {"minutes": {"due": "2d"}}


def row(school: School, day: str = "10-14") -> Occurrence:
    return next(one for one in school.ask(rows) if f"{one.date:%m-%d}" == day)


def rows(session: Session) -> list[Occurrence]:
    found = list(session.exec(select(Occurrence)))
    session.expunge_all()
    return found


def planned(store: Store, *activities: dict[str, Any], **tables: Any) -> School:
    school = begin(store, *activities, **tables)
    store.call(planner.plan, school.now)
    return school


def test_a_row_holds_all_that_the_plan_says_of_it(store: Store) -> None:
    school = planned(store, WHOLE, occurrence=(DETAIL,))
    held = row(school)
    assert (held.starts_at, held.ends_at, held.week) == (local("10-14 14:30"), local("10-14 16:00"), 7)
    assert (held.respond_by, held.opens_at) == (local("10-13 14:30"), local("10-14 14:15"))
    assert (held.late_at, held.closes_at) == (local("10-14 14:40"), local("10-14 15:00"))
    assert (held.reflect_by, held.minutes_by) == (local("10-17 16:00"), local("10-16 16:00"))
    assert (held.place, held.lesson, held.bring) == ("东校区报告厅", "《背影》", "教材")
    assert (held.speaker_id, held.recorder_id) == (school.person("li"), school.person("wang"))
    assert held.host_id is not None
    assert (held.state, held.revision, held.known_as) == (OccurrenceState.PLANNED, 0, None)
    assert len(held.secret) == 32
    assert len(held.mark or "") == 18


def test_what_is_called_off_by_the_file_and_comes_back_as_it_was_is_planned_again(store: Store) -> None:
    school = planned(store, RESEARCH)
    reapplied(school)
    assert (row(school).state, row(school).revision) == (OccurrenceState.CANCELLED, 1)
    reapplied(school, RESEARCH)
    assert (row(school).state, row(school).revision) == (OccurrenceState.PLANNED, 2)


def test_what_is_changed_and_not_moved_keeps_its_revision_and_has_another_mark(store: Store) -> None:
    school = planned(store, RESEARCH)
    before = row(school).mark
    reapplied(school, RESEARCH, occurrence=(DETAIL,))
    after = row(school)
    assert (after.place, after.revision) == ("东校区报告厅", 0)
    assert after.mark not in (None, before)


def test_what_is_held_once_and_gets_another_date_keeps_its_row(store: Store) -> None:
    school = planned(store, MEETING)
    first = row(school, "10-21").id
    reapplied(school, MEETING | {"on": date(2026, 10, 28)})
    moved = row(school, "10-28")
    assert (moved.id, moved.known_as, moved.revision) == (first, date(2026, 10, 21), 1)


def test_the_last_event_of_a_rule_that_changes_is_called_off_and_another_made(store: Store) -> None:
    last = {"weeks": "7"}  # the one in October alone
    school = planned(store, RESEARCH | last)
    first = row(school).id
    reapplied(school, RESEARCH | last | {"on": "third thursday"})
    assert (row(school).id, row(school).state) == (first, OccurrenceState.CANCELLED)
    assert row(school, "10-15").known_as is None


@pytest.mark.parametrize(("now", "there"), [("10-14 14:29", True), ("10-14 14:30", False)])
def test_what_would_begin_now_never_took_place(store: Store, now: str, *, there: bool) -> None:
    school = planned(store)
    school.now = local(now)
    reapplied(school, RESEARCH)
    assert (DAY in {one.date for one in school.ask(rows)}) is there
