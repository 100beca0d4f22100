"""Retelling: what is held once has one row, whatever date the file gives it; people hear of a move as of any other."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from bot.diary import Event, Whose, events
from handlers.amend import hold
from handlers.apply import Applied, Apply, apply
from handlers.changed import OccurrenceChanged
from handlers.merging import Prefer
from handlers.schedule import blueprint_of
from scheduling import planner
from store import amendments, consortiums, leaves, responses
from store.amendments import Entry
from store.blueprint import Blueprint, Detail
from store.database import Session, Store
from store.occurrences import Occurrence
from store.responses import ParticipationStatus
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, School, begin, local
from tests.scheduling.test_retelling import changes, reapplied, state_of

PLENARY: dict[str, Any] = MEETING | {"announce": "7d", "remind": ("1d",), "respond_by": "1d"}  # on 21 October, 9:00
WEDNESDAY, FRIDAY, FAR = date(2026, 10, 21), date(2026, 10, 23), date(2026, 12, 18)


def put(session: Session, school: School, entry: Entry) -> None:
    """As it is taken in the chat."""
    hold(session, 1, amendments.amended(blueprint_of(session, 1), (entry,)), school.now)
    planner.plan(session, school.now)


def diary(session: Session) -> list[Event]:
    consortium = consortiums.get(session, 1)
    assert consortium is not None
    return events(session, consortium, Whose(), date(2026, 9, 1), date(2027, 1, 22))


def test_another_date_is_one_message_with_both_and_asks_again(store: Store) -> None:
    school = begin(store, PLENARY, until="10-15 12:00")
    number, person = school.occurrence("meeting", "10-21 09:00"), school.person("li")
    store.call(responses.record, number, person, ParticipationStatus.ACCEPTED, school.now, late=False)
    school.now = local("10-15 12:05")
    before = school.ask(diary)
    reapplied(school, PLENARY | {"on": FRIDAY})
    assert school.occurrence("meeting", "10-23 09:00") == number
    said = [one.outcome for one in school.until("10-21 12:00") if not one.edited]
    (moved,) = said  # no cancellation, no second announcement
    assert isinstance(moved, OccurrenceChanged)
    assert (moved.was.starts_at, moved.now.starts_at) == (local("10-21 09:00"), local("10-23 09:00"))
    assert (moved.ask_again, store.call(responses.said, number, person).status) == (True, None)
    assert "Reminded" in [type(one.outcome).__name__ for one in school.until("10-22 12:00")]
    (was,), (now,) = before, school.ask(diary)
    assert (now.uid, now.sequence, now.cancelled) == (was.uid, was.sequence + 1, False)


def test_moved_there_and_back_it_is_known_by_the_same_name(store: Store) -> None:
    school = begin(store, PLENARY, until="10-15 12:00")
    (before,) = school.ask(diary)
    for day in (FRIDAY, WEDNESDAY):
        reapplied(school, PLENARY | {"on": day})
    assert changes(school, "10-16 12:00") == []
    (after,) = school.ask(diary)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 2)


def test_a_date_far_ahead_is_a_move_as_well_and_so_is_one_from_far_ahead(store: Store) -> None:
    school = begin(store, PLENARY)
    (before,) = school.ask(diary)
    school.until("10-15 12:00")
    reapplied(school, PLENARY | {"on": FAR})
    assert changes(school, "10-15 12:01") == [("teaching", "OccurrenceChanged")]
    reapplied(school, PLENARY | {"on": FRIDAY})
    assert changes(school, "10-15 12:02") == [("teaching", "OccurrenceChanged")]
    (after,) = school.ask(diary)
    assert after.uid == before.uid


def test_what_the_chat_moves_far_ahead_is_not_off(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    store.call(put, school, Detail(activity="research", date=date(2026, 10, 14), held_on=FAR))
    assert changes(school, "10-08 12:01") == [("teaching", "OccurrenceChanged")]


def test_what_was_held_stays_and_another_date_is_another_occurrence(store: Store) -> None:
    school = begin(store, PLENARY, until="10-21 12:00")
    number = school.occurrence("meeting", "10-21 09:00")
    reapplied(school, PLENARY | {"on": FAR})
    assert changes(school, "10-22 12:00") == []
    assert school.occurrence("meeting", "10-21 09:00") == number != school.occurrence("meeting", "12-18 09:00")


def test_what_the_chat_said_of_it_goes_with_its_date(store: Store) -> None:
    school = begin(store, PLENARY, until="10-15 12:00")
    store.call(put, school, Detail(activity="meeting", date=WEDNESDAY, place="一楼", bring="听课本"))
    reapplied(school, PLENARY | {"on": FRIDAY})
    (one,) = school.ask(diary)
    assert (one.starts_at, one.place, one.bring) == (local("10-23 09:00"), "一楼", "听课本")


def test_a_leave_for_the_old_day_is_none(store: Store) -> None:
    school = begin(store, PLENARY, until="10-15 12:00")
    number, person = school.occurrence("meeting", "10-21 09:00"), school.person("li")
    store.call(leaves.ask, number, person, None, "", school.now)
    school.now = local("10-15 12:05")
    reapplied(school, PLENARY | {"on": FRIDAY})
    school.until("10-15 12:06")
    assert store.call(state_of, number, person) == leaves.LeaveState.WITHDRAWN


def test_class_meetings_that_are_held_once_are_moved_together_and_their_group_hears_once(store: Store) -> None:
    once: dict[str, Any] = CLASSES | {"every": "once", "on": WEDNESDAY, "announce": "5d"}
    school = begin(store, once, until="10-17 12:00")
    reapplied(school, once | {"on": FRIDAY})
    assert changes(school, "10-17 12:01") == [("heads", "OccurrenceChanged")]
    assert {one.starts_at.date() for one in school.ask(diary)} == {FRIDAY}


def test_class_meetings_held_once_far_ahead_have_rows_and_draw_no_others_after_them(store: Store) -> None:
    once: dict[str, Any] = CLASSES | {"key": "ceremony", "every": "once", "on": FAR}
    school = begin(store, CLASSES, once)
    for _ in range(2):
        store.call(planner.plan, school.now)
        days = school.ask(lambda session: session.exec(select(col(Occurrence.date))).all())
        assert {day for day in days if day >= date(2026, 11, 11)} == {FAR}


def test_where_there_is_a_message_budget_too_nothing_of_what_was_moved_is_announced_again(store: Store) -> None:
    budget = FILE["consortium"] | {"budget": 3}
    school = begin(store, PLENARY, consortium=budget, until="10-15 12:00")
    reapplied(school, PLENARY | {"on": FRIDAY}, consortium=budget)
    said = []
    for moment in ("10-15 13:00", "10-17 12:00", "10-20 12:00"):
        store.call(planner.plan, school.now)
        said += [type(one.outcome).__name__ for one in school.until(moment) if not one.edited]
    assert said == ["OccurrenceChanged"]


def test_a_rule_that_becomes_a_single_date_moves_nothing_where_several_were_planned(store: Store) -> None:
    weekly = RESEARCH | {"every": "week", "on": "wednesday", "announce": "2d"}
    school = begin(store, weekly, until="10-13 12:00")
    reapplied(school, weekly | {"every": "once", "on": FRIDAY})
    assert changes(school, "10-13 12:01") == [("teaching", "OccurrenceCancelled")]


@pytest.mark.parametrize(("prefer", "day"), [("chat", "10-22"), ("file", "10-23")])
def test_moved_in_the_chat_and_in_the_file_one_must_be_preferred(store: Store, prefer: Prefer, day: str) -> None:
    school = begin(store, PLENARY, until="10-15 12:00")
    store.call(put, school, Detail(activity="meeting", date=WEDNESDAY, held_on=date(2026, 10, 22), place="一楼"))
    file = Blueprint.model_validate(FILE | {"activity": (PLENARY | {"on": FRIDAY},)})
    refused = store.call(apply, Apply(file), school.now)
    assert not isinstance(refused, Applied)
    assert [str(one).split(":")[0] for one in refused.conflicts] == ["activity[1].on"]
    assert isinstance(store.call(apply, Apply(file, prefer), school.now), Applied)
    store.call(planner.plan, school.now)
    (one,) = school.ask(diary)
    assert (one.starts_at, one.place) == (local(f"{day} 09:00"), "一楼")
