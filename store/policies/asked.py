"""Asked: how often each question was put in a month and what came of it, and who found an answer helpful (👍, 👎).

Counters: nobody can be read from them. Where a person may count only once there is a digest of the account, keyed with
the row's own secret, so that the digests of two questions cannot be laid side by side; who has the database and tries
every account can still find one out, and so digests are personal data, which /privacy knows and erases.
"""

import hmac
import json
import secrets
from datetime import date, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import delete, func, update
from sqlmodel import Field, Session, col, select

from store.columns import Table, unique
from store.engine import insert_new, upsert
from store.policies.wording import normal

YEARS_KEPT = 1
Where = tuple[str, tuple[str, ...]]  # the document, and the headings of the clause


class AskedQuestion(Table, table=True):
    """`month`: its first day. `answered`, `choices`, `undecided`: how often each came of it. `document` and `path` (a
    JSON list): where the clause stands that was quoted last, "" where none was. `first_asker`: a digest, until somebody
    else asks the same: then `several` is true, and it is empty."""

    __tablename__ = "asked_question"
    __table_args__ = (unique("consortium_id", "month", "normal_form"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    month: date
    normal_form: str
    question: str
    answered: int = 0
    choices: int = 0
    undecided: int = 0
    document: str = ""
    path: str = ""
    secret: str
    first_asker: str = ""
    several: bool = False


class Thumb(Table, table=True):
    """`voter`: a digest of the account; one a question, the last press counts."""

    __table_args__ = (unique("asked_id", "voter"),)
    id: int | None = Field(default=None, primary_key=True)
    asked_id: int = Field(foreign_key="asked_question.id")
    voter: str
    up: bool


class Asked(Struct, frozen=True):
    """A question of a month, as a card bears it."""

    number: int
    consortium: int
    question: str
    document: str
    path: tuple[str, ...]


class Counts(Struct, frozen=True):
    """Of a consortium since a day. `clauses`: document, headings, how often quoted; `questions`: those that two people
    or more have asked, and how often; each the most frequent first. `up` and `down`: thumbs."""

    answered: int
    choices: int
    undecided: int
    clauses: tuple[tuple[str, tuple[str, ...], int], ...]
    questions: tuple[tuple[str, int], ...]
    up: int
    down: int

    @property
    def total(self) -> int:
        return self.answered + self.choices + self.undecided


def count(
    session: Session, consortium: int, question: str, today: date, account: int, tier: str, where: Where | None
) -> int:
    """Once more asked; the row's number. `tier`: `answered`, `choices` or `undecided`. `where`: what was quoted.
    `question` "": its words are not kept, and what was quoted stands for it."""
    quoted = json.dumps((where[0], *where[1]), ensure_ascii=False) if where is not None else ""
    form, month = normal(question) or quoted, today.replace(day=1)
    key = {"consortium_id": consortium, "month": month, "normal_form": form}
    first = {"question": question, "secret": secrets.token_hex(16), "answered": 0, "choices": 0, "undecided": 0}
    fresh = key | first | {"document": "", "path": "", "first_asker": "", "several": False}
    insert_new(session, AskedQuestion, [fresh], *key)
    same = select(AskedQuestion).filter_by(**key)
    row = session.exec(same.with_for_update()).one()  # two may ask at once
    setattr(row, tier, getattr(row, tier) + 1)
    if where is not None:
        row.document, row.path = where[0], json.dumps(where[1], ensure_ascii=False)
    asker = digested(row.secret, account)
    if not row.several:
        row.several = row.first_asker not in ("", asker)
        row.first_asker = "" if row.several else asker
    session.add(row)
    session.flush()
    return row.id or 0


def digested(secret: str, account: int) -> str:
    return hmac.digest(secret.encode(), str(account).encode(), "sha256").hex()


def get(session: Session, number: int) -> Asked | None:
    row = session.get(AskedQuestion, number)
    if row is None:
        return None
    return Asked(number, row.consortium_id, row.question, row.document, tuple(json.loads(row.path or "[]")))


def vote(session: Session, number: int, account: int, up: bool) -> bool:
    """Whether it is another word than before: a press twice is a press once."""
    row = session.get_one(AskedQuestion, number)
    return upsert(session, Thumb, {"asked_id": number, "voter": digested(row.secret, account)}, {"up": up}, is_another)


def voted(session: Session, number: int, account: int) -> bool | None:
    """The word that holds, for good (True) or not; None: none yet."""
    row = session.get_one(AskedQuestion, number)
    mine = Thumb.asked_id == number, Thumb.voter == digested(row.secret, account)
    return session.exec(select(Thumb.up).where(*mine)).first()


def unhelpful(session: Session, consortium: int, question: str) -> bool:
    """Whether anybody's 👎 to it holds, whichever month it was asked in."""
    same = AskedQuestion.consortium_id == consortium, AskedQuestion.normal_form == normal(question)
    down = select(Thumb.id).join(AskedQuestion, col(Thumb.asked_id) == AskedQuestion.id)
    return session.exec(down.where(*same, col(Thumb.up).is_(False)).limit(1)).first() is not None


def is_another(wanted: Any) -> Any:
    return col(Thumb.up) != wanted.up


def counts(session: Session, consortium: int, since: date, most: int) -> Counts:
    """`since`: of the months from that of this day on; `most`: of clauses, and of questions."""
    ours = AskedQuestion.consortium_id == consortium, AskedQuestion.month >= since.replace(day=1)
    rows = session.exec(select(AskedQuestion).where(*ours)).all()
    clauses: dict[tuple[str, tuple[str, ...]], int] = {}
    questions: dict[str, tuple[str, int, bool]] = {}
    for row in rows:
        if row.document and row.answered:
            where = row.document, tuple(json.loads(row.path))
            clauses[where] = clauses.get(where, 0) + row.answered
        said, times, several = questions.get(row.normal_form, (row.question, 0, False))
        times += row.answered + row.choices + row.undecided
        questions[row.normal_form] = said, times, several or row.several
    thumbs = select(Thumb.up, func.count()).join(AskedQuestion, col(Thumb.asked_id) == AskedQuestion.id).where(*ours)
    cast = dict(session.exec(thumbs.group_by(col(Thumb.up))).all())
    quoted = sorted(clauses.items(), key=lambda each: -each[1])[:most]
    named = [(said, times) for said, times, several in questions.values() if said and several]
    asked = sorted(named, key=lambda each: -each[1])
    return Counts(
        sum(row.answered for row in rows),
        sum(row.choices for row in rows),
        sum(row.undecided for row in rows),
        tuple((*where, times) for where, times in quoted),
        tuple(asked[:most]),
        cast.get(True, 0),
        cast.get(False, 0),
    )


def forget(session: Session, now: datetime) -> None:
    """The months that are older than a year."""
    oldest = now.date().replace(year=now.year - YEARS_KEPT, day=1)
    gone = select(AskedQuestion.id).where(col(AskedQuestion.month) < oldest).scalar_subquery()
    session.connection().execute(delete(Thumb).where(col(Thumb.asked_id).in_(gone)))
    session.connection().execute(delete(AskedQuestion).where(col(AskedQuestion.month) < oldest))


def thumbs_of(session: Session, consortium: int, account: int) -> list[dict[str, object]]:
    """What an account has found helpful, and what not."""
    rows = (
        select(AskedQuestion, Thumb)
        .join(Thumb, col(Thumb.asked_id) == AskedQuestion.id)
        .where(AskedQuestion.consortium_id == consortium)
        .order_by(col(Thumb.id))
    )
    ours = ((row, thumb) for row, thumb in session.exec(rows) if thumb.voter == digested(row.secret, account))
    return [{"question": row.question, "helpful": thumb.up} for row, thumb in ours]


def forget_account(session: Session, account: int) -> None:
    """Its thumbs, and that it was the first to ask; the counts stay."""
    for row, thumb in session.exec(
        select(AskedQuestion, Thumb).join(Thumb, col(Thumb.asked_id) == AskedQuestion.id)
    ).all():
        if thumb.voter == digested(row.secret, account):
            session.delete(thumb)
    for row in session.exec(select(AskedQuestion).where(AskedQuestion.first_asker != "")).all():
        if row.first_asker == digested(row.secret, account):
            session.connection().execute(
                update(AskedQuestion).where(col(AskedQuestion.id) == row.id).values(first_asker="")
            )
