"""Tables: each row as one line, every cell behind the words at the head of its column (假别：婚假；天数：13天)."""

import re
from collections.abc import Sequence

HEAD_LENGTH = 12  # characters of a cell at the head of a column


def rows(table: Sequence[Sequence[str]], *, headed: bool | None = None) -> list[str]:
    """`headed`: whether the first row heads the columns; None: to be seen by its words."""
    cells = [[" ".join(cell.split()) for cell in row] for row in table]
    filled = [row for row in cells if any(row)]
    if not filled:
        return []
    if headed is None:
        headed = heads(filled)
    if not headed or len(filled) < 2:
        return ["\t".join(row) for row in filled]
    first, *others = filled
    return [line(first, row) for row in others]


def heads(table: Sequence[Sequence[str]]) -> bool:
    """Three columns at least, each with a short name of its own; a list of two (电话, 号码) has often no head."""
    first = table[0]
    named = all(cell and len(cell) <= HEAD_LENGTH and not re.search(r"[\d_，。；,;]", cell) for cell in first)
    return len(first) > 2 and len(table) > 1 and named and len(set(first)) == len(first)


def line(heads: Sequence[str], row: Sequence[str]) -> str:
    """What is empty is left out; what stands over several columns is said once."""
    said = [
        f"{heads[place]}：{cell}" if place < len(heads) and heads[place] else cell
        for place, cell in enumerate(row)
        if cell
    ]
    return "；".join(said)
