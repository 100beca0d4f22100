"""Moments: the messages that the clock causes, of one occurrence, and all in order (contract, "rehearse --json")."""

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import assert_never
from zoneinfo import ZoneInfo

from scheduling import audience, budget, closings, deadlines, digests, instants, occurrences, outlooks, summaries
from scheduling.durations import parse
from scheduling.instants import Instants
from scheduling.moment import (
    Kind,
    Moment,
    Owed,
    Recipient,
    Rehearsed,
    ToAudience,
    ToChat,
    ToOffice,
    ToOrganisers,
    ToOverseers,
    ToPerson,
)
from scheduling.occurrences import CLASS_MEETING, Planned, activity_of
from scheduling.sending import ONE_DAY, SendingTimes
from store.blueprint import Activity, Blueprint
from store.deliveries import MINUTES

NUDGE_BEFORE_DUE = "1d"
Due = tuple[Kind, datetime, Recipient, str]  # as the file says, before quiet hours; the last is the lead


def of(blueprint: Blueprint, planned: Planned) -> list[Moment]:
    """Every message for one occurrence, those of one kind and recipient that fall on one instant as one.

    The group's announcement of a date's class meetings is with the one that leads. A message that quiet hours hold back
    until it is of no use is none.
    """
    activity, due = activity_of(blueprint, planned), instants.of(blueprint, planned)
    times = SendingTimes(blueprint)
    start, end = planned.starts_at.astimezone(times.zone), planned.ends_at.astimezone(times.zone)
    found: dict[tuple[object, ...], Moment] = {}

    def send(
        kind: Kind, at: datetime, until: datetime, to: Recipient, lead: str = "", subject: str | None = None
    ) -> None:
        class_ = None if kind == "announce" else planned.class_
        at, until = at.astimezone(UTC), until.astimezone(UTC)
        if at < until:
            one = Moment(kind, at, until, activity.key, planned.date, class_, to, subject, lead)
            found.setdefault((kind, at, to, subject), one)

    for kind, asked_at, to, lead in before_start(activity, planned, start, due):
        if at := ahead(kind, asked_at, lead, start, times):
            send(kind, at, start, to, lead)
    if activity.chat and due.opens_at and due.closes_at:
        send("check_in", due.opens_at, due.closes_at, ToChat(activity.chat))
    if due.reflect_by:
        for kind, at, to, _ in after_end(planned, end, due.reflect_by):
            # reflections are asked for during exams, too; who has not written is left in peace until they are over
            send(kind, times.quiet.after(at) if kind == "reflect" else times.after(at, time()), due.reflect_by, to)
    if due.minutes_by:
        at, nudge_at = minutes_wanted(end, due.minutes_by, times)
        recorder = ToPerson(planned.recorder) if planned.recorder else None
        send("minutes", at, due.minutes_by, recorder or ToOrganisers())
        if recorder and nudge_at:
            send("nudge", nudge_at, due.minutes_by, recorder, subject=MINUTES)
    return list(found.values())


def minutes_wanted(end: datetime, minutes_by: datetime, times: SendingTimes) -> tuple[datetime, datetime | None]:
    """When the recorder is asked for the minutes (活动记录), or the organisers who the recorder is, and when nudged: as
    for a reflection."""
    nudge_at = parse(NUDGE_BEFORE_DUE).before(minutes_by)
    in_time = nudge_at.astimezone(UTC) >= end.astimezone(UTC)
    return times.quiet.after(end), times.after(nudge_at, time()) if in_time else None


def ahead(kind: Kind, at: datetime, lead: str, start: datetime, times: SendingTimes) -> datetime | None:
    """When what belongs before the start goes out. During exams only a reminder of at most a day ahead does: a nudge is
    left out, everything else comes before them."""
    if kind == "nudge":
        found = times.quiet.before(at, start)
        return None if times.exam(found) else found
    if kind == "remind" and parse(lead).elapsed <= ONE_DAY:
        return times.quiet.before(at, start)
    return times.before(at, start)


def before_start(activity: Activity, planned: Planned, start: datetime, due: Instants) -> Iterator[Due]:
    """What is to be prepared, announcement, reminders, and nudges of those who have not answered; a class meeting needs
    no preparing, and its reminders are private."""
    chat = ToChat(activity.chat) if activity.chat else None
    head_teacher = ToPerson(planned.head_teacher) if planned.head_teacher else None
    reminded = head_teacher if planned.kind == CLASS_MEETING else chat
    if activity.prepare and planned.kind != CLASS_MEETING:
        yield "prepare", parse(activity.prepare).before(start), ToOrganisers(), ""
    if activity.announce and chat and planned.leads:
        yield "announce", parse(activity.announce).before(start), chat, ""
    if reminded:
        for lead in activity.remind or ():
            yield "remind", parse(lead).before(start), reminded, lead
    if due.respond_by:
        for lead in activity.nudge or ():
            yield "nudge", parse(lead).before(due.respond_by), ToAudience("response"), lead


def after_end(planned: Planned, end: datetime, reflect_by: datetime) -> Iterator[Due]:
    """The request for a reflection (反思), or a class meeting's record, and its nudge where there is time for one."""
    if planned.kind == CLASS_MEETING and planned.head_teacher is None:
        return
    yield "reflect", end, ToAudience("attended"), ""
    nudge_at = parse(NUDGE_BEFORE_DUE).before(reflect_by)
    if nudge_at.astimezone(UTC) >= end.astimezone(UTC):
        yield "nudge", nudge_at, ToAudience("reflection"), ""


def every(blueprint: Blueprint, planned: Iterable[Planned], gathered: Iterable[Planned]) -> list[Owed]:
    """Those of each occurrence, and those that gather others, within the message budget."""
    gathered = list(gathered)
    owed: list[Owed] = [
        (moment, one) for one in planned for moment in (*of(blueprint, one), *closings.of(blueprint, one))
    ]
    owed += [(moment, None) for moment in gathering(blueprint, gathered)]
    return budget.kept(blueprint, owed)


def gathering(blueprint: Blueprint, planned: list[Planned]) -> list[Moment]:
    """Digests, outlooks and summaries, and what is due of the plan."""
    return [moment for each in (digests, outlooks, summaries, deadlines) for moment in each.of(blueprint, planned)]


def rehearse(blueprint: Blueprint, first: date, last: date, linked: Container[str]) -> list[Rehearsed]:
    """Every message whose local date lies from `first` to `last`, both included, by instant, one entry a recipient; the
    parts of one message in their order.

    As though nobody answered and everybody attended. `linked`: the keys of the persons who can be reached privately.
    """
    zone = ZoneInfo(blueprint.consortium.timezone)
    planned = [one for term in blueprint.term for one in occurrences.of(blueprint, term.first_day, term.last_day)]
    found = [
        Rehearsed(moment, to, one)
        for moment, one in every(blueprint, planned, planned)
        if first <= moment.at.astimezone(zone).date() <= last
        for to in recipients(blueprint, moment, one, linked)
    ]
    return sorted(found, key=lambda entry: (entry.moment.at, entry.moment.part or 0))


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
        case ToOrganisers():
            yield from in_role(blueprint, {"organiser"}, linked)
        case ToOffice():
            yield from in_role(blueprint, {"organiser", "approver"}, linked)
        case ToOverseers():
            return  # everybody attends
        case _:
            assert_never(moment.to)


def in_role(blueprint: Blueprint, roles: set[str], linked: Container[str]) -> Iterator[ToPerson]:
    """In any of them."""
    people = (person.key for person in blueprint.person if roles.intersection(person.roles))
    yield from (ToPerson(person) for person in people if person in linked)
