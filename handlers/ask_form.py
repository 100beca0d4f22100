"""Ask for a form (打印表格): of an event for whoever oversees it, one's own reflection and leave slip, and of a class
meeting its head teacher's. What is on it for whom is decided here, and nowhere else."""

from datetime import date, datetime

from msgspec import Struct

from handlers import absence
from handlers.attendance_form import AttendanceForm
from handlers.class_form import ClassForm, class_form
from handlers.event_form import EventForm, event_form
from handlers.leave_notice import approvers
from handlers.oversight import NotOverseer, Overseer, overseer
from handlers.participants import NotInvited, NotLinked, OccurrenceGone, Participant, participant
from handlers.person_form import LeaveForm, ReflectionForm, reflection_form, slip
from handlers.start import Unlinked
from store import form_layouts, persons
from store.accounts import Account
from store.database import Session
from store.form_layouts import Form
from store.persons import Person, Role

OF_EVENT = (Form.NOTICE, Form.SIGN_IN, Form.MINUTES, Form.OBSERVATION)
OF_PERSON = (Form.REFLECTION, Form.LEAVE)
Facts = EventForm | ClassForm | ReflectionForm | LeaveForm | AttendanceForm


class ListForms(Struct, frozen=True):
    account: Account
    occurrence: int


class FormsListed(Struct, frozen=True):
    """What may be printed of an event, local. `organiser`: who may send a layout of the school's own."""

    occurrence: int
    title: str
    starts_at: datetime
    forms: tuple[Form, ...]
    organiser: bool


class AskForm(Struct, frozen=True):
    account: Account
    occurrence: int
    form: Form


class AskSlip(Struct, frozen=True):
    """请假条. `several`: `leave` is the number of a request for days."""

    account: Account
    leave: int
    several: bool


class FormSent(Struct, frozen=True):
    """`own`: the consortium's own layout. `document`, its name and content, the bot makes."""

    form: Form
    title: str
    day: date
    facts: Facts
    own: bytes | None = None
    document: tuple[str, bytes] | None = None


class FormNotYours(Struct, frozen=True):
    """A sheet with names is for those who correct it, a slip for its person and who may decide it, a class record for
    the class's head teacher and the office."""


ListOutcome = FormsListed | NotOverseer | OccurrenceGone | Unlinked
FormOutcome = FormSent | FormNotYours | NotOverseer | OccurrenceGone | Unlinked | NotLinked | NotInvited
SlipOutcome = FormSent | FormNotYours | OccurrenceGone | Unlinked


def list_forms(session: Session, request: ListForms, now: datetime) -> ListOutcome:
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    held = found.held
    return FormsListed(held.id, held.title, held.local(held.starts_at), of_event(found), found.organiser)


def of_event(found: Overseer) -> tuple[Form, ...]:
    """A principal sees totals, and so no sheet with names."""
    return tuple(form for form in OF_EVENT if form is not Form.SIGN_IN or found.corrects)


def ask_form(session: Session, request: AskForm, now: datetime) -> FormOutcome:
    if request.form is Form.CLASS_RECORD:
        return of_class(session, request)
    if request.form is Form.REFLECTION:
        return of_oneself(session, request)
    found = overseer(session, request.account, request.occurrence)
    if not isinstance(found, Overseer):
        return found
    if request.form not in of_event(found):
        return FormNotYours()
    school = None if found.organiser else found.known.school_id
    facts = event_form(session, request.occurrence, now, school)
    assert facts is not None  # it was found a line ago
    return sent(session, request.form, found.held.consortium_id, found.held.title, facts.day, facts)


def of_class(session: Session, request: AskForm) -> FormOutcome:
    facts = class_form(session, request.occurrence)
    if facts is None:
        return OccurrenceGone()
    known = persons.of_account(session, request.account, facts.held.consortium_id)
    if known is None:
        return Unlinked()
    if known.id != facts.head and Role.ORGANISER not in known.roles:
        return FormNotYours()
    return sent(session, request.form, known.consortium_id, facts.class_name, facts.planned, facts)


def of_oneself(session: Session, request: AskForm) -> FormOutcome:
    found = participant(session, request.occurrence, request.account)
    if not isinstance(found, Participant):
        return found
    held, facts = found.held, reflection_form(session, found.held.id, found.person, private=True)
    if facts is None:
        return OccurrenceGone()
    return sent(session, request.form, held.consortium_id, held.title, held.local(held.starts_at).date(), facts)


def ask_slip(session: Session, request: AskSlip, now: datetime) -> SlipOutcome:
    """With kind and reason, which are the person's and whoever's who may decide: by the school worked at now."""
    found = absence.find(session, request.leave, several=request.several)
    if found is None:
        return OccurrenceGone()
    row, about = found
    person = session.get_one(Person, row.person_id)
    known = persons.of_account(session, request.account, person.consortium_id)
    if known is None:
        return Unlinked()
    if known.id != person.id and known.id not in approvers(session, row.person_id):
        return FormNotYours()
    facts = slip(session, row, about, private=True)
    return sent(session, Form.LEAVE, known.consortium_id, person.name, about.first_day, facts)


def sent(session: Session, form: Form, consortium: int, title: str, day: date, facts: Facts) -> FormSent:
    return FormSent(form, title, day, facts, form_layouts.of(session, consortium, form))
