"""The roll: who sees whose names, what stands first, and who is told at the close who is missing."""

import pytest

from bot.buttons import roll_buttons
from handlers.absences import AbsencesListed
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.correct import Correct, Mark, correct, mark
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import LeaveAsked, StartLeave, start_leave
from handlers.oversight import NotOverseer
from handlers.participants import OccurrenceGone
from handlers.respond import Respond, respond
from handlers.respond_for import RespondFor, respond_for
from handlers.roll import (
    ReportShown,
    RollPerson,
    RollShown,
    SchoolNames,
    SchoolPeople,
    ShowReport,
    ShowRoll,
    show_report,
    show_roll,
)
from handlers.roll_people import (
    ListPeople,
    MayNotCorrect,
    PeopleListed,
    PersonOpened,
    PersonUnknown,
    list_people,
    named_person,
)
from handlers.start import Unlinked
from store import check_ins, responses
from store.accounts import Account
from store.check_ins import CheckInMethod
from store.database import Store
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import (
    FILE,
    LI,
    NOBODY,
    OFFICE,
    QIAN,
    RESEARCH,
    VOICES,
    WANG,
    ZHAO,
    ZHOU,
    School,
    begin,
    local,
)

CLOSED = "10-14 15:00"


def roll(school: School, account: Account, number: int) -> RollShown:
    found = school.take(show_roll, ShowRoll(account, number))
    assert isinstance(found, RollShown)
    return found


def names(found: RollShown) -> set[str]:
    return {one.name for group in found.groups for school in group.schools for one in school.people}


def test_the_list_has_the_last_and_the_next_events_of_those_who_may_look(school: School, research: int) -> None:
    shown = school.take(show_report, ShowReport(OFFICE))
    assert isinstance(shown, ReportShown)
    assert shown.items[0].occurrence == research
    assert shown.school is None
    for account, of in ((ZHOU, "样例东校"), (QIAN, "样例中心校")):
        shown = school.take(show_report, ShowReport(account))
        assert isinstance(shown, ReportShown)
        assert shown.school == of
    assert school.take(show_report, ShowReport(LI)) == ReportShown((), None, own=True)
    assert isinstance(school.take(show_report, ShowReport(NOBODY)), Unlinked)


def test_what_began_before_the_file_was_with_us_is_not_in_the_list(store: Store) -> None:
    """A digest names it; nobody was asked."""
    monthly = {name: value for name, value in RESEARCH.items() if name != "weeks"}
    school = begin(store, monthly, until="10-08 09:00")
    assert school.occurrence("research", "09-09 14:30")
    shown = school.take(show_report, ShowReport(OFFICE))
    assert isinstance(shown, ReportShown)
    assert [f"{one.starts_at:%m-%d}" for one in shown.items][:1] == ["10-14"]


def test_names_are_for_the_office_and_of_the_own_school_for_those_who_answer_for_it(
    school: School, research: int
) -> None:
    assert names(roll(school, OFFICE, research)) == {"样李芳", "样王强", "样赵敏", "样吴敏", "样周明"}
    assert names(roll(school, ZHOU, research)) == {"样王强", "样赵敏", "样吴敏", "样周明"}
    looking_on = roll(school, QIAN, research)
    assert names(looking_on) == set()
    assert (looking_on.expected, looking_on.counts) == (1, ((Status.EXPECTED, 1),))
    assert not looking_on.corrects
    assert isinstance(school.take(show_roll, ShowRoll(LI, research)), NotOverseer)
    assert isinstance(school.take(show_roll, ShowRoll(NOBODY, research)), Unlinked)
    assert isinstance(school.take(show_roll, ShowRoll(OFFICE, 999)), OccurrenceGone)
    assert isinstance(school.take(list_people, ListPeople(QIAN, research, 1)), MayNotCorrect)
    assert isinstance(school.take(list_people, ListPeople(WANG, research, 1)), NotOverseer)


def test_before_it_begins_those_expected_stand_by_what_they_said(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    school.take(respond, Respond(research, WANG, ParticipationStatus.DECLINED))
    found = roll(school, OFFICE, research)
    assert [(one.status, one.answer, one.people) for one in found.groups] == [
        (Status.EXPECTED, None, 3),
        (Status.EXPECTED, ParticipationStatus.DECLINED, 1),
        (Status.EXPECTED, ParticipationStatus.ACCEPTED, 1),
    ]
    assert found.counts == ((Status.EXPECTED, 5),)


def test_the_counts_add_up_and_guests_stand_apart(school: School, research: int) -> None:
    school.now = local("10-14 14:20")
    for account in (LI, ZHAO):
        school.take(check_in, CheckIn(research, account))
    chen = school.person("chen")
    school.ask(lambda session: check_ins.record(session, research, chen, school.now, CheckInMethod.BUTTON, late=False))
    school.now = local(CLOSED)
    school.take(correct, Correct(ZHOU, research, school.person("wang"), Status.OFFICIAL, "监考"))
    found = roll(school, OFFICE, research)
    assert found.counts == ((Status.ABSENT_PENDING, 2), (Status.PRESENT, 2), (Status.OFFICIAL, 1))
    assert sum(people for _, people in found.counts) == found.expected == 5
    assert found.guests == (SchoolPeople("样例中心校", (RollPerson("样陈静"),)),)
    assert roll(school, ZHOU, research).guests == ()
    listed = school.take(list_people, ListPeople(OFFICE, research, 1))
    labels = {row[0].label for row in roll_buttons.rows(listed, VOICES[0].labels)}
    assert {"样陈静 · 旁听", "样李芳 · 已到"} <= labels
    opened = school.ask(lambda session: named_person(session, OFFICE, research, "样陈静", school.now))
    assert isinstance(opened, PersonOpened)
    assert "现在：旁听，不计入应到" in VOICES[0].say(opened).text


def test_of_namesakes_each_is_listed_with_the_school(store: Store) -> None:
    namesake = {"key": "wu2", "name": "样吴敏", "school": "core", "roles": ("teacher",)}
    school = begin(store, RESEARCH, person=(*FILE["person"], namesake), until="10-14 14:50")
    research = school.occurrence("research", "10-14 14:30")
    listed = school.ask(lambda session: named_person(session, OFFICE, research, "样吴敏", school.now))
    assert isinstance(listed, PeopleListed)
    assert [(one.name, one.school) for one in listed.people] == [("样吴敏", "样例东校"), ("样吴敏", "样例中心校")]
    assert "样例中心校" in str(roll_buttons.rows(listed, VOICES[0].labels))
    one = school.ask(lambda session: named_person(session, OFFICE, research, "样例中心校样吴敏", school.now))
    assert isinstance(one, PersonOpened)


def test_beside_a_name_stands_what_the_office_marks(school: School, research: int) -> None:
    """Leave without its kind or reason; nothing for who looks on."""
    school.until("10-13 15:00")
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    li = school.person("li")
    school.ask(lambda session: responses.remark(session, research, li, "样例说明"))
    school.take(respond_for, RespondFor(OFFICE, research, school.person("wu"), ParticipationStatus.ACCEPTED))
    decided(school, research, WANG, approve=True)
    decided(school, research, ZHAO, approve=False)
    school.until("10-14 14:50")
    for account in (LI, WANG):
        school.take(check_in, CheckIn(research, account))
    school.take(mark, Mark(OFFICE, research, school.person("wu"), Status.PRESENT))
    school.until("10-14 15:30")
    assert people(roll(school, OFFICE, research)) == {
        "样李芳": RollPerson("样李芳", late=20, answered_late=True, note="样例说明"),
        "样王强": RollPerson("样王强", late=20, answered_late=True, unused=True),
        "样吴敏": RollPerson("样吴敏", late=20, by_hand=CheckInMethod.ORGANISER, answered_late=True, answered_for=True),
        "样赵敏": RollPerson("样赵敏", refused=True),
        "样周明": RollPerson("样周明"),
    }
    assert people(roll(school, QIAN, research)) == {}


def decided(school: School, research: int, who: Account, *, approve: bool) -> None:
    school.take(start_leave, StartLeave(who, research))
    asked = school.take(answer_prompt, AnswerPrompt(who, "样例事由"))
    assert isinstance(asked, LeaveAsked)
    school.take(decide_leave, DecideLeave(asked.leave, ZHOU, approve=approve))


def people(found: RollShown) -> dict[str, RollPerson]:
    return {one.name: one for group in found.groups for school in group.schools for one in school.people}


def test_a_person_is_found_by_name_by_those_who_answer_for_that_one(school: School, research: int) -> None:
    def named(account: Account, name: str) -> object:
        return school.ask(lambda session: named_person(session, account, research, name, school.now))

    school.now = local(CLOSED)
    assert isinstance(named(ZHOU, "样王强"), PersonOpened)
    assert isinstance(named(OFFICE, "样例东校样王强"), PersonOpened)
    assert isinstance(named(ZHOU, "样李芳"), PersonUnknown)  # another school's
    assert isinstance(named(OFFICE, "样陈静"), PersonOpened)  # 不在名单, may be added
    assert isinstance(named(OFFICE, "张三"), PersonUnknown)
    assert named(OFFICE, "这个月的主题教研到底安排在哪一天哪一所学校的哪一间教室里举行呢？") is None


@pytest.mark.parametrize("page", [1, 7])
def test_the_people_to_be_checked_come_first(school: School, research: int, page: int) -> None:
    school.now = local("10-14 14:20")
    for account in (LI, WANG):
        school.take(check_in, CheckIn(research, account))
    school.now = local(CLOSED)
    found = school.take(list_people, ListPeople(OFFICE, research, page))
    assert isinstance(found, PeopleListed)
    assert (found.page, found.pages) == (1, 1)
    assert [one.status for one in found.people] == [Status.ABSENT_PENDING] * 3 + [Status.PRESENT] * 2


def test_who_is_called_the_same_is_told_apart_by_the_school(store: Store) -> None:
    people = [one | {"name": "样王强"} if one["key"] == "li" else one for one in FILE["person"]]
    school = begin(store, RESEARCH, person=people, until="10-08 09:00")
    found = school.take(list_people, ListPeople(OFFICE, school.occurrence("research", "10-14 14:30"), 1))
    assert isinstance(found, PeopleListed)
    labels = {row[0].label for row in roll_buttons.rows(found, VOICES[0].labels)}
    assert {"样王强 样例中心校 · 应到", "样王强 样例东校 · 应到", "样周明 · 应到"} <= labels


def test_an_approver_is_not_offered_himself(school: School, research: int) -> None:
    found = school.take(list_people, ListPeople(ZHOU, research, 1))
    assert isinstance(found, PeopleListed)
    assert {one.name for one in found.people} == {"样王强", "样赵敏", "样吴敏"}


def test_at_the_close_the_office_and_the_own_schools_approvers_hear_who_is_missing(
    school: School, research: int
) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, ZHAO))
    school.take(start_leave, StartLeave(WANG, research))
    told = [one for one in school.until("10-14 15:00") if isinstance(one.outcome, AbsencesListed)]
    lists = {one.to: one.outcome.schools for one in told if isinstance(one.outcome, AbsencesListed)}
    east = SchoolNames("样例东校", ("样周明", "样吴敏", "样王强"))
    assert {to: {one.school: set(one.names) for one in schools} for to, schools in lists.items()} == {
        "zhou": {"样例东校": {"样吴敏", "样王强"}},  # his own absence is another one's to check
        "chen": {"样例东校": set(east.names), "样例中心校": {"样李芳"}},
    }
    assert not [one for one in school.until("10-20 12:00") if isinstance(one.outcome, AbsencesListed)]  # once


def test_whoever_is_accounted_for_meanwhile_is_not_listed(school: School, research: int) -> None:
    school.until("10-14 14:59")
    for account in (LI, WANG, ZHAO, ZHOU):
        school.take(check_in, CheckIn(research, account))
    school.take(correct, Correct(OFFICE, research, school.person("wu"), Status.EXCUSED, "产假"))
    assert not [one for one in school.until("10-14 15:30") if isinstance(one.outcome, AbsencesListed)]
