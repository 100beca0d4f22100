"""Reminders: put once, dropped when unwanted, back when wanted again, due in order."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from store import reminders
from store.consortiums import Consortium
from store.database import Session, Store
from store.reminders import Reminder, ReminderKind, ReminderState, Wanted, Whom
from tests.conftest import START
from tests.store.post_sample import HOUR, MINUTE

WAITING, RELEASED, DROPPED = ReminderState.WAITING, ReminderState.RELEASED, ReminderState.DROPPED


def reminder(key: str, at: datetime) -> Wanted:
    """A digest: the one kind that is about no occurrence."""
    kind, whom = ReminderKind.DIGEST, Whom.CHAT
    return Wanted(key, 1, kind, whom, None, None, None, "2026-09", at, at + HOUR, None)


@pytest.fixture
def planned(store: Store) -> Store:
    """`soon` in a minute, `late` in an hour."""
    store.call(consortium)
    store.call(reminders.put, [reminder("late", START + HOUR), reminder("soon", START + MINUTE)])
    return store


def consortium(session: Session) -> None:
    session.add(Consortium(key="sample", name="样例", timezone="Asia/Shanghai", applied="{}", since=START))


def states(session: Session) -> dict[str, ReminderState]:
    rows = session.exec(select(Reminder).order_by(col(Reminder.at)))
    return {row.dedup_key: ReminderState(row.state) for row in rows}


def due(session: Session, now: datetime) -> list[str]:
    return [row.dedup_key for row in reminders.due(session, now)]


def settle(session: Session, key: str, state: ReminderState) -> None:
    found = session.exec(select(Reminder.id).where(Reminder.dedup_key == key)).one()
    assert found is not None
    reminders.settle(session, [found], state)


def test_planned_again_nothing_changes(planned: Store) -> None:
    planned.call(settle, "soon", RELEASED)
    planned.call(reminders.put, [reminder("soon", START + MINUTE), reminder("late", START + HOUR)])
    assert planned.call(states) == {"soon": RELEASED, "late": WAITING}


def test_what_is_wanted_no_more_is_dropped_and_waits_again_when_it_is(planned: Store) -> None:
    planned.call(reminders.drop_others, 1, [], ["soon"])
    assert planned.call(states) == {"soon": WAITING, "late": DROPPED}
    planned.call(reminders.put, [reminder("late", START + HOUR)])
    assert planned.call(states) == {"soon": WAITING, "late": WAITING}


def test_what_was_released_is_dropped_no_more(planned: Store) -> None:
    planned.call(settle, "soon", RELEASED)
    planned.call(reminders.drop_others, 1, [], [])
    assert planned.call(states) == {"soon": RELEASED, "late": DROPPED}


def test_those_are_due_whose_moment_has_come_earliest_first(planned: Store) -> None:
    assert planned.call(due, START) == []
    assert planned.call(due, START + MINUTE) == ["soon"]
    assert planned.call(due, START + HOUR) == ["soon", "late"]


def test_the_next_moment_is_the_earliest_waiting_one(planned: Store) -> None:
    assert planned.call(reminders.next_at) == START + MINUTE
    planned.call(settle, "soon", RELEASED)
    assert planned.call(reminders.next_at) == START + HOUR
    planned.call(settle, "late", ReminderState.MISSED)
    assert planned.call(reminders.next_at) is None
    assert planned.call(reminders.missed) == 1


def test_what_a_clock_that_ran_ahead_gave_up_waits_again(planned: Store) -> None:
    for key in ("soon", "late"):
        planned.call(settle, key, ReminderState.MISSED)
    planned.call(reminders.not_missed, START + HOUR + MINUTE)  # of use until then
    assert planned.call(states) == {"soon": ReminderState.MISSED, "late": WAITING}
