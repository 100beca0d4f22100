"""The class meetings of a term as one picture: classes down, school by school, teaching weeks across; of very many
classes the schools alone, with how many of their classes met."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from bot.class_weeks import ClassRow, ClassWeek, State
from bot.pictures.term_picture import MARGIN, broken, printable, templated
from bot.words import Words
from scheduling.rules import monday
from store.blueprint import Term

NAME, WEEK, ROW, BAND, SMALL = 150, 70, 44, 36, 15  # widths, heights, and the size of letters
TOP, HEADER, FOOT = 92, 58, 60
SIZES = {"margin": MARGIN, "name": NAME, "week": WEEK, "top": TOP, "header": HEADER, "small": SMALL, "foot": FOOT}
LINES = 2  # of a cell
MOST = 120  # classes; more of them are nobody's to read, and no picture to draw
SOME = "some"  # of a school's classes met
ONE_WEEK = timedelta(weeks=1)


class Square(Struct, frozen=True):
    """A cell in its place; `state` is what colours it."""

    x: int
    state: str
    lines: tuple[str, ...]


class Line(Struct, frozen=True):
    """A class; or a school, which has no squares. `height`: of a school's band, or a class's row."""

    y: int
    height: int
    name: str
    squares: tuple[Square, ...]


class Column(Struct, frozen=True):
    """`now`: the week that runs."""

    x: int
    number: int
    monday: date
    now: bool


def svg(name: str, term: Term, rows: Sequence[ClassRow], words: Words, family: str, today: date) -> str:
    """`name`: the consortium's; `family`: of fonts, the better ones first."""
    labels = words.tables["class_weeks"]
    count = len(rows[0].weeks) if rows else 1
    lines = list(placed(rows, words) if len(rows) <= MOST else totals(rows, words))
    shown = {square.state for line in lines for square in line.squares}
    return templated("classes.svg.j2").render(
        family=family,
        title=printable(name),
        subtitle=f"{printable(term.name)} {labels['title']}",
        width=2 * MARGIN + NAME + count * WEEK,
        height=(lines[-1].y + lines[-1].height if lines else TOP + HEADER) + FOOT,
        columns=list(columns(term, count, today)),
        lines=lines,
        legend=[state for state in (*State, SOME) if state in shown],
        labels=labels,
        sizes=SIZES,
    )


def columns(term: Term, count: int, today: date) -> Iterator[Column]:
    for number in range(count):
        first = monday(term.first_day) + number * ONE_WEEK
        yield Column(MARGIN + NAME + number * WEEK, number + 1, first, first <= today < first + ONE_WEEK)


def placed(rows: Sequence[ClassRow], words: Words) -> Iterator[Line]:
    y = TOP + HEADER
    for school, classes in groupby(rows, lambda row: row.school):
        yield Line(y, BAND, printable(school), ())
        y += BAND
        for row in classes:
            squares = (
                Square(MARGIN + NAME + number * WEEK, cell.state, texts(cell, words))
                for number, cell in enumerate(row.weeks)
            )
            yield Line(y, ROW, printable(row.name), tuple(squares))
            y += ROW


def totals(rows: Sequence[ClassRow], words: Words) -> Iterator[Line]:
    for number, (school, classes) in enumerate(groupby(rows, lambda row: row.school)):
        weeks = zip(*(row.weeks for row in classes), strict=True)
        squares = (Square(MARGIN + NAME + week * WEEK, *total(cells, words)) for week, cells in enumerate(weeks))
        yield Line(TOP + HEADER + number * ROW, ROW, printable(school), tuple(squares))


def total(cells: Sequence[ClassWeek], words: Words) -> tuple[str, tuple[str, ...]]:
    """28/30, of those that count; before the first of them is over, nothing."""
    counted = [cell for cell in cells if cell.state is not State.NOT_COUNTED]
    if not counted or all(cell.state is State.TO_COME for cell in counted):
        return (counted or cells)[0].state, texts((counted or cells)[0], words)
    met = sum(cell.held > 0 for cell in counted)
    return State.HELD if met == len(counted) else SOME, (f"{met}/{len(counted)}",)


def texts(cell: ClassWeek, words: Words) -> tuple[str, ...]:
    """What stands in a cell, in at most two lines."""
    labels = words.tables["class_weeks"]
    if cell.state is State.NOT_COUNTED:
        return tuple(shortened(broken(cell.reason, WEEK - 6, SMALL)))
    said = labels["held_often"].format(count=cell.held) if cell.held > 1 else labels[f"cell_{cell.state}"]
    if cell.state is State.MOVED and cell.day is not None:
        return said, f"{cell.day.month}/{cell.day.day}"
    if cell.state is State.NOT_HELD and cell.reason:
        return said, *shortened(broken(cell.reason, WEEK - 6, SMALL))[:1]
    return (said,) if said else ()


def shortened(lines: list[str]) -> list[str]:
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1][:-1]}…"]
