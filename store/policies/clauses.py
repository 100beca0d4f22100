"""The clause tree: the lines of a Chinese paper, nested by their headings (一、 (一) 1、 (1) and unnumbered ones)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

BLANK = "__"
# In the order in which papers nest them; brackets and stops of either width.
MARKERS = (
    r"第[一二三四五六七八九十百零〇两\d]+编",
    r"第[一二三四五六七八九十百零〇两\d]+章",
    r"第[一二三四五六七八九十百零〇两\d]+节",
    r"第[一二三四五六七八九十百零〇两\d]+条",
    r"[一二三四五六七八九十百]+[、.．]",
    r"[(（][一二三四五六七八九十百]+[)）]",
    r"\d{1,3}(?:、|[.．](?!\d))",
    r"[(（]\d{1,3}[)）]",
    r"[①-⑳]",
)
MAIN = 4  # 一、 and what nests above it
LABEL = re.compile("|".join(f"({marker})" for marker in MARKERS))
DATE = re.compile(r"[(（]?[\d_]+年[\d_年月日上中下旬\s~～—–\-至到]*[)）]?")
HEADING_LENGTH = 20  # characters of a heading without a number; longer lines are text
TITLE_LENGTH = 60  # characters of a heading that has one: a stage carries its dates
RUN_IN = re.compile(r"([^，,；;：:。!！?？]{2,16})。(?=.)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper, never blank.

    `at` counts from 1 in its file; `level`: of a heading that the file itself marks (Word, `#`), 1 the highest.
    """

    text: str
    at: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """A clause (条款) before it is stored.

    `label` ("(二)") and `text` together are the document's own words, each in one clause only; a heading is a clause
    whose text is the heading. `heading` is set too where it only opens the text ("优化整合。通过…").
    `path`: the headings from the top, this clause's own included.
    """

    label: str | None
    heading: str | None
    text: str
    path: tuple[str, ...]
    children: tuple["ClauseDraft", ...] = ()

    @property
    def blank(self) -> bool:
        return BLANK in self.text


def tree(lines: Sequence[Line]) -> tuple[ClauseDraft, ...]:
    """The clauses under the title: what stands before the first heading has the path ()."""
    root = Node(None, None, "", None)
    stack = [root]
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        node = read(line, following, first=position == 0)
        if node.heading is None and node.label is None:
            stack[-1].children.append(node)
            continue
        del stack[parent(stack, node) + 1 :]
        stack[-1].children.append(node)
        stack.append(node)
    return tuple(draft(child, ()) for child in root.children)


def flat(drafts: Sequence[ClauseDraft]) -> Iterator[ClauseDraft]:
    """Every clause, in the document's order."""
    for clause in drafts:
        yield clause
        yield from flat(clause.children)


@dataclass(slots=True)
class Node:
    """A clause whose children are still being read. `rank`: of its kind of heading, None without a number."""

    label: str | None
    heading: str | None
    text: str
    rank: int | None
    children: list["Node"] = field(default_factory=list)


def read(line: Line, following: Line | None, *, first: bool) -> Node:
    if line.level is not None:
        return marked(line)
    found = LABEL.match(line.text)
    if found is None:
        heads = not first and following is not None and heads_alone(line.text)
        return Node(None, line.text if heads else None, line.text, None)
    label, rest = found[0], line.text[found.end() :]
    rank = len(MARKERS) - 1 if found.lastindex is None else found.lastindex - 1
    return Node(label, heading(rest, following), rest, rank)


def marked(line: Line) -> Node:
    """A line that its format calls a heading; the format's levels nest above every number."""
    found = LABEL.match(line.text)
    label = found[0] if found else None
    rest = line.text[found.end() :] if found else line.text
    return Node(label, rest or None, rest, (line.level or 1) - 100)


def heads_alone(text: str) -> bool:
    """指导思想: short, no sentence, no date, nothing left blank."""
    short = len(text) <= HEADING_LENGTH and BLANK not in text
    return short and not re.search(r"[，。；：！？,;:!?、]", text) and DATE.fullmatch(text) is None


def heading(rest: str, following: Line | None) -> str | None:
    """What heads a numbered line: all of it, its opening words (优化整合。通过…), or nothing."""
    bare = re.sub(r"[(（][^)）]*[)）]", "", rest).strip()
    if bare and len(rest) <= TITLE_LENGTH and not re.search(r"[，；：！？,;:!?。]", bare.rstrip("。")):
        followed = following is not None and LABEL.match(following.text) is None and following.level is None
        if followed or not bare.endswith("。"):
            return rest
    found = RUN_IN.match(rest)
    return found[1] if found else None


def parent(stack: Sequence[Node], node: Node) -> int:
    """Where on the stack of open clauses the node belongs under."""
    for depth in range(1, len(stack)):
        rank = stack[depth].rank
        if rank is None:
            # A sister of the last unnumbered heading; a main number (一、) never stands under one either.
            if node.rank is None or 0 <= node.rank <= MAIN:
                return depth - 1
        elif node.rank is not None and rank >= node.rank:
            return depth - 1
    # The first unnumbered heading belongs under the open main heading, any number under what is open last.
    return min(1, len(stack) - 1) if node.rank is None else len(stack) - 1


def draft(node: Node, above: tuple[str, ...]) -> ClauseDraft:
    path = above if node.heading is None else (*above, (node.label or "") + node.heading)
    children = tuple(draft(child, path) for child in node.children)
    return ClauseDraft(node.label, node.heading, node.text, path, children)
