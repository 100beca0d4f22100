"""Asked sets: a set of the quoted clause (六统一) that a question names, or names with another count (五统一)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.policies.clauses import ClauseDraft, flat
from store.policies.folding import fold
from store.policies.sets import COUNT, ONE_THING, NamedSet, sets

MEASURED = re.compile(rf"{COUNT}[个项条种类样位所名等校]")  # 2个(协作办、督评室): no name
COUNTED = re.compile(rf"{ONE_THING.pattern}|(?P<count>{COUNT})|.")


@dataclass(frozen=True, slots=True)
class SetAsked:
    """`name` and `members` are the document's own words; `members` is () where the quotation has a line for each.

    `instead`: how the question calls it, where the document has no such count; else "".
    """

    name: str
    count: int
    members: tuple[str, ...]
    instead: str


def asked_sets(question: str, clauses: Iterable[ClauseDraft], quotation: str) -> tuple[SetAsked, ...]:
    """Each once; the one that is called by its name before those that are not."""
    folded = fold(question)
    every = (one for clause in flat(tuple(clauses)) for one in sets(clause))
    found = {one.name: one for one in every if not MEASURED.fullmatch(one.name)}
    called = [(one, name) for one in found.values() if (name := named_in(folded, one)) is not None]
    right = {one.name for one, name in called if name == fold(one.name)}
    return tuple(shown(called, right, quotation))


def named_in(folded: str, one: NamedSet) -> str | None:
    """The name in a folded question, whatever number it says."""
    words = (COUNT if each["count"] else re.escape(each[0]) for each in COUNTED.finditer(fold(one.name)))
    name = re.search("".join(words), folded)
    return name[0] if name is not None else None


def shown(called: Sequence[tuple[NamedSet, str]], right: set[str], quotation: str) -> Iterator[SetAsked]:
    lines = quotation.split("\n")
    for one, name in called:
        if one.name in right or not right:
            listed = all(any(member in line for line in lines[1:]) for member in one.members)
            yield SetAsked(one.name, one.count, () if listed else one.members, "" if one.name in right else name)
