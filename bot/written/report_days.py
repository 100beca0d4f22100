"""The days of a report in words (/report 9月), as `handlers.ask_report.AskFigures` takes them."""

import re
import unicodedata

from bot.words import Words

MONTH = re.compile(r"(?:(20[0-9]{2})[-./年])?(0?[1-9]|1[0-2])(?:月份?)?")
DAY = r"(20[0-9]{2})[-./年](0?[1-9]|1[0-2])[-./月]([12][0-9]|3[01]|0?[1-9])日?"
SPAN = re.compile(rf"{DAY}[-—~到至,:]*{DAY}")


def read(text: str, words: Words) -> str | None:
    """None: no days that we know."""
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("。.!的")
    if plain in words.report_days:
        return words.report_days[plain]
    if found := SPAN.fullmatch(plain):
        parts = [int(part) for part in found.groups()]
        return "{:04}-{:02}-{:02}:{:04}-{:02}-{:02}".format(*parts)
    if (found := MONTH.fullmatch(plain)) and (found[1] or not plain.isdigit()):
        return f"{found[1]}-{int(found[2]):02}" if found[1] else f"{int(found[2]):02}"
    named = [number for number, name in enumerate(words.months, 1) if plain[:3] == name.casefold() and plain.isalpha()]
    return f"{named[0]:02}" if named else None
