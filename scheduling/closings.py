"""The close of the check-in (签到截止): whoever answers for people that are missing hears who (domain 3.2, step 13)."""

from collections.abc import Iterator
from datetime import UTC

from scheduling import instants, wall
from scheduling.moment import Moment, ToOverseers
from scheduling.occurrences import CLASS_MEETING, Planned
from scheduling.sending import ONE_DAY, SendingTimes
from store.blueprint import Blueprint

TO_BE_CHECKED = 3 * ONE_DAY  # 核实: the same day to three days later


def of(blueprint: Blueprint, planned: Planned) -> Iterator[Moment]:
    """One for each event that is no class meeting; without a check-in at its end. Quiet hours hold it back."""
    if planned.kind == CLASS_MEETING:
        return
    times = SendingTimes(blueprint)
    end = planned.ends_at.astimezone(times.zone)
    closes = instants.of(blueprint, planned).closes_at or end
    until = wall.instant(end.date() + TO_BE_CHECKED, end.time(), times.zone)
    at = times.quiet.after(closes.astimezone(times.zone))
    about = planned.activity, planned.date, planned.class_
    yield Moment("absences", at.astimezone(UTC), until.astimezone(UTC), *about, ToOverseers())
