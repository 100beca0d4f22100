"""Open a clause: a card of a quoted clause, more of its section (看本节), or its whole article (看整条), in the edition
that was quoted, for as long as the message lives: editions are never deleted, and the button says which clause."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from handlers.ask import Overtaken, Quoted, beside, day, zone_of
from handlers.participants import NotLinked
from handlers.start import Unlinked
from handlers.text_units import units
from store import chats, persons
from store.accounts import Account
from store.chats import Place
from store.database import Session
from store.policies import history, surroundings
from store.policies.slots import Filled
from store.policies.surroundings import Lines, Traced

MOST_PAGES = 99  # what a button can name
PAGE = 3000  # UTF-16 units, the widest count of a text; beside it there is room for title, path and blanks


class View(StrEnum):
    CLAUSE = "clause"
    SECTION = "clause_section"
    ARTICLE = "clause_article"


class OpenClause(Struct, frozen=True):
    """`place`: the group in which a card was pressed, None in private. `page` from 1."""

    account: Account
    place: Place | None
    clause: int
    view: View = View.CLAUSE
    page: int = 1


class ClauseShown(Struct, frozen=True):
    """`citation`: a page of what was opened, each line of it the document's own. `current`: the number of the clause in
    the edition in force; 0: it is of that one, or there is no such clause any more. `cut`: it goes on after
    the last page, and is read on paper."""

    view: View
    citation: Quoted
    page: int
    pages: int
    filled: tuple[Filled, ...]
    overtaken: Overtaken | None
    current: int
    cut: bool = False


class ClauseInPrivate(Struct, frozen=True):
    """Long reading is no matter for a group: `payload` leads there in private."""

    payload: str


class ClauseGone(Struct, frozen=True):
    """Never there, or another consortium's: a press may be forged."""


OpenOutcome = ClauseShown | ClauseInPrivate | ClauseGone | NotLinked | Unlinked


def open_clause(session: Session, request: OpenClause, _now: datetime) -> OpenOutcome:
    """In a bound group whoever presses, in private whoever is linked in that consortium."""
    found = surroundings.trace(session, request.clause)
    mine = {one.consortium_id for one in persons.all_of_account(session, request.account)}
    if request.place is None and not mine:
        return Unlinked()
    seen = mine if request.place is None else {chats.consortium_at(session, request.place)}
    if found is None or found.consortium not in seen:
        return ClauseGone()
    if request.place is not None and request.view is not View.CLAUSE:
        linked = found.consortium in mine
        return ClauseInPrivate(f"{request.view}_{request.clause}") if linked else NotLinked(found.edition.title)
    return shown(session, found, request)


def shown(session: Session, found: Traced, request: OpenClause) -> ClauseShown:
    it, every = found.edition, surroundings.lines(session, found.edition.id)
    place = surroundings.place_of(every, request.clause)
    section, article = surroundings.section(every, place), surroundings.article(every, place)
    taken = {View.SECTION: section, View.ARTICLE: article}.get(request.view)
    words = surroundings.whole(every, place) if taken is None else [every[at].words for at in taken]
    path = every[place if taken is None else taken.start].path
    pages = list(islice(paged(words), MOST_PAGES + 1))
    cut, pages = len(pages) > MOST_PAGES, pages[:MOST_PAGES]
    page = min(max(request.page, 1), len(pages))
    since = day(it.since, zone_of(session, found.consortium))
    kept = Quoted(pages[page - 1], it.title, it.number, path, 1.0, since, it.id, request.clause, section != article)
    now = overtaken(session, found)
    current = in_force(session, found, every, place) if now is not None else 0
    filled = beside(session, found.consortium, [kept])
    return ClauseShown(request.view, kept, page, len(pages), filled, now, current, cut)


def overtaken(session: Session, found: Traced) -> Overtaken | None:
    """None where the edition that was quoted is in force."""
    it = found.edition
    if it.until is None:
        return None
    now = history.in_force(session, found.consortium, it.document)
    return Overtaken(it.title, it.number, now.number if now is not None else None)


def in_force(session: Session, found: Traced, every: Lines, place: int) -> int:
    """The same words, or else the same headings, in the edition in force."""
    now = history.in_force(session, found.consortium, found.edition.document)
    lines = surroundings.lines(session, now.id) if now is not None else ()
    at = surroundings.located(lines, every[place].path, every[place].words)
    return lines[at].number if at is not None else 0


def carded(session: Session, quoted: Sequence[Quoted]) -> tuple[tuple[Quoted, ...], dict[int, Lines]]:
    """With the clause that each is of; and the editions by the number of their row, as they were read for it."""
    read = {number: surroundings.lines(session, number) for number in {one.number for one in quoted}}
    return tuple(placed(one, read[one.number]) for one in quoted), read


def placed(one: Quoted, every: Lines) -> Quoted:
    at = surroundings.located(every, one.path, one.text)
    if at is None:
        return one
    section = surroundings.section(every, at) != surroundings.article(every, at)
    return replace(one, clause=every[at].number, section=section)


def paged(lines: Iterable[str]) -> Iterator[str]:
    """Whole lines, as many as a page holds; a line longer than a page goes on on the next one. At least one page."""
    kept: list[str] = []
    room = PAGE
    for line in chain.from_iterable(map(pieces, lines)):
        if kept and units(line) >= room:
            yield "\n".join(kept)
            kept, room = [], PAGE
        kept.append(line)
        room -= units(line) + 1
    yield "\n".join(kept)


def pieces(line: str) -> Iterator[str]:
    """At most a page each, even where each character takes two units."""
    while units(line) >= PAGE:
        yield line[: PAGE // 2 - 1]
        line = line[PAGE // 2 - 1 :]
    yield line
