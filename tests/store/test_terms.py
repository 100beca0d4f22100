"""Terms: each is kept as it stood when it closed, whatever later files say."""

from datetime import date, timedelta
from typing import Any

import pytest

from store import terms
from store.blueprint import Blueprint
from store.database import Session, Store
from store.terms import Term
from tests.handlers.event_sample import FILE, RESEARCH, begin, local

AUTUMN = {"key": "t", "name": "第一学期", "first_day": date(2026, 9, 1), "last_day": date(2026, 12, 20)}
SPRING = {"key": "u", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)}
CLOSED = "12-28 00:00"  # seven days after the last day, local


@pytest.fixture
def begun(store: Store) -> Store:
    begin(store, RESEARCH, term=(AUTUMN,))
    return store


def later(store: Store, moment: str, *named: dict[str, Any], **tables: Any) -> dict[str, Term]:
    """The terms by key, once a file with these is applied then."""
    file = Blueprint.model_validate(FILE | {"term": named, "activity": (RESEARCH,)} | tables)

    def put(session: Session) -> dict[str, Term]:
        terms.keep(session, 1, file, local(moment))
        found = {row.key: row for row in terms.every(session, 1)}
        session.expunge_all()
        return found

    return store.call(put)


def test_a_term_follows_the_file_until_it_closes(begun: Store) -> None:
    renamed = AUTUMN | {"name": "上学期"}
    assert later(begun, "12-27 23:59", renamed)["t"].name == "上学期"
    assert later(begun, CLOSED, AUTUMN)["t"].name == "上学期"


def test_a_term_that_the_next_file_does_not_know_stays(begun: Store) -> None:
    assert [*later(begun, "12-22 08:00", SPRING)] == ["t", "u"]


def test_a_term_is_gone_that_never_began_or_whose_days_another_has(begun: Store) -> None:
    later(begun, "10-08 08:00", AUTUMN, SPRING)
    assert [*later(begun, "10-09 08:00", AUTUMN)] == ["t"]
    assert [*later(begun, "10-10 08:00", AUTUMN | {"key": "v"})] == ["v"]


def test_its_plan_names_nobody_and_no_account(begun: Store) -> None:
    plan = later(begun, "10-08 08:00", AUTUMN)["t"].plan
    kept = Blueprint.model_validate_json(plan)
    assert [one.key for one in kept.person] == [one["key"] for one in FILE["person"]]
    assert {(one.name, one.telegram) for one in kept.person} == {("", None)}
    assert "7001" not in plan


def test_it_closes_by_the_clock_of_the_consortium(begun: Store) -> None:
    (row,) = later(begun, "10-08 08:00", AUTUMN).values()
    assert row.closes_at("Asia/Shanghai") == local(CLOSED)
    assert row.closes_at("UTC") == local(CLOSED) + timedelta(hours=8)
