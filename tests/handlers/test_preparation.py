"""`prepare`: organisers are told what an event still lacks, once, and nothing where nothing is missing."""

from typing import Any

import pytest

from handlers.preparation import PreparationAsked
from store import attendees
from store.database import Store
from tests.handlers.event_sample import RESEARCH, begin, local

DETAIL = {"activity": "research", "date": local("10-14 14:30").date(), "speaker": "li", "recorder": "wang"}
PREPARED = RESEARCH | {"prepare": "8d"}


def asked(store: Store, activity: dict[str, Any], *details: dict[str, Any]) -> list[tuple[str, PreparationAsked]]:
    school = begin(store, activity, occurrence=details)
    said = school.until("10-07 12:00")
    return [(one.to, one.outcome) for one in said if isinstance(one.outcome, PreparationAsked)]


def test_the_organiser_is_told_what_is_missing(store: Store) -> None:
    ((to, told),) = asked(store, PREPARED)  # east hosts, and has no place of its own
    assert to == "chen"
    assert (told.name, told.title, told.host, told.week) == ("样陈静", "共创式主题教研", "样例东校", 7)
    assert (told.place_open, told.speaker_open, told.recorder_open, told.theme_open) == (True, True, True, False)


@pytest.mark.parametrize(
    ("activity", "detail", "missing"),
    [
        (PREPARED, DETAIL, [True, False, False, False]),
        (PREPARED | {"place": "线上", "themes": ("课堂提问",), "weeks": None}, DETAIL, [False, False, False, True]),
        (PREPARED | {"themes": None}, DETAIL | {"recorder": None}, [True, False, True, False]),
    ],
)
def test_only_what_is_open_is_asked_for(
    store: Store, activity: dict[str, Any], detail: dict[str, Any], missing: list[bool]
) -> None:
    ((_, told),) = asked(store, activity, detail)
    assert [told.place_open, told.speaker_open, told.recorder_open, told.theme_open] == missing


def test_nothing_is_said_where_nothing_is_missing(store: Store) -> None:
    assert asked(store, PREPARED, DETAIL | {"place": "东校区报告厅"}) == []


def test_what_is_settled_after_it_was_planned_is_not_asked_for(store: Store) -> None:
    school = begin(store, PREPARED, until="10-06 14:29")
    begin(store, PREPARED, occurrence=(DETAIL | {"place": "东校区报告厅"},), at="10-06 14:29")
    assert [one for one in school.until("10-06 18:00") if isinstance(one.outcome, PreparationAsked)] == []


def test_who_is_expected_is_still_open_then(store: Store) -> None:
    school = begin(store, PREPARED, until="10-07 12:00")
    assert store.call(attendees.of, school.occurrence("research", "10-14 14:30")) == []
