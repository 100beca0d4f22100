"""The close of the check-in: when those who answer for people may hear of it, and that a rehearsal never does."""

from datetime import date, time

import pytest

from scheduling import closings, moments
from scheduling.moment import Moment, ToOverseers
from store.blueprint import Blueprint, Reflect
from tests.scheduling.sample import RESEARCH, SHANGHAI, TERM, WHOLE, class_meeting, having, once, planned


def of_first(blueprint: Blueprint) -> list[str]:
    found = closings.of(blueprint, planned(blueprint, *WHOLE)[0])
    return [" ".join(f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" for at in (one.at, one.until)) for one in found]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (time(14, 30), ["10-14 16:00 10-17 16:00"]),  # without a check-in: at the end
        (time(18, 30), ["10-15 07:30 10-17 20:00"]),  # quiet hours: waits for their end
    ],
)
def test_it_is_at_the_close_and_of_use_for_three_days(start: time, expected: list[str]) -> None:
    assert of_first(having(once(date(2026, 10, 14), start))) == expected


def test_with_a_check_in_it_is_when_that_closes() -> None:
    blueprint = having(RESEARCH)
    (found,) = closings.of(blueprint, planned(blueprint, *WHOLE)[1])
    assert (found.kind, found.to) == ("absences", ToOverseers())
    assert f"{found.at.astimezone(SHANGHAI):%m-%d %H:%M}" == "10-14 15:00"


def test_a_class_meeting_has_a_record_and_no_roll() -> None:
    assert of_first(having(class_meeting(reflect=Reflect(due="2d")))) == []


def test_it_is_owed_and_never_rehearsed_for_there_everybody_attends() -> None:
    blueprint = having(RESEARCH)
    everything = planned(blueprint, *WHOLE)
    owed: list[Moment] = [moment for moment, _ in moments.every(blueprint, everything, everything)]
    assert sum(one.kind == "absences" for one in owed) == len(everything)
    linked = {person.key for person in blueprint.person}
    rehearsed = moments.rehearse(blueprint, TERM.first_day, TERM.last_day, linked)
    assert rehearsed
    assert not [one for one in rehearsed if one.moment.kind == "absences"]


