"""Bugs planted in what keeps the facts: the ledger finds every one of them in one short story."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from handlers import check_in, decide_leave, respond, respond_for
from handlers.leave_notice import approvers
from store import attendance, attendees, audiences, audit, leave_spans, persons, responses
from store.database import Store
from tests.databases import Databases, Prepared
from tests.handlers.event_sample import local
from tests.handlers.fact_machine import FactMachine
from tests.handlers.fact_sample import prepare

Steps = Iterator[object]


class Planting(NamedTuple):
    """`wrong(right)` is put in the place of `name` of `module`."""

    bug: str
    module: Any
    name: str
    wrong: Callable[[Any], Any]


def unless(**given: object) -> Callable[[Any], Any]:
    """Of the facts these are forgotten."""
    return lambda right: lambda facts, now: right(replace(facts, **given), now)


def of_another_too(right: Any) -> Any:
    def record(session: Any, occurrence: int, person: int, *rest: Any, **more: Any) -> bool:
        right(session, occurrence, 1 if person != 1 else 2, *rest, **more)
        return bool(right(session, occurrence, person, *rest, **more))

    return record


def noted_twice(right: Any) -> Any:
    def answer(*given: Any, **more: Any) -> Any:
        right(*given, **more)
        return right(*given, **more | {"by": 7})

    return answer


def nothing(_right: Any) -> Any:
    return lambda *_given, **_more: None


def own(right: Any) -> Any:
    def answer(*given: Any, by: int | None) -> Any:
        return right(*given) if by else right(*given, by=by)

    return answer


def of_any_school(session: Any, person: int) -> list[int]:
    return [*approvers(session, person), *persons.with_role(session, 1, persons.Role.PRINCIPAL)]


def everybody(session: Any, consortium: int, *_given: Any) -> list[persons.Person]:
    return list(persons.by_keys(session, consortium).values())


PLANTINGS = [
    Planting("who is on leave is absent", attendance, "status_of", unless(leave=None)),
    Planting("a check-in counts more than a person's word", attendance, "status_of", unless(corrected=None)),
    Planting("who is on leave and comes is on leave", attendance, "status_of", unless(came_at=None)),
    Planting("a guest is counted among the expected", attendance, "expected", lambda _right: list),
    Planting("nobody is late", check_in, "is_late", lambda _right: lambda *_given: False),
    Planting("what is done leaves no trace", audit, "note", nothing),
    Planting("an answer is a colleague's as well", responses, "record", of_another_too),
    Planting("an answer is kept, and once more as the office's", respond, "answer", noted_twice),
    Planting("who comes after all asks for leave still", respond, "take_leave_back", nothing),
    Planting("the office's word is the person's own", respond_for, "answer", own),
    Planting("days of leave end at what is announced later", leave_spans, "cover", nothing),
    Planting("approvers of any school decide", decide_leave, "approvers", lambda _right: of_any_school),
    Planting("everybody is expected everywhere", audiences, "of", lambda _right: everybody),
    Planting("who is made expected is not", attendees, "expect", nothing),
]


def story(facts: FactMachine) -> Steps:
    """Step by step; after each the store is held against the ledger."""
    yield facts.sees("li", "research")
    yield facts.responds("li", "research", "accepted")
    yield facts.registers("chen", "wu", "research", "declined")
    yield facts.asks_for_days("wang", (13, 16))
    yield facts.decides("qian", 0, approve=True, change=False)
    yield facts.decides("zhou", 0, approve=True, change=False)
    yield facts.asks_for_leave("zhao", "research")
    yield facts.responds("zhao", "research", "accepted")
    yield facts.asks_for_leave("zhao", "research")
    yield facts.decides("zhou", 3, approve=True, change=False)
    yield facts.corrects("chen", "zhou", "research", "official", "已核实")
    yield facts.corrects("chen", "qian", "research", "expected", "")
    yield facts.changes("li", "east")
    yield facts.changes("sun", "comes")
    yield passed(facts, "10-14 14:15")
    yield facts.checks_in("li", "research", code=True)
    yield facts.checks_in("wang", "research", code=False)
    yield facts.checks_in("sun", "research", code=False)
    yield passed(facts, "10-14 14:41")
    yield facts.checks_in("zhou", "research", code=False)
    yield passed(facts, "10-14 15:00")
    yield passed(facts, "10-16 09:30")


def passed(facts: FactMachine, moment: str) -> str:
    facts.goes_on(local(moment))
    return moment


def told(opened: Callable[[], Store]) -> None:
    machine = type("Machine", (FactMachine,), {"opened": staticmethod(opened)})()
    try:
        for _ in story(machine):
            machine.nothing_is_lost_or_invented()
    finally:
        machine.teardown()


@pytest.fixture
def opened(databases: Databases, prepared: Prepared) -> Callable[[], Store]:
    url = prepared("facts", prepare)
    return lambda: Store(databases.copy(url))


def test_where_nothing_is_planted_nothing_is_found(opened: Callable[[], Store]) -> None:
    told(opened)


@pytest.mark.parametrize("planting", PLANTINGS, ids=lambda planting: planting.bug)
def test_a_bug_that_is_planted_is_found(
    opened: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, planting: Planting
) -> None:
    monkeypatch.setattr(planting.module, planting.name, planting.wrong(getattr(planting.module, planting.name)))
    with pytest.raises(AssertionError):
        told(opened)
