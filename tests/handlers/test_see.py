"""收到: read, which is no answer and takes none back."""

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.correct import Correct, correct
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import StartLeave, start_leave
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.respond import Respond, respond
from handlers.respond_for import RespondFor, respond_for
from handlers.see import Recalled, See, Seen, see
from store import responses
from store.leaves import LeaveState
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import LI, NOBODY, OFFICE, VOICES, WANG, ZHOU, School

TITLE, COMING = "共创式主题教研", ParticipationStatus.ACCEPTED


def recalled(school: School, research: int) -> Recalled:
    said = school.take(see, See(research, LI))
    assert isinstance(said, Recalled)
    return said


def test_seen_is_no_answer(school: School, research: int) -> None:
    assert school.take(see, See(research, LI)) == Seen(TITLE)
    waiting = school.ask(lambda session: responses.unanswered(session, research))
    assert school.person("li") in waiting
    again = recalled(school, research)
    assert (again.answer, again.leave, again.checked_in_at) == (None, None, None)


def test_seen_keeps_the_answer_that_was_given_and_tells_it(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    said = recalled(school, research)
    assert (said.answer, said.by, said.late, said.answered_at) == (COMING, None, False, school.now)


def test_it_tells_who_registered_the_answer(school: School, research: int) -> None:
    school.take(respond_for, RespondFor(OFFICE, research, school.person("li"), COMING))
    assert recalled(school, research).by == "样陈静"


def test_it_tells_of_leave_without_the_reason(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(LI, research))
    school.take(answer_prompt, AnswerPrompt(LI, "样例事由"))
    said = recalled(school, research)
    assert said.leave is LeaveState.PENDING
    assert all("事由" not in voice.say(said).text for voice in VOICES)


def test_after_the_start_it_tells_whether_one_was_there(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    school.until("10-14 14:45")
    assert recalled(school, research).checked_in_at is None
    school.take(check_in, CheckIn(research, LI))
    said = recalled(school, research)
    assert (said.answer, said.checked_in_at, said.late_in, said.over) == (COMING, school.now, True, False)
    school.until("10-14 15:01")
    said = recalled(school, research)
    assert (said.over, said.attendance, said.begun) == (True, AttendanceStatus.LATE, True)


def test_first_read_after_the_start_it_asks_for_no_answer(school: School, research: int) -> None:
    school.until("10-14 16:30")
    said = recalled(school, research)
    assert (said.begun, said.over, said.attendance) == (True, True, AttendanceStatus.ABSENT_PENDING)


def test_it_tells_what_was_corrected(school: School, research: int) -> None:
    school.until("10-14 16:30")
    li = school.person("li")
    school.take(correct, Correct(OFFICE, research, li, AttendanceStatus.ONLINE, "远程听课"))
    said = recalled(school, research)
    assert said.attendance is AttendanceStatus.ONLINE
    assert "考勤：线上参加" in VOICES[0].say(said).text


def test_a_check_in_that_was_struck_uses_no_leave(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    school.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))
    school.take(decide_leave, DecideLeave(1, ZHOU, approve=True))
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    assert "未使用" in VOICES[0].say(school.take(see, See(research, WANG))).text
    school.until("10-14 15:10")
    school.take(correct, Correct(OFFICE, research, school.person("wang"), AttendanceStatus.ABSENT_PENDING, "点错了"))
    said = VOICES[0].say(school.take(see, See(research, WANG))).text
    assert "未使用" not in said
    assert "签到：14:20（已作废）" in said


def test_it_fits_into_the_answer_to_a_press(school: School) -> None:
    """200 characters (Bot API, answerCallbackQuery); an overlong title stands last."""
    fullest = Recalled(
        "共创式主题教研暨青年教师展示课", school.now, COMING, True, school.now, None,
        LeaveState.APPROVED, school.now, True, True, True, AttendanceStatus.LEFT_EARLY,
    )  # fmt: skip
    assert all(len(voice.say(fullest).text) <= 200 for voice in VOICES)


def test_the_first_time_stands(school: School, research: int) -> None:
    def seen_at() -> object:
        return school.ask(lambda session: [row.seen_at for row in [responses.of(session, research, 1)] if row])

    school.take(see, See(research, LI))
    first = seen_at()
    school.until("10-08 12:00")
    school.take(see, See(research, LI))
    assert seen_at() == first


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    assert school.take(see, See(research, NOBODY)) == NotLinked(TITLE)
    assert school.take(see, See(research, OFFICE)) == NotInvited(TITLE)
    assert school.take(see, See(999_999, LI)) == OccurrenceGone()


def test_what_is_pressed_after_the_end_is_no_reading_of_the_notice(school: School, research: int) -> None:
    school.until("10-14 16:00")
    recalled(school, research)
    found = school.ask(lambda session: responses.said(session, research, school.person("li")))
    assert found.seen_at is None
