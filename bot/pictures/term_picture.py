"""The term (学期) as one picture: a row a week, a column a weekday; light colours that print, legible on a phone."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from unicodedata import east_asian_width

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from msgspec import Struct

from bot.pictures.chinese_font import Font
from bot.words import Words
from scheduling import occurrences
from scheduling.calendar import SATURDAY, SchoolCalendar
from scheduling.occurrences import CLASS_MEETING
from scheduling.rules import monday
from store.blueprint import Blueprint, Term

PICTURES = Path(__file__).parent
SCALE = 2.0  # a phone enlarges it
MARGIN, WEEK, DAY, WEEKEND = 13, 84, 146, 96  # widths
WIDTHS = (DAY,) * 5 + (WEEKEND,) * 2
TEXT, LINE, GAP = 19, 24, 6  # the size of letters, the height of a line, and what parts two events
TOP, HEADER, FOOT = 92, 34, 54  # heights


class Cell(Struct, frozen=True):
    """A day. `kind`: `school`, `off`, `weekend`, `make_up` or `outside` the term; `name`: what it is called;
    `titles`: of its events; `classes`: whether classes meet (夕会, every day, does not count)."""

    day: date
    kind: str
    name: str
    titles: tuple[str, ...]
    classes: bool
    provisional: bool


class Week(Struct, frozen=True):
    number: int
    cells: tuple[Cell, ...]


class Box(Struct, frozen=True):
    """A cell in its place, its texts broken into lines, each with how far down it stands; `name_lines`: how many of
    them are the day's name; `height`: what it needs."""

    cell: Cell
    x: int
    width: int
    lines: tuple[tuple[int, str], ...]
    name_lines: int
    height: int
    today: bool


class Row(Struct, frozen=True):
    label: str
    monday: date
    y: int
    height: int
    boxes: tuple[Box, ...]


def weeks(file: Blueprint, term: Term, words: Words) -> list[Week]:
    """Of the term, from the Monday of its first day on."""
    calendar, first = SchoolCalendar(file), monday(term.first_day)
    titles: dict[date, list[str]] = {}
    classes, daily = set(), {activity.key for activity in file.activity if activity.every == "day"}
    for one in occurrences.of(file, term.first_day, term.last_day):
        if one.kind == CLASS_MEETING and one.activity not in daily:
            classes.add(one.date)
        elif one.kind != CLASS_MEETING:
            titles.setdefault(one.date, []).append(one.title)

    def cell(day: date) -> Cell:
        kind = kind_of(calendar, term, day)
        name = "" if kind == "outside" else name_of(calendar, kind, day, words)
        provisional = kind != "outside" and calendar.provisional(day)
        return Cell(day, kind, name, tuple(titles.get(day, ())), day in classes, provisional)

    count = calendar.week(term, term.last_day)
    days = [[first + timedelta(weeks=week, days=day) for day in range(7)] for week in range(count)]
    return [Week(number, tuple(map(cell, row))) for number, row in enumerate(days, 1)]


def kind_of(calendar: SchoolCalendar, term: Term, day: date) -> str:
    if not term.first_day <= day <= term.last_day:
        return "outside"
    if calendar.is_make_up_day(day):
        return "make_up"
    if calendar.is_school_day(day):
        return "school"
    return "weekend" if day.weekday() >= SATURDAY and not calendar.name(day, "zh") else "off"


def name_of(calendar: SchoolCalendar, kind: str, day: date, words: Words) -> str:
    labels, follows = words.tables["picture"], calendar.follows(day)
    if kind == "make_up" and follows is not None:
        return labels["follows"].format(weekday=words.short_weekdays[follows])
    return calendar.name(day, words.language) or labels.get(kind, "")


def svg(file: Blueprint, term: Term, words: Words, family: str, today: date | None = None) -> str:
    """`family`: of fonts, the better ones first. `today` is marked where it is given."""
    rows = list(placed(weeks(file, term, words), words, today))
    cells = [box.cell for row in rows for box in row.boxes]
    years = sorted({cell.day.year for cell in cells if cell.provisional})
    labels = words.tables["picture"]
    return templated("term.svg.j2").render(
        family=family,
        title=printable(file.consortium.name),
        term=printable(term.name),
        width=2 * MARGIN + WEEK + sum(WIDTHS),
        height=rows[-1].y + rows[-1].height + FOOT + (LINE if years else 0),
        rows=rows,
        columns=[(MARGIN + WEEK + x, width) for x, width in zip(starts(), WIDTHS, strict=True)],
        weekdays=words.weekdays if words.language == "zh" else words.short_weekdays,
        legend=[kind for kind in ("off", "make_up") if any(cell.kind == kind for cell in cells)],
        classes=any(cell.classes for cell in cells),
        marked=any(box.today for row in rows for box in row.boxes),
        notes=[labels["provisional"].format(year=year) for year in years],
        labels=labels,
        sizes={"margin": MARGIN, "week": WEEK, "text": TEXT, "line": LINE, "top": TOP, "header": HEADER},
    )


@cache
def templated(name: str) -> Template:
    loader = FileSystemLoader(PICTURES)
    texts = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return texts.get_template(name)


def placed(found: Sequence[Week], words: Words, today: date | None) -> Iterator[Row]:
    """Each as high as its fullest day."""
    y = TOP + HEADER
    for week in found:
        boxes = tuple(
            boxed(cell, MARGIN + WEEK + x, width, cell.day == today)
            for cell, x, width in zip(week.cells, starts(), WIDTHS, strict=True)
        )
        height = max(box.height for box in boxes)
        yield Row(words.tables["picture"]["week"].format(number=week.number), week.cells[0].day, y, height, boxes)
        y += height


def starts() -> Iterator[int]:
    return accumulate((0, *WIDTHS[:-1]))


def boxed(cell: Cell, x: int, width: int, today: bool) -> Box:
    texts = [broken(text, width - 10) for text in (cell.name, *cell.titles)]
    lines: list[tuple[int, str]] = []
    down = 20
    for text in texts:
        lines += [(down + LINE * number, line) for number, line in enumerate(text, 1)]
        down += LINE * len(text) + GAP * bool(text)
    return Box(cell, x, width, tuple(lines), len(texts[0]), max(down, 20 + LINE + GAP) + 8, today)


def broken(text: str, width: int, size: int = TEXT) -> list[str]:
    """Into lines no wider than that, of letters of that size: between words where there are some, else anywhere, as
    Chinese is."""
    lines: list[str] = []
    line = ""
    for piece in pieces(printable(text)):
        if line and wide(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def pieces(text: str) -> Iterator[str]:
    """A wide character each, and words of narrow ones, with the space behind them; long ones in parts."""
    word = ""
    for char in text:
        if is_wide(char) or (word and (word.endswith(" ") or len(word) == 8)):
            if word:
                yield word
            word = ""
        if is_wide(char):
            yield char
        else:
            word += char
    if word:
        yield word


def wide(text: str, size: int = TEXT) -> float:
    return sum(size if is_wide(char) else 0.56 * size for char in text)


def is_wide(char: str) -> bool:
    return east_asian_width(char) in "WFA"


def printable(text: str) -> str:
    """XML has no room for control characters."""
    return "".join(char if char.isprintable() else " " for char in text)


def png(picture: str, font: Font) -> bytes:
    """With this font alone: no machine draws it in another, or in boxes."""
    import resvg_py

    return resvg_py.svg_to_bytes(svg_string=picture, zoom=SCALE, font_files=[font.file], skip_system_fonts=True)
