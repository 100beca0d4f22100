"""Somebody in two consortiums: which one answers in private is asked once; an event is found in either."""

from datetime import date, time
from typing import Any

import pytest

from handlers.ask import Answered, Undecided
from handlers.check_in_by_code import NothingToCheckIn
from handlers.choose_consortium import (
    ChooseConsortium,
    ConsortiumChosen,
    ConsortiumToChoose,
    choose_consortium,
)
from handlers.choose_language import SettingsShown, ShowSettings, show_settings
from handlers.consult import Consult, consult
from handlers.leave import LeaveEventsOffered, StartLeave, start_leave
from handlers.next_up import NextUp, Upcoming, next_up
from handlers.open_card import FindCard, find_card
from handlers.own_reflections import ReflectionsShown, ShowReflections, show_reflections
from handlers.show_code import CodeShown, ShowCode, show_code
from handlers.start import Start, Unlinked, Welcomed, start
from store.accounts import Account
from store.database import Store
from tests.handlers.event_sample import FILE, LI, NOBODY, RESEARCH, WANG, School, begin, local
from tests.store.policy_sample import CHARTER, publish

QUESTION = "联合教研多久开展一次？"
SAMPLE, OTHER = "样例教联体", "邻区教联体"
# The other one's event comes a day before the sample's.
VISIT: dict[str, Any] = RESEARCH | {"title": "邻区听课", "every": "once", "on": date(2026, 10, 13), "at": time(9)}
ELSEWHERE: dict[str, Any] = {
    "consortium": FILE["consortium"] | {"key": "other", "name": OTHER},
    "person": ({"key": "li", "name": "样李芳", "school": "east", "roles": ("teacher", "organiser"), "telegram": 7001},),
    "class_": (),
    "chat": ({"key": "teaching", "title": "邻区教研群", "platform": "telegram", "address": "-1009"},),
}


@pytest.fixture
def school(store: Store) -> School:
    """LI teaches in both, and organises the second; only the first has a paper. 8 October, both events announced."""
    begin(store, VISIT | {"hosts": (), "themes": ()}, **ELSEWHERE)
    school = begin(store, RESEARCH)
    school.store.call(publish, number_of(school, SAMPLE), CHARTER)
    school.until("10-08 09:00")
    return school


def number_of(school: School, choice: str) -> int:
    outcome = school.take(next_up, NextUp(LI, None))
    assert isinstance(outcome, ConsortiumToChoose)
    return next(one.consortium_id for one in outcome.choices if one.consortium == choice)


def choose(school: School, choice: str, account: Account = LI) -> ConsortiumChosen | Unlinked:
    return school.take(choose_consortium, ChooseConsortium(account, number_of(school, choice)))


def test_nobody_answers_before_it_is_chosen(school: School) -> None:
    for outcome in (school.take(consult, Consult(LI, None, QUESTION)), school.take(next_up, NextUp(LI, None))):
        assert isinstance(outcome, ConsortiumToChoose)
        assert {one.consortium for one in outcome.choices} == {SAMPLE, OTHER}


def test_the_chosen_one_answers_and_says_so(school: School) -> None:
    assert choose(school, SAMPLE) == ConsortiumChosen(SAMPLE)
    answered, upcoming = school.take(consult, Consult(LI, None, QUESTION)), school.take(next_up, NextUp(LI, None))
    assert isinstance(answered, Answered)
    assert isinstance(upcoming, Upcoming)
    assert answered.consortium == upcoming.consortium == SAMPLE
    assert upcoming.items[0].title == "共创式主题教研"


def test_another_choice_takes_its_place(school: School) -> None:
    numbers = {choice: number_of(school, choice) for choice in (SAMPLE, OTHER)}
    for choice in (SAMPLE, OTHER):
        school.take(choose_consortium, ChooseConsortium(LI, numbers[choice]))
    assert school.take(consult, Consult(LI, None, QUESTION)) == Undecided((), OTHER)
    shown = school.take(show_settings, ShowSettings(LI))
    assert isinstance(shown, SettingsShown)
    assert (len(shown.choices), shown.consortium) == (2, OTHER)


def test_nobody_chooses_a_consortium_of_others(school: School) -> None:
    other = number_of(school, OTHER)
    assert school.take(choose_consortium, ChooseConsortium(WANG, other)) == Unlinked()
    assert school.take(choose_consortium, ChooseConsortium(NOBODY, other)) == Unlinked()
    answered = school.take(consult, Consult(WANG, None, QUESTION))
    assert isinstance(answered, Answered)
    assert answered.consortium == ""


def test_whoever_has_left_the_other_one_is_answered_unasked(school: School) -> None:
    choose(school, OTHER)
    begin(school.store, **ELSEWHERE | {"person": ({**ELSEWHERE["person"][0], "key": "x", "telegram": None},)})
    answered = school.take(consult, Consult(LI, None, QUESTION))
    assert isinstance(answered, Answered)
    assert answered.consortium == ""


def test_events_are_found_in_either_by_their_time(school: School) -> None:
    asked = school.take(start_leave, StartLeave(LI, None))
    assert isinstance(asked, LeaveEventsOffered)
    assert [one.title for one in asked.events] == ["邻区听课", "共创式主题教研"]
    card = school.take(find_card, FindCard(LI))
    school.now = local("10-13 12:00")
    assert card != school.take(find_card, FindCard(LI)) is not None
    school.now = local("10-14 18:00")
    shown = school.take(show_reflections, ShowReflections(LI))
    assert isinstance(shown, ReflectionsShown)
    assert shown.items[0].title == "共创式主题教研"  # the newer one


def test_codes_are_shown_of_what_one_organises(school: School) -> None:
    school.now = local("10-13 09:00")
    shown = school.take(show_code, ShowCode(LI))
    assert isinstance(shown, CodeShown)
    assert [line.title for line in shown.codes] == ["邻区听课"]
    school.now = local("10-14 14:30")
    assert school.take(show_code, ShowCode(LI)) == NothingToCheckIn()


def test_start_names_both(school: School) -> None:
    welcomed = school.take(start, Start(LI, ""))
    assert isinstance(welcomed, Welcomed)
    assert {one.consortium for one in welcomed.memberships} == {SAMPLE, OTHER}
