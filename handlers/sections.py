"""Sections (逐节选择): the clause that answers a question of the queue is looked for heading by heading."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from handlers.queue import InQueue, QueuedGone, in_queue
from handlers.respond_for import OrganisersOnly
from store.accounts import Account
from store.database import Session
from store.policies import placing

if TYPE_CHECKING:  # loaded by the first question: see `search`
    from store.policies.ranking import Entry

MOST = 60  # a keyboard holds a hundred buttons


class ListSections(Struct, frozen=True):
    """`passage` 0: from the top; else what stands under its first `depth` headings, the title counted as one."""

    account: Account
    queued: int
    passage: int = 0
    depth: int = 0


class Section(Struct, frozen=True):
    """`depth` 0: one passage, which can be chosen; else there is more under the first `depth` headings."""

    passage: int
    name: str
    depth: int


class SectionsListed(Struct, frozen=True):
    """`path`: the title and the headings that all stand under; `more`: how many are not shown."""

    queued: int
    question: str
    path: tuple[str, ...]
    sections: tuple[Section, ...]
    more: int


def list_sections(
    session: Session, request: ListSections, _now: datetime
) -> SectionsListed | QueuedGone | OrganisersOnly:
    found = in_queue(session, request.account, request.queued)
    if not isinstance(found, InQueue):
        return found
    entries: Sequence[Entry] = found.papers.entries
    above: tuple[str, ...] = ()
    if request.passage:
        first = placing.by_number(found.searched, entries, request.passage)
        if first is None:
            return QueuedGone()
        above = headings(first)[: request.depth]
    apart = (entry for entry in entries if not entry.passage.together)
    under = [entry for entry in apart if headings(entry)[: len(above)] == above]
    while len(under) > 1 and len(below := {headings(entry)[: len(above) + 1] for entry in under}) == 1:
        if below == {above}:
            break
        (above,) = below  # no choice yet
    every = tuple(sections(found, under, len(above)))
    return SectionsListed(found.it.number, found.it.question, above, every[:MOST], max(len(every) - MOST, 0))


def sections(found: InQueue, under: Sequence["Entry"], depth: int) -> list[Section]:
    """In the document's order; what stands right under these headings is a passage of its own."""
    together: dict[tuple[str, ...], list[Entry]] = {}
    for at, entry in enumerate(under):
        own = headings(entry)
        key = own[: depth + 1] if len(own) > depth else (*own, str(at))
        together.setdefault(key, []).append(entry)
    told = []
    for key, entries in together.items():
        number = placing.number(found.searched, found.papers.entries, entries[0])
        alone = len(entries) == 1
        told.append(Section(number, placing.words(entries[0]) if alone else key[-1], 0 if alone else depth + 1))
    return told


def headings(entry: "Entry") -> tuple[str, ...]:
    return (entry.document, *entry.passage.path)
