"""The codes of an event as they are at a moment."""

from datetime import timedelta

from handlers import codes
from handlers.show_code import CodePictured
from store import occurrences
from store.occurrences import Held
from tests.handlers.event_sample import School

MINUTE = timedelta(minutes=1)


def held(school: School, occurrence: int) -> Held:
    found = school.ask(lambda session: occurrences.get(session, occurrence))
    assert found is not None
    return found


def code_of(school: School, occurrence: int) -> str:
    """Now."""
    return codes.spoken(held(school, occurrence), school.now)


def wrong_codes(school: School, count: int) -> list[str]:
    """Digits that are no event's just now."""
    every = school.ask(lambda session: occurrences.checking_in(session, 1, school.now))
    wrong = (f"{one:04}" for one in range(10_000))
    free = (one for one in wrong if not any(codes.is_spoken(held, one, school.now) for held in every))
    return [next(free) for _ in range(count)]


def pictured(school: School) -> CodePictured:
    """What was pictured last."""
    last = school.said[-1].outcome
    assert isinstance(last, CodePictured)
    return last
