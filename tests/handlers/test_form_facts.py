"""What forms are filled from: the facts of an event, of a class meeting, of one person, and of some days."""

from datetime import date, datetime

from handlers.attendance_form import AttendanceForm, attendance_form
from handlers.check_in import CheckIn, check_in
from handlers.class_form import ClassForm, class_form
from handlers.event_form import EventForm, event_form
from handlers.person_form import LeaveForm, leave_form, reflection_form
from handlers.record import Record, record
from store import consortiums, leaves, persons, reflections
from store.class_records import RecordStatus
from store.database import Session, Store
from store.leaves import LeaveKind, LeaveState
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import LI, RESEARCH, WANG, ZHAO, School, begin

CLOSED = "10-14 15:00"


def of_event(school: School, occurrence: int, own: int | None = None) -> EventForm:
    found = school.ask(lambda session: event_form(session, occurrence, school.now, own))
    assert found is not None
    return found


def asked_for_leave(school: School, occurrence: int) -> None:
    """样李芳, because of a child that is ill."""
    who = school.person("li")
    asked = school.ask(lambda session: leaves.ask(session, occurrence, who, LeaveKind.SICK, "孩子发烧", school.now))
    assert asked is not None


def test_a_sheet_for_signing_by_hand_says_nothing_of_anybody(school: School, research: int) -> None:
    asked_for_leave(school, research)
    form = of_event(school, research)
    assert [one.name for one in form.signers] == ["样李芳", "样吴敏", "样周明", "样王强", "样赵敏"]
    assert {(one.status, one.at, one.method) for one in form.signers} == {(None, None, None)}
    assert (form.expected, form.over, form.counts) == (5, False, ())
    assert form.term == "第一学期"
    assert form.published_at is not None


def test_after_the_close_the_sheet_and_its_totals_are_the_rolls(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    school.until("10-14 14:45")
    school.take(check_in, CheckIn(research, ZHAO))
    school.until(CLOSED)
    form = of_event(school, research)
    assert {one.name: one.status for one in form.signers} == {
        **dict.fromkeys(("样李芳", "样吴敏", "样周明"), Status.ABSENT_PENDING),
        "样王强": Status.PRESENT,
        "样赵敏": Status.LATE,
    }
    assert dict(form.counts) == {Status.ABSENT_PENDING: 3, Status.PRESENT: 1, Status.LATE: 1}
    assert (form.expected, form.came) == (5, 2)
    assert next(one.at for one in form.signers if one.name == "样王强") == form.held.local(school.now).replace(
        hour=14, minute=20
    )


def test_an_approver_has_the_own_school_alone(school: School, research: int) -> None:
    east = school.ask(lambda session: persons_school(session, "zhou"))
    form = of_event(school, research, east)
    assert form.school == "样例东校"
    assert {one.school for one in form.signers} == {"样例东校"}


def persons_school(session: Session, key: str) -> int:
    return persons.by_keys(session, 1)[key].school_id


def test_before_anything_is_sent_the_sheet_has_whom_the_roster_means(store: Store) -> None:
    school = begin(store, RESEARCH, until="09-20 08:30")
    form = of_event(school, school.occurrence("research", "10-14 14:30"))
    assert form.expected == 5
    assert form.published_at is None


def test_a_class_record_is_the_plan_until_the_head_teacher_has_spoken(heads: School) -> None:
    lesson = heads.occurrence("classes", "10-12 15:50", "c701")
    planned = heads.ask(lambda session: class_form(session, lesson))
    assert isinstance(planned, ClassForm)
    assert (planned.school, planned.class_name, planned.head_teacher) == ("样例中心校", "七(1)班", "样李芳")
    assert (planned.period, planned.status, planned.held_on) == (7, None, None)
    heads.until("10-12 17:00")
    heads.take(record, Record(lesson, LI, RecordStatus.HELD))
    held = heads.ask(lambda session: class_form(session, lesson))
    assert held is not None
    assert (held.status, held.held_on, held.held_by) == (RecordStatus.HELD, date(2026, 10, 12), "样李芳")
    assert held.theme == held.held.theme


def test_a_slip_has_its_reason_for_whom_it_concerns_alone(school: School, research: int) -> None:
    asked_for_leave(school, research)
    who = school.person("li")

    def slip(private: bool) -> LeaveForm:
        found = school.ask(lambda session: leave_form(session, research, who, private=private))
        assert found is not None
        return found

    assert (slip(True).kind, slip(True).reason) == (LeaveKind.SICK, "孩子发烧")
    assert (slip(False).kind, slip(False).reason, slip(False).remark) == (None, "", "")
    assert (slip(False).state, slip(False).after, slip(False).approver) == (LeaveState.PENDING, False, "")
    assert school.ask(lambda session: leave_form(session, research, school.person("wang"), private=True)) is None


def test_a_reflection_is_on_its_form_once_it_is_handed_in(school: School, research: int) -> None:
    who = school.person("li")

    def of_mine() -> tuple[str, datetime | None, bool]:
        found = school.ask(lambda session: reflection_form(session, research, who, private=True))
        assert found is not None
        return found.text, found.submitted_at, found.late

    school.ask(lambda session: reflections.draft(session, research, who, "一段话", 1, ""))
    assert of_mine() == ("", None, False)
    school.until("10-18 09:00")
    school.ask(lambda session: submit(session, research, who, school.now))
    text, handed_in, late = of_mine()
    assert (text, late) == ("一段话", True)
    assert handed_in == school.now


def submit(session: Session, occurrence: int, who: int, now: datetime) -> None:
    row = reflections.of(session, occurrence, who)
    assert row is not None
    row.submitted_at = now


def test_a_summary_adds_up_and_says_what_is_open(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    school.until(CLOSED)
    form = summed(school)
    assert [(one.name, one.events, one.expected, one.came, one.pending) for one in form.schools] == [
        ("样例中心校", 1, 1, 0, 1),
        ("样例东校", 1, 4, 1, 3),
    ]
    assert (form.total.expected, form.total.came) == (5, 1)
    assert [one.rate for one in form.schools] == [None, None]  # of fewer than five there is no percentage
    assert form.total.rate == 0.2
    assert form.people == ()
    assert [one.name for one in summed(school, named=True).people] == ["样李芳", "样吴敏", "样周明", "样王强", "样赵敏"]
    assert summed(school, first=date(2026, 10, 15)).total.expected == 0


def summed(school: School, *, named: bool = False, first: date = date(2026, 9, 1)) -> AttendanceForm:
    def gathered(session: Session) -> AttendanceForm:
        row = consortiums.get(session, 1)
        assert row is not None
        return attendance_form(session, row, (first, date(2026, 10, 31)), school.now, named=named)

    return school.ask(gathered)
