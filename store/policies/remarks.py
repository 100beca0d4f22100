"""Remarks: what is said beside an answer, or instead of one. Values alone, which show without what finds them."""

from msgspec import Struct


class SetAsked(Struct, frozen=True):
    """`name` and `members` are the document's own words; `members` is () where the quotation has a line for each.

    `instead`: how the question calls it, where the document has no such count; else "".
    """

    name: str
    count: int
    members: tuple[str, ...]
    instead: str


class ArticlesHeld(Struct, frozen=True):
    """The first and the last that a paper has, as it spells them (第一条, 第八条)."""

    document: str
    first: str
    last: str


class ArticleUnheld(Struct, frozen=True):
    """`asked`: as in the question. `papers`: those that have articles."""

    asked: str
    papers: tuple[ArticlesHeld, ...]
