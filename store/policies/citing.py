"""Citing: the words of a clause, found by where it stands in a paper that is in force."""

import re
from collections.abc import Sequence

from msgspec import Struct
from sqlmodel import Session

from store.policies import editions
from store.policies.clauses import ClauseDraft, flat

WITHIN = re.compile(r"[^。；;！？]*[。；;！？]?")


class Cited(Struct, frozen=True):
    """`text` is the paper's own wording; `edition` counts from 1."""

    document: str
    edition: int
    path: tuple[str, ...]
    text: str


class Papers:
    """The papers of a consortium that are in force, read once."""

    def __init__(self, session: Session, consortium: int) -> None:
        self.papers = [
            (one, list(flat(editions.clauses(session, one.id)))) for one in editions.in_force(session, consortium)
        ]

    def cite(self, document: str | None, path: Sequence[str], words: str | None) -> Cited | None:
        """The clause at that path, of the paper of that title or of the first that has one; of it the sentence with the
        words, where it has them. None where no paper in force has it."""
        for edition, clauses in self.papers:
            texts = [text_of(clause) for clause in clauses if clause.path == tuple(path)]
            if document in (None, edition.document) and any(texts):
                text = "\n".join(text for text in texts if text)
                return Cited(edition.document, edition.number, tuple(path), sentence(text, words) or text)
        return None


def text_of(clause: ClauseDraft) -> str:
    """Nothing of a heading that stands alone: it is in the path."""
    return "" if clause.text == clause.heading and clause.children else clause.words


def sentence(text: str, words: str | None) -> str | None:
    return next((one.strip() for one in WITHIN.findall(text) if words and words in one), None)
