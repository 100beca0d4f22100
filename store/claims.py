"""Claims (认领): an account that was met in a group of a consortium says who on its roster it is; a row for the two."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from store import accounts
from store.accounts import Account, KnownAccount
from store.columns import one_of, unique

AFRESH = timedelta(days=1)  # after so long the guesses are counted anew


class ClaimState(StrEnum):
    """MET: nothing is said yet. TAKEN without `decided_by`: by itself, for there was no doubt."""

    MET = "met"
    PENDING = "pending"
    TAKEN = "taken"
    REFUSED = "refused"


class Claim(SQLModel, table=True):
    """`shown`: what the account calls itself; `asked_until`: the name is asked for; `guesses`: names that are nobody's
    since `since`."""

    __table_args__ = (unique("consortium_id", "account_id"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    shown: str = ""
    state: ClaimState = Field(default=ClaimState.MET, sa_type=one_of(ClaimState))
    guesses: int = 0
    since: datetime
    asked_until: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")


@dataclass(frozen=True, slots=True)
class Claimant:
    """A claim with whose it is."""

    claim: Claim
    account: Account


def meet(session: Session, consortium: int, account: Account, now: datetime) -> None:
    """Seen in a group of the consortium; what is being decided stays so."""
    number = accounts.remember(session, account)
    ours = select(Claim).where(Claim.consortium_id == consortium, Claim.account_id == number)
    row = session.exec(ours).first() or Claim(consortium_id=consortium, account_id=number, since=now)
    if now - row.since > AFRESH:
        row.guesses, row.since = 0, now
    session.add(row)
    session.flush()


def of(session: Session, account: Account) -> list[Claim]:
    """The account's, the newest last."""
    mine = select(Claim).join(KnownAccount, col(Claim.account_id) == KnownAccount.id)
    mine = mine.where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
    return list(session.exec(mine.order_by(col(Claim.id))))


def get(session: Session, claim: int) -> Claimant | None:
    row = session.exec(select(Claim).where(Claim.id == claim).with_for_update()).first()
    if row is None:
        return None
    account = session.get_one(KnownAccount, row.account_id)
    return Claimant(row, Account(account.platform, account.address))


def kept(session: Session, account: int) -> list[dict[str, object]]:
    """What is kept of an account's claims, in JSON's kinds."""
    rows = session.exec(select(Claim).where(Claim.account_id == account).order_by(col(Claim.id)))
    return [row.model_dump(mode="json", include={"shown", "state", "guesses", "since"}) for row in rows]


def forget_account(session: Session, account: int) -> None:
    session.connection().execute(delete(Claim).where(col(Claim.account_id) == account))
