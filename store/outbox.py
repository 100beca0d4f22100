"""The outbox: due deliveries are claimed under a lease, sent by somebody else, and settled.

`held_until` keeps the whole recipient back, so that their messages stay in order: the end of the lease on a claimed
row, of Telegram's patience on a pending one. A row claimed again out of `claimed` may have arrived: `perhaps_twice`.
Who has no address yet, or cannot be reached, is not tried: the row waits until it is of no use, and is MISSED then.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from store.accounts import KnownAccount
from store.chats import Chat, Place
from store.deliveries import OPEN, Delivery, DeliveryKind, DeliveryState, is_open
from store.nodes import CLAIMING
from store.persons import Person
from store.prepared import Prepared

APART = timedelta(hours=1)  # nodes' clocks
RECIPIENTS = "chat_id", "person_id", "account_id"  # a row has one of them


class Part(Struct, frozen=True):
    """One of the deliveries that go out as one message."""

    id: int
    kind: DeliveryKind
    occurrence_id: int | None
    subject: str


class Claimed(Struct, frozen=True):
    """One attempt at one delivery. `message_id` is that of the message to edit, where `kind` is CARD.

    `language`: the one that the recipient chose; None for a chat, and where none was. `parts`: where several go out as
    one message (of a card: did so), all of them, this one included, in order; else none.
    """

    id: int
    attempt: int
    kind: DeliveryKind
    place: Place
    chat_id: int | None
    person_id: int | None
    occurrence_id: int | None
    subject: str
    message_id: str | None
    card_of: DeliveryKind | None
    perhaps_twice: bool
    language: str | None = None
    account_id: int | None = None
    parts: tuple[Part, ...] = ()

    @property
    def recipient(self) -> Hashable:
        """Whose messages stay in order."""
        return self.chat_id, self.person_id, self.account_id


class Settled(Struct, frozen=True):
    """What became of one attempt. CLAIMED with `held_until`: nobody knows whether it arrived."""

    delivery: Claimed
    state: DeliveryState
    message_id: str | None = None
    held_until: datetime | None = None
    error: str = ""

    def moved(self, by: timedelta) -> "Settled":
        """By a clock that was set `by` so much."""
        return self if self.held_until is None else replace(self, held_until=self.held_until + by)


def alone(session: Session) -> None:
    """Whoever else would claim waits for the end of this transaction (PostgreSQL): two that claim at once would each
    take messages to one recipient."""
    session.connection().execute(columns(func.pg_advisory_xact_lock(CLAIMING)))


def claim(session: Session, now: datetime, lease: timedelta, limit: int, node: int | None = None) -> list[Claimed]:
    """Due rows of recipients that nothing holds, bulk behind all others, earliest first; each is an attempt from
    here on. `node`: whose."""
    at = moments(now, node)
    expiring().first(session, at)
    found = claimable(bulk=False).each(session, [at | {"most": limit}])
    if len(found) < limit:
        found += claimable(bulk=True).each(session, [at | {"most": limit - len(found)}])
    if found:
        ids = [row[0] for row in found]
        session.connection().execute(claiming(), {"which": ids, "until": now + lease, "by": node})
    return in_lanes((due_at, claimed(session, row)) for *row, due_at in found)


def moments(now: datetime, node: int | None) -> dict[str, Any]:
    return {"now": now, "me": node, "long_ago": now - APART}


def in_lanes(found: Iterable[tuple[datetime, Claimed]]) -> list[Claimed]:
    """Recipients stay as they come, and hear in the order in which it was owed: an announcement before its change."""
    lanes: dict[object, list[tuple[datetime, int, Claimed]]] = defaultdict(list)
    for due_at, one in found:
        lanes[one.recipient].append((due_at, one.id, one))
    return [one for lane in lanes.values() for *_, one in sorted(lane, key=lambda owed: owed[:2])]


@cache  # these are asked at every look: building a statement takes longer than executing it
def expiring() -> Prepared:
    return Prepared(update(Delivery).where(*over()).values(state=DeliveryState.MISSED, held_until=None))


def over() -> tuple[ColumnElement[bool], ...]:
    return is_open(), col(Delivery.expires_at) <= bindparam("now"), ~is_held()


@cache
def claimable(*, bulk: bool) -> Prepared:
    """What the attempt needs to know; columns, not objects: to make those took longer than all the rest of a claim."""
    card = aliased(Delivery)
    rows = reachable(
        columns(
            col(Delivery.id),
            col(Delivery.attempts) + 1,
            col(Delivery.kind),
            func.coalesce(col(Chat.platform), col(KnownAccount.platform)),
            func.coalesce(col(Chat.address), col(KnownAccount.address)),
            func.coalesce(col(Chat.thread), 0),
            col(Delivery.chat_id),
            col(Delivery.person_id),
            col(Delivery.occurrence_id),
            col(Delivery.subject),
            col(card.message_id),
            col(card.kind),
            was_tried(),
            col(KnownAccount.language),
            col(Delivery.account_id),
            func.coalesce(col(card.bundle), col(Delivery.bundle)),
            col(Delivery.due_at),
        )
    )
    rows = rows.join(card, col(Delivery.edits_id) == card.id, isouter=True)
    rows = rows.where(is_open(), col(Delivery.bulk) == bulk, col(Delivery.due_at) <= bindparam("now"))
    rows = rows.where(is_free(), speaks(), can_edit(card))
    ordered = rows.order_by(col(Delivery.due_at), col(Delivery.id)).limit(bindparam("most"))
    # `key_share`: an edit that is just being owed refers to the message, and keeps nobody from sending it
    return Prepared(ordered.with_for_update(skip_locked=True, key_share=True, of=Delivery))


@cache
def claiming() -> Any:
    attempt = {"state": DeliveryState.CLAIMED, "attempts": col(Delivery.attempts) + 1, "held_until": bindparam("until")}
    change = update(Delivery).where(col(Delivery.id).in_(bindparam("which", expanding=True)))
    return change.values(perhaps_twice=was_tried(), node=bindparam("by"), **attempt)


def was_tried() -> ColumnElement[bool]:
    """It may have arrived already."""
    return or_(col(Delivery.perhaps_twice), col(Delivery.state) == DeliveryState.CLAIMED)


def speaks() -> ColumnElement[bool]:
    """Of those that go out as one message the first that is open."""
    earlier = aliased(Delivery)
    before = col(earlier.bundle) == col(Delivery.bundle), col(earlier.id) < col(Delivery.id)
    return or_(col(Delivery.bundle).is_(None), ~exists().where(*before, is_open(earlier)))


def can_edit(card: Any) -> ColumnElement[bool]:
    """It is no edit, or the number of the `card` that it edits is kept, or never will be."""
    return or_(col(Delivery.edits_id).is_(None), col(card.message_id).is_not(None), ~is_open(card))


def is_free() -> ColumnElement[bool]:
    """No claimed or postponed row holds its recipient back."""
    held = aliased(Delivery)
    who = [(getattr(Delivery, name), getattr(held, name)) for name in RECIPIENTS]
    back = [columns(theirs).where(is_open(held), is_held(held), theirs.is_not(None)) for _, theirs in who]
    return and_(*(or_(ours.is_(None), ours.not_in(rows)) for (ours, _), rows in zip(who, back, strict=True)))


def reachable(rows: Any) -> Any:
    """Only what has an address and may be tried: an open chat, an account that has not shut us out; nobody retired."""
    rows = rows.select_from(Delivery).join(Chat, col(Delivery.chat_id) == Chat.id, isouter=True)
    rows = rows.join(Person, col(Delivery.person_id) == Person.id, isouter=True)
    owner = func.coalesce(col(Delivery.account_id), col(Person.account_id))
    rows = rows.join(KnownAccount, owner == KnownAccount.id, isouter=True)
    chat = and_(col(Chat.address).is_not(None), col(Chat.closed_at).is_(None), col(Chat.retired_at).is_(None))
    known = col(KnownAccount.id).is_not(None), col(KnownAccount.reachable).is_not(False)
    account = and_(*known, col(Person.retired_at).is_(None))
    return rows.where(or_(chat, account))


def claimed(session: Session, row: Sequence[Any]) -> Claimed:
    number, attempt, kind, platform, address, thread, *about, bundle = row
    chat, person, occurrence, subject, message, card, perhaps_twice, language, account = about
    of_card = DeliveryKind(card) if card else None
    together = () if bundle is None else parts(session, bundle, message if card else None)
    return Claimed(
        number,
        attempt,
        DeliveryKind(kind),
        Place(platform, address, thread),
        chat,
        person,
        occurrence,
        subject,
        message,
        of_card,
        perhaps_twice,
        language,
        account,
        together,
    )


def parts(session: Session, bundle: str, message: str | None) -> tuple[Part, ...]:
    """Those that are owed still, or stand in the message that a card edits."""
    meant = is_open() if message is None else col(Delivery.message_id) == message
    rows = select(Delivery).where(Delivery.bundle == bundle, meant)
    found = session.exec(rows.order_by(col(Delivery.id)))
    return tuple(Part(one.id or 0, DeliveryKind(one.kind), one.occurrence_id, one.subject) for one in found)


def settle(session: Session, finished: Sequence[Settled]) -> None:
    """Each names its attempt: who overslept the lease changes nothing. Owed again meanwhile stays owed."""
    rows = [
        {
            "which": done.delivery.id,
            "attempt": done.delivery.attempt,
            "result": done.state.value,
            "message": done.message_id,
            "held": done.held_until,
            "cause": done.error,
        }
        for done in finished
    ]
    settling().each(session, rows)
    for done in finished:
        if done.state not in OPEN and done.delivery.kind is not DeliveryKind.CARD:
            settle_parts(session, done)


@cache
def settling() -> Prepared:
    still = col(Delivery.state) == DeliveryState.CLAIMED
    change = update(Delivery).where(
        col(Delivery.id) == bindparam("which"), col(Delivery.attempts) == bindparam("attempt")
    )
    return Prepared(
        change.values(
            state=case((still, bindparam("result")), else_=col(Delivery.state)),
            message_id=func.coalesce(bindparam("message"), col(Delivery.message_id)),
            held_until=bindparam("held"),
            error=bindparam("cause"),
        )
    )


def settle_parts(session: Session, done: Settled) -> None:
    """What went out in the message of one that is settled is settled with it, unless that one overslept its lease."""
    others = [part.id for part in done.delivery.parts if part.id != done.delivery.id]
    if not others:
        return
    first = aliased(Delivery)
    this = col(first.id) == done.delivery.id, col(first.attempts) == done.delivery.attempt
    so = exists().where(*this, col(first.state) == done.state)
    change = update(Delivery).where(col(Delivery.id).in_(others), is_open(), so)
    outcome = {"state": done.state, "message_id": done.message_id, "error": done.error}
    session.connection().execute(change.values(**outcome))


class Ahead(Struct, frozen=True):
    """`due`: when there may be something to claim; None: nothing that can be tried is owed. `over`: something is of no
    use any more, and nobody has said so yet."""

    due: datetime | None
    over: bool


def ahead(session: Session, now: datetime, node: int | None = None) -> Ahead:
    row = looking_ahead().first(session, moments(now, node))
    assert row is not None  # of a statement without a table
    held, free, over = row
    return Ahead(earliest(held, free), over is not None)


def earliest(*moments: datetime | None) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)


@cache
def looking_ahead() -> Prepared:
    """The end of a hold, and what nothing holds: each is the first of an index, the least of both would be all rows."""
    later = col(Delivery.held_until) > bindparam("now")
    held = reachable(columns(col(Delivery.held_until))).where(is_open(), later).order_by(col(Delivery.held_until))
    card = aliased(Delivery)
    free = reachable(columns(col(Delivery.due_at))).join(card, col(Delivery.edits_id) == card.id, isouter=True)
    free = free.where(is_open(), ~is_held(), is_free(), can_edit(card))
    late = columns(col(Delivery.id)).where(*over())
    firsts = held, free.order_by(col(Delivery.due_at)), late
    return Prepared(columns(*(rows.limit(1).scalar_subquery() for rows in firsts)))


def is_held(one: Any = Delivery) -> ColumnElement[bool]:
    """What another node has claimed stays so until that one is gone (`take_back`), or for an hour more than its lease:
    its clock may show another time."""
    theirs = col(one.state) == DeliveryState.CLAIMED, col(one.node).is_distinct_from(bindparam("me"))
    others = and_(*theirs, col(one.held_until) > bindparam("long_ago"))
    return and_(col(one.held_until).is_not(None), or_(col(one.held_until) > bindparam("now"), others))
