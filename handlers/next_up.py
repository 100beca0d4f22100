"""Next up (/next): what comes next, for a person or for a group's consortium."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.start import Unlinked
from store import attendees, audiences, blueprint, chats, consortiums, occurrences, persons, responses
from store.accounts import Account
from store.activities import Activity, ActivityKind
from store.chats import Place
from store.database import Session
from store.occurrences import Occurrence
from store.persons import Known, Role
from store.responses import ParticipationStatus

HORIZON = timedelta(days=60)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class NextUp:
    """Asked in a group (`place`), or in private (None)."""

    account: Account | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class UpcomingItem:
    """Instants are local. `answer`: the asker's own, never in a group. `class_name`: of a class meeting."""

    title: str
    starts_at: datetime
    ends_at: datetime
    week: int
    class_name: str | None
    theme: str | None
    place: str | None
    answer: ParticipationStatus | None


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Of those expected: how many are not linked, and how many no private message reaches."""

    unlinked: int
    silent: int


@dataclass(frozen=True, slots=True)
class Upcoming:
    """At most three, by start. `out_of_reach`: of the first one, told an organiser in private."""

    items: tuple[UpcomingItem, ...]
    out_of_reach: OutOfReach | None


@dataclass(frozen=True, slots=True)
class NothingUpcoming:
    pass


@dataclass(frozen=True, slots=True)
class ChatUnbound:
    """The group belongs to no consortium yet: an organiser may /bind it."""


NextUpOutcome = Upcoming | NothingUpcoming | Unlinked | ChatUnbound


def next_up(session: Session, request: NextUp, now: datetime) -> NextUpOutcome:
    if request.place is not None:
        consortium = chats.consortium_at(session, request.place)
        return ChatUnbound() if consortium is None else told(session, consortium, None, now)
    known = persons.of_account(session, request.account) if request.account else None
    return Unlinked() if known is None else told(session, known.consortium_id, known, now)


def told(session: Session, consortium: int, known: Known | None, now: datetime) -> Upcoming | NothingUpcoming:
    """`known` is None for a group."""
    row = consortiums.get(session, consortium)
    assert row is not None
    file, zone = consortiums.blueprint(row), ZoneInfo(row.timezone)
    coming = occurrences.between(session, consortium, now, now + HORIZON)
    ours = [each for each in coming if concerns(session, file, *each, known)][:SHOWN]
    if not ours:
        return NothingUpcoming()
    items = tuple(item(session, file, zone, *each, known) for each in ours)
    office = known is not None and Role.ORGANISER in known.roles
    return Upcoming(items, out_of_reach(session, file, *ours[0]) if office else None)


def concerns(
    session: Session, file: blueprint.Blueprint, found: Occurrence, activity: Activity, known: Known | None
) -> bool:
    """A group and an organiser see every event, and of the class meetings (班会) nobody sees any but their own."""
    if activity.kind is ActivityKind.CLASS_MEETING:
        return known is not None and any(one.head_teacher == known.key for one in classes_of(file, found))
    if known is None or Role.ORGANISER in known.roles:
        return True
    return known.id in expected(session, file, found, activity)


def item(
    session: Session, file: blueprint.Blueprint, zone: ZoneInfo, found: Occurrence, activity: Activity, known: Known | None
) -> UpcomingItem:
    assert found.id is not None
    answer = responses.of(session, found.id, known.id) if known else None
    return UpcomingItem(
        activity.title,
        found.starts_at.astimezone(zone),
        found.ends_at.astimezone(zone),
        found.week,
        next((one.name for one in classes_of(file, found)), None),
        found.theme,
        found.place,
        answer.status if answer else None,
    )


def out_of_reach(session: Session, file: blueprint.Blueprint, found: Occurrence, activity: Activity) -> OutOfReach:
    return OutOfReach(*persons.out_of_reach(session, expected(session, file, found, activity)))


def expected(session: Session, file: blueprint.Blueprint, found: Occurrence, activity: Activity) -> list[int]:
    """Person ids: those it was settled for, or, before its first message, those meant by the roster as it is now."""
    if found.settled_at is not None and found.id is not None:
        return attendees.of(session, found.id)
    meant = [one for one in file.activity if one.key == activity.key]
    people = [person for one in meant for person in audiences.of(session, activity.consortium_id, one, found.slot)]
    return [person.id for person in people if person.id is not None]


def classes_of(file: blueprint.Blueprint, found: Occurrence) -> list[blueprint.SchoolClass]:
    """The class of a class meeting; none for any other event."""
    return [one for one in file.class_ if one.key == found.slot]
