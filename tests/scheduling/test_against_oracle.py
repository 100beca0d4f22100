"""What is held when, on every day of a year and more, against an oracle that walks the days; and the messages of it."""

import ast

import pytest
from hypothesis import given, settings

from scheduling import moments, occurrences
from tests import oracle_edits
from tests.conftest import HOME
from tests.scheduling.comparison import differences, messages_that_differ
from tests.scheduling.consortiums import (
    CLOCKS_CHANGE,
    OF_2011,
    TERMS,
    UNPUBLISHED,
    WAYS,
    ZONES,
    File,
    all_edits,
    all_forms,
    all_messages,
    all_rules,
    consortiums,
    every_day_is_school,
)
from tests.test_house import imports

ORACLES = ("tests/oracle.py", "tests/oracle_edits.py", "tests/oracle_messages.py")
FIVE = (*ZONES[:1], *ZONES[2:6])  # where all eight would show no more


@pytest.mark.parametrize("path", ORACLES)
def test_the_oracle_shares_nothing_with_the_program_and_is_short(path: str) -> None:
    source = (HOME / path).read_text(encoding="utf-8")
    rooms = {module.split(".")[0] for module in imports(ast.parse(source))}
    ordinary = {"collections", "dataclasses", "datetime", "functools", "msgspec", "typing", "zoneinfo"}
    assert rooms <= ordinary | {"holidays", "tests"}
    assert {module for module in imports(ast.parse(source)) if module.startswith("tests")} <= {"tests.oracle"}
    assert source.count("\n") < 200


@pytest.mark.parametrize(("zone", "way"), list(zip(ZONES, WAYS * 2, strict=True)))
def test_every_rule_on_every_day_of_a_year(zone: str, way: str | None) -> None:
    assert next(differences(all_rules(zone, way), occurrences), None) is None


def test_every_rule_in_a_year_whose_holidays_are_not_published() -> None:
    file = all_rules("Asia/Shanghai", None, term=[UNPUBLISHED])
    assert next(differences(file, occurrences), None) is None


@pytest.mark.parametrize("zone", ZONES)
def test_every_form_at_the_hours_at_which_clocks_change(zone: str) -> None:
    """Every day is a school day: each change of the year is met."""
    assert next(differences(all_forms(zone, **every_day_is_school(*TERMS)), occurrences), None) is None


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/St_Johns"])
def test_every_form_where_a_whole_day_is_left_out_and_where_clocks_change_at_midnight(zone: str) -> None:
    """Samoa left out 2011-12-30; in Newfoundland it became 01:01 at 00:01 that year."""
    assert next(differences(all_forms(zone, **every_day_is_school(OF_2011)), occurrences), None) is None


@pytest.mark.parametrize("zone", FIVE)
def test_hosts_themes_weeks_classes_and_periods_among_the_days_off(zone: str) -> None:
    assert next(differences(all_forms(zone), occurrences), None) is None


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_what_the_chat_sets_of_each_occurrence_and_the_themes_of_months(zone: str) -> None:
    file = all_edits(zone)
    assert next(differences(file, occurrences, oracle_edits.occurrences(file)), None) is None


@settings(derandomize=True, max_examples=60)
@given(consortiums())
def test_any_consortium_over_a_year(file: File) -> None:
    assert days(file["term"]) >= 365
    assert next(differences(file, occurrences), None) is None


@pytest.mark.parametrize("zone", FIVE)
def test_every_message_of_a_meeting_on_every_day_of_a_year(zone: str) -> None:
    assert next(messages_that_differ(all_messages(zone), occurrences, moments), None) is None


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("quiet", [("20:00", "07:30"), ("14:00", "14:30")], ids="-".join)
def test_every_message_around_quiet_hours(zone: str, quiet: tuple[str, str]) -> None:
    file = all_messages(zone, *quiet, terms=CLOCKS_CHANGE)
    assert next(messages_that_differ(file, occurrences, moments), None) is None


@pytest.mark.parametrize("terms", [TERMS, [UNPUBLISHED], [OF_2011]])
def test_the_terms_compared_are_at_least_365_days(terms: list[File]) -> None:
    assert days(terms) >= 365


def days(terms: list[File]) -> int:
    return sum((term["last_day"] - term["first_day"]).days + 1 for term in terms)
