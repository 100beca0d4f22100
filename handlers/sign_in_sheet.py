"""A sign-in sheet (签到表) as it was read, laid beside the roster: who of it came, who is in doubt, who is nobody."""

from collections.abc import Mapping, Sequence
from datetime import time

from msgspec import Struct

from handlers.listed_names import meant
from store.persons import Named

MOST_NUMBERS = 99  # of buttons of one sheet


class SignedRow(Struct, frozen=True):
    """Somebody who came. `number` as the program that wrote it shows it; `clock`: None where the row says no time;
    `late`: None where the time decides."""

    number: int
    name: str
    school: str
    clock: time | None
    late: bool | None


class SignInSheet(Struct, frozen=True):
    """`head`: what stands above the names, and what the file is called. `away`: rows of those who did not come."""

    head: str
    rows: tuple[SignedRow, ...]
    away: int


class Candidate(Struct, frozen=True):
    """`number`: of the button; one without a name stands for nobody."""

    number: int
    person: int
    name: str
    school: str


class Doubt(Struct, frozen=True):
    row: int
    name: str
    candidates: tuple[Candidate, ...]


class Laid(Struct, frozen=True):
    """`came`: by person, each once, as the first row says it; `doubts`: all of them, `open`: those not decided yet;
    `unknown`: rows of nobody; `away`: how many rows say that nobody came."""

    came: Mapping[int, SignedRow]
    doubts: tuple[Doubt, ...]
    open: tuple[Doubt, ...]
    unknown: tuple[SignedRow, ...]
    away: int


def laid(sheet: SignInSheet, people: Sequence[Named], chosen: Mapping[int, int]) -> Laid:
    """`chosen`: by the row's number, who it is, 0 for nobody."""
    came: dict[int, SignedRow] = {}
    doubts: list[Doubt] = []
    unknown: list[SignedRow] = []
    numbers = 0
    for row in sheet.rows:
        found = meant(row.name, row.school, people)
        if found.sure:
            came.setdefault(found.people[0].id, row)
        elif not found.people or numbers + len(found.people) >= MOST_NUMBERS:
            unknown.append(row)
        else:
            doubts.append(doubt(row, found.people, numbers + 1))
            numbers = doubts[-1].candidates[-1].number
            decide(row, chosen.get(row.number), found.people, came, unknown)
    undecided = tuple(one for one in doubts if one.row not in chosen)
    return Laid(came, tuple(doubts), undecided, tuple(unknown), sheet.away)


def doubt(row: SignedRow, people: Sequence[Named], first: int) -> Doubt:
    found = [Candidate(number, one.id, one.name, one.school) for number, one in enumerate(people, first)]
    return Doubt(row.number, row.name, (*found, Candidate(first + len(people), 0, "", "")))


def decide(
    row: SignedRow,
    who: int | None,
    people: Sequence[Named],
    came: dict[int, SignedRow],
    unknown: list[SignedRow],
) -> None:
    if who == 0:
        unknown.append(row)
    elif who in {one.id for one in people}:
        came.setdefault(who or 0, row)
