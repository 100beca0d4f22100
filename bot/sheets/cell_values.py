"""What one cell of the term plan says, however a person or a program has written it. Each function reads a text as
`spreadsheet.rows` has it, or raises ValueError with what was expected."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from bot.sheets.term_sheet import Cell
from store.blueprint import Term

DAY = re.compile(r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})(?P<mark>[-/.月])(?P<day>\d{1,2})日?(?:[T ]00:00:00)?")
CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?")
MOMENT = re.compile(r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ](?P<clock>\d{1,2}:[\d:.]+)")
SERIAL = re.compile(r"\d{5}")
FIRST = date(1899, 12, 30)  # day 0 of a spreadsheet whose cell has lost its format
FRACTION = re.compile(r"0?\.\d+(?:[eE]-\d+)?|0")
LONGEST = 500  # characters
CANCELLED = re.compile(
    r"(?:已?取消|停办一?次?|停一次|cancel(?:l?ed)?)(?:[\s:,，。：(（]+(?P<why>.*?)[)）]?)?", re.IGNORECASE
)
SEVERAL = re.compile(r"\s*[;；]\s*")


def day(text: str, term: Term | None) -> date:
    """Without a year it is one of the term's days."""
    expected = "a date such as 2026-10-14"
    text = unicodedata.normalize("NFKC", text)
    if SERIAL.fullmatch(text):
        return FIRST + timedelta(days=int(text))
    found = DAY.fullmatch(text)
    if found is None or (found["year"] is None and (term is None or found["mark"] == ".")):  # 10.1 was perhaps 10.10
        raise ValueError(expected)
    years = [int(found["year"])] if found["year"] or term is None else [term.first_day.year, term.last_day.year]
    try:
        days = [date(year, int(found["month"]), int(found["day"])) for year in years]
    except ValueError:
        raise ValueError(expected) from None
    return next((one for one in days if term and term.first_day <= one <= term.last_day), days[0])


def clock(text: str) -> time:
    """To the minute, as some programs keep 14:30 as a little less."""
    text = unicodedata.normalize("NFKC", text)
    if FRACTION.fullmatch(text):
        return rounded(datetime.min + timedelta(days=float(text)))
    found = CLOCK.fullmatch(text)
    if found is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
        raise ValueError("a time such as 14:30")
    return rounded(datetime(2000, 1, 1, int(found["hour"]), int(found["minute"])) + seconds(found["second"]))


def seconds(text: str | None) -> timedelta:
    return timedelta(seconds=int(text or 0))


def rounded(at: datetime) -> time:
    return (at + timedelta(seconds=30)).time().replace(second=0, microsecond=0)


def end(text: str) -> time | datetime:
    """A time of the same day, or a day with its time."""
    found = MOMENT.fullmatch(unicodedata.normalize("NFKC", text))
    return datetime.combine(day(found["day"], None), clock(found["clock"])) if found else clock(text)


def week(text: str) -> int:
    found = re.search(r"\d+", text)
    if found is None:
        raise ValueError("the number of a teaching week")
    return int(found[0])


def words(text: str) -> str:
    if not all(char.isprintable() for char in text):
        raise ValueError("text without control characters")
    if len(text) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    return text


def read(column: str, text: str, term: Term | None) -> Cell:
    """None for an empty cell."""
    if not text:
        return None
    match column:
        case "date":
            return day(text, term)
        case "starts":
            return clock(text)
        case "ends":
            return end(text)
        case "week":
            return week(text)
    return text


def remark(text: str, marks: tuple[str, ...]) -> tuple[bool, str | None]:
    """Whether it calls the event off, and why it was moved or called off; `marks`: how a remark of ours begins."""
    off, reasons = False, []
    for part in SEVERAL.split(text):
        found = CANCELLED.fullmatch(part)
        off = off or found is not None
        said = found["why"] if found else None if part.startswith(marks) else part
        if said:
            reasons.append(said)
    return off, "；".join(reasons) or None
