"""What a due message says, with the figures of the plan: they follow from the calendar, which `handlers` cannot see."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.reports.standing_lines import missing
from handlers.notice import Notice, NoticeMoot, NoticeOutcome, notices
from handlers.plan_reminded import ObligationsMissing
from store.database import Session


def due_notice(session: Session, request: Notice, now: datetime) -> NoticeOutcome:
    return due_notices(session, [request], now)[0]


def due_notices(session: Session, requests: Sequence[Notice], now: datetime) -> list[NoticeOutcome]:
    """In the order of the requests."""
    return [figured(session, outcome, now) for outcome in notices(session, requests, now)]


def figured(session: Session, outcome: NoticeOutcome, now: datetime) -> NoticeOutcome:
    if not isinstance(outcome, ObligationsMissing):
        return outcome
    lines = missing(session, outcome, now)
    return replace(outcome, lines=lines) if lines else NoticeMoot()
