"""Offer: an organiser sends a file in private: a consortium file, a roster, a policy paper."""

from datetime import datetime

from msgspec import Struct

from handlers.offered import DECIDABLE, Presented, Read, digested, present
from handlers.start import Unlinked
from store import accounts, consortiums, offers, persons
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session
from store.offers import OfferKind
from store.persons import Role
from store.policies import importing

LARGEST = {  # MB; more is none of these
    OfferKind.CONSORTIUM_FILE: 2,
    OfferKind.ROSTER: 5,
    OfferKind.PAPER: importing.LARGEST,
}
MB = 1_000_000


class SendFile(Struct, frozen=True):
    """Not fetched yet. `kind`: None for a file that is none of ours; `size` in bytes, as announced; `word`: what the
    sender wrote beside it, perhaps the key or name of a consortium."""

    account: Account
    kind: OfferKind | None
    file: str
    size: int
    word: str


class FileWanted(Struct, frozen=True):
    """It may be fetched and read. `last`: the consortium file applied last, which a roster is read into; `holds`: with
    what was set in the chat, which a term plan is compared with."""

    consortium: int
    name: str
    last: Blueprint
    holds: Blueprint


class NotForFiles(Struct, frozen=True):
    """Files are an organiser's business."""


class FileOfNoUse(Struct, frozen=True):
    file: str


class FileTooLarge(Struct, frozen=True):
    """`most`: in MB."""

    file: str
    most: int


class FileForWhich(Struct, frozen=True):
    """Which of these consortiums (key, name) is it for?"""

    consortiums: tuple[tuple[str, str], ...]


class OfferFile(Struct, frozen=True):
    """Fetched and read. A consortium file names its own consortium."""

    account: Account
    kind: OfferKind
    file: str
    content: bytes
    consortium: int
    read: Read


class FileForeign(Struct, frozen=True):
    """Of a consortium that is not the sender's, or does not exist yet."""

    file: str
    consortium: str


SendOutcome = FileWanted | Unlinked | NotForFiles | FileOfNoUse | FileTooLarge | FileForWhich
OfferOutcome = Presented | NotForFiles | FileForeign


def send_file(session: Session, request: SendFile, now: datetime) -> SendOutcome:
    """Whether it is worth fetching."""
    offers.forget(session, now)
    ours = persons.in_role(session, request.account, Role.ORGANISER)
    if not ours:
        return NotForFiles() if persons.all_of_account(session, request.account) else Unlinked()
    if request.kind is None:
        return FileOfNoUse(request.file)
    if request.size > LARGEST[request.kind] * MB:
        return FileTooLarge(request.file, LARGEST[request.kind])
    rows = [row for one in ours if (row := consortiums.get(session, one)) is not None]
    named = [row for row in rows if request.word.strip().casefold() in (row.key.casefold(), row.name.casefold())]
    if len(rows) > 1 and not named and request.kind is not OfferKind.CONSORTIUM_FILE:
        return FileForWhich(tuple((row.key, row.name) for row in rows))
    row = (named or rows)[0]
    return FileWanted(row.id or 0, row.name, consortiums.applied(row), consortiums.blueprint(row))


def offer_file(session: Session, request: OfferFile, now: datetime) -> OfferOutcome:
    """Kept where there is something to decide."""
    ours = persons.in_role(session, request.account, Role.ORGANISER)
    if not ours:
        return NotForFiles()
    consortium = request.consortium
    if request.kind is OfferKind.CONSORTIUM_FILE:
        assert isinstance(request.read, Blueprint)
        key = request.read.consortium.key
        row = consortiums.by_key(session, key)
        if row is None or row.id not in ours:
            return FileForeign(request.file, key)
        consortium = row.id or 0
    account = accounts.remember(session, request.account)
    waiting = offers.keep(session, consortium, account, request.kind, request.file, request.content, now)
    shown = present(session, waiting, request.account, request.read, None)
    if isinstance(shown, DECIDABLE):
        offers.show(session, waiting.id, 0, "", digested(shown))
    else:
        offers.settle(session, waiting.id, offers.OfferState.DROPPED)
    return shown
