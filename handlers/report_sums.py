"""Sums of a report (汇总): by month, school and person. Every one is made of the same records, so they agree."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from handlers.attendance_form import Tally
from handlers.report import Report
from handlers.report_facts import Participation, ReportEvent
from store.leaves import LeaveState

Record = tuple[ReportEvent, Participation]


class Sum(Tally, frozen=True):
    """Of a month, a school (`school`: its key), a person, or of all. `leaves`: requests by what became of them;
    `unused` were granted, and then the person came."""

    answered: int
    reflected: int
    leaves: Counter[LeaveState]
    unused: int


def counted(event: ReportEvent) -> bool:
    """In the sums: a class meeting has its own table, and what did not take place has none who came."""
    return event.class_ is None and not event.cancelled


def records(report: Report) -> Iterator[Record]:
    return ((event, one) for event in report.events if counted(event) for one in event.expected)


def total(report: Report, name: str) -> Sum:
    return added(name, "", list(records(report)))


def of_event(event: ReportEvent) -> Sum:
    return added(event.title, "", [(event, one) for one in event.expected])


def by_month(report: Report) -> list[Sum]:
    """Called `2026-10`."""
    return grouped(records(report), lambda one: f"{one[0].date:%Y-%m}", lambda one: (f"{one[0].date:%Y-%m}", ""))


def by_school(report: Report) -> list[Sum]:
    """In the file's order; where nobody was expected, with zeros."""
    found = {one.school: one for one in grouped(records(report), school, lambda one: (school(one), school(one)))}
    return [replace(found.get(key) or added("", key, []), name=name) for key, name in report.schools.items()]


def by_person(report: Report) -> list[Sum]:
    """By school in the file's order, then by name: twice who worked at two."""
    order = {key: number for number, key in enumerate(report.schools)}
    found = grouped(records(report), lambda one: (school(one), one[1].person), lambda one: (one[1].name, school(one)))
    return sorted(found, key=lambda one: (order[one.school], one.name))


def school(one: Record) -> str:
    return one[1].school


def grouped(
    found: Iterable[Record], key: Callable[[Record], Hashable], called: Callable[[Record], tuple[str, str]]
) -> list[Sum]:
    parts: defaultdict[Hashable, list[Record]] = defaultdict(list)
    for one in found:
        parts[key(one)].append(one)
    return [added(*called(part[0]), part) for part in parts.values()]


def added(name: str, school: str, part: Sequence[Record]) -> Sum:
    people = [one for _, one in part]
    return Sum(
        name,
        school,
        len({event.occurrence for event, _ in part}),
        Counter(one.attendance for one in people),
        sum(one.response is not None for one in people),
        sum(one.reflected for one in people),
        Counter(one.leave for one in people if one.leave is not None),
        sum(one.leave_unused for one in people),
    )
