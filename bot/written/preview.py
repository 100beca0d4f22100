"""Preview: what a change of the plan made in the chat comes to, before it is taken."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.sheets.sheet_changes import Changes
from bot.sheets.term_sheet import NAMED, Names
from bot.written.class_words import full_name
from bot.written.one_event import Meant, about_of, key_of, later, term_at
from handlers.previews import MonthTheme, Preview, Put, SheetNotes, Shift, Stay, Told
from scheduling import occurrences
from scheduling.calendar import SchoolCalendar
from scheduling.occurrences import Planned
from store.amendments import Entries, amended, every, identity
from store.blueprint import Blueprint, Theme

SHOWN = 6
OF_A_SHEET = 20  # lines of each kind: it is changed as a whole, and read as a whole
FIELDS = ("place", "host", "theme", "speaker", "lesson", "recorder", "bring")
Key = tuple[str, date, str | None]
Coming = dict[Key, Planned]


def preview(meant: Meant, blueprint: Blueprint, now: datetime) -> Preview:
    after = amended(blueprint, meant.entries.every())
    return seen(meant, blueprint, after, coming(blueprint, now), coming(after, now), SHOWN)


def seen(
    meant: Meant, blueprint: Blueprint, after: Blueprint, was: Coming, now_on: Coming, shown: int
) -> Preview:
    """By the plans without and with it; at most so many shifts are `shown`."""
    shifts = shifted(was, now_on)
    return Preview(
        tuple(shifts[:shown]),
        len(shifts[shown:]),
        puts(meant, blueprint),
        title_of(meant.about, blueprint) if meant.about else None,
        meant.about.starts_at if meant.about else None,
        meant.entries.day,
        chat_of(meant, blueprint),
        outside(meant, shifts, now_on, SchoolCalendar(after)),
        meant.onward,
        tuple(month_theme(theme, blueprint, was, now_on) for theme in meant.entries.theme),
        meant.entries.milestone,
        stays(meant, blueprint),
        next((one.remind or () for one in meant.entries.activity), None),
    )


def outside(
    meant: Meant, shifts: Sequence[Shift], now_on: Coming, calendar: SchoolCalendar
) -> tuple[date, ...]:
    """Where something is moved to a day without school, or was by hand and the change makes that day free."""
    freed = {one.date for one in meant.entries.day}
    held = {shift.now.date() for shift in shifts if shift.now is not None}
    held |= {one.date for one in now_on.values() if one.moved_by_hand and one.date in freed}
    return tuple(sorted(day for day in held if not calendar.is_school_day(day)))


def stays(meant: Meant, blueprint: Blueprint) -> tuple[Stay, ...]:
    """The later ones that a move of all of them has left out."""
    about, put = meant.about, {about_of(one) for one in meant.entries.occurrence}
    held_on = meant.entries.occurrence[0].held_on if meant.entries.occurrence else None
    if about is None or not meant.onward or held_on is None:
        return ()
    term = term_at(blueprint, about.rule_date)
    assert term is not None  # it was planned in it
    left = [(one, one.date + (held_on - about.date)) for one in later(blueprint, about) if key_of(one) not in put]
    return tuple(Stay(one.starts_at, would, would > term.last_day) for one, would in left)


def title_of(about: Planned, blueprint: Blueprint) -> str:
    """七(1)班主题班会, with its school where another one has a class of that name."""
    rooms = [room for room in blueprint.class_ if room.key == about.class_]
    same = [one for room in rooms for one in blueprint.class_ if one.name == room.name]
    name = full_name(rooms[0], blueprint) if len(same) > 1 else rooms[0].name if rooms else ""
    return name + about.title


def chat_of(meant: Meant, blueprint: Blueprint) -> str | None:
    """Where an activity that is new speaks."""
    known, titles = every(blueprint), {chat.key: chat.title for chat in blueprint.chat}
    new = [one for one in meant.entries.activity if identity(one) not in known]
    return titles.get(new[0].chat or "") if new else None


def of_sheet(changes: Changes, blueprint: Blueprint, now: datetime) -> Preview:
    """The changes of a term plan that was sent back, one by one."""
    after = amended(blueprint, changes.entries.every())
    was, now_on = coming(blueprint, now), coming(after, now)
    found = seen(Meant(changes.entries, None), blueprint, after, was, now_on, OF_A_SHEET)
    every_one = told(changes.entries, blueprint, was, now_on)
    return replace(found, sheet=notes(changes, every_one))


def notes(changes: Changes, every_one: Sequence[Told] = ()) -> SheetNotes:
    missing = tuple((one.starts_at, one.title) for one in changes.absent[:SHOWN])
    shown, more = tuple(every_one[:OF_A_SHEET]), len(every_one[OF_A_SHEET:])
    return SheetNotes(shown, more, missing, len(changes.absent), changes.unkept[:OF_A_SHEET])


def told(entries: Entries, blueprint: Blueprint, before: Coming, after: Coming) -> list[Told]:
    """What comes of it, a place that goes with the host, too; and why."""
    stands, found = every(blueprint), []
    for detail in entries.occurrence:
        key = (detail.activity, detail.date, detail.class_)
        was, will = before.get(key), after.get(key)
        changed = {name: getattr(will, name) for name in FIELDS if will and differs(name, was, will)}
        if detail.reason != getattr(stands.get(identity(detail)), "reason", None):
            changed["reason"] = detail.reason
        one = will or was
        if one and changed:
            puts = tuple(Put(name, called(blueprint, name, value)) for name, value in changed.items())
            found.append(Told(one.title, one.starts_at, puts))
    return sorted(found, key=lambda one: one.starts_at)


def differs(name: str, was: Planned | None, will: Planned) -> bool:
    return bool(getattr(will, name) != getattr(was, name, None))


def called(blueprint: Blueprint, name: str, value: str | None) -> str:
    """A key is a name again; "" is nothing."""
    names = Names(blueprint).of(name) if name in NAMED else {}
    return names.get(value or "", value or "")


def coming(blueprint: Blueprint, now: datetime) -> Coming:
    today = now.astimezone(ZoneInfo(blueprint.consortium.timezone)).date()
    last = max((term.last_day for term in blueprint.term), default=today)
    found = (one for one in occurrences.of(blueprint, today, last) if one.starts_at > now)
    return {(one.activity, one.rule_date, one.class_): one for one in found}


def shifted(before: Coming, after: Coming) -> list[Shift]:
    """By start; the class meetings that go the same way are one."""
    found: defaultdict[tuple[str, datetime | None, datetime | None], list[Planned]] = defaultdict(list)
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        one = now or was
        if one and (was is None or now is None or (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at)):
            found[one.title, was.starts_at if was else None, now.starts_at if now else None].append(one)
    shifts = [
        Shift(title, was, now, ones[0].ends_at if now else None, ones[0].week, len(ones))
        for (title, was, now), ones in found.items()
    ]
    return sorted(shifts, key=lambda shift: (shift.was or shift.now or datetime.max).astimezone(UTC))


def month_theme(
    theme: Theme, blueprint: Blueprint, before: Coming, after: Coming
) -> MonthTheme:
    title = next((one.title for one in blueprint.activity if one.key == theme.activity), "")
    stood = next((one.theme for one in blueprint.theme if identity(one) == identity(theme)), None)
    ours = [key for key in before.keys() & after.keys() if key[0] == theme.activity]
    days = {after[key].date for key in ours if before[key].theme != after[key].theme}
    return MonthTheme(title, date.fromisoformat(f"{theme.month}-01"), theme.theme, stood, len(days))


def puts(meant: Meant, blueprint: Blueprint) -> tuple[Put, ...]:
    """What is said of the one occurrence; keys are names again."""
    if meant.about is None or not meant.entries.occurrence:
        return ()
    said = meant.entries.occurrence[0]
    stood = every(blueprint).get(identity(said))
    found = [(field, getattr(said, field)) for field in FIELDS if getattr(said, field) != getattr(stood, field, None)]
    puts = [Put(field, called(blueprint, field, value)) for field, value in found]
    return (*puts, *(Put("reason", why) for why in [said.reason] if why))
