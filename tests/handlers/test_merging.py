"""Merging: an unchanged file leaves the chat's edits alone; where both changed the same, that place is refused."""

from datetime import date
from typing import Any

import pytest

from handlers.merging import Merged, Prefer, merge
from store import amendments
from store.amendments import Entry
from store.blueprint import Activity, Blueprint, Day, Detail
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
