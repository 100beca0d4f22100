"""Retelling: class meetings that a day off takes away, and what a later file, or a year that is published, moves."""

from datetime import date, time
from typing import Any

from handlers.changed import OccurrenceCancelled, OccurrenceChanged
from scheduling import planner
from store import leaves, responses
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, RESEARCH, SHANGHAI, School, begin, local

OFF: dict[str, Any] = {"date": date(2026, 10, 12), "kind": "off", "name": "运动会"}


def reapplied(school: School, *activities: dict[str, Any], **tables: Any) -> None:
    begin(school.store, *activities, at=f"{school.now.astimezone(SHANGHAI):%m-%d %H:%M}", **tables)
    school.store.call(planner.plan, school.now)


def state_of(session: Session, occurrence: int, person: int) -> str | None:
    found = leaves.of(session, occurrence, person)
    return found.state if found else None


def changes(school: School, moment: str) -> list[tuple[str, str]]:
    """Whom what has been told of a change by then."""
    said = (one for one in school.until(moment) if not one.edited)
    return sorted(
        (one.to, type(one.outcome).__name__)
        for one in said
        if isinstance(one.outcome, OccurrenceCancelled | OccurrenceChanged)
    )


def test_a_group_hears_once_that_a_days_class_meetings_are_off_and_each_head_hears_it(store: Store) -> None:
    school = begin(store, CLASSES)
    school.until("10-12 12:00")
    reapplied(school, CLASSES, day=(OFF,))
    gone = "OccurrenceCancelled"
    assert changes(school, "10-12 12:01") == [("heads", gone), ("li", gone), ("wang", gone), ("zhao", gone)]


def test_who_was_not_told_of_a_class_meeting_hears_nothing_of_its_end(store: Store) -> None:
    school = begin(store, CLASSES)
    school.until("10-08 12:00")
    reapplied(school, CLASSES, day=(OFF,))
    assert changes(school, "10-09 12:00") == []


def test_of_two_changes_before_anybody_heard_one_is_told(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 12:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    reapplied(school, RESEARCH | {"at": time(16)})
    (said,) = (one.outcome for one in school.until("10-08 12:01") if isinstance(one.outcome, OccurrenceChanged))
    assert (said.was.starts_at, said.now.starts_at) == (local("10-14 14:30"), local("10-14 16:00"))


def test_what_is_as_it_was_again_before_anybody_heard_is_not_told(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 12:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    reapplied(school, RESEARCH)
    assert changes(school, "10-09 12:00") == []


def test_a_change_in_quiet_hours_waits_for_their_end(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 21:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    assert changes(school, "10-09 07:29") == []
    assert changes(school, "10-09 07:30") == [("teaching", "OccurrenceChanged")]


def test_another_day_asks_again_and_another_hour_does_not(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 12:00")
    number = school.occurrence("research", "10-14 14:30")
    accepted, person = responses.ParticipationStatus.ACCEPTED, school.person("li")
    store.call(responses.record, number, person, accepted, school.now, late=False)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH | {"at": time(15)})
    assert store.call(responses.said, number, person).status == accepted
    reapplied(school, RESEARCH | {"at": time(15)}, day=(OFF | {"date": date(2026, 10, 14)},))
    sent = (one for one in school.until("10-08 12:06") if not one.edited)
    (said,) = (one.outcome for one in sent if isinstance(one.outcome, OccurrenceChanged))
    assert (said.ask_again, said.now.starts_at) == (True, local("10-15 15:00"))
    assert store.call(responses.said, number, person).status is None


def test_an_answer_stays_where_a_move_is_taken_back_before_anybody_heard(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 12:00")
    number, person = school.occurrence("research", "10-14 14:30"), school.person("li")
    accepted = responses.ParticipationStatus.ACCEPTED
    store.call(responses.record, number, person, accepted, school.now, late=False)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH, day=(OFF | {"date": date(2026, 10, 14)},))
    reapplied(school, RESEARCH)
    assert changes(school, "10-09 12:00") == []
    assert store.call(responses.said, number, person).status == accepted


def test_an_approved_leave_of_another_day_is_none(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 12:00")
    number, person = school.occurrence("research", "10-14 14:30"), school.person("li")
    store.call(leaves.ask, number, person, None, "", school.now)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH, day=(OFF | {"date": date(2026, 10, 14)},))
    school.until("10-08 12:06")
    assert store.call(state_of, number, person) == leaves.LeaveState.WITHDRAWN


def test_a_reminder_whose_moment_a_change_has_told_of_is_not_sent(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-13 15:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    said = [type(one.outcome).__name__ for one in school.until("10-13 15:05") if not one.edited]
    assert said == ["OccurrenceChanged"]
