"""What is said about an event that is no class meeting: announced, remembered, nudged, checked in to, reflected on."""

from datetime import datetime

from msgspec import Struct

from handlers.coming import Coming, coming
from handlers.hand_in_minutes import nudges_both
from handlers.reflect import GOOD_FOR
from store import attendance, consortiums, linked_accounts, prompts, reflections, responses
from store.database import Session
from store.deliveries import DeliveryKind
from store.occurrences import Held
from store.persons import Person
from store.prompts import Asks
from store.responses import Said, SchoolTally


class NoticeFacts(Struct, frozen=True):
    """What a notice tells of its event, wherever it is read. `theme_open`: the activity has themes, and this time none
    is settled."""

    consortium: str
    title: str
    theme: str | None
    theme_open: bool
    starts_at: datetime
    ends_at: datetime
    week: int
    host: str | None
    place: str | None
    speaker: str | None
    lesson: str | None
    bring: str | None
    schools: tuple[str, ...]
    expected: int
    respond_by: datetime | None
    opens_at: datetime | None


class Announced(NoticeFacts, frozen=True):
    """活动通知."""

    occurrence: int
    tallies: tuple[SchoolTally, ...]
    answered: int
    coming: Coming | None = None


class Reminded(Struct, frozen=True):
    """活动提醒, shorter."""

    occurrence: int
    title: str
    theme: str | None
    starts_at: datetime
    week: int
    today: bool
    host: str | None
    place: str | None
    opens_at: datetime | None
    expected: int
    tallies: tuple[SchoolTally, ...]
    answered: int
    coming: Coming | None = None


class Nudged(Struct, frozen=True):
    """To one person who has not answered; `seen`: 收到 was pressed."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int
    host: str | None
    place: str | None
    respond_by: datetime | None
    seen: bool


class CheckInOpened(Struct, frozen=True):
    occurrence: int
    title: str
    late_at: datetime | None
    closes_at: datetime
    present: int
    expected: int


class ReflectionAsked(Struct, frozen=True):
    """What the person writes next in private is the reflection; `prompts`: what it may be about, by the file."""

    occurrence: int
    name: str
    title: str
    reflect_by: datetime
    prompts: tuple[str, ...]


class ReflectionNudged(Struct, frozen=True):
    """`drafted`: written, and not handed in."""

    occurrence: int
    name: str
    title: str
    reflect_by: datetime
    drafted: bool


UNDISTURBED = (Asks.LEAVE_REASON, Asks.LEAVE_REMARK, Asks.MINUTES)
EventOutcome = Announced | Reminded | Nudged | CheckInOpened | ReflectionAsked | ReflectionNudged


def event_notice(
    session: Session,
    kind: DeliveryKind,
    held: Held,
    person: int | None,
    now: datetime,
    beside: int = 1,
    said: Said | None = None,
) -> EventOutcome | None:
    """None: nothing to say any more. `beside`: so many events share the message. `said`: by whom is nudged."""
    return About(session, held, now, beside, said).notice(kind, person)


class About:
    """One occurrence, and what its messages say of it."""

    def __init__(
        self, session: Session, held: Held, now: datetime, beside: int = 1, said: Said | None = None
    ) -> None:
        self.session, self.held, self.now, self.beside, self.said = session, held, now, beside, said

    def notice(self, kind: DeliveryKind, person: int | None) -> EventOutcome | None:
        match kind:
            case DeliveryKind.ANNOUNCE:
                return self.announced()
            case DeliveryKind.REMIND:
                return self.reminded()
            case DeliveryKind.CHECK_IN:
                return self.check_in_opened()
            case DeliveryKind.NUDGE if self.said is not None and self.now < self.held.starts_at:
                return self.nudged(self.said)
            case DeliveryKind.NUDGE | DeliveryKind.REFLECT if person is not None:
                return self.reflection(person, kind)
        return None

    def announced(self) -> Announced:
        consortium = consortiums.get(self.session, self.held.consortium_id)
        assert consortium is not None
        tallies = tuple(responses.tally(self.session, self.held.id))
        return Announced(
            consortium.name,
            self.held.title,
            self.held.theme,
            self.held.theme is None and consortiums.blueprint(consortium).themed(self.held.activity),
            self.local(self.held.starts_at),
            self.local(self.held.ends_at),
            self.held.week,
            self.held.host,
            self.held.place,
            self.held.speaker,
            self.held.lesson,
            self.held.bring,
            tuple(tally.school for tally in tallies),
            sum(tally.expected for tally in tallies),
            self.maybe_local(self.held.respond_by),
            self.maybe_local(self.held.opens_at),
            self.held.id,
            tallies,
            sum(tally.answered for tally in tallies),
            coming(self.session, self.held, self.beside),
        )

    def reminded(self) -> Reminded:
        tallies = tuple(responses.tally(self.session, self.held.id))
        starts_at = self.local(self.held.starts_at)
        return Reminded(
            self.held.id,
            self.held.title,
            self.held.theme,
            starts_at,
            self.held.week,
            starts_at.date() == self.local(self.now).date(),
            self.held.host,
            self.held.place,
            self.maybe_local(self.held.opens_at),
            sum(tally.expected for tally in tallies),
            tallies,
            sum(tally.answered for tally in tallies),
            coming(self.session, self.held, self.beside),
        )

    def check_in_opened(self) -> CheckInOpened | None:
        if self.held.closes_at is None:
            return None
        expected = attendance.expected(attendance.standings(self.session, [self.held.id], self.now))
        times = self.maybe_local(self.held.late_at), self.local(self.held.closes_at)
        present = sum(one.came for one in expected)
        return CheckInOpened(self.held.id, self.held.title, *times, present, len(expected))

    def nudged(self, said: Said) -> Nudged | None:
        if said.status is not None:
            return None
        return Nudged(
            self.held.id,
            said.name,
            self.held.title,
            self.local(self.held.starts_at),
            self.held.week,
            self.held.host,
            self.held.place,
            self.maybe_local(self.held.respond_by),
            said.seen_at is not None,
        )

    def reflection(self, person: int, kind: DeliveryKind) -> ReflectionAsked | ReflectionNudged | None:
        if self.held.reflect_by is None or not owes_reflection(self.session, self.held, person, self.now):
            return None
        if kind is DeliveryKind.NUDGE and nudges_both(self.session, self.held, person):
            return None
        written = reflections.of(self.session, self.held.id, person)
        self.listen(person)
        name, due = self.session.get_one(Person, person).name, self.local(self.held.reflect_by)
        if kind is DeliveryKind.REFLECT:
            about = consortiums.prompts(self.session, self.held.consortium_id, self.held.activity)
            return ReflectionAsked(self.held.id, name, self.held.title, due, about)
        return ReflectionNudged(self.held.id, name, self.held.title, due, written is not None)

    def listen(self, person: int) -> None:
        """What the person writes next in private is the reflection, unless words about leave or minutes are."""
        linked = linked_accounts.of(self.session, person)
        asked = prompts.open_for(self.session, linked[0], self.now) if linked else None
        if linked is not None and (asked is None or asked.asks not in UNDISTURBED):
            prompts.ask(self.session, linked[0], Asks.REFLECTION, self.held.id, self.now + GOOD_FOR)

    def local(self, at: datetime) -> datetime:
        return self.held.local(at)

    def maybe_local(self, at: datetime | None) -> datetime | None:
        return None if at is None else self.local(at)


def owes_reflection(session: Session, held: Held, person: int, now: datetime) -> bool:
    """Came, and has neither handed one in nor said that there is none."""
    stands = attendance.of(session, held.id, person, now)
    came = stands is not None and stands.facts.expected and stands.came
    return came and held.reflect_by is not None and person not in reflections.done_with(session, held.id)
