"""Offers: files that an organiser has sent in private, checked and shown, and not yet decided (生效, 放弃)."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from msgspec import Struct
from sqlalchemy import delete, update
from sqlmodel import Field, Session, col, select

from store.accounts import Account, KnownAccount
from store.columns import Table, one_of

GOOD_FOR = timedelta(days=3)


class OfferKind(StrEnum):
    """教联体文件, 名册, 方案, 签到表."""

    CONSORTIUM_FILE = "consortium_file"
    ROSTER = "roster"
    PAPER = "paper"
    SIGN_IN = "sign_in"


class OfferState(StrEnum):
    """`shown`: waiting for 生效 or 放弃; then it is `taken` or `dropped`."""

    SHOWN = "shown"
    TAKEN = "taken"
    DROPPED = "dropped"


class Offer(Table, table=True):
    """`content`: the file as it was sent, in base64 (a backup spells rows as JSON); emptied when it is decided.

    `part`: the paper (篇) chosen of several, 0: none was. `prefer`: whose word counts, "": nobody has said.
    `digest`: of the difference that was shown. Of a sign-in sheet: which event it is of, and who was `chosen` where a
    name was in doubt, `row:person` each, 0 for nobody.
    """

    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: OfferKind = Field(sa_type=one_of(OfferKind))
    name: str
    content: str
    part: int = 0
    prefer: str = ""
    digest: str
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id")
    chosen: str = ""
    state: OfferState = Field(default=OfferState.SHOWN, sa_type=one_of(OfferState))
    expires_at: datetime


class Waiting(Struct, frozen=True):
    """One that may still be decided."""

    id: int
    consortium_id: int
    kind: OfferKind
    name: str
    content: bytes
    part: int
    prefer: str
    digest: str
    expires_at: datetime
    occurrence_id: int | None = None
    chosen: str = ""


def keep(
    session: Session, consortium: int, account: int, kind: OfferKind, name: str, content: bytes, now: datetime
) -> Waiting:
    spelt, expires_at = b64encode(content).decode(), now + GOOD_FOR
    row = Offer(
        consortium_id=consortium,
        account_id=account,
        kind=kind,
        name=name,
        content=spelt,
        digest="",
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return Waiting(cast(int, row.id), consortium, kind, name, content, 0, "", "", expires_at)


def waiting(session: Session, offer: int, account: Account, now: datetime) -> Waiting | None:
    """None where it is decided or expired, and for everybody but whoever sent it."""
    rows = (
        select(Offer)
        .join(KnownAccount, col(Offer.account_id) == KnownAccount.id)
        .where(Offer.id == offer, Offer.state == OfferState.SHOWN, Offer.expires_at > now)
        .where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
    )
    row = session.exec(rows).first()
    if row is None:
        return None
    content, kind = b64decode(row.content), OfferKind(row.kind)
    told = row.part, row.prefer, row.digest, row.expires_at, row.occurrence_id, row.chosen
    return Waiting(offer, row.consortium_id, kind, row.name, content, *told)


def decided(session: Session, offer: int, account: Account) -> OfferState | None:
    """What became of it; None where it still waits, is forgotten, or is another's."""
    rows = (
        select(Offer.state)
        .join(KnownAccount, col(Offer.account_id) == KnownAccount.id)
        .where(Offer.id == offer, Offer.state != OfferState.SHOWN)
        .where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
    )
    found = session.exec(rows).first()
    return None if found is None else OfferState(found)


def show(session: Session, offer: int, part: int, prefer: str, digest: str) -> None:
    """What was shown of it last, and by which choices."""
    change = update(Offer).where(col(Offer.id) == offer).values(part=part, prefer=prefer, digest=digest)
    session.connection().execute(change)


def newest(session: Session, account: Account, kind: OfferKind, now: datetime) -> int | None:
    """Of those that the account may still decide."""
    rows = (
        select(Offer.id)
        .join(KnownAccount, col(Offer.account_id) == KnownAccount.id)
        .where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
        .where(Offer.kind == kind, Offer.state == OfferState.SHOWN, Offer.expires_at > now)
    )
    return session.exec(rows.order_by(col(Offer.id).desc()).limit(1)).first()


def place(session: Session, offer: int, occurrence: int | None, chosen: str, digest: str) -> None:
    """What was shown of a sign-in sheet last."""
    values = {"occurrence_id": occurrence, "chosen": chosen, "digest": digest}
    session.connection().execute(update(Offer).where(col(Offer.id) == offer).values(**values))


def settle(session: Session, offer: int, state: OfferState) -> bool:
    """False where somebody was faster."""
    change = update(Offer).where(col(Offer.id) == offer, col(Offer.state) == OfferState.SHOWN)
    return session.connection().execute(change.values(state=state, content="")).rowcount == 1


def forget(session: Session, now: datetime) -> None:
    """Those that have expired, decided or not."""
    session.connection().execute(delete(Offer).where(col(Offer.expires_at) <= now))


def forget_account(session: Session, account: int) -> None:
    session.connection().execute(delete(Offer).where(col(Offer.account_id) == account))
