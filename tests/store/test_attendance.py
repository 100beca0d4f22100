"""Who attended: by the check-in where there is one, else by what was not said."""

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import StartLeave, start_leave
from handlers.respond import Respond, respond
from store import attendance, attendees
from store.database import Store
from store.responses import ParticipationStatus
from tests.handlers.event_sample import LI, MEETING, RESEARCH, WANG, ZHAO, ZHOU, School, begin


def attended(school: School, occurrence: int, *, checks_in: bool) -> list[int]:
    return school.ask(lambda session: attendance.attended(session, occurrence, checks_in=checks_in))


def test_with_a_check_in_those_attended_who_checked_in_whatever_they_had_said(store: Store) -> None:
    school = begin(store, RESEARCH)
    school.until("10-08 09:00")
    research = school.occurrence("research", "10-14 14:30")
    school.take(respond, Respond(research, LI, ParticipationStatus.DECLINED))
    school.take(respond, Respond(research, WANG, ParticipationStatus.ACCEPTED))
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, LI))
    assert attended(school, research, checks_in=True) == [school.person("li")]


def test_without_one_those_attended_who_were_expected_and_neither_declined_nor_have_leave(store: Store) -> None:
    school = begin(store, MEETING)
    school.until("10-19 10:00")
    meeting = school.occurrence("meeting", "10-21 09:00")
    school.take(respond, Respond(meeting, ZHAO, ParticipationStatus.DECLINED))
    school.until("10-21 11:00")  # the start is over: this leave comes without an answer
    school.take(start_leave, StartLeave(WANG, meeting))
    school.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))
    waiting = attended(school, meeting, checks_in=False)
    assert school.person("wang") in waiting
    school.take(decide_leave, DecideLeave(1, ZHOU, approve=True))
    expected = school.ask(lambda session: attendees.of(session, meeting))
    away = {school.person("wang"), school.person("zhao")}
    assert attended(school, meeting, checks_in=False) == [person for person in expected if person not in away]
