"""Hand in minutes (提交活动记录): whose tasks they name is told, and organisers see the bulletin; who keeps them."""

from datetime import date, datetime, timedelta

from msgspec import Struct

from handlers.deciders import after_quiet
from handlers.minutes import RECORDER, MinutesRefusal, Writer, await_words, trace, writer
from handlers.participants import OccurrenceGone
from handlers.respond_for import OrganisersOnly
from handlers.start import Unlinked
from store import accounts, deliveries, linked_accounts, minutes, persons, prompts
from store.accounts import Account
from store.database import Session
from store.deliveries import MINUTES, DeliveryKind, Owed
from store.occurrences import Held
from store.persons import Person, Role
from store.prompts import Asks

TELL_WITHIN = timedelta(days=14)
NUDGE_BEFORE = timedelta(days=1)  # they are due


class HandInMinutes(Struct, frozen=True):
    account: Account
    occurrence: int


class MinutesHandedIn(Struct, frozen=True):
    """`again`: they were before; `tasks`: so many people's tasks are told to them; `organiser`: who handed them in."""

    occurrence: int
    title: str
    again: bool
    late: bool
    tasks: int
    organiser: bool


class MinutesEmpty(Struct, frozen=True):
    """Nothing is written yet."""

    occurrence: int
    title: str


class AskRecorder(Struct, frozen=True):
    account: Account
    occurrence: int


class RecorderNameAsked(Struct, frozen=True):
    """What the organiser writes next is the name of whoever kept the minutes."""

    title: str


class RecorderUnknown(Struct, frozen=True):
    """`several`: more than one is called so."""

    name: str
    several: bool


class RecorderNamed(Struct, frozen=True):
    """`linked`: that person can be asked in private, and is."""

    title: str
    name: str
    linked: bool


HandInOutcome = MinutesHandedIn | MinutesEmpty | MinutesRefusal
NameOutcome = RecorderNamed | RecorderNameAsked | RecorderUnknown | OrganisersOnly | OccurrenceGone | Unlinked


def hand_in_minutes(session: Session, request: HandInMinutes, now: datetime) -> HandInOutcome:
    found = writer(session, request.account, request.occurrence)
    if not isinstance(found, Writer):
        return found
    held, row = found.held, minutes.of(session, request.occurrence)
    if row is None or minutes.whole(session, held.id).empty:
        return MinutesEmpty(held.id, held.title)
    was = row.state
    new = minutes.hand_in(session, row, now)
    told = tell_tasks(session, held, now)
    if new:
        trace(session, found, was, row.state, now)
        tell_organisers(session, held, found.known.id, now)
    prompts.drop(session, found.known.id, Asks.MINUTES, held.id)
    late = held.minutes_by is not None and row.handed_in_at is not None and row.handed_in_at > held.minutes_by
    return MinutesHandedIn(held.id, held.title, not new, late, told, found.organiser)


def tell_tasks(session: Session, held: Held, now: datetime) -> int:
    """Each once, however often they are handed in and corrected; a task that is another now is told anew."""
    found = minutes.to_tell(session, held.id)
    owe(session, DeliveryKind.NEXT_TASK, held, {f"task:{task}": (person, str(task)) for task, person in found}, now)
    return len({person for _, person in found})


def tell_organisers(session: Session, held: Held, by: int, now: datetime) -> None:
    """The bulletin as it is drafted; whoever handed the minutes in sees it by a press."""
    people = linked_accounts.among(session, persons.with_role(session, held.consortium_id, Role.ORGANISER))
    drafts = {f"bulletin:{held.id}>person{person}": (person, "") for person in people if person != by}
    owe(session, DeliveryKind.BULLETIN_DRAFT, held, drafts, now)


def owe(session: Session, kind: DeliveryKind, held: Held, to: dict[str, tuple[int, str]], now: datetime) -> None:
    """By key, to whom and about what. Nobody of them pressed: quiet hours hold it back."""
    at = after_quiet(session, held.consortium_id, now)
    until = at + TELL_WITHIN
    wanted = [
        Owed(key, kind, at, until, person_id=person, occurrence_id=held.id, subject=subject)
        for key, (person, subject) in to.items()
    ]
    deliveries.owe(session, wanted)


def ask_recorder(session: Session, request: AskRecorder, now: datetime) -> NameOutcome:
    found = in_charge(session, request.account, request.occurrence)
    if not isinstance(found, Writer):
        return found
    await_words(session, request.account, found, RECORDER, now)
    return RecorderNameAsked(found.held.title)


def in_charge(
    session: Session, account: Account, occurrence: int
) -> Writer | OrganisersOnly | OccurrenceGone | Unlinked:
    found = writer(session, account, occurrence)
    if isinstance(found, OccurrenceGone | Unlinked):
        return found
    return found if isinstance(found, Writer) and found.organiser else OrganisersOnly()


def named_recorder(session: Session, account: Account, occurrence: int, name: str, now: datetime) -> NameOutcome:
    """One of the roster; asked for the minutes at once, and nudged as whoever was named before."""
    found = in_charge(session, account, occurrence)
    if not isinstance(found, Writer):
        return found
    held, called = found.held, persons.called(session, found.held.consortium_id, name)
    if len(called) != 1:
        return RecorderUnknown(name, several=len(called) > 1)
    person = called[0].id or 0
    minutes.name_recorder(session, held.id, person)
    prompts.close(session, accounts.remember(session, account))
    linked = bool(linked_accounts.among(session, [person]))
    key = f"minutes:{held.id}>person{person}"
    owe(session, DeliveryKind.MINUTES, held, {key: (person, "")}, now)
    if held.minutes_by is not None and held.minutes_by - NUDGE_BEFORE > now:
        at = after_quiet(session, held.consortium_id, held.minutes_by - NUDGE_BEFORE)
        nudge = Owed(f"{key}:nudge", DeliveryKind.NUDGE, at, held.minutes_by, None, person, held.id, MINUTES)
        deliveries.owe(session, [nudge])
    return RecorderNamed(held.title, called[0].name, linked)


class MinutesAsked(Struct, frozen=True):
    """To the recorder, at the end. `minutes_by`: local; None where the file wants none by then."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int
    minutes_by: datetime | None


class MinutesNudged(Struct, frozen=True):
    """`begun`: something is written, and not handed in; `reflection`: that is due then, too."""

    occurrence: int
    name: str
    title: str
    minutes_by: datetime
    begun: bool
    reflection: bool


class RecorderWanted(Struct, frozen=True):
    """To an organiser: nobody is named who keeps the minutes."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int


class NextTaskTold(Struct, frozen=True):
    """To whose task it is."""

    name: str
    title: str
    starts_at: datetime
    week: int
    content: str
    due: date | None


MinutesNotice = MinutesAsked | MinutesNudged | RecorderWanted | NextTaskTold


def minutes_notice(
    session: Session, kind: DeliveryKind, held: Held, person: int, subject: str, owes_reflection: bool
) -> MinutesNotice | None:
    """None: handed in, or another's by now."""
    name = session.get_one(Person, person).name
    about = held.title, held.local(held.starts_at), held.week
    if kind is DeliveryKind.NEXT_TASK:
        task = minutes.task(session, int(subject))
        return NextTaskTold(name, *about, task.content, task.due) if task else None
    row = minutes.of(session, held.id)
    if row is not None and row.handed_in_at is not None:
        return None
    by = held.local(held.minutes_by) if held.minutes_by else None
    if kind is DeliveryKind.NUDGE:
        if person != held.recorder_id or by is None:
            return None
        return MinutesNudged(held.id, name, held.title, by, row is not None, owes_reflection)
    if person == held.recorder_id:
        return MinutesAsked(held.id, name, *about, by)
    return RecorderWanted(held.id, name, *about) if held.recorder_id is None else None


def nudges_both(session: Session, held: Held, person: int) -> bool:
    """Whether the recorder's nudge is that of the reflection as well: one message an instant (contract, `rehearse`)."""
    if person != held.recorder_id or held.minutes_by is None or held.minutes_by != held.reflect_by:
        return False
    row = minutes.of(session, held.id)
    return row is None or row.handed_in_at is None
