"""Form layouts (表格版式): a school's own Word file for a form, in place of ours, one a consortium and form."""

from base64 import b64decode, b64encode
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, col, select

from store.columns import Table, one_of, unique


class Form(StrEnum):
    """活动通知, 签到表, 教研活动记录表, 听评课记录, 活动反思, 班会记录表, 请假条, 考勤汇总表, 台账目录 (domain 5)."""

    NOTICE = "notice"
    SIGN_IN = "sign_in"
    MINUTES = "minutes"
    OBSERVATION = "observation"
    REFLECTION = "reflection"
    CLASS_RECORD = "class_record"
    LEAVE = "leave"
    ATTENDANCE = "attendance"
    CATALOGUE = "catalogue"


class FormLayout(Table, table=True):
    """`content`: the file as it was sent, in base64 (a backup spells rows as JSON)."""

    __tablename__ = "form_layout"
    __table_args__ = (unique("consortium_id", "form"),)
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    form: Form = Field(sa_type=one_of(Form))
    name: str
    content: str
    kept_at: datetime


def row(session: Session, consortium: int, form: Form) -> FormLayout | None:
    theirs = select(FormLayout).where(FormLayout.consortium_id == consortium, FormLayout.form == form)
    return session.exec(theirs).first()


def keep(session: Session, consortium: int, form: Form, name: str, content: bytes, now: datetime) -> None:
    """In place of an earlier one."""
    kept = row(session, consortium, form) or FormLayout(
        consortium_id=consortium, form=form, name=name, content="", kept_at=now
    )
    kept.name, kept.content, kept.kept_at = name, b64encode(content).decode(), now
    session.add(kept)
    session.flush()


def remove(session: Session, consortium: int, form: Form) -> bool:
    """Ours again; False where it was."""
    kept = row(session, consortium, form)
    if kept is not None:
        session.delete(kept)
        session.flush()
    return kept is not None


def of(session: Session, consortium: int, form: Form) -> bytes | None:
    """The file; None: the form is printed in our layout."""
    kept = row(session, consortium, form)
    return None if kept is None else b64decode(kept.content)


def contents(session: Session, consortium: int) -> dict[Form, bytes]:
    """Every layout of the consortium's own."""
    rows = select(FormLayout).where(FormLayout.consortium_id == consortium).order_by(col(FormLayout.form))
    return {Form(one.form): b64decode(one.content) for one in session.exec(rows)}
