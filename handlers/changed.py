"""Changed: what has become of an occurrence that people had been told of (domain 9, notices 9 and 10)."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.coming import Coming, coming
from store import changes, check_ins, classes, leave_spans, leaves, occurrences, responses, schools
from store.changes import Told
from store.database import Session
from store.occurrences import Held, Occurrence
from store.responses import SchoolTally


class Facts(Struct, frozen=True):
    starts_at: datetime
    ends_at: datetime
    host: str | None
    place: str | None
    theme: str | None


class OccurrenceChanged(Struct, frozen=True):
    """时间调整. `class_name`: of a class meeting. `ask_again`: it is on another day, earlier answers do not count."""

    occurrence: int
    title: str
    class_name: str | None
    was: Facts
    now: Facts
    week: int
    reason: str
    answers: bool
    ask_again: bool
    respond_by: datetime | None
    expected: int
    tallies: tuple[SchoolTally, ...]
    answered: int
    coming: Coming | None = None


class OccurrenceCancelled(Struct, frozen=True):
    """活动取消. `of_classes`: a class meeting, or all of them of that day, where there is no `class_name`. `asked`:
    whether people were, if they come."""

    title: str
    class_name: str | None
    starts_at: datetime
    week: int
    reason: str
    of_classes: bool = False
    asked: bool = True


class OccurrenceRestored(Struct, frozen=True):
    """It takes place after all."""

    occurrence: int
    title: str
    class_name: str | None
    now: Facts
    week: int
    answers: bool


class ClassMeetingsScattered(Struct, frozen=True):
    """None of a day's class meetings (班会) is left on it, and each class has its own other day, or none."""

    title: str
    day: date
    reason: str


ChangeOutcome = OccurrenceChanged | OccurrenceCancelled | OccurrenceRestored | ClassMeetingsScattered


def change_notice(
    session: Session, change: int, held: Held, to_chat: bool, now: datetime, beside: int = 1
) -> ChangeOutcome | None:
    """None: it is again as it was, a later change tells of this one too, or what it was about is over. A chat is told
    of all class meetings of the day. `beside`: so many events share the message."""
    row = changes.get(session, change)
    newest = changes.newest_of(session, held.id)
    if row is None or newest != row.id or (held.starts_at <= now and not held.cancelled):
        return None
    was, room = row.told, None if to_chat else classes.name_of(session, held.class_id)
    of_classes = held.class_id is not None
    asked = not of_classes and bool(responses.tally(session, held.id))
    if of_classes and to_chat and len(fates(session, held)) > 1:
        scattered = ClassMeetingsScattered(held.title, held.local(was.starts_at).date(), row.reason)
        return None if was.cancelled else scattered
    if held.cancelled:
        leaves.close(session, held.id, row.at)
        start = held.local(was.starts_at)
        gone = OccurrenceCancelled(held.title, room, start, held.week, row.reason, of_classes, asked)
        return None if was.cancelled else gone
    facts = Facts(held.local(held.starts_at), held.local(held.ends_at), held.host, held.place, held.theme)
    if was.cancelled:
        cover(session, held, row.at, now)
        return OccurrenceRestored(held.id, held.title, room, facts, held.week, answers=asked)
    before = facts_before(session, was, held)
    if before == facts:
        return None
    if before.starts_at.date() != facts.starts_at.date():
        ask_again(session, held, row.at, now)
    outcome = changed(session, held, room, before, facts, row.reason, asked, now)
    return replace(outcome, coming=coming(session, held, beside)) if asked else outcome


def fates(session: Session, held: Held) -> set[date | None]:
    """Of all class meetings of its date."""
    row = session.get_one(Occurrence, held.id)
    return occurrences.fates(session, row.activity_id, row.rule_date)


def ask_again(session: Session, held: Held, changed_at: datetime, now: datetime) -> None:
    """Said of another day, what was recorded before counts no more. Not earlier: a change may be taken back unsaid."""
    responses.ask_again(session, held.id, changed_at, now)
    check_ins.ask_again(session, held.id, changed_at, now)
    leaves.close(session, held.id, changed_at)
    cover(session, held, changed_at, now)


def cover(session: Session, held: Held, changed_at: datetime, now: datetime) -> None:
    leave_spans.cover(session, session.get_one(Occurrence, held.id), now, since=changed_at)


def facts_before(session: Session, was: Told, held: Held) -> Facts:
    host = schools.name_of(session, was.host_id)
    return Facts(held.local(was.starts_at), held.local(was.ends_at), host, was.place, was.theme)


def changed(
    session: Session, held: Held, room: str | None, was: Facts, now: Facts, reason: str, asked: bool, at: datetime
) -> OccurrenceChanged:
    """`at`: the moment at which it is said. Where nobody was `asked` yet, the announcement is still to come."""
    tallies = tuple(responses.tally(session, held.id)) if asked else ()
    return OccurrenceChanged(
        held.id,
        held.title,
        room,
        was,
        now,
        held.week,
        reason,
        asked,
        asked and was.starts_at.date() != now.starts_at.date(),
        held.local(held.respond_by) if held.respond_by and held.respond_by > at else None,
        sum(tally.expected for tally in tallies),
        tallies,
        sum(tally.answered for tally in tallies),
    )


def cancelled_card(session: Session, held: Held) -> OccurrenceCancelled:
    """What every message of it becomes that had buttons."""
    reason = changes.reason_of(session, held.id)
    start, of_classes = held.local(held.starts_at), held.class_id is not None
    return OccurrenceCancelled(held.title, None, start, held.week, reason, of_classes)
