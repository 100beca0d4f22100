"""Release: what is due becomes messages owed, to those whom it concerns at that moment."""

from datetime import date, datetime, time

import pytest
from sqlmodel import col, select

from handlers.check_in import CheckIn, check_in
from handlers.respond import Respond, respond
from scheduling import planner
from scheduling.release import release
from store import attendees, consortiums
from store.database import Session, Store
from store.deliveries import Delivery, DeliveryKind
from store.occurrences import Occurrence, OccurrenceState
from store.reminders import Reminder, ReminderState
from store.responses import ParticipationStatus
from tests.handlers.event_sample import FILE, LI, MEETING, RESEARCH, WANG, ZHAO, ZHOU, School, begin, local
from tests.store.post_sample import MINUTE

Owed = tuple[str, str]  # kind, recipient


@pytest.fixture
def school(store: Store) -> School:
    """20 September: the research event is on 14 October 14:30, answers until the 13th 14:30."""
    school = begin(store, RESEARCH)
    store.call(planner.plan, school.now)
    return school


def released(school: School, moment: datetime) -> list[Owed]:
    """What is newly owed at that moment, as though nobody had looked before."""
    before = len(school.ask(owed))
    school.now = moment
    school.store.call(release, moment)
    return school.ask(owed)[before:]


def owed(session: Session) -> list[Owed]:
    rows = session.exec(select(Delivery).order_by(col(Delivery.id)))
    return [(row.kind, "chat" if row.chat_id else f"person {row.person_id}") for row in rows]


def missed(session: Session) -> list[str]:
    rows = session.exec(select(Reminder).where(Reminder.state == ReminderState.MISSED).order_by(col(Reminder.at)))
    return [row.kind for row in rows]


def cancel(session: Session, occurrence: int) -> None:
    row = session.get_one(Occurrence, occurrence)
    row.state = OccurrenceState.CANCELLED
    session.add(row)


def person(school: School, key: str) -> str:
    return f"person {school.person(key)}"


def test_an_announcement_is_owed_to_its_chat_once(school: School) -> None:
    assert released(school, local("10-07 14:29")) == []
    assert released(school, local("10-07 14:30")) == [("announce", "chat")]
    assert released(school, local("10-07 14:31")) == []


def test_who_is_expected_is_settled_when_the_first_message_goes_out(school: School) -> None:
    research = school.occurrence("research", "10-14 14:30")
    assert school.store.call(attendees.of, research) == []
    released(school, local("10-07 14:30"))
    teachers = {school.person(key) for key in ("li", "wang", "zhao", "wu", "zhou")}
    assert set(school.store.call(attendees.of, research)) == teachers
    newcomer = FILE["person"][0] | {"key": "new", "telegram": 7099}
    begin(school.store, RESEARCH, person=(*FILE["person"], newcomer))
    assert ("remind", "chat") in released(school, local("10-13 14:30"))
    assert set(school.store.call(attendees.of, research)) == teachers


def test_a_nudge_goes_to_linked_people_who_have_not_answered(school: School) -> None:
    released(school, local("10-07 14:30"))
    research = school.occurrence("research", "10-14 14:30")
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    assert released(school, local("10-12 14:30")) == [
        ("nudge", person(school, key)) for key in ("wang", "zhao", "zhou")  # 样吴敏 has no account
    ]  # fmt: skip


def test_a_reflection_is_asked_of_those_who_attended(school: School) -> None:
    released(school, local("10-07 14:30"))
    school.now = local("10-14 14:31")
    school.take(check_in, CheckIn(school.occurrence("research", "10-14 14:30"), WANG))
    released(school, local("10-14 15:00"))
    late = released(school, local("10-14 16:00"))
    assert late == [("reflect", person(school, "wang"))]
    assert released(school, local("10-16 16:00")) == [("nudge", person(school, "wang"))]


def test_who_is_missing_at_the_close_is_told_the_office_and_the_approvers_of_their_schools(school: School) -> None:
    released(school, local("10-07 14:30"))
    research = school.occurrence("research", "10-14 14:30")
    school.now = local("10-14 14:31")
    for account in (WANG, ZHAO, ZHOU):
        school.take(check_in, CheckIn(research, account))
    assert ("absences", person(school, "zhou")) not in released(school, local("10-14 14:59"))
    assert released(school, local("10-14 15:00")) == [
        ("absences", person(school, "li")),  # first the missing themselves, who can be written to
        ("absences", person(school, "zhou")),  # of 样吴敏
        ("absences", person(school, "chen")),  # of 样李芳, too: her school has no approver
    ]
    assert released(school, local("10-14 15:01")) == []


def test_after_downtime_what_is_of_use_goes_out_and_the_rest_is_missed(school: School) -> None:
    """Nobody was there from 20 September until a minute after the start: checking in is open still."""
    assert released(school, local("10-14 14:31")) == [("check_in", "chat")]
    assert school.ask(missed) == ["announce", "nudge", "remind", "remind"]


def test_up_to_the_start_everything_before_it_is_of_use(school: School) -> None:
    found = released(school, local("10-14 14:29"))
    assert {kind for kind, _ in found} == {"announce", "nudge", "remind", "check_in"}
    assert school.ask(missed) == []


def test_of_several_that_have_waited_only_the_newest_is_sent(school: School) -> None:
    """Two reminders of one event, a day and half an hour before it, are one message."""
    found = released(school, local("10-14 14:10"))
    assert found.count(("remind", "chat")) == 1
    due = select(Delivery.due_at).where(Delivery.kind == DeliveryKind.REMIND)
    assert school.ask(lambda session: session.exec(due).one()) == local("10-14 14:00")


def test_a_cancelled_event_owes_nothing_more(school: School) -> None:
    school.store.call(cancel, school.occurrence("research", "10-14 14:30"))
    assert released(school, local("10-07 14:30")) == []
    assert school.ask(missed) == []


def test_a_release_that_fails_leaves_everything_as_it_was(school: School) -> None:
    """Reminders and deliveries change in one transaction."""

    def broken(session: Session) -> None:
        release(session, local("10-07 14:30"))
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        school.store.call(broken)
    assert school.ask(owed) == []
    assert released(school, local("10-07 14:30") + MINUTE) == [("announce", "chat")]


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_nothing_is_released_while_a_plan_is_made_and_all_of_it_behind_that(school: School) -> None:
    """Or the plan would change what just goes out, and tell nobody (SQLite has one writer anyway)."""
    moment = local("10-07 14:30")

    def planning(session: Session) -> list[Owed]:
        consortiums.alone(session)
        return released(school, moment)

    assert school.store.call(planning) == []
    assert school.ask(owed) == []
    assert released(school, moment) == [("announce", "chat")]


def test_what_is_owed_is_of_use_until_its_own_end(school: School) -> None:
    released(school, local("10-07 14:30"))
    assert school.ask(lambda session: session.exec(select(Delivery.expires_at)).one()) == local("10-14 14:30")


def test_what_becomes_one_message_is_released_at_once_however_long_the_queue(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduling.release.BATCH", 1)
    meeting = MEETING | {"on": date(2026, 10, 20), "at": time(14, 30), "announce": "7d"}
    school = begin(store, RESEARCH, meeting, consortium=FILE["consortium"] | {"budget": 1})
    store.call(planner.plan, school.now)
    store.call(release, local("10-07 14:30"))
    store.call(release, local("10-12 14:30"))  # a nudge
    before = len(school.ask(owed))
    store.call(release, local("10-13 14:30"))
    assert school.ask(owed)[before:] == [("remind", "chat"), ("announce", "chat")]
    bundles = select(Delivery.bundle).where(Delivery.occurrence_id == school.occurrence("meeting", "10-20 14:30"))
    assert school.ask(lambda session: session.exec(bundles).one()) is not None
