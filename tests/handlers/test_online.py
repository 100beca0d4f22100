"""线上参加: the speaker confirms by name, in private, who took part from elsewhere."""

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.check_in import CheckIn, check_in
from handlers.correct import AttendanceCorrected, Correct, correct
from handlers.online import (
    AskOnline,
    OnlineConfirmed,
    OnlineNameAsked,
    OnlineNobody,
    OnlineNotOpen,
    OnlineSettled,
    ask_online,
)
from handlers.participants import OccurrenceGone
from handlers.roll import ReportItem, ShowReport, SpokenShown, show_report
from handlers.show_code import CodeShown, ShowCode, show_code
from handlers.start import Unlinked
from store import attendance, audit
from store.accounts import Account
from store.audit import AuditFact
from store.database import Store
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import LI, NOBODY, OFFICE, RESEARCH, WANG, ZHAO, ZHOU, School, begin, local

TITLE = "共创式主题教研"
DETAIL = {"activity": "research", "date": local("10-14 14:30").date(), "speaker": "li", "recorder": "wang"}


@pytest.fixture
def spoken(store: Store) -> School:
    """LI speaks; the check-in is open."""
    return begin(store, RESEARCH, occurrence=(DETAIL,), until="10-14 14:20")


@pytest.fixture
def number(spoken: School) -> int:
    return spoken.occurrence("research", "10-14 14:30")


def named(school: School, name: str, who: Account = LI) -> object:
    return school.take(answer_prompt, AnswerPrompt(who, name, name))


def status(school: School, number: int, key: str) -> Status | None:
    who = school.person(key)
    found = school.ask(lambda session: attendance.of(session, number, who, school.now))
    return found.status if found else None


def test_the_speaker_confirms_names_one_after_another_and_each_hears_of_it_once(spoken: School, number: int) -> None:
    asked = spoken.take(ask_online, AskOnline(LI, number))
    assert asked == OnlineNameAsked(TITLE, local("10-14 14:30"), 7)
    assert named(spoken, "样王强") == OnlineConfirmed("样王强", TITLE, again=False)
    assert named(spoken, "样东校样王强") == OnlineNobody("样东校样王强", TITLE, several=False)
    assert named(spoken, "样例东校样赵敏") == OnlineConfirmed("样赵敏", TITLE, again=False)
    assert named(spoken, "样王强") == OnlineConfirmed("样王强", TITLE, again=True)
    assert {status(spoken, number, key) for key in ("wang", "zhao")} == {Status.ONLINE}
    told = [one for one in spoken.until("10-14 14:21") if isinstance(one.outcome, AttendanceCorrected)]
    assert sorted(one.to for one in told) == ["wang", "zhao"]
    wang, li = spoken.person("wang"), spoken.person("li")
    assert spoken.trace(AuditFact.ATTENDANCE, number, wang) == [("expected", "online")]
    assert spoken.ask(lambda session: {row.actor_id for row in audit.of(session, number, wang)}) == {li}


def test_what_is_recorded_of_somebody_is_the_offices_and_the_speaker_says_nothing_of_himself(
    spoken: School, number: int
) -> None:
    spoken.take(check_in, CheckIn(number, ZHAO))
    spoken.take(correct, Correct(OFFICE, number, spoken.person("wu"), Status.OFFICIAL, "样例"))
    spoken.take(ask_online, AskOnline(LI, number))
    for name in ("样赵敏", "样吴敏", "样李芳"):
        assert named(spoken, name) == OnlineSettled(name)
    assert [status(spoken, number, key) for key in ("zhao", "wu")] == [Status.PRESENT, Status.OFFICIAL]


def test_who_is_not_expected_is_nobody_there_and_a_question_is_no_name(spoken: School, number: int) -> None:
    spoken.take(ask_online, AskOnline(LI, number))
    assert named(spoken, "样陈静") == OnlineNobody("样陈静", TITLE, several=False)
    long = "这个月的主题教研到底安排在哪一天哪一所学校的哪一间教室里举行呢？"
    assert named(spoken, long) == NothingAsked()


@pytest.mark.parametrize("who", [WANG, ZHOU, OFFICE])
def test_nobody_but_the_speaker_confirms_this_way(spoken: School, number: int, who: Account) -> None:
    """Who keeps the minutes, approves or organises does not."""
    assert spoken.take(ask_online, AskOnline(who, number)) == OnlineNotOpen()


def test_it_is_open_from_the_check_in_to_the_archive(spoken: School, number: int) -> None:
    assert spoken.take(ask_online, AskOnline(NOBODY, number)) == Unlinked()
    assert spoken.take(ask_online, AskOnline(LI, 999)) == OccurrenceGone()
    moments = {"10-14 14:14": False, "10-14 14:15": True, "10-21 15:59": True, "10-21 16:00": False}
    for moment, opened in moments.items():
        spoken.now = local(moment)
        assert isinstance(spoken.take(ask_online, AskOnline(LI, number)), OnlineNameAsked) is opened


def test_the_way_there_is_under_the_code_and_in_report(spoken: School, number: int) -> None:
    shown = spoken.take(show_code, ShowCode(LI))
    assert isinstance(shown, CodeShown)
    assert [(one.occurrence, one.speaks) for one in shown.codes] == [(number, True)]
    minutes = spoken.take(show_code, ShowCode(WANG))
    assert isinstance(minutes, CodeShown)
    assert [one.speaks for one in minutes.codes] == [False]
    items = (ReportItem(number, TITLE, local("10-14 14:30"), 7),)
    assert spoken.take(show_report, ShowReport(LI)) == SpokenShown(items)
