"""Previews: what a change of the plan comes to, read back before it holds (domain 6, rule 7)."""

from datetime import date, datetime

from msgspec import Struct

from store.blueprint import Day, Milestone


class Shift(Struct, frozen=True):
    """What becomes of one date of an activity; local instants. `was` None: it is new; `now` None: it is not held.
    `count`: of so many classes."""

    title: str
    was: datetime | None
    now: datetime | None
    ends_at: datetime | None
    week: int
    count: int = 1


class Put(Struct, frozen=True):
    """One thing that is said of an occurrence: `field` of `Detail`, and in words."""

    field: str
    value: str


class MonthTheme(Struct, frozen=True):
    """一月一主题 of an activity; `month`: its first day; `count`: of so many dates to come the theme changes."""

    title: str
    month: date
    theme: str
    was: str | None
    count: int


class Told(Struct, frozen=True):
    """What becomes of one occurrence, but for its time."""

    title: str
    starts_at: datetime
    puts: tuple[Put, ...]


class SheetNotes(Struct, frozen=True):
    """Of a term plan that was sent back. `told`: one by one, and `more` that are not shown. `absent`: how many events
    to come have no row, `missing` the first of them; `unkept`: remarks that nothing keeps, by their cells."""

    told: tuple[Told, ...]
    more: int
    missing: tuple[tuple[datetime, str], ...]
    absent: int
    unkept: tuple[tuple[str, str], ...]


class Stay(Struct, frozen=True):
    """A later date that a move of all later ones leaves as it is: `would`, where it would have gone, has no school, or
    (`beyond`) is not in the term."""

    starts_at: datetime
    would: date
    beyond: bool


class Preview(Struct, frozen=True):
    """`more`: further shifts that are not shown. `title`, `starts_at`: of the one occurrence that it is about. `days`
    that are off, or school, from now on. `chat`: the group of an activity that is new. `outside`: the days without
    school on which something is held. `remind`: how long before, as the file spells it, where that is said. `sheet`:
    what there is to say of a sheet, None for words."""

    shifts: tuple[Shift, ...]
    more: int
    puts: tuple[Put, ...]
    title: str | None
    starts_at: datetime | None
    days: tuple[Day, ...]
    chat: str | None
    outside: tuple[date, ...]
    onward: bool
    themes: tuple[MonthTheme, ...]
    milestones: tuple[Milestone, ...]
    stays: tuple[Stay, ...] = ()
    remind: tuple[str, ...] | None = None
    sheet: SheetNotes | None = None
    taken: bool = False
