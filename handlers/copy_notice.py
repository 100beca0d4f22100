"""Copy a notice (通知文字): an event's announcement as text for another messenger, where no button stands below it."""

from dataclasses import dataclass
from datetime import datetime

from handlers.event import About
from handlers.oversight import NotOverseer, Overseer, overseer
from handlers.participants import OccurrenceGone
from handlers.start import Unlinked
from store.accounts import Account
from store.database import Session


@dataclass(frozen=True, slots=True)
class CopyNotice:
    account: Account
    occurrence: int


@dataclass(frozen=True, slots=True)
class NoticeCopied:
    """As `Announced`, without how many have answered. `answers`: it has not begun, so that an answer is of use."""

    consortium: str
    title: str
    theme: str | None
    theme_open: bool
    starts_at: datetime
    ends_at: datetime
    week: int
    host: str | None
    place: str | None
    speaker: str | None
    lesson: str | None
    bring: str | None
    schools: tuple[str, ...]
    expected: int
    respond_by: datetime | None
    opens_at: datetime | None
    answers: bool


def copy_notice(
    session: Session, request: CopyNotice, now: datetime
) -> NoticeCopied | NotOverseer | OccurrenceGone | Unlinked:
    """For whoever oversees the event: it is what its group reads."""
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    said = About(session, found.held, now).announced()
    return NoticeCopied(
        said.consortium,
        said.title,
        said.theme,
        said.theme_open,
        said.starts_at,
        said.ends_at,
        said.week,
        said.host,
        said.place,
        said.speaker,
        said.lesson,
        said.bring,
        said.schools,
        said.expected,
        said.respond_by if found.held.respond_by and now < found.held.respond_by else None,
        said.opens_at,
        now < found.held.starts_at,
    )
