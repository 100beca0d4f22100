"""Term files: one's own calendar (日历文件), the picture (学期一览) and the sheet (学期安排表) of the term that runs or
comes next."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.next_up import ChatUnbound, sees_classes
from handlers.schedule import NotInCharge
from handlers.start import Unlinked
from store import chats, consortiums, persons
from store.accounts import Account
from store.blueprint import Blueprint, Term
from store.chats import Place
from store.consortiums import Consortium
from store.database import Session
from store.persons import Role
from store.schools import School


class AskTermFile(Struct, frozen=True):
    """Asked in a group (`place`), or in private (None)."""

    account: Account
    place: Place | None


class CalendarSent(Struct, frozen=True):
    """`key`, `person`: keys of the consortium and of whose it is. `document`, its name and content, the bot makes."""

    key: str
    person: str
    consortium: str
    term: Term
    document: tuple[str, bytes] | None = None


class TermPictured(Struct, frozen=True):
    """`key`: of the consortium. `document`, its name and content, the bot makes."""

    key: str
    consortium: str
    term: Term
    document: tuple[str, bytes] | None = None


class SheetSent(Struct, frozen=True):
    """`holds`: the file and what was set in the chat. `document`, its name and content, the bot makes."""

    consortium: str
    term: Term
    holds: Blueprint
    document: tuple[str, bytes] | None = None


class ClassesPictured(Struct, frozen=True):
    """班会一览. `school`: the key of the one whose classes are shown, None for all. `document`, its name and content,
    the bot makes."""

    key: str
    consortium: str
    term: Term
    school: str | None
    document: tuple[str, bytes] | None = None


class ClassesNotYours(Struct, frozen=True):
    """Who had class meetings is the office's to see, and of their own school its approvers', principals' and head
    teachers'."""


class NoTermAhead(Struct, frozen=True):
    """The file's last term is over."""


CalendarOutcome = CalendarSent | NoTermAhead | Unlinked | ChatUnbound | ConsortiumToChoose
PictureOutcome = TermPictured | NoTermAhead | Unlinked | ChatUnbound | ConsortiumToChoose
ClassesOutcome = ClassesPictured | ClassesNotYours | NoTermAhead | Unlinked | ConsortiumToChoose
SheetOutcome = SheetSent | NoTermAhead | NotInCharge | Unlinked | ConsortiumToChoose


def ask_calendar(session: Session, request: AskTermFile, now: datetime) -> CalendarOutcome:
    """In a group that of its consortium."""
    asked = asked_of(session, request)
    if not isinstance(asked, int):
        return asked
    known = persons.of_account(session, request.account, asked)
    if known is None:
        return Unlinked()
    row, term = running(session, asked, now)
    return NoTermAhead() if term is None else CalendarSent(row.key, known.key, row.name, term)


def ask_picture(session: Session, request: AskTermFile, now: datetime) -> PictureOutcome:
    """It holds no personal data: whoever may read the group may see it."""
    asked = asked_of(session, request)
    if not isinstance(asked, int):
        return asked
    row, term = running(session, asked, now)
    return NoTermAhead() if term is None else TermPictured(row.key, row.name, term)


def asked_of(session: Session, request: AskTermFile) -> int | Unlinked | ChatUnbound | ConsortiumToChoose:
    """The consortium of the group, or the one that answers in private."""
    if request.place is None:
        asker = speaker(session, request.account)
        return asker.known.consortium_id if isinstance(asker, Speaker) else asker
    consortium = chats.consortium_at(session, request.place)
    return ChatUnbound() if consortium is None else consortium


def ask_sheet(session: Session, request: AskTermFile, now: datetime) -> SheetOutcome:
    """It names people and may be sent back: an organiser's, in private."""
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    if Role.ORGANISER not in asker.known.roles:
        return NotInCharge()
    row, term = running(session, asker.known.consortium_id, now)
    return NoTermAhead() if term is None else SheetSent(row.name, term, consortiums.blueprint(row))


def ask_classes(session: Session, request: AskTermFile, now: datetime) -> ClassesOutcome:
    """It tells whose class met and whose did not: in private alone."""
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    known = asker.known
    row, term = running(session, known.consortium_id, now)
    if not sees_classes(session, consortiums.blueprint(row), known):
        return ClassesNotYours()
    school = None if Role.ORGANISER in known.roles else session.get_one(School, known.school_id).key
    return NoTermAhead() if term is None else ClassesPictured(row.key, row.name, term, school)


def running(session: Session, consortium: int, now: datetime) -> tuple[Consortium, Term | None]:
    row = consortiums.get(session, consortium)
    assert row is not None
    return row, term_at(consortiums.blueprint(row), now.astimezone(ZoneInfo(row.timezone)).date())


def term_at(file: Blueprint, today: date) -> Term | None:
    """The term that holds the day, else the next one; None after the last."""
    coming = [term for term in file.term if term.last_day >= today]
    return min(coming, key=lambda term: term.first_day, default=None)
