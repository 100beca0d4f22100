"""Rules, weeks, durations and days of a file that are wrong, beside `refusal_cases.py`: the change, and the line."""

from tests.bot.refusal_cases import Case

SECOND, FRIDAY, ONCE, DAILY = '"second wednesday"', 'on = "friday"', "on = 2026-12-09", 'every = "day"'
WEEKLY = "one or more weekdays"
MONTHLY = '"<first|second|third|fourth|last> <weekday>", "day <1-31>" or "<first|last> school day"'
TERMLY = '"week <n> <weekday>" with n from 1 to 99'
RULES_OF_DATES: list[Case] = [
    *(
        (SECOND, f'"{on}"', f'activity[1].on: "{on}": expected {MONTHLY}')
        for on in (
            "fifth wednesday", "second", "wednesday", "second wednesdays", "Second wednesday", "second Wednesday",
            " second wednesday", "second wednesday ", "2nd wednesday", "-1 wednesday",
            "second wednesday, third wednesday", "day", "day 0", "day 01", "day -1", "day 31.0", "day last", "31",
            "first day", "second school day", "first school days", "school day", "last schoolday", "first holiday",
            "week 3 monday", "2026-10-14", "第二个周三", "周三",
        )
    ),
    *(
        (FRIDAY, f'on = "{on}"', f'activity[2].on: "{on}": expected {WEEKLY}')
        for on in (
            "fri", "Friday", "FRIDAY", "friday,", ",friday", "friday,,monday", "friday monday", "friday; monday",
            "friday and monday", "friday、monday", "friday，monday", "weekday", "school day",
            "first friday", "day 5", "星期五",
        )
    ),
    (
        FRIDAY,
        'on = "friday, monday, friday"',
        'activity[2].on: "friday, monday, friday": expected each weekday named once',
    ),
    (FRIDAY, 'on = ""', 'activity[2].on: "": expected text that is not empty'),
    (FRIDAY, 'on = ["friday"]', "activity[2].on: "),
    (FRIDAY, "on = 2026-10-09", f"activity[2].on: 2026-10-09: expected {WEEKLY}"),
    (FRIDAY, "on = true", "activity[2].on: true"),
    *(
        (f'every = "week"\n{FRIDAY}', f'every = "term"\non = "{on}"', f'activity[2].on: "{on}": expected {TERMLY}')
        for on in (
            "week 0 monday", "week 100 monday", "week 01 monday", "week -1 monday",
            "week ten monday", "week 10", "10 monday",
            "week 10 mon", "week 10 monday, friday", "week 10-11 monday", "monday week 10", "monday", "第10周周一",
        )
    ),
    (f'every = "week"\n{FRIDAY}', 'every = "term"', 'activity[2].on: missing: expected on = …, for every = "term"'),
    (f'every = "once"\n{ONCE}', 'every = "once"', 'activity[4].on: missing: expected on = …, for every = "once"'),
    (ONCE, 'on = "friday"', 'activity[4].on: "friday": expected a date'),
    (ONCE, "on = 2026-12-09T00:00:00Z", "activity[4].on: 2026-12-09T00:00:00"),
    (ONCE, "on = 08:00:00", 'activity[4].on: "08:00:00": expected a date without quotes and without a time'),
    (ONCE, "on = 1999-12-31", "activity[4].on: 1999-12-31"),
    (ONCE, "on = 2200-01-01", "activity[4].on: 2200-01-01"),
    (DAILY, 'every = "day"\non = 2026-10-14', "activity[3].on: 2026-10-14: expected no on beside every"),
    *(
        (DAILY, f"every = {every}", f"activity[3].every: {every}: expected one of day, week, month, term, once")
        for every in ('"daily"', '"Day"', '"days"', '""', '"2 weeks"', '"year"', '"每天"', "1", "true")
    ),
    *(
        ('on_holiday = "next"', f"on_holiday = {way}", f"activity[1].on_holiday: {way}: expected one of skip")
        for way in ('"after"', '"Next"', '"prev"', '""', '"next, previous"', '"顺延"', "true", "0")
    ),
]  # fmt: skip
WEEKS: list[Case] = [
    ('weeks = "1-18"', f'weeks = "{weeks}"', f'activity[1].weeks: "{weeks}": expected "odd", "even" or week numbers')
    for weeks in (
        "Odd", "odds", "odd,even", "3,even", "1-18 odd", "all", "0", "0-3", "100", "1-100", "01", "1-", "-3", "1--3",
        "1-3-5", "1..3", "1,", ",1", "1;3", "1、3", "1，3", "1 3", "3-1", "5,3",
        "3,3", "1-5,5", "1-5,3-7", "2,1-4", "1.5", "+1",
        "一", "单周", "第1周",
    )
] + [
    ('weeks = "1-18"', f"weeks = {weeks}", f"activity[1].weeks: {weeks}: expected text that is not empty")
    for weeks in ('""', '" "', "5", "true", "[1, 2]")
]  # fmt: skip
DUE, ASKING = 'reflect = { due = "3d" }', 'reflect = { due = "3d", prompts ='
ONE_UNIT = "one whole number and one unit of m, h or d"
DURATIONS: list[Case] = [
    *(
        ('announce = "7d"', f'announce = "{text}"', f'activity[1].announce: "{text}": expected {ONE_UNIT}')
        for text in (
            "", "7", "d", "7 d", " 7d", "7d ", "7D", "7w", "7s", "7days", "-7d",
            "+7d", "7.5d", "1d12h", "1d 12h", "1e3m", "0x7d",
            "7d7d", "PT7H", "12345678m", "７d", "7天", "七天", "7d\\n",
        )
    ),
    ('announce = "7d"', "announce = 7", "activity[1].announce: 7: expected a duration in quotes"),
    ('announce = "7d"', "announce = 07:00:00", 'activity[1].announce: "07:00:00": expected a duration in quotes'),
    ('announce = "7d"', 'announce = ["7d"]', 'activity[1].announce: ["7d"]: expected a duration in quotes'),
    ('announce = "7d"', 'announce = "3651d"', 'activity[1].announce: "3651d": expected a duration of at most 3650d'),
    ('announce = "7d"', 'announce = "9999999d"', 'activity[1].announce: "9999999d": expected a duration of at most'),
    ('announce = "7d"', 'announce = "87601h"', 'activity[1].announce: "87601h": expected a duration of at most'),
    ('lasts = "2h"', 'lasts = "0h"', 'activity[4].lasts: "0h": expected a duration of at least 1m'),
    ('lasts = "2h"', 'lasts = "3651d"', 'activity[4].lasts: "3651d": expected a duration of at most'),
    ('remind = ["1d", "30m"]', 'remind = "1d"', 'activity[1].remind: "1d": expected a list'),
    ('remind = ["1d", "30m"]', 'remind = ["1d", 30]', "activity[1].remind[2]: 30: expected a duration in quotes"),
    ('remind = ["1d", "30m"]', 'remind = ["1d", "4000d"]', 'activity[1].remind[2]: "4000d": expected a duration of at'),
    ('respond_by = "2h"', 'respond_by = "2 hours"', f'activity[1].respond_by: "2 hours": expected {ONE_UNIT}'),
    ('nudge = ["1d"]', 'nudge = ["1 day"]', f'activity[1].nudge[1]: "1 day": expected {ONE_UNIT}'),
    ('opens = "15m"', 'opens = "15"', f'activity[1].check_in.opens: "15": expected {ONE_UNIT}'),
    ('closes = "30m"', 'closes = "5m"', 'activity[1].check_in.late_after: "10m": expected no longer than closes, 5m'),
    (
        'late_after = "10m"',
        'late_after = "31m"',
        'activity[1].check_in.late_after: "31m": expected no longer than closes',
    ),
    ('reflect = { due = "3d" }', 'reflect = { due = 3 }', "activity[1].reflect.due: 3: expected a duration in quotes"),
    ('reflect = { due = "3d" }', 'reflect = "3d"', 'activity[1].reflect: "3d": expected a table'),
    (DUE, f"{ASKING} [] }}", "activity[1].reflect.prompts: []: expected a list [ … ] that is not empty"),
    (DUE, f'{ASKING} "收获" }}', 'activity[1].reflect.prompts: "收获": expected a list'),
    (DUE, f'{ASKING} [" "] }}', 'activity[1].reflect.prompts[1]: " ": expected one line of at most 40 characters'),
    (DUE, f'{ASKING} ["一\\n二"] }}', "expected one line of at most 40 characters"),
    (DUE, f'{ASKING} ["{"问" * 41}"] }}', "expected one line of at most 40 characters"),
    (DUE, f'{ASKING} ["收获", "收获"] }}', 'activity[1].reflect.prompts[2]: "收获": expected each only once'),
    (DUE, f'{ASKING} ["a", "b", "c", "d", "e", "f"] }}', "expected a list of at most 5"),
]  # fmt: skip
FOLLOWS, UNTIL = 'follows = "friday"', "until = 2026-11-06"
DAYS: list[Case] = [
    *(
        (FOLLOWS, f"follows = {weekday}", f"day[1].follows: {weekday}: expected one of monday, tuesday")
        for weekday in ('"fri"', '"FRIDAY"', '"friday, monday"', '""', '"周五"', "5", "2026-10-09")
    ),
    (FOLLOWS, f"{FOLLOWS}\nuntil = 2026-10-10", "day[1].until: 2026-10-10: expected no until beside follows"),
    *(
        ('kind = "off"', f"kind = {kind}", f"day[2].kind: {kind}: expected one of off, school")
        for kind in ('"Off"', '"make-up"', '""', '"放假"', "false")
    ),
    ('kind = "off"\n', "", "day[2].kind: missing: expected kind = …"),
    *(
        (UNTIL, f"until = {until}", f"day[2].until: {until}: expected a date without quotes")
        for until in ('"2026-11-06"', "2", "2026-11-06T00:00:00")
    ),
    *(
        (UNTIL, f"until = {until}", f"day[2].until: {until}: expected a date from 2000 to 2199")
        for until in ("1999-12-31", "2200-01-01")
    ),
    (UNTIL, "until = 2026-11-01", "day[2].until: 2026-11-01: expected no day before date, 2026-11-05"),
    (UNTIL, "to = 2026-11-06", "day[2].to: unknown key: expected one of date, until, kind, follows, name"),
    ("date = 2026-11-05", 'date = "2026-11-05"', 'day[2].date: "2026-11-05": expected a date without quotes'),
    ("date = 2026-11-05", "date = 2026-11-07", "day[2].until: 2026-11-06: expected no day before date, 2026-11-07"),
    (
        "date = 2026-11-05",
        "date = 2026-10-10",
        "day[2].date: 2026-10-10: expected one [[day]] for a date: day[1] has it",
    ),
    (
        "",
        '[[day]]\ndate = 2026-11-05\nkind = "off"\n',
        "day[3].date: 2026-11-05: expected one [[day]] for a date: day[2] has it too",
    ),
    (
        "",
        '[[day]]\ndate = 2026-10-01\nuntil = 2026-10-31\nkind = "school"\n',
        "day[3].date: 2026-10-01: expected one [[day]] for a date: day[1] has it too",
    ),
    (
        "",
        '[[day]]\ndate = 2026-12-05\nkind = "off"\nfollows = "monday"\n',
        'day[3].follows: "monday": expected no follows on a day of kind "off"',
    ),
]  # fmt: skip
REFUSED = [*RULES_OF_DATES, *WEEKS, *DURATIONS, *DAYS]
