"""The forms (.docx) of an inspection file: of each event as it stood at the close, the summary, the contents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from posixpath import commonpath

from msgspec import Struct
from msgspec.structs import replace

from bot.forms import paper
from bot.forms.filled import Filled
from bot.forms.filled_tables import Contents, Material
from bot.forms.forms import printed
from bot.forms.layouts import Layout, Note
from bot.reports.fulfilment import Fulfilment, MetBy
from bot.reports.standings import Standing
from bot.voice import Voice
from bot.words import Words
from handlers import report_sums
from handlers.attendance_form import AttendanceForm, Tally
from handlers.bulletin import BulletinSent, content
from handlers.class_form import ClassForm, class_form
from handlers.event_form import EventForm, Signer
from handlers.report import Report
from handlers.report_facts import Participation, ReportEvent
from handlers.report_heads import head
from handlers.report_sums import Sum
from store import form_layouts
from store.activities import ActivityKind
from store.blueprint import Blueprint
from store.database import Session
from store.form_layouts import Form
from store.statuses import AttendanceStatus as Status

OF_ALL = (Form.NOTICE, Form.SIGN_IN)
BULLETIN = Layout((Note("text"),), ())


class Sheets(Struct, frozen=True):
    """By event: `heads` what its forms say of it itself, `bulletins` where one was approved, `records` of class
    meetings that were recorded. `own`: the school's own layouts; `subjects`: by the person's key."""

    heads: Mapping[int, EventForm]
    bulletins: Mapping[int, BulletinSent]
    records: Mapping[int, ClassForm]
    own: Mapping[Form, bytes]
    subjects: Mapping[str, str]


def gathered(session: Session, consortium: int, report: Report, file: Blueprint, now: datetime) -> Sheets:
    """`file`: the plan that held. Who came is in the report already. A bulletin is as it stands `now`, so that nobody
    is quoted who has taken consent back."""
    events = (one.occurrence for one in report.events if one.class_ is None and not one.cancelled)
    heads = {event: found for event in events if (found := head(session, event, file)) is not None}
    sent = (one.held for one in heads.values() if one.held.bulletin_at is not None)
    bulletins = {held.id: BulletinSent(content(session, held, now)) for held in sent}
    told = ((one, class_form(session, one.occurrence, one.record)) for one in report.events if one.record is not None)
    records = {one.occurrence: replace(form, term=term(report, one, form.term)) for one, form in told if form}
    own = {form: kept for form in Form if (kept := form_layouts.of(session, consortium, form)) is not None}
    subjects = {one.key: one.subject for one in file.person if one.subject}
    return Sheets(heads, bulletins, records, own, subjects)


def term(report: Report, event: ReportEvent, known: str) -> str:
    """What the event's term was called; `known`: where the report has none."""
    return next((one.name for one in report.terms if one.key == event.term), known)


def of_event(report: Report, event: ReportEvent, sheets: Sheets, words: Words) -> Iterator[tuple[Form, bytes]]:
    """Notice and sign-in sheet; of joint research the record, too; of a class meeting its record alone."""
    if event.occurrence in sheets.records:
        form = Form.CLASS_RECORD
        yield form, printed(form, sheets.records[event.occurrence], words, sheets.own.get(form))
    known = sheets.heads.get(event.occurrence)
    if known is None:
        return
    facts = filled(report, event, known, sheets)
    for form in (*OF_ALL, Form.MINUTES) if event.kind is ActivityKind.JOINT_RESEARCH else OF_ALL:
        if form is Form.NOTICE or event.people:
            yield form, printed(form, facts, words, sheets.own.get(form))


def filled(report: Report, event: ReportEvent, known: EventForm, sheets: Sheets) -> EventForm:
    """With the people of the report, as they stood then."""
    counts = tuple((status, event.counts[status]) for status in Status if event.counts[status])
    listed = [one for one in event.people if one.expected or one.came]
    return replace(
        known,
        term=term(report, event, known.term),
        over=True,
        expected=len(event.expected),
        came=sum(one.came for one in event.expected),
        counts=counts,
        schools=tuple(dict.fromkeys(report.schools[one.school] for one in event.expected)),
        signers=tuple(signer(report, one, sheets.subjects) for one in listed),
        school="" if report.school is None else report.schools[report.school],
    )


def bulletin(event: ReportEvent, sheets: Sheets, words: Words) -> bytes | None:
    """简报, in the words in which it stands in the group; None where there is none."""
    if event.occurrence not in sheets.bulletins:
        return None
    said, known = sheets.bulletins[event.occurrence], sheets.heads[event.occurrence]
    fields = {"consortium": known.consortium, "term": known.term, "text": voice(words.language).say(said).text}
    return paper.written(BULLETIN, words.named("bulletin", "report"), Filled(fields, {}), words)


@cache
def voice(language: str) -> Voice:
    return Voice(language)


def signer(report: Report, one: Participation, subjects: Mapping[str, str]) -> Signer:
    at, method = (one.came_at, one.method) if one.came else (None, None)
    where, what = report.schools[one.school], subjects.get(one.person, "")
    return Signer(one.name, where, what, one.attendance, at, method, not one.expected)


def attendance(report: Report, sheets: Sheets, words: Words) -> bytes:
    """考勤汇总表, by school and by person."""
    form = AttendanceForm(
        report.name,
        ", ".join(one.name for one in report.terms),
        report.first,
        report.last,
        tuple(tally(one, one.name) for one in report_sums.by_school(report) if one.expected),
        tally(report_sums.total(report, ""), ""),
        tuple(tally(one, report.schools[one.school]) for one in report_sums.by_person(report)),
        report.stands_at,
    )
    return printed(Form.ATTENDANCE, form, words, sheets.own.get(Form.ATTENDANCE))


def tally(one: Sum, school: str) -> Tally:
    return Tally(one.name, school, one.events, Counter(one.counts))


def catalogue(
    report: Report,
    standings: Iterable[Standing],
    evidence: Mapping[int, str],
    folders: Mapping[MetBy, str],
    in_force: Mapping[str, int],
    sheets: Sheets,
    words: Words,
) -> bytes:
    """台账目录: each obligation beside its clause. `evidence`: by event the folder in which its papers lie; `folders`:
    of what is no event; `in_force`: by title the edition of the paper. What lies in a folder was put there on the day
    on which the figures stand; how many pages it has whoever prints it knows."""
    kept_on = report.stands_at.date()
    materials = [material(one, folder_of(one, evidence, folders), kept_on, in_force, words) for one in standings]
    terms = ", ".join(one.name for one in report.terms)
    form = Contents(report.name, terms, report.first, report.last, report.stands_at, materials)
    return printed(Form.CATALOGUE, form, words, sheets.own.get(Form.CATALOGUE))


def folder_of(one: Standing, evidence: Mapping[int, str], folders: Mapping[MetBy, str]) -> str:
    """The folder in which everything lies that shows it; "" where there is nothing."""
    found = {evidence[event] for period in one.periods for event in period.evidence if event in evidence}
    if found:
        return commonpath(found) or min(found)
    return folders.get(one.met_by, "") if one.done else ""


def material(one: Standing, folder: str, kept_on: date, in_force: Mapping[str, int], words: Words) -> Material:
    clause = " ".join(filter(None, (" / ".join(one.path), one.quoted)))
    lacking = ", ".join(lacks(period, words) for period in one.periods if period.missing and period.class_ is None)
    rhythm = words.named(one.rhythm, "rhythm")
    missing = lacking or (str(one.missing) if one.missing else "")
    number = in_force.get(one.document or "")
    edition = words.named("edition_number", "report").format(number=number) if number else ""
    counted = rhythm, one.demanded, one.done, missing
    return Material(one.title, clause, *counted, folder, None, kept_on if folder else None, edition)


def lacks(period: Fulfilment, words: Words) -> str:
    """2026-12（未到）: what is still to come is not yet missing, and what is missing has a reason."""
    if period.why is None:
        return period.key
    return words.named("with_reason", "form_words").format(period=period.key, why=words.named(period.why, "why"))
