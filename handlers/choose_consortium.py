"""Choose a consortium: which of several answers somebody in private. Asked once, changed by /settings."""

from datetime import datetime

from msgspec import Struct

from handlers.start import Unlinked
from store import accounts, persons
from store.accounts import Account
from store.database import Session
from store.persons import Known, Membership


class ConsortiumToChoose(Struct, frozen=True):
    """The asker is in several, and has not said yet which one is to answer."""

    choices: tuple[Membership, ...]


class ChooseConsortium(Struct, frozen=True):
    account: Account
    consortium: int


class ConsortiumChosen(Struct, frozen=True):
    """From the next question on."""

    name: str


class Speaker(Struct, frozen=True):
    """Who asks in private. `consortium`: the name of the one that answers, "" where there is no other."""

    known: Known
    consortium: str


def speaker(session: Session, account: Account | None) -> Speaker | ConsortiumToChoose | Unlinked:
    """A choice that holds no more (left, erased) is none."""
    mine = persons.all_of_account(session, account) if account else []
    if len(mine) < 2:
        return Speaker(mine[0], "") if mine else Unlinked()
    assert account is not None
    chosen, members = accounts.consortium_of(session, account), persons.memberships(session, account)
    for known, member in zip(mine, members, strict=True):
        if member.consortium_id == chosen:
            return Speaker(known, member.consortium)
    return ConsortiumToChoose(tuple(members))


def choose_consortium(
    session: Session, request: ChooseConsortium, _now: datetime
) -> ConsortiumChosen | Unlinked:
    """Only one that knows the account: a press may be forged."""
    for member in persons.memberships(session, request.account):
        if member.consortium_id == request.consortium:
            accounts.choose_consortium(session, request.account, request.consortium)
            return ConsortiumChosen(member.consortium)
    return Unlinked()
