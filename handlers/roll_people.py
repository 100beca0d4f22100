"""The people of a roll: one is chosen, from a list or by name, and what may be set for that one is offered."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from handlers.claim import callings, folded
from handlers.oversight import Case, NotOverseer, Overseer, case_of, choices, overseer
from handlers.participants import OccurrenceGone
from handlers.roll import ORDER, answered_for
from handlers.start import Unlinked
from store import accounts, persons, prompts, responses
from store.accounts import Account
from store.database import Session
from store.persons import Person
from store.prompts import Asks
from store.responses import ParticipationStatus
from store.schools import School
from store.statuses import AttendanceStatus

ON_A_PAGE, PAGES = 8, 99
GOOD_FOR = timedelta(minutes=30)  # how long a text is taken for a name, or for a word why
LONGEST_NAME = 30  # characters; a longer text is something else


class ListPeople(Struct, frozen=True):
    """`page` counts from 1."""

    account: Account
    occurrence: int
    page: int


class ListedPerson(Struct, frozen=True):
    """`alike`: another one of the roll is called the same; `guest`: came (旁听), and is not counted."""

    person: int
    name: str
    school: str
    status: AttendanceStatus
    alike: bool
    guest: bool


class PeopleListed(Struct, frozen=True):
    """A page of them; the name of one may be written instead. `named`: those that are all called so."""

    occurrence: int
    title: str
    starts_at: datetime
    week: int
    page: int
    pages: int
    people: tuple[ListedPerson, ...]
    named: bool = False


class OpenPerson(Struct, frozen=True):
    account: Account
    occurrence: int
    person: int


class PersonOpened(Struct, frozen=True):
    """`answer`: what the person said before, and the `note` to it; `answers`: it may be registered for the person
    (代为登记); `corrected`: somebody's word stands, and may be taken back; `guest`
    as above."""

    occurrence: int
    person: int
    name: str
    school: str
    title: str
    starts_at: datetime
    week: int
    status: AttendanceStatus
    answer: ParticipationStatus | None
    choices: tuple[AttendanceStatus, ...]
    answers: bool
    corrected: bool
    note: str
    guest: bool


class PersonUnknown(Struct, frozen=True):
    """Nobody whose attendance the asker answers for is called so."""

    name: str


class MayNotCorrect(Struct, frozen=True):
    """A principal looks on; nobody speaks for another school's people; nothing is left to be said of this person."""


ListOutcome = PeopleListed | MayNotCorrect | NotOverseer | OccurrenceGone | Unlinked
PersonOutcome = PersonOpened | MayNotCorrect | NotOverseer | OccurrenceGone | Unlinked
NamedOutcome = PersonOutcome | PeopleListed | PersonUnknown


def list_people(session: Session, request: ListPeople, now: datetime) -> ListOutcome:
    """Those first whose status wants looking at; an approver's own is another one's to say."""
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    if not found.corrects or found.held.cancelled:
        return MayNotCorrect()
    seen = sorted(answered_for(session, found, now), key=lambda one: ORDER.index(one.status))
    called = Counter(one.facts.name for one in seen)
    pages = min(max(-(-len(seen) // ON_A_PAGE), 1), PAGES)
    page = min(request.page, pages)
    shown = seen[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.ROLL_NAME, found.held.id, now + GOOD_FOR)
    rows = tuple(
        ListedPerson(
            one.facts.person, one.facts.name, one.facts.school, one.status, called[one.facts.name] > 1, one.guest
        )
        for one in shown
    )
    held = found.held
    return PeopleListed(held.id, held.title, held.local(held.starts_at), held.week, page, pages, rows)


def open_person(session: Session, request: OpenPerson, now: datetime) -> PersonOutcome:
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    case = case_of(session, found, request.person, now)
    return MayNotCorrect() if case is None else opened(session, case, now)


def opened(session: Session, case: Case, now: datetime) -> PersonOutcome:
    held, allowed = case.overseer.held, choices(case, now)
    said = responses.of(session, held.id, case.person)
    answers = case.overseer.organiser and case.expected and now < held.starts_at and not held.cancelled
    if not allowed and not answers:
        return MayNotCorrect()
    return PersonOpened(
        held.id,
        case.person,
        case.name,
        session.get_one(School, case.school_id).name,
        held.title,
        held.local(held.starts_at),
        held.week,
        case.status,
        case.standing.facts.said if case.standing else None,
        allowed,
        answers,
        case.corrected is not None,
        said.note if said else "",
        case.guest,
    )


def named_person(session: Session, account: Account, occurrence: int, name: str, now: datetime) -> NamedOutcome | None:
    """A name was written instead of pressing one; None: that was no name."""
    found = overseer(session, account, occurrence)
    if not isinstance(found, Overseer):
        return found
    if not folded(name) or len(name) > LONGEST_NAME:
        return None
    named = called_by(session, found.known.consortium_id, name)
    cases = [case for one in named if (case := case_of(session, found, one, now)) is not None]
    if len(cases) == 1:
        return opened(session, cases[0], now)
    return several(session, found, cases[:ON_A_PAGE]) if cases else PersonUnknown(name)


def called_by(session: Session, consortium: int, name: str) -> list[int]:
    """Whom the words name: alone, or with their school."""
    everybody: list[Person] = list(persons.by_keys(session, consortium).values())
    return [row.id for row in everybody if row.id is not None and folded(name) in callings(session, row)]


def several(session: Session, found: Overseer, cases: Sequence[Case]) -> PeopleListed:
    schools = [session.get_one(School, case.school_id).name for case in cases]
    rows = tuple(
        ListedPerson(case.person, case.name, school, case.status, True, case.guest)
        for case, school in zip(cases, schools, strict=True)
    )
    held = found.held
    return PeopleListed(held.id, held.title, held.local(held.starts_at), held.week, 1, 1, rows, named=True)
