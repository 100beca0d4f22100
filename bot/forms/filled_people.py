"""Filled for one person: 活动反思 and 请假条 in words."""

from bot.forms.filled import Filled
from bot.words import Words
from handlers.person_form import LeaveForm, ReflectionForm
from store.leaves import DECIDED

TABLE = "form_words"


def reflection(form: ReflectionForm, words: Words) -> Filled:
    held, handed_in = form.held, form.submitted_at
    fields = {
        "consortium": form.consortium,
        "term": form.term,
        "name": form.name,
        "school": form.school,
        "subject": form.subject,
        "shared": words.label(form.visibility),
        "activity": held.title,
        "theme": held.theme or "",
        "due": words.moment(held.local(held.reflect_by)) if held.reflect_by else "",
        "handed_in": words.moment(handed_in) if handed_in else "",
        "handed_in_late": words.named("yes" if form.late else "no", TABLE) if handed_in else "",
        "length": words.named("characters", TABLE).format(count=form.length) if form.length else "",
        "text": form.text,
    }
    return Filled(fields, {})


def leave(form: LeaveForm, words: Words) -> Filled:
    about = form.absence
    span = words.span(about.starts_at, about.ends_at) if about.starts_at and about.ends_at else ""
    days = list(dict.fromkeys(words.full_day(day) for day in (about.first_day, about.last_day)))
    fields = {
        "consortium": form.consortium,
        "term": form.term,
        "slip": form.number,
        "name": form.name,
        "school": form.school,
        "activity": about.title,
        "time": " ".join(filter(None, (words.day(about.first_day), span))) if span else "",
        "asked_at": words.moment(form.asked_at),
        "after": words.named("yes" if form.after else "no", TABLE),
        "span": words.forms["dash"].join(days),
        "approver": form.approver,
        "decided": words.label(form.state) if form.state in DECIDED else "",
        "decided_at": words.moment(form.decided_at) if form.decided_at else "",
        "leave_kind": words.label(form.kind) if form.kind else "",
        "reason": form.reason,
        "opinion": form.remark,
    }
    return Filled(fields, {})
