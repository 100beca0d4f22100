"""Choose a consortium: which of several answers somebody in private. Asked once, changed by /settings."""

from dataclasses import dataclass
from datetime import datetime

from handlers.start import Unlinked
from store import accounts, persons
from store.accounts import Account
from store.database import Session
from store.persons import Known


@dataclass(frozen=True, slots=True)
class ConsortiumChoice:
    consortium: int
    name: str


@dataclass(frozen=True, slots=True)
class ConsortiumToChoose:
    """The asker is in several, and has not said yet which one is to answer."""

    choices: tuple[ConsortiumChoice, ...]


@dataclass(frozen=True, slots=True)
class ChooseConsortium:
    account: Account
    consortium: int


@dataclass(frozen=True, slots=True)
class ConsortiumChosen:
    """From the next question on."""

    name: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asks in private. `consortium`: the name of the one that answers, "" where there is no other."""

    known: Known
    consortium: str


def speaker(session: Session, account: Account | None) -> Speaker | ConsortiumToChoose | Unlinked:
    """A choice that holds no more (left, erased) is none."""
    mine = persons.all_of_account(session, account) if account else []
    if len(mine) < 2:
        return Speaker(mine[0], "") if mine else Unlinked()
    assert account is not None
    chosen = accounts.consortium_of(session, account)
    choices = choices_of(session, account)
    for known, choice in zip(mine, choices, strict=True):
        if choice.consortium == chosen:
            return Speaker(known, choice.name)
    return ConsortiumToChoose(choices)


def choices_of(session: Session, account: Account) -> tuple[ConsortiumChoice, ...]:
    """The consortiums that know the account."""
    members = [persons.membership(session, one.id) for one in persons.all_of_account(session, account)]
    return tuple(ConsortiumChoice(one.consortium_id, one.consortium) for one in members if one is not None)


def choose_consortium(
    session: Session, request: ChooseConsortium, _now: datetime
) -> ConsortiumChosen | Unlinked:
    """Only one that knows the account: a press may be forged."""
    for choice in choices_of(session, request.account):
        if choice.consortium == request.consortium:
            accounts.choose_consortium(session, request.account, choice.consortium)
            return ConsortiumChosen(choice.name)
    return Unlinked()
