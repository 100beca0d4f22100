"""Opening: whom a terminal speaks for. Whoever may open the database needs no other proof."""

from msgspec import Struct

from bot.called import consortium_called, person_called
from store import accounts, further_accounts, linked_accounts
from store.accounts import Account
from store.database import Session

PLATFORM = "console"


class Opened(Struct, frozen=True):
    """`person`, `number`: of their rows; `account` is the terminal's own."""

    person: int
    name: str
    number: int
    account: Account


def opened(session: Session, consortium: str, word: str) -> Opened:
    """`word`: a person's key or name. The first time it speaks as the linked account is spoken to. Raises Complaint."""
    person = person_called(session, "--as", consortium_called(session, consortium), word)
    assert person.id is not None
    account = Account(PLATFORM, f"{consortium}/{person.key}")
    linked = linked_accounts.of(session, person.id)
    if accounts.id_of(session, account) is None and linked is not None:
        language = accounts.language_of(session, linked[1])
        if language is not None:
            accounts.speak(session, account, language)
    return Opened(person.id, person.name, further_accounts.speak_for(session, account, person.id), account)
