"""Paces: when each chat may next be spoken to, and all of them together, known to every node (PostgreSQL)."""

import json

from msgspec import Struct
from sqlalchemy import delete, text
from sqlmodel import Field, Session, col, select

from store.columns import Table
from store.engine import insert_new

EVERYWHERE = ""  # the key of the pace over all chats
MOMENT = text("SELECT extract(epoch FROM clock_timestamp())")


class Pace(Table, table=True):
    """`starts`: of the newest messages, as JSON, in seconds by the database's clock: no two nodes agree on theirs. They
    are later where what follows is to be. `latest`: the last of them, or until when the platform has asked for silence.
    `asked`: when it was last looked at: a clock that shows less now was set back."""

    key: str = Field(primary_key=True)
    starts: str = "[]"
    latest: float = Field(default=0.0, index=True)
    asked: float = Field(default=0.0, sa_column_kwargs={"server_default": "0"})


class Turn(Struct, frozen=True):
    """When it is, and the present instant, both by the database's clock. `held`: it is none, nothing may be said until
    then."""

    start: float
    now: float
    held: bool = False


def reserve(
    session: Session, key: str, gap: float, most: int = 0, within: float = 0.0, longer: float = 0.0
) -> Turn:
    """At least `gap` seconds behind the last turn, no more than `most` turns `within` so many seconds; 0: any. The next
    comes so much `longer` behind this one."""
    row = taken(session, key)
    now = row.asked
    starts: list[float] = json.loads(row.starts)
    full = most and len(starts) >= most
    start = max(now, starts[-1] + gap if starts else 0.0, starts[0] + within if full else 0.0)
    if row.latest > start:
        return Turn(row.latest, now, held=True)
    row.starts, row.latest = json.dumps([*starts, start + longer][-max(most, 1) :]), start + longer
    session.add(row)
    session.flush()
    return Turn(start, now)


def hold(session: Session, key: str, seconds: float) -> None:
    """No turns for so long."""
    row = taken(session, key)
    row.latest = max(row.latest, row.asked + seconds)
    session.add(row)
    session.flush()


def taken(session: Session, key: str) -> Pace:
    """Nobody else's until this transaction ends; `asked` now. A clock that was set back moves it along: what it holds
    back would wait until the clock is as late as it was before."""
    insert_new(session, Pace, [{"key": key, "starts": "[]", "latest": 0.0, "asked": 0.0}], "key")
    row = session.exec(select(Pace).where(Pace.key == key).with_for_update()).one()
    before, row.asked = row.asked, moment(session)
    if row.asked < before:
        by = row.asked - before
        row.latest, row.starts = row.latest + by, json.dumps([start + by for start in json.loads(row.starts)])
    return row


def forget(session: Session) -> None:
    """The chats in which nothing was said for an hour."""
    session.connection().execute(delete(Pace).where(col(Pace.latest) < moment(session) - 3600))


def moment(session: Session) -> float:
    """By the database's clock, of this statement and not of its transaction's start."""
    return float(session.connection().execute(MOMENT).scalar_one())
