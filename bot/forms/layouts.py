"""Layouts (版式): which field stands where on each of the nine forms. What has no data is a blank to be written in."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from store.form_layouts import Form

HANDWRITING = 2.6  # cm, the height of a cell that takes a few lines by hand


class Line(Struct, frozen=True):
    """Fields side by side, each behind its name; `height` in cm, at least."""

    fields: tuple[str, ...]
    height: float = 0.9


class Listing(Struct, frozen=True):
    """A table: columns with their widths in cm. `blank` rows are added, for what is written by hand; `caption`: its
    name stands above its columns; `new_page`: it begins one."""

    name: str
    columns: tuple[tuple[str, float], ...]
    blank: int = 0
    height: float = 0.8
    caption: bool = False
    new_page: bool = False


class Note(Struct, frozen=True):
    """Words below a table; nothing where the field is empty."""

    field: str


Block = Line | Listing | Note


class Layout(Struct, frozen=True):
    """`required`: what a layout of a school's own must have, too; see `own_layout`."""

    blocks: tuple[Block, ...]
    required: tuple[str, ...]
    landscape: bool = False


EVERY = ("consortium", "term")  # of each form's title line
HEAD = (Line(("activity",)), Line(("date", "time")), Line(("place", "host")))

NOTICE = Layout(
    (
        Line(("activity",)),
        Line(("kind", "week")),
        Line(("theme",)),
        Line(("date", "time")),
        Line(("place", "host")),
        Line(("audience", "expected")),
        Line(("respond_by", "check_in")),
        Line(("chair", "speaker")),
        Line(("lesson",)),
        Line(("bring",), 1.2),
        Line(("swap",), 1.2),
        Line(("contact", "published")),
        Listing("agenda", (("starts", 3.4), ("step", 9.2), ("charge", 4.4)), blank=5, caption=True),
    ),
    ("activity", "date", "time"),
)
SIGN_IN = Layout(
    (
        *HEAD,
        Listing(
            "people",
            (
                *(("number", 1.1), ("name", 2.2), ("school", 3.1), ("subject", 1.6), ("status", 1.9)),
                *(("at", 2.0), ("method", 1.5), ("signature", 2.2), ("remark", 1.4)),
            ),
        ),
        Line(("totals",)),
        Line(("checked_by", "sheet")),
    ),
    ("activity", "date", "name"),
)
MINUTES = Layout(
    (
        *HEAD,
        Line(("theme",)),
        Line(("schools",)),
        Line(("attended", "sheet")),
        Line(("chair", "recorder")),
        Line(("speaker", "lesson")),
        Line(("gist",), 4),
        Listing("discussion", (("who", 3.4), ("point", 13.6)), blank=7, height=1.2, caption=True),
        Line(("agreed",), 5),
        Line(("problems",), 5),
        Listing("tasks", (("task", 9.2), ("charge", 3.9), ("due", 3.9)), blank=5, height=1, caption=True),
        Line(("materials",), HANDWRITING),
        Line(("reviewed_by", "day_reviewed")),
    ),
    ("activity", "date"),
)
STEPS = (("step", 3.4), ("starts", 2.4), ("doing", 6.8), ("jotted", 4.4))
OBSERVATION = Layout(
    (
        Line(("activity",)),
        Line(("date", "time")),
        Line(("school", "class")),
        Line(("subject", "observer")),
        Line(("teacher", "lesson")),
        Line(("lesson_kind",)),
        Listing("steps", STEPS, blank=9, height=1.6, caption=True),
        Line(("strengths",), 5),
        Line(("advice",), 5),
        Line(("pupils",), 5),
        Line(("verdict",), 4),
    ),
    ("date",),
)
REFLECTION = Layout(
    (
        Line(("name", "school")),
        Line(("subject", "shared")),
        Line(("activity",)),
        Line(("theme",)),
        Line(("due", "handed_in")),
        Line(("handed_in_late", "length")),
        Line(("text",), 4.5),
        Line(("gained",), HANDWRITING),
        Line(("puzzles",), HANDWRITING),
        Line(("plans",), HANDWRITING),
        Line(("wishes",), HANDWRITING),
    ),
    ("name", "activity"),
)
CLASS_RECORD = Layout(
    (
        Line(("school", "class")),
        Line(("head_teacher", "week")),
        Line(("planned", "period")),
        Line(("planned_theme",)),
        Line(("held", "held_by")),
        Line(("theme",)),
        Line(("manner",)),
        Line(("pupil_count", "recorder")),
        Line(("course",), 5),
        Line(("effect",), 4),
        Line(("not_held",), 1.4),
        Line(("photos",), 4),
        Line(("reviewed_by", "day_reviewed")),
    ),
    ("class", "planned"),
)
LEAVE = Layout(
    (
        Line(("slip", "asked_at")),
        Line(("name", "school")),
        Line(("activity",)),
        Line(("time",)),
        Line(("leave_kind", "after")),
        Line(("span",)),
        Line(("reason",), HANDWRITING),
        Line(("swap",), HANDWRITING),
        Line(("approver", "decided")),
        Line(("decided_at", "signature")),
        Line(("opinion",), HANDWRITING),
    ),
    ("name",),
)
FIGURES = (
    *(("demanded", 1.6), ("came", 1.5), ("late", 1.3), ("left_early", 1.3), ("leave", 1.3), ("official", 1.3)),
    *(("online", 1.3), ("excused", 1.3), ("pending", 1.7), ("truant", 1.1), ("rate", 3.4)),
)
ATTENDANCE = Layout(
    (
        Line(("range", "made_at")),
        Listing("schools", (("number", 1.2), ("school", 5.5), ("events", 1.6), *FIGURES), caption=True),
        Note("stamp"),
        Note("formula"),
        Line(("reviewed_by", "explained")),
        Listing(
            "people",
            (("number", 1.2), ("name", 2.6), ("school", 4.5), *FIGURES[:-1], ("events", 1.6)),
            caption=True,
            new_page=True,
        ),
    ),
    ("range", "school"),
    landscape=True,
)
CATALOGUE = Layout(
    (
        Line(("range", "made_at")),
        Listing(
            "materials",
            (
                *(("number", 1.1), ("title", 3.6), ("clause", 5.0), ("rhythm", 1.4), ("wanted", 1.7), ("done", 1.7)),
                *(("missing", 2.6), ("file", 4.4), ("pages", 1.2), ("archived", 2.7), ("edition", 1.3)),
            ),
        ),
        Line(("charge", "kept_in")),
        Line(("remark",), 1.4),
    ),
    ("title", "file"),
    landscape=True,
)
LAYOUTS = {
    Form.NOTICE: NOTICE,
    Form.SIGN_IN: SIGN_IN,
    Form.MINUTES: MINUTES,
    Form.OBSERVATION: OBSERVATION,
    Form.REFLECTION: REFLECTION,
    Form.CLASS_RECORD: CLASS_RECORD,
    Form.LEAVE: LEAVE,
    Form.ATTENDANCE: ATTENDANCE,
    Form.CATALOGUE: CATALOGUE,
}


def with_marks(layout: Layout) -> Layout:
    """The plans ask to watch a lesson, not to grade it: only who wants a grade has a place for one (domain 5.4)."""
    return replace(layout, blocks=(*layout.blocks, Line(("mark",))))


def fields(layout: Layout) -> Iterator[str]:
    """Those that stand once on the form."""
    yield from EVERY
    for block in layout.blocks:
        match block:
            case Line(fields=names):
                yield from names
            case Note(field=name):
                yield name


def listings(layout: Layout) -> dict[str, tuple[str, ...]]:
    """The columns of each table."""
    return {one.name: tuple(name for name, _ in one.columns) for one in layout.blocks if isinstance(one, Listing)}
