"""Person form: what one's reflection (活动反思) and request for leave (请假条) tell on paper (domain 5.5, 5.7)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from handlers import absence
from handlers.absence import Absence
from handlers.event_form import term_of
from store import consortiums, leave_spans, leaves, occurrences, reflections
from store.consortiums import Consortium
from store.database import Session
from store.leaves import DECIDED, Leave, LeaveKind, LeaveSpan, LeaveState
from store.occurrences import Held
from store.persons import Person
from store.reflections import ReflectionState, Visibility
from store.schools import School


class ReflectionForm(Struct, frozen=True):
    """`late`: after it was due; `length` in characters. `text`: "" on all forms but the person's own."""

    consortium: str
    term: str
    held: Held
    name: str
    school: str
    subject: str
    visibility: Visibility
    submitted_at: datetime | None
    late: bool
    length: int
    text: str


class LeaveForm(Struct, frozen=True):
    """`kind` and `reason` are None and "" but for the person and who decides: they go into no file for others. `after`:
    asked after the start. Instants are local. `remark`: what the approver wrote to the person."""

    consortium: str
    term: str
    number: str
    name: str
    school: str
    absence: Absence
    asked_at: datetime
    after: bool
    state: LeaveState
    approver: str
    decided_at: datetime | None
    kind: LeaveKind | None = None
    reason: str = ""
    remark: str = ""


def reflection_form(session: Session, occurrence: int, person: int, *, private: bool) -> ReflectionForm | None:
    """With blanks to be written by hand where nothing is handed in; `private`: with its text. None: there is no such
    event or person."""
    held, writer = occurrences.get(session, occurrence), session.get(Person, person)
    if held is None or writer is None or writer.consortium_id != held.consortium_id or held.class_id is not None:
        return None
    consortium = session.get_one(Consortium, held.consortium_id)
    row = reflections.of(session, occurrence, person)
    handed_in = row is not None and row.state is ReflectionState.SUBMITTED
    at = row.submitted_at if row and handed_in else None
    return ReflectionForm(
        consortium.name,
        term_of(consortiums.blueprint(consortium), held.local(held.starts_at).date()),
        held,
        writer.name,
        session.get_one(School, writer.school_id).name,
        writer.subject or "",
        Visibility(row.visibility) if row and handed_in else Visibility.SCHOOL,
        held.local(at) if at else None,
        bool(at and held.reflect_by and at > held.reflect_by),
        len(row.text) if row and handed_in else 0,
        row.text if row and handed_in and private else "",
    )


def leave_form(session: Session, occurrence: int, person: int, *, private: bool) -> LeaveForm | None:
    """`private`: with kind, reason and remark. Of days it is the request for all of them. None: no leave was asked."""
    asked = leaves.of(session, occurrence, person)
    if asked is None:
        return None
    row: Leave | LeaveSpan = asked
    if asked.span_id is not None:
        row = leave_spans.get(session, asked.span_id) or asked
    about = absence.of_request(session, row)
    return None if about is None else slip(session, row, about, private=private)


def slip(session: Session, row: Leave | LeaveSpan, about: Absence, *, private: bool) -> LeaveForm:
    person = session.get_one(Person, row.person_id)
    consortium = session.get_one(Consortium, person.consortium_id)
    zone = ZoneInfo(consortium.timezone)
    by = session.get_one(Person, row.decided_by).name if row.decided_by and row.state in DECIDED else ""
    starts_at, _ = absence.ends(session, row)
    form = LeaveForm(
        consortium.name,
        term_of(consortiums.blueprint(consortium), about.first_day),
        f"{about.first_day:%Y%m%d}-{'D' if isinstance(row, LeaveSpan) else ''}{row.id}",
        person.name,
        session.get_one(School, person.school_id).name,
        about,
        row.asked_at.astimezone(zone),
        row.asked_at > starts_at,
        LeaveState(row.state),
        by,
        row.decided_at.astimezone(zone) if row.decided_at and by else None,
    )
    return replace(form, kind=row.kind, reason=row.reason, remark=row.remark or "") if private else form
