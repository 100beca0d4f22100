"""Start (/start, with or without an invite code): who somebody is, by the account that writes to us."""

from datetime import datetime

from msgspec import Struct

from store import accounts, invites, linked_accounts, links, persons
from store.accounts import Account
from store.database import Session
from store.links import LinkNews
from store.persons import Role


class Start(Struct, frozen=True):
    """`code`: what stood behind the command; "" where nothing did."""

    account: Account
    code: str


class Linked(Struct, frozen=True):
    """From now on this account speaks for that person; what is kept of them is said along (domain 8.4)."""

    name: str
    school: str
    consortium: str


class Welcomed(Struct, frozen=True):
    """Linked before, and no code given: `memberships` in every consortium that knows the account."""

    name: str
    memberships: tuple[persons.Membership, ...]


class InviteOfAnother(Struct, frozen=True):
    """The account has somebody's further role there, and would lose it: the code stays good for whom it was made."""

    name: str
    own: str


class InviteUnknown(Struct, frozen=True):
    """No such code, or one that is used or has expired."""


class Unlinked(Struct, frozen=True):
    """Nobody on a roster answers by this account: what we are, how to link oneself, and nothing else."""


StartOutcome = Linked | Welcomed | InviteOfAnother | InviteUnknown | Unlinked


def start(session: Session, request: Start, now: datetime) -> StartOutcome:
    if request.code:
        return link(session, request, now)
    members = persons.memberships(session, request.account)
    return Welcomed(members[0].name, tuple(members)) if members else Unlinked()


def link(session: Session, opened: Start, now: datetime) -> StartOutcome:
    """An old client sends the code of a deep link twice: the second time it is used up, by this very account.

    The account that had the name until now is told.
    """
    invited = invites.invited(session, opened.code)
    member = persons.membership(session, invited) if invited is not None else None
    if invited is None or member is None:
        return InviteUnknown()
    own = persons.of_account(session, opened.account, member.consortium_id)
    if own is not None and own.id != invited and own.roles - {Role.TEACHER}:  # who hands codes on may open one
        return InviteOfAnother(member.name, own.name)
    linked_accounts.lock(session, invited)
    before = linked_accounts.of(session, invited)
    if invites.redeem(session, opened.code, now) is not None:
        linked_accounts.link(session, invited, accounts.remember(session, opened.account))
        if before is not None and before[1] != opened.account:
            links.tell(session, before[0], LinkNews.MOVED, invited, f"invite:{now:%Y%m%dT%H%M%S}", now)
    linked = linked_accounts.of(session, invited)
    if linked is None or linked[1] != opened.account:
        return InviteUnknown()
    return Linked(member.name, member.school, member.consortium)
