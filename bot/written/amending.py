"""Amending: what somebody writes behind /schedule, or of an event that was opened, as entries of a consortium file."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from bot.written import class_words, days_off, milestones, month_themes
from bot.written.asked_back import AskedBack, Doubt, asked
from bot.written.one_event import Meant, changed, minutes, others, period_of, term_at
from scheduling import occurrences
from scheduling.expressions import reading as expressions
from scheduling.expressions.readings import (
    CancelledOnce,
    DayChange,
    Leads,
    Length,
    Moved,
    OneDay,
    Question,
    Reading,
    Recurring,
    Unclear,
)
from scheduling.occurrences import Planned
from store.amendments import Entries
from store.blueprint import Activity, Blueprint

OF_WHOLE = ("host", "theme")  # an organiser's; the other fields are the host school's, too
SEPARATORS = re.compile(r"[;；\n]+")
WHY = re.compile(r"[,，。;；\s]*(?:因为|由于|原因[:：]?|because|reason:?)\s*(?P<why>.+)$", re.IGNORECASE)
VALUE = re.compile(r"\s*(?:[:：是为]|改到|改成|改为|换到|换成|\s)\s*(?P<value>.+)|(?P<quoted>[《“].+)")
NOTHING = ("待定", "无", "没有", "none")
STOP = re.compile(r"(?:停一次|停办|取消|停|cancel|call off)[,，:：\s]*(?P<why>.*)", re.IGNORECASE)
QUESTION = re.compile(r"[?？吗呢么][ 。.!！]*$")
REMINDED = ("announce", "remind", "respond_by", "nudge", "check_in", "reflect", "audience", "on_holiday")
USUAL = {"announce": "7d", "remind": ("1d", "30m"), "respond_by": "1d", "nudge": ("1d",)}


class Table(Struct, frozen=True):
    """What words are read against. `fields`: how a field of an occurrence is called, by the word; `onward`: words that
    make a change hold for all later ones; `whole`: everything may be changed."""

    blueprint: Blueprint
    now: datetime
    about: Planned | None
    whole: bool
    fields: Mapping[str, str]
    onward: tuple[str, ...]


def read(text: str, table: Table) -> Meant | AskedBack:
    """The whole of it, or one question."""
    if table.about is not None and table.about.starts_at <= table.now:
        return AskedBack(Doubt.BEGUN)
    if table.about is None and table.whole and (found := of_the_plan(text.strip(), table)):
        return found
    if table.about is None and table.whole and (named := class_words.read(text, table.blueprint, table.now)):
        return named if isinstance(named, AskedBack) else read(named.words, replace(table, about=named.about))
    text, onward = without(unicodedata.normalize("NFKC", text).strip(), table.onward)
    text, why = reason(text)
    if table.about is not None and (said := settings(text, table.fields)):
        return detailed(said, table, table.about, why, onward)
    if not table.whole:
        return AskedBack(Doubt.NOT_YOURS)
    if off := days_off.read(text, table.blueprint, today_of(table)):
        return off
    if table.about is not None and (stop := STOP.fullmatch(text)) and not asks(stop["why"]):
        return changed(table.blueprint, table.about, onward, cancelled=True, reason=why or stop["why"] or None)
    return meant(expressions.read(text, table.now, table.blueprint, table.about), table, why, onward)


def asks(text: str) -> bool:
    """Whether it is put as a question: 主讲是谁？, 能改期吗."""
    return QUESTION.search(text) is not None


def of_the_plan(text: str, table: Table) -> Meant | AskedBack | None:
    """A month's theme, or a milestone."""
    theme = month_themes.read(text, table.blueprint, today_of(table))
    return theme or milestones.read(text, table.blueprint, table.now)


def today_of(table: Table) -> date:
    return table.now.astimezone(ZoneInfo(table.blueprint.consortium.timezone)).date()


def without(text: str, words: tuple[str, ...]) -> tuple[str, bool]:
    """The text without the words at its head that say 以后都这样, and whether it had them."""
    for word in words:
        if text.startswith(word):
            return text.removeprefix(word).strip(" ,，"), True
    return text, False


def reason(text: str) -> tuple[str, str | None]:
    found = WHY.search(text)
    return (text[: found.start()].strip(), found["why"].strip()) if found else (text, None)


def settings(text: str, fields: Mapping[str, str]) -> dict[str, str] | None:
    """`地点 东校区报告厅；主讲：李芳`: a field and what it is to be, each; None where a part is nothing like it, or
    a question, as 主题是什么？."""
    said: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in SEPARATORS.split(text))):
        word = max((word for word in fields if part.casefold().startswith(word.casefold())), key=len, default=None)
        found = VALUE.fullmatch(part[len(word) :]) if word else None
        value = (found["value"] or found["quoted"]).strip() if found else ""
        if word is None or found is None or asks(value):
            return None
        said[fields[word]] = "" if value.casefold() in NOTHING else value
    return said or None


def detailed(
    said: Mapping[str, str], table: Table, about: Planned, why: str | None, onward: bool
) -> Meant | AskedBack:
    """"" takes back what was said. Another host has rooms of its own."""
    if not table.whole and any(field in OF_WHOLE for field in said):
        return AskedBack(Doubt.NOT_YOURS)
    values: dict[str, str | None] = {"place": None} if "host" in said else {}
    for field, value in said.items():
        if not value:
            values[field] = None
            continue
        key = value if field in ("place", "lesson", "bring", "theme") else named(field, value, table.blueprint)
        if key is None:
            return AskedBack(Doubt.NAME_UNKNOWN, words=value)
        values[field] = key
    return changed(table.blueprint, about, onward, reason=why, **values)


def named(field: str, name: str, blueprint: Blueprint) -> str | None:
    """The key of the one person or school that is called so."""
    rows = blueprint.school if field == "host" else blueprint.person
    exact = [row.key for row in rows if row.name == name]
    near = exact or [row.key for row in rows if name in row.name]
    return near[0] if len(near) == 1 else None


def meant(reading: Reading, table: Table, why: str | None, onward: bool) -> Meant | AskedBack:
    about = table.about
    match reading:
        case Unclear():
            return asked(reading)
        case DayChange():
            return days_off.meant(reading)
        case CancelledOnce() if about:
            return changed(table.blueprint, about, onward, cancelled=True, reason=why)
        case Moved() if about:
            return moved(reading, table, about, why, onward)
        case Leads(remind) if about:
            activity = occurrences.activity_of(table.blueprint, about)
            return Meant(Entries.of([activity.model_copy(update={"remind": remind})]), about)
        case Length(lasts) if about:
            start = about.starts_at
            return changed(table.blueprint, about, onward, at=start.time(), lasts=lasts, reason=why)
        case OneDay() | Recurring() if any(one.title == reading.title for one in table.blueprint.activity):
            return AskedBack(Doubt.TITLE_TAKEN, words=reading.title)
        case OneDay() | Recurring():
            return created(reading, table)
    return AskedBack(Question.WHICH_EVENT)


def moved(reading: Moved, table: Table, about: Planned, why: str | None, onward: bool) -> Meant | AskedBack:
    day = reading.date or about.date
    if term_at(table.blueprint, about.rule_date) is not term_at(table.blueprint, day):
        return AskedBack(Doubt.OTHER_TERM, day=day)
    if any(one.date == day for one in others(table.blueprint, about)):
        return AskedBack(Doubt.DAY_TAKEN, day=day)
    at, lasts = reading.at, reading.lasts or minutes(about.ends_at - about.starts_at)
    if reading.period is not None:
        period = period_of(table.blueprint, about, reading.period)
        if period is None:
            return AskedBack(Question.NO_SUCH_PERIOD, number=reading.period)
        at = period.starts
        lasts = minutes(datetime.combine(day, period.ends) - datetime.combine(day, period.starts))
    assert at is not None  # the expression keeps the time where none is said
    date_too = {"held_on": day} if day != about.date else {}  # else the date stays the rule's, holidays and all
    return changed(table.blueprint, about, onward, at=at, lasts=lasts, reason=why, **date_too)


def created(reading: OneDay | Recurring, table: Table) -> Meant | AskedBack:
    """A new activity; what is not said it has from one of its kind, and shows before it is taken."""
    if not reading.title:
        return AskedBack(Doubt.NO_TITLE)
    kind = reading.kind or "meeting"
    like = next((one for one in table.blueprint.activity if one.kind == kind), None)
    lasts = None if reading.period else reading.lasts or (like.lasts if like else None)
    if reading.period is None and lasts is None:
        return AskedBack(Doubt.NO_LENGTH)
    chats: list[str | None] = [chat.key for chat in table.blueprint.chat]
    usual = {name: getattr(like, name) for name in REMINDED} if like else USUAL
    values = usual | {
        "key": key_for(table),
        "kind": kind,
        "title": reading.title,
        "chat": like.chat if like else [*chats, None][0],
        "every": "once" if isinstance(reading, OneDay) else reading.every,
        "on": reading.date if isinstance(reading, OneDay) else reading.on,
        "weeks": reading.weeks if isinstance(reading, Recurring) else None,
        "at": reading.at,
        "period": reading.period,
        "lasts": lasts,
    }
    if reading.remind:
        values["remind"] = reading.remind
    return Meant(Entries.of([Activity.model_validate(values)]), None)


def key_for(table: Table) -> str:
    """`chat-20261008090000`, by the second: never one that was used before, for an activity that was undone too."""
    key = f"chat-{table.now:%Y%m%d%H%M%S}"
    same = sum(one.key.startswith(key) for one in table.blueprint.activity)
    return f"{key}-{same + 1}" if same else key
