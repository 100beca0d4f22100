"""Who may correct whose attendance, to what, and when; what is kept of it, and who hears it."""

import pytest
from sqlmodel import col, select

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.correct import (
    AttendanceCorrected,
    CheckedInFor,
    Correct,
    Corrected,
    Mark,
    WordAsked,
    WordMissing,
    correct,
    mark,
)
from handlers.event import CheckInOpened
from handlers.oversight import NotOverseer
from handlers.participants import OccurrenceGone
from handlers.privacy import Exported, ExportMine, export_mine
from handlers.roll_people import MayNotCorrect, OpenPerson, PersonOpened, open_person
from handlers.start import Unlinked
from store import attendance, attendees, audit, check_ins
from store.accounts import Account
from store.check_ins import CheckInMethod
from store.consortiums import Consortium
from store.corrections import Correction
from store.database import Session
from store.occurrences import Occurrence, OccurrenceState
from store.persons import Person
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import LI, NOBODY, OFFICE, QIAN, WANG, ZHAO, ZHOU, School, local

EVERY = tuple(Status)
BEFORE, OPEN, CLOSED, ARCHIVED = "10-13 09:00", "10-14 14:20", "10-14 15:00", "10-21 16:00"
WORD = "已跟本人核实"


def said(school: School, account: Account, number: int, person: str, status: Status, why: str = WORD) -> object:
    return school.take(correct, Correct(account, number, school.person(person), status, why))


def trace(school: School, number: int, person: str) -> list[tuple[object, ...]]:
    """What was noted: of what, from what to what, by whom, why."""
    who = school.person(person)

    def noted(session: Session) -> list[tuple[object, ...]]:
        return [(one.fact, one.was, one.became, one.actor_id, one.why) for one in audit.of(session, number, who)]

    return school.ask(noted)


def status(school: School, number: int, person: str) -> Status:
    who = school.person(person)
    found = school.ask(lambda session: attendance.of(session, number, who, school.now))
    return found.status if found else Status.NOT_EXPECTED


def allowed(school: School, account: Account, number: int, person: str) -> set[str]:
    found = school.take(open_person, OpenPerson(account, number, school.person(person)))
    return {*map(str, found.choices)} if isinstance(found, PersonOpened) else set()


LATER = {"present", "late", "left_early", "truant"}


@pytest.mark.parametrize(
    ("account", "person", "then", "may"),
    [
        (OFFICE, "wang", BEFORE, {"official", "excused"}),
        (OFFICE, "wang", OPEN, {"official", "excused", "present", "late", "left_early", "online"}),
        (OFFICE, "wang", CLOSED, {"official", "excused", "online", *LATER}),  # 请假 is no organiser's to grant
        (OFFICE, "li", CLOSED, {"official", "excused", "online", *LATER}),  # of any school
        (OFFICE, "chen", CLOSED, {"expected"}),  # 不在名单 → 应到
        (ZHOU, "wang", BEFORE, {"official"}),
        (ZHOU, "wang", OPEN, {"official"}),
        (ZHOU, "wang", CLOSED, {"official", "leave", *LATER}),  # works here, was sent by another school
        (ZHOU, "li", CLOSED, set()),  # another school
        (ZHOU, "zhou", CLOSED, set()),  # oneself
        (ZHOU, "chen", CLOSED, set()),
        (QIAN, "li", CLOSED, set()),  # the principal of the school looks on
        (LI, "li", CLOSED, set()),
        (WANG, "zhao", CLOSED, set()),
        (NOBODY, "wang", CLOSED, set()),
    ],
)  # fmt: skip
def test_who_may_set_what_for_whom_and_when(
    school: School, research: int, account: Account, person: str, then: str, may: set[str]
) -> None:
    school.now = local(then)
    assert allowed(school, account, research, person) == may
    before = status(school, research, person)
    for one in EVERY:  # the use case itself holds it: a press may be forged
        if str(one) not in may:
            assert isinstance(said(school, account, research, person, one), MayNotCorrect | NotOverseer | Unlinked)
            pressed = school.take(mark, Mark(account, research, school.person(person), one))
            assert isinstance(pressed, MayNotCorrect | NotOverseer | Unlinked)
    assert status(school, research, person) == before
    assert trace(school, research, person) == []


def test_nobody_of_another_consortium_is_corrected_or_seen(school: School, research: int) -> None:
    wang = school.person("wang")

    def move(session: Session) -> None:
        others = Consortium(key="others", name="样例另一个", timezone="Asia/Shanghai", applied="{}", since=school.now)
        session.add(others)
        session.flush()
        session.get_one(Person, wang).consortium_id = others.id or 0

    school.ask(move)
    school.now = local(CLOSED)
    assert school.take(correct, Correct(OFFICE, research, wang, Status.PRESENT, WORD)) == MayNotCorrect()
    assert school.take(open_person, OpenPerson(OFFICE, research, wang)) == MayNotCorrect()


def test_a_correction_keeps_what_was_and_leaves_its_trace(school: School, research: int) -> None:
    school.now = local(CLOSED)
    wang, zhou, office = (school.person(key) for key in ("wang", "zhou", "chen"))
    assert said(school, ZHOU, research, "wang", Status.TRUANT, "问过本人") == Corrected(
        research, "样王强", "共创式主题教研", Status.ABSENT_PENDING, Status.TRUANT, told=True
    )
    said(school, OFFICE, research, "wang", Status.OFFICIAL, "")
    rows = school.ask(
        lambda session: [row.model_dump() for row in session.exec(select(Correction).order_by(col(Correction.id)))]
    )
    kept = [(row["person_id"], row["status"], row["was"], row["by_id"], row["why"], row["at"]) for row in rows]
    assert kept == [
        (wang, "truant", "absent_pending", zhou, "问过本人", school.now),
        (wang, "official", "truant", office, "", school.now),
    ]
    assert trace(school, research, "wang") == [
        ("attendance", "absent_pending", "truant", zhou, "问过本人"),
        ("attendance", "truant", "official", office, ""),
    ]


def test_why_somebody_is_on_leave_or_no_longer_is_in_no_trace(school: School, research: int) -> None:
    """Of 免到 it may be a 产假 (domain 4.2)."""
    school.now = local(CLOSED)
    for account, become in ((ZHOU, Status.LEAVE), (OFFICE, Status.EXCUSED), (OFFICE, Status.PRESENT)):
        said(school, account, research, "wang", become, "canary")
        assert status(school, research, "wang") is become
    assert [why for *_, why in trace(school, research, "wang")] == ["", "", ""]


def test_truant_is_never_said_without_a_word(school: School, research: int) -> None:
    school.now = local(CLOSED)
    for account in (OFFICE, ZHOU):
        asked = school.take(mark, Mark(account, research, school.person("wang"), Status.TRUANT))
        assert isinstance(asked, WordAsked)
        assert asked.needed
        assert said(school, account, research, "wang", Status.TRUANT, "  ") == WordMissing(
            "样王强", Status.TRUANT, too_long=False
        )
    assert status(school, research, "wang") is Status.ABSENT_PENDING


def test_what_is_archived_is_corrected_with_a_reason_only(school: School, research: int) -> None:
    school.now = local("10-21 15:59")
    asked = school.take(mark, Mark(ZHOU, research, school.person("wang"), Status.LATE))
    assert isinstance(asked, WordAsked)
    assert not asked.needed
    school.now = local(ARCHIVED)
    asked = school.take(mark, Mark(ZHOU, research, school.person("wang"), Status.LATE))
    assert isinstance(asked, WordAsked)
    assert asked.needed
    assert asked.archived
    assert isinstance(said(school, ZHOU, research, "wang", Status.LATE, ""), WordMissing)
    assert isinstance(said(school, ZHOU, research, "wang", Status.LATE, "签到设备故障"), Corrected)
    assert status(school, research, "wang") is Status.LATE


def test_the_word_is_what_is_written_next_and_no_longer_than_a_word(school: School, research: int) -> None:
    school.now = local(CLOSED)
    school.take(mark, Mark(ZHOU, research, school.person("wang"), Status.TRUANT))
    assert isinstance(school.take(answer_prompt, AnswerPrompt(ZHOU, "字" * 201)), WordMissing)
    assert isinstance(school.take(answer_prompt, AnswerPrompt(ZHOU, "问过本人")), Corrected)
    assert status(school, research, "wang") is Status.TRUANT


def test_whoever_it_concerns_is_told_once_and_of_the_newest_only(school: School, research: int) -> None:
    school.until(CLOSED)
    said(school, ZHOU, research, "wang", Status.TRUANT, "问过本人")
    said(school, OFFICE, research, "wang", Status.OFFICIAL, "监考")
    told = [one for one in school.until("10-14 15:30") if isinstance(one.outcome, AttendanceCorrected)]
    assert [one.to for one in told] == ["wang"]
    (outcome,) = [one.outcome for one in told if isinstance(one.outcome, AttendanceCorrected)]
    assert (outcome.was, outcome.status, outcome.why, outcome.by) == (Status.TRUANT, Status.OFFICIAL, "监考", "样陈静")
    exported = school.take(export_mine, ExportMine(WANG))
    assert isinstance(exported, Exported)
    document = exported.document[1].decode()
    assert "监考" in document
    assert "样陈静" in document
    assert '"was": "absent_pending"' in document


def test_the_organiser_checks_in_by_hand_while_the_window_is_open(school: School, research: int) -> None:
    school.until("10-14 14:45")
    wu = school.person("wu")  # has no account
    done = school.take(mark, Mark(OFFICE, research, wu, Status.PRESENT))
    assert isinstance(done, CheckedInFor)
    assert done.late
    row = school.ask(lambda session: checked_in(session, research, wu))
    assert row == (CheckInMethod.ORGANISER, school.now, True)
    assert trace(school, research, "wu") == [("check_in", "", "late", school.person("chen"), "")]
    card = [one.outcome for one in school.until("10-14 14:46") if isinstance(one.outcome, CheckInOpened)]
    assert [(one.present, one.expected) for one in card] == [(1, 5)]
    asked = school.take(mark, Mark(OFFICE, research, wu, Status.PRESENT))  # from late to present: that is a correction
    assert isinstance(asked, WordAsked)


def checked_in(session: Session, number: int, person: int) -> tuple[object, ...]:
    row = check_ins.of(session, number, person)
    assert row is not None
    return row.method, row.at, row.late


def test_a_check_in_that_is_struck_counts_no_more_and_comes_back(school: School, research: int) -> None:
    school.until(OPEN)
    school.take(check_in, CheckIn(research, ZHAO))
    assert isinstance(said(school, OFFICE, research, "zhao", Status.ABSENT_PENDING, "不在现场"), Corrected)
    assert status(school, research, "zhao") is Status.EXPECTED  # the window is still open
    assert "absent_pending" not in allowed(school, OFFICE, research, "zhao")
    school.now = local(CLOSED)
    assert status(school, research, "zhao") is Status.ABSENT_PENDING
    said(school, OFFICE, research, "zhao", Status.EXPECTED, "")
    assert status(school, research, "zhao") is Status.PRESENT


def test_an_approver_takes_back_no_word_of_the_office(school: School, research: int) -> None:
    school.now = local(CLOSED)
    said(school, OFFICE, research, "wang", Status.EXCUSED)
    assert "expected" not in allowed(school, ZHOU, research, "wang")
    assert "expected" in allowed(school, OFFICE, research, "wang")
    said(school, ZHOU, research, "zhao", Status.TRUANT)
    assert "expected" in allowed(school, ZHOU, research, "zhao")


def test_a_guest_is_made_expected_and_is_there(school: School, research: int) -> None:
    school.now = local(OPEN)
    chen = school.person("chen")
    school.ask(
        lambda session: check_ins.record(session, research, chen, school.now, CheckInMethod.BUTTON, late=False)
    )
    assert chen not in school.ask(lambda session: attendance.attended(session, research, school.now))
    assert isinstance(said(school, OFFICE, research, "chen", Status.EXPECTED, ""), Corrected)
    assert chen in school.ask(lambda session: attendees.of(session, research))
    assert chen in school.ask(lambda session: attendance.attended(session, research, school.now))
    assert status(school, research, "chen") is Status.PRESENT


def test_of_a_cancelled_event_and_of_a_class_meeting_nothing_is_corrected(school: School, research: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    school.now = local(CLOSED)
    school.ask(cancel)
    assert isinstance(said(school, OFFICE, research, "wang", Status.PRESENT), MayNotCorrect)
    assert isinstance(said(school, OFFICE, 9999, "wang", Status.PRESENT), OccurrenceGone)


def test_the_check_in_of_whoever_is_excused_is_not_struck(school: School, research: int) -> None:
    school.until(OPEN)
    school.take(check_in, CheckIn(research, WANG))
    said(school, OFFICE, research, "wang", Status.EXCUSED)
    assert said(school, OFFICE, research, "wang", Status.ABSENT_PENDING) == MayNotCorrect()
    said(school, OFFICE, research, "wang", Status.EXPECTED)
    assert isinstance(said(school, OFFICE, research, "wang", Status.ABSENT_PENDING), Corrected)
