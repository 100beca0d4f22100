"""Slots: what an organiser has filled in where a paper leaves a blank. Shown beside the quotation, never inside it."""

import json
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import update
from sqlmodel import Field, Session, col, select

from store.columns import Table, unique
from store.engine import insert_new
from store.persons import Person
from store.policies.blanks import blanks, unnumbered
from store.policies.clauses import ClauseDraft
from store.policies.editions import Document
from store.policies.headings import BLANK

LONGEST = 200  # characters of a value, and of its source


class Slot(Table, table=True):
    """A blank of a document, kept over its editions. `key`: see `Blank`; `path`: a JSON list.

    `value` None: open. `source`: what the value rests on, "" where nobody has said.
    """

    __table_args__ = (unique("document_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    key: str
    path: str
    around: str
    value: str | None = None
    source: str = ""
    filled_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    filled_at: datetime | None = None


class Filled(Struct, frozen=True):
    """A blank and what stands for it, by whom, since when, and on what it rests ("": nobody has said)."""

    document: str
    around: str
    value: str
    source: str
    by: str
    at: datetime


class OpenSlot(Struct, frozen=True):
    """A blank of an edition. `value` None: open."""

    slot: int
    document: int
    title: str
    path: tuple[str, ...]
    around: str
    value: str | None


def register(session: Session, document: int, drafts: Sequence[ClauseDraft]) -> None:
    """A row for each blank that has none."""
    rows = [
        {
            "document_id": document,
            "key": blank.key,
            "path": json.dumps(blank.path, ensure_ascii=False),
            "around": blank.around,
            "source": "",
        }
        for blank in blanks(drafts)
    ]
    if rows:
        insert_new(session, Slot, rows, "document_id", "key")


def of_edition(session: Session, document: int, title: str, drafts: Sequence[ClauseDraft]) -> list[OpenSlot]:
    """The blanks of an edition, in its order, each with a row of its own."""
    register(session, document, drafts)
    return known(session, document, title, drafts)


def known(session: Session, document: int, title: str, drafts: Sequence[ClauseDraft]) -> list[OpenSlot]:
    """As `of_edition`, and nothing is written: `slot` is 0 where there is no row yet."""
    rows = {row.key: row for row in session.exec(select(Slot).where(Slot.document_id == document))}
    found = ((blank, rows.get(blank.key)) for blank in blanks(drafts))
    return [
        OpenSlot(row.id or 0 if row else 0, document, title, blank.path, blank.around, row.value if row else None)
        for blank, row in found
    ]


def get(session: Session, slot: int, consortium: int) -> OpenSlot | None:
    """None where there is none, or it is another consortium's."""
    found = session.exec(
        select(Slot, Document.title)
        .join(Document, col(Slot.document_id) == Document.id)
        .where(Slot.id == slot, Document.consortium_id == consortium)
    ).first()
    if found is None:
        return None
    row, title = found
    return OpenSlot(slot, row.document_id, title, tuple(json.loads(row.path)), row.around, row.value)


def fill(session: Session, slot: int, value: str | None, source: str, by: int, at: datetime) -> None:
    """None: it is open again."""
    values = {"value": value, "source": source if value else "", "filled_by": by, "filled_at": at}
    session.connection().execute(update(Slot).where(col(Slot.id) == slot).values(**values))


def filled_by(session: Session, person: int) -> list[dict[str, object]]:
    """What a person has filled in, or emptied, last."""
    rows = select(Slot, Document.title).join(Document, col(Slot.document_id) == Document.id)
    found = session.exec(rows.where(Slot.filled_by == person).order_by(col(Slot.id))).all()
    kept = {"around", "value", "source", "filled_at"}
    return [{"document": title} | row.model_dump(mode="json", include=kept) for row, title in found]


def filled(session: Session, consortium: int) -> list[tuple[tuple[str, ...], Filled]]:
    """All that is filled in, with the headings that each stands under."""
    rows = (
        select(Slot, Document.title, Person.name)
        .join(Document, col(Slot.document_id) == Document.id)
        .join(Person, col(Slot.filled_by) == Person.id)
        .where(Document.consortium_id == consortium, col(Slot.value).is_not(None))
        .order_by(col(Slot.id))
    )
    return [
        (tuple(json.loads(row.path)), Filled(title, row.around, row.value or "", row.source, name, row.filled_at))
        for row, title, name in session.exec(rows)
        if row.filled_at is not None
    ]


def beside(session: Session, consortium: int, document: str, path: Sequence[str], text: str) -> list[Filled]:
    """What is filled in for the blanks of a quoted text."""
    if BLANK not in text:
        return []
    above = unnumbered(path)
    return [
        one
        for where, one in filled(session, consortium)
        if one.document == document and one.around in text and above[: len(where)] == where[: len(above)]
    ]
