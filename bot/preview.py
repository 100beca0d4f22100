"""Preview: what a change of the plan made in the chat comes to, before it is taken."""

from collections import defaultdict
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.one_event import Meant
from handlers.amend import MonthTheme, Preview, Put, Shift
from scheduling import occurrences
from scheduling.calendar import SchoolCalendar
from scheduling.occurrences import Planned
from store.amendments import amended, every, identity
from store.blueprint import Blueprint, Theme

SHOWN = 6
FIELDS = ("place", "host", "theme", "speaker", "lesson", "recorder", "bring")
Key = tuple[str, date, str | None]


def preview(meant: Meant, blueprint: Blueprint, now: datetime) -> Preview:
    after = amended(blueprint, meant.entries.every())
    was, now_on = coming(blueprint, now), coming(after, now)
    shifts = shifted(was, now_on)
    calendar = SchoolCalendar(after)
    return Preview(
        tuple(shifts[:SHOWN]),
        len(shifts[SHOWN:]),
        puts(meant, blueprint),
        meant.about.title if meant.about else None,
        meant.about.starts_at if meant.about else None,
        meant.entries.day,
        chat_of(meant, blueprint),
        any(shift.now is not None and not calendar.is_school_day(shift.now.date()) for shift in shifts),
        meant.onward,
        tuple(month_theme(theme, blueprint, was, now_on) for theme in meant.entries.theme),
        meant.entries.milestone,
    )


def chat_of(meant: Meant, blueprint: Blueprint) -> str | None:
    """Where an activity that is new speaks."""
    known, titles = every(blueprint), {chat.key: chat.title for chat in blueprint.chat}
    new = [one for one in meant.entries.activity if identity(one) not in known]
    return titles.get(new[0].chat or "") if new else None


def coming(blueprint: Blueprint, now: datetime) -> dict[Key, Planned]:
    today = now.astimezone(ZoneInfo(blueprint.consortium.timezone)).date()
    last = max((term.last_day for term in blueprint.term), default=today)
    found = (one for one in occurrences.of(blueprint, today, last) if one.starts_at > now)
    return {(one.activity, one.rule_date, one.class_): one for one in found}


def shifted(before: dict[Key, Planned], after: dict[Key, Planned]) -> list[Shift]:
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
    theme: Theme, blueprint: Blueprint, before: dict[Key, Planned], after: dict[Key, Planned]
) -> MonthTheme:
    title = next(one.title for one in blueprint.activity if one.key == theme.activity)
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
    names = {row.key: row.name for row in blueprint.person} | {row.key: row.name for row in blueprint.school}
    found = [(field, getattr(said, field)) for field in FIELDS if getattr(said, field) != getattr(stood, field, None)]
    named = ("host", "speaker", "recorder")
    return tuple(Put(field, names[value] if field in named else value) for field, value in found if value)
