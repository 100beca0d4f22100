"""Instants that an occurrence's life hangs on."""

from datetime import date, time

from scheduling import instants
from scheduling.instants import Instants
from store.blueprint import CheckIn, Reflect
from tests.scheduling.sample import RESEARCH, activity, class_meeting, having, planned


def shown(found: Instants) -> list[str | None]:
    each = (found.respond_by, found.opens_at, found.late_at, found.closes_at, found.reflect_by)
    return [at.isoformat()[5:16] if at else None for at in each]


def test_the_sample_research_has_all_of_them() -> None:
    blueprint = having(RESEARCH)
    found = instants.of(blueprint, planned(blueprint)[1])
    assert shown(found) == ["10-13T14:30", "10-14T14:15", "10-14T14:40", "10-14T15:00", "10-17T16:00"]


def test_what_the_file_does_not_ask_for_is_none() -> None:
    blueprint = having(activity(every="once", on=date(2026, 12, 9)))
    assert instants.of(blueprint, planned(blueprint)[0]) == Instants()


def test_without_late_after_nobody_is_late() -> None:
    window = CheckIn(opens="15m", closes="30m")
    blueprint = having(activity(every="once", on=date(2026, 12, 9), at=time(9), check_in=window))
    assert shown(instants.of(blueprint, planned(blueprint)[0])) == [None, "12-09T08:45", None, "12-09T09:30", None]


def test_a_class_meeting_has_only_the_time_its_record_is_due() -> None:
    window = CheckIn(opens="15m", closes="30m")
    meeting = class_meeting(respond_by="1d", check_in=window, reflect=Reflect(due="2d"), classes=["c801"])
    blueprint = having(meeting)
    assert shown(instants.of(blueprint, planned(blueprint)[0])) == [None, None, None, None, "09-09T16:45"]
