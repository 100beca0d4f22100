"""Own reflections (/reflect): what a person wrote, and may write still; who reads others' is led on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.participants import Participant, Stranger, participant
from handlers.reflect import ReflectionStarted, started
from handlers.start import Unlinked
from store import agendas, attendance, consortiums, persons, reflections
from store.accounts import Account
from store.activities import Activity
from store.database import Session
from store.occurrences import Occurrence
from store.persons import Known, Role
from store.reflections import Reflection, ReflectionState, Visibility
from store.statuses import AttendanceStatus

BACK = timedelta(days=14)  # how long one is asked for
PAGE = 8


class ShowReflections(Struct, frozen=True):
    """`page`: from 1."""

    account: Account
    page: int = 1


class ShowReflection(Struct, frozen=True):
    occurrence: int
    account: Account


class ReflectionPending(Struct, frozen=True):
    """There is this one to be written and nothing else to be seen: `payload` leads to the question about it."""

    title: str
    payload: str


class OwnReflection(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime
    state: ReflectionState
    visibility: Visibility


class ReflectionsShown(Struct, frozen=True):
    """The newest first, `more` on the next page. `approver`: those of the own school may be read; `organiser`: those
    that are shared."""

    items: tuple[OwnReflection, ...]
    page: int
    more: bool
    approver: bool
    organiser: bool


class NothingToReflect(Struct, frozen=True):
    """Nothing was written, and no event of the last two weeks at which the person may have been asks for it."""


class ReflectionShown(Struct, frozen=True):
    """To its author alone."""

    occurrence: int
    title: str
    starts_at: datetime
    text: str
    state: ReflectionState
    visibility: Visibility


ShowReflectionsOutcome = ReflectionsShown | ReflectionPending | NothingToReflect | Unlinked
ShowReflectionOutcome = ReflectionShown | ReflectionStarted | Stranger


def show_reflections(session: Session, request: ShowReflections, now: datetime) -> ShowReflectionsOutcome:
    """In every consortium that knows the account."""
    mine = persons.all_of_account(session, request.account)
    if not mine:
        return Unlinked()
    found = sorted((one for known in mine for one in every(session, known, now)), key=begun, reverse=True)
    roles = {role for known in mine for role in known.roles}
    reader = Role.APPROVER in roles, Role.ORGANISER in roles
    if not any(reader) and len(found) == 1 and found[0].state is ReflectionState.MISSING:
        return ReflectionPending(found[0].title, f"reflect_{found[0].occurrence}")
    if not any(reader) and not found:
        return NothingToReflect()
    first = (request.page - 1) * PAGE
    shown = tuple(found[first : first + PAGE])
    return ReflectionsShown(shown, request.page, len(found) > first + PAGE, *reader)


def begun(one: OwnReflection) -> tuple[datetime, int]:
    return one.starts_at, one.occurrence


def every(session: Session, known: Known, now: datetime) -> Iterator[OwnReflection]:
    consortium = consortiums.get(session, known.consortium_id)
    assert consortium is not None
    local, written = ZoneInfo(consortium.timezone), reflections.of_person(session, known.id)
    for row, occurrence, activity in written:
        yield own(occurrence, activity, row, local)
    there = {row.occurrence_id for row, _, _ in written}
    for occurrence, activity in asking(session, known, now):
        if occurrence.id not in there:
            yield own(occurrence, activity, None, local)


def own(occurrence: Occurrence, activity: Activity, row: Reflection | None, local: ZoneInfo) -> OwnReflection:
    visibility = row.visibility if row else Visibility.SCHOOL
    about = occurrence.id or 0, activity.title, occurrence.starts_at.astimezone(local)
    return OwnReflection(*about, reflections.state_of(row), visibility)


def asking(session: Session, known: Known, now: datetime) -> Iterator[tuple[Occurrence, Activity]]:
    """Those that ask the person for one: not who is known to have been elsewhere."""
    for row, activity in agendas.between(session, known.consortium_id, now - BACK, now):
        asked = row.ends_at <= now and row.reflect_by is not None and row.class_id is None
        if asked and perhaps_there(session, row.id or 0, known.id, now):
            yield row, activity


def perhaps_there(session: Session, occurrence: int, person: int, now: datetime) -> bool:
    """Whose absence is to be checked still (缺席待核) may have come."""
    stands = attendance.of(session, occurrence, person, now)
    return stands is not None and (stands.came or stands.status is AttendanceStatus.ABSENT_PENDING)


def show_reflection(session: Session, request: ShowReflection, now: datetime) -> ShowReflectionOutcome:
    """Where nothing is written it is asked for."""
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    row = reflections.of(session, request.occurrence, found.person)
    if row is None or not row.text:
        return started(session, found, request.account, now)
    about = request.occurrence, found.held.title, found.local(found.held.starts_at)
    return ReflectionShown(*about, row.text, row.state, row.visibility)
