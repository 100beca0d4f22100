"""Search: a question put to the papers in force for one consortium, answered with their own words or not at all."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from store.policies import editions
from store.policies.editions import InForce
from store.policies.passages import passages
from store.policies.quoting import quote

if TYPE_CHECKING:  # what reads a question and ranks passages, 20 modules and their patterns, is loaded by the first one
    from store.policies.deciding import Tier
    from store.policies.ranking import Entry, Index

# An index holds nothing but what the editions say, and editions never change: whoever has built one may keep it.
KEPT = 32  # indexes, of some two megabytes each; the consortium that was asked longest ago gives way
_built: WeakKeyDictionary[Engine | Connection, dict[int, "tuple[tuple[InForce, ...], Index]"]] = WeakKeyDictionary()


class Citation(Struct, frozen=True):
    """`text` is the document's own wording, each line of it; `path` the headings from the top; `score`, 0 to 1: how
    sure it is that this answers, as it was learned."""

    text: str
    document: str
    edition: int
    path: tuple[str, ...]
    score: float


class Found(Struct, frozen=True):
    """One citation for `answer`, up to three for `choices`, none for `none` (contract, "Policy answers").

    `blank`: what was asked for is left blank (`__`) in the document. `searched`: the editions that were asked.
    """

    tier: "Tier"
    citations: tuple[Citation, ...]
    blank: bool
    searched: tuple[InForce, ...]


def find(session: Session, consortium: int, text: str) -> Found:
    """What the consortium's own papers say to a question; never what another's say."""
    from store.policies.deciding import decide

    searched = tuple(editions.in_force(session, consortium))
    decision = decide(index(session, consortium, searched), text)
    citations = tuple(
        Citation(
            quote(hit.entry.passage, hit.sentence),
            hit.entry.document,
            hit.entry.edition,
            hit.entry.passage.path,
            round(hit.confidence, 4),
        )
        for hit in decision.hits
    )
    return Found(decision.tier, citations, decision.blank, searched)


def entries_in_force(session: Session, consortium: int) -> "tuple[Entry, ...]":
    """The passages of all papers in force."""
    return index(session, consortium, tuple(editions.in_force(session, consortium))).entries


def index(session: Session, consortium: int, searched: tuple[InForce, ...]) -> "Index":
    """Built when it is first asked for, and again after an import."""
    from store.policies.ranking import Entry, Index

    kept = _built.setdefault(session.get_bind(), {})
    built = kept.pop(consortium, None)
    if built is None or built[0] != searched:
        entries = [
            Entry(passage, edition.document, edition.number)
            for edition in searched
            for passage in passages(editions.clauses(session, edition.id))
        ]
        built = (searched, Index(tuple(entries)))
    kept[consortium] = built
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)
    return built[1]
