"""Messages that arrive before the bot knows it: what is done meanwhile shows in them, and is told to their readers."""

from collections.abc import Callable
from datetime import timedelta

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.digest import MonthDigested
from handlers.leave import StartLeave, start_leave
from handlers.leave_notice import LeaveRequested, LeaveTakenBack
from handlers.reflect import ReflectionStep, StepReflection, step_reflection
from handlers.respond import Respond, respond
from handlers.silence import ChatSpeaks
from scheduling.release import release
from store import chats, outbox, silences
from store.chats import Place, Silence
from store.database import Session, Store
from store.leaves import LeaveKind
from store.outbox import Settled
from store.responses import ParticipationStatus
from tests.handlers.event_sample import CLASSES, LEASE, LI, WANG, School, begin
from tests.handlers.test_deciders import PASSED_ON, requests, roster
from tests.handlers.test_leave import ask
from tests.scheduling.test_retelling import OFF, changes, reapplied

TEACHING = Place("telegram", "-1001")


def meanwhile(school: School, act: Callable[[], object]) -> None:
    """What is due is sent, and read; before that is kept somebody acts."""

    def sent(session: Session) -> list[Settled]:
        release(session, school.now)
        return [school.settled(session, one) for one in outbox.claim(session, school.now, LEASE, 100)]

    done = school.store.call(sent)
    assert done
    act()
    school.store.call(outbox.settle, done)


def edits(school: School, moment: str) -> list[object]:
    return [one.outcome for one in school.until(moment) if one.edited]


def test_a_request_for_leave_that_is_taken_back_says_so(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research, LeaveKind.SICK, "样例事由"))
    accepted = Respond(research, WANG, ParticipationStatus.ACCEPTED)
    meanwhile(school, lambda: school.take(respond, accepted))
    assert [type(one.outcome) for one in school.said if one.to == "zhou"][-1] is LeaveRequested
    assert LeaveTakenBack in map(type, edits(school, "10-08 09:05"))


def test_a_group_hears_that_the_class_meetings_are_off_that_it_is_just_being_told_of(store: Store) -> None:
    school = begin(store, CLASSES, until="10-11 15:49")
    school.now += timedelta(minutes=1)
    meanwhile(school, lambda: reapplied(school, CLASSES, day=(OFF,)))
    assert ("heads", "OccurrenceCancelled") in changes(school, "10-11 15:55")


def test_a_group_that_was_not_told_of_the_class_meetings_hears_nothing_of_their_end(store: Store) -> None:
    """The announcement waits, for the group is closed to us; once it is open there is nothing to announce."""
    school, heads = begin(store, CLASSES, until="10-11 15:49"), ("telegram", "-1002")
    store.call(chats.close, *heads, school.now)
    school.until("10-11 16:00")
    reapplied(school, CLASSES, day=(OFF,))
    store.call(chats.close, *heads, None)
    assert [one for one in school.until("10-11 16:10") if one.to == "heads"] == []


def test_who_has_left_sees_no_reason_of_a_request_that_was_on_its_way(school: School, research: int) -> None:
    ask(school, WANG, research, kind=LeaveKind.SICK)
    meanwhile(school, lambda: roster(school, "zhou"))
    assert requests(school.until("10-08 09:20")) == [("7011", PASSED_ON, True)]


def test_a_digest_quotes_nothing_that_is_not_shared_any_more(after: School, research: int) -> None:
    def step(which: ReflectionStep) -> None:
        after.take(step_reflection, StepReflection(research, LI, which))

    after.take(answer_prompt, AnswerPrompt(LI, "样例反思"))
    step(ReflectionStep.SUBMIT)
    step(ReflectionStep.CONSORTIUM)
    after.until("11-02 08:29")
    after.now += timedelta(minutes=1)
    meanwhile(after, lambda: step(ReflectionStep.SCHOOL))
    assert any(isinstance(one.outcome, MonthDigested) and one.outcome.quotations for one in after.said)
    (digest,) = (one for one in edits(after, "11-02 08:35") if isinstance(one, MonthDigested))
    assert digest.quotations == ()


def test_whoever_is_just_being_told_that_a_group_is_silent_hears_that_it_is_so_no_more(school: School) -> None:
    school.store.call(silences.fall, TEACHING, Silence.MUTED, school.now)
    school.now += silences.SETTLED_IN

    def speak() -> None:
        school.store.call(silences.end_at, TEACHING, school.now)
        school.send()

    meanwhile(school, speak)
    assert not any(isinstance(one.outcome, ChatSpeaks) for one in school.said)  # in its turn
    (said,) = (one.outcome for one in school.until("10-08 09:05") if one.to == "chen")
    assert isinstance(said, ChatSpeaks)
