"""Whose calendar and which term a press of 日历文件 or 学期一览 means."""

from datetime import date, timedelta
from typing import Any

import pytest

from handlers.choose_consortium import ChooseConsortium, ConsortiumToChoose, choose_consortium
from handlers.next_up import ChatUnbound
from handlers.start import Unlinked
from handlers.term_files import (
    AskTermFile,
    CalendarSent,
    NoTermAhead,
    TermPictured,
    ask_calendar,
    ask_picture,
    term_at,
)
from store import persons
from store.blueprint import Blueprint
from store.chats import Place
from store.database import Store
from tests.handlers.event_sample import FILE, LI, NOBODY, QIAN, RESEARCH, School, begin, local
from tests.handlers.test_choose_consortium import ELSEWHERE, OTHER

TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")
SPRING = {"key": "t2", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)}
TWO: dict[str, Any] = {"term": (SPRING, *FILE["term"])}


@pytest.fixture
def school(store: Store) -> School:
    return begin(store, RESEARCH)


@pytest.mark.parametrize("place", [None, TEACHING])
def test_it_is_the_askers_own_calendar_of_the_term_that_runs(school: School, place: Place | None) -> None:
    found = school.take(ask_calendar, AskTermFile(LI, place))
    assert isinstance(found, CalendarSent)
    assert (found.key, found.person, found.consortium, found.term.key) == ("sample", "li", "样例教联体", "t")
    other = school.take(ask_calendar, AskTermFile(QIAN, place))
    assert isinstance(other, CalendarSent)
    assert other.person == "qian"


def test_the_picture_is_for_the_group_whoever_presses_and_in_private_for_who_is_linked(school: School) -> None:
    found = school.take(ask_picture, AskTermFile(NOBODY, TEACHING))
    assert isinstance(found, TermPictured)
    assert (found.key, found.term.key) == ("sample", "t")
    assert school.take(ask_picture, AskTermFile(LI, None)) == found
    assert school.take(ask_picture, AskTermFile(NOBODY, None)) == Unlinked()


def test_strangers_and_unbound_groups_get_nothing(school: School) -> None:
    assert school.take(ask_calendar, AskTermFile(NOBODY, None)) == Unlinked()
    assert school.take(ask_calendar, AskTermFile(NOBODY, TEACHING)) == Unlinked()
    assert school.take(ask_calendar, AskTermFile(LI, STRANGE)) == ChatUnbound()
    assert school.take(ask_picture, AskTermFile(LI, STRANGE)) == ChatUnbound()


def test_of_two_consortiums_the_group_or_the_choice_says_which(store: Store, school: School) -> None:
    begin(store, **ELSEWHERE)
    assert isinstance(school.take(ask_calendar, AskTermFile(LI, None)), ConsortiumToChoose)
    assert isinstance(school.take(ask_picture, AskTermFile(LI, None)), ConsortiumToChoose)
    (other,) = (one for one in store.call(persons.memberships, LI) if one.consortium == OTHER)
    school.take(choose_consortium, ChooseConsortium(LI, other.consortium_id))
    mine, ours = (school.take(ask_calendar, AskTermFile(LI, place)) for place in (None, TEACHING))
    assert [found.key for found in (mine, ours) if isinstance(found, CalendarSent)] == ["other", "sample"]


def test_after_the_last_term_there_is_none(school: School) -> None:
    school.now = local("12-31 09:00") + timedelta(days=60)
    assert school.take(ask_calendar, AskTermFile(LI, None)) == NoTermAhead()
    assert school.take(ask_picture, AskTermFile(LI, TEACHING)) == NoTermAhead()


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (date(2026, 8, 1), "t"),
        (date(2026, 9, 1), "t"),
        (date(2027, 1, 22), "t"),
        (date(2027, 1, 23), "t2"),
        (date(2027, 7, 2), "t2"),
        (date(2027, 7, 3), None),
    ],
)
def test_the_term_that_runs_or_the_next(today: date, term: str | None) -> None:
    found = term_at(Blueprint.model_validate(FILE | TWO), today)
    assert (found.key if found else None) == term
