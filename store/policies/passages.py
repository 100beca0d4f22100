"""Passages: what may be quoted (a paragraph, a stage with its dates, a set of headings), and the sentences in it."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from store.policies.clauses import ClauseDraft, flat
from store.policies.folding import fold
from store.policies.headings import DATE
from store.policies.margins import ClauseKind

LIMIT = 600  # characters of a quoted text (contract, "Policy answers")
INTRODUCTION = 80  # characters of a paragraph that is quoted with the headings that it introduces
SECTION = 560  # characters of all that stands under a heading, up to which it may be quoted together
SENTENCE = re.compile(r"[^。；;！!？?]+[。；;！!？?]*[”’」』)）]*|.+")
CELL = re.compile(r"[^；]+：[^；]+")  # with the head of its column (`tables.py`)
DATED = re.compile(r"[\d_]+年[\d_]*月")


class Sentence(Struct, frozen=True):
    """`text` is the document's own; `folded` is what questions are compared with."""

    text: str
    folded: str


class Passage(Struct, frozen=True):
    """What is quoted: the lines of `head`, the paragraphs of `body` (the most fitting sentences where it is too long),
    and the lines of `members`, the headings of a set.

    `headings`, folded: what it stands under. `dates`: a stage's, verbatim. `together`: it holds other passages, all
    that stands under a heading.
    """

    head: tuple[str, ...]
    body: tuple[tuple[Sentence, ...], ...]
    path: tuple[str, ...]
    headings: str
    dates: str = ""
    members: tuple[str, ...] = ()
    together: bool = False

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for part in self.body for sentence in part)


def passages(clauses: Sequence[ClauseDraft], above: ClauseDraft | None = None) -> Iterator[Passage]:
    """Every passage under a heading (None: of an edition), in the document's order, a set before its members."""
    headed = [clause for clause in clauses if clause.label is not None and clause.heading is not None]
    if len(headed) > 1 and above is not None:
        yield headings(clauses, headed, above)
    for clause in clauses:
        dates = stage_dates(clause)
        if dates is not None:
            yield stage(clause, dates)
            yield from passages([child for child in clause.children if not bare(child)], clause)
        elif heads_only(clause) and clause.children:
            yield from section(clause)
            yield from alike(clause)
            yield from passages(clause.children, clause)
        elif enumerated(clause):
            yield Passage((), tuple(map(sentences, lines(clause))), clause.path, folded(clause.path))
        else:
            yield paragraph(clause)
            yield from passages([child for child in clause.children if not bare(child)], clause)


def section(clause: ClauseDraft) -> Iterator[Passage]:
    """The heading with all that stands under it, where that is more than one clause and not long."""
    texts = lines(clause)
    if len(clause.children) > 1 and sum(map(len, texts)) <= SECTION and not any(map(stage_dates, clause.children)):
        body = tuple(map(sentences, texts[1:]))
        yield Passage((texts[0],), body, clause.path, folded(clause.path[:-1]), together=True)


def alike(clause: ClauseDraft) -> Iterator[Passage]:
    """The rows of a table that have a cell in common (批准人：本校校长), as far as they may be quoted together."""
    rows = [child.text for child in clause.children if child.kind is ClauseKind.ROW]
    common: dict[str, list[str]] = {}
    for row in rows:
        for cell in dict.fromkeys(map(core, CELL.findall(row))):
            common.setdefault(cell, []).append(row)
    for said in {tuple(said): None for said in common.values() if 1 < len(said) < len(rows)}:
        if sum(len(row) + 1 for row in (clause.words, *said)) <= LIMIT:
            body = tuple((Sentence(row, fold(row)),) for row in said)
            yield Passage((clause.words,), body, clause.path, folded(clause.path[:-1]), together=True)


def core(cell: str) -> str:
    """病假（三天以内） and 病假（三天以上） are of one kind; so are 校长 and 校长，并报办公室备案."""
    return re.split(r"[（(，,]", cell)[0]


def enumerated(clause: ClauseDraft) -> bool:
    """An introduction with its items (下列四项：(一)… (二)…), which say little one by one; short enough to quote."""
    items = [child for child in clause.children if child.label is not None]
    return len(items) > 1 and sum(len(line) + 1 for line in lines(clause)) <= LIMIT


def lines(clause: ClauseDraft) -> list[str]:
    """The clause and all that stands under it, a line for each."""
    return [each.words for each in flat([clause])]


def headings(clauses: Sequence[ClauseDraft], headed: Sequence[ClauseDraft], above: ClauseDraft) -> Passage:
    """A set: the heading above, the last short paragraph that introduces its members, their headings."""
    before = clauses[: clauses.index(headed[0])]
    introduction = [clause.text for clause in before[-1:] if len(clause.text) <= INTRODUCTION]
    top = (above.label or "") + (above.heading or "")
    members = tuple((clause.label or "") + (clause.heading or "") for clause in headed)
    return Passage((top, *introduction), (), above.path, folded(above.path), members=members)


def stage_dates(clause: ClauseDraft) -> str | None:
    """The dates of a stage (阶段): in brackets in its heading, or on the line under it."""
    if heads_only(clause) and clause.heading is not None:
        if DATED.search(clause.heading):
            return clause.heading
        first = clause.children[0] if clause.children else None
        if first is not None and bare(first) and DATE.fullmatch(first.text):
            return first.text
    return None


def stage(clause: ClauseDraft, dates: str) -> Passage:
    heading = (clause.label or "") + clause.text
    texts = [child.text for child in clause.children if bare(child)]
    head = (heading, *[text for text in texts if text == dates])
    body = tuple(sentences(text) for text in texts if text != dates)
    return Passage(head, body, clause.path, folded(clause.path), dates=dates)


def paragraph(clause: ClauseDraft) -> Passage:
    """With the paragraphs that go on under its number, where it has one. A row of a table is one sentence."""
    if clause.kind is ClauseKind.ROW:
        return Passage((), ((Sentence(clause.text, fold(clause.text)),),), clause.path, folded(clause.path))
    texts = ((clause.label or "") + clause.text, *(child.text for child in clause.children if bare(child)))
    return Passage((), tuple(map(sentences, texts)), clause.path, folded(clause.path))


def heads_only(clause: ClauseDraft) -> bool:
    """A heading and no more; a whole sentence that was taken for one is a paragraph with those after it."""
    return clause.heading is not None and clause.heading == clause.text and not clause.text.endswith("。")


def bare(clause: ClauseDraft) -> bool:
    return clause.label is None and clause.heading is None


def sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(part, fold(part)) for part in SENTENCE.findall(text))


def folded(path: Sequence[str]) -> str:
    return " ".join(fold(heading) for heading in path)
