"""What a room is opened with: the samples, or somebody's own consortium and papers; and from which moment on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.commands.demo import SAMPLES
from bot.file.consortium_file import blueprint
from bot.file.refusals import HEADER, Complaints
from bot.room.sample import Source, sample
from handlers.term_files import term_at
from store.blueprint import Blueprint
from store.complaint import Complaint
from store.policies import importing
from store.policies.importing import Paper

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS = datetime(2026, 10, 7, 14, 25, tzinfo=SHANGHAI)  # so that the chats have a past
BEGINS = datetime(2026, 10, 12, 14, 20, tzinfo=SHANGHAI)  # an event and class meetings are near
BEFORE = timedelta(days=3)  # before the first day of a term: what is announced early is seen, too
MORNING = time(8)
MOST = 20  # files
MB = 1_000_000
SHOWN = 200  # characters of a line that is refused
ACCOUNTS, GROUPS = 797000000, -1009000000000  # of people and groups whose file names none


class Opening(Struct, frozen=True):
    """Time is played from `opens` to `begins` before anybody sees the room."""

    sources: tuple[Source, ...]
    opens: datetime
    begins: datetime


class Refused(Struct, frozen=True):
    """A line of a file that is refused; `number` None: it is about the whole file. `line`: what stands there."""

    file: str
    number: int | None
    line: str
    why: str


class Upload(Struct, frozen=True):
    name: str
    content: bytes


def samples(first: str) -> Opening:
    return Opening(tuple(sample(key) for key in sorted(SAMPLES, key=lambda key: key != first)), OPENS, BEGINS)


def own(uploads: Sequence[Upload], now: datetime) -> Opening | list[Refused]:
    """One consortium file (.toml), and any number of papers. `now`: by the world's clock, not the room's."""
    files = [one for one in uploads if one.name.lower().endswith(".toml")]
    if (unfit := unfitting(uploads, len(files))) is not None:
        return [unfit]
    refused: list[Refused] = []
    papers: list[Paper] = []
    for one in uploads:
        if one is not files[0]:
            try:
                papers += papers_in(one)
            except Complaint as complaint:
                refused.append(Refused(one.name, None, "", str(complaint)))
    try:
        file = with_term(files[0])
    except Complaints as complaints:
        return [*placed(files[0], complaints.found), *refused]
    if refused:
        return refused
    begins = term_begins(file, now)
    return Opening((Source(with_accounts(file), tuple(papers)),), begins, begins)


def unfitting(uploads: Sequence[Upload], files: int) -> Refused | None:
    """Too many at once, or not one consortium file among them."""
    if len(uploads) > MOST:
        found, expected = f"{len(uploads)} files", f"at most {MOST}"
    elif files != 1:
        found, expected = f"{files} consortium files", "one consortium file"
    else:
        return None
    names = shortened("、".join(one.name for one in uploads), SHOWN) or "—"
    return Refused(names, None, "", str(Complaint(names, found, expected)))


def with_term(upload: Upload) -> Blueprint:
    """The file's; without a term there is nothing to rehearse. Raises Complaints."""
    try:
        sized(upload)
        file = blueprint(upload.name, upload.content)
        if not file.term:
            raise Complaint(upload.name, "no [[term]]", "at least one [[term]]")
    except Complaint as complaint:
        raise Complaints([complaint]) from None
    return file


def papers_in(upload: Upload) -> Iterator[Paper]:
    """Several where the file holds several (篇1, 篇2). Raises Complaint."""
    sized(upload)
    lines = importing.lines_of(upload.name, upload.content)
    count = len(importing.starts_of(lines))
    for part in range(1, count + 1) if count > 1 else (None,):
        yield importing.made(upload.name, importing.chosen(upload.name, lines, part))


def sized(upload: Upload) -> None:
    """Raises Complaint."""
    if len(upload.content) > importing.LARGEST * MB:
        raise Complaint(upload.name, f"more than {importing.LARGEST} MB", f"at most {importing.LARGEST} MB")


def term_begins(file: Blueprint, now: datetime) -> datetime:
    """A few days before the first day of the term that runs, comes next, or was the last."""
    zone = ZoneInfo(file.consortium.timezone)
    term = term_at(file, now.astimezone(zone).date()) or max(file.term, key=lambda one: one.last_day)
    return datetime.combine(term.first_day - BEFORE, MORNING, zone)


def with_accounts(file: Blueprint) -> Blueprint:
    """Everybody has an account of the room, and every chat a group: invented ones, whatever the file names. No number
    of a real account gets into the room."""
    people = tuple(
        one.model_copy(update={"telegram": ACCOUNTS + number}) for number, one in enumerate(file.person, 1)
    )
    chats = tuple(
        one.model_copy(update={"address": str(GROUPS - number)}) for number, one in enumerate(file.chat, 1)
    )
    return file.model_copy(update={"person": people, "chat": chats})


def placed(file: Upload, complaints: Iterable[Complaint]) -> Iterator[Refused]:
    """Each with its line, where one can be told: `activity[2].on` stands under the second `[[activity]]`."""
    text = file.content.decode("utf-8-sig", "replace")
    lines = text.split("\n")
    for complaint in complaints:
        number = line_of(text, complaint.where)
        line = lines[number - 1].strip() if number else ""
        yield Refused(file.name, number, shortened(line, SHOWN), shortened(str(complaint), 2 * SHOWN))


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def line_of(text: str, where: str) -> int | None:
    """From 1; that of the table's head where the key itself does not stand in it."""
    table, _, key = where.partition(".")
    name, _, row = table.rstrip("]").partition("[")
    heads = list(HEADER.finditer(text))
    those = [head for head in heads if head[1] == name]
    if len(those) < (number := int(row or 1)):
        return None
    head = those[number - 1]
    end = next((one.start() for one in heads if one.start() > head.start()), len(text))
    spelt = re.compile(rf"^[ \t]*{re.escape(re.split(r'[.[]', key)[0])}[ \t]*=", re.MULTILINE)
    found = spelt.search(text, head.end(), end) if key else None
    return text.count("\n", 0, (found or head).start()) + 1
