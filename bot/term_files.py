"""What the chat sends of a term, made from the store: a person's calendar, the picture, the sheet."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import diary
from bot.class_weeks import ClassRow
from bot.diary import Event, Whose
from bot.pictures import chinese_font
from bot.sheets.term_sheet import TABLE
from bot.voice import Voice
from handlers.term_files import CalendarSent, ClassesPictured, SheetSent, TermPictured
from store import consortiums
from store.blueprint import Blueprint
from store.consortiums import Consortium
from store.database import Session, Store

Document = tuple[str, bytes]


def calendar(store: Store, voice: Voice, asked: CalendarSent, now: datetime) -> Document:
    from bot import ics

    def gathered(session: Session) -> tuple[ZoneInfo, list[Event]]:
        consortium, term = named(session, asked.key), asked.term
        events = diary.events(session, consortium, Whose(asked.person), term.first_day, term.last_day)
        return ZoneInfo(consortium.timezone), events

    zone, events = store.call(gathered)
    content = ics.written(asked.consortium, zone, events, now, lambda one: voice.words("event_note", {"event": one}))
    return f"{asked.key}-{asked.term.key}.ics", content


def picture(store: Store, voice: Voice, asked: TermPictured) -> Document:
    """Raises Complaint where the machine has no font for it."""
    from bot.pictures import term_picture

    def filed(session: Session) -> Blueprint:
        return consortiums.blueprint(named(session, asked.key))

    font = chinese_font.font()
    drawn = term_picture.svg(store.call(filed), asked.term, voice.labels, font.family)
    return f"{asked.key}-{asked.term.key}.png", term_picture.png(drawn, font)


def classes(store: Store, voice: Voice, asked: ClassesPictured, now: datetime) -> Document:
    """Raises Complaint where the machine has no font for it."""
    from bot import class_weeks
    from bot.pictures import class_picture, term_picture

    def gathered(session: Session) -> tuple[ZoneInfo, list[ClassRow]]:
        consortium = named(session, asked.key)
        rows = class_weeks.grid(session, consortium, asked.term, voice.labels, now, asked.school)
        return ZoneInfo(consortium.timezone), rows

    font = chinese_font.font()
    zone, rows = store.call(gathered)
    today = now.astimezone(zone).date()
    drawn = class_picture.svg(asked.consortium, asked.term, rows, voice.labels, font.family, today)
    return f"{asked.key}-{asked.term.key}-classes.png", term_picture.png(drawn, font)


def sheet(voice: Voice, asked: SheetSent) -> Document:
    from bot.sheets import term_workbook

    name = voice.labels.named("name", TABLE)
    return f"{name}-{asked.term.key}.xlsx", term_workbook.written(asked.holds, asked.term, voice.labels)


def named(session: Session, key: str) -> Consortium:
    consortium = consortiums.by_key(session, key)
    assert consortium is not None  # it was asked a moment ago, and none is ever removed
    return consortium
