"""口令: other digits each minute; five wrong ones wait a minute; one event at most is meant."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from handlers import codes
from handlers.check_in import CheckedIn, CheckIn, CheckInClosed, GuestCheckedIn, check_in
from handlers.check_in_by_code import (
    CheckInByCode,
    CheckInByScan,
    CodeChoice,
    CodeForWhich,
    CodeTriesSpent,
    NothingToCheckIn,
    ScanTooOld,
    WrongCode,
    check_in_by_code,
    check_in_by_scan,
)
from handlers.start import Unlinked
from store import check_ins, occurrences, personal
from store.check_ins import CheckInMethod
from store.database import Session
from store.occurrences import Occurrence
from tests.handlers.check_in_codes import MINUTE, code_of, held, wrong_codes
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, WANG, School, begin, local, person

TITLE = "共创式主题教研"
SECOND = datetime(2026, 10, 14, 6, 20, tzinfo=UTC)


def method_of(school: School, occurrence: int, key: str) -> CheckInMethod:
    def method(session: Session) -> CheckInMethod:
        row = check_ins.of(session, occurrence, person(session, key))
        assert row is not None
        return row.method

    return school.ask(method)


@pytest.mark.parametrize("spelling", ["{}", " {} "])
def test_the_spoken_code_is_as_good_as_the_button(school: School, research: int, spelling: str) -> None:
    school.until("10-14 14:20")
    typed = spelling.format(code_of(school, research))
    said = school.take(check_in_by_code, CheckInByCode(LI, typed))
    assert said == CheckedIn(TITLE, local("10-14 14:20"), late=False, again=False)
    assert method_of(school, research, "li") is CheckInMethod.CODE


def test_a_code_holds_its_minute_and_the_next_one(school: School, research: int) -> None:
    one = held(school, research)
    code = codes.spoken(one, SECOND)
    assert len(code) == 4
    assert code.isdigit()
    assert codes.spoken(one, SECOND + timedelta(seconds=59, microseconds=999_999)) == code
    assert codes.is_spoken(one, code, SECOND + 2 * MINUTE - timedelta(microseconds=1))
    assert not codes.is_spoken(one, code, SECOND - timedelta(microseconds=1))
    assert not codes.is_spoken(one, code, SECOND + 2 * MINUTE)
    assert codes.next_change(SECOND) == SECOND + MINUTE
    assert codes.next_change(SECOND + timedelta(seconds=59.5)) == SECOND + MINUTE


def test_codes_are_other_ones_each_minute_and_at_each_event(school: School, research: int) -> None:
    one = held(school, research)
    hours = [codes.spoken(one, SECOND + at * MINUTE) for at in range(60)]
    assert len(set(hours)) > 50  # of ten thousand
    others = replace(one, id=one.id + 1), replace(one, secret="0" * 32)
    assert all([codes.spoken(other, SECOND + at * MINUTE) for at in range(60)] != hours for other in others)
    assert len({codes.scanned(one, SECOND + at * MINUTE) for at in range(60)}) == 60


def test_a_minute_later_the_code_is_still_good_and_then_no_longer(school: School, research: int) -> None:
    school.until("10-14 14:20")
    code = code_of(school, research)
    school.until("10-14 14:21")
    assert isinstance(school.take(check_in_by_code, CheckInByCode(LI, code)), CheckedIn)
    school.until("10-14 14:22")
    assert school.take(check_in_by_code, CheckInByCode(WANG, code)) == WrongCode()


def test_a_code_of_ones_second_consortium_is_as_good(school: School, research: int) -> None:
    chats = tuple(one | {"address": f"-2{one['address'][1:]}"} for one in FILE["chat"])
    begin(school.store, RESEARCH, consortium=FILE["consortium"] | {"key": "other"}, chat=chats)
    school.until("10-14 14:20")
    (other,) = school.ask(lambda session: occurrences.checking_in(session, 2, school.now))
    code = codes.spoken(other, school.now)
    assert isinstance(school.take(check_in_by_code, CheckInByCode(LI, code)), CheckedIn)


@pytest.mark.parametrize("wrong", ["", "12345", "一二三四", "１２３"])
def test_a_wrong_code_is_refused_whatever_it_is(school: School, research: int, wrong: str) -> None:
    school.until("10-14 14:20")
    assert school.take(check_in_by_code, CheckInByCode(LI, wrong)) == WrongCode()
    assert school.ask(lambda session: check_ins.people(session, research)) == []


def test_outside_the_window_no_code_is_looked_at(school: School, research: int) -> None:
    code = code_of(school, research)
    assert school.take(check_in_by_code, CheckInByCode(LI, code)) == NothingToCheckIn()
    school.until("10-14 14:20")
    assert school.take(check_in_by_code, CheckInByCode(NOBODY, code_of(school, research))) == Unlinked()
    assert isinstance(school.take(check_in_by_code, CheckInByCode(OFFICE, code_of(school, research))), GuestCheckedIn)


def test_after_five_wrong_ones_nothing_is_looked_at_for_a_minute(school: School, research: int) -> None:
    school.until("10-14 14:20")
    said = [school.take(check_in_by_code, CheckInByCode(LI, wrong)) for wrong in wrong_codes(school, 5)]
    assert said == [WrongCode()] * 4 + [CodeTriesSpent()]
    school.now += timedelta(seconds=59)
    assert school.take(check_in_by_code, CheckInByCode(LI, code_of(school, research))) == CodeTriesSpent()
    assert isinstance(school.take(check_in_by_code, CheckInByCode(WANG, code_of(school, research))), CheckedIn)
    assert isinstance(school.take(check_in, CheckIn(research, LI)), CheckedIn)  # the button is there as before
    school.now += timedelta(seconds=1)
    again = school.take(check_in_by_code, CheckInByCode(LI, code_of(school, research)))
    assert isinstance(again, CheckedIn)
    assert again.again


def test_what_was_wrong_more_than_a_minute_ago_counts_no_longer(school: School, research: int) -> None:
    school.until("10-14 14:20")
    for wrong in wrong_codes(school, 4):
        school.take(check_in_by_code, CheckInByCode(LI, wrong))
    school.now += MINUTE
    assert school.take(check_in_by_code, CheckInByCode(LI, wrong_codes(school, 1)[0])) == WrongCode()
    assert isinstance(school.take(check_in_by_code, CheckInByCode(LI, code_of(school, research))), CheckedIn)


def test_wrong_tries_are_in_the_copy_of_ones_data(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in_by_code, CheckInByCode(LI, wrong_codes(school, 1)[0]))
    (kept,) = school.ask(lambda session: personal.kept(session, person(session, "li")))["CodeTry"]
    assert kept["wrong"] == 1


def lecture_with_the_same_digits(school: School, research: int, role: str) -> int:
    """At the same time, for people in that role; 14:20."""
    lecture = RESEARCH | {"key": "lecture", "title": "样例讲座", "audience": {"roles": (role,)}}
    begin(school.store, RESEARCH, lecture, at="10-08 09:00")
    school.until("10-14 14:20")
    number = school.occurrence("lecture", "10-14 14:30")
    one, code = held(school, number), code_of(school, research)
    drawn = (str(at) for at in range(1_000_000))
    same = next(secret for secret in drawn if codes.spoken(replace(one, secret=secret), school.now) == code)

    def draw(session: Session) -> None:
        session.get_one(Occurrence, number).secret = same

    school.ask(draw)
    return number


def test_of_two_events_with_the_same_digits_the_one_counts_at_which_one_is_expected(
    school: School, research: int
) -> None:
    lecture = lecture_with_the_same_digits(school, research, "organiser")
    code = code_of(school, research)
    assert code_of(school, lecture) == code
    school.take(check_in_by_code, CheckInByCode(LI, code))
    school.take(check_in_by_code, CheckInByCode(OFFICE, code))
    assert method_of(school, research, "li") is CheckInMethod.CODE
    assert method_of(school, lecture, "chen") is CheckInMethod.CODE
    assert len(school.ask(lambda session: check_ins.people(session, lecture))) == 1


def test_where_both_may_be_meant_it_is_asked_and_nothing_is_kept(school: School, research: int) -> None:
    lecture = lecture_with_the_same_digits(school, research, "teacher")
    code = code_of(school, research)
    start = local("10-14 14:30")
    choices = CodeChoice(research, TITLE, start), CodeChoice(lecture, "样例讲座", start)
    assert school.take(check_in_by_code, CheckInByCode(LI, code)) == CodeForWhich(choices)
    assert school.ask(lambda session: check_ins.people(session, research)) == []
    assert school.ask(lambda session: check_ins.people(session, lecture)) == []


def test_a_scan_checks_in_within_its_minute_and_the_next(school: School, research: int) -> None:
    school.until("10-14 14:20")
    token = codes.scanned(held(school, research), school.now)
    assert isinstance(school.take(check_in_by_scan, CheckInByScan(LI, research, token)), CheckedIn)
    assert method_of(school, research, "li") is CheckInMethod.QR
    school.until("10-14 14:21")
    assert isinstance(school.take(check_in_by_scan, CheckInByScan(OFFICE, research, token)), GuestCheckedIn)
    school.until("10-14 14:22")
    assert school.take(check_in_by_scan, CheckInByScan(WANG, research, token)) == ScanTooOld()


def test_a_scan_that_is_made_up_tells_nothing(school: School, research: int) -> None:
    school.until("10-14 14:20")
    token = codes.scanned(held(school, research), school.now)
    assert school.take(check_in_by_scan, CheckInByScan(LI, research, "0" * 16)) == ScanTooOld()
    assert school.take(check_in_by_scan, CheckInByScan(LI, 999_999, token)) == ScanTooOld()
    assert school.take(check_in_by_scan, CheckInByScan(NOBODY, research, token)) == Unlinked()
    school.until("10-14 15:00")
    late = codes.scanned(held(school, research), school.now)
    assert school.take(check_in_by_scan, CheckInByScan(LI, research, late)) == CheckInClosed(TITLE)
