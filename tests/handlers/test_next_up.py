"""/next, /help: what comes next, for a person, an organiser and a group."""

import pytest

from handlers.membership import Reach, reach
from handlers.next_up import ChatUnbound, NextUp, NextUpOutcome, NothingUpcoming, OutOfReach, Upcoming, next_up
from handlers.respond import Respond, respond
from handlers.show_help import HelpShown, ShowHelp, show_help
from handlers.start import Unlinked
from store.accounts import Account
from store.chats import Place
from store.database import Store
from store.responses import ParticipationStatus
from tests.handlers.event_sample import (
    CLASSES,
    FILE,
    LI,
    MEETING,
    NOBODY,
    OFFICE,
    QIAN,
    RESEARCH,
    SHANGHAI,
    WANG,
    ZHOU,
    School,
    begin,
)

TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")


@pytest.fixture
def school(store: Store) -> School:
    """12 October, after the class meetings; the notice of the 14th has gone out."""
    school = begin(store, RESEARCH, MEETING, CLASSES, until="10-12 16:40")
    school.until("10-12 17:00")  # planned anew: so far ahead
    return school


def asked(school: School, account: Account | None = None, place: Place | None = None) -> NextUpOutcome:
    return school.take(next_up, NextUp(account, place))


def lines(outcome: NextUpOutcome) -> list[str]:
    assert isinstance(outcome, Upcoming)
    return [f"{item.starts_at:%m-%d %H:%M} {item.title}{item.class_name or ''}" for item in outcome.items]


def test_a_group_sees_the_three_next_events_and_no_class_meeting(school: School) -> None:
    outcome = asked(school, LI, TEACHING)
    assert lines(outcome) == ["10-14 14:30 共创式主题教研", "10-21 09:00 学期总结会", "11-11 14:30 共创式主题教研"]


def test_what_a_class_has_every_day_hides_nothing_else(store: Store) -> None:
    daily = CLASSES | {"key": "evening", "title": "夕会", "every": "day", "on": None, "themes": None}
    school = begin(store, MEETING, CLASSES, daily, until="10-12 17:00")
    coming = lines(asked(school, LI))
    assert coming[0] == "10-19 15:50 主题班会七(1)班"
    assert not any("夕会" in line for line in coming)


def test_instants_are_local_and_theme_week_and_place_are_told(school: School) -> None:
    outcome = asked(school, None, TEACHING)
    assert isinstance(outcome, Upcoming)
    first = outcome.items[0]
    assert (first.week, first.theme, first.place, first.starts_at.tzinfo) == (7, "作业设计", None, SHANGHAI)


def test_a_head_teacher_sees_the_own_class_meeting_only(school: School) -> None:
    assert lines(asked(school, WANG)) == [
        "10-14 14:30 共创式主题教研",
        "10-19 16:00 主题班会八(1)班",
        "10-21 09:00 学期总结会",
    ]


def test_the_own_answer_is_shown_in_private_and_never_in_the_group(school: School) -> None:
    number = school.occurrence("research", "10-14 14:30")
    school.take(respond, Respond(number, LI, ParticipationStatus.ACCEPTED))
    mine, ours = asked(school, LI), asked(school, LI, TEACHING)
    assert isinstance(mine, Upcoming)
    assert isinstance(ours, Upcoming)
    assert mine.items[0].answer is ParticipationStatus.ACCEPTED
    assert {item.answer for item in ours.items} == {None}


def test_who_is_meant_by_no_event_has_nothing_coming(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-12 17:00")
    assert asked(school, QIAN) == NothingUpcoming()


def test_before_the_first_message_the_roster_says_who_is_expected_then_the_list(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-01 09:00")
    assert lines(asked(school, LI)) == ["10-14 14:30 共创式主题教研", "11-11 14:30 共创式主题教研"]
    assert asked(school, QIAN) == NothingUpcoming()
    school.until("10-08 09:00")
    people = tuple(one | {"roles": ("teacher",)} if one["key"] == "qian" else one for one in FILE["person"])
    begin(store, RESEARCH, at="10-08 09:00", person=people).until("10-08 09:01")
    assert lines(asked(school, QIAN)) == ["11-11 14:30 共创式主题教研"]


def test_an_organiser_learns_how_many_of_the_next_event_cannot_be_reached(store: Store, school: School) -> None:
    store.call(reach, Reach(LI, reachable=False), school.now)
    outcome = asked(school, OFFICE)
    assert isinstance(outcome, Upcoming)
    assert outcome.out_of_reach == OutOfReach(unlinked=1, silent=1)
    others = asked(school, WANG), asked(school, OFFICE, TEACHING)
    assert [other.out_of_reach for other in others if isinstance(other, Upcoming)] == [None, None]


def test_strangers_and_unbound_groups_are_told_so(school: School) -> None:
    assert asked(school, NOBODY) == Unlinked()
    assert asked(school, None) == Unlinked()
    assert asked(school, LI, STRANGE) == ChatUnbound()


def test_after_the_last_event_nothing_is_planned(store: Store) -> None:
    school = begin(store)
    assert asked(school, LI) == NothingUpcoming()
    assert asked(school, None, TEACHING) == NothingUpcoming()


@pytest.mark.parametrize(
    ("account", "place", "shown"),
    [
        (LI, None, HelpShown(group=False, known=True, head_teacher=True)),
        (ZHOU, None, HelpShown(group=False, known=True, approver=True)),
        (QIAN, None, HelpShown(group=False, known=True)),
        (OFFICE, None, HelpShown(group=False, known=True, organiser=True)),
        (NOBODY, None, HelpShown(group=False, known=False)),
        (OFFICE, TEACHING, HelpShown(group=True, known=True)),
        (None, STRANGE, HelpShown(group=True, known=False)),
    ],
)
def test_help_knows_where_it_is_asked_and_by_whom(
    school: School, account: Account | None, place: Place | None, shown: HelpShown
) -> None:
    assert school.take(show_help, ShowHelp(account, place)) == shown
