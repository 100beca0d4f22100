"""A chart of bars that lie: each in parts, told apart by lightness and hatching, with their figures in words below."""

from collections.abc import Iterator

from msgspec import Struct

from bot.pictures.class_picture import shortened
from bot.pictures.term_picture import MARGIN, broken, printable, templated, wide
from bot.words import Words

NAME, BAR, NOTE = 210, 560, 250  # widths
ROW, THICK, SMALL = 66, 26, 16  # height of a row, of its bar, size of the letters below it
TOP, FOOT = 100, 50
SIZES = {"margin": MARGIN, "name": NAME, "bar": BAR, "row": ROW, "thick": THICK, "small": SMALL}


class Bar(Struct, frozen=True):
    """`counts`: each with its word of the labels `chart`. They are drawn as shares of `of`; 0 draws none."""

    name: str
    counts: tuple[tuple[str, int], ...]
    of: int
    note: str = ""


class Chart(Struct, frozen=True):
    """`folder`: the one of the inspection file in which it lies, None for its top."""

    folder: str | None
    title: str
    bars: tuple[Bar, ...]
    note: str = ""


class Part(Struct, frozen=True):
    kind: str
    x: float
    width: float


class Line(Struct, frozen=True):
    """A bar in its place; `name` in at most two lines, `figures` in one."""

    y: int
    name: tuple[str, ...]
    parts: tuple[Part, ...]
    figures: str
    note: str


def svg(heading: str, chart: Chart, words: Words, family: str) -> str:
    """`family`: of fonts, the better ones first."""
    lines = [placed(number, bar, words) for number, bar in enumerate(chart.bars)]
    width = 2 * MARGIN + NAME + BAR + NOTE
    notes = broken(chart.note, width - 2 * MARGIN, SMALL)
    kinds = dict.fromkeys(kind for bar in chart.bars for kind, count in bar.counts if count and bar.of)
    return templated("bars.svg.j2").render(
        family=family,
        heading=printable(heading),
        title=printable(chart.title),
        width=width,
        height=TOP + ROW * len(lines) + FOOT + 24 * len(notes),
        foot=TOP + ROW * len(lines) + 20,
        lines=lines,
        legend=list(legend(list(kinds), words)),
        notes=notes,
        sizes=SIZES,
    )


def placed(number: int, bar: Bar, words: Words) -> Line:
    name = tuple(shortened(broken(bar.name, NAME - 20)))
    return Line(TOP + ROW * number, name, tuple(parts(bar)), figures(bar, words), printable(bar.note))


def parts(bar: Bar) -> Iterator[Part]:
    x = float(MARGIN + NAME)
    for kind, count in bar.counts:
        if count and bar.of:
            width = BAR * count / bar.of
            yield Part(kind, round(x, 2), round(width, 2))
            x += width


def legend(kinds: list[str], words: Words) -> Iterator[tuple[int, str, str]]:
    x = MARGIN + NAME
    for kind in kinds:
        said = words.named(kind, "chart")
        yield x, kind, said
        x += round(wide(said, SMALL)) + 60


def figures(bar: Bar, words: Words) -> str:
    """到会 45 · 迟到 2: so that nobody has to measure, and a reader of screens has it, too."""
    return " · ".join(f"{words.named(kind, 'chart')} {count}" for kind, count in bar.counts if count)


def told(chart: Chart, words: Words) -> str:
    """The whole chart in words, a bar a line."""
    return "\n".join(": ".join(filter(None, (bar.name, figures(bar, words), bar.note))) for bar in chart.bars)
