"""Help (/help): what can be done here."""

from datetime import datetime

from msgspec import Struct

from store import chats, classes, persons
from store.accounts import Account
from store.chats import Place
from store.database import Session
from store.persons import Role


class ShowHelp(Struct, frozen=True):
    """Asked in a group (`place`), or in private (None)."""

    account: Account | None
    place: Place | None


class HelpShown(Struct, frozen=True):
    """`known`: the group belongs to a consortium, or the asker is linked. The rest is the asker's, in private."""

    group: bool
    known: bool
    organiser: bool = False
    approver: bool = False
    head_teacher: bool = False


def show_help(session: Session, request: ShowHelp, _now: datetime) -> HelpShown:
    """In private, what the asker can do in any of the consortiums that know the account."""
    if request.place is not None:
        return HelpShown(group=True, known=chats.consortium_at(session, request.place) is not None)
    everywhere = persons.all_of_account(session, request.account) if request.account else []
    roles = {role for known in everywhere for role in known.roles}
    return HelpShown(
        group=False,
        known=bool(everywhere),
        organiser=Role.ORGANISER in roles,
        approver=Role.APPROVER in roles,
        head_teacher=any(classes.has_head(session, known.id) for known in everywhere),
    )
