"""The term plan as a sheet (学期安排表): which lines it has, and what stands in the cells of each.

One line an occurrence. Class meetings are left out: they are many, alike, and changed by days. What is called off keeps
its line, so that it can be brought back.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from zlib import crc32

from msgspec import Struct

from bot.sheets.roster import folded
from bot.words import Words
from scheduling import occurrences
from scheduling.occurrences import CLASS_MEETING, Planned
from store.blueprint import Blueprint, Detail

TABLE = "sheet"  # of the labels: how a column is headed, and what a remark says
COLUMNS = (
    *("date", "weekday", "week", "starts", "ends", "title", "host", "theme", "place"),
    *("speaker", "lesson", "recorder", "bring", "remark"),
)
ROW = "row"  # the hidden column, which says whose line it is
NAMED = ("host", "speaker", "recorder")  # a key in the file, a name in the sheet
NO_CELL_HOLDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
Cell = date | time | int | str | None
Key = tuple[str, date]
"""An activity's key and the rule's own date."""


class Mark(Struct, frozen=True):
    """Whose line it is, and the digest of each column as it was sent: a cell that still has it says nothing new."""

    consortium: str
    key: Key
    digests: Mapping[str, str]


class Line(Struct, frozen=True):
    """`detail`: what is particular to it; where nothing is, one that says nothing."""

    planned: Planned
    detail: Detail
    cancelled: bool

    @property
    def key(self) -> Key:
        return self.planned.activity, self.planned.rule_date


def lines(blueprint: Blueprint, first: date, last: date) -> list[Line]:
    """Of the days from `first` to `last`, by start."""
    details = {(one.activity, one.date): one for one in blueprint.occurrence if one.class_ is None}
    found = [(one, False) for one in single(blueprint, first, last)]
    if off := {key for key, detail in details.items() if detail.cancelled}:
        uncancelled = tuple(one.model_copy(update={"cancelled": None}) for one in blueprint.occurrence)
        back = single(blueprint.model_copy(update={"occurrence": uncancelled}), first, last)
        found += [(one, True) for one in back if (one.activity, one.rule_date) in off]
    held = [
        Line(one, details.get(key := (one.activity, one.rule_date), Detail(activity=key[0], date=key[1])), cancelled)
        for one, cancelled in found
    ]
    return sorted(held, key=lambda line: (line.planned.starts_at, line.planned.activity))


def single(blueprint: Blueprint, first: date, last: date) -> list[Planned]:
    """Without class meetings."""
    return [one for one in occurrences.of(blueprint, first, last) if one.kind != CLASS_MEETING]


class Names:
    """How schools and people are called in a sheet: those of one name by their school, too, else by their key."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.of_schools = {school.key: school.name for school in blueprint.school}

    @cached_property
    def of_people(self) -> dict[str, str]:
        people = self.blueprint.person
        names = Counter(one.name for one in people)
        longer = {one.key: f"{one.name}（{self.of_schools[one.school]}）" for one in people}
        same = Counter(longer.values())
        return {
            one.key: one.name if names[one.name] == 1
            else longer[one.key] if same[longer[one.key]] == 1
            else f"{one.name}（{one.key}）"
            for one in people
        }  # fmt: skip

    def of(self, column: str) -> dict[str, str]:
        return self.of_schools if column == "host" else self.of_people

    def found(self, column: str, text: str) -> list[str]:
        """The keys of all that may be meant by a name as it is called here, as the file calls it, or by a key."""
        word, rows = folded(text), self.blueprint.school if column == "host" else self.blueprint.person
        called = [key for key, name in self.of(column).items() if folded(name) == word]
        return called or [row.key for row in rows if word in (folded(row.name), row.key)]


def cells(line: Line, words: Words, names: Names) -> dict[str, Cell]:
    one = line.planned
    same_day = one.ends_at.date() == one.starts_at.date()
    found: dict[str, Cell] = {
        "date": one.date,
        "weekday": words.weekdays[one.date.weekday()],
        "week": one.week,
        "starts": minute(one.starts_at).time(),
        "ends": minute(one.ends_at).time() if same_day else minute(one.ends_at),
        "title": clean(one.title),
        "remark": clean(remark(line, words)),
    }
    for column in ("theme", "place", "lesson", "bring"):
        found[column] = clean(getattr(one, column) or "")
    for column in NAMED:
        found[column] = clean(names.of(column).get(getattr(one, column), ""))
    return {column: found[column] for column in COLUMNS}


def minute(at: datetime) -> datetime:
    """As a sheet keeps it: without a zone."""
    return at.replace(tzinfo=None, second=0, microsecond=0)


def remark(line: Line, words: Words) -> str:
    """取消：大雪；原定10月14日（星期三）；暂定"""
    off = words.named("cancelled", TABLE) if line.cancelled else ""
    said = [words.named("colon", TABLE).join(filter(None, (off, line.detail.reason or "")))]
    if line.planned.moved_from:
        said.append(words.named("moved", TABLE).format(day=words.day(line.planned.moved_from)))
    if line.planned.provisional:
        said.append(words.named("provisional", TABLE))
    return words.named("semicolon", TABLE).join(filter(None, said))


def clean(text: str) -> str:
    """Without what no workbook can hold."""
    return NO_CELL_HOLDS.sub("", text)


def spelt(cell: Cell) -> str:
    """In one spelling, however the program that saved the sheet keeps it."""
    match cell:
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
    return "" if cell is None else " ".join(str(cell).split())


def digest(cell: Cell) -> str:
    return f"{crc32(spelt(cell).encode()):08x}"


def marked(line: Line, found: Iterable[Cell]) -> str:
    activity, day = line.key
    digests = "".join(map(digest, found))
    return json.dumps([line.planned.consortium, activity, day.isoformat(), digests], ensure_ascii=False)


def read_mark(text: str) -> Mark | None:
    """None for what we never wrote."""
    try:
        consortium, activity, day, digests = json.loads(text)
        parts = (digests[at : at + 8] for at in range(0, len(digests), 8))
        return Mark(str(consortium), (str(activity), date.fromisoformat(day)), dict(zip(COLUMNS, parts, strict=True)))
    except (ValueError, TypeError):
        return None
