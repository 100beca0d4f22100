"""Filled for a class meeting: 班会记录表 in words."""

from bot.forms.filled import Filled
from bot.words import Words
from handlers.class_form import ClassForm
from store.class_records import RecordStatus

TABLE = "form_words"


def filled(form: ClassForm, words: Words) -> Filled:
    held, not_held = form.held, form.status is RecordStatus.NOT_HELD
    starts = held.local(held.starts_at)
    clock = words.span(starts, held.local(held.ends_at))
    period = words.named("period", TABLE).format(number=form.period, clock=clock) if form.period else clock
    count = words.named("pupil_count", TABLE).format(enrolled=form.enrolled, present=form.present)
    fields = {
        "consortium": form.consortium,
        "term": form.term,
        "school": form.school,
        "class": form.class_name,
        "head_teacher": form.head_teacher,
        "week": words.named("week", "picture").format(number=held.week),
        "planned": words.full_day(form.planned),
        "period": period,
        "planned_theme": held.theme or "",
        "held": words.full_day(form.held_on) if form.held_on else "",
        "held_by": form.held_by,
        "theme": form.theme,
        "manner": words.named("manners", TABLE),
        "pupil_count": "" if form.present is None else count,
        "course": "" if not_held else form.note,
        "not_held": "\n".join(filter(None, (words.label(form.not_held) if form.not_held else "", form.note)))
        if not_held
        else "",
        "recorder": form.head_teacher if form.status else "",
    }
    return Filled(fields, {})
