"""Moments: the messages that the clock causes, when and to whom (contract, "rehearse --json")."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from scheduling import audience, instants, occurrences, wall
from scheduling.calendar import SchoolCalendar
from scheduling.durations import parse
from scheduling.instants import Instants
from scheduling.occurrences import CLASS_MEETING, Planned, activity_of
from scheduling.quiet import QuietHours
from scheduling.rules import MonthlySchoolDay, Span, months
from store.blueprint import Activity, Blueprint

Date = date  # a field named `date` hides the type
Kind = Literal["announce", "remind", "nudge", "check_in", "reflect", "digest"]
DIGEST_AT = time(8, 30)
NUDGE_BEFORE_DUE = "1d"


@dataclass(frozen=True, slots=True)
class ToChat:
    """The key of a chat."""

    chat: str


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The key of a person."""

    person: str


@dataclass(frozen=True, slots=True)
class ToAudience:
    """The linked persons of the audience who, when the message goes out, owe an answer or a reflection, or attended."""

    waiting_for: Literal["response", "reflection", "attended"]


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` and `until` in UTC: sent from `at` on, quiet hours heeded, and of no use from `until` on.

    `activity` and `class_` are keys, `date` is the date held; `subject` is the month of a digest (`2026-10`); `lead` is
    the distance as the file spells it where one kind may have several (`1d`): whatever becomes of `at`, it is the same
    message.
    """

    kind: Kind
    at: datetime
    until: datetime
    activity: str | None
    date: Date | None
    class_: str | None
    to: ToChat | ToPerson | ToAudience
    subject: str | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A moment to one recipient; `planned` is the occurrence that it is about, None for a digest."""

    moment: Moment
    to: ToChat | ToPerson
    planned: Planned | None


Recipient = ToChat | ToPerson | ToAudience
Owed = tuple[Kind, datetime, Recipient, str]  # as the file says, before quiet hours; the last is the lead


def of(blueprint: Blueprint, planned: Planned) -> list[Moment]:
    """Every message for one occurrence, those of one kind and recipient that fall on one instant as one.

    The group's announcement of a date's class meetings is with the one that leads. A message that quiet hours hold back
    until it is of no use is none.
    """
    activity, due = activity_of(blueprint, planned), instants.of(blueprint, planned)
    zone = ZoneInfo(blueprint.consortium.timezone)
    start, end = planned.starts_at.astimezone(zone), planned.ends_at.astimezone(zone)
    quiet = QuietHours(blueprint.consortium.quiet, zone)
    found: dict[tuple[object, ...], Moment] = {}

    def send(kind: Kind, at: datetime, until: datetime, to: Recipient, lead: str = "") -> None:
        class_ = None if kind == "announce" else planned.class_
        at, until = at.astimezone(UTC), until.astimezone(UTC)
        if at < until:
            one = Moment(kind, at, until, activity.key, planned.date, class_, to, lead=lead)
            found.setdefault((kind, at, to), one)

    for kind, at, to, lead in before_start(activity, planned, start, due):
        send(kind, quiet.before(at, start), start, to, lead)
    if activity.chat and due.opens_at and due.closes_at:
        send("check_in", due.opens_at, due.closes_at, ToChat(activity.chat))
    if due.reflect_by:
        for kind, at, to, _ in after_end(planned, end, due.reflect_by):
            send(kind, quiet.after(at), due.reflect_by, to)
    return list(found.values())


def before_start(activity: Activity, planned: Planned, start: datetime, due: Instants) -> Iterator[Owed]:
    """Announcement, reminders, and nudges of those who have not answered; a class meeting's reminders are private."""
    chat = ToChat(activity.chat) if activity.chat else None
    head_teacher = ToPerson(planned.head_teacher) if planned.head_teacher else None
    reminded = head_teacher if planned.kind == CLASS_MEETING else chat
    if activity.announce and chat and planned.leads:
        yield "announce", parse(activity.announce).before(start), chat, ""
    if reminded:
        for ahead in activity.remind or ():
            yield "remind", parse(ahead).before(start), reminded, ahead
    if due.respond_by:
        for ahead in activity.nudge or ():
            yield "nudge", parse(ahead).before(due.respond_by), ToAudience("response"), ahead


def after_end(planned: Planned, end: datetime, reflect_by: datetime) -> Iterator[Owed]:
    """The request for a reflection (反思), or a class meeting's record, and its nudge where there is time for one."""
    if planned.kind == CLASS_MEETING and planned.head_teacher is None:
        return
    yield "reflect", end, ToAudience("attended"), ""
    nudge_at = parse(NUDGE_BEFORE_DUE).before(reflect_by)
    if nudge_at.astimezone(UTC) >= end.astimezone(UTC):
        yield "nudge", nudge_at, ToAudience("reflection"), ""


def digests(blueprint: Blueprint, planned: Iterable[Planned]) -> list[Moment]:
    """One for each chat and calendar month with an occurrence of an activity that has this chat, by month and chat key.

    It goes out on the first school day of the next month, in term or not, and is of no use when that month is over.
    """
    chats = {activity.key: activity.chat for activity in blueprint.activity}
    held = {(one.date.replace(day=1), chat) for one in planned if (chat := chats[one.activity])}
    calendar, zone = SchoolCalendar(blueprint), ZoneInfo(blueprint.consortium.timezone)
    quiet = QuietHours(blueprint.consortium.quiet, zone)
    found = []
    for month, chat in sorted(held):
        *_, following = months(Span(month, month + timedelta(days=31)))
        for day in MonthlySchoolDay(last=False).dates(following, calendar):
            at = quiet.after(wall.instant(day, DIGEST_AT, zone))
            until = wall.instant(following.last + timedelta(days=1), time(), zone).astimezone(UTC)
            if at < until:
                found.append(Moment("digest", at, until, None, None, None, ToChat(chat), f"{month:%Y-%m}"))
    return found


def rehearse(blueprint: Blueprint, first: date, last: date, linked: Container[str]) -> list[Rehearsed]:
    """Every message whose local date lies from `first` to `last`, both included, by instant, one entry a recipient.

    As though nobody answered and everybody attended. `linked`: the keys of the persons who can be reached privately.
    """
    zone = ZoneInfo(blueprint.consortium.timezone)
    planned = [one for term in blueprint.term for one in occurrences.of(blueprint, term.first_day, term.last_day)]
    owed: list[tuple[Moment, Planned | None]] = [(moment, one) for one in planned for moment in of(blueprint, one)]
    owed += [(moment, None) for moment in digests(blueprint, planned)]
    found = [
        Rehearsed(moment, to, one)
        for moment, one in owed
        if first <= moment.at.astimezone(zone).date() <= last
        for to in recipients(blueprint, moment, one, linked)
    ]
    return sorted(found, key=lambda entry: entry.moment.at)


def recipients(
    blueprint: Blueprint, moment: Moment, planned: Planned | None, linked: Container[str]
) -> Iterator[ToChat | ToPerson]:
    match moment.to:
        case ToChat():
            yield moment.to
        case ToPerson(person):
            if person in linked:
                yield moment.to
        case ToAudience():
            assert planned is not None
            people = audience.of(blueprint, activity_of(blueprint, planned), planned)
            yield from (ToPerson(person) for person in people if person in linked)
        case _:
            assert_never(moment.to)
