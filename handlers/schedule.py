"""Schedule (/schedule): what is coming, and what an organiser or the host school may change of it, by words."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.start import Unlinked
from store import accounts, amendments, classes, consortiums, occurrences, persons, prompts
from store.accounts import Account
from store.activities import ActivityKind
from store.blueprint import Blueprint, Milestone
from store.database import Session
from store.occurrences import Held, Occurrence
from store.persons import Known, Role
from store.prompts import Asks

SHOWN, OF_EACH = 8, 3
GOOD_FOR = timedelta(hours=1)  # how long words are taken for a change of the event that was opened
HOSTS = (Role.ORGANISER, Role.APPROVER, Role.PRINCIPAL)  # who speaks for the school that hosts


class ShowSchedule(Struct, frozen=True):
    account: Account


class ScheduleItem(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime
    week: int


class CommandChange(Struct, frozen=True):
    """What a command has changed in so many entries of the plan, at a local instant."""

    amendment: int
    at: datetime
    entries: int


class ScheduleShown(Struct, frozen=True):
    """By start; class meetings have a list of their own. `organiser`: may change all of it, else only what the school
    hosts. `consortium`: told to whoever is in several. Told to organisers: `milestones`, whether there are `classes`
    that meet, and what a command has changed and can be taken back, the newest first."""

    items: tuple[ScheduleItem, ...]
    organiser: bool
    consortium: str = ""
    milestones: tuple[Milestone, ...] = ()
    classes: bool = False
    by_command: tuple[CommandChange, ...] = ()


class NotInCharge(Struct, frozen=True):
    """Plans are changed by organisers; the host school may say where, who and what to bring."""


class OpenEvent(Struct, frozen=True):
    account: Account
    occurrence: int


class EventOpened(Struct, frozen=True):
    """What the person writes next in private changes it. `class_name`: of a class meeting. `whole`: everything may be
    changed, else only where, who and what to bring."""

    occurrence: int
    title: str
    class_name: str | None
    starts_at: datetime
    ends_at: datetime
    week: int
    host: str | None
    place: str | None
    theme: str | None
    speaker: str | None
    lesson: str | None
    recorder: str | None
    bring: str | None
    whole: bool


class ReadWords(Struct, frozen=True):
    """What somebody wrote behind /schedule; to an event that was opened, or to none."""

    account: Account
    occurrence: int | None


class About(Struct, frozen=True):
    """One occurrence by its activity's key, the rule's own date and the class's key."""

    activity: str
    rule_date: date
    class_: str | None


class WordsWanted(Struct, frozen=True):
    """They may be read into this blueprint. `whole` as above; `about`: the occurrence that was opened."""

    consortium: int
    blueprint: Blueprint
    about: About | None
    whole: bool


class Charge(Struct, frozen=True):
    """An event, and whether all of it may be changed."""

    held: Held
    whole: bool


class AskBack(Struct, frozen=True):
    """What was written so far is one half of what is to be read next."""

    account: Account
    occurrence: int | None
    words: str


class AskedBackKept(Struct, frozen=True):
    """To be completed by what the person writes next in private."""


ScheduleOutcome = ScheduleShown | NotInCharge | Unlinked | ConsortiumToChoose
EventOutcome = EventOpened | NotInCharge | Unlinked
WordsOutcome = WordsWanted | NotInCharge | Unlinked | ConsortiumToChoose
AskBackOutcome = AskedBackKept | NotInCharge | Unlinked | ConsortiumToChoose


def show_schedule(session: Session, request: ShowSchedule, now: datetime) -> ScheduleOutcome:
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    known, organiser = asker.known, Role.ORGANISER in asker.known.roles
    coming = occurrences.events(session, known.consortium_id, now)
    ours = [held for held in coming if organiser or hosts(session, known, held.id)]
    if not organiser and not ours:
        return NotInCharge()
    few = [held for n, held in enumerate(ours) if sum(one.activity == held.activity for one in ours[:n]) < OF_EACH]
    items = [ScheduleItem(held.id, held.title, held.local(held.starts_at), held.week) for held in few[:SHOWN]]
    if not organiser:
        return ScheduleShown(tuple(items), organiser, asker.consortium)
    file = blueprint_of(session, known.consortium_id)
    meet = any(one.kind == ActivityKind.CLASS_MEETING.value for one in file.activity)
    by_command = tuple(changes(session, known.consortium_id, now))[:OF_EACH]
    return ScheduleShown(tuple(items), organiser, asker.consortium, file.milestone, meet, by_command)


def changes(session: Session, consortium: int, now: datetime) -> Iterator[CommandChange]:
    """What commands have changed lately, and nobody since."""
    blueprint = blueprint_of(session, consortium)
    zone = ZoneInfo(blueprint.consortium.timezone)
    for row in amendments.by_command(session, consortium, now - amendments.GOOD_FOR):
        put = amendments.read(row.put)
        if amendments.undone(blueprint, put, amendments.read(row.was)) is not None:
            yield CommandChange(row.id or 0, row.at.astimezone(zone), len(put.every()))


def open_event(session: Session, request: OpenEvent, now: datetime) -> EventOutcome:
    """Asks what is to be changed."""
    charge = in_charge(session, request.account, request.occurrence)
    if not isinstance(charge, Charge):
        return charge
    held = charge.held
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.CHANGE, held.id, now + GOOD_FOR)
    times = held.local(held.starts_at), held.local(held.ends_at)
    who = held.host, held.place, held.theme, held.speaker, held.lesson, held.recorder, held.bring
    room = classes.name_of(session, held.class_id)
    return EventOpened(held.id, held.title, room, *times, held.week, *who, charge.whole)


def read_words(session: Session, request: ReadWords, now: datetime) -> WordsOutcome:
    """Whether it is worth reading them."""
    if request.occurrence is not None:
        return words_about(session, request.account, request.occurrence)
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    if Role.ORGANISER not in asker.known.roles:
        return NotInCharge()
    return WordsWanted(asker.known.consortium_id, blueprint_of(session, asker.known.consortium_id), None, whole=True)


def words_about(session: Session, account: Account, occurrence: int) -> WordsOutcome:
    charge = in_charge(session, account, occurrence)
    if not isinstance(charge, Charge):
        return charge
    held, row = charge.held, session.get_one(Occurrence, occurrence)
    about = About(held.activity, row.rule_date, row.slot or None)
    return WordsWanted(held.consortium_id, blueprint_of(session, held.consortium_id), about, charge.whole)


def in_charge(session: Session, account: Account, occurrence: int) -> Charge | NotInCharge | Unlinked:
    """Class meetings are the organiser's to change."""
    held = occurrences.get(session, occurrence)
    known = persons.of_account(session, account, held.consortium_id) if held else None
    if held is None or known is None:
        return Unlinked()
    whole = Role.ORGANISER in known.roles
    if not (whole or (held.class_id is None and hosts(session, known, occurrence))):
        return NotInCharge()
    return Charge(held, whole)


def ask_back(session: Session, request: AskBack, now: datetime) -> AskBackOutcome:
    allowed = read_words(session, ReadWords(request.account, request.occurrence), now)
    if not isinstance(allowed, WordsWanted):
        return allowed
    account = accounts.remember(session, request.account)
    prompts.ask(session, account, Asks.CHANGE, request.occurrence, now + GOOD_FOR, request.words)
    return AskedBackKept()


def hosts(session: Session, known: Known, occurrence: int) -> bool:
    """Whether the person speaks for the school that hosts it."""
    row = session.get(Occurrence, occurrence)
    return row is not None and row.host_id == known.school_id and any(role in known.roles for role in HOSTS)


def blueprint_of(session: Session, consortium: int) -> Blueprint:
    row = consortiums.get(session, consortium)
    assert row is not None
    return consortiums.blueprint(row)
