"""Consortiums for the comparison with the oracle, as plain dicts: every rule of the contract, and drawn ones."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from hypothesis import strategies as st

from store.blueprint import Blueprint

File = dict[str, Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = ("first", "second", "third", "fourth", "last")
WAYS = (None, "skip", "next", "previous")
ZONES = (
    "Asia/Shanghai", "Asia/Urumqi", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe",
    "Pacific/Apia", "Africa/Casablanca",
)  # fmt: skip
FIRST, LAST = date(2025, 8, 20), date(2026, 9, 10)
TERMS: list[File] = [  # 387 days without a gap: a move out of one ends in the next, and months and weeks are cut in two
    {"key": "a", "name": "样例学期一", "first_day": FIRST, "last_day": date(2026, 2, 17)},
    {"key": "b", "name": "样例学期二", "first_day": date(2026, 2, 18), "last_day": LAST},
]
UNPUBLISHED: File = {"key": "c", "name": "样例学期三", "first_day": date(2046, 9, 26), "last_day": date(2047, 10, 4)}
RAMADAN: File = {"key": "h", "name": "样例学期八", "first_day": date(2026, 2, 9), "last_day": date(2026, 3, 30)}
CLOCKS_CHANGE: list[File] = [  # in most of the zones
    {"key": "e", "name": "样例学期五", "first_day": date(2025, 10, 1), "last_day": date(2025, 11, 4)},
    {"key": "f", "name": "样例学期六", "first_day": date(2026, 3, 5), "last_day": date(2026, 4, 7)},
]
OF_2001: File = {"key": "g", "name": "样例学期七", "first_day": date(2000, 9, 1), "last_day": date(2001, 9, 7)}
OF_2011: File = {"key": "d", "name": "样例学期四", "first_day": date(2011, 3, 1), "last_day": date(2012, 4, 30)}
DAYS = [
    {"date": date(2025, 9, 28), "kind": "school", "follows": "thursday"},
    {"date": date(2025, 11, 5), "until": date(2025, 11, 6), "kind": "off", "name": "样例考试"},
    {"date": date(2025, 11, 15), "kind": "school"},
    {"date": date(2025, 12, 3), "kind": "school", "follows": "monday"},
    {"date": date(2026, 2, 16), "until": date(2026, 2, 19), "kind": "off"},
    {"date": date(2026, 2, 28), "kind": "school", "follows": "friday"},
    {"date": date(2026, 3, 1), "until": date(2026, 3, 31), "kind": "off"},
    {"date": date(2026, 4, 6), "kind": "school"},
    {"date": date(2026, 5, 30), "until": date(2026, 6, 2), "kind": "school"},
]
SCHOOLS = [
    {"key": "core", "name": "样例中心初中", "role": "core"},
    {"key": "east", "name": "样例东城初中", "role": "member"},
    {"key": "west", "name": "样例西城初中", "role": "member"},
]
PERIODS = [
    {"school": school, "number": number, "starts": starts, "ends": ends}
    for school, number, starts, ends in [
        ("core", 1, "01:30", "02:10"), ("east", 1, "02:00", "03:30"), ("west", 1, "00:00", "00:45"),
        ("core", 7, "15:50", "16:35"), ("east", 7, "16:00", "16:45"), ("west", 7, "15:45", "16:30"),
    ]
]  # fmt: skip
CLASSES = [
    {"key": key, "school": school, "name": f"样例班{key}"}
    for key, school in [("c2", "east"), ("c10", "west"), ("c1", "core"), ("c3", "east")]
]


def consortium(zone: str, *activities: File, public_holidays: str = "cn", **tables: list[File]) -> File:
    head = {"key": "k", "name": "样例", "timezone": zone, "public_holidays": public_holidays}
    file = {"consortium": head, "school": SCHOOLS, "period": PERIODS, "class": CLASSES, "term": TERMS, "day": DAYS}
    return {**file, "activity": list(activities), **tables}


def every_day_is_school(*terms: File) -> File:
    """Tables in which Sundays are school days, too: it is on Sundays that most clocks change."""
    rows = [{"date": term["first_day"], "until": term["last_day"], "kind": "school"} for term in terms]
    return {"term": list(terms), "day": rows}


def activity(key: str, every: str, on: Any = None, **fields: Any) -> File:
    """A meeting at 14:30 for 90 minutes, unless the fields say otherwise; None stands for an absent key."""
    times: File = {} if "period" in fields else {"at": "14:30", "lasts": "90m"}
    found = {"key": key, "kind": "meeting", "title": "样例活动", "every": every, "on": on, **times, **fields}
    return {name: value for name, value in found.items() if value is not None}


def blueprint(file: File) -> Blueprint:
    return Blueprint.model_validate({"class_" if table == "class" else table: rows for table, rows in file.items()})


def every_rule() -> Iterator[tuple[str, Any]]:
    """`every` and `on`: each form of the contract with each of its values, lists of up to three weekdays."""
    yield "day", None
    yield from (("week", ", ".join(some)) for n in (1, 2, 3) for some in combinations(WEEKDAYS, n))
    yield from (("month", f"{ordinal} {weekday}") for ordinal, weekday in product(ORDINALS, WEEKDAYS))
    yield from (("month", f"day {day}") for day in range(1, 32))
    yield from (("month", f"{ordinal} school day") for ordinal in ("first", "last"))
    yield from (("term", f"week {week} {weekday}") for week, weekday in product(range(1, 32), WEEKDAYS))
    yield from (("once", FIRST + timedelta(days=n)) for n in range(-1, (LAST - FIRST).days + 2))


def all_rules(zone: str, way: str | None, **tables: Any) -> File:
    """One activity for each rule, all with the same `on_holiday`."""
    rules = enumerate(every_rule())
    return consortium(zone, *(activity(f"r{n}", every, on, on_holiday=way) for n, (every, on) in rules), **tables)


HOURS = ("00:00", "00:30", "01:15", "02:00", "02:10", "02:30", "03:00", "14:30", "23:50")
FORMS = (
    ("day", None), ("week", "friday"), ("week", "monday, thursday"), ("week", "saturday, sunday"),
    ("month", "second wednesday"), ("month", "fourth friday"), ("month", "last sunday"), ("month", "day 31"),
    ("month", "first school day"), ("month", "last school day"), ("term", "week 7 thursday"),
    ("once", date(2026, 2, 17)), ("once", date(2026, 3, 29)),
)  # fmt: skip


def all_forms(zone: str, *hours: str, **tables: Any) -> File:
    """Each form of a rule at each of the hours (absent: those about which clocks change), with hosts, themes and weeks,
    by period, and for classes.
    """
    turns: File = {"hosts": ["core", "east", "west"], "themes": ["一", "二"]}
    hours, found = hours or HOURS, []
    for n, (every, on) in enumerate(FORMS):
        found += [activity(f"{n}-{hour}", every, on, at=hour, lasts="3h", **turns) for hour in hours]
        found += [activity(f"{n}-{weeks}", every, on, weeks=weeks, on_holiday="next") for weeks in ("odd", "2,6-9,25")]
        found += [activity(f"{n}-{period}", every, on, period=period) for period in (1, 7)]
        meeting: File = {"kind": "class_meeting", **turns, "on_holiday": "previous"}
        found += [
            activity(f"{n}-class", every, on, period=1, **meeting),
            activity(f"{n}-some", every, on, at="02:30", lasts="1d", classes=["c3", "c1"], **meeting),
            activity(f"{n}-hosted", every, on, period=7, hosts=["west", "east"], weeks="even"),
        ]
    every_day = [activity(f"every-{hour}", "day", at=hour, lasts="2h") for hour in hours]
    return consortium(zone, *found, *every_day, **tables)


ELSEWHERE: tuple[File, ...] = (  # what the chat sets of one occurrence; numbers are days from the rule's own date
    {"held_on": 1}, {"held_on": -3, "at": "02:30", "lasts": "45m"}, {"cancelled": True}, {"host": "west"},
    {"held_on": 7}, {"theme": "三", "held_on": 400}, {"at": "23:50", "lasts": "1d", "host": "east"}, {"held_on": 31},
)  # fmt: skip


def all_edits(zone: str) -> File:
    """Each form of a rule with each of the edits, on every other date by the rule; themes of every second month."""
    turns: File = {"hosts": ["core", "east"], "themes": ["一", "二"]}
    kinds: tuple[File, ...] = ({"at": "02:30", "lasts": "3h", **turns}, {"period": 7, **turns})
    both = list(product(FORMS, kinds))
    found = [activity(f"e{n}", every, on, **kind) for n, ((every, on), kind) in enumerate(both)]
    found += [activity("c", "week", "monday", kind="class_meeting", period=1, **turns)]
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13, 2)]
    themes = [{"activity": one["key"], "month": month, "theme": month} for one in found for month in months]
    return consortium(zone, *found, theme=themes, occurrence=[*edits(found)])


def edits(activities: Sequence[File]) -> Iterator[File]:
    """One for every other day of the terms and each activity, whether its rule falls there or not."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for shift, one in enumerate(activities):
        classes = [{"class_": room["key"]} for room in CLASSES[:2]] if one["kind"] == "class_meeting" else [{}]
        for n, day in enumerate(days):
            said = dict(ELSEWHERE[(n // 2 + shift) % len(ELSEWHERE)])
            if "held_on" in said:
                said["held_on"] = day + timedelta(days=said["held_on"])
            if n % 2 or one["every"] in ("month", "term", "once"):
                yield from ({"activity": one["key"], "date": day, **room, **said} for room in classes)


def drawn_terms(draw: st.DrawFn, first: date) -> list[File]:
    """One to three terms over 365 days and more, with or without holidays in between."""
    count, found = draw(st.integers(1, 3)), []
    for number in range(count):
        length = draw(st.integers(370 // count, 400 // count))
        last = first + timedelta(days=length)
        found.append({"key": f"t{number}", "name": "样例学期", "first_day": first, "last_day": last})
        first = last + timedelta(days=draw(st.sampled_from([1, 2, 30])))
    return found


def drawn_days(draw: st.DrawFn, first: date, last: date) -> list[File]:
    """Rows that share no date, in no order."""
    starts = draw(st.lists(st.dates(first, last), max_size=12, unique=True))
    found = []
    for place, day in enumerate(starts):
        row: File = {"date": day, "kind": draw(st.sampled_from(["off", "school"]))}
        room = min(((other - day).days for other in starts if other > day), default=40) - 1
        match draw(st.sampled_from(["one", "follows", "until"])):
            case "follows" if row["kind"] == "school":
                row["follows"] = draw(st.sampled_from(WEEKDAYS))
            case "until":
                row["until"] = day + timedelta(days=draw(st.integers(0, min(room, 20 if place % 3 else 40))))
        found.append(row)
    return found


def drawn_rule(draw: st.DrawFn, first: date, last: date) -> tuple[str, Any]:
    weekday, ordinal = draw(st.sampled_from(WEEKDAYS)), draw(st.sampled_from(ORDINALS))
    match every := draw(st.sampled_from(["day", "week", "week", "month", "month", "month", "term", "once"])):
        case "day":
            return every, None
        case "week":
            return every, ", ".join(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True)))
        case "month":
            days = [f"day {draw(st.integers(1, 31))}", "first school day", "last school day"]
            return every, draw(st.sampled_from([f"{ordinal} {weekday}", *days]))
        case "term":
            return every, f"week {draw(st.integers(1, 60))} {weekday}"
    return every, draw(st.dates(first, last))


def drawn_activity(draw: st.DrawFn, key: str, first: date, last: date) -> File:
    every, on = drawn_rule(draw, first, last)
    clock = draw(st.one_of(st.sampled_from(HOURS), st.times().map("{:%H:%M}".format)))
    lasts = draw(st.sampled_from(["1m", "45m", "3h", "25h", "2d"]))
    times: File = draw(st.sampled_from([{"at": clock, "lasts": lasts}, {"period": 1}, {"period": 7}]))
    kind = draw(st.sampled_from(["joint_research", "class_meeting"]))
    classes = st.none() | st.lists(st.sampled_from(["c1", "c2", "c3", "c10"]), min_size=1, unique=True)
    numbers = st.lists(st.integers(1, 55), min_size=1, max_size=6, unique=True).map(sorted)
    ranges = numbers.map(lambda some: ",".join(f"{n}-{n}" if n % 2 else str(n) for n in some))
    return activity(
        key,
        every,
        on,
        kind=kind,
        weeks=draw(st.sampled_from([None, None, "odd", "even", "1-18", "3-9,11,20-40"]) | ranges),
        hosts=draw(st.none() | st.lists(st.sampled_from(["core", "east", "west"]), min_size=1, max_size=4)),
        themes=draw(st.none() | st.lists(st.sampled_from("甲乙丙"), max_size=5)),
        on_holiday=draw(st.sampled_from(WAYS)),
        classes=draw(classes) if kind == "class_meeting" else None,
        **times,
    )


@st.composite
def consortiums(draw: st.DrawFn) -> File:
    first = draw(st.sampled_from([date(2019, 8, 19), date(2025, 7, 1), date(2025, 12, 31), date(2046, 3, 4)]))
    first += timedelta(days=draw(st.integers(0, 60)))
    terms = drawn_terms(draw, first)
    last = terms[-1]["last_day"]
    days = drawn_days(draw, first - timedelta(days=10), last + timedelta(days=10))
    found = [drawn_activity(draw, key, first, last) for key in ("a", "b", "a1")[: draw(st.integers(1, 3))]]
    zone, public_holidays = draw(st.sampled_from(ZONES)), draw(st.sampled_from(["cn", "none"]))
    return consortium(zone, *found, public_holidays=public_holidays, term=terms, day=days)


LEADS: File = {
    "announce": "7d",
    "remind": ["1d", "30m", "40h"],
    "respond_by": "2d",
    "nudge": ["1d", "12h"],
    "check_in": {"opens": "15m", "closes": "30m"},
    "reflect": {"due": "3d"},
}


def all_messages(zone: str, *quiet: str, terms: Sequence[File] = TERMS) -> File:
    """A meeting every day, Sundays too, at each of four hours, with every message that there is before and after it."""
    hours = ("00:30", "02:30", "08:00", "14:30")
    meetings = [activity(f"m{hour}", "day", at=hour, lasts="90m", chat="group", **LEADS) for hour in hours]
    late: File = {"chat": "group", "reflect": {"due": "35d"}}  # from one change of the clocks to the next in Casablanca
    file = consortium(zone, *meetings, activity("late", "day", at="02:00", lasts="90m", **late))
    file |= every_day_is_school(*terms)
    file["chat"] = [{"key": "group", "title": "样例群", "platform": "telegram"}]
    file["consortium"] |= {"quiet": list(quiet)} if quiet else {}
    return file
