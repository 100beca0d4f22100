"""See (收到): the notice was read, until the end; that is no answer, and takes none back (domain 4.1). Pressed again,
or after anything else was said, it tells what is known of oneself."""

from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_answers
from handlers.participants import Participant, Stranger, participant
from store import attendance, facts, responses
from store.accounts import Account
from store.database import Session
from store.facts import Facts
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus


class See(Struct, frozen=True):
    occurrence: int
    account: Account


class Seen(Struct, frozen=True):
    """For the first time, and nothing else was said yet."""

    title: str


class Recalled(Struct, frozen=True):
    """What is known of oneself. `answer`: with `late` (after `respond_by`), and `by`, who registered it, if not
    oneself; `over`: the check-in has closed (without check-in: it has ended); `attendance`: what one counts as,
    corrections heeded; `begun`: no answer is taken any more. All times are local."""

    title: str
    starts_at: datetime
    answer: ParticipationStatus | None
    late: bool
    answered_at: datetime | None
    by: str | None
    leave: LeaveState | None
    checked_in_at: datetime | None
    late_in: bool
    begun: bool
    over: bool
    attendance: AttendanceStatus


SeeOutcome = Seen | Recalled | Stranger


def see(session: Session, request: See, now: datetime) -> SeeOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    held = found.held
    fresh = now < held.ends_at and responses.see(session, held.id, found.person, now)
    if fresh:
        refresh_answers(session, held, now)
    known = facts.of(session, held.id, found.person)
    untold = known.status is None and known.leave is None and known.checked_in_at is None
    if fresh and untold and now < held.starts_at:
        return Seen(held.title)
    return recalled(session, found, known, now)


def recalled(session: Session, found: Participant, known: Facts, now: datetime) -> Recalled:
    held = found.held
    over = now >= (held.closes_at or held.ends_at)
    stands = attendance.of(session, held.id, found.person, now)
    assert stands is not None  # a participant is expected
    return Recalled(
        held.title,
        held.local(held.starts_at),
        known.status,
        known.late,
        held.local(known.answered_at) if known.answered_at else None,
        known.answered_by,
        known.leave,
        held.local(known.checked_in_at) if known.checked_in_at else None,
        known.late_in,
        now >= held.starts_at,
        over,
        stands.status,
    )
