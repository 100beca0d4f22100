"""Terms (学期): the plan of each as it stood when it closed, for a later file knows it no longer."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Field, Session, col, select

from store.blueprint import Blueprint
from store.columns import Table, unique

CLOSES_AFTER = timedelta(days=7)  # what is still decided, corrected or handed in within a week belongs to the term
ONE_DAY = timedelta(days=1)


class Term(Table, table=True):
    """`plan`: the JSON of the blueprint that held last before it closed, people without names and accounts."""

    __table_args__ = (unique("consortium_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    name: str
    first_day: date
    last_day: date
    plan: str

    def closes_at(self, timezone: str) -> datetime:
        return closes_at(self.last_day, timezone)


def closes_at(last_day: date, timezone: str) -> datetime:
    """Seven days after its last day (关账): figures stand as they are then."""
    return datetime.combine(last_day + CLOSES_AFTER + ONE_DAY, time(), ZoneInfo(timezone))


def keep(session: Session, consortium: int, holds: Blueprint, now: datetime) -> None:
    """The terms that are not closed yet, as they are now. What a file names no more stays, once it has begun and unless
    another term has its days."""
    kept = {row.key: row for row in every(session, consortium)}
    timezone, plan = holds.consortium.timezone, nameless(holds)
    for key, row in kept.items():
        if all(one.key != key for one in holds.term) and not outlasts(row, holds, now):
            session.delete(row)
    for one in holds.term:
        days: dict[str, Any] = {"name": one.name, "first_day": one.first_day, "last_day": one.last_day, "plan": plan}
        old = kept.get(one.key)
        if old is None:
            session.add(Term(consortium_id=consortium, key=one.key, **days))
        elif old.closes_at(timezone) > now:
            old.sqlmodel_update(days)
            session.add(old)
    session.flush()


def nameless(holds: Blueprint) -> str:
    """The JSON, in which nobody is more than a key."""
    people = tuple(one.model_copy(update={"name": "", "telegram": None}) for one in holds.person)
    return holds.model_copy(update={"person": people}).model_dump_json(exclude_none=True)


def outlasts(row: Term, holds: Blueprint, now: datetime) -> bool:
    begun = datetime.combine(row.first_day, time(), ZoneInfo(holds.consortium.timezone)) <= now
    return begun and all(one.last_day < row.first_day or one.first_day > row.last_day for one in holds.term)


def every(session: Session, consortium: int) -> list[Term]:
    """By their first day."""
    rows = select(Term).where(Term.consortium_id == consortium)
    return list(session.exec(rows.order_by(col(Term.first_day), col(Term.id))))
