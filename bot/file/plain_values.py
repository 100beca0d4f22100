"""Plain values of a consortium file. Each function reads one, or raises ValueError with what was expected."""

import re
from datetime import date, time, timedelta
from functools import cache
from zoneinfo import available_timezones

from msgspec import Struct

from bot.nearest import nearest
from scheduling import durations, outlooks, rules

TELEGRAM_IDS = 2**52  # Bot API, Chat and User: at most 52 significant bits
LONGEST = timedelta(days=3650)  # ten years about a date of this century or the next: the calendar does not end
PROMPT_LENGTH = 40  # of a phone's line, twice
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIEST, LATEST = 2000, 2199  # years


def text(value: object) -> str:
    if isinstance(value, str) and value.strip() and all(char.isprintable() or char in "\n\t" for char in value):
        return value
    raise ValueError("text that is not empty")


def prompt(value: object) -> str:
    """A question that stands in a message, on a line of its own."""
    if isinstance(value, str) and value.strip() and len(value) <= PROMPT_LENGTH and value.isprintable():
        return value
    raise ValueError(f"one line of at most {PROMPT_LENGTH} characters")


def consortium_key(value: object) -> str:
    if isinstance(value, str) and re.fullmatch("[a-z0-9-]+", value):
        return value
    raise ValueError("a key of a-z, 0-9 and -")


class OneOf(Struct, frozen=True):
    words: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if isinstance(value, str) and value in self.words:
            return value
        near = nearest(value, self.words) if isinstance(value, str) else ""
        raise ValueError(f"one of {', '.join(self.words)}{near}")


def one_of(*words: str) -> OneOf:
    return OneOf(words)


class Whole(Struct, frozen=True):
    """Both ends included. TOML's true and false are no numbers, though Python's are."""

    first: int
    last: int

    def __call__(self, value: object) -> int:
        if type(value) is int and self.first <= value <= self.last:
            return value
        raise ValueError(f"a whole number from {self.first} to {self.last}")


def number(first: int, last: int) -> Whole:
    return Whole(first, last)


def switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def group(value: object) -> str:
    """A chat's address on Telegram: the number of a group, which is below 0 (Bot API, Chat)."""
    if type(value) is int and -TELEGRAM_IDS < value < 0:
        return str(value)
    raise ValueError("the number of a Telegram group, below 0")


def day(value: object) -> date:
    """A TOML date: a date-time is one too to Python, text is none."""
    if type(value) is date:
        if EARLIEST <= value.year <= LATEST:
            return value
        raise ValueError(f"a date from {EARLIEST} to {LATEST}")
    raise ValueError("a date without quotes and without a time, such as 2026-09-01")


def month(value: object) -> str:
    if isinstance(value, str) and re.fullmatch("2[01][0-9]{2}-(0[1-9]|1[0-2])", value):
        return value
    raise ValueError('a month in quotes, such as "2026-10"')


def rule_words(value: object) -> date | str:
    """What `on` may be before `every` is known."""
    return text(value) if isinstance(value, str) else day(value)


def clock(value: object) -> time:
    if isinstance(value, str) and re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", value):
        return time.fromisoformat(value)
    raise ValueError('a time "HH:MM"')


def quiet(value: object) -> tuple[time, time]:
    if isinstance(value, list) and len(value) == 2 and value[0] != value[1]:
        return clock(value[0]), clock(value[1])
    raise ValueError('two different times ["HH:MM", "HH:MM"]')


@cache
def zones() -> set[str]:
    """Once a process: to list them, every file of the time zones' folder is opened."""
    return available_timezones()


def timezone(value: object) -> str:
    known = zones()
    if isinstance(value, str) and value in known:
        return value
    near = nearest(value, known) if isinstance(value, str) else ""
    raise ValueError(f"a time zone such as Asia/Shanghai{near}")


def duration(value: object) -> str:
    """The file's own word; `durations.parse` says how long it is."""
    if not isinstance(value, str):
        raise ValueError('a duration in quotes, such as "90m", "2h" or "7d"')
    if durations.parse(value).elapsed > LONGEST:
        raise ValueError(f"a duration of at most {LONGEST.days}d")
    return value


def length(value: object) -> str:
    if durations.parse(duration(value)).elapsed:
        return str(value)
    raise ValueError("a duration of at least 1m")


def weekly(value: object) -> str:
    outlooks.parse(text(value))
    return str(value)


def weeks(value: object) -> str:
    rules.weeks(text(value))
    return str(value)
