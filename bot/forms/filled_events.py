"""Filled for an event: 活动通知, 签到表, 教研活动记录表, 听评课记录 in words."""

import re

from bot.forms.filled import Filled, Row
from bot.words import Words
from handlers.event_form import EventForm, Signer
from store.blueprint import Audience
from store.minutes import WholeMinutes
from store.persons import Role
from store.statuses import AttendanceStatus

TABLE = "form_words"
SPOKEN = re.compile("(?:(?P<who>[^—：:]{1,12})(?:—+|：|:))?(?P<point>.*)")  # 发言人—要点


def filled(form: EventForm, words: Words) -> Filled:
    """Every field of an event that is known; each of its forms takes what it has a place for."""
    held = form.held
    starts, ends = held.local(held.starts_at), held.local(held.ends_at)
    said = {name: words.named(name, TABLE) for name in ("open", "people", "until", "attended")}
    fields = {
        "consortium": form.consortium,
        "term": form.term,
        "activity": words.named("cancelled", TABLE).format(title=held.title) if held.cancelled else held.title,
        "kind": words.label(held.kind),
        "theme": held.theme or (said["open"] if form.themed else ""),
        "week": words.named("week", "picture").format(number=held.week),
        "date": words.full_day(starts.date()),
        "time": words.span(starts, ends),
        "place": held.place,
        "host": held.host,
        "audience": meant(form.audience, words),
        "expected": said["people"].format(count=form.expected),
        "respond_by": said["until"].format(moment=words.moment(held.local(held.respond_by))) if held.respond_by else "",
        "check_in": window(form, words),
        "speaker": held.speaker,
        "lesson": held.lesson,
        "teacher": held.speaker,
        "recorder": held.recorder,
        "bring": held.bring,
        "published": words.moment(form.published_at) if form.published_at else "",
        "schools": words.named("joint", TABLE).join(form.schools),
        "sheet": form.number,
        "attended": said["attended"].format(expected=form.expected, came=form.came) if form.over else "",
        "totals": totals(form, words),
        "school": form.school or held.host,
        "subject": words.named("joint", TABLE).join(form.audience.subjects or ()) if form.audience else "",
        "lesson_kind": words.named("lesson_kinds", TABLE),
        "agreed": form.minutes.agreement,
        "problems": form.minutes.problems,
        "materials": words.named("joint", TABLE).join(form.minutes.materials),
    }
    people = [row(number, one, words) for number, one in enumerate(form.signers, 1)]
    lists = {name: rows for name, rows in recorded(form.minutes, words).items() if rows}
    return Filled({name: text or "" for name, text in fields.items()}, {"people": people} | lists)


def recorded(minutes: WholeMinutes, words: Words) -> dict[str, list[Row]]:
    """研讨过程, a line each (发言人—要点), and 下一步任务."""
    lines = [SPOKEN.match(line) for line in minutes.points.splitlines() if line.strip()]
    return {
        "discussion": [{"who": line["who"] or "", "point": line["point"]} for line in lines if line],
        "tasks": [
            {"task": one.content, "charge": one.person, "due": words.full_day(one.due) if one.due else ""}
            for one in minutes.tasks
        ],
    }


def row(number: int, one: Signer, words: Words) -> Row:
    return {
        "number": str(number),
        "name": one.name,
        "school": one.school,
        "subject": one.subject,
        "status": words.label(one.status) if one.status else "",
        "at": words.clock(one.at) if one.at else "",
        "method": words.label(one.method) if one.method else "",
        "remark": words.named("guest", TABLE) if one.guest else "",
    }


def totals(form: EventForm, words: Words) -> str:
    """应到52　实到47　已到44　迟到3 …; before the close how many are expected."""
    one, label = words.named("total", TABLE), words.label
    counts = [(label(AttendanceStatus.EXPECTED), form.expected)]
    if form.over:
        counts.append((words.named("came", "form_field"), form.came))
    counts += [(label(status), count) for status, count in form.counts]
    return "　".join(one.format(label=name, count=count) for name, count in counts)


def window(form: EventForm, words: Words) -> str:
    """签到时间段"""
    held = form.held
    if held.opens_at is None or held.closes_at is None:
        return ""
    return words.span(held.local(held.opens_at), held.local(held.closes_at))


def meant(audience: Audience | None, words: Words) -> str:
    """参加对象: schools, subjects, roles, as far as the file names some."""
    joint = words.named("joint", TABLE)
    chosen = audience or Audience()
    roles = [words.label(Role(one)) for one in chosen.roles or ()]
    parts = [joint.join(one) for one in (chosen.schools or (), chosen.subjects or (), roles) if one]
    return words.named("and_then", TABLE).join(parts) or words.named("everybody", TABLE)
