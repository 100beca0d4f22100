"""Surroundings: where a quoted clause stands in its edition, what stands around it, and the edition that it is of."""

import json
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from store.policies.clauses import ClauseDraft
from store.policies.editions import Clause, Document, Edition
from store.policies.history import Dated, dated
from store.policies.passages import LIMIT


class Standing(Struct, frozen=True):
    """A clause as its edition has it. `number`: of its row; `parent`: where in the edition the clause above stands,
    None: nowhere."""

    number: int
    parent: int | None
    label: str | None
    heading: str | None
    text: str
    path: tuple[str, ...]

    @property
    def words(self) -> str:
        """The line as it stands in the paper."""
        return (self.label or "") + self.text

    @property
    def heads(self) -> bool:
        """It is a heading and nothing else."""
        return self.heading is not None and self.heading == self.text


Lines = tuple[Standing, ...]  # a whole edition, in its order


class Traced(Struct, frozen=True):
    """The edition that a clause is of, and the consortium that it answers for."""

    consortium: int
    edition: Dated


def trace(session: Session, clause: int) -> Traced | None:
    """None: there never was such a clause. Editions are never deleted, so what was once quoted is found for good."""
    rows = (
        select(Document.consortium_id, Document.title, Edition)
        .join(Edition, col(Edition.document_id) == Document.id)
        .join(Clause, col(Clause.edition_id) == Edition.id)
        .where(Clause.id == clause)
    )
    found = session.exec(rows).first()
    return None if found is None else Traced(found[0], dated(found[1], found[2]))


def lines(session: Session, edition: int) -> Lines:
    words = col(Clause.label), col(Clause.heading), col(Clause.text), col(Clause.path)
    rows = columns(col(Clause.id), col(Clause.parent), *words).where(col(Clause.edition_id) == edition)
    found = session.connection().execute(rows.order_by(col(Clause.position)))
    return tuple(
        Standing(number or 0, None if parent is None else parent - 1, label, heading, text, tuple(json.loads(path)))
        for number, parent, label, heading, text, path in found
    )


def located(every: Lines, path: Sequence[str], text: str) -> int | None:
    """Where the clause stands that a text was quoted from: of those under its path the one with its first line, else
    the first; None: the edition has no such path."""
    first, path = text.split("\n", maxsplit=1)[0], tuple(path)
    under = [place for place, one in enumerate(every) if one.path == path]
    return next((place for place in under if first in every[place].words), under[0] if under else None)


def end(every: Lines, place: int) -> int:
    """Behind the last clause that stands under this one."""
    after = range(place + 1, len(every))
    return next((at for at in after if (parent := every[at].parent) is None or parent < place), len(every))


def whole(every: Lines, place: int) -> list[str]:
    """The clause itself, a line for each line of the paper: with all that stands under it, or, where that is more than
    a quotation holds, with what its parts are called."""
    inside = every[place : end(every, place)]
    words = [one.words for one in inside]
    if sum(map(len, words)) <= LIMIT or not any(one.heads for one in inside[1:]):
        return words
    return [every[place].words, *(one.words for one in inside[1:] if one.heads and one.parent == place)]


def section(every: Lines, place: int) -> range:
    """All that stands under the heading that the clause stands under; of a heading that `whole` shows in part, under
    itself."""
    above = every[place].parent
    if len(whole(every, place)) < end(every, place) - place:
        above = place
    return article(every, place) if above is None else range(above, end(every, above))


def article(every: Lines, place: int) -> range:
    """All that stands under the topmost heading; of what stands under none, the paragraphs beside it."""
    above = place
    while (parent := every[above].parent) is not None:
        above = parent
    if every[above].path:
        return range(above, end(every, above))
    first = last = above
    while first > 0 and not every[first - 1].path:
        first -= 1
    while last < len(every) and not every[last].path:
        last += 1
    return range(first, last)


def place_of(every: Lines, number: int) -> int:
    """Where the clause with this number stands."""
    return next(place for place, one in enumerate(every) if one.number == number)


def draft(every: Lines, place: int) -> ClauseDraft:
    """The clause with those under it, as it was read from the paper."""
    it = every[place]
    below = [at for at in range(place + 1, end(every, place)) if every[at].parent == place]
    return ClauseDraft(it.label, it.heading, it.text, it.path, tuple(draft(every, at) for at in below))
