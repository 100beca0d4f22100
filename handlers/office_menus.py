"""Office menus: who has more to choose from in private than everybody: the office, and who answers for a school."""

from datetime import datetime

from msgspec import Struct

from store import accounts, linked_accounts
from store.accounts import Account
from store.database import Session
from store.persons import Role

OVERSEEING = (Role.APPROVER, Role.PRINCIPAL)


class OfficeMenu(Struct, frozen=True):
    """`organiser`: all that the office does; else what an approver or a principal looks at. `language`: the one that
    was chosen, None: none was."""

    organiser: bool
    language: str | None


def office_menus(session: Session, _now: datetime) -> dict[Account, OfficeMenu]:
    """By the account: of an organiser of any consortium, an approver or a principal."""
    found = {account: False for role in OVERSEEING for account in linked_accounts.of_role(session, role)}
    found |= dict.fromkeys(linked_accounts.of_role(session, Role.ORGANISER), True)
    return {one: OfficeMenu(organiser, accounts.language_of(session, one)) for one, organiser in found.items()}
