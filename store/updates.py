"""The inbox (收件): an update is a committed row before Telegram may forget it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from msgspec import Struct
from sqlalchemy import BigInteger, bindparam, case, delete, func, or_, update
from sqlmodel import Field, Session, col, select

from store.columns import Table, one_of
from store.engine import inserting
from store.prepared import Prepared

ATTEMPTS = 5  # of one life, where the cause may pass
LIVES = 20  # that ended while it was in hand: a process is killed now and then, a poison kills each
KEPT_FOR = timedelta(days=7)


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class InboxUpdate(Table, table=True):
    """`attempts` counts lives that took it in hand, the first from the moment of keeping: whoever keeps an update works
    it off. `node`: who that is (PostgreSQL)."""

    __tablename__ = "inbox_update"
    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    payload: str
    state: UpdateState = Field(default=UpdateState.WAITING, sa_type=one_of(UpdateState), index=True)
    attempts: int = 1
    received_at: datetime
    error: str = ""
    node: int | None = None


class Raw(Struct, frozen=True):
    """An update as it came: nothing but its number has been looked at."""

    update_id: int
    payload: str


class WorkedOff(Struct, frozen=True):
    """What became of an update; `error` names the cause where it was set aside."""

    update_id: int
    error: str = ""


def keep(session: Session, found: Sequence[Raw], now: datetime, node: int | None = None) -> list[Raw]:
    """Those that are new, in order; one that came before is the same row."""
    if not found:
        return []
    first = {"state": UpdateState.WAITING, "attempts": 1, "received_at": now, "error": "", "node": node}
    rows = [first | {"update_id": raw.update_id, "payload": raw.payload} for raw in found]
    insert = inserting(session, InboxUpdate).on_conflict_do_nothing(index_elements=["update_id"])
    new = set(session.connection().execute(insert.returning(col(InboxUpdate.update_id)), rows).scalars())
    return sorted((raw for raw in found if raw.update_id in new), key=lambda raw: raw.update_id)


def waiting(session: Session, numbers: Sequence[int], node: int | None = None) -> list[Raw]:
    """Of these, what this node kept and has not finished, in order."""
    found = select(InboxUpdate.update_id, InboxUpdate.payload).where(
        col(InboxUpdate.update_id).in_(numbers),
        col(InboxUpdate.state) == UpdateState.WAITING,
        col(InboxUpdate.node) == node,
    )
    return [Raw(*row) for row in session.exec(found.order_by(col(InboxUpdate.update_id)))]


def adopt(session: Session, node: int | None = None, alive: Collection[int] = ()) -> list[Raw]:
    """What an earlier life, or a node that is not `alive`, kept and did not finish, in order: it is this node's now."""
    gone = or_(col(InboxUpdate.node).is_(None), col(InboxUpdate.node).not_in(sorted(alive)))
    rows = update(InboxUpdate).where(col(InboxUpdate.state) == UpdateState.WAITING, gone).values(node=node)
    found = session.connection().execute(rows.returning(col(InboxUpdate.update_id), col(InboxUpdate.payload)))
    return sorted((Raw(*row) for row in found), key=lambda raw: raw.update_id)


def begin_again(session: Session, update_id: int) -> bool:
    """Counts another life, before it begins. False where so many ended over it that it is set aside as a poison."""
    used_up = col(InboxUpdate.attempts) >= LIVES
    change = (
        update(InboxUpdate)
        .where(col(InboxUpdate.update_id) == update_id)
        .values(
            attempts=col(InboxUpdate.attempts) + case((used_up, 0), else_=1),
            state=case((used_up, UpdateState.FAILED.value), else_=UpdateState.WAITING.value),
            error=case((used_up, f"given up, {LIVES} lives ended over it: " + col(InboxUpdate.error)), else_=""),
        )
        .returning(col(InboxUpdate.state))
    )
    return session.connection().execute(change).scalar_one() == UpdateState.WAITING


def note(session: Session, update_id: int, error: str) -> None:
    """Why the last attempt came to nothing; the update waits on."""
    change = update(InboxUpdate).where(col(InboxUpdate.update_id) == update_id).values(error=error)
    session.connection().execute(change)


def settle(session: Session, finished: Sequence[WorkedOff]) -> None:
    """Done, or set aside with its cause. A payload is emptied when it is done: it may hold a reason (事由)."""
    settling().each(session, [{"which": one.update_id} for one in finished if not one.error])
    for one in finished:
        if one.error:
            aside = update(InboxUpdate).where(col(InboxUpdate.update_id) == one.update_id)
            session.connection().execute(aside.values(state=UpdateState.FAILED, error=one.error))


@cache  # building a statement takes longer than executing it
def settling() -> Prepared:
    this = col(InboxUpdate.update_id) == bindparam("which")
    return Prepared(update(InboxUpdate).where(this).values(state=UpdateState.DONE, payload="", error=""))


def forget(session: Session, now: datetime) -> None:
    """All but waiting ones leave after a week: Telegram draws numbers anew after a quiet one (Bot API, `update_id`),
    and what was set aside still has its payload."""
    old = delete(InboxUpdate).where(
        col(InboxUpdate.state) != UpdateState.WAITING, col(InboxUpdate.received_at) < now - KEPT_FOR
    )
    session.connection().execute(old)


def empty_failed(session: Session, before: datetime) -> None:
    """Of what was set aside and came before then: it may hold a reason (事由), and nothing says of which consortium."""
    failed = col(InboxUpdate.state) == UpdateState.FAILED, col(InboxUpdate.payload) != ""
    session.connection().execute(
        update(InboxUpdate).where(*failed, col(InboxUpdate.received_at) < before).values(payload="")
    )


def counts(session: Session) -> dict[UpdateState, int]:
    rows = session.exec(select(InboxUpdate.state, func.count()).group_by(col(InboxUpdate.state)))
    return {UpdateState(state): number for state, number in rows}
