"""Merging: an unchanged file leaves the chat's edits alone; where both changed the same, that place is refused."""

from datetime import date
from typing import Any

import pytest

from handlers.entries import Place
from handlers.merging import Merged, Prefer, merge
from store import amendments
from store.amendments import Entry
from store.blueprint import Activity, Blueprint, Day, Detail, Milestone, Theme
from tests.handlers.event_sample import FILE, RESEARCH

ON = date(2026, 10, 14)
KEY = "occurrence[research/2026-10-14]"


def file(*details: dict[str, Any], **tables: Any) -> Blueprint:
    return Blueprint.model_validate(FILE | {"activity": (RESEARCH,), "occurrence": details} | tables)


def detail(**values: Any) -> dict[str, Any]:
    return {"activity": "research", "date": ON} | values


def set_in_chat(last: Blueprint, *entries: Entry) -> Blueprint:
    return amendments.amended(last, entries)


def merged(last: Blueprint, now: Blueprint, *entries: Entry, prefer: Prefer | None = None) -> Merged:
    return merge(last, now, set_in_chat(last, *entries), prefer)


def paths(found: Merged) -> list[str]:
    return [str(place) for place in found.kept]


def test_an_unchanged_file_leaves_what_the_chat_set() -> None:
    moved = Detail(**detail(held_on=date(2026, 10, 15), place="录播室"))
    found = merged(file(), file(), moved)
    assert found.blueprint.occurrence == (moved,)
    assert paths(found) == [f"{KEY}.place", f"{KEY}.held_on"]
    assert not found.conflicts


def test_each_key_goes_its_own_way() -> None:
    found = merged(file(detail(place="一楼")), file(detail(place="二楼")), Detail(**detail(place="一楼", bring="教材")))
    assert found.blueprint.occurrence == (Detail(**detail(place="二楼", bring="教材")),)
    assert paths(found) == [f"{KEY}.bring"]


@pytest.mark.parametrize(("prefer", "place"), [("file", "二楼"), ("chat", "三楼")])
def test_of_what_both_changed_one_must_be_preferred(prefer: Prefer, place: str) -> None:
    last, now, chat = file(detail(place="一楼")), file(detail(place="二楼")), Detail(**detail(place="三楼"))
    assert {str(where) for where in merged(last, now, chat).conflicts} == {f"{KEY}.place"}
    found = merged(last, now, chat, prefer=prefer)
    assert (found.blueprint.occurrence[0].place, dict(found.conflicts)) == (place, {})


def test_what_both_changed_alike_is_no_conflict() -> None:
    found = merged(file(detail(place="一楼")), file(detail(place="二楼")), Detail(**detail(place="二楼")))
    assert (paths(found), dict(found.conflicts)) == ([], {})


def test_an_activity_and_a_day_of_the_chat_stay() -> None:
    activity = Activity.model_validate(RESEARCH | {"key": "chat-1"})
    found = merged(file(), file(day=({"date": ON, "kind": "off"},)), activity, Day(date=date(2026, 11, 5), kind="off"))
    assert paths(found) == ["day[2026-11-05]", "activity[chat-1]"]
    assert [one.key for one in found.blueprint.activity] == ["research", "chat-1"]
    assert len(found.blueprint.day) == 2


def test_what_the_file_withdraws_takes_along_what_the_chat_said_of_it() -> None:
    gone = Blueprint.model_validate(FILE | {"activity": ()})
    found = merged(file(), gone, Detail(**detail(place="三楼")))
    assert (found.blueprint.occurrence, found.blueprint.activity) == ((), ())


def test_people_and_hosts_that_are_gone_are_named_no_more() -> None:
    people = tuple(one for one in FILE["person"] if one["key"] != "wu")
    found = merged(file(), file(person=people), Detail(**detail(speaker="wu", place="录播室")))
    assert found.blueprint.occurrence == (Detail(**detail(place="录播室")),)


BOARDS: dict[str, Any] = {"key": "boards", "title": "挂牌", "stage": "着力推进"}
OCTOBER: dict[str, Any] = {"activity": "research", "month": "2026-10", "theme": "作业设计"}


def test_a_blank_that_was_filled_in_stays_and_what_else_the_file_says_of_it_counts() -> None:
    filled = Milestone(**BOARDS, from_=date(2026, 12, 9))
    found = merged(file(milestone=(BOARDS,)), file(milestone=(BOARDS | {"stage": "深度融合"},)), filled)
    (now,) = found.blueprint.milestone
    assert (now.stage, now.from_) == ("深度融合", date(2026, 12, 9))
    assert paths(found) == ["milestone[boards].from"]


def test_a_day_that_file_and_chat_fill_in_differently_is_refused_unless_one_is_preferred() -> None:
    last, now = file(milestone=(BOARDS,)), file(milestone=(BOARDS | {"from_": date(2026, 12, 10)},))
    filled = Milestone(**BOARDS, from_=date(2026, 12, 9), done=True)
    assert dict(merged(last, now, filled).conflicts) == {
        Place("milestone", "boards", "from"): "2026-12-10 in the file, 2026-12-09 set in the chat"
    }
    found = merged(last, now, filled, prefer="file").blueprint.milestone
    assert [(one.from_, one.done) for one in found] == [(date(2026, 12, 10), True)]


def test_a_month_s_theme_of_the_chat_stays_with_its_activity() -> None:
    november = Theme(activity="research", month="2026-11", theme="家乡")
    found = merged(file(theme=(OCTOBER,)), file(theme=(OCTOBER,)), november, Theme(**OCTOBER | {"theme": "评价"}))
    assert [one.theme for one in found.blueprint.theme] == ["评价", "家乡"]
    assert paths(found) == ["theme[research/2026-10].theme", "theme[research/2026-11]"]
    gone = Blueprint.model_validate(FILE | {"activity": ()})
    assert merged(file(), gone, november).blueprint.theme == ()


def test_what_is_undone_is_as_it_was_before() -> None:
    last = file(theme=(OCTOBER,), milestone=(BOARDS,))
    put = amendments.Entries.of([Theme(**OCTOBER | {"theme": "评价"}), Milestone(**BOARDS, done=True)])
    was = amendments.Entries.of([Theme(**OCTOBER), Milestone(**BOARDS)])
    assert amendments.undone(amendments.amended(last, put.every()), put, was) == last


def test_of_a_range_of_days_the_others_stay_as_they_are() -> None:
    exams = {"date": date(2026, 11, 11), "until": date(2026, 11, 13), "kind": "off", "name": "期中考试"}
    school = Day(date=date(2026, 11, 12), kind="school")
    found = set_in_chat(file(day=(exams,)), school)
    assert [(one.date.day, one.kind) for one in found.day] == [(11, "off"), (12, "school"), (13, "off")]
    before, put = file(day=(exams,)), amendments.Entries.of([school])
    was = amendments.Entries.of([amendments.every(before)["day", school.date]])
    back = amendments.undone(found, put, was)
    assert back is not None
    assert [(one.date.day, one.kind) for one in back.day] == [(11, "off"), (12, "off"), (13, "off")]


def held_once(on: date) -> Blueprint:
    meeting = RESEARCH | {"every": "once", "on": on, "hosts": ("core",), "themes": (), "weeks": None}
    return Blueprint.model_validate(FILE | {"activity": (meeting,)})


@pytest.mark.parametrize(
    ("prefer", "held"), [("file", (date(2026, 10, 21), None)), ("chat", (date(2026, 10, 21), date(2026, 10, 16)))]
)
def test_a_day_that_the_file_and_the_chat_both_move_is_refused_unless_one_is_preferred(
    prefer: Prefer, held: tuple[date, date | None]
) -> None:
    """Of what is held once; both know it as the event of the file's new date."""
    last, now = held_once(ON), held_once(date(2026, 10, 21))
    postponed = Detail(**detail(held_on=date(2026, 10, 16), bring="教材"))
    (place,) = merged(last, now, postponed).conflicts
    assert str(place) == "activity[research].on"
    found = merged(last, now, postponed, prefer=prefer)
    assert dict(found.conflicts) == {}
    assert [(one.date, one.held_on, one.bring) for one in found.blueprint.occurrence] == [(*held, "教材")]


def test_a_day_that_was_only_moved_in_the_file_takes_along_what_the_chat_said_of_it() -> None:
    found = merged(held_once(ON), held_once(date(2026, 10, 21)), Detail(**detail(bring="教材")))
    assert [(one.date, one.bring) for one in found.blueprint.occurrence] == [(date(2026, 10, 21), "教材")]
    assert not found.conflicts
