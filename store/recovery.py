"""Recovery: what a life that ended, an answer that was lost, or a clock that was set has left in the outbox."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col

from store.deliveries import OPEN, Delivery, DeliveryState, is_open


def take_back(session: Session, alive: Collection[int] = ()) -> None:
    """The holds of an earlier life, or of nodes that are not `alive`, end at once: what was claimed is claimed again,
    marked `perhaps_twice`.

    Those of pending rows too: an edit that was owed again while it was on the wire still has its lease, and patience
    that Telegram asked for it asks for again.
    """
    held = is_open(), col(Delivery.held_until).is_not(None)
    gone = or_(col(Delivery.node).is_(None), col(Delivery.node).not_in(sorted(alive)))
    session.connection().execute(update(Delivery).where(*held, gone).values(held_until=None))


def give_back(session: Session, until: datetime, node: int | None) -> None:
    """What was claimed until then by a claim whose answer never came: nobody has it in hand, nothing was sent."""
    lost = of_node(node), col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.held_until) == until
    session.connection().execute(update(Delivery).where(*lost).values(state=DeliveryState.PENDING, held_until=None))


def move_holds(session: Session, by: timedelta, node: int | None) -> None:
    """Those of this node last as long as before by a clock that was set `by` so much: few rows are held at a time."""
    rows = columns(col(Delivery.id), col(Delivery.held_until))
    held = session.connection().execute(rows.where(of_node(node), is_open(), col(Delivery.held_until).is_not(None)))
    change = update(Delivery).where(col(Delivery.id) == bindparam("row")).values(held_until=bindparam("until"))
    change_each(session, change, [{"row": row, "until": until + by} for row, until in held if until is not None])


def of_node(node: int | None) -> ColumnElement[bool]:
    """It was the last to claim it."""
    return col(Delivery.node).is_(None) if node is None else col(Delivery.node) == node


def due_still(session: Session, by: timedelta, since: datetime, until: datetime) -> None:
    """What acts have made due in that span by a clock that was set `by` so much (below nothing: back): it would wait
    until the clock is as late again. What is planned for a moment waits for that moment; what an act has put off, and
    would have been said by now, is said. Twice is as once: each node of a machine does it."""
    rows = columns(col(Delivery.id), col(Delivery.due_at)).where(*made(since, until), is_open())
    found = session.connection().execute(rows.order_by(col(Delivery.id)))
    change = update(Delivery).where(col(Delivery.id) == bindparam("row")).values(due_at=bindparam("due"))
    change_each(session, change, [{"row": row, "due": due + by} for row, due in found])


def of_use_still(session: Session, before: datetime, now: datetime, since: datetime, until: datetime) -> None:
    """The same for a clock that showed `before` and was set ahead to `now`, by which it is over before it was sent: it
    is of use for as long as it was to be."""
    over = col(Delivery.state).in_([*OPEN, DeliveryState.MISSED]), col(Delivery.expires_at) > before
    rows = columns(col(Delivery.id), col(Delivery.due_at), col(Delivery.expires_at))
    rows = rows.where(*made(since, until), *over, col(Delivery.expires_at) <= now).order_by(col(Delivery.id))
    found = session.connection().execute(rows)
    change = update(Delivery).where(col(Delivery.id) == bindparam("row")).values(expires_at=bindparam("end"))
    change_each(session, change, [{"row": row, "end": now + (end - due)} for row, due, end in found])


def made(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return ~col(Delivery.planned), col(Delivery.due_at) > since, col(Delivery.due_at) <= until


def change_each(session: Session, change: Update, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(change, rows)


def not_missed(session: Session, now: datetime) -> None:
    """What a clock that ran ahead had given up is owed again: it would still be of use."""
    given_up = col(Delivery.state) == DeliveryState.MISSED, col(Delivery.expires_at) > now
    session.connection().execute(update(Delivery).where(*given_up).values(state=DeliveryState.PENDING))
