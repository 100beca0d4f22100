"""Copy a notice (通知文字): an event's announcement as text for another messenger, where no button stands below it."""

from datetime import datetime

from msgspec import Struct

from handlers.event import About, NoticeFacts
from handlers.oversight import NotOverseer, Overseer, overseer
from handlers.participants import OccurrenceGone
from handlers.start import Unlinked
from store.accounts import Account
from store.database import Session


class CopyNotice(Struct, frozen=True):
    account: Account
    occurrence: int


class NoticeCopied(NoticeFacts, frozen=True):
    """`answers`: it has not begun, so that an answer is of use."""

    answers: bool


def copy_notice(
    session: Session, request: CopyNotice, now: datetime
) -> NoticeCopied | NotOverseer | OccurrenceGone | Unlinked:
    """For whoever oversees the event: it is what its group reads."""
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    held, said = found.held, About(session, found.held, now).announced()
    facts = {name: getattr(said, name) for name in NoticeFacts.__struct_fields__}
    facts["respond_by"] = said.respond_by if held.respond_by and now < held.respond_by else None
    return NoticeCopied(**facts, answers=now < held.starts_at)
