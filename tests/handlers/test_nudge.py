"""/nudge: an organiser sees who has not answered, and has them reminded; never too often, never at night."""

from datetime import date, time

import pytest

from handlers.event import Nudged
from handlers.leave import StartLeave, start_leave
from handlers.nudge import (
    ChooseNudge,
    NobodyToNudge,
    NudgeChoices,
    NudgesAfterExams,
    NudgesHushed,
    NudgesSent,
    SendNudges,
    ShowUnanswered,
    UnansweredShown,
    choose_nudge,
    send_nudges,
    show_unanswered,
)
from handlers.participants import OccurrenceGone
from handlers.respond import Respond, ResponseClosed, respond
from handlers.respond_for import OrganisersOnly, RespondFor, respond_for
from handlers.roll import SchoolNames
from handlers.start import Unlinked
from store.accounts import Account
from store.database import Store
from store.responses import ParticipationStatus
from tests.handlers.event_sample import (
    FILE,
    LI,
    MEETING,
    NOBODY,
    OFFICE,
    RESEARCH,
    VOICES,
    WANG,
    ZHAO,
    ZHOU,
    School,
    begin,
)

COMING = ParticipationStatus.ACCEPTED
TITLE = "共创式主题教研"


def shown(school: School) -> UnansweredShown:
    said = school.take(choose_nudge, ChooseNudge(OFFICE))
    assert isinstance(said, UnansweredShown)
    return said


def nudged(school: School, until: str) -> list[str]:
    return sorted(one.to for one in school.until(until) if isinstance(one.outcome, Nudged))


def test_the_organiser_sees_by_name_who_has_not_answered_and_reminds_them(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    said = shown(school)
    assert said.schools == (SchoolNames("样例东校", ("样王强", "样赵敏", "样吴敏", "样周明")),)
    assert (said.waiting, said.ready, said.today, said.spent) == (4, 3, 0, 0)
    assert said.unreached == 1  # 样吴敏 has no account
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=3, rest=1)
    assert nudged(school, "10-08 09:05") == ["wang", "zhao", "zhou"]


def test_of_whom_everybody_has_answered_nobody_is_left_to_remind(school: School, research: int) -> None:
    """The button stands below a list that was sent earlier."""
    for account in (LI, WANG, ZHAO, ZHOU):
        school.take(respond, Respond(research, account, COMING))
    school.take(respond_for, RespondFor(OFFICE, research, school.person("wu"), COMING))
    assert school.take(show_unanswered, ShowUnanswered(OFFICE, research)) == NobodyToNudge()


def test_nobody_is_reminded_twice_a_day(school: School, research: int) -> None:
    school.take(send_nudges, SendNudges(OFFICE, research))
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=0, rest=5)
    assert (shown(school).today, shown(school).ready) == (4, 0)
    assert len(nudged(school, "10-08 18:00")) == 4
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=0, rest=5)


@pytest.mark.parametrize(("asked", "by_clock"), [("10-12 09:00", 0), ("10-11 09:00", 4)])
def test_the_clock_reminds_nobody_whom_the_office_had_reminded_the_same_day(
    school: School, research: int, asked: str, by_clock: int
) -> None:
    school.until(asked)
    school.take(send_nudges, SendNudges(OFFICE, research))
    assert len(nudged(school, f"{asked[:5]} 09:05")) == 4
    assert len(nudged(school, "10-13 20:00")) == by_clock


def test_nobody_is_reminded_more_than_three_times_the_planned_ones_included(school: School, research: int) -> None:
    """The clock will send two: one for the answer, one for the reflection."""
    school.until("10-09 10:00")
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=4, rest=1)
    school.until("10-10 10:00")
    assert shown(school).spent == 4
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=0, rest=5)
    assert len(nudged(school, "10-12 20:00")) == 4


def test_whoever_asks_for_leave_or_was_answered_for_is_not_waited_for(school: School, research: int) -> None:
    school.take(respond_for, RespondFor(OFFICE, research, school.person("wu"), COMING))
    school.take(start_leave, StartLeave(WANG, research))
    school.take(respond, Respond(research, WANG, ParticipationStatus.DECLINED))
    assert shown(school).schools == (
        SchoolNames("样例中心校", ("样李芳",)),
        SchoolNames("样例东校", ("样赵敏", "样周明")),
    )


def test_who_is_called_the_same_is_told_apart_by_the_school(store: Store) -> None:
    people = [one | {"name": "样王强"} if one["key"] == "li" else one for one in FILE["person"]]
    school = begin(store, RESEARCH, person=people, until="10-08 10:00")
    text = VOICES[0].say(shown(school)).text
    assert "5位老师还没有回复：\n样例中心校：样王强\n样例东校：样王强、样赵敏、样吴敏、样周明\n" in text


def test_at_night_nobody_is_disturbed(school: School, research: int) -> None:
    moments = {"10-08 19:59": False, "10-08 20:00": True, "10-09 07:29": True, "10-09 07:30": False}
    for moment, hushed in moments.items():
        school.until(moment)
        said = school.take(send_nudges, SendNudges(OFFICE, research))
        assert (said == NudgesHushed(TITLE, time(7, 30))) is hushed


def test_during_exams_nobody_is_disturbed_until_the_last_of_them_is_over(store: Store) -> None:
    exams = [{"from_": date(2026, 10, day), "until": date(2026, 10, day)} for day in (9, 8)]
    school = begin(store, RESEARCH, exam=exams, until="10-07 10:00")
    school.until("10-08 10:00")
    research = school.occurrence("research", "10-14 14:30")
    silent = NudgesAfterExams(TITLE, date(2026, 10, 9))
    for moment in ("10-08 10:00", "10-09 19:00", "10-09 21:00"):
        school.until(moment)
        assert school.take(send_nudges, SendNudges(OFFICE, research)) == silent
    assert nudged(school, "10-10 08:00") == []
    assert school.take(send_nudges, SendNudges(OFFICE, research)) == NudgesSent(TITLE, sent=4, rest=1)


@pytest.mark.parametrize("who", [LI, ZHOU])
def test_nobody_but_an_organiser_is_shown_names_or_reminds(school: School, research: int, who: Account) -> None:
    assert school.take(choose_nudge, ChooseNudge(who)) == OrganisersOnly()
    assert school.take(show_unanswered, ShowUnanswered(who, research)) == OrganisersOnly()
    assert school.take(send_nudges, SendNudges(who, research)) == OrganisersOnly()
    assert nudged(school, "10-08 18:00") == []


def test_a_stranger_is_told_the_way(school: School) -> None:
    assert school.take(choose_nudge, ChooseNudge(NOBODY)) == Unlinked()


def test_from_the_start_on_there_is_nothing_to_remind_of(school: School, research: int) -> None:
    assert school.take(show_unanswered, ShowUnanswered(OFFICE, 999)) == OccurrenceGone()
    school.until("10-14 14:30")
    assert school.take(show_unanswered, ShowUnanswered(OFFICE, research)) == ResponseClosed(TITLE)
    assert school.take(choose_nudge, ChooseNudge(OFFICE)) == NobodyToNudge()


def test_of_several_events_one_is_chosen(store: Store) -> None:
    school = begin(store, RESEARCH, MEETING | {"on": date(2026, 10, 15), "announce": "7d"}, until="10-08 10:00")
    said = school.take(choose_nudge, ChooseNudge(OFFICE))
    assert isinstance(said, NudgeChoices)
    assert [(item.title, item.waiting) for item in said.items] == [(TITLE, 5), ("学期总结会", 7)]


def test_where_no_quiet_hours_are_kept_it_may_be_any_time(store: Store) -> None:
    consortium = {name: value for name, value in FILE["consortium"].items() if name != "quiet"}
    school = begin(store, RESEARCH, consortium=consortium, until="10-08 23:00")
    said = school.take(send_nudges, SendNudges(OFFICE, school.occurrence("research", "10-14 14:30")))
    assert said == NudgesSent(TITLE, sent=4, rest=1)
