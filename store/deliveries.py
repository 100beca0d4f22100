"""Deliveries (待发): a message owed to one recipient is a row; `store.outbox` takes and settles them for a worker."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
)
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from store.columns import Table, of_some_rows, one_of
from store.engine import insert_new, insert_of, inserting, slices
from store.persons import Person
from store.prepared import Prepared


class DeliveryKind(StrEnum):
    """The kinds of `rehearse`, and ABSENCES; CARD edits a message that was sent; the rest are caused by a person's act.

    CHANGE tells those who were told of an occurrence what has become of it; RESPONDED_FOR tells somebody for whom an
    answer was registered; RESPONSE_NOTE asks for a word to a late answer. CODE is the picture with the check-in code
    (口令), which whoever asked for it sees renewed each minute, REPORT_FILE a report (台账). NEXT_TASK tells whose task
    the minutes name; BULLETIN goes to the group once an organiser has approved its BULLETIN_DRAFT.
    """

    ANNOUNCE = "announce"
    REMIND = "remind"
    NUDGE = "nudge"
    CHECK_IN = "check_in"
    REFLECT = "reflect"
    DIGEST = "digest"
    CHANGE = "change"
    PREPARE = "prepare"
    OUTLOOK = "outlook"
    CARD = "card"
    LEAVE_REQUEST = "leave_request"
    LEAVE_RESULT = "leave_result"
    CLAIM = "claim"
    CHAT = "chat"
    LINK = "link"
    ABSENCES = "absences"
    SUMMARY = "summary"
    OBLIGATIONS_MISSING = "obligations_missing"
    EXCHANGE_ENDS = "exchange_ends"
    CORRECTION = "correction"
    RESPONDED_FOR = "responded_for"
    RESPONSE_NOTE = "response_note"
    CODE = "code"
    MINUTES = "minutes"
    NEXT_TASK = "next_task"
    BULLETIN_DRAFT = "bulletin_draft"
    BULLETIN = "bulletin"
    REPORT_FILE = "report_file"


class DeliveryState(StrEnum):
    """MISSED: of no use any more before it could be sent. DROPPED: nothing to say any more."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    MISSED = "missed"
    DROPPED = "dropped"


ANSWERED = (DeliveryKind.ANNOUNCE, DeliveryKind.REMIND, DeliveryKind.CHANGE)  # in groups, with counts of answers
MINUTES = "minutes"  # the subject of a NUDGE that asks for minutes
OWN = "own"  # the subject of an ABSENCES to somebody who is missing
OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED)
UNTRIED = {"attempts": 0, "perhaps_twice": False, "error": ""}


class Delivery(Table, table=True):
    """To `chat_id`, `person_id` (whichever account that is then) or `account_id`. `subject`: a digest's month, an
    outlook's Monday, the days of a report, the number of a leave, a claim, a chat, a change or a correction, a task,
    what became of whose link, OWN, or, of a NUDGE, MINUTES. `edits_id`: what a card edits. `node`: who claimed it
    last (PostgreSQL). `bundle`: the same for those that go out as one message; the first of them that is open is
    claimed for all. `planned`: a reminder of the clock became it; no person's act caused it. `bulk`: such a one, of
    which a thousand may be due at once; all others go first, and so does a check-in, which is of use for minutes."""

    id: int | None = Field(default=None, primary_key=True)
    dedup_key: str = Field(unique=True)
    kind: DeliveryKind = Field(sa_type=one_of(DeliveryKind))
    chat_id: int | None = Field(default=None, foreign_key="chat.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id", index=True)
    subject: str = ""
    bundle: str | None = Field(default=None, index=True)
    edits_id: int | None = Field(default=None, foreign_key="delivery.id")
    due_at: datetime
    expires_at: datetime
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=one_of(DeliveryState))
    attempts: int = 0
    held_until: datetime | None = None
    node: int | None = None
    perhaps_twice: bool = False
    message_id: str | None = None
    error: str = ""
    planned: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    bulk: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


def is_open(one: Any = Delivery) -> ColumnElement[bool]:
    """With the states as constants: only so does a database see that the indexes below hold all that is open."""
    return col(one.state).in_([literal_column(f"'{state}'") for state in OPEN])


def under_way() -> ColumnElement[bool]:
    """It is just being sent, by itself or as a part: it may be read, and answered, before its number is kept."""
    first = aliased(Delivery)
    together = exists().where(col(first.bundle) == col(Delivery.bundle), col(first.state) == DeliveryState.CLAIMED)
    return and_(is_open(), or_(col(Delivery.state) == DeliveryState.CLAIMED, together))


def was_said() -> ColumnElement[bool]:
    """The message stands in its chat, or is just being sent there. What is sent later is put together later (on
    PostgreSQL but for two commits in one moment)."""
    return or_(col(Delivery.message_id).is_not(None), under_way())


# A look of the dispatcher reads what is due, held or over, however much waits.
of_some_rows("ix_delivery_open_due", col(Delivery.due_at), col(Delivery.id), only=is_open())
of_some_rows("ix_delivery_bulk_due", col(Delivery.bulk), col(Delivery.due_at), col(Delivery.id), only=is_open())
of_some_rows("ix_delivery_open_expires", col(Delivery.expires_at), only=is_open())
of_some_rows("ix_delivery_held", col(Delivery.held_until), only=col(Delivery.held_until).is_not(None))
# A press that is news asks for the cards of its event, to however many persons something was said of it.
of_some_rows("ix_delivery_in_groups", col(Delivery.occurrence_id), only=col(Delivery.chat_id).is_not(None))


class Owed(Struct, frozen=True):
    """A message to be kept as owed."""

    dedup_key: str
    kind: DeliveryKind
    due_at: datetime
    expires_at: datetime
    chat_id: int | None = None
    person_id: int | None = None
    occurrence_id: int | None = None
    subject: str = ""
    bundle: str | None = None
    account_id: int | None = None
    planned: bool = False


def owe(session: Session, owed: Sequence[Owed]) -> None:
    """One row a key: owed again, nothing changes."""
    of_all = UNTRIED | {"state": DeliveryState.PENDING}
    rows = [asdict(one) | of_all | {"bulk": one.planned and one.kind is not DeliveryKind.CHECK_IN} for one in owed]
    insert_new(session, Delivery, rows, "dedup_key")


def owe_cards(
    session: Session,
    occurrence: int,
    kinds: Sequence[DeliveryKind],
    due_at: datetime,
    expires_at: datetime,
    *,
    every: bool,
) -> None:
    """The messages in groups that show this occurrence's counts show old ones: one edit of each (of the newest, and of
    what is on its way behind it, unless `every`), however often that is said before it goes out."""
    statement = owing_cards(session.get_bind().dialect.name, tuple(kinds), every)
    statement.first(session, {"occurrence": occurrence, "due": due_at, "expires": expires_at})


def owe_digest_cards(session: Session, chat: int, month: str, due_at: datetime, expires_at: datetime) -> None:
    """The same for the chat's digest of that month."""
    rows = select(Delivery).where(Delivery.chat_id == chat, Delivery.subject == month)
    rows = rows.where(Delivery.kind == DeliveryKind.DIGEST, was_said())
    for digest in session.exec(rows).all():
        edit(session, digest, {"chat_id": chat}, due_at, expires_at)


@cache  # building a statement takes longer than executing it
def owing_cards(dialect: str, kinds: tuple[DeliveryKind, ...], every: bool) -> Prepared:
    """A row for each card: copied from the message that it edits, or, where it is there, due again."""
    key = literal("card:").concat(cast(col(Delivery.id), String))
    table = SQLModel.metadata.tables["delivery"].c
    due, expires = (bindparam(name, type_=table.due_at.type) for name in ("due", "expires"))
    values: dict[str, Any] = {"state": DeliveryState.PENDING, "due_at": due, "expires_at": expires}
    first = values | UNTRIED | {"kind": DeliveryKind.CARD}
    card = [key, col(Delivery.chat_id), col(Delivery.occurrence_id), col(Delivery.id), col(Delivery.subject)]
    constant = [
        value if isinstance(value, BindParameter) else literal(value, table[name].type) for name, value in first.items()
    ]
    copied = columns(*card, *constant).where(*of_groups(Delivery, kinds), was_said())
    if not every:
        newer = aliased(Delivery)
        sent = columns(func.coalesce(func.max(newer.id), 0)).where(*of_groups(newer, kinds))
        newest = sent.where(col(newer.message_id).is_not(None)).scalar_subquery()
        copied = copied.where(col(Delivery.id) >= newest)
    names = ["dedup_key", "chat_id", "occurrence_id", "edits_id", "subject", *first]
    insert = insert_of(dialect, Delivery).from_select(names, copied)
    quiet = col(Delivery.state) != DeliveryState.PENDING
    return Prepared(insert.on_conflict_do_update(index_elements=["dedup_key"], set_=values, where=quiet))


def of_groups(one: Any, kinds: Collection[DeliveryKind]) -> tuple[ColumnElement[bool], ...]:
    """Of the occurrence that is asked for."""
    kind = or_(*(col(one.kind) == kind for kind in kinds))
    return col(one.occurrence_id) == bindparam("occurrence"), kind, col(one.chat_id).is_not(None)


def owe_edit(session: Session, dedup_key: str, due_at: datetime, expires_at: datetime) -> None:
    """The message that was owed by this key is to say then what is so then: one edit, however often it is owed."""
    edited = session.exec(select(Delivery).where(Delivery.dedup_key == dedup_key)).one()
    to = {name: getattr(edited, name) for name in ("chat_id", "person_id", "account_id")}
    edit(session, edited, to, due_at, expires_at)


def edit(session: Session, edited: Delivery, to: dict[str, int | None], due_at: datetime, expires_at: datetime) -> None:
    """One row, however often it is owed."""
    again = {"state": DeliveryState.PENDING, "due_at": due_at, "expires_at": expires_at}
    about = {"edits_id": edited.id, "occurrence_id": edited.occurrence_id, "subject": edited.subject}
    row = again | UNTRIED | about | to | {"kind": DeliveryKind.CARD}
    insert = inserting(session, Delivery).values(dedup_key=f"card:{edited.id}", **row)
    session.connection().execute(insert.on_conflict_do_update(index_elements=["dedup_key"], set_=again))


class Private(Struct, frozen=True):
    """A message of the plan to a person, and whether it is not on its way yet."""

    dedup_key: str
    bundle: str | None
    due_at: datetime
    pending: bool


def private(session: Session, people: Collection[int], first: datetime, end: datetime) -> dict[int, list[Private]]:
    """By person: what the plan has sent them, or is to send, from `first` on and before `end`. What a person's act
    caused is left out."""
    sent = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENT)
    rows = columns(
        col(Delivery.person_id),
        col(Delivery.dedup_key),
        col(Delivery.bundle),
        col(Delivery.due_at),
        and_(col(Delivery.state) == DeliveryState.PENDING, ~under_way()),
    )
    rows = rows.where(col(Delivery.due_at) >= first, col(Delivery.due_at) < end, col(Delivery.planned))
    rows = rows.where(col(Delivery.state).in_(sent)).order_by(col(Delivery.id))
    found: dict[int, list[Private]] = {}
    for part in slices(list(people), 500):
        theirs = rows.where(col(Delivery.person_id).in_(part))
        for person, key, bundle, due, pending in session.connection().execute(theirs):
            found.setdefault(person or 0, []).append(Private(key, bundle, due, pending))
    return found


def recipients(session: Session, kind: DeliveryKind, subjects: Sequence[str]) -> list[int]:
    """The people to whom a message of that kind about one of these was owed."""
    rows = select(Delivery.person_id).where(Delivery.kind == kind, col(Delivery.subject).in_(subjects)).distinct()
    return [person for person in session.exec(rows) if person is not None]


def owe_edits(
    session: Session,
    kind: DeliveryKind,
    subjects: Sequence[str],
    people: Collection[int],
    at: datetime,
    until: datetime,
) -> None:
    """Messages of that kind about one of these, sent to these people, are to say what is so then. The edit goes to the
    account: it is made in the chat of somebody who has left, too."""
    rows = select(Delivery, Person.account_id).join(Person, col(Delivery.person_id) == Person.id)
    sent = Delivery.kind == kind, col(Delivery.subject).in_(subjects), was_said()
    theirs = rows.where(*sent, col(Person.id).in_(people), col(Person.account_id).is_not(None))
    for edited, account in session.exec(theirs).all():
        edit(session, edited, {"account_id": account}, at, until)


def is_newest(session: Session, dedup_key: str) -> bool:
    """Nothing of the same kind about the same occurrence was owed to the same account since."""
    row = session.exec(select(Delivery).where(Delivery.dedup_key == dedup_key)).one()
    later = select(Delivery.id).where(Delivery.kind == row.kind, col(Delivery.id) > row.id)
    later = later.where(Delivery.occurrence_id == row.occurrence_id, Delivery.account_id == row.account_id)
    return session.exec(later.limit(1)).first() is None


def is_owed(session: Session, kind: DeliveryKind, account: int) -> bool:
    """A message of that kind to that account is not sent yet."""
    rows = select(Delivery.id).where(Delivery.kind == kind, Delivery.account_id == account, is_open())
    return session.exec(rows.limit(1)).first() is not None


def counts(session: Session) -> dict[DeliveryState, int]:
    """Messages by state; edits of cards are not messages."""
    rows = select(Delivery.state, func.count()).where(Delivery.kind != DeliveryKind.CARD)
    return {DeliveryState(state): number for state, number in session.exec(rows.group_by(col(Delivery.state)))}


def oldest_unsent(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest message that could have gone out has waited."""
    late = select(func.min(Delivery.due_at)).where(is_open(), col(Delivery.due_at) <= now)
    return session.exec(late).first()


def perhaps_twice(session: Session) -> int:
    rows = select(func.count()).select_from(Delivery).where(col(Delivery.perhaps_twice))
    return session.exec(rows).one()
