"""Minutes in words (活动记录): what the recorder or an organiser writes and sends of them, kept part by part."""

import re
from datetime import date, datetime

from msgspec import Struct

from handlers import bulletin
from handlers.bulletin import BulletinOutcome
from handlers.cards import refresh_digest
from handlers.hand_in_minutes import NameOutcome, named_recorder, tell_tasks
from handlers.minutes import (
    BULLETIN,
    RECORDER,
    WHY,
    MinutesArchived,
    MinutesOutcome,
    MinutesShown,
    Writer,
    after,
    asked,
    await_words,
    is_archived,
    shown,
    trace,
    writer,
)
from store import accounts, consortiums, minutes, persons, prompts
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session
from store.minutes import TEXTS, MinutesPart, Task
from store.prompts import Asks, Open
from store.schools import School

LONGEST = 800  # characters of a part: all of them fit into a message or two
LONGEST_WHY = 200
MOST_TASKS, MOST_MATERIALS, LONGEST_LINE = 12, 20, 100
NAMED = re.compile(r"(?P<name>[^()（）]+)[(（](?P<school>[^()（）]+)[)）]")


class TaskWords(Struct, frozen=True):
    """A line as it was read: `person` is a name, "" for nobody yet."""

    content: str
    person: str
    due: date | None


class KeepTasks(Struct, frozen=True):
    account: Account
    occurrence: int
    tasks: tuple[TaskWords, ...]


class AddMaterial(Struct, frozen=True):
    """A document that was sent; `file`: its number on the platform."""

    account: Account
    name: str
    file: str


class TasksWorded(Struct, frozen=True):
    """The text is a list of tasks, to be read against the calendar."""

    occurrence: int
    blueprint: Blueprint


class MinutesTooLong(Struct, frozen=True):
    """Nothing was kept. `lines`: so many at most; 0 where the whole text is meant."""

    length: int
    longest: int
    lines: int


class TaskPersonUnknown(Struct, frozen=True):
    """Nothing was kept. `line` counts from 1; `schools`: those that have somebody of that name, none: nobody has."""

    line: int
    name: str
    schools: tuple[str, ...]


class NoMaterialWanted(Struct, frozen=True):
    """No list of materials is asked for: the document is something else."""


WordsOutcome = MinutesOutcome | TasksWorded | MinutesTooLong | NameOutcome | BulletinOutcome
TasksOutcome = MinutesOutcome | TaskPersonUnknown
MaterialOutcome = MinutesOutcome | MinutesTooLong | NoMaterialWanted


def answered(session: Session, account: Account, prompt: Open, text: str, now: datetime) -> WordsOutcome:
    """What was written while `prompt` was open. The question stays until it is answered or another one is put."""
    occurrence = prompt.occurrence or 0
    if prompt.words == RECORDER:
        return named_recorder(session, account, occurrence, text, now)
    if prompt.words == BULLETIN:
        return bulletin.worded(session, account, occurrence, text, now)
    found = writer(session, account, occurrence)
    if not isinstance(found, Writer):
        return found
    if prompt.words.startswith(WHY):
        return reopened(session, found, account, MinutesPart(prompt.words.removeprefix(WHY)), text, now)
    part = MinutesPart(prompt.words)
    if refused := closed(session, found, account, part, now):
        return refused
    if part is MinutesPart.TASKS:
        consortium = consortiums.get(session, found.held.consortium_id)
        assert consortium is not None
        return TasksWorded(occurrence, consortiums.blueprint(consortium))
    return written(session, found, account, part, text, now)


def closed(
    session: Session, found: Writer, account: Account, part: MinutesPart, now: datetime
) -> MinutesArchived | None:
    """They were archived while the question was open: why they are changed is asked first."""
    if not is_archived(session, found, now):
        return None
    await_words(session, account, found, f"{WHY}{part}", now)
    return MinutesArchived(found.held.title)


def reopened(
    session: Session, found: Writer, account: Account, part: MinutesPart, why: str, now: datetime
) -> MinutesOutcome:
    """They are open again for a while, and the part that was pressed is asked for."""
    if len(why) > LONGEST_WHY:
        return MinutesArchived(found.held.title, too_long=True)
    row = minutes.begin(session, found.held.id, found.known.id)
    minutes.reopen(session, row, now)
    trace(session, found, row.state, f"{row.state}:reopened", now, why)
    return asked(session, found, account, part, now)


def written(
    session: Session, found: Writer, account: Account, part: MinutesPart, text: str, now: datetime
) -> MinutesOutcome | MinutesTooLong:
    if part not in TEXTS:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        longest = max((len(line) for line in lines), default=0)
        if len(lines) > MOST_MATERIALS or longest > LONGEST_LINE:
            return MinutesTooLong(longest, LONGEST_LINE, MOST_MATERIALS)
        minutes.begin(session, found.held.id, found.known.id)
        minutes.put_materials(session, found.held.id, lines)
    elif len(text) > LONGEST:
        return MinutesTooLong(len(text), LONGEST, 0)
    else:
        minutes.write(session, minutes.begin(session, found.held.id, found.known.id), part, text)
    return kept(session, found, account, part, now)


def kept(session: Session, found: Writer, account: Account, part: MinutesPart, now: datetime) -> MinutesOutcome:
    """What is on disk survives whatever comes; the next part is asked for. What was handed in is not
    changed without a trace, nor by anybody but the recorder."""
    row = minutes.begin(session, found.held.id, found.known.id)
    if row.handed_in_at or found.known.id != row.person_id:
        trace(session, found, row.state, f"{row.state}:{part}", now)
    if row.handed_in_at:
        tell_tasks(session, found.held, now)
        refresh_digest(session, found.held, now)  # a bulletin that is out says what is so now
        prompts.close(session, accounts.remember(session, account))
        return shown(session, found, now)
    outcome = after(session, found, account, part, now)
    if isinstance(outcome, MinutesShown):
        prompts.close(session, accounts.remember(session, account))
    return outcome


def keep_tasks(session: Session, request: KeepTasks, now: datetime) -> TasksOutcome:
    """All of them or none."""
    found = writer(session, request.account, request.occurrence)
    if not isinstance(found, Writer):
        return found
    if refused := closed(session, found, request.account, MinutesPart.TASKS, now):
        return refused
    wanted = []
    for line, one in enumerate(request.tasks, start=1):
        person = one_called(session, found.held.consortium_id, one.person, line) if one.person else None
        if isinstance(person, TaskPersonUnknown):
            return person
        wanted.append(Task(one.content, person, one.due))
    minutes.begin(session, found.held.id, found.known.id)
    minutes.put_tasks(session, found.held.id, wanted)
    return kept(session, found, request.account, MinutesPart.TASKS, now)


def one_called(session: Session, consortium: int, name: str, line: int = 1) -> int | TaskPersonUnknown:
    """By the roster, by name or, of several, by name and school in brackets."""
    both = NAMED.fullmatch(name)
    alone = both["name"].strip() if both else name
    schools = {one.id or 0: session.get_one(School, one.school_id).name
               for one in persons.called(session, consortium, alone)}  # fmt: skip
    near = [person for person, school in schools.items() if both is None or school == both["school"].strip()]
    if len(near) == 1:
        return near[0]
    return TaskPersonUnknown(line, alone, tuple(sorted(set(schools.values()))))


def add_material(session: Session, request: AddMaterial, now: datetime) -> MaterialOutcome:
    """While the list is asked for; it may be followed by more."""
    number = accounts.id_of(session, request.account)
    prompt = prompts.open_for(session, number, now) if number is not None else None
    if prompt is None or prompt.asks is not Asks.MINUTES or prompt.words != MinutesPart.MATERIALS:
        return NoMaterialWanted()
    found = writer(session, request.account, prompt.occurrence or 0)
    if not isinstance(found, Writer):
        return found
    if refused := closed(session, found, request.account, MinutesPart.MATERIALS, now):
        return refused
    if len(request.name) > LONGEST_LINE or len(minutes.whole(session, found.held.id).materials) >= MOST_MATERIALS:
        return MinutesTooLong(len(request.name), LONGEST_LINE, MOST_MATERIALS)
    row = minutes.begin(session, found.held.id, found.known.id)
    minutes.add_material(session, found.held.id, request.name, request.file)
    if row.handed_in_at or found.known.id != row.person_id:
        trace(session, found, row.state, f"{row.state}:{MinutesPart.MATERIALS}", now)
    return asked(session, found, request.account, MinutesPart.MATERIALS, now, saved=True)
