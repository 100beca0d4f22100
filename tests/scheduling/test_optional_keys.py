"""Keys that a file may have besides: prepare, outlook, budget, exams; each by hand, at its minute."""

from datetime import date, time
from typing import Any

import pytest

from scheduling import moments, outlooks
from scheduling.moment import Moment, ToChat
from store.blueprint import Blueprint, Chat, CheckIn, Detail, Due, Exam, Reflect
from tests.scheduling.sample import BASE, LINKED, RESEARCH, WHOLE, class_meeting, having, once, planned, sent

MONDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 13)
EXAMS = {"exam": (Exam(from_=MONDAY, until=FRIDAY, name="期中考试"),)}
CHECK_IN = CheckIn(opens="15m", closes="30m")


def outlook(when: str) -> dict[str, Any]:
    return {"chat": (Chat(key="teaching", title="样例大群", platform="telegram", outlook=when),)}


def budget(number: int) -> dict[str, Any]:
    return {"consortium": BASE.consortium.model_copy(update={"budget": number})}


def november(blueprint: Blueprint, first: int, last: int) -> list[str]:
    """From one day of November to another, the occurrence left out."""
    lines = sent(blueprint, date(2026, 11, first), date(2026, 11, last))
    return [" ".join(line.split()[:4]) for line in lines]


def merged(blueprint: Blueprint, day: date) -> list[tuple[int | None, str]]:
    """Place in the message and kind."""
    return [(row.moment.part, row.moment.kind) for row in moments.rehearse(blueprint, day, day, LINKED)]


def test_prepare_goes_to_the_linked_organisers_outside_quiet_hours() -> None:
    late = once(date(2026, 11, 25), time(20, 30), prepare="8d")
    assert sent(having(late), date(2026, 11, 1), date(2026, 11, 30)) == ["11-18 07:30 prepare o001 2026-11-25 -"]
    people = tuple(one for one in BASE.person if one.key != "o001")
    nobody = having(late, person=people)
    assert sent(nobody, date(2026, 11, 1), date(2026, 11, 30)) == []


def test_prepare_means_nothing_to_a_class_meeting() -> None:
    assert sent(having(class_meeting(prepare="2d")), *WHOLE) == sent(having(class_meeting()), *WHOLE)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("sunday 19:00", "11-15 19:00"),
        ("monday 07:45", "11-16 07:45"),
        ("tuesday 12:00", "11-10 12:00"),
        ("saturday 21:00", "11-15 07:30"),  # out of quiet hours
        ("monday 21:00", "11-17 07:30"),
    ],
)
def test_an_outlook_precedes_its_week(when: str, expected: str) -> None:
    blueprint = having(once(date(2026, 11, 18)), **outlook(when))
    assert november(blueprint, 8, 22) == [f"{expected} outlook teaching"]


def test_a_week_that_holds_nothing_of_the_chat_has_no_outlook() -> None:
    elsewhere = class_meeting(chat=None)
    blueprint = having(once(date(2026, 11, 4)), once(date(2026, 11, 18), key="y"), elsewhere, **outlook("sunday 19:00"))
    assert november(blueprint, 1, 29) == ["11-01 19:00 outlook teaching", "11-15 19:00 outlook teaching"]


def test_an_outlook_is_of_use_until_its_week_is_over() -> None:
    blueprint = having(once(date(2026, 11, 18)), **outlook("sunday 19:00"))
    (found,) = outlooks.of(blueprint, planned(blueprint))
    assert (found.subject, f"{found.until:%m-%d %H:%M}") == ("2026-11-16", "11-22 16:00")  # UTC: midnight to the 23rd
    assert (found.activity, found.date, found.class_, found.to) == (None, None, None, ToChat("teaching"))


@pytest.mark.parametrize("text", ["", "sunday", "19:00", "sunday 24:00", "sunday 7:00", "Sunday 19:00", "day 19:00"])
def test_an_outlook_is_a_weekday_and_a_time(text: str) -> None:
    with pytest.raises(ValueError, match='such as "sunday 19:00"'):
        outlooks.parse(text)


DAY = date(2026, 12, 9)
BUSY = (
    once(DAY, time(9), "a", remind=("1h",), check_in=CHECK_IN),
    once(DAY, time(14), "b", remind=("2h", "30m")),
    once(date(2026, 12, 16), time(15), "c", announce="7d"),
)


def test_within_the_budget_nothing_changes() -> None:
    assert sent(having(*BUSY, **budget(4)), *WHOLE) == sent(having(*BUSY), *WHOLE)
    assert merged(having(*BUSY, **budget(4)), DAY) == [(None, kind) for kind in KINDS]


KINDS = ("remind", "check_in", "remind", "remind", "announce")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (
            3,
            [
                "12-09 08:00 remind teaching 2026-12-09 -",
                "12-09 08:45 check_in teaching 2026-12-09 -",
                "12-09 12:00 remind teaching 2026-12-09 -",
                "12-09 13:30 remind teaching 2026-12-09 -",
                "12-09 13:30 announce teaching 2026-12-16 -",
            ],
        ),
        (
            2,  # the two reminders of one event fall on one instant now
            [
                "12-09 08:00 remind teaching 2026-12-09 -",
                "12-09 08:45 check_in teaching 2026-12-09 -",
                "12-09 12:00 remind teaching 2026-12-09 -",
                "12-09 12:00 announce teaching 2026-12-16 -",
            ],
        ),
        (
            1,
            [
                "12-09 08:00 remind teaching 2026-12-09 -",
                "12-09 08:00 remind teaching 2026-12-09 -",
                "12-09 08:00 announce teaching 2026-12-16 -",
                "12-09 08:45 check_in teaching 2026-12-09 -",
            ],
        ),
    ],
)
def test_what_is_over_the_budget_is_one_message_at_the_earliest_of_them(number: int, expected: list[str]) -> None:
    blueprint = having(*BUSY, **budget(number))
    assert sent(blueprint, DAY, DAY) == expected
    parts = [part for part, _ in merged(blueprint, DAY) if part is not None]
    assert parts == list(range(len(parts)))
    assert len(parts) == 2 + (number == 1)


def test_the_budget_is_each_chats_own_and_each_days_own() -> None:
    chats = (*BASE.chat, Chat(key="other", title="样例二群", platform="telegram"))
    one, two = once(DAY, time(9), "a", remind=("1h",)), once(DAY, time(10), "b", chat="other", remind=("1h",))
    blueprint = having(one, two, once(date(2026, 12, 10), key="c", remind=("1h",)), chat=chats, **budget(1))
    assert {row.moment.part for row in moments.rehearse(blueprint, *WHOLE, LINKED)} == {None}


def test_during_exams_only_near_reminders_and_check_ins_are_sent() -> None:
    research = RESEARCH.model_copy(update={"remind": ("3d", "2d", "25h", "1d", "30m"), "prepare": "2d"})
    assert november(having(research, **EXAMS), 5, 20) == [
        "11-08 13:30 remind teaching",  # the one 25 hours before
        "11-08 14:30 prepare o001",
        "11-08 14:30 remind teaching",  # three days and two days before are one message
        "11-10 14:30 remind teaching",
        "11-11 14:00 remind teaching",
        "11-11 14:15 check_in teaching",
        "11-11 16:00 reflect t001",
        "11-11 16:00 reflect t002",
        "11-14 07:30 nudge t001",  # due that day at 16:00
        "11-14 07:30 nudge t002",
    ]


def test_an_announcement_comes_before_the_exams_and_a_nudge_that_they_hold_is_left_out() -> None:
    meeting = once(date(2026, 11, 17), announce="7d", respond_by="2d", nudge=("2d", "1d", "3d"))
    found = november(having(meeting, **EXAMS), 5, 20)
    assert found[:1] == ["11-08 14:30 announce teaching"]
    assert {line[:11] for line in found[1:]} == {"11-14 14:30"}  # a day before the 15th


def test_out_of_exams_quiet_hours_are_heeded_again() -> None:
    early, late = once(date(2026, 11, 17), time(6), "a", announce="7d"), once(FRIDAY, time(21), "b", announce="3d")
    assert november(having(early, late, **EXAMS), 5, 20) == [
        "11-08 07:30 announce teaching",
        "11-08 19:59 announce teaching",
    ]
    eve = once(date(2026, 11, 15), time(20, 30), announce="7d")  # its own night ends inside the exams
    assert november(having(eve, **EXAMS), 5, 20) == ["11-08 19:59 announce teaching"]


@pytest.mark.parametrize(
    ("day", "due", "expected"),
    [
        (FRIDAY, "1d", "11-14 07:30"),  # at the end itself: with the exams' and the night's end
        (date(2026, 11, 12), "2d", "11-14 07:30"),
        (MONDAY, "4d", None),  # due on the last day
        (MONDAY, "7d", "11-15 16:00"),
    ],
)
def test_a_reflections_nudge_waits_for_the_end_of_the_exams_or_is_dropped(
    day: date, due: str, expected: str | None
) -> None:
    found = november(having(once(day, reflect=Reflect(due=due)), **EXAMS), 9, 20)
    assert len([line for line in found if "reflect" in line]) == 3
    assert {line[:11] for line in found if "nudge" in line} == ({expected} if expected else set())


def test_digest_and_outlook_wait_for_the_first_day_after_the_exams() -> None:
    tables = {"exam": (Exam(from_=date(2026, 11, 1), until=date(2026, 11, 5)),), **outlook("sunday 19:00")}
    october, late = once(date(2026, 10, 14), key="a"), once(date(2026, 11, 6), time(19, 30), "b")
    assert november(having(october, late, **tables), 1, 8) == [
        "11-06 08:30 digest teaching",
        "11-06 19:00 outlook teaching",
    ]


def test_an_outlook_that_exams_hold_back_is_left_out_when_nothing_of_its_week_is_ahead() -> None:
    tables = {"exam": (Exam(from_=date(2026, 11, 1), until=date(2026, 11, 5)),), **outlook("sunday 19:00")}
    assert november(having(once(date(2026, 11, 6)), **tables), 1, 8) == []


def test_exams_that_follow_each_other_are_one_silence() -> None:
    two = (Exam(from_=date(2026, 11, 12), until=FRIDAY), Exam(from_=MONDAY, until=date(2026, 11, 11)))
    blueprint = having(once(date(2026, 11, 19), announce="7d"), exam=two)
    assert november(blueprint, 1, 20) == ["11-08 14:30 announce teaching"]


def test_without_the_keys_nothing_of_it_is_planned() -> None:
    found: list[Moment] = [row.moment for row in moments.rehearse(having(RESEARCH), *WHOLE, LINKED)]
    assert {one.kind for one in found} == {"announce", "remind", "nudge", "check_in", "reflect", "digest"}
    assert {one.part for one in found} == {None}


AFTER_NOON, AT_NIGHT = date(2026, 11, 25), date(2026, 11, 26)


def minuted(day: date, start: time, recorder: str | None, due: str = "3d") -> Blueprint:
    detail = (Detail(activity="x", date=day, recorder=recorder),) if recorder else ()
    return having(once(day, start, minutes=Due(due=due)), occurrence=detail)


@pytest.mark.parametrize(
    ("day", "start", "due", "expected"),
    [
        (AFTER_NOON, time(14, 30), "3d", ["11-25 16:00 minutes", "11-27 16:00 nudge"]),
        (AFTER_NOON, time(14, 30), "20h", ["11-25 16:00 minutes"]),  # the nudge would fall before the end
        (AT_NIGHT, time(19), "2d", ["11-27 07:30 minutes", "11-28 07:30 nudge"]),  # out of quiet hours
    ],
)
def test_minutes_are_asked_of_the_recorder(day: date, start: time, due: str, expected: list[str]) -> None:
    lines = sent(minuted(day, start, "t001", due), date(2026, 11, 1), date(2026, 11, 30))
    assert lines == [f"{line} t001 {day} -" for line in expected]


def test_without_a_recorder_the_organisers_are_told_once() -> None:
    lines = sent(minuted(AFTER_NOON, time(14, 30), None), date(2026, 11, 1), date(2026, 11, 30))
    assert lines == ["11-25 16:00 minutes o001 2026-11-25 -"]


def test_minutes_mean_nothing_to_a_class_meeting() -> None:
    assert sent(having(class_meeting(minutes=Due(due="2d"))), *WHOLE) == sent(having(class_meeting()), *WHOLE)
