"""The rehearsal: every message that the clock would cause, as though nobody answered and everybody attended."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.due_notice import due_notice
from bot.length import fitted, parted_by_length
from bot.speech import Message, together
from bot.voice import Voices
from handlers.notice import Notice, NoticeMoot
from scheduling import horizon, moments, occurrences
from scheduling.calendar import SchoolCalendar
from scheduling.demands import of_school_year
from scheduling.keeping import Keeper
from scheduling.keys import keys_of
from scheduling.marks import Marks
from scheduling.moment import Rehearsed, ToChat, ToPerson
from scheduling.occurrences import Planned
from scheduling.person_days import Waiting, order, parted, waiting
from scheduling.release import settle_expected
from scheduling.reminding import reminder
from store import consortiums, plans, rehearsals, reminders
from store.consortiums import Consortium
from store.database import Session, Store
from store.deliveries import DeliveryKind
from store.occurrences import Occurrence
from store.plans import Standing
from store.reminders import Wanted

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)  # as though every occurrence were still to come


class Line(Struct, frozen=True):
    """One message to one recipient; `at` is local, `week` the teaching week then, None between the terms."""

    at: datetime
    to: dict[str, str]
    name: str
    kind: str
    activity: str | None
    date: date | None
    class_: str | None
    text: str
    week: int | None

    def as_json(self) -> dict[str, Any]:
        """The contract's shape of `rehearse --json`."""
        return {
            "at": self.at.isoformat(),
            "to": self.to,
            "kind": self.kind,
            "activity": self.activity,
            "date": self.date.isoformat() if self.date else None,
            "class": self.class_,
            "text": self.text,
        }


def rehearsed(store: Store, voices: Voices, consortium: str | None, first: date, last: date) -> list[Line]:
    """Nothing of it stays: it is played on a copy of the store, or undone."""
    lines = store.try_out(played, voices, consortium, first, last)
    return sorted(lines, key=lambda line: line.at.timestamp())


def played(session: Session, voices: Voices, key: str | None, first: date, last: date) -> list[Line]:
    wanted = [one for one in consortiums.every(session) if key in (None, one.key)]
    return [line for one in wanted for line in Rehearsal(session, voices, one).lines(first, last)]


class Rehearsal:
    """One consortium's rows, filled as though each occurrence were at hand."""

    def __init__(self, session: Session, voices: Voices, consortium: Consortium) -> None:
        self.session, self.voices, self.consortium = session, voices, consortium
        self.blueprint = consortiums.blueprint(consortium)
        self.calendar = SchoolCalendar(self.blueprint)
        self.keys = keys_of(session, consortium)
        self.languages = rehearsals.languages(session, consortium.id or 0)
        self.zone = ZoneInfo(self.consortium.timezone)
        self.names = {chat.key: chat.title for chat in self.blueprint.chat}
        self.names |= {person.key: person.name for person in self.blueprint.person}
        self.held: set[int | None] = set()  # whose people have attended
        self.standing: dict[Planned, Standing] = {}

    def lines(self, first: date, last: date) -> list[Line]:
        assert self.consortium.id is not None
        entries = moments.rehearse(self.blueprint, first, last, rehearsals.linked(self.session, self.consortium.id))
        rehearsals.forget_answers(self.session, self.consortium.id)
        rows = self.rows(entries, first, last)
        done = reminders.done(self.session, self.consortium.id)
        entries = [entry for entry in entries if not self.said_before(entry, done)]
        if most := self.blueprint.consortium.private_budget:
            entries = within_days(entries, most, self.zone, lambda entry: self.waiting(entry, rows))
        return [line for entries in messages(entries) for line in self.told(entries, rows)]

    def rows(self, entries: list[Rehearsed], first: date, last: date) -> dict[Planned, Occurrence]:
        """A row for each occurrence that a message is about, a digest's month included, who is expected settled; and,
        as while it runs, for those that come next."""
        about = dict.fromkeys(entry.planned for entry in entries if entry.planned)
        reckoned = any(entry.moment.kind == "obligations_missing" for entry in entries)  # of all that the year had
        since = of_school_year(first).first if reckoned else horizon.a_month_before(first)
        about |= dict.fromkeys(occurrences.of(self.blueprint, since, last))
        coming = occurrences.of(self.blueprint, last, last + horizon.AHEAD)
        planned = [*about, *(one for one in coming if one not in about)]
        number = self.consortium.id or 0
        keeper = Keeper(self.session, number, self.blueprint, self.keys, Marks(self.blueprint, self.keys, date.max))
        kept = keeper.keep(planned, LONG_AGO, others=False).rows
        self.standing = {one: kept[keeper.slot(one)] for one in planned}
        rows = plans.rows_of(self.session, [row.id for row in kept.values()])
        found = {one: rows[row.id] for one, row in self.standing.items()}
        for one, row in found.items():
            if row.settled_at is None and one in about:
                settle_expected(self.session, number, row, row.starts_at)
        return found

    def said_before(self, entry: Rehearsed, done: Mapping[str, datetime]) -> bool:
        """What went out at another moment, before a lead or the event itself was moved, does not go out again."""
        return done.get(self.wanted(entry).dedup_key, entry.moment.at) != entry.moment.at

    def wanted(self, entry: Rehearsed) -> Wanted:
        row = self.standing[entry.planned] if entry.planned else None
        return reminder(entry.moment, row, entry.planned, self.keys, self.consortium)

    def waiting(self, entry: Rehearsed, rows: dict[Planned, Occurrence]) -> Waiting:
        return waiting(self.wanted(entry), rows[entry.planned].respond_by if entry.planned else None)

    def told(self, entries: list[Rehearsed], rows: dict[Planned, Occurrence]) -> Iterator[Line]:
        """Of the parts of one message, as many messages as hold them."""
        said = [(entry, text) for entry in entries if (text := self.said(entry, rows)) is not None]
        for held in parted_by_length([message for _, message in said]):
            yield self.line(said[0][0], together(held).text)
            said = said[len(held) :]

    def line(self, entry: Rehearsed, text: str) -> Line:
        """Told as the first of its parts."""
        moment, to = entry.moment, entry.to
        return Line(
            moment.at.astimezone(self.zone),
            {"chat": to.chat} if isinstance(to, ToChat) else {"person": to.person},
            self.names[to.chat if isinstance(to, ToChat) else to.person],
            moment.kind,
            moment.activity,
            moment.date,
            moment.class_,
            fitted(text),
            self.week(moment.at),
        )

    def said(self, entry: Rehearsed, rows: dict[Planned, Occurrence]) -> Message | None:
        moment, row = entry.moment, rows[entry.planned] if entry.planned else None
        for held in [row] if row else rows.values():
            if held.ends_at <= moment.at and held.id not in self.held:
                self.held.add(held.id)
                rehearsals.attend(self.session, held, held.starts_at)
        chat, person = (entry.to.chat, None) if isinstance(entry.to, ToChat) else (None, entry.to.person)
        about, subject = row.id if row else None, moment.subject or ""
        to = self.keys.chats[chat] if chat else None, self.keys.persons[person] if person else None
        request = Notice(DeliveryKind(moment.kind), about, *to, subject)
        outcome = due_notice(self.session, request, moment.at)
        if isinstance(outcome, NoticeMoot):
            return None
        return self.voices.of(self.languages.get(person or "")).say(outcome)

    def week(self, at: datetime) -> int | None:
        day = at.astimezone(self.zone).date()
        terms = (term for term in self.blueprint.term if term.first_day <= day <= term.last_day)
        return next((self.calendar.week(term, day) for term in terms), None)


def within_days(
    entries: list[Rehearsed], most: int, zone: ZoneInfo, reckoned: Callable[[Rehearsed], Waiting]
) -> list[Rehearsed]:
    """With a person's day in at most so many messages (private budget), as `scheduling.holding` does it."""
    days: defaultdict[tuple[str, date], list[tuple[Waiting, Rehearsed]]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry.to, ToPerson):
            days[entry.to.person, entry.moment.at.astimezone(zone).date()].append((reckoned(entry), entry))
    found = [entry for entry in entries if not isinstance(entry.to, ToPerson)]
    for day in days.values():
        day.sort(key=lambda one: order(one[0]))
        told = iter(entry for _, entry in day)
        for part in parted([one for one, _ in day], most):
            alone = len(part) == 1
            found += [
                replace(entry, moment=replace(entry.moment, at=part[-1].at, part=None if alone else number))
                for number, entry in enumerate(islice(told, len(part)))
            ]
    return sorted(found, key=lambda entry: (entry.moment.at, entry.moment.part or 0))


def messages(entries: list[Rehearsed]) -> list[list[Rehearsed]]:
    """Each by itself but the parts of one message (message budget), in the order in which they come."""
    found: dict[object, list[Rehearsed]] = {}
    for number, entry in enumerate(entries):
        key = number if entry.moment.part is None else (entry.to, entry.moment.at)
        found.setdefault(key, []).append(entry)
    return list(found.values())
