"""Forms: each of the nine, from what was gathered to the bytes of a Word file, in our layout or the school's own."""

import re
from datetime import date

from bot.forms import filled_classes, filled_events, filled_people, filled_tables, layouts, own_layout, paper
from bot.forms.filled import Filled
from bot.forms.filled_tables import Contents
from bot.forms.layouts import LAYOUTS
from bot.words import Words
from handlers.ask_form import Facts
from handlers.attendance_form import AttendanceForm
from handlers.class_form import ClassForm
from handlers.event_form import EventForm
from handlers.person_form import LeaveForm, ReflectionForm
from store.form_layouts import Form


def printed(
    form: Form, facts: Facts | Contents, words: Words, own: bytes | None = None, *, marks: bool = False
) -> bytes:
    """`own`: the school's layout, checked when it was sent; `marks`: an observation has a place for a grade."""
    return written(form, filled(facts, words), words, own, marks=marks)


def filled(facts: Facts | Contents, words: Words) -> Filled:
    """In words."""
    match facts:
        case EventForm():
            return filled_events.filled(facts, words)
        case ClassForm():
            return filled_classes.filled(facts, words)
        case ReflectionForm():
            return filled_people.reflection(facts, words)
        case LeaveForm():
            return filled_people.leave(facts, words)
        case AttendanceForm():
            return filled_tables.attendance(facts, words)
        case Contents():
            return filled_tables.contents(facts, words)


def written(form: Form, filled: Filled, words: Words, own: bytes | None = None, *, marks: bool = False) -> bytes:
    if own is not None:
        return own_layout.written(own, form, filled)
    layout = layouts.with_marks(LAYOUTS[form]) if marks else LAYOUTS[form]
    return paper.written(layout, words.label(form), filled, words)


def file_name(form: Form, day: date, words: Words, *keys: str) -> str:
    """Made of our own words, and of keys, never of a name: `2026-10-14 签到表 research.docx`."""
    named = (re.sub(r"[^\w-]", "_", key) for key in keys)
    return f"{' '.join((day.isoformat(), words.label(form), *named))}.docx"
