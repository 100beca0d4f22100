"""签到: by the button inside its window, or by the spoken code."""

import pytest

from handlers.check_in import (
    CheckedIn,
    CheckIn,
    CheckInByCode,
    CheckInClosed,
    CheckInHelp,
    CheckInTooEarly,
    CodeLine,
    CodeShown,
    NothingToCheckIn,
    ShowCode,
    WrongCode,
    check_in,
    check_in_by_code,
    show_code,
)
from handlers.event import CheckInOpened
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.start import Unlinked
from store import check_ins, occurrences
from store.check_ins import CheckInMethod
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, WANG, School, begin, local

TITLE = "共创式主题教研"


def code_of(school: School, research: int) -> str:
    return school.ask(lambda session: next(held.code for held in [occurrences.get(session, research)] if held))


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
    assert school.ask(lambda session: check_ins.count(session, research)) == 0


def test_the_window_does_not_hold_its_last_instant(school: School, research: int) -> None:
    school.until("10-14 15:00")
    assert school.take(check_in, CheckIn(research, LI)) == CheckInClosed(TITLE)
    assert school.ask(lambda session: check_ins.count(session, research)) == 0


def test_the_first_check_in_stands(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, LI))
    school.until("10-14 14:50")
    again = school.take(check_in, CheckIn(research, LI))
    assert again == CheckedIn(TITLE, local("10-14 14:20"), late=False, again=True)


def test_the_message_with_the_button_counts_who_is_there(school: School, research: int) -> None:
    opened = school.until("10-14 14:20")[-1]
    assert opened.outcome == CheckInOpened(research, TITLE, local("10-14 14:40"), local("10-14 15:00"), 0, 5)
    for who in (LI, WANG, LI):
        school.take(check_in, CheckIn(research, who))
    edits = school.until("10-14 14:21")
    assert [(one.to, one.edited) for one in edits] == [("teaching", True)]
    assert isinstance(edits[0].outcome, CheckInOpened)
    assert edits[0].outcome.present == 2


@pytest.mark.parametrize("spelling", ["{}", " {} "])
def test_the_spoken_code_is_as_good_as_the_button(school: School, research: int, spelling: str) -> None:
    school.until("10-14 14:20")
    typed = spelling.format(code_of(school, research))
    said = school.take(check_in_by_code, CheckInByCode(LI, typed))
    assert said == CheckedIn(TITLE, local("10-14 14:20"), late=False, again=False)
    kept = school.ask(lambda session: [row.method for row in [check_ins.of(session, research, 1)] if row])
    assert kept == [CheckInMethod.CODE]


def test_a_code_of_ones_second_consortium_is_as_good(school: School, research: int) -> None:
    chats = tuple(one | {"address": f"-2{one['address'][1:]}"} for one in FILE["chat"])
    begin(school.store, RESEARCH, consortium=FILE["consortium"] | {"key": "other"}, chat=chats)
    school.until("10-14 14:20")
    code = school.ask(lambda session: occurrences.checking_in(session, 2, school.now)[0].code)
    assert isinstance(school.take(check_in_by_code, CheckInByCode(LI, code)), CheckedIn)


@pytest.mark.parametrize("wrong", ["", "12345", "一二三四", "１２３"])
def test_a_wrong_code_is_refused_whatever_it_is(school: School, research: int, wrong: str) -> None:
    school.until("10-14 14:20")
    assert school.take(check_in_by_code, CheckInByCode(LI, wrong)) == WrongCode()
    assert school.ask(lambda session: check_ins.count(session, research)) == 0


def test_a_code_outside_the_window_or_of_somebody_not_expected_finds_nothing(school: School, research: int) -> None:
    code = code_of(school, research)
    assert school.take(check_in_by_code, CheckInByCode(LI, code)) == NothingToCheckIn()
    school.until("10-14 14:20")
    assert school.take(check_in_by_code, CheckInByCode(OFFICE, code)) == NothingToCheckIn()
    assert school.take(check_in_by_code, CheckInByCode(NOBODY, code)) == Unlinked()


def test_only_the_organiser_is_shown_the_code(school: School, research: int) -> None:
    assert school.take(show_code, ShowCode(OFFICE)) == NothingToCheckIn()
    school.until("10-14 14:20")
    shown = CodeShown((CodeLine(TITLE, code_of(school, research), local("10-14 15:00")),))
    assert school.take(show_code, ShowCode(OFFICE)) == shown
    assert school.take(show_code, ShowCode(LI)) == CheckInHelp()
    assert school.take(show_code, ShowCode(NOBODY)) == Unlinked()


def test_strangers_are_told_what_they_are(school: School, research: int) -> None:
    school.until("10-14 14:20")
    assert school.take(check_in, CheckIn(research, NOBODY)) == NotLinked(TITLE)
    assert school.take(check_in, CheckIn(research, OFFICE)) == NotInvited(TITLE)
    assert school.take(check_in, CheckIn(999_999, LI)) == OccurrenceGone()
