"""Amend: of two changes of the same thing that were shown, the later one is not taken over what somebody else took."""

from datetime import date

from handlers.amend import (
    Amend,
    AmendmentGone,
    AmendmentShown,
    AmendmentTaken,
    DecideAmendment,
    DecideOutcome,
    amend,
    decide_amendment,
)
from store import consortiums
from store.amendments import Entries
from store.blueprint import Detail
from store.database import Session
from tests.handlers.afternoon import PREVIEW
from tests.handlers.event_sample import OFFICE, School


def shown(school: School, place: str) -> int:
    detail = Detail(activity="research", date=date(2026, 10, 14), place=place)
    found = school.take(amend, Amend(OFFICE, 1, Entries.of([detail]), PREVIEW))
    assert isinstance(found, AmendmentShown)
    return found.amendment


def decide(school: School, amendment: int, choice: str) -> DecideOutcome:
    return school.take(decide_amendment, DecideAmendment(OFFICE, amendment, choice, PREVIEW))


def place(school: School) -> str | None:
    def read(session: Session) -> str | None:
        row = consortiums.get(session, 1)
        assert row is not None
        return next((one.place for one in consortiums.blueprint(row).occurrence), None)

    return school.ask(read)


def test_what_was_shown_before_somebody_else_took_another_is_gone(school: School) -> None:
    first, second = shown(school, "一楼"), shown(school, "二楼")
    assert isinstance(decide(school, second, "take"), AmendmentTaken)
    assert decide(school, first, "take") == AmendmentGone()
    assert place(school) == "二楼"


def test_what_was_changed_since_is_not_taken_back_over_it(school: School) -> None:
    first = shown(school, "一楼")
    assert isinstance(decide(school, first, "take"), AmendmentTaken)
    assert isinstance(decide(school, shown(school, "二楼"), "take"), AmendmentTaken)
    assert decide(school, first, "undo") == AmendmentGone()
    assert place(school) == "二楼"
