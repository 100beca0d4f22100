"""What of a request for leave is sent: to who may decide it, a reminder once, and the result to the teacher."""

from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct

from handlers import absence
from handlers.absence import Absence
from store import attendance, deliveries, linked_accounts, persons
from store.database import Session
from store.deliveries import DeliveryKind, Owed
from store.leaves import DECIDED, Leave, LeaveKind, LeaveSpan, LeaveState
from store.persons import Person, Role

GOOD_FOR = timedelta(days=14)  # a request may still be decided after the event (补假)
A_DAY = timedelta(days=1)
DAYS, AGAIN, REMARK = "days", "again", "remark"


class LeaveRequested(Struct, frozen=True):
    """What an approver reads. `after`: asked after the start (事后); `again`: the one reminder of it."""

    leave: int
    name: str
    absence: Absence
    kind: LeaveKind | None
    reason: str
    after: bool
    again: bool


class LeaveTakenBack(Struct, frozen=True):
    """The teacher comes after all: there is nothing to decide."""

    name: str
    absence: Absence


class LeavePassedOn(Struct, frozen=True):
    """The reader may decide it no longer: the teacher works elsewhere now, or the reader does."""

    name: str
    absence: Absence


class LeaveResult(Struct, frozen=True):
    """What the teacher is told. `remark`: what the approver says besides (审批人留言); `over`: it is behind us, or
    the person is there."""

    name: str
    absence: Absence
    state: LeaveState
    remark: str
    over: bool = False


RequestOutcome = LeaveRequested | LeaveTakenBack | LeavePassedOn


def approvers(session: Session, person: int) -> list[int]:
    """Of the school where the person works now, not the home school; else its principal. Never oneself."""
    row = session.get_one(Person, person)
    for role in (Role.APPROVER, Role.PRINCIPAL):
        others = [one for one in persons.with_role(session, row.consortium_id, role, row.school_id) if one != person]
        if others:
            return others
    return []


def owe_request(session: Session, row: Leave | LeaveSpan, now: datetime) -> int:
    """To all who may decide it. How many of them a private message reaches."""
    deciding = approvers(session, row.person_id)
    ask(session, row, deciding, now)
    unlinked, silent = linked_accounts.out_of_reach(session, deciding)
    return len(deciding) - unlinked - silent


def ask(session: Session, row: Leave | LeaveSpan, people: list[int], at: datetime) -> None:
    """These people decide; once more where nobody has by the start (a day later, if that is over)."""
    starts_at, ends_at = absence.ends(session, row)
    remind_at = starts_at if starts_at > at else at + A_DAY
    request, until = DeliveryKind.LEAVE_REQUEST, max(ends_at, at) + GOOD_FOR
    owe(session, row, request, "", people, (at, until), f"{at:%Y%m%dT%H%M%S}")
    owe(session, row, request, AGAIN, people, (remind_at, until + A_DAY), AGAIN)


def take_back(session: Session, row: Leave | LeaveSpan, now: datetime) -> None:
    """Whoever was asked sees that there is nothing to decide."""
    asked = deliveries.recipients(session, DeliveryKind.LEAVE_REQUEST, subjects(row))
    edit(session, row, asked, now)


def edit(session: Session, row: Leave | LeaveSpan, people: Collection[int], now: datetime) -> None:
    """The request, in the chats of these people, says what is now."""
    deliveries.owe_edits(session, DeliveryKind.LEAVE_REQUEST, subjects(row), people, now, now + GOOD_FOR)


def owe_result(session: Session, row: Leave | LeaveSpan, now: datetime, about: str = "") -> None:
    _, ends_at = absence.ends(session, row)
    times = now, max(ends_at, now) + GOOD_FOR
    owe(session, row, DeliveryKind.LEAVE_RESULT, about, [row.person_id], times, f"{about}{now:%Y%m%dT%H%M%S}")


def owe(
    session: Session,
    row: Leave | LeaveSpan,
    kind: DeliveryKind,
    about: str,
    people: list[int],
    times: tuple[datetime, datetime],
    mark: str,
) -> None:
    """One message a person and `mark`: told again where it is asked for again."""
    several, subject = isinstance(row, LeaveSpan), subject_of(row, about)
    occurrence = row.occurrence_id if isinstance(row, Leave) else None
    key = f"{kind}:{DAYS if several else ''}{row.id}:{mark}"
    owed = [Owed(f"{key}:{one}", kind, *times, None, one, occurrence, subject) for one in people]
    deliveries.owe(session, owed)


def subject_of(row: Leave | LeaveSpan, about: str = "") -> str:
    return ":".join(filter(None, (DAYS if isinstance(row, LeaveSpan) else "", str(row.id), about)))


def subjects(row: Leave | LeaveSpan) -> tuple[str, str]:
    """Of the request, and of the reminder of it."""
    return subject_of(row), subject_of(row, AGAIN)


def read(subject: str) -> tuple[bool, int, str]:
    """Of a delivery: whether it is about days, the number of the request, and what else it is about."""
    number, _, about = subject.removeprefix(f"{DAYS}:").partition(":")
    return subject.startswith(DAYS), int(number), about


def request_of(session: Session, subject: str, approver: int) -> LeaveRequested | None:
    """None where it is no longer open, or no longer this approver's."""
    several, number, about = read(subject)
    found = absence.find(session, number, several=several)
    if found is None or found[0].state is not LeaveState.PENDING:
        return None
    row, what = found
    teacher = session.get_one(Person, row.person_id)
    if teacher.retired_at is not None or approver not in approvers(session, row.person_id):
        return None
    starts_at, _ = absence.ends(session, row)
    after = row.asked_at > starts_at
    return LeaveRequested(number, teacher.name, what, row.kind, row.reason, after, about == AGAIN)


def request_card(session: Session, subject: str, account: int) -> RequestOutcome | None:
    """What the request says in the chat of that account once it has been sent; None: what it said."""
    several, number, _ = read(subject)
    found = absence.find(session, number, several=several)
    if found is None or found[0].state in DECIDED:
        return None
    row, what = found
    teacher = session.get_one(Person, row.person_id)
    if row.state is LeaveState.WITHDRAWN:
        return LeaveTakenBack(teacher.name, what)
    mine = linked_accounts.owner(session, account, teacher.consortium_id)
    asked = request_of(session, subject, mine) if mine is not None else None
    return asked or LeavePassedOn(teacher.name, what)


def result_of(session: Session, subject: str, now: datetime) -> LeaveResult | None:
    """None: it is decided no longer, for the event is another day's or called off."""
    several, number, about = read(subject)
    found = absence.find(session, number, several=several)
    if found is None or found[0].state not in DECIDED:
        return None
    row, what = found
    teacher = session.get_one(Person, row.person_id)
    said = (row.remark or "") if about == REMARK else ""
    stands = attendance.of(session, row.occurrence_id, row.person_id, now) if isinstance(row, Leave) else None
    over = (stands is not None and stands.came) or now >= absence.ends(session, row)[1]
    return LeaveResult(teacher.name, what, LeaveState(row.state), said, over)
