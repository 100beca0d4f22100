"""A person's day: for any plan nobody gets more than so many messages, none is lost, none comes early or too late."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import person_days
from store.reminders import Reminder, ReminderKind, Whom
from tests.handlers.event_sample import SHANGHAI, local
from tests.oracle_days import Day, least
from tests.scheduling.days import EVERY, MINUTE, MORNING, days_that_differ, reckoned

HOURS = st.integers(0, 12)
MESSAGES = st.tuples(HOURS, st.integers(1, 24)).map(lambda one: (one[0], one[0] + one[1]))


def parted(day: Day, most: int = 3) -> list[list[int]]:
    """When each is due, message by message."""
    found = person_days.parted(reckoned(person_days, day), most)
    return [[(one.at - MORNING) // MINUTE for one in part] for part in found]


@settings(derandomize=True, max_examples=300)
@given(st.lists(MESSAGES, max_size=7).map(sorted), st.integers(1, 4))
def test_of_any_day_none_is_lost_none_is_early_none_is_of_no_use(day: Day, most: int) -> None:
    found = person_days.parted(reckoned(person_days, day), most)
    assert [one for part in found for one in part] == reckoned(person_days, day)
    assert all(one.at <= part[-1].at < one.until for part in found for one in part)
    # more than the budget only where no choice of moments would do with fewer
    assert len(found) <= max(most, least(day))
    assert not list(days_that_differ(person_days, [day], most))


@pytest.mark.parametrize("most", [1, 2, 3])
def test_every_day_of_few_messages_is_parted_as_the_oracle_does(most: int) -> None:
    assert list(days_that_differ(person_days, EVERY, most)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ([], []),
        ([(8, 99), (9, 99), (10, 99)], [[8], [9], [10]]),
        ([(8, 99), (9, 99), (10, 99), (11, 99), (16, 99)], [[8], [9], [10, 11, 16]]),
        # that of 15 is of no use from 16 on, so that it goes with the one before it
        ([(8, 99), (9, 99), (15, 16), (16, 99), (17, 99)], [[8], [9, 15], [16, 17]]),
        # each would be of no use before the next comes: all four go out
        ([(8, 9), (9, 10), (10, 11), (11, 12)], [[8], [9], [10], [11]]),
        ([(8, 9), (9, 99), (9, 99), (9, 10), (12, 13)], [[8], [9, 9, 9], [12]]),
    ],
)
def test_the_first_two_are_as_they_were_and_the_others_one_at_the_last_of_them(
    day: Day, expected: list[list[int]]
) -> None:
    assert parted(day) == expected


def until(whom: Whom, due: int, respond_by: datetime | None) -> int:
    """Until which minute a reminder is of use that is due in that one, and of no use after 9."""
    to = Reminder(kind=ReminderKind.NUDGE, whom=whom, dedup_key="", consortium_id=1, at=at(due), until=at(9))
    return (person_days.waiting(to, respond_by).until - MORNING) // MINUTE


def at(minute: int) -> datetime:
    return MORNING + minute * MINUTE


def test_a_nudge_to_answer_is_of_use_while_answers_are_in_time() -> None:
    assert until(Whom.UNANSWERED, 2, at(5)) == 5
    assert until(Whom.UNANSWERED, 2, None) == until(Whom.UNANSWERED, 2, at(9)) == until(Whom.UNANSWERED, 2, at(12)) == 9
    assert until(Whom.UNANSWERED, 5, at(5)) == until(Whom.UNANSWERED, 6, at(5)) == 9  # a late answer is one, too
    assert until(Whom.UNREFLECTED, 2, at(5)) == until(Whom.ATTENDED, 2, at(5)) == 9


def test_what_is_left_of_yesterday_is_due_since_midnight() -> None:
    kind, whom = ReminderKind.REFLECT, Whom.ATTENDED
    late = Reminder(kind=kind, whom=whom, dedup_key="k", consortium_id=1, at=at(2), until=at(9))
    assert person_days.waiting(late, None, at(4)) == person_days.Waiting(at(4), "k", at(9))
    assert person_days.waiting(late, None, at(1)) == person_days.waiting(late, None)
    assert person_days.waiting(late, None).at == at(2)


def test_a_day_is_from_midnight_to_midnight_there() -> None:
    assert person_days.bounds(date(2026, 10, 21), SHANGHAI) == (local("10-21 00:00"), local("10-22 00:00"))
