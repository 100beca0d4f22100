"""Editions (版本) of a consortium's policy papers: published whole, one in force, never changed."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, insert, text, update
from sqlalchemy import select as columns
from sqlmodel import Field, Session, col, func, select

from store.columns import Table, of_some_rows, one_of, unique
from store.engine import insert_new
from store.policies.clauses import ClauseDraft, flat
from store.policies.comparing import ChangeKind, ClauseChange, compare
from store.policies.margins import ClauseKind


class Document(Table, table=True):
    """A policy paper by its title; what it says stands in its editions."""

    __table_args__ = (unique("consortium_id", "title"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    title: str


class Edition(Table, table=True):
    """`sha256`: of the decoded text, so that another encoding or line ending is no new edition.

    In force from `imported_at` until `ended_at`: the next one came, or the document was withdrawn.
    """

    __table_args__ = (
        unique("document_id", "number"),
        of_some_rows("ix_edition_in_force", "document_id", only=text("in_force"), unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    number: int
    sha256: str
    source_name: str
    imported_at: datetime
    in_force: bool
    ended_at: datetime | None = None


class Clause(Table, table=True):
    """A clause (条款). `parent`: the position of the clause above; `path`: its headings, a JSON list."""

    __table_args__ = (unique("edition_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    edition_id: int = Field(foreign_key="edition.id")
    position: int
    parent: int | None = None
    label: str | None = None
    heading: str | None = None
    text: str
    path: str
    kind: ClauseKind = Field(default=ClauseKind.TEXT, sa_type=one_of(ClauseKind))


class Published(Struct, frozen=True):
    """`clauses` counts all of the edition; the others compare it with the one that was in force, `before` (0: none
    was); `changes` says in what it is another. `number`: the document's, 0 where it is only foreseen."""

    document: str
    edition: int
    clauses: int
    added: int
    changed: int
    removed: int
    moved: int = 0
    before: int = 0
    changes: tuple[ClauseChange, ...] = ()
    number: int = 0

    @property
    def unchanged(self) -> int:
        return self.clauses - self.added - self.changed - self.moved


class Unchanged(Struct, frozen=True):
    """The edition in force has this very text."""

    document: str
    edition: int
    clauses: int


class InForce(Struct, frozen=True):
    """An edition that answers. `id` is its row's: what it holds never changes. `sha256`: of its text."""

    id: int
    document: str
    number: int
    sha256: str
    source_name: str
    imported_at: datetime


def publish(
    session: Session,
    consortium_id: int,
    title: str,
    source_name: str,
    drafts: Sequence[ClauseDraft],
    text: str,
    now: datetime,
) -> Published | Unchanged:
    """Make this text the edition of `title` that is in force."""
    insert_new(session, Document, [{"consortium_id": consortium_id, "title": title}], "consortium_id", "title")
    foreseen = foresee(session, consortium_id, title, drafts, text)
    if isinstance(foreseen, Unchanged):
        return foreseen
    document = document_of(session, consortium_id, title) or 0
    edition = bring_into_force(session, document, foreseen.edition, digested(text), source_name, now)
    if drafts:
        session.connection().execute(insert(Clause), list(rows(edition.id or 0, drafts)))
    return replace(foreseen, number=document)


def foresee(
    session: Session, consortium_id: int, title: str, drafts: Sequence[ClauseDraft], text: str
) -> Published | Unchanged:
    """What publishing this text comes to; nothing is written."""
    document, new = document_of(session, consortium_id, title), list(flat(drafts))
    last = session.exec(select(Edition).where(Edition.document_id == document, col(Edition.in_force))).first()
    if last is not None and last.sha256 == digested(text):
        return Unchanged(title, last.number, len(new))
    highest = session.exec(select(func.max(Edition.number)).where(Edition.document_id == document)).one() or 0
    if last is None or last.id is None:
        return Published(title, highest + 1, len(new), len(new), 0, 0)
    changes = compare(list(flat(clauses(session, last.id))), new)
    kinds = [change.kind for change in changes]
    added, changed, moved, removed = (kinds.count(kind) for kind in ChangeKind)
    return Published(title, highest + 1, len(new), added, changed, removed, moved, last.number, changes)


def document_of(session: Session, consortium_id: int, title: str) -> int | None:
    return session.exec(
        select(Document.id).where(Document.consortium_id == consortium_id, Document.title == title)
    ).first()


def digested(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def bring_into_force(
    session: Session, document: int, number: int, digest: str, source_name: str, now: datetime
) -> Edition:
    """A new edition, the only one of its document in force."""
    end(session, document, now)
    edition = Edition(
        document_id=document,
        number=number,
        sha256=digest,
        source_name=source_name,
        imported_at=now,
        in_force=True,
    )
    session.add(edition)
    session.flush()
    return edition


def end(session: Session, document: int, now: datetime) -> int:
    """No edition of the document is in force any more; how many were."""
    ending = update(Edition).where(col(Edition.document_id) == document, col(Edition.in_force))
    return session.connection().execute(ending.values(in_force=False, ended_at=now)).rowcount


def rows(edition: int, drafts: Sequence[ClauseDraft]) -> Iterator[dict[str, object]]:
    """The tree laid flat, a clause after the one it stands under."""
    waiting: list[tuple[int | None, ClauseDraft]] = [(None, draft) for draft in reversed(drafts)]
    position = 0
    while waiting:
        parent, draft = waiting.pop()
        position += 1
        yield {
            "edition_id": edition,
            "position": position,
            "parent": parent,
            "label": draft.label,
            "heading": draft.heading,
            "text": draft.text,
            "path": json.dumps(draft.path, ensure_ascii=False),
            "kind": draft.kind,
        }
        waiting += [(position, child) for child in reversed(draft.children)]


def in_force(session: Session, consortium_id: int) -> list[InForce]:
    """The editions that answer for a consortium, by title."""
    found = session.exec(answering(), params={"consortium": consortium_id})
    return [InForce(number, *row) for number, *row in found]


@cache  # asked with each question: building a statement takes longer than executing it
def answering() -> Any:
    told = (Edition.id, Document.title, Edition.number, Edition.sha256, Edition.source_name, Edition.imported_at)
    joined = columns(*map(col, told)).join(Document, col(Edition.document_id) == Document.id)
    theirs = joined.where(col(Document.consortium_id) == bindparam("consortium"), col(Edition.in_force))
    return theirs.order_by(col(Document.title))


def clauses(session: Session, edition: int) -> tuple[ClauseDraft, ...]:
    """The clause tree of an edition, as it was published."""
    found = session.exec(select(Clause).where(Clause.edition_id == edition).order_by(col(Clause.position))).all()
    children: dict[int | None, list[ClauseDraft]] = {}
    for clause in reversed(found):  # what stands under a clause comes after it
        below = tuple(reversed(children.pop(clause.position, [])))
        path, kind = tuple(json.loads(clause.path)), ClauseKind(clause.kind)
        draft = ClauseDraft(clause.label, clause.heading, clause.text, path, below, kind)
        children.setdefault(clause.parent, []).append(draft)
    return tuple(reversed(children.get(None, [])))
