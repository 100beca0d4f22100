"""Read reflections (反思): an approver those of the own school, an organiser those that are shared; nobody else any."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from handlers.participants import OccurrenceGone
from handlers.text_units import units
from store import occurrences, persons, shared_texts
from store.accounts import Account
from store.database import Session
from store.persons import Role
from store.shared_texts import Readable, Told

PAGE = 8
FITTING = 3_000  # UTF-16 units of texts in one message, which holds 4096 with what stands around them


class Readers(StrEnum):
    """本校: all of the approver's school; 同意公开: what is shared, for organisers."""

    SCHOOL = "school"
    CONSORTIUM = "consortium"


class ListReflected(Struct, frozen=True):
    """`page`: from 1."""

    account: Account
    readers: Readers
    page: int


class ReadReflections(Struct, frozen=True):
    """`first`: the number of the reflection to begin with; those about the same event follow."""

    account: Account
    readers: Readers
    first: int


class ReflectedEvent(Struct, frozen=True):
    title: str
    starts_at: datetime
    count: int
    first: int


class ReflectedListed(Struct, frozen=True):
    """The newest first, `more` on the next page."""

    readers: Readers
    events: tuple[ReflectedEvent, ...]
    page: int
    more: bool


class ReflectionText(Struct, frozen=True):
    """`author`: None for what an organiser reads; who shares a text shares no name."""

    school: str
    author: str | None
    text: str


class ReflectionsRead(Struct, frozen=True):
    """`following`: the number of the next one; None where these are the last."""

    readers: Readers
    title: str
    starts_at: datetime
    texts: tuple[ReflectionText, ...]
    following: int | None


class ReadingRefused(Struct, frozen=True):
    """Neither an approver (organiser), nor, of an author's own, the author."""


ListReflectedOutcome = ReflectedListed | ReadingRefused
ReadReflectionsOutcome = ReflectionsRead | ReadingRefused | OccurrenceGone


def list_reflected(session: Session, request: ListReflected, _now: datetime) -> ListReflectedOutcome:
    readable = readable_by(session, request.account, request.readers)
    if readable is None:
        return ReadingRefused()
    found = shared_texts.events(session, readable, (request.page - 1) * PAGE, PAGE + 1)
    events = tuple(event(session, one) for one in found[:PAGE])
    return ReflectedListed(request.readers, events, request.page, len(found) > PAGE)


def event(session: Session, about: shared_texts.About) -> ReflectedEvent:
    held = occurrences.get(session, about.occurrence)
    assert held is not None
    return ReflectedEvent(about.title, held.local(about.starts_at), about.count, about.first)


def read_reflections(session: Session, request: ReadReflections, _now: datetime) -> ReadReflectionsOutcome:
    """As many as one message holds. Gone: taken out, or shared no longer."""
    readable = readable_by(session, request.account, request.readers)
    if readable is None:
        return ReadingRefused()
    found = shared_texts.texts(session, readable, request.first, PAGE + 1)
    held = occurrences.get(session, found[0].occurrence) if found else None
    if held is None:
        return OccurrenceGone()
    shown = fitting(found[:PAGE])
    following = found[len(shown)].id if len(found) > len(shown) else None
    named = request.readers is Readers.SCHOOL
    texts = tuple(ReflectionText(one.school, one.author if named else None, one.text) for one in shown)
    return ReflectionsRead(request.readers, held.title, held.local(held.starts_at), texts, following)


def fitting(found: list[Told]) -> list[Told]:
    """At least one."""
    room, shown = FITTING, list[Told]()
    for one in found:
        room -= units(one.text)
        if shown and room < 0:
            break
        shown.append(one)
    return shown


def readable_by(session: Session, account: Account, readers: Readers) -> Readable | None:
    """By the roles of now; an approver reads what the school's teachers of then wrote."""
    mine = persons.all_of_account(session, account)
    if readers is Readers.SCHOOL:
        schools = tuple(known.school_id for known in mine if Role.APPROVER in known.roles)
        return Readable(schools=schools) if schools else None
    consortiums = tuple(known.consortium_id for known in mine if Role.ORGANISER in known.roles)
    return Readable(consortiums=consortiums) if consortiums else None
