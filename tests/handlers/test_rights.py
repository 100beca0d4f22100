"""Rights: every use case that an account asks for × everybody, refused where it is decided: in the use case."""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

import pytest
from msgspec.structs import replace

from store.accounts import Account
from store.database import Session, Store
from tests.conftest import HOME
from tests.databases import Databases, Prepared
from tests.handlers.afternoon import AFTERNOON, BY, ROLES, Afternoon, found_afternoon, play_afternoon
from tests.handlers.event_sample import School, local
from tests.handlers.rights import EVENT_ROWS, Row
from tests.handlers.rights_besides import OTHER_ROWS
from tests.handlers.rights_forms import FORM_ROWS
from tests.handlers.rights_minutes import MINUTES_ROWS
from tests.handlers.rights_papers import PAPER_ROWS
from tests.handlers.rights_roll import ROLL_ROWS
from tests.test_house_words import use_cases

ROWS = EVENT_ROWS + ROLL_ROWS + OTHER_ROWS + PAPER_ROWS + FORM_ROWS + MINUTES_ROWS
STRANGERS = "stranger elsewhere"


class UndoneError(Exception):
    """What was tried is rolled back."""


@pytest.fixture
def afternoon(databases: Databases, prepared: Prepared) -> Iterator[Afternoon]:
    store = Store(databases.copy(prepared("rights", play_afternoon)))
    yield found_afternoon(School(store, local(AFTERNOON)))
    store.close()


def asked_by_accounts() -> set[Callable[..., Any]]:
    """The use cases whose request says who asks."""
    modules = [importlib.import_module(f"handlers.{path.stem}") for path in (HOME / "handlers").glob("[a-z]*.py")]
    return {one for module in modules for one in use_cases(module) if is_by_account(one)}


def is_by_account(use_case: Callable[..., Any]) -> bool:
    by = get_type_hints(get_type_hints(use_case)["request"]).get("account")
    return by is Account or Account in get_args(by)


def without_a_row(rows: Iterable[Row]) -> set[str]:
    return {one.__name__ for one in asked_by_accounts() - {row.use_case for row in rows}}


def read(became: str) -> dict[str, str]:
    """By role, what a row says; every role is named once, or by `*`."""
    said = {
        outcome: roles.replace("strangers", STRANGERS).split()
        for outcome, roles in (each.split(": ") for each in became.split(" | "))
    }
    named = [role for roles in said.values() for role in roles if role != "*"]
    assert len(set(named)) == len(named)
    assert set(named) <= set(ROLES)
    rest = [role for role in ROLES if role not in named]
    return {role: outcome for outcome, roles in said.items() for role in (rest if roles == ["*"] else roles)}


def tried(afternoon: Afternoon, row: Row, by: Account) -> str:
    """The kind of outcome; nothing of it stays."""
    now, school = afternoon.school.now, afternoon.school
    steps = [(step, made(afternoon, by)) for step, made in (*row.before, (row.use_case, row.request))]
    came_to: list[object] = []

    def play(session: Session) -> None:
        for use_case, request in steps:
            came_to.append(use_case(session, request, now))
            session.flush()
        raise UndoneError

    with pytest.raises(UndoneError):
        school.ask(play)
    return "nothing" if came_to[-1] is None else type(came_to[-1]).__name__


def differences(afternoon: Afternoon, row: Row, everybody: Mapping[str, Account] = BY) -> list[str]:
    said, name = read(row.became), row.use_case.__name__
    found = {role: tried(afternoon, row, by) for role, by in everybody.items()}
    return [f"{name} by {role}: {was}, not {said[role]}" for role, was in found.items() if was != said[role]]


def test_everybody_may_what_the_table_says_and_is_refused_the_rest(afternoon: Afternoon) -> None:
    assert [one for row in ROWS for one in differences(afternoon, row)] == []


def test_every_use_case_that_an_account_asks_for_has_a_row() -> None:
    assert without_a_row(ROWS) == set()
    assert len(ROWS) > 80


def test_a_use_case_without_a_row_is_seen() -> None:
    gone = ROWS[0].use_case
    assert without_a_row([row for row in ROWS if row.use_case is not gone]) == {gone.__name__}


def test_a_right_that_is_too_wide_is_seen(afternoon: Afternoon) -> None:
    """A roll without the look at who asks for it, as it would be with the check in the button alone."""
    (row,) = [row for row in ROWS if row.use_case.__name__ == "show_roll"]
    office = BY["office"]
    unchecked = replace(
        row, use_case=lambda session, request, now: row.use_case(session, replace(request, account=office), now)
    )
    assert len(differences(afternoon, unchecked)) == 8


def test_a_row_that_leaves_a_role_out_is_seen() -> None:
    with pytest.raises(KeyError):
        read("Seen: teacher")["office"]
