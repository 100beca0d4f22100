"""Opening: whom a terminal speaks for. Whoever may open the database needs no other proof."""

from msgspec import Struct

from store import accounts, consortiums, further_accounts, linked_accounts, persons
from store.accounts import Account
from store.complaint import Complaint
from store.database import Session

PLATFORM = "console"


class Opened(Struct, frozen=True):
    """`person`, `number`: of their rows; `account` is the terminal's own."""

    person: int
    name: str
    number: int
    account: Account


def opened(session: Session, consortium: str, key: str) -> Opened:
    """The first time it speaks as the linked account is spoken to. Raises Complaint."""
    found = consortiums.by_key(session, consortium)
    if found is None or found.id is None:
        raise Complaint("--consortium", repr(consortium), "the key of a consortium that was applied")
    person = persons.by_keys(session, found.id).get(key)
    if person is None or person.id is None or person.retired_at is not None:
        raise Complaint("--as", repr(key), f"the key of a person of {consortium}")
    account = Account(PLATFORM, f"{consortium}/{key}")
    linked = linked_accounts.of(session, person.id)
    if accounts.id_of(session, account) is None and linked is not None:
        language = accounts.language_of(session, linked[1])
        if language is not None:
            accounts.speak(session, account, language)
    return Opened(person.id, person.name, further_accounts.speak_for(session, account, person.id), account)
