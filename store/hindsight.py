"""Hindsight: who came, as it was known at an earlier instant; what changed since is told apart, from its trace."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlmodel import Session, col, select

from store import attendance
from store.attendance import EVENTS, Facts, Standing, status_of
from store.attendees import Attendee
from store.audit import Audit, AuditFact
from store.class_records import ClassRecord
from store.corrections import Correction
from store.engine import slices
from store.leaves import LeaveState
from store.reflections import Reflection, ReflectionState
from store.statuses import AttendanceStatus

Pair = tuple[int, int]  # an occurrence, a person
HANDED_IN = (ReflectionState.SUBMITTED, ReflectionState.REMOVED)


class Then(Struct, frozen=True):
    """`at`: by occurrence the instant that is looked back to; `later`: what changed afterwards, oldest first."""

    at: Mapping[int, datetime]
    later: tuple[Audit, ...]
    words: Mapping[Pair, AttendanceStatus | None]
    joined: frozenset[Pair]

    def before(self, fact: AuditFact) -> dict[Pair, str]:
        """What it was when it changed first; "" for nothing."""
        found: dict[Pair, str] = {}
        for row in self.later:
            if row.fact is fact and row.occurrence_id is not None:
                found.setdefault((row.occurrence_id, row.person_id), row.was)
        return found


def then(session: Session, at: Mapping[int, datetime]) -> Then:
    """`at`: the instant for each occurrence."""
    later = tuple(changed_since(session, at))
    corrected = {(row.occurrence_id or 0, row.person_id) for row in later if row.fact is AuditFact.ATTENDANCE}
    return Then(at, later, words(session, at, corrected), joined_since(session, at))


def changed_since(session: Session, at: Mapping[int, datetime]) -> Iterator[Audit]:
    for part in slices(sorted(at), EVENTS):
        first = min(at[one] for one in part)
        rows = select(Audit).where(col(Audit.occurrence_id).in_(part), Audit.at > first).order_by(col(Audit.id))
        yield from (row for row in session.exec(rows) if row.at > at[row.occurrence_id or 0])


def words(session: Session, at: Mapping[int, datetime], pairs: Collection[Pair]) -> dict[Pair, AttendanceStatus | None]:
    """The newest correction of then, of those corrected since; None where there was none yet."""
    found: dict[Pair, AttendanceStatus | None] = dict.fromkeys(pairs)
    for part in slices(sorted({occurrence for occurrence, _ in pairs}), EVENTS):
        rows = select(Correction).where(col(Correction.occurrence_id).in_(part)).order_by(col(Correction.id))
        for row in session.exec(rows):
            pair = row.occurrence_id, row.person_id
            if pair in found and row.at <= at[row.occurrence_id]:
                found[pair] = row.status
    return found


def joined_since(session: Session, at: Mapping[int, datetime]) -> frozenset[Pair]:
    """Who was put on the list of those expected afterwards."""
    found: set[Pair] = set()
    for part in slices(sorted(at), EVENTS):
        wanted = col(Attendee.occurrence_id).in_(part), col(Attendee.added_at).is_not(None)
        for row in session.exec(select(Attendee).where(*wanted)):
            if row.added_at is not None and row.added_at > at[row.occurrence_id]:
                found.add((row.occurrence_id, row.person_id))
    return frozenset(found)


def standings(
    session: Session, known: Then, occurrences: Collection[int], now: datetime, person: int | None = None
) -> Iterator[Standing]:
    """As `attendance.standings`, each event as it stood at its instant."""
    leaves, check_ins = known.before(AuditFact.LEAVE), known.before(AuditFact.CHECK_IN)
    for one in attendance.standings(session, occurrences, now, person):
        pair = one.facts.occurrence, one.facts.person
        facts = one.facts
        if pair in leaves:
            facts = replace(facts, leave=LeaveState(leaves[pair]) if leaves[pair] else None)
        if pair in check_ins:
            facts = replace(facts, came_at=None, late=None, method=None)
        if pair in known.words:
            facts = replace(facts, corrected=known.words[pair])
        if pair in known.joined:
            facts = replace(facts, expected=False)
        if was_known(facts):
            yield one if facts is one.facts else Standing(facts, status_of(facts, known.at[facts.occurrence]))


def was_known(facts: Facts) -> bool:
    """Something was to be said of the person there."""
    return facts.expected or facts.came_at is not None or facts.corrected is not None


def reflected(session: Session, known: Then, occurrences: Collection[int]) -> set[Pair]:
    """Who had handed in a reflection by then."""
    before, found = known.before(AuditFact.REFLECTION), set[Pair]()
    for part in slices(sorted(occurrences), EVENTS):
        rows = select(Reflection.occurrence_id, Reflection.person_id, Reflection.submitted_at)
        for occurrence, person, at in session.exec(rows.where(col(Reflection.occurrence_id).in_(part))):
            in_time = at is not None and at <= known.at[occurrence]
            if in_time or before.get((occurrence, person)) in HANDED_IN:
                found.add((occurrence, person))
    return found


def recorded(session: Session, known: Then, occurrences: Collection[int]) -> dict[int, str]:
    """Of each class meeting that had a record by then what it said, as `ClassRecord.code`."""
    before, found = known.before(AuditFact.RECORD), dict[int, str]()
    first = {occurrence: was for (occurrence, _), was in reversed(before.items())}
    for part in slices(sorted(occurrences), EVENTS):
        for row in session.exec(select(ClassRecord).where(col(ClassRecord.occurrence_id).in_(part))):
            found[row.occurrence_id] = first.get(row.occurrence_id, row.code)
    return {occurrence: code for occurrence, code in found.items() if code}
