"""Report (台账): all that is known of what began in a range of days, as it stood when each term closed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.later_changes import LaterChange, told
from handlers.report_facts import Participation, ReportEvent, ReportTerm
from store import hindsight, reported, schools, terms
from store.attendance import EVENTS, Standing
from store.consortiums import Consortium
from store.database import Session
from store.hindsight import Then
from store.terms import Term

AT_ONCE = 20  # events whose facts are held together: those of a large consortium are thousands each
ONE_DAY = timedelta(days=1)


class Report(Struct, frozen=True):
    """From `first` to `last`, both included. `stands_at`: the instant, local, of which the newest figures are.
    `schools`: the names by key, in the file's order; of one school where the report is of that one alone (`school`)."""

    consortium: str
    name: str
    first: date
    last: date
    stands_at: datetime
    terms: tuple[ReportTerm, ...]
    schools: Mapping[str, str]
    school: str | None
    events: tuple[ReportEvent, ...]
    changes: tuple[LaterChange, ...]


class Gathering(Struct, frozen=True):
    """What is asked of every event alike. `keys`: of the schools by number; `people`: the key of each by number."""

    zone: ZoneInfo
    since: datetime
    terms: tuple[ReportTerm, ...]
    keys: Mapping[int, str]
    people: Mapping[int, str]
    known: Then
    reflected: set[tuple[int, int]]
    records: Mapping[int, str]

    def term(self, day: date) -> str:
        return next((one.key for one in self.terms if one.first_day <= day <= one.last_day), "")


def report(
    session: Session,
    consortium: Consortium,
    days: tuple[date, date],
    now: datetime,
    school: str | None = None,
    person: int | None = None,
) -> Report:
    """What began on these days and before now. `school`: the key of the one whose people alone are told of; `person`:
    the number of the one who is, at the events that know of him."""
    assert consortium.id is not None  # it is kept
    zone, (first, last) = ZoneInfo(consortium.timezone), days
    until = min(datetime.combine(last + ONE_DAY, time(), zone), now)
    found = reported.events(session, consortium.id, datetime.combine(first, time(), zone), until)
    closings = [closing(row, consortium.timezone, now) for row in terms.every(session, consortium.id)]
    within = tuple(one for one in closings if one.first_day <= last and one.last_day >= first)
    places = schools.by_keys(session, consortium.id)
    keys = {row.id: key for key, row in places.items() if row.id is not None}
    known = hindsight.then(session, {one.held.id: stands_at(one.day, closings, now) for one in found})
    everybody = reported.people(session, consortium.id)
    ids = [one.held.id for one in found]
    gathering = Gathering(
        zone,
        consortium.since,
        tuple(closings),
        keys,
        {number: row.key for number, row in everybody.items()},
        known,
        hindsight.reflected(session, known, ids),
        hindsight.recorded(session, known, [one.held.id for one in found if one.class_ is not None]),
    )
    mine = [one for one in found if school is None or one.school_id is None or keys[one.school_id] == school]
    events = tuple(gathered(session, gathering, mine, school, now, person))
    if person is not None:
        events = tuple(one for one in events if one.people)
    changes = told(session, consortium.id, known, events, school, everybody, keys, zone)
    names = {key: row.name for key, row in places.items() if school in (None, key)}
    stands = max((one.stands_at for one in within), default=now.astimezone(zone)).replace(second=0, microsecond=0)
    return Report(consortium.key, consortium.name, first, last, stands, within, names, school, events, changes)


def closing(row: Term, timezone: str, now: datetime) -> ReportTerm:
    closes = row.closes_at(timezone)
    at = min(closes, now).astimezone(ZoneInfo(timezone))
    return ReportTerm(row.key, row.name, row.first_day, row.last_day, at, closes <= now, row.plan)


def stands_at(day: date, closings: list[ReportTerm], now: datetime) -> datetime:
    """Until when what is said of an event of that day is in its figures."""
    return next((one.stands_at for one in closings if one.first_day <= day <= one.last_day), now)


def gathered(
    session: Session,
    known: Gathering,
    found: list[reported.Event],
    school: str | None,
    now: datetime,
    person: int | None,
) -> Iterator[ReportEvent]:
    people: dict[int, list[Participation]] = {one.held.id: [] for one in found}
    for part in parts(found):
        for standing in hindsight.standings(session, known.known, part, now, person):
            one = participation(known, standing)
            if school in (None, one.school):
                people[standing.facts.occurrence].append(one)
    return (event(known, one, people[one.held.id]) for one in found)


def parts(found: list[reported.Event]) -> Iterator[list[int]]:
    """The numbers of events that are asked about together: at a class meeting there is one person, elsewhere many."""
    meetings = [one.held.id for one in found if one.class_ is not None]
    others = [one.held.id for one in found if one.class_ is None]
    yield from (meetings[begin : begin + EVENTS] for begin in range(0, len(meetings), EVENTS))
    yield from (others[begin : begin + AT_ONCE] for begin in range(0, len(others), AT_ONCE))


def participation(known: Gathering, standing: Standing) -> Participation:
    facts = standing.facts
    recorded = facts.occurrence in known.records
    return Participation(
        known.people[facts.person],
        facts.name,
        known.keys[facts.school_id],
        facts.expected,
        facts.seen_at is not None,
        facts.said,
        bool(facts.said and facts.said_late),
        facts.leave,
        standing.status,
        standing.late_minutes,
        recorded or (facts.occurrence, facts.person) in known.reflected,
        facts.came_at.astimezone(known.zone) if facts.came_at else None,
        facts.method,
    )


def event(known: Gathering, one: reported.Event, people: list[Participation]) -> ReportEvent:
    held = one.held
    return ReportEvent(
        held.id,
        held.activity,
        held.kind,
        held.title,
        one.day,
        held.starts_at.astimezone(known.zone),
        held.ends_at.astimezone(known.zone),
        held.week,
        known.term(one.day),
        one.class_,
        one.class_name,
        known.keys[one.school_id] if one.school_id is not None else None,
        held.host,
        held.place,
        held.theme,
        held.cancelled,
        held.starts_at < known.since,
        held.opens_at is not None,
        known.records.get(held.id),
        tuple(people),
    )
