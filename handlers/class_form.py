"""Class form: what the record of one class meeting tells on paper (班会记录表, domain 5.6). Pupils are numbers only."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from handlers.event_form import term_of
from store import attendees, class_records, consortiums, occurrences
from store.class_records import ClassRecord, NotHeldReason, RecordStatus
from store.classes import SchoolClass
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Held, Occurrence
from store.persons import Person
from store.schools import School


class ClassForm(Struct, frozen=True):
    """`planned`: the day it stood on; `period`: its number in the timetable. `status`: None while nobody has said
    whether it was held. `held_by` and `theme`: as planned, unless the record says otherwise. `head`: a person's id."""

    consortium: str
    term: str
    held: Held
    school: str
    class_name: str
    head: int | None
    head_teacher: str
    planned: date
    period: int | None
    status: RecordStatus | None
    held_on: date | None = None
    held_by: str = ""
    theme: str = ""
    present: int | None = None
    enrolled: int | None = None
    not_held: NotHeldReason | None = None
    note: str = ""


def class_form(session: Session, occurrence: int, code: str | None = None) -> ClassForm | None:
    """`code`: what its record said by then (`ClassRecord.code`), where another than today's is asked for. None: there
    is no such class meeting."""
    held, row = occurrences.get(session, occurrence), session.get(Occurrence, occurrence)
    if held is None or row is None or held.class_id is None:
        return None
    consortium = session.get_one(Consortium, held.consortium_id)
    file, room = consortiums.blueprint(consortium), session.get_one(SchoolClass, held.class_id)
    head = next(iter(attendees.of(session, occurrence)), room.head_teacher_id)
    name = "" if head is None else session.get_one(Person, head).name
    form = ClassForm(
        consortium.name,
        term_of(file, row.date),
        held,
        session.get_one(School, room.school_id).name,
        room.name,
        head,
        name,
        row.date,
        next((one.period for one in file.activity if one.key == held.activity), None),
        None,
    )
    record = class_records.of(session, occurrence)
    if code is not None and (record is None or record.code != code):
        record = class_records.as_told(occurrence, code, held.starts_at)
    return form if record is None else recorded(session, form, record)


def recorded(session: Session, form: ClassForm, record: ClassRecord) -> ClassForm:
    """With what was said of it."""
    not_held = record.status is RecordStatus.NOT_HELD
    holder = session.get_one(Person, record.held_by_id).name if record.held_by_id else record.held_by
    return replace(
        form,
        status=record.status,
        held_on=None if not_held else record.held_on,
        held_by="" if not_held else holder or form.head_teacher,
        theme="" if not_held else record.theme or form.held.theme or "",
        present=record.present,
        enrolled=record.enrolled,
        not_held=record.reason,
        note=record.note,
    )
