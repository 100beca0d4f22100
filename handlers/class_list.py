"""Class list: an organiser looks for the class meeting (班会) that is to be changed: school, class, date."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.schedule import NotInCharge, ScheduleItem
from handlers.start import Unlinked
from store import agendas, classes, occurrences, schools
from store.accounts import Account
from store.classes import SchoolClass
from store.database import Session
from store.persons import Role

HORIZON = timedelta(days=60)  # class meetings are planned no further ahead
SHOWN = 4  # dates of a class
MOST = 90  # a message has at most a hundred buttons


class ListClasses(Struct, frozen=True):
    """Of a school, by its number, or of all."""

    account: Account
    school: int | None


class Choice(Struct, frozen=True):
    """`number`: of a school or a class."""

    number: int
    name: str


class ClassesListed(Struct, frozen=True):
    """The schools, or the classes of one, one of which is to be chosen; `more`: so many have no button."""

    school: str | None
    choices: tuple[Choice, ...]
    more: int


class ListMeetings(Struct, frozen=True):
    account: Account
    room: int


class MeetingsListed(Struct, frozen=True):
    """The next meetings of a class, one of which is to be chosen."""

    class_name: str
    items: tuple[ScheduleItem, ...]


ClassesOutcome = ClassesListed | NotInCharge | Unlinked | ConsortiumToChoose
MeetingsOutcome = MeetingsListed | NotInCharge | Unlinked | ConsortiumToChoose


def list_classes(session: Session, request: ListClasses, now: datetime) -> ClassesOutcome:
    """Where one school alone has classes, these."""
    consortium = organised(session, request.account)
    if not isinstance(consortium, int):
        return consortium
    rooms = [room for room in classes.by_keys(session, consortium).values() if room.retired_at is None]
    having = {room.school_id for room in rooms}
    named = {row.id: row.name for row in schools.by_keys(session, consortium).values() if row.id in having}
    school = next(iter(named)) if len(named) == 1 else request.school
    if school not in named:
        return listed(None, [Choice(number, name) for number, name in named.items() if number])
    return listed(named[school], [Choice(room.id, room.name) for room in rooms if room.school_id == school and room.id])


def listed(school: str | None, choices: list[Choice]) -> ClassesListed:
    return ClassesListed(school, tuple(choices[:MOST]), len(choices[MOST:]))


def list_meetings(session: Session, request: ListMeetings, now: datetime) -> MeetingsOutcome:
    consortium = organised(session, request.account)
    if not isinstance(consortium, int):
        return consortium
    room = session.get(SchoolClass, request.room)
    if room is None or room.consortium_id != consortium:
        return NotInCharge()
    coming = agendas.between(session, consortium, now, now + HORIZON)
    ahead = [row for row, _ in coming if row.class_id == room.id and row.starts_at > now][:SHOWN]
    helds = filter(None, (occurrences.get(session, row.id or 0) for row in ahead))
    items = (ScheduleItem(held.id, held.title, held.local(held.starts_at), held.week) for held in helds)
    return MeetingsListed(room.name, tuple(items))


def organised(session: Session, account: Account) -> int | NotInCharge | Unlinked | ConsortiumToChoose:
    """The consortium that the account is an organiser of."""
    asker = speaker(session, account)
    if not isinstance(asker, Speaker):
        return asker
    return asker.known.consortium_id if Role.ORGANISER in asker.known.roles else NotInCharge()
