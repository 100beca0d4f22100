"""Nudge (/nudge): an organiser sees who has not answered, in private, and has them reminded now, each in private."""

from datetime import date, datetime, time

from msgspec import Struct

from handlers.participants import OccurrenceGone
from handlers.respond import ResponseClosed
from handlers.respond_for import OrganisersOnly
from handlers.roll import SchoolNames, named_by_school
from handlers.start import Unlinked
from store import consortiums, nudges, occurrences, persons, responses
from store.accounts import Account
from store.database import Session
from store.nudges import MOST, Waiting
from store.occurrences import Held
from store.persons import Role

SHOWN = 8  # events
NAMED = 60  # people


class ChooseNudge(Struct, frozen=True):
    account: Account


class ShowUnanswered(Struct, frozen=True):
    account: Account
    occurrence: int


class SendNudges(Struct, frozen=True):
    account: Account
    occurrence: int


class NudgeItem(Struct, frozen=True):
    occurrence: int
    title: str
    starts_at: datetime
    waiting: int


class NudgeChoices(Struct, frozen=True):
    """Announced events that somebody has not answered yet, by start."""

    items: tuple[NudgeItem, ...]


class NobodyToNudge(Struct, frozen=True):
    """Everybody has answered, or nothing is announced."""


class UnansweredShown(Struct, frozen=True):
    """For an organiser's eyes: `schools` with the names of those waited for, `more` besides. `ready`: would be reminded
    now; `today`: were reminded today; `spent`: as often as anybody is; `unreached`: no private message reaches them."""

    occurrence: int
    title: str
    starts_at: datetime
    waiting: int
    schools: tuple[SchoolNames, ...]
    more: int
    ready: int
    today: int
    spent: int
    unreached: int


class NudgesSent(Struct, frozen=True):
    """So many are reminded now; `rest`: are not (again)."""

    title: str
    sent: int
    rest: int


class NudgesHushed(Struct, frozen=True):
    """These are quiet hours, which end at `until`."""

    title: str
    until: time


class NudgesAfterExams(Struct, frozen=True):
    """These are exams (考试静默), to `last`, included."""

    title: str
    last: date


Refused = OrganisersOnly | OccurrenceGone | ResponseClosed | Unlinked
ChooseNudgeOutcome = NudgeChoices | UnansweredShown | NobodyToNudge | Refused
UnansweredOutcome = UnansweredShown | NobodyToNudge | Refused
NudgeOutcome = NudgesSent | NudgesHushed | NudgesAfterExams | Refused


def choose_nudge(session: Session, request: ChooseNudge, now: datetime) -> ChooseNudgeOutcome:
    """Of every consortium in which the asker is an organiser; where there is one event, it is shown at once."""
    if not persons.all_of_account(session, request.account):
        return Unlinked()
    organised = persons.in_role(session, request.account, Role.ORGANISER)
    if not organised:
        return OrganisersOnly()
    coming = [held for one in organised for held in occurrences.announced(session, one, now) if held.class_id is None]
    counted = [(held, len(waited_for(session, held))) for held in sorted(coming, key=lambda held: held.starts_at)]
    open_still = [(held, count) for held, count in counted if count][:SHOWN]
    if not open_still:
        return NobodyToNudge()
    if len(open_still) == 1:
        return shown(session, open_still[0][0], now)
    return NudgeChoices(tuple(NudgeItem(one.id, one.title, one.local(one.starts_at), n) for one, n in open_still))


def show_unanswered(session: Session, request: ShowUnanswered, now: datetime) -> UnansweredOutcome:
    held = in_office(session, request.account, request.occurrence, now)
    return shown(session, held, now) if isinstance(held, Held) else held


def send_nudges(session: Session, request: SendNudges, now: datetime) -> NudgeOutcome:
    """Whoever was reminded today is not reminded again, nor anybody more often than three times in all, what the clock
    will send included."""
    held = in_office(session, request.account, request.occurrence, now)
    if not isinstance(held, Held):
        return held
    silent = hushed(session, held, now)
    if silent is not None:
        return silent
    waiting, planned = waited_for(session, held), nudges.planned(session, held.id)
    ready = [one.person for one in waiting if why_not(held, one, planned, now) == ""]
    nudges.owe(session, held.id, ready, now, held.starts_at)
    return NudgesSent(held.title, len(ready), len(waiting) - len(ready))


def in_office(session: Session, account: Account, occurrence: int, now: datetime) -> Held | Refused:
    """The event, where this account is an organiser's of its consortium and answers are taken still."""
    held = occurrences.get(session, occurrence)
    if held is None or held.cancelled or held.class_id is not None:
        return OccurrenceGone()
    known = persons.of_account(session, account, held.consortium_id)
    if known is None or Role.ORGANISER not in known.roles:
        return OrganisersOnly()
    return held if now < held.starts_at else ResponseClosed(held.title)


def waited_for(session: Session, held: Held) -> list[Waiting]:
    return nudges.waited_for(session, held.id, responses.unanswered(session, held.id))


def shown(session: Session, held: Held, now: datetime) -> UnansweredShown | NobodyToNudge:
    waiting = waited_for(session, held)
    if not waiting:
        return NobodyToNudge()
    planned = nudges.planned(session, held.id)
    why = [why_not(held, one, planned, now) for one in waiting]
    counts = (why.count(""), why.count("today"), why.count("spent"), why.count("unreached"))
    schools = named_by_school([(one.school, one.name) for one in waiting[:NAMED]])
    about = held.id, held.title, held.local(held.starts_at)
    return UnansweredShown(*about, len(waiting), schools, max(0, len(waiting) - NAMED), *counts)


def why_not(held: Held, one: Waiting, planned: int, now: datetime) -> str:
    """Why somebody is not reminded now; "": nothing speaks against it. `planned`: nudges that the clock will send."""
    if not one.reachable:
        return "unreached"
    if one.latest is not None and held.local(one.latest).date() == held.local(now).date():
        return "today"
    return "spent" if one.spent + planned >= MOST else ""


def hushed(session: Session, held: Held, now: datetime) -> NudgesHushed | NudgesAfterExams | None:
    """Why nobody is reminded at this moment, nor by the clock."""
    row = consortiums.get(session, held.consortium_id)
    blueprint = consortiums.blueprint(row) if row else None
    if blueprint is None:
        return None
    local = held.local(now)
    for first, last in blueprint.silences():
        if first <= local.date() <= last:
            return NudgesAfterExams(held.title, last)
    ends = blueprint.quiet_until(local.time())
    return None if ends is None else NudgesHushed(held.title, ends)
