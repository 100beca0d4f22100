"""参加 and 请假: what a press keeps, says and shows on the cards."""

from datetime import timedelta

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.event import Announced, Reminded
from handlers.leave import LeaveAsked, StartLeave, start_leave
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.respond import LeaveStarted, Respond, Responded, ResponseClosed, respond
from handlers.see import See, see
from store import leaves, responses
from store.accounts import Account
from store.database import Session
from store.leaves import LeaveState
from store.occurrences import Occurrence, OccurrenceState
from store.responses import ParticipationStatus, SchoolTally
from tests.databases import ON_SQLITE, said_to_sqlite
from tests.handlers.event_sample import LI, NOBODY, OFFICE, WANG, ZHAO, ZHOU, School, local

COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED


def tally(school: School, research: int) -> dict[str, tuple[int, int]]:
    rows = school.ask(lambda session: responses.tally(session, research))
    return {row.school: (row.accepted, row.declined) for row in rows}


def test_a_press_is_kept_and_counted_at_the_school_where_the_person_works_now(school: School, research: int) -> None:
    said = school.take(respond, Respond(research, WANG, COMING))
    assert said == Responded("共创式主题教研", local("10-14 14:30"), COMING, again=False, late=False)
    assert tally(school, research) == {"样例中心校": (0, 0), "样例东校": (1, 0)}


def test_a_press_twice_is_a_press_once(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    again = school.take(respond, Respond(research, LI, COMING))
    assert isinstance(again, Responded)
    assert again.again
    assert tally(school, research)["样例中心校"] == (1, 0)


@ON_SQLITE
def test_a_press_is_four_statements_and_two_where_it_says_the_same_again(school: School, research: int) -> None:
    """Whom it is of, the answer, its trace, the cards: hundreds press at once, and one thread writes."""
    for statements in (4, 2):
        with said_to_sqlite(school.store.engine) as said:
            school.take(respond, Respond(research, LI, COMING))
        assert len([one for one in said if one != "COMMIT"]) == statements, said


def test_an_answer_may_be_changed(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, AWAY))
    changed = school.take(respond, Respond(research, LI, COMING))
    assert isinstance(changed, Responded)
    assert not changed.again
    assert tally(school, research)["样例中心校"] == (1, 0)


@pytest.mark.parametrize(("moment", "late"), [("10-13 14:30", False), ("10-13 14:31", True), ("10-14 14:29", True)])
def test_after_the_deadline_an_answer_counts_and_is_late(
    school: School, research: int, moment: str, late: bool
) -> None:
    school.until(moment)
    said = school.take(respond, Respond(research, LI, COMING))
    assert isinstance(said, Responded)
    assert said.late is late
    assert school.ask(lambda session: [row.late for row in [responses.of(session, research, 1)] if row]) == [late]


def test_from_the_start_on_nothing_is_kept(school: School, research: int) -> None:
    school.until("10-14 14:30")
    assert school.take(respond, Respond(research, LI, COMING)) == ResponseClosed("共创式主题教研")
    assert tally(school, research)["样例中心校"] == (0, 0)


def test_leave_is_noted_and_leads_into_the_private_chat(school: School, research: int) -> None:
    said = school.take(respond, Respond(research, LI, AWAY))
    assert said == LeaveStarted("共创式主题教研", local("10-14 14:30"), False, f"leave_{research}")
    assert tally(school, research)["样例中心校"] == (0, 1)


def test_whoever_comes_after_all_takes_an_undecided_request_back(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    assert isinstance(school.take(answer_prompt, AnswerPrompt(WANG, "样例事由")), LeaveAsked)
    school.take(respond, Respond(research, WANG, COMING))
    wang = school.person("wang")
    state = school.ask(lambda session: [row.state for row in [leaves.of(session, research, wang)] if row])
    assert state == [LeaveState.WITHDRAWN]


def test_whoever_comes_after_all_is_not_waited_for_with_a_reason(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    school.take(respond, Respond(research, WANG, COMING))
    assert school.take(answer_prompt, AnswerPrompt(WANG, "每月教研几次？")) == NothingAsked()


@pytest.mark.parametrize(("who", "outcome"), [(NOBODY, NotLinked), (OFFICE, NotInvited)])
def test_who_is_not_expected_is_told_so_and_not_counted(
    school: School, research: int, who: Account, outcome: type
) -> None:
    assert school.take(respond, Respond(research, who, COMING)) == outcome("共创式主题教研")
    assert sum(accepted for accepted, _ in tally(school, research).values()) == 0


def test_a_button_of_a_cancelled_or_unknown_event_is_answered(school: School, research: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    school.ask(cancel)
    for number in (research, 999_999):
        assert school.take(respond, Respond(number, LI, COMING)) == OccurrenceGone()


def test_the_card_shows_the_counts_by_school_and_no_name(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    school.take(respond, Respond(research, WANG, AWAY))
    edit, *more = school.until("10-08 09:01")
    assert not more
    assert (edit.to, edit.edited) == ("teaching", True)
    assert isinstance(edit.outcome, Announced)
    assert edit.outcome.tallies == (SchoolTally("样例中心校", 1, 1, 0, 0), SchoolTally("样例东校", 4, 0, 1, 0))
    assert (edit.outcome.answered, edit.outcome.expected) == (2, 5)


def test_two_hundred_presses_in_five_seconds_are_three_edits(school: School, research: int) -> None:
    before = len(school.said)
    for press in range(200):
        who, status = (LI, WANG, ZHAO, ZHOU)[press % 4], (COMING, AWAY)[press // 4 % 2]
        school.take(respond, Respond(research, who, status))
        school.now += timedelta(seconds=5) / 200
        school.send()
    school.until("10-08 09:05")
    edits = school.said[before:]
    assert all(one.edited for one in edits)
    assert 1 <= len(edits) <= 3
    last = edits[-1].outcome
    assert isinstance(last, Announced)
    assert [one.declined for one in last.tallies] == [1, 3]


def test_before_the_start_every_card_is_kept_up_to_date_and_after_it_the_newest(school: School, research: int) -> None:
    school.until("10-14 14:01")
    school.take(respond, Respond(research, LI, COMING))
    kinds = [type(one.outcome) for one in school.until("10-14 14:02") if one.to == "teaching"]
    assert kinds == [Announced, Reminded, Reminded]
    school.until("10-14 14:31")
    school.take(see, See(research, ZHAO))
    assert [type(one.outcome) for one in school.until("10-14 14:32")] == [Reminded]
