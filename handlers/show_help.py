"""Help (/help): what can be done here."""

from dataclasses import dataclass
from datetime import datetime

from store import chats, persons
from store.accounts import Account
from store.chats import Place
from store.database import Session
from store.persons import Role


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Asked in a group (`place`), or in private (None)."""

    account: Account | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class HelpShown:
    """`known`: the group belongs to a consortium, or the asker is linked. `organiser`: the asker is, in private."""

    group: bool
    known: bool
    organiser: bool


def show_help(session: Session, request: ShowHelp, _now: datetime) -> HelpShown:
    if request.place is not None:
        bound = chats.consortium_at(session, request.place) is not None
        return HelpShown(group=True, known=bound, organiser=False)
    known = persons.of_account(session, request.account) if request.account else None
    organiser = known is not None and Role.ORGANISER in known.roles
    return HelpShown(group=False, known=known is not None, organiser=organiser)
