"""缺席(待核): whoever is missing at the close is told first, in private, without blame, and may ask for leave then."""

from bot.speech import Button
from handlers.absences import AbsenceTold
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.correct import Correct, correct
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import LeaveAsked, LeaveKindAsked, StartLeave, start_leave
from handlers.respond import Respond, respond
from store.accounts import Account
from store.database import Store
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import LI, MEETING, OFFICE, VOICES, WANG, ZHAO, ZHOU, School, begin, local

TITLE, CLOSED, LATER = "共创式主题教研", "10-14 15:00", "10-14 15:30"


def told(school: School, until: str) -> dict[str, AbsenceTold]:
    said = school.until(until)
    return {one.to: one.outcome for one in said if isinstance(one.outcome, AbsenceTold)}


def leave(school: School, research: int, who: Account) -> int:
    school.take(start_leave, StartLeave(who, research))
    asked = school.take(answer_prompt, AnswerPrompt(who, "样例事由"))
    assert isinstance(asked, LeaveAsked)
    return asked.leave


def test_whoever_is_missing_is_told_once_and_hears_what_can_be_done(school: School, research: int) -> None:
    school.until("10-14 14:20")
    for account in (ZHAO, LI):
        school.take(check_in, CheckIn(research, account))
    found = told(school, LATER)
    assert set(found) == {"wang", "zhou"}  # 样周明 besides hears of his people; 样吴敏 has no account
    message = VOICES[0].say(found["wang"])
    assert message.text == (
        "样王强老师您好，10月14日（星期三，第7周）14:30的“共创式主题教研”签到已经结束，没有看到您的签到。\n"
        "如果您到场了，请跟本校审批人或教联体办公室说一声，由他们补登记；没能来的，可以点“补假”。\n"
        "这件事不在群里说。"
    )
    assert message.buttons == ((Button("补假", f"leave_pick:{research}"),),)
    assert told(school, "10-20 12:00") == {}


def test_leave_may_be_asked_for_then(school: School, research: int) -> None:
    assert "wang" in told(school, LATER)
    assert isinstance(school.take(start_leave, StartLeave(WANG, research)), LeaveKindAsked)
    assert isinstance(school.take(answer_prompt, AnswerPrompt(WANG, "样例事由")), LeaveAsked)


def test_who_is_accounted_for_or_knows_already_is_not_told(school: School, research: int) -> None:
    """Leave granted, leave to be decided, excused by the office; and a check-in that was struck, which is told then."""
    school.take(decide_leave, DecideLeave(leave(school, research, WANG), ZHOU, approve=True))
    leave(school, research, ZHAO)
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, ZHOU))
    school.take(correct, Correct(OFFICE, research, school.person("zhou"), Status.ABSENT_PENDING, "代签"))
    assert set(told(school, "10-14 14:59")) == set()
    school.take(correct, Correct(OFFICE, research, school.person("li"), Status.EXCUSED, "产假"))
    assert told(school, LATER) == {}


def test_whose_leave_was_refused_is_told_so_and_offered_none(school: School, research: int) -> None:
    school.take(decide_leave, DecideLeave(leave(school, research, WANG), ZHOU, approve=False))
    message = VOICES[0].say(told(school, LATER)["wang"])
    assert "没有看到您的签到，您的请假也没有批准。" in message.text
    assert "补假" not in message.text
    assert message.buttons == ()


def test_where_nobody_checks_in_it_is_told_of_those_who_said_they_would_not_come(store: Store) -> None:
    school = begin(store, MEETING, until="10-19 10:00")
    meeting = school.occurrence("meeting", "10-21 09:00")
    school.take(respond, Respond(meeting, WANG, ParticipationStatus.DECLINED))
    found = told(school, "10-22 12:00")
    assert set(found) == {"wang"}
    assert "已经结束，您回复了请假，还没有批准的请假。" in VOICES[0].say(found["wang"]).text
    assert found["wang"].starts_at == local("10-21 09:00")
