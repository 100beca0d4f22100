"""Reflections (活动反思): what a teacher takes home from an event. Never logged."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Field, Session, col, select

from store.activities import Activity
from store.columns import Table, one_of, unique
from store.occurrences import Occurrence, OccurrenceState


class Visibility(StrEnum):
    """仅本校可见 (where nothing else is said) and 同意公开."""

    SCHOOL = "school"
    CONSORTIUM = "consortium"


class ReflectionState(StrEnum):
    """还没写, 草稿, 已提交, 这次不写 and 已删除; one that was taken out after it was handed in is counted still."""

    MISSING = "missing"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    REMOVED = "removed"


class Reflection(Table, table=True):
    """A draft until `submitted_at`; `text` is "" where nothing is written, or nothing any more.

    `account_id`, `message_id`: the message in that account's private chat that the text is of.
    """

    __table_args__ = (unique("occurrence_id", "person_id"),)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str
    visibility: Visibility = Field(default=Visibility.SCHOOL, sa_type=one_of(Visibility))
    submitted_at: datetime | None = None
    skipped_at: datetime | None = None
    removed_at: datetime | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    message_id: str | None = None

    @property
    def state(self) -> ReflectionState:
        if self.text:
            return ReflectionState.SUBMITTED if self.submitted_at else ReflectionState.DRAFT
        return ReflectionState.REMOVED if self.removed_at else ReflectionState.SKIPPED

    @property
    def shared(self) -> bool:
        """Open to all schools as it stands."""
        return self.state is ReflectionState.SUBMITTED and self.visibility is Visibility.CONSORTIUM


def state_of(row: Reflection | None) -> ReflectionState:
    return ReflectionState.MISSING if row is None else row.state


def draft(session: Session, occurrence: int, person: int, text: str, account: int, message: str) -> None:
    """The text as it stands now; what was submitted becomes a draft again. `message`: "" where it is not known."""
    row = of(session, occurrence, person) or Reflection(occurrence_id=occurrence, person_id=person, text="")
    row.text, row.account_id, row.message_id = text, account, message or None
    row.submitted_at = row.skipped_at = row.removed_at = None
    session.add(row)
    session.flush()


def of(session: Session, occurrence: int, person: int) -> Reflection | None:
    asked = select(Reflection).where(Reflection.occurrence_id == occurrence, Reflection.person_id == person)
    return session.exec(asked).first()


def of_message(session: Session, account: int, message: str) -> Reflection | None:
    """Whose text that message of the account's private chat is."""
    asked = select(Reflection).where(Reflection.account_id == account, Reflection.message_id == message)
    return session.exec(asked).first()


def show(session: Session, reflection: Reflection, visibility: Visibility) -> None:
    reflection.visibility = visibility
    session.flush()


def rewrite(session: Session, reflection: Reflection, text: str) -> None:
    """Handed in stays handed in."""
    reflection.text = text
    session.flush()


def submit(session: Session, reflection: Reflection, at: datetime) -> bool:
    """False where it was submitted before."""
    if reflection.submitted_at is not None:
        return False
    reflection.submitted_at, reflection.skipped_at = at, None
    session.flush()
    return True


def skip(session: Session, occurrence: int, person: int, at: datetime) -> None:
    """None is to be expected; a draft is kept."""
    row = of(session, occurrence, person) or Reflection(occurrence_id=occurrence, person_id=person, text="")
    row.skipped_at = at
    session.add(row)
    session.flush()


def remove(session: Session, reflection: Reflection, at: datetime) -> None:
    """The text goes; that one was handed in stays."""
    reflection.text, reflection.visibility, reflection.removed_at = "", Visibility.SCHOOL, at
    reflection.account_id = reflection.message_id = None
    session.flush()


def forget_account(session: Session, account: int) -> None:
    """Its messages are of no reflection any more; the person may have another account by now."""
    change = update(Reflection).where(col(Reflection.account_id) == account)
    session.connection().execute(change.values(account_id=None, message_id=None))


def done_with(session: Session, occurrence: int) -> set[int]:
    """Who has handed one in, or wants to write none."""
    done = or_(*(column.is_not(None) for column in ENDS))
    return set(session.exec(select(Reflection.person_id).where(Reflection.occurrence_id == occurrence, done)))


ENDS = col(Reflection.submitted_at), col(Reflection.skipped_at), col(Reflection.removed_at)


def of_person(session: Session, person: int) -> list[tuple[Reflection, Occurrence, Activity]]:
    """With the events that they are about; of one that was cancelled nothing is asked any more."""
    rows = (
        select(Reflection, Occurrence, Activity)
        .join(Occurrence, col(Reflection.occurrence_id) == Occurrence.id)
        .join(Activity, col(Occurrence.activity_id) == Activity.id)
        .where(Reflection.person_id == person, Occurrence.state == OccurrenceState.PLANNED)
    )
    return list(session.exec(rows.order_by(col(Occurrence.starts_at).desc(), col(Occurrence.id))))


def shared_by(session: Session, person: int) -> list[int]:
    """The occurrences."""
    rows = select(Reflection.occurrence_id).where(Reflection.person_id == person, is_shared())
    return list(session.exec(rows))


def is_written() -> ColumnElement[bool]:
    """Handed in, and not taken out since."""
    return and_(col(Reflection.submitted_at).is_not(None), col(Reflection.text) != "")


def is_shared() -> ColumnElement[bool]:
    return and_(is_written(), col(Reflection.visibility) == Visibility.CONSORTIUM)
