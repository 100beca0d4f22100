"""Roll (名单): who came, by status, with names; for the office, and of the own school for those who answer for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.obligations import SEES
from handlers.oversight import OVERSEERS, NotOverseer, Overseer, confirms, overseer
from handlers.participants import OccurrenceGone
from handlers.stages import Stage, stage_of
from handlers.start import Unlinked
from store import agendas, attendance, consortiums, occurrences
from store.accounts import Account
from store.attendance import Standing
from store.check_ins import CheckInMethod
from store.consortiums import Consortium
from store.database import Session
from store.leaves import LeaveState
from store.occurrences import Held, Occurrence
from store.persons import Known, Role
from store.policies import editions
from store.responses import ParticipationStatus
from store.schools import School
from store.statuses import AttendanceStatus as Status

BACK, AHEAD = timedelta(days=35), timedelta(days=35)
BEGUN, COMING = 5, 3  # events in the list
BY_HAND = (CheckInMethod.ORGANISER, CheckInMethod.SHEET)
# What wants looking at comes first.
ORDER = (
    *(Status.ABSENT_PENDING, Status.TRUANT, Status.LEAVE_PENDING, Status.LEAVE_REFUSED, Status.EXPECTED),
    *(Status.PRESENT, Status.LATE, Status.LEFT_EARLY, Status.ONLINE, Status.LEAVE, Status.OFFICIAL, Status.EXCUSED),
    *(Status.NOT_EXPECTED, Status.VOID),
)


class ShowReport(Struct, frozen=True):
    account: Account


class ReportItem(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime
    week: int


class ReportShown(Struct, frozen=True):
    """The last events and the next ones, by start. `school`: whose people are shown, None for all; `consortium`: told
    to whoever is in several. `obligations`: the plan asks for something that he sees. `own`: whoever sees no roll may
    ask for what a report has of himself."""

    items: tuple[ReportItem, ...]
    school: str | None
    consortium: str = ""
    obligations: bool = False
    own: bool = False


class ShowRoll(Struct, frozen=True):
    account: Account
    occurrence: int


class SchoolNames(Struct, frozen=True):
    school: str
    names: tuple[str, ...]


class RollPerson(Struct, frozen=True):
    """What the office marks beside a name. `late`: minutes after the start; `by_hand`: checked in by the organiser or
    from a sheet; `answered_late` and `answered_for`: of the answer; `refused`: leave that was asked for, where the
    status does not say so; `unused`: leave that was granted; `note`: the word to a late answer."""

    name: str
    late: int | None = None
    by_hand: CheckInMethod | None = None
    answered_late: bool = False
    answered_for: bool = False
    refused: bool = False
    unused: bool = False
    note: str = ""


class SchoolPeople(Struct, frozen=True):
    school: str
    people: tuple[RollPerson, ...]


class RollGroup(Struct, frozen=True):
    """Those of one status; before the check-in closes those expected by what they said, None: nothing yet."""

    status: Status
    answer: ParticipationStatus | None
    people: int
    schools: tuple[SchoolPeople, ...]


class RollShown(Struct, frozen=True):
    """`expected`: how many are, which the counts add up to; `guests_in_all` (来宾) came and are not among them. Names,
    in `groups` and `guests`, are for those who correct: a principal sees totals (domain 3.1). `school` as above.
    `minutes`: there are some to read, for an organiser."""

    occurrence: int
    title: str
    starts_at: datetime
    week: int
    school: str | None
    expected: int
    counts: tuple[tuple[Status, int], ...]
    groups: tuple[RollGroup, ...]
    guests_in_all: int
    guests: tuple[SchoolPeople, ...]
    corrects: bool
    stage: Stage = Stage.PLANNED
    minutes: bool = False


class SpokenShown(Struct, frozen=True):
    """To somebody who sees no roll: the last events that he spoke at, where he may confirm who was there online."""

    items: tuple[ReportItem, ...]


ReportOutcome = ReportShown | SpokenShown | ConsortiumToChoose | Unlinked
RollOutcome = RollShown | NotOverseer | OccurrenceGone | Unlinked


def show_report(session: Session, request: ShowReport, now: datetime) -> ReportOutcome:
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    known = asker.known
    since = max(now - BACK, session.get_one(Consortium, known.consortium_id).since)  # nobody was asked before
    rows = agendas.between(session, known.consortium_id, since, now + AHEAD)
    found = [row for row, _ in rows if row.class_id is None]
    if not known.roles & OVERSEERS:
        return of_speaker(fetched(session, [row for row in found if row.speaker_id == known.id]), asker.consortium, now)
    begun, coming = [one for one in found if one.starts_at <= now], [one for one in found if one.starts_at > now]
    items = listed(fetched(session, [*begun[-BEGUN:], *coming[:COMING]]))
    school = None if Role.ORGANISER in known.roles else session.get_one(School, known.school_id).name
    return ReportShown(items, school, asker.consortium, asks(session, known))


def asks(session: Session, known: Known) -> bool:
    """Whether there is something to see in 计划落实: obligations, or papers that may have some."""
    row = session.get_one(Consortium, known.consortium_id)
    organises = Role.ORGANISER in known.roles and bool(editions.in_force(session, known.consortium_id))
    return bool(known.roles & SEES) and (bool(consortiums.blueprint(row).obligation) or organises)


def of_speaker(spoken: list[Held], consortium: str, now: datetime) -> SpokenShown | ReportShown:
    items = listed([one for one in spoken if confirms(one, now)][-BEGUN:])
    return SpokenShown(items) if items else ReportShown((), None, consortium, own=True)


def fetched(session: Session, rows: Iterable[Occurrence]) -> list[Held]:
    helds = (occurrences.get(session, row.id or 0) for row in rows)
    return [held for held in helds if held is not None]


def listed(found: Iterable[Held]) -> tuple[ReportItem, ...]:
    return tuple(ReportItem(one.id, one.title, one.local(one.starts_at), one.week) for one in found)


def show_roll(session: Session, request: ShowRoll, now: datetime) -> RollOutcome:
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    held, seen = found.held, seen_by(session, found, now)
    expected, guests = attendance.expected(seen), [one for one in seen if one.guest]
    counts = attendance.counts(seen)
    return RollShown(
        held.id,
        held.title,
        held.local(held.starts_at),
        held.week,
        None if found.organiser else session.get_one(School, found.known.school_id).name,
        len(expected),
        tuple((status, counts[status]) for status in ORDER if counts[status]),
        groups(expected) if found.corrects else (),
        len(guests),
        marked(guests) if found.corrects else (),
        found.corrects and not held.cancelled,
        stage_of(session, held, now),
        found.organiser and not held.cancelled and now >= held.starts_at,
    )


def seen_by(session: Session, found: Overseer, now: datetime) -> list[Standing]:
    everybody = attendance.standings(session, [found.held.id], now)
    return [one for one in everybody if found.sees(one.facts.school_id)]


def answered_for(session: Session, found: Overseer, now: datetime) -> list[Standing]:
    """Those of whom the overseer may say something: an approver never of himself."""
    everybody = seen_by(session, found, now)
    return [one for one in everybody if found.organiser or found.decides(one.facts.person, one.facts.school_id)]


def groups(expected: list[Standing]) -> tuple[RollGroup, ...]:
    by_status: defaultdict[tuple[Status, ParticipationStatus | None], list[Standing]] = defaultdict(list)
    for one in expected:
        by_status[one.status, one.facts.said if one.status is Status.EXPECTED else None].append(one)
    answers = (None, ParticipationStatus.DECLINED, ParticipationStatus.ACCEPTED)
    return tuple(
        RollGroup(status, answer, len(people), marked(people))
        for status in ORDER
        for answer in answers
        if (people := by_status.get((status, answer), []))
    )


def marked(people: list[Standing]) -> tuple[SchoolPeople, ...]:
    schools: defaultdict[str, list[RollPerson]] = defaultdict(list)
    for one in people:
        schools[one.facts.school].append(person(one))
    return tuple(SchoolPeople(school, tuple(theirs)) for school, theirs in schools.items())


def person(one: Standing) -> RollPerson:
    facts = one.facts
    return RollPerson(
        facts.name,
        one.late_minutes,
        facts.method if one.came and facts.method in BY_HAND else None,
        bool(facts.said and facts.said_late),
        facts.answered_by is not None,
        facts.leave is LeaveState.REFUSED and one.status is not Status.LEAVE_REFUSED,
        one.leave_unused,
        facts.note or "",
    )


def by_school(people: list[Standing]) -> tuple[SchoolNames, ...]:
    return named_by_school([(one.facts.school, one.facts.name) for one in people])


def named_by_school(people: Sequence[tuple[str, str]]) -> tuple[SchoolNames, ...]:
    """Of schools and names, in their order."""
    schools: defaultdict[str, list[str]] = defaultdict(list)
    for school, name in people:
        schools[school].append(name)
    return tuple(SchoolNames(school, tuple(names)) for school, names in schools.items())
