"""Claims (认领): an account that was met in a group of a consortium says who on its roster it is.

A row is one claim of one name, and its number is never given to another: a button under an old message means no other.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from sqlalchemy import delete, false, func, or_, update
from sqlmodel import Field, Session, col, select

from store import accounts
from store.accounts import Account, KnownAccount
from store.columns import Table, one_of

DAY = timedelta(days=1)  # so long a meeting is proof, and so long guesses count, from the last one
KEPT_FOR = timedelta(days=30)  # what came to nothing


class ClaimState(StrEnum):
    """MET: no name is said yet. TAKEN without `decided_by`: by itself, for there was no doubt."""

    MET = "met"
    PENDING = "pending"
    TAKEN = "taken"
    REFUSED = "refused"


class Claim(Table, table=True):
    """`shown`: what the account calls itself; `asked_until`: the name is asked for; `guesses`: names that did not do,
    the last of them at `guessed_at`; `by_link`: not met in a group, but by a link that was handed round."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    shown: str = ""
    state: ClaimState = Field(default=ClaimState.MET, sa_type=one_of(ClaimState))
    guesses: int = 0
    guessed_at: datetime | None = None
    met_at: datetime
    by_link: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    asked_until: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")


class Claimant(Struct, frozen=True):
    """A claim with whose it is."""

    claim: Claim
    account: Account


def meet(session: Session, consortium: int, account: Account, now: datetime, *, by_link: bool = False) -> None:
    """Seen in a group of the consortium, or come by its link, which makes nothing of what is proven by the other."""
    number = accounts.remember(session, account)
    ours = select(Claim).where(Claim.consortium_id == consortium, Claim.account_id == number)
    row = session.exec(ours.where(Claim.state == ClaimState.MET)).first()
    row = row or Claim(consortium_id=consortium, account_id=number, met_at=now, by_link=True)
    row.by_link = by_link and (row.by_link or now - row.met_at > DAY)
    row.met_at = now
    session.add(row)
    session.flush()


def met(session: Session, account: Account, now: datetime) -> Claim | None:
    """Where the account was met last, whatever came of it; a meeting runs out."""
    found = [row for row in of(session, account) if now - row.met_at <= DAY]
    return max(found, key=lambda row: (row.met_at, row.id), default=None)


def afresh(session: Session, claim: Claim) -> Claim:
    """Of the same meeting, with no name said yet."""
    if claim.state is ClaimState.MET:
        return claim
    row = Claim(consortium_id=claim.consortium_id, account_id=claim.account_id, met_at=claim.met_at)
    row.by_link = claim.by_link
    session.add(row)
    session.flush()
    return row


def of(session: Session, account: Account, consortium: int | None = None) -> list[Claim]:
    """The account's (in that consortium), the newest last."""
    mine = select(Claim).join(KnownAccount, col(Claim.account_id) == KnownAccount.id)
    mine = mine.where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
    if consortium is not None:
        mine = mine.where(Claim.consortium_id == consortium)
    return list(session.exec(mine.order_by(col(Claim.id))))


def guesses(session: Session, account: int, now: datetime) -> int:
    """Of the account, lately."""
    lately = col(Claim.account_id) == account, col(Claim.guessed_at) >= now - DAY
    return session.exec(select(func.coalesce(func.sum(Claim.guesses), 0)).where(*lately)).one()


def guess(session: Session, claim: Claim, now: datetime) -> int:
    """One more name that did not do; how many those are lately, of the account."""
    lately = claim.guessed_at is not None and now - claim.guessed_at <= DAY
    claim.guesses = claim.guesses + 1 if lately else 1
    claim.guessed_at = now
    session.flush()
    return guesses(session, claim.account_id, now)


def get(session: Session, claim: int) -> Claimant | None:
    """To be decided: nobody else does so meanwhile."""
    row = session.exec(select(Claim).where(Claim.id == claim).with_for_update()).first()
    return None if row is None else Claimant(row, accounts.named(session, row.account_id))


def close(session: Session, account: int) -> None:
    """The account is asked for something else: its next words are no name."""
    session.connection().execute(update(Claim).where(col(Claim.account_id) == account).values(asked_until=None))


def kept(session: Session, account: int) -> list[dict[str, object]]:
    """What is kept of an account's claims, in JSON's kinds."""
    rows = session.exec(select(Claim).where(Claim.account_id == account).order_by(col(Claim.id)))
    told = {"shown", "state", "guesses", "guessed_at", "met_at", "by_link"}
    return [row.model_dump(mode="json", include=told) for row in rows]


def forget_person(session: Session, person: int) -> None:
    session.connection().execute(delete(Claim).where(col(Claim.person_id) == person))


def forget_account(session: Session, account: int) -> None:
    session.connection().execute(delete(Claim).where(col(Claim.account_id) == account))


def forget(session: Session, now: datetime) -> None:
    """What came to nothing, and not lately."""
    vain = or_(col(Claim.state) == ClaimState.MET, col(Claim.state) == ClaimState.REFUSED)
    session.connection().execute(delete(Claim).where(vain, col(Claim.met_at) < now - KEPT_FOR))
