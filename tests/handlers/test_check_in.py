"""签到: by the button inside its window; guests are kept apart; each leaves its trace."""

import pytest

from handlers.apply import Apply, apply
from handlers.check_in import CheckedIn, CheckIn, CheckInClosed, CheckInTooEarly, GuestCheckedIn, check_in
from handlers.event import CheckInOpened
from handlers.participants import NotLinked, OccurrenceGone
from store import attendance, audit, check_ins
from store.audit import AuditFact
from store.blueprint import Blueprint
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, TEACHER, WANG, School, local

TITLE = "共创式主题教研"


@pytest.mark.parametrize(("moment", "late"), [("14:15", False), ("14:40", False), ("14:41", True), ("14:59", True)])
def test_the_window_counts_and_who_comes_late_is_late(
    school: School, research: int, moment: str, late: bool
) -> None:
    school.until(f"10-14 {moment}")
    said = school.take(check_in, CheckIn(research, LI))
    assert said == CheckedIn(TITLE, local(f"10-14 {moment}"), late=late, again=False)


def test_before_the_window_the_hour_is_told(school: School, research: int) -> None:
    school.until("10-14 14:14")
    assert school.take(check_in, CheckIn(research, LI)) == CheckInTooEarly(TITLE, local("10-14 14:15"))
    assert school.ask(lambda session: check_ins.people(session, research)) == []


def test_the_window_does_not_hold_its_last_instant(school: School, research: int) -> None:
    school.until("10-14 15:00")
    assert school.take(check_in, CheckIn(research, LI)) == CheckInClosed(TITLE)
    assert school.ask(lambda session: check_ins.people(session, research)) == []


def test_the_first_check_in_stands_and_leaves_one_trace(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, LI))
    school.until("10-14 14:50")
    again = school.take(check_in, CheckIn(research, LI))
    assert again == CheckedIn(TITLE, local("10-14 14:20"), late=False, again=True)
    li = school.person("li")
    traces = school.ask(lambda session: [one.model_dump() for one in audit.of(session, research, li)])
    assert len(traces) == 1
    told = {"fact": AuditFact.CHECK_IN, "actor_id": li, "was": "", "became": "present", "at": local("10-14 14:20")}
    assert traces[0].items() >= told.items()


def test_who_comes_late_leaves_that_trace(school: School, research: int) -> None:
    school.until("10-14 14:45")
    school.take(check_in, CheckIn(research, LI))
    li = school.person("li")
    assert school.ask(lambda session: [one.became for one in audit.of(session, research, li)]) == ["late"]


def test_the_message_with_the_button_counts_who_is_there(school: School, research: int) -> None:
    opened = school.until("10-14 14:20")[-1]
    assert opened.outcome == CheckInOpened(research, TITLE, local("10-14 14:40"), local("10-14 15:00"), 0, 5)
    for who in (LI, WANG, LI, OFFICE):
        school.take(check_in, CheckIn(research, who))
    edits = school.until("10-14 14:21")
    assert [(one.to, one.edited) for one in edits] == [("teaching", True)]
    assert isinstance(edits[0].outcome, CheckInOpened)
    assert (edits[0].outcome.present, edits[0].outcome.expected) == (2, 5)


def test_somebody_of_the_consortium_who_is_not_expected_is_a_guest_and_counts_nowhere(
    school: School, research: int
) -> None:
    school.until("10-14 14:45")
    assert school.take(check_in, CheckIn(research, OFFICE)) == GuestCheckedIn(TITLE, local("10-14 14:45"), again=False)
    assert school.take(check_in, CheckIn(research, OFFICE)) == GuestCheckedIn(TITLE, local("10-14 14:45"), again=True)
    chen = school.person("chen")
    assert school.ask(lambda session: check_ins.of(session, research, chen)) is not None
    assert school.ask(lambda session: attendance.attended(session, research, school.now)) == []
    assert len(school.ask(lambda session: audit.of(session, research, chen))) == 1


def test_a_newcomer_since_the_notice_is_a_guest(school: School, research: int) -> None:
    new = {"key": "he", "name": "样何新", "school": "east", "telegram": 9999, **TEACHER}
    file = FILE | {"activity": (RESEARCH,), "person": (*FILE["person"], new)}
    school.take(apply, Apply(Blueprint.model_validate(file)))
    school.until("10-14 14:20")
    assert isinstance(school.take(check_in, CheckIn(research, NOBODY)), GuestCheckedIn)


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    school.until("10-14 14:20")
    assert school.take(check_in, CheckIn(research, NOBODY)) == NotLinked(TITLE)
    assert school.take(check_in, CheckIn(999_999, LI)) == OccurrenceGone()
