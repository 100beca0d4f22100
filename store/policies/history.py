"""History: the editions of a consortium's papers, those that are over included, and how a paper is withdrawn."""

from datetime import datetime

from msgspec import Struct
from sqlmodel import Session, col, select

from store.policies.editions import Document, Edition, end


class Dated(Struct, frozen=True):
    """An edition with the time that it is, or was, in force: `until` None where it still is.

    `id` is its row's, `document` that of its document.
    """

    id: int
    document: int
    title: str
    number: int
    source_name: str
    since: datetime
    until: datetime | None


def history(session: Session, consortium: int, title: str | None = None, number: int | None = None) -> list[Dated]:
    """By title, the newest first; of one title, or one number, alone."""
    rows = (
        select(Document.title, Edition)
        .join(Document, col(Edition.document_id) == Document.id)
        .where(Document.consortium_id == consortium)
        .order_by(Document.title, col(Edition.number).desc())
    )
    if title is not None:
        rows = rows.where(Document.title == title)
    if number is not None:
        rows = rows.where(Edition.number == number)
    return [dated(title, edition) for title, edition in session.exec(rows)]


def in_force(session: Session, consortium: int, document: int) -> Dated | None:
    """The edition of one of the consortium's documents that answers."""
    rows = (
        select(Document.title, Edition)
        .join(Document, col(Edition.document_id) == Document.id)
        .where(Document.consortium_id == consortium, Document.id == document, col(Edition.in_force))
    )
    found = session.exec(rows).first()
    return None if found is None else dated(*found)


def dated(title: str, edition: Edition) -> Dated:
    until = None if edition.in_force else edition.ended_at or edition.imported_at
    told = edition.number, edition.source_name, edition.imported_at, until
    return Dated(edition.id or 0, edition.document_id, title, *told)


def withdraw(session: Session, document: int, now: datetime) -> bool:
    """Its editions stay readable and answer no more; False where none was in force."""
    return end(session, document, now) > 0
