"""Oversight: who sees the roll of an event, whose names are on it, and what may be set for whom (domain 3.1, 4.2)."""

from datetime import datetime

from msgspec import Struct

from handlers.participants import OccurrenceGone
from handlers.start import Unlinked
from store import attendance, occurrences, persons
from store.accounts import Account
from store.attendance import Standing
from store.database import Session
from store.occurrences import Held
from store.persons import Known, Person, Role
from store.statuses import AttendanceStatus as Status

OVERSEERS = frozenset({Role.ORGANISER, Role.APPROVER, Role.PRINCIPAL})
# By whom, and from when on: at any time; once it has begun; once it is closed.
BY_ORGANISER = (
    frozenset({Status.OFFICIAL, Status.EXCUSED}),
    frozenset({Status.PRESENT, Status.LATE, Status.LEFT_EARLY, Status.ONLINE}),
    frozenset({Status.TRUANT}),
)
BY_APPROVER = (
    frozenset({Status.OFFICIAL}),
    frozenset[Status](),
    frozenset({Status.PRESENT, Status.LATE, Status.LEFT_EARLY, Status.LEAVE, Status.TRUANT}),
)
# Whose check-in is not struck: it is already, or does not count, and who is excused would be taken for absent.
NOT_STRUCK = frozenset({Status.ABSENT_PENDING, Status.OFFICIAL, Status.EXCUSED, Status.LEAVE})


class NotOverseer(Struct, frozen=True):
    """Rolls are for organisers, and of the own school for its approvers and its principal."""


class Overseer(Struct, frozen=True):
    """Who looks at the roll of an event."""

    known: Known
    held: Held

    @property
    def organiser(self) -> bool:
        return Role.ORGANISER in self.known.roles

    @property
    def corrects(self) -> bool:
        """A principal looks on."""
        return self.organiser or Role.APPROVER in self.known.roles

    def sees(self, school: int) -> bool:
        return self.organiser or school == self.known.school_id

    def decides(self, person: int, school: int) -> bool:
        """As an approver: for the own school, never for oneself."""
        return Role.APPROVER in self.known.roles and school == self.known.school_id and person != self.known.id

    def archived(self, now: datetime) -> bool:
        """From then on every correction needs a reason."""
        return now >= self.held.archived_at


class Case(Struct, frozen=True):
    """One person at the event, whose roll is looked at. `standing` is None of somebody who has no part in it."""

    overseer: Overseer
    person: int
    name: str
    school_id: int
    standing: Standing | None

    @property
    def status(self) -> Status:
        return self.standing.status if self.standing else Status.NOT_EXPECTED

    @property
    def expected(self) -> bool:
        return self.standing is not None and self.standing.facts.expected

    @property
    def guest(self) -> bool:
        return self.standing is not None and self.standing.guest

    @property
    def corrected(self) -> Status | None:
        """By whose word it is so; None: by what is recorded."""
        said = self.standing.facts.corrected if self.standing else None
        return None if said is Status.EXPECTED else said

    def checks_in_by_hand(self, now: datetime) -> bool:
        """The organiser sees the person, while the window is open, and nothing is recorded."""
        held = self.overseer.held
        if held.opens_at is None or held.closes_at is None or self.standing is None:
            return False
        fresh = self.expected and self.corrected is None and self.standing.facts.came_at is None
        return fresh and self.overseer.organiser and held.opens_at <= now < held.closes_at


def overseer(session: Session, account: Account, occurrence: int) -> Overseer | NotOverseer | OccurrenceGone | Unlinked:
    """Of a class meeting there is a record, and no roll."""
    held = occurrences.get(session, occurrence)
    if held is None or held.class_id is not None:
        return OccurrenceGone()
    known = persons.of_account(session, account, held.consortium_id)
    if known is None:
        return Unlinked()
    return Overseer(known, held) if known.roles & OVERSEERS else NotOverseer()


def case_of(session: Session, found: Overseer, person: int, now: datetime) -> Case | None:
    """None where the roll that is seen has no such person: another consortium's, another school's, one who has left."""
    row, standing = session.get(Person, person), attendance.of(session, found.held.id, person, now)
    if row is None or row.consortium_id != found.known.consortium_id or (row.retired_at and standing is None):
        return None
    school = standing.facts.school_id if standing else row.school_id
    return Case(found, person, row.name, school, standing) if found.sees(school) else None


def choices(case: Case, now: datetime) -> tuple[Status, ...]:
    """What may be said of the person now, in the order of the statuses. EXPECTED: 应到 by the organiser, or what was
    corrected is taken back; ABSENT_PENDING: the check-in is struck."""
    held, organiser = case.overseer.held, case.overseer.organiser
    if held.cancelled:
        return ()
    allowed: set[Status] = set()
    if organiser and case.expected:
        allowed |= by_now(BY_ORGANISER, held, now)
    if case.expected and case.overseer.decides(case.person, case.school_id):
        allowed |= by_now(BY_APPROVER, held, now)
    taken_back = case.corrected is not None and (organiser or case.corrected in allowed)
    if taken_back or (organiser and not case.expected):
        allowed.add(Status.EXPECTED)
    if organiser and case.standing and case.standing.facts.came_at and case.corrected not in NOT_STRUCK:
        allowed.add(Status.ABSENT_PENDING)
    allowed -= {case.status} - {Status.EXPECTED}
    return tuple(status for status in Status if status in allowed)


def confirms(held: Held, now: datetime) -> bool:
    """Whether its speaker may say who is there online: from the check-in's opening until it is archived."""
    return (held.opens_at or held.starts_at) <= now < held.archived_at


def by_now(sets: tuple[frozenset[Status], ...], held: Held, now: datetime) -> frozenset[Status]:
    ever, begun, closed = sets
    found = ever
    if now >= (held.opens_at or held.starts_at):
        found |= begun
    if now >= (held.closes_at or held.ends_at):
        found |= closed
    return found
