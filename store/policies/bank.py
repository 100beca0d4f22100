"""The bank (也这样问): questions that the office has given to a clause, or to none, and how one is found in it."""

import json
from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, or_
from sqlmodel import Field, Session, col, select

from store.columns import Table, unique
from store.engine import insert_new, upsert
from store.policies import editions
from store.policies.editions import Document
from store.policies.placing import Target, cited, placed
from store.policies.search import Found, index
from store.policies.wording import normal, sound, turned

LONGEST = 100  # characters of a question in the bank


class BankQuestion(Table, table=True):
    """A question that is answered without the ranker. `document_id` None: the papers do not decide it, as the office
    has said; this holds until a later edition comes into force.

    `path` (a JSON list) and `words` say which passage answers: see `placing.placed`. `proposed`: found by rule in the
    paper, and not looked at by anybody. `written_by` None: by a command.
    """

    __tablename__ = "bank_question"
    __table_args__ = (unique("consortium_id", "normal_form"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    normal_form: str
    sound: str
    turned: str
    question: str
    document_id: int | None = Field(default=None, foreign_key="document.id")
    path: str = "[]"
    words: str = ""
    proposed: bool = False
    written_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    written_at: datetime


class Kept(Struct, frozen=True):
    """A question of the bank. `target` None: the papers do not decide it."""

    number: int
    consortium: int
    question: str
    normal_form: str
    target: Target | None
    proposed: bool
    at: datetime


def matched(session: Session, consortium: int, text: str) -> Found | None:
    """What the bank has for a question, as `search.find` would say it; None where it has nothing.

    The same normal form first; else the one question that sounds the same or is the same with its halves turned round,
    where they lead to one passage.
    """
    form = normal(text)
    if not form:
        return None
    rows = [row for row in kin(session, consortium, form) if holds(session, consortium, row)]
    same = [row for row in rows if row.normal_form == form] or rows
    if not same or len({row.target for row in same}) > 1:
        return None
    searched = tuple(editions.in_force(session, consortium))
    if same[0].target is None:
        return Found("none", (), False, searched)
    papers = index(session, consortium, searched)
    entry = placed(papers.entries, same[0].target)
    if entry is None:
        return None
    citation, blank = cited(papers, entry, text)
    return Found("answer", (citation,), blank, searched)


def holds(session: Session, consortium: int, row: Kept) -> bool:
    """That the papers do not decide it is said of the editions of then."""
    if row.target is not None:
        return True
    return all(one.imported_at <= row.at for one in editions.in_force(session, consortium))


def forms(form: str) -> tuple[str, ...]:
    """The ways in which a question may be the same as that of this normal form, surest first."""
    return tuple(filter(None, (form, sound(form), turned(form))))


def kin(session: Session, consortium: int, form: str) -> list[Kept]:
    values = {"consortium": consortium, "form": form, "sound": sound(form), "turned": turned(form)}
    return [kept(row, title) for row, title in session.exec(looking(), params=values)]


@cache  # asked with each question: building a statement takes longer than executing it
def looking() -> Any:
    alike = (
        col(BankQuestion.normal_form) == bindparam("form"),
        (col(BankQuestion.sound) == bindparam("sound")) & (col(BankQuestion.sound) != ""),
        (col(BankQuestion.turned) == bindparam("turned")) & (col(BankQuestion.turned) != ""),
    )
    return titled().where(col(BankQuestion.consortium_id) == bindparam("consortium"), or_(*alike))


def titled() -> Any:
    return select(BankQuestion, Document.title).join(
        Document, col(BankQuestion.document_id) == Document.id, isouter=True
    )


def keep(
    session: Session,
    consortium: int,
    question: str,
    target: Target | None,
    by: int | None,
    now: datetime,
) -> int:
    """Written anew where the bank had the question with another answer. Its number."""
    row = written(question, consortium, document(session, consortium, target), target, by, now)
    upsert(session, BankQuestion, {name: row.pop(name) for name in ("consortium_id", "normal_form")}, row)
    found = of_form(session, consortium, normal(question))
    assert found is not None  # as it was just written
    return found.number


def propose(session: Session, consortium: int, asked: list[tuple[str, Target]], now: datetime) -> int:
    """Those that the bank has not; how many were new."""
    numbers = {title: editions.document_of(session, consortium, title) for title in {it.document for _, it in asked}}
    rows = {
        normal(question): written(question, consortium, numbers[target.document], target, None, now)
        | {"proposed": True}
        for question, target in asked
    }
    return insert_new(session, BankQuestion, list(rows.values()), "consortium_id", "normal_form")


def written(
    question: str, consortium: int, document: int | None, target: Target | None, by: int | None, now: datetime
) -> dict[str, object]:
    form = normal(question)
    where = (json.dumps(target.path, ensure_ascii=False), target.words) if target is not None else ("[]", "")
    return {
        "consortium_id": consortium,
        "normal_form": form,
        "sound": sound(form),
        "turned": turned(form),
        "question": question.strip(),
        "document_id": document,
        "path": where[0],
        "words": where[1],
        "proposed": False,
        "written_by": by,
        "written_at": now,
    }


def document(session: Session, consortium: int, target: Target | None) -> int | None:
    return editions.document_of(session, consortium, target.document) if target is not None else None


def of_form(session: Session, consortium: int, form: str) -> Kept | None:
    return first(
        session,
        titled().where(col(BankQuestion.consortium_id) == consortium, col(BankQuestion.normal_form) == form),
    )


def get(session: Session, number: int) -> Kept | None:
    return first(session, titled().where(col(BankQuestion.id) == number))


def first(session: Session, rows: Any) -> Kept | None:
    found = session.exec(rows).first()
    return None if found is None else kept(*found)


def every(session: Session, consortium: int) -> list[Kept]:
    """By number: the oldest first."""
    rows = titled().where(col(BankQuestion.consortium_id) == consortium).order_by(col(BankQuestion.id))
    return [kept(row, title) for row, title in session.exec(rows)]


def remove(session: Session, number: int) -> None:
    session.connection().execute(delete(BankQuestion).where(col(BankQuestion.id) == number))


def written_by(session: Session, person: int) -> list[dict[str, object]]:
    """What a person has put into the bank."""
    rows = titled().where(col(BankQuestion.written_by) == person).order_by(col(BankQuestion.id))
    return [
        {"document": title, "question": row.question, "written_at": row.written_at.isoformat()}
        for row, title in session.exec(rows)
    ]


def kept(row: BankQuestion, title: str | None) -> Kept:
    target = Target(title, tuple(json.loads(row.path)), row.words) if title is not None else None
    told = row.id or 0, row.consortium_id, row.question, row.normal_form
    return Kept(*told, target, row.proposed, row.written_at)
