"""Rewrite a reflection (反思): whoever edits the message that it was taken from edits it, also when it is handed in."""

from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_digest
from handlers.participants import Participant, participant
from handlers.reflect import LONGEST, ReflectionDrafted, ReflectionTooLong, as_it_stands, note
from store import accounts, reflections
from store.accounts import Account
from store.database import Session
from store.reflections import ReflectionState, Visibility


class RewriteReflection(Struct, frozen=True):
    """`message`: the number of the edited message in the private chat; `text`: what it says now."""

    account: Account
    message: str
    text: str


class ReflectionRewritten(Struct, frozen=True):
    """Handed in before, and so it stays."""

    occurrence: int
    title: str
    length: int
    visibility: Visibility


class NothingRewritten(Struct, frozen=True):
    """The message is no reflection's, or says what it said: Telegram tells of changes that nobody sees, too."""


RewriteOutcome = ReflectionRewritten | ReflectionDrafted | ReflectionTooLong | NothingRewritten


def rewrite_reflection(session: Session, request: RewriteReflection, now: datetime) -> RewriteOutcome:
    """A text that is too long leaves the old one."""
    account, text = accounts.id_of(session, request.account), request.text.strip()
    row = reflections.of_message(session, account, request.message) if account is not None else None
    found = participant(session, row.occurrence_id, request.account) if row is not None else None
    if row is None or not isinstance(found, Participant) or found.person != row.person_id:
        return NothingRewritten()
    if text == row.text or not text:
        return NothingRewritten()
    if len(text) > LONGEST:
        return ReflectionTooLong(len(text), LONGEST)
    reflections.rewrite(session, row, text)
    if row.submitted_at is None:
        drafted = as_it_stands(found, row)
        assert isinstance(drafted, ReflectionDrafted)
        return drafted
    note(session, found, ReflectionState.SUBMITTED, ReflectionState.SUBMITTED, now)
    if row.shared:
        refresh_digest(session, found.held, now)
    return ReflectionRewritten(found.held.id, found.held.title, len(text), row.visibility)
