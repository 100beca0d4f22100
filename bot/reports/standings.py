"""Standings (落实情况): each obligation beside its clause, what was done for it, what is missing."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.reports.class_standings import of_classes
from bot.reports.fulfilment import Fulfilment, MetBy, Why, met_by
from bot.words import Words
from handlers.exchanges import people_of
from scheduling import demands
from scheduling.calendar import SchoolCalendar
from scheduling.demands import Demand, Gap
from scheduling.occurrences import CLASS_MEETING
from scheduling.rules import Span
from store import agendas, consortiums
from store.blueprint import Obligation, Rhythm
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from store.policies.citing import Papers

GAPS = {Gap.BEFORE_TERM: Why.BEFORE_TERM, Gap.AFTER_TERM: Why.AFTER_TERM, Gap.NO_SCHOOL: Why.HOLIDAY}


class Standing(Struct, frozen=True):
    """`path` and `quoted`: where and how the paper `document` has it, the file's own word and "" where none in force
    does. `demanded` is None where nothing is reckoned (an obligation of each day); else `demanded` and `done` are those
    of all periods, or of the people (their keys) who count now. `missing` holds what is still to come, too: `until` is
    the day by which the next of it is due, None where no period that lacks something is open. `met_by`: where to look
    for what shows it."""

    key: str
    title: str
    document: str | None
    path: tuple[str, ...]
    quoted: str
    rhythm: Rhythm
    demanded: int | None
    done: int
    missing: int
    until: date | None
    periods: tuple[Fulfilment, ...] = ()
    people: tuple[str, ...] = ()
    met_by: MetBy = MetBy.ACTIVITIES

    @property
    def overdue(self) -> int:
        """Of `missing` what is not merely still to come."""
        return sum(one.missing for one in self.periods if one.why is not Why.TO_COME)

    @property
    def beyond(self) -> int:
        """More people than the clause has: worth a look. Of events more than asked for are fine."""
        return max(0, self.done - (self.demanded or 0)) if self.rhythm == "standing" and self.demanded else 0


def standings(
    session: Session,
    consortium: Consortium,
    first: date,
    last: date,
    now: datetime,
    words: Words | None = None,
    school: str | None = None,
) -> tuple[Standing, ...]:
    """In the file's order. A period (month, term, school year, teaching week) that the range touches is judged whole,
    as it stands at `now`, and people as of the range's last day or today. `school`: its key, for the class meetings and
    people of that school alone. `words`: whose language the notes are in."""
    reckoner = Reckoner(session, consortium, Span(first, last), now, words or Words("zh"), school)
    asked = (one for one in reckoner.file.obligation if not one.declined)
    return tuple(reckoner.standing(one) for one in asked if reckoner.concerns(one))


class Reckoner:
    def __init__(
        self, session: Session, consortium: Consortium, span: Span, now: datetime, words: Words, school: str | None
    ) -> None:
        assert consortium.id is not None
        self.session, self.consortium, self.number = session, consortium, consortium.id
        self.span, self.now, self.words, self.school = span, now, words, school
        self.file, self.papers = consortiums.blueprint(consortium), Papers(session, consortium.id)
        zone = ZoneInfo(consortium.timezone)
        self.today, self.since = now.astimezone(zone).date(), consortium.since.astimezone(zone).date()
        self.calendar = SchoolCalendar(self.file)
        self.meetings = {one.key for one in self.file.activity if one.kind == CLASS_MEETING}
        self.reasons = {(one.activity, one.date): one.reason or "" for one in self.file.occurrence if one.cancelled}

    def concerns(self, obligation: Obligation) -> bool:
        """The people of one school are those that it sends or takes."""
        schools = (*(obligation.from_ or ()), *(obligation.to or ()))
        return self.school is None or not schools or self.school in schools

    def standing(self, obligation: Obligation) -> Standing:
        path = tuple(part.strip() for part in (obligation.clause or "").split(" / ") if part.strip())
        cited = self.papers.cite(obligation.document, path, obligation.words) if path else None
        about = obligation.key, obligation.title, cited.document if cited else obligation.document, path
        quoted = cited.text if cited else ""
        if obligation.by_people:
            day = min(self.span.last, self.today)
            people = tuple(one.key for one in people_of(self.file, obligation, day))
            missing = max(0, obligation.count - len(people))
            return Standing(
                *about,
                quoted,
                obligation.rhythm,
                obligation.count,
                len(people),
                missing,
                None,
                people=people,
                met_by=met_by(obligation),
            )
        periods = tuple(self.periods(obligation))
        open_ = (one.last for one in periods if one.missing and one.last >= self.today)
        return Standing(
            *about,
            quoted,
            obligation.rhythm,
            None if obligation.rhythm == "day" else sum(one.demanded for one in periods),
            sum(one.done for one in periods),
            sum(one.missing for one in periods),
            min(open_, default=None),
            periods,
            met_by=met_by(obligation),
        )

    def periods(self, obligation: Obligation) -> Iterator[Fulfilment]:
        if obligation.themes:
            for demand in demands.of(self.file, obligation.rhythm, obligation.themes, self.span):
                yield self.themed(obligation, demand)
            return
        activities = obligation.activities or ()
        if obligation.rhythm == "week" and activities and set(activities) <= self.meetings:
            for term in self.file.term:
                if demands.touches(self.span, term.first_day, term.last_day):
                    about = self.session, self.consortium, term, activities, obligation.count
                    yield from of_classes(*about, self.span, self.words, self.now, self.school)
            return
        asked = demands.of(self.file, obligation.rhythm, activities, self.span)
        if obligation.rhythm == "once" and self.file.term:
            terms = self.file.term
            asked = [Demand("once", min(one.first_day for one in terms), max(one.last_day for one in terms))]
        if asked:
            whole = min(one.first for one in asked), max(one.last for one in asked)
            rows = agendas.of_activities(self.session, self.number, activities, *whole)
            for demand in asked:
                yield self.held(obligation, demand, [one for one in rows if in_period(one[1], demand)])

    def themed(self, obligation: Obligation, demand: Demand) -> Fulfilment:
        """一月一主题: the month has a theme, or it is 待定."""
        rows = (one for one in self.file.theme if one.activity in (obligation.themes or ()))
        done = min(obligation.count, sum(one.month == demand.key for one in rows))
        gap = GAPS[demand.gap] if demand.gap else None
        lacking = Why.TO_COME if demand.last >= self.today else Why.NOT_HELD
        asked = 0 if gap else obligation.count
        return Fulfilment(
            demand.key, demand.first, demand.last, None, asked, done, gap or (None if done >= asked else lacking)
        )

    def held(self, obligation: Obligation, demand: Demand, rows: list[tuple[str, Occurrence]]) -> Fulfilment:
        """Of the events in one period those that have taken place; what was cancelled does not count."""
        planned = [row for _, row in rows if row.state is OccurrenceState.PLANNED]
        over = [row for row in planned if row.ends_at <= self.now and row.starts_at >= self.consortium.since]
        found = tuple(row.id for row in over if row.id is not None)
        why, note = (None, "") if len(found) >= obligation.count else self.why(demand, rows, planned)
        asked = 0 if demand.gap or why is Why.NOT_COUNTED else obligation.count
        return Fulfilment(demand.key, demand.first, demand.last, None, asked, len(found), why, note, found)

    def why(self, demand: Demand, rows: list[tuple[str, Occurrence]], planned: list[Occurrence]) -> tuple[Why, str]:
        """Why there is less than was asked for, and more of it."""
        if demand.gap:
            return GAPS[demand.gap], ""
        if any(row.ends_at > self.now for row in planned):
            return Why.TO_COME, ""
        if any(row.starts_at < self.consortium.since for row in planned) or self.was_before_us(demand):
            return Why.NOT_COUNTED, ""
        gone = [(key, row) for key, row in rows if row.state is OccurrenceState.CANCELLED]
        if gone:
            return Why.CANCELLED, self.reasons.get((gone[0][0], gone[0][1].rule_date), "")
        off = [day for day in demand.days if not self.calendar.is_school_day(day)]
        if off and len(off) == len(demand.days):
            return Why.HOLIDAY, self.calendar.name(off[0], self.words.language)
        return (Why.TO_COME if demand.last >= self.today else Why.NOT_HELD), ""

    def was_before_us(self, demand: Demand) -> bool:
        """By the rule's dates, where it has some."""
        return (demand.days[-1] if demand.days else demand.last) < self.since


def in_period(row: Occurrence, demand: Demand) -> bool:
    return demand.first <= row.date <= demand.last
