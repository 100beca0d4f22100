"""Amendments: what is set in the chat, or by a command, entry by entry: shown, then taken or dropped; what was taken
can be undone."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from sqlalchemy import update
from sqlmodel import Field, Session, col, select

from store.blueprint import Activity, Blueprint, Day, Detail, Milestone, Obligation, Part, Theme
from store.columns import Table, one_of

Entry = Day | Activity | Detail | Theme | Milestone | Obligation
TABLES: dict[type[Part], str] = {
    Day: "day",
    Activity: "activity",
    Detail: "occurrence",
    Theme: "theme",
    Milestone: "milestone",
    Obligation: "obligation",
}


GOOD_FOR = timedelta(days=3)  # what was shown longer ago is to be put anew


class AmendmentState(StrEnum):
    """`shown`: waiting for 生效 or 放弃."""

    SHOWN = "shown"
    TAKEN = "taken"
    DROPPED = "dropped"
    UNDONE = "undone"


class Amendment(Table, table=True):
    """`put` and `was`: JSON of `Entries`. What stood there when it was shown (`at`) comes back when it is undone.
    `person_id`: who said it; None where a command did, which takes it at once."""

    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    put: str
    was: str
    state: AmendmentState = Field(default=AmendmentState.SHOWN, sa_type=one_of(AmendmentState))


class Entries(Part):
    """Some entries of a consortium file, by table."""

    day: tuple[Day, ...] = ()
    activity: tuple[Activity, ...] = ()
    occurrence: tuple[Detail, ...] = ()
    theme: tuple[Theme, ...] = ()
    milestone: tuple[Milestone, ...] = ()
    obligation: tuple[Obligation, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        found: dict[str, list[Entry]] = {name: [] for name in TABLES.values()}
        for entry in entries:
            found[table(entry)].append(entry)
        return cls.model_validate({name: tuple(rows) for name, rows in found.items()})

    def every(self) -> tuple[Entry, ...]:
        return (*self.day, *self.activity, *self.occurrence, *self.theme, *self.milestone, *self.obligation)


def table(entry: Entry) -> str:
    return TABLES[type(entry)]


def identity(entry: Entry) -> tuple[object, ...]:
    """What makes it the same entry in two files."""
    match entry:
        case Day():
            return "day", entry.date
        case Activity():
            return "activity", entry.key
        case Detail():
            return "occurrence", entry.activity, entry.date, entry.class_
        case Theme():
            return "theme", entry.activity, entry.month
        case Milestone():
            return "milestone", entry.key
        case Obligation():
            return "obligation", entry.key


def every(blueprint: Blueprint) -> dict[tuple[object, ...], Entry]:
    """The entries that the chat may set, by what makes each the same, in the file's order."""
    rows = {name: getattr(blueprint, name) for name in TABLES.values()}
    entries = Entries(**rows | {"day": tuple(singles(blueprint.day))})
    return {identity(entry): entry for entry in entries.every()}


def singles(days: Iterable[Day]) -> Iterator[Day]:
    """A range of days, day by day: each can be set, and taken back, by itself."""
    for day in days:
        for number in range(((day.until or day.date) - day.date).days + 1):
            yield day.model_copy(update={"date": day.date + timedelta(days=number), "until": None})


def replaced(blueprint: Blueprint, entries: Iterable[Entry]) -> Blueprint:
    """With exactly these for what the chat may set."""
    found = Entries.of(entries)
    return blueprint.model_copy(update={name: getattr(found, name) for name in TABLES.values()})


def amended(blueprint: Blueprint, put: Iterable[Entry]) -> Blueprint:
    """Each in the place of its like, or behind the others."""
    return replaced(blueprint, (every(blueprint) | {identity(entry): entry for entry in put}).values())


def undone(blueprint: Blueprint, put: Entries, was: Entries) -> Blueprint | None:
    """As it stood before; None where one of the entries has been changed since."""
    now, before = every(blueprint), {identity(entry): entry for entry in was.every()}
    if any(now.get(identity(entry)) != entry for entry in put.every()):
        return None
    for entry in put.every():
        key = identity(entry)
        if key in before:
            now[key] = before[key]
        else:
            del now[key]
    return replaced(blueprint, now.values())


def show(session: Session, consortium: int, person: int, put: Entries, was: Entries, now: datetime) -> Amendment:
    return kept(session, consortium, person, put, was, now, AmendmentState.SHOWN)


def take(session: Session, consortium: int, put: Entries, was: Entries, now: datetime) -> Amendment:
    """By a command."""
    return kept(session, consortium, None, put, was, now, AmendmentState.TAKEN)


def kept(
    session: Session,
    consortium: int,
    person: int | None,
    put: Entries,
    was: Entries,
    now: datetime,
    state: AmendmentState,
) -> Amendment:
    row = Amendment(consortium_id=consortium, person_id=person, at=now, put=spelt(put), was=spelt(was), state=state)
    session.add(row)
    session.flush()
    return row


def by_command(session: Session, consortium: int, since: datetime) -> list[Amendment]:
    """Those that still hold, the newest first."""
    rows = select(Amendment).where(
        Amendment.consortium_id == consortium,
        Amendment.state == AmendmentState.TAKEN,
        col(Amendment.person_id).is_(None),
        Amendment.at >= since,
    )
    return list(session.exec(rows.order_by(col(Amendment.id).desc())))


def spelt(entries: Entries) -> str:
    return entries.model_dump_json(exclude_none=True)


def read(entries: str) -> Entries:
    return Entries.model_validate_json(entries)


def get(session: Session, amendment: int) -> Amendment | None:
    return session.get(Amendment, amendment)


def settle(session: Session, amendment: Amendment, before: AmendmentState, after: AmendmentState) -> bool:
    """False where somebody was faster."""
    change = update(Amendment).where(col(Amendment.id) == amendment.id, col(Amendment.state) == before)
    return session.connection().execute(change.values(state=after)).rowcount == 1
