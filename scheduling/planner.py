"""The planner: keeps occurrences and reminders in step with the files; doing it twice changes nothing."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduling import horizon, instants, moments
from scheduling.class_dates import retell_dates
from scheduling.moment import Moment, ToAudience, ToChat, ToOffice, ToOrganisers, ToOverseers, ToPerson
from scheduling.occurrences import Planned
from scheduling.retelling import retell
from store import activities, changes, chats, classes, consortiums, persons, reminders, schools
from store import occurrences as rows
from store.blueprint import Blueprint
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from store.reminders import Reminder, ReminderKind, Whom
from store.retiring import Retirable

BEHIND = timedelta(days=62)  # a digest speaks of the month before
SECRET = 16  # bytes: no codes that were heard tell the next ones
BEFORE_START = ("announce", "remind", "nudge")
WAITING_FOR = {"response": Whom.UNANSWERED, "reflection": Whom.UNREFLECTED, "attended": Whom.ATTENDED}


@dataclass(frozen=True, slots=True)
class Keys:
    """The consortium's rows by the keys of its file."""

    activities: dict[str, int]
    schools: dict[str, int]
    classes: dict[str, int]
    persons: dict[str, int]
    chats: dict[str, int]


def plan(session: Session, now: datetime) -> None:
    """Every consortium, as far ahead as `horizon` says. What has begun is left alone."""
    consortiums.alone(session)
    for consortium in consortiums.every(session):
        plan_one(session, consortium, now)


def plan_one(session: Session, consortium: Consortium, now: datetime) -> None:
    blueprint = consortiums.blueprint(consortium)
    today = now.astimezone(ZoneInfo(consortium.timezone)).date()
    since = consortium.since.astimezone(ZoneInfo(consortium.timezone)).date()
    every = [(row, activity.key) for row, activity in rows.of_consortium(session, consortium.id or 0)]
    known = [row for row, _ in every]
    planned = horizon.planned(blueprint, max(since, today - BEHIND), today, every)
    keys = keys_of(session, consortium)
    told = {row.id: changes.told(row) for row in known}
    coming = keep(session, keys, blueprint, known, planned, now)
    cancel_others(session, known, coming.values(), now)
    for row in known:
        retell(session, blueprint, row, told[row.id], now)
    retell_dates(session, blueprint, [row for row in known if changes.told(row) != told[row.id]], now)
    changed = changes.newest(session, consortium.id or 0)
    # what began today counts towards the day's message budget; digests tell of what began since the file is with us
    today_on = [one for one in planned if one in coming or one.date >= today]
    ours = [one for one in planned if one.starts_at >= consortium.since]
    wanted = [
        reminder(moment, coming[one] if one else None, one, keys, consortium)
        for moment, one in moments.every(blueprint, today_on, ours)
        if moment.until > now and (one is None or (one in coming and not overtaken(moment, coming[one], changed)))
    ]
    reminders.put(session, wanted)
    ids = [row.id for row in coming.values() if row.id is not None]
    reminders.drop_others(session, consortium.id or 0, ids, {one.dedup_key for one in wanted})


def overtaken(moment: Moment, row: Occurrence, changed: Mapping[int, datetime]) -> bool:
    """What a change that people were told of has made old news; a change that an outlook's readers alone were told of
    announces nothing."""
    changed_at = changed.get(row.id or 0) if row.settled_at else None
    return moment.kind in BEFORE_START and changed_at is not None and moment.at <= changed_at


def keys_of(session: Session, consortium: Consortium) -> Keys:
    assert consortium.id is not None
    return Keys(
        ids(activities.by_keys(session, consortium.id)),
        ids(schools.by_keys(session, consortium.id)),
        ids(classes.by_keys(session, consortium.id)),
        ids(persons.by_keys(session, consortium.id)),
        ids(chats.by_keys(session, consortium.id)),
    )


def ids(found: Mapping[str, Retirable]) -> dict[str, int]:
    return {key: row.id for key, row in found.items() if row.id is not None}


def keep(
    session: Session,
    keys: Keys,
    blueprint: Blueprint,
    known: Iterable[Occurrence],
    planned: Iterable[Planned],
    now: datetime,
) -> dict[Planned, Occurrence]:
    """A row for each that had not begun, in the order given; one whose start moves is revised.

    What has begun stays as it was, and what the file would have had begin before now never took place.
    """
    by_slot = {(row.activity_id, row.rule_date, row.slot): row for row in known}
    single = {keys.activities[one.key] for one in blueprint.activity if one.every == "once"}
    alone = the_only(row for row in known if row.activity_id in single and row.starts_at > now)
    kept: dict[Planned, Occurrence] = {}
    for one in planned:
        slot = (keys.activities[one.activity], one.rule_date, one.class_ or "")
        row = by_slot.get(slot) or alone.get((slot[0], slot[2]))
        if (row.starts_at if row else one.starts_at) <= now:
            continue
        values = columns(one, keys, blueprint)
        if row is None:
            secret = secrets.token_hex(SECRET)
            row = Occurrence(activity_id=slot[0], rule_date=slot[1], slot=slot[2], secret=secret, **values)
        if row.rule_date != one.rule_date:
            row.known_as, row.rule_date = row.known_as or row.rule_date, one.rule_date
        back = row.id is not None and row.state is OccurrenceState.CANCELLED
        row.revision += 1 if back or row.starts_at != values["starts_at"] else 0
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        kept[one] = row
    session.flush()
    return kept


def the_only(known: Iterable[Occurrence]) -> dict[tuple[int, str], Occurrence]:
    """By activity and class, where one alone is planned: its date is another one when the file says so."""
    found: defaultdict[tuple[int, str], list[Occurrence]] = defaultdict(list)
    for row in known:
        if row.state is OccurrenceState.PLANNED:
            found[row.activity_id, row.slot].append(row)
    return {slot: same[0] for slot, same in found.items() if len(same) == 1}


def columns(one: Planned, keys: Keys, blueprint: Blueprint) -> dict[str, Any]:
    found: dict[str, Any] = {name: utc(at) for name, at in asdict(instants.of(blueprint, one)).items()}
    return found | {
        "date": one.date,
        "starts_at": utc(one.starts_at),
        "ends_at": utc(one.ends_at),
        "week": one.week,
        "theme": one.theme,
        "place": one.place,
        "speaker_id": keys.persons[one.speaker] if one.speaker else None,
        "lesson": one.lesson,
        "recorder_id": keys.persons[one.recorder] if one.recorder else None,
        "bring": one.bring,
        "state": OccurrenceState.PLANNED,
        "host_id": keys.schools[one.host] if one.host else None,
        "class_id": keys.classes[one.class_] if one.class_ else None,
    }


def utc(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC)


def cancel_others(
    session: Session, known: Iterable[Occurrence], kept: Iterable[Occurrence], now: datetime
) -> None:
    """What the files no longer plan and has not begun; its waiting reminders go with it."""
    wanted = {row.id for row in kept}
    gone = [
        row
        for row in known
        if row.id not in wanted and row.starts_at > now and row.state is OccurrenceState.PLANNED
    ]
    for row in gone:
        row.state = OccurrenceState.CANCELLED
        row.revision += 1
        session.add(row)
    session.flush()
    reminders.drop(session, [row.id for row in gone if row.id is not None])


def about(moment: Moment, one: Planned | None, row: Occurrence | None) -> str:
    """Names the revision, so that of a moved date people are reminded again. An announcement is made once: who heard it
    is told of the change; but a class meeting on a day of its own has one of its own. Of a digest it is the month, of
    an outlook or a summary the Monday."""
    if one is None or row is None:
        return moment.subject or ""
    own = row.known_as or one.rule_date
    if moment.kind != "announce":
        return f"{one.activity}:{own}:{moment.class_ or ''}:r{row.revision}"
    alone = f"@{one.date}" if one.class_ and one.moved_by_hand else ""
    return f"{one.activity}:{own}{alone}::r0"


def day_of_classes(moment: Moment, one: Planned | None) -> str:
    """What is announced of class meetings is about a date, whatever becomes of the one that leads."""
    return one.date.isoformat() if one and one.class_ and moment.kind == "announce" else ""


def reminder(
    moment: Moment, row: Occurrence | None, one: Planned | None, keys: Keys, consortium: Consortium
) -> Reminder:
    """Its key names the message, not its moment: a lead or quiet hours that change send nothing twice."""
    assert consortium.id is not None
    chat = person = None
    match moment.to:
        case ToChat(name):
            whom, chat = Whom.CHAT, keys.chats[name]
        case ToPerson(name):
            whom, person = Whom.PERSON, keys.persons[name]
        case ToAudience(name):
            whom = WAITING_FOR[name]
        case ToOrganisers():
            whom, name = Whom.ORGANISERS, Whom.ORGANISERS.value
        case ToOffice():
            whom, name = Whom.OFFICE, Whom.OFFICE.value
        case ToOverseers():
            whom, name = Whom.OVERSEERS, Whom.OVERSEERS.value
    return Reminder(
        dedup_key=f"{consortium.key}:{moment.kind}:{about(moment, one, row)}:{moment.lead}:{name}",
        consortium_id=consortium.id,
        kind=ReminderKind(moment.kind),
        whom=whom,
        occurrence_id=row.id if row else None,
        chat_id=chat,
        person_id=person,
        subject=moment.subject or day_of_classes(moment, one),
        at=moment.at,
        until=moment.until,
        part=moment.part,
    )
