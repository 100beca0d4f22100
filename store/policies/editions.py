"""Editions (版本) of a consortium's policy papers: published whole, one in force, never changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy import Index as TableIndex
from sqlalchemy import insert, text, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from store.columns import unique
from store.engine import insert_new
from store.policies.clauses import ClauseDraft, flat


class Document(SQLModel, table=True):
    """A policy paper by its title; what it says stands in its editions."""

    __table_args__ = (unique("consortium_id", "title"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    title: str


class Edition(SQLModel, table=True):
    """`sha256`: of the decoded text, so that another encoding or line ending is no new edition."""

    __table_args__ = (
        unique("document_id", "number"),
        TableIndex(
            "ix_edition_in_force",
            "document_id",
            unique=True,
            sqlite_where=text("in_force"),
            postgresql_where=text("in_force"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    number: int
    sha256: str
    source_name: str
    imported_at: datetime
    in_force: bool


class Clause(SQLModel, table=True):
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


@dataclass(frozen=True, slots=True)
class Published:
    """`clauses` counts all of the edition; the others compare it with the one that was in force."""

    document: str
    edition: int
    clauses: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The edition in force has this very text."""

    document: str
    edition: int
    clauses: int


@dataclass(frozen=True, slots=True)
class InForce:
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
    return foreseen


def foresee(
    session: Session, consortium_id: int, title: str, drafts: Sequence[ClauseDraft], text: str
) -> Published | Unchanged:
    """What publishing this text comes to; nothing is written."""
    document, new = document_of(session, consortium_id, title), list(flat(drafts))
    last = session.exec(select(Edition).where(Edition.document_id == document, col(Edition.in_force))).first()
    if last is not None and last.sha256 == digested(text):
        return Unchanged(title, last.number, len(new))
    old = [] if last is None or last.id is None else list(flat(clauses(session, last.id)))
    highest = session.exec(select(func.max(Edition.number)).where(Edition.document_id == document)).one()
    return Published(title, (highest or 0) + 1, len(new), *compare(old, new))


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
    session.connection().execute(update(Edition).where(col(Edition.document_id) == document).values(in_force=False))
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
        }
        waiting += [(position, child) for child in reversed(draft.children)]


def compare(old: Iterable[ClauseDraft], new: Iterable[ClauseDraft]) -> tuple[int, int, int]:
    """(added, changed, removed), in the document's order: what stands in the place of another is changed."""
    before, after = ([(clause.label, clause.text) for clause in each] for each in (old, new))
    added = changed = removed = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            both = min(i2 - i1, j2 - j1)
            changed += both
            removed += i2 - i1 - both
            added += j2 - j1 - both
    return added, changed, removed


def in_force(session: Session, consortium_id: int) -> list[InForce]:
    """The editions that answer for a consortium, by title."""
    rows = (
        select(Document.title, Edition)
        .join(Document, col(Edition.document_id) == Document.id)
        .where(Document.consortium_id == consortium_id, col(Edition.in_force))
        .order_by(Document.title)
    )
    return [
        InForce(each.id or 0, title, each.number, each.sha256, each.source_name, each.imported_at)
        for title, each in session.exec(rows)
    ]


def clauses(session: Session, edition: int) -> tuple[ClauseDraft, ...]:
    """The clause tree of an edition, as it was published."""
    found = session.exec(select(Clause).where(Clause.edition_id == edition).order_by(col(Clause.position))).all()
    children: dict[int | None, list[ClauseDraft]] = {}
    for clause in reversed(found):  # what stands under a clause comes after it
        below = tuple(reversed(children.pop(clause.position, [])))
        draft = ClauseDraft(clause.label, clause.heading, clause.text, tuple(json.loads(clause.path)), below)
        children.setdefault(clause.parent, []).append(draft)
    return tuple(reversed(children.get(None, [])))
