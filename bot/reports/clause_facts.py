"""Clause facts: a paper's clauses as `policy show` writes them, with what is known of each beside its words."""

from collections.abc import Iterator, Sequence

from store.policies.blanks import surroundings
from store.policies.clauses import ClauseDraft
from store.policies.margins import ClauseKind
from store.policies.numbers import numbers
from store.policies.sets import sets
from store.policies.slots import OpenSlot

PLAIN = (ClauseKind.TEXT, ClauseKind.PREAMBLE)  # a preamble has no path


def tree(clauses: Sequence[ClauseDraft], slots: Sequence[OpenSlot]) -> list[dict[str, object]]:
    """The contract's shape of a clause. `kind`, `sets`, `numbers` and `filled` only where there is something to say."""
    waiting = list(slots)  # in the document's order, as the clauses are
    return [of_clause(clause, waiting) for clause in clauses]


def of_clause(clause: ClauseDraft, slots: list[OpenSlot]) -> dict[str, object]:
    told: dict[str, object] = {"path": list(clause.path), "label": clause.label, "text": clause.text}
    told |= {"blank": clause.blank, "clauses": []}
    told |= known(clause, [one for one in take(clause, slots) if one.value is not None])
    return told | {"clauses": [of_clause(child, slots) for child in clause.children]}


def known(clause: ClauseDraft, filled: Sequence[OpenSlot]) -> dict[str, object]:
    every = {
        "kind": clause.kind.value if clause.kind not in PLAIN else None,
        "sets": [{"name": one.name, "count": one.count, "members": list(one.members)} for one in sets(clause)],
        "numbers": [
            {"fact": one.kind.value, "number": one.number, "unit": one.unit, "text": one.text}
            | ({"from": one.giver, "to": one.taker} if one.giver else {})
            for one in numbers(clause.text)
        ],
        "filled": [{"blank": one.around, "value": one.value} for one in filled],
    }
    return {name: value for name, value in every.items() if value}


def take(clause: ClauseDraft, slots: list[OpenSlot]) -> list[OpenSlot]:
    """The next ones are this clause's own."""
    number = sum(1 for _ in surroundings(clause.text))
    own, slots[:] = slots[:number], slots[number:]
    return own


def outline(clauses: Sequence[ClauseDraft], slots: Sequence[OpenSlot]) -> Iterator[str]:
    """A line each, set in by its depth; what is filled in stands on a line of its own below."""
    yield from lines(clauses, list(slots), 0)


def lines(clauses: Sequence[ClauseDraft], slots: list[OpenSlot], depth: int) -> Iterator[str]:
    for clause in clauses:
        yield "  " * depth + clause.words
        for one in take(clause, slots):
            if one.value is not None:
                yield "  " * depth + f"  [{one.around} = {one.value}]"
        yield from lines(clause.children, slots, depth + 1)
