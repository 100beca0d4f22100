"""What a due message says, with the figures of the plan: they follow from the calendar, which `handlers` cannot see."""

from dataclasses import replace
from datetime import datetime

from bot.standing_lines import missing
from handlers.notice import Notice, NoticeMoot, NoticeOutcome, notice
from handlers.plan_reminded import ObligationsMissing
from store.database import Session


def due_notice(session: Session, request: Notice, now: datetime) -> NoticeOutcome:
    outcome = notice(session, request, now)
    if not isinstance(outcome, ObligationsMissing):
        return outcome
    lines = missing(session, outcome, now)
    return replace(outcome, lines=lines) if lines else NoticeMoot()
