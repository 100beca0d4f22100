"""Comparing: an edition laid beside the one before it, clause by clause."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from store.policies.clauses import ClauseDraft

MANY = 3_000  # clauses; above, words that come often no longer decide what stands beside what
PAIRS = 10_000  # of clauses that are compared word by word, in one place
LONGEST = 300  # characters of a clause that are compared
ALIKE = 0.5
SHOWN, LEAD = 60, 12  # characters of a clause that are shown, and of these before what differs


class ChangeKind(StrEnum):
    """`moved`: the same words at another place or under another number."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


class ClauseChange(Struct, frozen=True):
    """`was` and `now`: the clause in either edition, None where there is none."""

    kind: ChangeKind
    was: ClauseDraft | None
    now: ClauseDraft | None

    @property
    def words(self) -> tuple[str, str]:
        """What stood and what stands there ("": nothing), each cut to where it stands and where they part."""
        was, now = (clause.text if clause is not None else "" for clause in (self.was, self.now))
        parted = (at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other)
        same = next(parted, min(len(was), len(now)))
        return cut(self.was, same), cut(self.now, same)


def cut(clause: ClauseDraft | None, same: int) -> str:
    """`same`: how many characters of its text are told already."""
    if clause is None:
        return ""
    first, before, left = same - LEAD, "", clause.words.strip()
    if first > len(clause.heading or ""):
        before, left = (clause.path[-1] if clause.path else clause.label or "") + "…", clause.text[first:]
    return before + left[:SHOWN] + ("…" if len(left) > SHOWN else "")


def compare(old: Sequence[ClauseDraft], new: Sequence[ClauseDraft]) -> tuple[ClauseChange, ...]:
    """What is another, in the new edition's order; what is removed stands where it stood. All else is unchanged."""
    texts = [clause.text for clause in old], [clause.text for clause in new]
    blocks = SequenceMatcher(None, *texts, autojunk=len(new) > MANY).get_opcodes()
    waiting: dict[str, list[int]] = {}
    for kind, first, last, _, _ in blocks:
        for place in range(first, last) if kind != "equal" else ():
            waiting.setdefault(old[place].text, []).append(place)
    came_from = {
        place: waiting[new[place].text].pop(0)
        for kind, _, _, first, last in blocks
        for place in (range(first, last) if kind != "equal" else ())
        if waiting.get(new[place].text)
    }
    left = set(came_from.values())
    return tuple(
        change
        for block in blocks
        for change in (
            renumbered(old, new, block) if block[0] == "equal" else of_block(old, new, block, came_from, left)
        )
    )


Block = tuple[str, int, int, int, int]


def renumbered(old: Sequence[ClauseDraft], new: Sequence[ClauseDraft], block: Block) -> Iterator[ClauseChange]:
    for was, now in zip(old[block[1] : block[2]], new[block[3] : block[4]], strict=True):
        if was.label != now.label:
            yield ClauseChange(ChangeKind.MOVED, was, now)


def of_block(
    old: Sequence[ClauseDraft], new: Sequence[ClauseDraft], block: Block, came_from: dict[int, int], left: set[int]
) -> Iterator[ClauseChange]:
    olds = [place for place in range(block[1], block[2]) if place not in left]
    news = [place for place in range(block[3], block[4]) if place not in came_from]
    pairs = paired(old, new, olds, news)
    kept = set(pairs.values())
    for place in range(block[3], block[4]):
        if place in came_from:
            yield ClauseChange(ChangeKind.MOVED, old[came_from[place]], new[place])
        elif place in pairs:
            yield ClauseChange(ChangeKind.CHANGED, old[pairs[place]], new[place])
        else:
            yield ClauseChange(ChangeKind.ADDED, None, new[place])
    yield from (ClauseChange(ChangeKind.REMOVED, old[place], None) for place in olds if place not in kept)


def paired(
    old: Sequence[ClauseDraft], new: Sequence[ClauseDraft], olds: Sequence[int], news: Sequence[int]
) -> dict[int, int]:
    """Which clause stands in whose place: the one that is alike, else, where as many came as went, in their order."""
    if len(olds) == len(news) or len(olds) * len(news) > PAIRS:
        return dict(zip(news, olds, strict=False))
    pairs: dict[int, int] = {}
    rest = list(olds)
    for place in news:
        found = next((other for other in rest if alike(old[other], new[place])), None)
        if found is not None:
            pairs[place] = found
            rest = [other for other in rest if other > found]
    return pairs


def alike(was: ClauseDraft, now: ClauseDraft) -> bool:
    match = SequenceMatcher(None, was.text[:LONGEST], now.text[:LONGEST], autojunk=False)
    return match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE
