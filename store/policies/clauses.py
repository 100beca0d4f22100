"""The clause tree: the lines of a Chinese paper, nested by their headings (一、 (一) 1、 (1) and unnumbered ones)."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from store.policies.headings import BLANK, MAIN, heading, heads_alone, labelled
from store.policies.margins import ClauseKind, Line, margins

MARKED = 100  # ranks of headings that the file marks lie so far below those of numbers
ALONE = (ClauseKind.REFERENCE, ClauseKind.SIGNATURE, ClauseKind.DATE)  # under no heading


class ClauseDraft(Struct, frozen=True):
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
    kind: ClauseKind = ClauseKind.TEXT

    @property
    def blank(self) -> bool:
        return BLANK in self.text

    @property
    def words(self) -> str:
        """Label and text: the line as it stands in the paper."""
        return (self.label or "") + self.text


def tree(lines: Sequence[Line]) -> tuple[ClauseDraft, ...]:
    """The clauses under the title: what stands before the first heading has the path ()."""
    reading, stack = Reading(lines), [Node(None, None, "", None)]
    for place in range(len(lines)):
        node = reading.node(place)
        if node.kind in ALONE or node.kind is ClauseKind.ANNEX:
            del stack[1:]
        elif node.heading is None and node.label is None:
            close(stack, node)
        else:
            del stack[parent(stack, node) + 1 :]
        stack[-1].children.append(node)
        if node.heading is not None or node.label is not None:
            stack.append(node)
    preamble(stack[0].children)
    return tuple(draft(child, ()) for child in stack[0].children)


def flat(drafts: Sequence[ClauseDraft]) -> Iterator[ClauseDraft]:
    """Every clause, in the document's order."""
    for clause in drafts:
        yield clause
        yield from flat(clause.children)


class Node(Struct):
    """A clause whose children are still being read. `rank`: of its kind of heading, None without a number."""

    label: str | None
    heading: str | None
    text: str
    rank: int | None
    kind: ClauseKind = ClauseKind.TEXT
    children: list["Node"] = field(default_factory=list)


class Reading:
    """What each line is, by itself and by its neighbours."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines, self.kinds = lines, margins(lines)
        self.marked = marked_ranks(lines)
        self.unmarked_heads = sum(line.level is not None for line in lines) < 2

    def node(self, place: int) -> Node:
        line, kind = self.lines[place], self.kinds.get(place, ClauseKind.TEXT)
        if kind in (ClauseKind.ANNEX, ClauseKind.CAPTION):
            return Node(None, line.text, line.text, None, kind)
        if kind is not ClauseKind.TEXT:
            return Node(None, None, line.text, None, kind)
        label, rest, marker = labelled(line.text)
        if line.level is not None:  # the format's levels nest above every number
            return Node(label, rest or None, rest, line.level - MARKED)
        if label is None:
            heads = self.unmarked_heads and place > 0 and place + 1 < len(self.lines) and heads_alone(line.text)
            return Node(None, line.text if heads else None, line.text, None)
        before = self.lines[place - 1].text if place else ""
        heads_line = heading(rest, marker, before, self.text_follows(place))
        return Node(label, heads_line, rest, self.rank(marker) if heads_line == rest else marker)

    def text_follows(self, place: int) -> bool:
        following = self.lines[place + 1] if place + 1 < len(self.lines) else None
        return following is not None and labelled(following.text)[0] is None and following.level is None

    def rank(self, marker: int) -> int:
        """Of a heading that the file does not mark, as that of the marked ones with such a number."""
        if marker in self.marked:
            return self.marked[marker]
        deeper = [rank for other, rank in self.marked.items() if other > marker]
        return min(deeper) - 1 if deeper else marker


def marked_ranks(lines: Sequence[Line]) -> Mapping[int, int]:
    """The highest rank of the marked headings of each marker."""
    found: dict[int, int] = {}
    for line in lines:
        marker = labelled(line.text)[2]
        if line.level is not None and marker >= 0:
            found[marker] = min(found.get(marker, line.level - MARKED), line.level - MARKED)
    return found


def close(stack: list[Node], node: Node) -> None:
    """A paragraph stands under what is open last, but for a table and a list (…；…。) that are over."""
    last = stack[-1]
    if last.kind is ClauseKind.CAPTION and last.children and node.kind is not ClauseKind.ROW:
        stack.pop()
    elif last.label is not None and last.heading is None and last.text.rstrip().endswith("。"):
        items = stack[-2].children
        if len(items) > 1 and items[-2].text.rstrip().endswith(("；", ";")) and items[-1] is last:
            stack.pop()


def parent(stack: Sequence[Node], node: Node) -> int:
    """Where on the stack of open clauses the node belongs under."""
    if node.kind is ClauseKind.CAPTION:
        headed = (depth for depth in range(len(stack) - 1, 0, -1) if stack[depth].heading == stack[depth].text)
        return next((depth for depth in headed if stack[depth].kind is not ClauseKind.CAPTION), 0)
    for depth in range(1, len(stack)):
        open_one = stack[depth]
        if open_one.kind is ClauseKind.CAPTION:
            return depth - 1
        if open_one.kind is ClauseKind.ANNEX:
            continue
        if open_one.rank is None:
            # A sister of the last unnumbered heading; a main number (一、) never stands under one either.
            if node.rank is None or node.rank <= MAIN:
                return depth - 1
        elif node.rank is not None and open_one.rank >= node.rank:
            return depth - 1
    # The first unnumbered heading belongs under the open main heading, any number under what is open last.
    return min(1, len(stack) - 1) if node.rank is None else len(stack) - 1


def preamble(nodes: Sequence[Node]) -> None:
    """What stands before the first heading, where there is one."""
    first = next((place for place, node in enumerate(nodes) if node.label or node.heading), 0)
    for node in nodes[:first]:
        if node.kind is ClauseKind.TEXT:
            node.kind = ClauseKind.PREAMBLE


def draft(node: Node, above: tuple[str, ...]) -> ClauseDraft:
    path = above if node.heading is None else (*above, (node.label or "") + node.heading)
    children = tuple(draft(child, path) for child in node.children)
    return ClauseDraft(node.label, node.heading, node.text, path, children, node.kind)
