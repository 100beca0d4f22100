"""代为登记: an organiser registers an answer for somebody; it is marked so, and the person is told."""

import pytest

from handlers.correct import Correct, correct
from handlers.decide_leave import WithdrawLeave, withdraw_leave
from handlers.leave import StartLeave, start_leave
from handlers.participants import OccurrenceGone
from handlers.respond import Respond, Responded, ResponseClosed, respond
from handlers.respond_for import (
    AnswerRegistered,
    NotExpected,
    OrganisersOnly,
    RespondedFor,
    RespondFor,
    respond_for,
)
from store import audit, leaves, responses
from store.accounts import Account
from store.audit import AuditFact
from store.database import Session
from store.leaves import LeaveKind, LeaveState
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus
from tests.handlers.event_sample import LI, NOBODY, OFFICE, QIAN, ZHOU, School, local

COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED


def trace(school: School, research: int, person: int) -> list[tuple[int | None, str, str]]:
    def read(session: Session) -> list[tuple[int | None, str, str]]:
        rows = audit.of(session, research, person)
        return [(row.actor_id, row.was, row.became) for row in rows if row.fact is AuditFact.RESPONSE]

    return school.ask(read)


def stands(school: School, research: int, person: int) -> tuple[ParticipationStatus | None, int | None]:
    """The answer, and who registered it."""

    def read(session: Session) -> tuple[ParticipationStatus | None, int | None]:
        row = responses.of(session, research, person)
        return (row.status, row.answered_by) if row else (None, None)

    return school.ask(read)


def test_what_the_office_registers_counts_is_marked_and_told_once(school: School, research: int) -> None:
    li, office = school.person("li"), school.person("chen")
    request = RespondFor(OFFICE, research, li, COMING)
    said = school.take(respond_for, request)
    assert said == RespondedFor("样李芳", "共创式主题教研", local("10-14 14:30"), COMING, again=False, late=False)
    again = school.take(respond_for, request)
    assert isinstance(again, RespondedFor)
    assert again.again
    assert stands(school, research, li) == (COMING, office)
    told = [said for said in school.until("10-08 09:01") if said.to == "li"]
    assert [one.outcome for one in told] == [AnswerRegistered("共创式主题教研", local("10-14 14:30"), 7, COMING)]
    assert trace(school, research, li) == [(office, "", "accepted")]


def test_for_whoever_has_no_account_it_is_registered_as_well(school: School, research: int) -> None:
    wu = school.person("wu")
    assert isinstance(school.take(respond_for, RespondFor(OFFICE, research, wu, AWAY)), RespondedFor)
    assert wu not in school.ask(lambda session: responses.unanswered(session, research))


def test_the_persons_own_word_takes_the_place_of_the_offices(school: School, research: int) -> None:
    li, office = school.person("li"), school.person("chen")
    school.take(respond_for, RespondFor(OFFICE, research, li, COMING))
    own = school.take(respond, Respond(research, LI, COMING))
    assert isinstance(own, Responded)
    assert not own.again
    assert stands(school, research, li) == (COMING, None)
    assert [said for said in school.until("10-08 09:01") if said.to == "li"] == []  # what stands is no news to her
    assert trace(school, research, li) == [(office, "", "accepted"), (li, "accepted", "accepted")]


def test_an_answer_of_ones_own_is_not_claimed_by_the_office(school: School, research: int) -> None:
    li = school.person("li")
    school.take(respond, Respond(research, LI, COMING))
    said = school.take(respond_for, RespondFor(OFFICE, research, li, COMING))
    assert isinstance(said, RespondedFor)
    assert said.again
    assert stands(school, research, li) == (COMING, None)


@pytest.mark.parametrize("who", [LI, ZHOU, QIAN, NOBODY])
def test_nobody_but_an_organiser_answers_for_another(school: School, research: int, who: Account) -> None:
    wu = school.person("wu")
    assert school.take(respond_for, RespondFor(who, research, wu, COMING)) == OrganisersOnly()
    assert stands(school, research, wu) == (None, None)


def test_who_is_not_expected_or_an_event_that_is_none_is_refused(school: School, research: int) -> None:
    chen = school.person("chen")
    assert school.take(respond_for, RespondFor(OFFICE, research, chen, COMING)) == NotExpected("共创式主题教研")
    assert school.take(respond_for, RespondFor(OFFICE, 999, chen, COMING)) == OccurrenceGone()


def test_from_the_start_on_it_is_a_matter_of_attendance(school: School, research: int) -> None:
    school.until("10-14 14:30")
    assert isinstance(school.take(respond_for, RespondFor(OFFICE, research, 1, COMING)), ResponseClosed)


def test_who_comes_after_the_office_said_so_takes_back_the_request_for_leave(school: School, research: int) -> None:
    li = school.person("li")
    school.take(start_leave, StartLeave(LI, research, LeaveKind.SICK, "样例事由"))
    school.take(respond_for, RespondFor(OFFICE, research, li, COMING))
    school.take(respond, Respond(research, LI, COMING))

    def state(session: Session) -> LeaveState | None:
        leave = leaves.of(session, research, li)
        return leave.state if leave else None

    assert school.ask(state) is LeaveState.WITHDRAWN


def test_an_answer_that_is_taken_back_leaves_nobody_who_registered_it(school: School, research: int) -> None:
    li = school.person("li")
    school.take(start_leave, StartLeave(LI, research, LeaveKind.SICK, "样例事由"))
    for status in (COMING, AWAY):
        school.take(respond_for, RespondFor(OFFICE, research, li, status))
    school.take(withdraw_leave, WithdrawLeave(1, LI))
    assert stands(school, research, li) == (None, None)


def test_what_an_organiser_registers_for_oneself_is_ones_own(school: School, research: int) -> None:
    chen = school.person("chen")
    school.take(correct, Correct(OFFICE, research, chen, AttendanceStatus.EXPECTED, ""))
    school.take(respond_for, RespondFor(OFFICE, research, chen, COMING))
    assert stands(school, research, chen) == (COMING, None)
