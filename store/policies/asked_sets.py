"""Asked sets: a set of the quoted clause (六统一) that a question names, or names with another count (五统一)."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from store.policies.clauses import ClauseDraft, flat
from store.policies.folding import fold
from store.policies.headings import LABEL
from store.policies.ranking import Index
from store.policies.remarks import SetAsked
from store.policies.sets import COUNT, ONE_THING, NamedSet, sets

THING = re.compile(rf"(?<=[一二两三四五六七八九十\d])(?=([^\s\d](?:(?!{COUNT})\S)?))")  # 统一 of 五统一, 季 of 五季十节
NAMED_BY_COUNT = re.compile(COUNT)
COMMON = 300  # passages: what stands in more of them is no set's name, and to look at each takes a tenth of a second
MISCOUNTED = 2  # sets that are said instead
MEASURED = re.compile(rf"{COUNT}[个项条种类样位所名等校]")  # 2个(协作办、督评室): no name
COUNTED = re.compile(rf"{ONE_THING.pattern}|(?P<count>{COUNT})|.")


def asked_sets(question: str, clauses: Iterable[ClauseDraft], quotation: str) -> tuple[SetAsked, ...]:
    """Each once; the one that is called by its name before those that are not."""
    folded = fold(question)
    every = (one for clause in flat(tuple(clauses)) for one in sets(clause))
    found = {one.name: one for one in every if not MEASURED.fullmatch(one.name)}
    called = [(one, name) for one in found.values() if (name := named_in(folded, one)) is not None]
    right = {one.name for one, name in called if name == fold(one.name)}
    return tuple(shown(called, right, quotation))


def miscounted(question: str, papers: Index) -> tuple[SetAsked, ...]:
    """Of a question that nothing answers: the sets that it calls by another count (五统一) than the document does; none
    where it names one rightly, for then something else of it is not decided."""
    folded = fold(question)
    things = {found[1] for found in THING.finditer(folded)}
    likely = {at for thing in things for at in papers.places.get(thing, ())}
    if len(likely) > COMMON:
        return ()
    every = (unlabelled(one) for at in sorted(likely) for one in papers.entries[at].sets)
    found = {one.name: one for one in every if NAMED_BY_COUNT.match(one.name) and not MEASURED.fullmatch(one.name)}
    called = [(one, name) for one in found.values() if (name := named_in(folded, one)) is not None]
    if any(name == fold(one.name) for one, name in called):
        return ()
    return tuple(shown(called[:MISCOUNTED], set(), ""))


def unlabelled(one: NamedSet) -> NamedSet:
    """三个一体, where it is a heading: 1.三个一体."""
    label = LABEL.match(one.name)
    return replace(one, name=one.name[label.end() :]) if label is not None else one


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
