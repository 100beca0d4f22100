"""Offered: what a file that an organiser has sent would change, as it is shown before anything is written."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.apply import PLATFORM, Applied, Apply, foresee
from handlers.difference import Change, Difference
from handlers.entries import Place
from handlers.merging import Prefer
from store import consortiums
from store.accounts import Account
from store.blueprint import Blueprint
from store.complaint import Complaint
from store.database import Session
from store.offers import Waiting
from store.persons import Role
from store.policies import editions
from store.policies.comparing import ClauseChange
from store.policies.editions import Published, Unchanged
from store.policies.importing import Paper

CHANGES_SHOWN = 8  # clauses of a new edition


class Parts(Struct, frozen=True):
    """A file that holds several papers: their headings."""

    headings: tuple[str, ...]


Read = Blueprint | Paper | Parts
"""What a file says; the bot reads it."""


class FileOffered(Struct, frozen=True):
    """The difference, of the kind `apply --dry-run` finds. `overtaken`: it is another one than was shown before.

    `loses_role`: whoever sent it would be an organiser no longer.
    """

    offer: int
    file: str
    consortium: str
    name: str
    added: tuple[Place, ...]
    changed: tuple[Change, ...]
    retired: tuple[Place, ...]
    kept: tuple[Place, ...]
    applied: bool
    names: Mapping[Place, str]
    loses_role: bool
    overtaken: bool
    expires_at: datetime


class FileConflicting(Struct, frozen=True):
    """File and chat have both changed the same: whose word counts?"""

    offer: int
    file: str
    places: tuple[Complaint, ...]
    expires_at: datetime


class FileUnfit(Struct, frozen=True):
    """It contradicts what holds, whoever's word counts: a group that is another consortium's."""

    file: str
    places: tuple[Complaint, ...]


class FileSame(Struct, frozen=True):
    """Nothing would be another."""

    file: str
    name: str


class PaperOffered(Struct, frozen=True):
    """`changes`: the first clauses that are another than in edition `before` (0: none is in force), `more` besides."""

    offer: int
    file: str
    name: str
    document: str
    edition: int
    clauses: int
    added: int
    changed: int
    removed: int
    moved: int
    before: int
    changes: tuple[ClauseChange, ...]
    more: int
    overtaken: bool
    expires_at: datetime


class PaperParts(Struct, frozen=True):
    """Which of these papers is it?"""

    offer: int
    file: str
    parts: tuple[str, ...]


Presented = FileOffered | FileConflicting | FileUnfit | FileSame | PaperOffered | PaperParts | Unchanged
DECIDABLE = (FileOffered, FileConflicting, PaperOffered, PaperParts)


def present(
    session: Session, waiting: Waiting, account: Account, read: Read, prefer: Prefer | None, *, overtaken: bool = False
) -> Presented:
    """Looked at now; nothing is written."""
    consortium = consortiums.get(session, waiting.consortium_id)
    assert consortium is not None  # none is ever deleted
    until = waiting.expires_at.astimezone(ZoneInfo(consortium.timezone))
    match read:
        case Parts(headings):
            return PaperParts(waiting.id, waiting.name, headings)
        case Paper(title=title, drafts=drafts, text=text):
            foreseen = editions.foresee(session, waiting.consortium_id, title, drafts, text)
            if isinstance(foreseen, Unchanged):
                return foreseen
            return of_paper(waiting, consortium.name, foreseen, until, overtaken=overtaken)
    difference, outcome = foresee(session, Apply(read, prefer, dry_run=True))
    if not isinstance(outcome, Applied):
        _, otherwise = foresee(session, Apply(read, "file", dry_run=True))
        if prefer is None and isinstance(otherwise, Applied):
            return FileConflicting(waiting.id, waiting.name, outcome.conflicts, until)
        return FileUnfit(waiting.name, outcome.conflicts)
    if not (outcome.added or outcome.changed or outcome.retired):
        return FileSame(waiting.name, outcome.name)
    found = outcome.added, outcome.changed, outcome.retired, outcome.kept, outcome.applied, outcome.names
    alone = not stays_organiser(read, difference, account)
    return FileOffered(waiting.id, waiting.name, outcome.consortium, outcome.name, *found, alone, overtaken, until)


def of_paper(waiting: Waiting, name: str, one: Published, until: datetime, *, overtaken: bool) -> PaperOffered:
    counts = one.edition, one.clauses, one.added, one.changed, one.removed, one.moved, one.before
    first = one.changes[:CHANGES_SHOWN]
    more = len(one.changes) - len(first)
    return PaperOffered(waiting.id, waiting.name, name, one.document, *counts, first, more, overtaken, until)


def stays_organiser(read: Blueprint, difference: Difference, account: Account) -> bool:
    """Whether this account is still an organiser's, once the file is applied."""
    organisers = {person.key for person in read.person if Role.ORGANISER in person.roles}
    theirs = [word.value for word in difference.words if word.entry.table == "person" and word.entry.key in organisers]
    return account.platform == PLATFORM and {"telegram": int(account.address)} in theirs


def digested(shown: Presented) -> str:
    """Of what is shown, whichever way it came to be shown."""
    match shown:
        case FileOffered() as it:
            facts: tuple[object, ...] = (it.added, it.changed, it.retired, it.kept, it.loses_role)
        case PaperOffered() as it:
            facts = (it.document, it.edition, it.clauses, it.added, it.changed, it.removed, it.before, it.changes)
        case _:
            facts = ()
    return hashlib.sha256(repr(facts).encode()).hexdigest() if facts else ""
