"""The one truth of who came: each status of domain 4.2, in its order, and the counts that add up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import StartLeave, start_leave
from handlers.respond import Respond, respond
from store import attendance, attendees, check_ins, corrections
from store.attendance import Standing
from store.check_ins import CheckInMethod
from store.corrections import Correction
from store.database import Session, Store
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Person
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import LI, MEETING, RESEARCH, WANG, ZHOU, School, begin, local

DECLINED, ACCEPTED = ParticipationStatus.DECLINED, ParticipationStatus.ACCEPTED
BEFORE, OPEN, LATE, CLOSED = "10-13 09:00", "10-14 14:20", "10-14 14:45", "10-14 15:00"
Act = Callable[[School, int], object]


@pytest.fixture
def school(store: Store) -> School:
    return begin(store, RESEARCH, MEETING, until="10-08 09:00")


@pytest.fixture
def research(school: School) -> int:
    """Wednesday 14 October 14:30-16:00; check-in 14:15-15:00, late after 14:40."""
    return school.occurrence("research", "10-14 14:30")


def at(moment: str, *acts: Act) -> Act:
    """Done then."""

    def done(school: School, number: int) -> None:
        school.now = local(moment)
        for act in acts:
            act(school, number)

    return done


def say(status: ParticipationStatus) -> Act:
    return lambda school, number: school.take(respond, Respond(number, WANG, status))


def arrive(school: School, number: int) -> None:
    school.take(check_in, CheckIn(number, WANG))


def ask(school: School, number: int) -> None:
    school.take(start_leave, StartLeave(WANG, number))
    school.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))


def decide(approve: bool) -> Act:
    return lambda school, number: school.take(decide_leave, DecideLeave(1, ZHOU, approve=approve))


def correct(status: str, person: str = "wang") -> Act:
    def done(school: School, number: int) -> None:
        row = Correction(
            occurrence_id=number,
            person_id=school.person(person),
            status=AttendanceStatus(status),
            was=AttendanceStatus.EXPECTED,
            by_id=school.person("zhou"),
            at=school.now,
        )
        school.ask(lambda session: corrections.add(session, row))

    return done


def cancel(school: School, number: int) -> None:
    def done(session: Session) -> None:
        session.get_one(Occurrence, number).state = OccurrenceState.CANCELLED

    school.ask(done)


def standing(school: School, number: int, person: str = "wang") -> Standing:
    who = school.person(person)
    found = school.ask(lambda session: attendance.of(session, number, who, school.now))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("acts", "then", "status"),
    [
        ([], BEFORE, "expected"),
        ([], "10-14 14:59", "expected"),  # the window still holds
        ([], CLOSED, "absent_pending"),
        ([at(BEFORE, say(ACCEPTED))], CLOSED, "absent_pending"),  # an intention is no presence
        ([at(BEFORE, say(DECLINED))], BEFORE, "expected"),  # pressing 请假 is not yet leave
        ([at(BEFORE, say(DECLINED))], CLOSED, "absent_pending"),
        ([at(OPEN, arrive)], OPEN, "present"),
        ([at(LATE, arrive)], CLOSED, "late"),
        ([at(OPEN, arrive), at(CLOSED, correct("left_early"))], CLOSED, "left_early"),
        ([at(BEFORE, ask)], BEFORE, "leave_pending"),
        ([at(BEFORE, ask)], CLOSED, "leave_pending"),  # not 缺席(待核)
        ([at(BEFORE, ask, decide(True))], BEFORE, "leave"),
        ([at(BEFORE, ask, decide(True))], CLOSED, "leave"),
        ([at(BEFORE, ask, decide(False))], BEFORE, "leave_refused"),
        ([at(BEFORE, ask, decide(False))], CLOSED, "absent_pending"),  # 应到 again, and did not come
        ([at(BEFORE, ask), at(BEFORE, say(ACCEPTED))], BEFORE, "expected"),  # withdrawn
        ([at(CLOSED, correct("official"))], CLOSED, "official"),
        ([at(CLOSED, correct("online"))], CLOSED, "online"),
        ([at(BEFORE, correct("excused"))], CLOSED, "excused"),
        ([at(CLOSED, correct("truant"))], CLOSED, "truant"),
        ([at(OPEN, arrive), at(CLOSED, cancel)], CLOSED, "void"),
    ],
)  # fmt: skip
def test_each_status_is_what_was_done_and_decided(
    school: School, research: int, acts: list[Act], then: str, status: str
) -> None:
    for act in acts:
        act(school, research)
    school.now = local(then)
    assert standing(school, research).status == status


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        # correction > check-in > approved leave > intention
        ([at(BEFORE, say(DECLINED)), at(OPEN, arrive)], "present"),
        ([at(BEFORE, ask, decide(True)), at(OPEN, arrive)], "present"),
        ([at(BEFORE, ask), at(LATE, arrive)], "late"),
        ([at(BEFORE, say(ACCEPTED), ask, decide(True))], "leave"),
        ([at(LATE, arrive), at(CLOSED, correct("present"))], "present"),
        ([at(BEFORE, ask, decide(True)), at(CLOSED, correct("truant"))], "truant"),
        # the newest correction holds, and taken back what is recorded counts again
        ([at(CLOSED, correct("truant"), correct("official"))], "official"),
        ([at(LATE, arrive), at(CLOSED, correct("truant"), correct("expected"))], "late"),
        # a check-in that is struck counts no more, what comes below it does
        ([at(OPEN, arrive), at(CLOSED, correct("absent_pending"))], "absent_pending"),
        ([at(BEFORE, ask, decide(True)), at(OPEN, arrive), at(CLOSED, correct("absent_pending"))], "leave"),
    ],
)  # fmt: skip
def test_what_counts_more_holds(school: School, research: int, acts: list[Act], status: str) -> None:
    for act in acts:
        act(school, research)
    school.now = local(CLOSED)
    assert standing(school, research).status == status


def test_whoever_comes_in_spite_of_leave_leaves_it_unused(school: School, research: int) -> None:
    at(BEFORE, ask, decide(True))(school, research)
    assert not standing(school, research).leave_unused
    at(OPEN, arrive)(school, research)
    assert standing(school, research).leave_unused


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([], "present"),
        ([at("10-20 09:00", say(DECLINED))], "absent_pending"),
        ([at("10-21 10:30", ask)], "leave_pending"),
        ([at("10-21 10:30", ask, decide(True))], "leave"),
        ([at("10-21 10:30", ask, decide(False))], "present"),
        ([at("10-21 10:30", correct("absent_pending"))], "absent_pending"),
    ],
)  # fmt: skip
def test_without_a_check_in_those_came_who_were_expected_and_neither_declined_nor_have_leave(
    store: Store, acts: list[Act], status: str
) -> None:
    school = begin(store, MEETING, until="10-19 10:00")
    meeting = school.occurrence("meeting", "10-21 09:00")
    for act in acts:
        act(school, meeting)
    school.now = local("10-21 10:00") - timedelta(seconds=1)
    if not acts or school.ask(lambda session: attendance.attended(session, meeting, school.now)):
        assert standing(school, meeting).status == "expected"  # nobody has come before the end
    school.now = local("10-21 11:00")
    assert standing(school, meeting).status == status
    came = school.ask(lambda session: attendance.attended(session, meeting, school.now))
    assert (school.person("wang") in came) == (status == "present")


def test_a_guest_stays_where_he_worked_when_he_checked_in(school: School, research: int) -> None:
    guest, east = school.person("chen"), school.person("zhao")
    at, how = local(OPEN), CheckInMethod.BUTTON
    assert school.ask(lambda session: check_ins.record(session, research, guest, at, how, late=False))

    def move(session: Session) -> tuple[int, int]:
        row, then = session.get_one(Person, guest), session.get_one(Person, guest).school_id
        row.school_id = session.get_one(Person, east).school_id
        return then, row.school_id

    then, now = school.ask(move)
    found = school.ask(lambda session: attendance.of(session, research, guest, school.now))
    assert found is not None
    assert found.facts.school_id == then != now


def test_a_guest_is_never_expected_and_never_absent(school: School, research: int) -> None:
    """样陈静 of the office is not in the audience."""
    guest = school.person("chen")
    school.now = local(CLOSED)
    assert school.ask(lambda session: attendance.of(session, research, guest, school.now)) is None
    school.ask(
        lambda session: check_ins.record(session, research, guest, local(OPEN), CheckInMethod.BUTTON, late=False)
    )
    assert standing(school, research, "chen").status == "present"
    everybody = school.ask(lambda session: attendance.standings(session, [research], school.now))
    assert [one.facts.name for one in everybody if not one.facts.expected] == ["样陈静"]
    assert attendance.counts(everybody) == {"absent_pending": 5}
    assert guest not in school.ask(lambda session: attendance.attended(session, research, school.now))
    correct("absent_pending", "chen")(school, research)  # struck: there is nothing left of it
    assert standing(school, research, "chen").status == "not_expected"


def test_an_exchanged_teacher_is_counted_once_where_the_work_is(school: School, research: int) -> None:
    """样王强 works at east and was sent by core."""
    school.now = local(CLOSED)
    everybody = school.ask(lambda session: attendance.standings(session, [research], school.now))
    assert [one.facts.school for one in everybody if one.facts.name == "样王强"] == ["样例东校"]


def test_what_is_settled_keeps_its_school(school: School, research: int) -> None:
    wang, li = school.person("wang"), school.person("li")

    def moves(session: Session) -> None:
        session.get_one(Person, wang).school_id = session.get_one(Person, li).school_id

    school.ask(moves)
    assert standing(school, research).facts.school == "样例东校"


def test_of_many_events_everybody_is_told_once_and_the_counts_are_those_expected(school: School, research: int) -> None:
    at(BEFORE, say(ACCEPTED), ask, decide(True))(school, research)
    at(OPEN, arrive)(school, research)
    school.take(check_in, CheckIn(research, LI))
    at(CLOSED, correct("official"), correct("present"), correct("official", "zhao"))(school, research)
    later = school.occurrence("meeting", "10-21 09:00")
    school.until("10-19 10:00")
    found = school.ask(lambda session: attendance.standings(session, [research, later], school.now))
    keys = [(one.facts.occurrence, one.facts.person) for one in found]
    assert len(keys) == len(set(keys))
    assert {one.status for one in found if one.facts.occurrence == later} == {AttendanceStatus.EXPECTED}
    here = [one for one in found if one.facts.occurrence == research]
    expected = school.ask(lambda session: attendees.of(session, research))
    assert attendance.counts(here).total() == len(expected) == 5
    assert attendance.counts(here) == {"present": 2, "official": 1, "absent_pending": 2}


def test_a_stranger_to_the_event_has_no_standing(school: School, research: int) -> None:
    assert school.ask(lambda session: attendance.of(session, research, 999, school.now)) is None


