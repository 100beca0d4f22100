"""Paces: when each chat may next be spoken to, and all of them together, known to every node (PostgreSQL)."""

import json

from sqlalchemy import delete, text
from sqlmodel import Field, Session, col, select

from store.columns import Table
from store.engine import insert_new

EVERYWHERE = ""  # the key of the pace over all chats
MOMENT = text("SELECT extract(epoch FROM clock_timestamp())")


class Pace(Table, table=True):
    """`starts`: of the newest messages, as JSON, in seconds by the database's clock: no two nodes agree on theirs."""

    key: str = Field(primary_key=True)
    starts: str = "[]"
    latest: float = Field(default=0.0, index=True)


def reserve(session: Session, key: str, gap: float, most: int = 0, within: float = 0.0) -> tuple[float, float]:
    """A turn's instant, and the present one, both by the database's clock. At least `gap` seconds behind the last turn,
    no more than `most` turns `within` so many seconds; 0: any."""
    insert_new(session, Pace, [{"key": key, "starts": "[]", "latest": 0.0}], "key")
    row = session.exec(select(Pace).where(Pace.key == key).with_for_update()).one()
    now = moment(session)
    starts: list[float] = json.loads(row.starts)
    full = most and len(starts) >= most
    start = max(now, starts[-1] + gap if starts else 0.0, starts[0] + within if full else 0.0)
    row.starts, row.latest = json.dumps([*starts, start][-max(most, 1) :]), start
    session.add(row)
    session.flush()
    return start, now


def forget(session: Session) -> None:
    """The chats in which nothing was said for an hour."""
    session.connection().execute(delete(Pace).where(col(Pace.latest) < moment(session) - 3600))


def moment(session: Session) -> float:
    """By the database's clock, of this statement and not of its transaction's start."""
    return float(session.connection().execute(MOMENT).scalar_one())
