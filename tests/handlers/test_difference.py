"""The three-way difference: the file applied last, the file now, and what was set in the chat."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.difference import Difference, compare
from handlers.entries import Fields, Place
from handlers.merging import Prefer
from store.blueprint import Blueprint

DAY = date(2026, 12, 9)
CONSORTIUM = {"key": "sample", "name": "样例", "timezone": "UTC", "public_holidays": "none"}
T1, T2, CHAT = Place("person", "t1"), Place("person", "t2"), Place("chat", "all")


def file(**tables: Any) -> Blueprint:
    return Blueprint.model_validate({"consortium": CONSORTIUM, **tables})


def person(key: str, telegram: int | None = None, name: str = "样一") -> dict[str, Any]:
    return {"key": key, "name": name, "school": "core", "roles": ["teacher"], "telegram": telegram}


def chat(address: str | None = None, thread: int | None = None) -> dict[str, Any]:
    return {"key": "all", "title": "样例群", "platform": "telegram", "address": address, "thread": thread}


def activity(**keys: Any) -> dict[str, Any]:
    return {"key": "a", "kind": "meeting", "title": "样例", "chat": "all", "every": "once", "on": DAY, **keys}


def linked(*telegram: int | None, of: tuple[Place, ...] = (T1, T2)) -> dict[Place, Fields]:
    return {place: {"telegram": number} for place, number in zip(of, telegram, strict=False) if number}


def changed(difference: Difference) -> list[tuple[str, Any, Any]]:
    return [(str(change.path), change.before, change.after) for change in difference.changed]


def values(difference: Difference) -> dict[str, Fields]:
    return {str(word.entry): word.value for word in difference.words}


def test_a_first_file_adds_every_entry_by_its_own_name() -> None:
    found = compare(
        None,
        file(
            school=[{"key": "core", "name": "样例校", "role": "core"}],
            period=[{"school": "core", "number": 7, "starts": "15:50", "ends": "16:35"}],
            person=[person("t1", 7)],
            class_=[{"key": "c1", "school": "core", "name": "一班"}],
            term=[{"key": "2026-1", "name": "学期", "first_day": "2026-09-01", "last_day": "2027-01-22"}],
            day=[{"date": "2026-10-10", "kind": "off"}],
            chat=[chat("-1", 42)],
            activity=[activity()],
            occurrence=[{"activity": "a", "date": DAY}, {"activity": "m", "date": DAY, "class_": "c1"}],
        ),
        {},
        None,
    )
    assert list(map(str, found.added)) == [
        "consortium", "school[core]", "period[core/7]", "person[t1]", "class[c1]", "term[2026-1]", "day[2026-10-10]",
        "chat[all]", "activity[a]", "occurrence[a/2026-12-09]", "occurrence[m/2026-12-09/c1]",
    ]  # fmt: skip
    assert (found.changed, found.retired, found.kept, found.conflicts) == ((), (), (), ())
    assert values(found) == {"person[t1]": {"telegram": 7}, "chat[all]": {"address": "-1", "thread": 42}}


def test_the_same_file_changes_nothing() -> None:
    check_in = {"opens": "5m", "closes": "9m"}
    same = file(person=[person("t1", 7)], chat=[chat("-1", 42)], activity=[activity(check_in=check_in)])
    found = compare(same, same, linked(7) | {CHAT: {"address": "-1", "thread": 42}}, None)
    assert (found.added, found.changed, found.retired, found.kept, found.conflicts) == ((), (), (), (), ())


def test_a_change_names_its_key_and_both_values_as_the_file_spells_them() -> None:
    before = file(activity=[activity(at="14:30", remind=["1d"], check_in={"opens": "15m", "closes": "30m"})])
    new = {"at": "08:00", "on": DAY + timedelta(1), "check_in": {"opens": "15m", "closes": "40m"}, "place": "线上"}
    after = file(activity=[activity(**new)])
    assert changed(compare(before, after, {}, None)) == [
        ("activity[a].on", "2026-12-09", "2026-12-10"),
        ("activity[a].at", "14:30", "08:00"),
        ("activity[a].place", None, "线上"),
        ("activity[a].check_in.closes", "30m", "40m"),
        ("activity[a].remind", ["1d"], None),
    ]


def test_a_key_of_the_consortium_has_a_path_without_a_row() -> None:
    after = file().model_copy(update={"consortium": file().consortium.model_copy(update={"name": "新名"})})
    assert changed(compare(file(), after, {}, None)) == [("consortium.name", "样例", "新名")]


def test_the_order_of_rows_is_no_difference() -> None:
    one, two = person("t1"), person("t2")
    found = compare(file(person=[one, two]), file(person=[two, one]), {}, None)
    assert (found.added, found.changed, found.retired) == ((), (), ())


def test_an_entry_that_is_gone_is_retired() -> None:
    found = compare(file(person=[person("t1"), person("t2")]), file(person=[person("t2")]), linked(7), None)
    assert list(map(str, found.retired)) == ["person[t1]"]


# Last file, file now, what holds now; then what shall hold, and what is told of it.
ACCOUNTS = [
    (None, 7, None, 7, "changed"),  # the file links
    (7, 8, 7, 8, "changed"),  # the file changes its own word
    (7, None, 7, None, "changed"),  # the file takes it back
    (None, None, 9, 9, "kept"),  # linked in the chat, the file is silent
    (7, 7, 9, 9, "kept"),  # linked anew in the chat, the file says what it said
    (7, None, 9, 9, "kept"),  # linked anew in the chat, the file falls silent
    (7, 7, None, None, "kept"),  # unlinked in the chat
    (None, 9, 9, 9, ""),  # both say the same
    (None, 7, 9, None, "refused"),
    (7, 8, 9, None, "refused"),
    (7, 8, None, None, "refused"),
]


@pytest.mark.parametrize(("last", "now", "held", "value", "told"), ACCOUNTS)
def test_an_account_is_settled_between_file_and_chat(
    last: int | None, now: int | None, held: int | None, value: int | None, told: str
) -> None:
    found = compare(file(person=[person("t1", last)]), file(person=[person("t1", now)]), linked(held), None)
    assert bool(found.conflicts) == (told == "refused")
    if told != "refused":
        assert (bool(found.changed), bool(found.kept)) == (told == "changed", told == "kept")
        assert values(found)["person[t1]"].get("telegram") == value


@pytest.mark.parametrize(("prefer", "value", "told"), [("file", 8, "changed"), ("chat", 9, "kept")])
def test_whose_word_counts_may_be_said(prefer: Prefer, value: int, told: str) -> None:
    last, now = file(person=[person("t1", 7)]), file(person=[person("t1", 8)])
    found = compare(last, now, linked(9), prefer)
    assert values(found)["person[t1]"] == {"telegram": value}
    assert (bool(found.changed), bool(found.kept), found.conflicts) == (told == "changed", told == "kept", ())
    again = compare(now, now, linked(value), None)
    assert (again.changed, again.conflicts) == ((), ())


def test_a_conflict_names_its_row_in_the_file_both_values_and_the_way_out() -> None:
    last, now = file(person=[person("t2"), person("t1", 7)]), file(person=[person("t2"), person("t1", 8)])
    (conflict,) = compare(last, now, linked(9), None).conflicts
    assert str(conflict).startswith("person[2].telegram: 8 in the file, 9 set in the chat: expected")
    assert str(conflict).endswith("--prefer file or --prefer chat")


def test_a_group_and_its_topic_are_one_word() -> None:
    last, now = file(chat=[chat("-1", 42)]), file(chat=[chat("-1", 43)])
    bound = {CHAT: {"address": "-2"}}
    (conflict,) = compare(last, now, bound, None).conflicts
    assert str(conflict).startswith("chat[1].address: -1/43 in the file, -2 set in the chat:")
    assert values(compare(last, now, bound, "chat"))["chat[all]"] == {"address": "-2"}
    found = compare(last, now, bound, "file")
    assert changed(found) == [("chat[all].address", "-2", "-1"), ("chat[all].thread", None, 43)]


def test_two_people_change_accounts() -> None:
    last, now = file(person=[person("t1", 7), person("t2", 8)]), file(person=[person("t1", 8), person("t2", 7)])
    found = compare(last, now, linked(7, 8), None)
    assert values(found) == {"person[t1]": {"telegram": 8}, "person[t2]": {"telegram": 7}}
    assert not found.conflicts


def test_an_account_that_the_chat_gave_to_another_is_given_once() -> None:
    last, now = file(person=[person("t1"), person("t2")]), file(person=[person("t1", 7), person("t2")])
    held = linked(7, of=(T2,))
    (conflict,) = compare(last, now, held, None).conflicts
    assert str(conflict).startswith("person[1].telegram: 7 in the file, given to person[t2] in the chat:")
    by_file, by_chat = compare(last, now, held, "file"), compare(last, now, held, "chat")
    assert values(by_file) == {"person[t1]": {"telegram": 7}, "person[t2]": {}}
    assert changed(by_file) == [("person[t1].telegram", None, 7), ("person[t2].telegram", 7, None)]
    assert values(by_chat) == {"person[t1]": {}, "person[t2]": {"telegram": 7}}
    assert by_chat.changed == ()


def test_who_comes_back_keeps_the_account_unless_the_file_names_another() -> None:
    last = file(person=[person("t2")])
    silent = compare(last, file(person=[person("t1"), person("t2")]), linked(7), None)
    assert (list(map(str, silent.added)), list(map(str, silent.kept))) == (["person[t1]"], ["person[t1].telegram"])
    other = compare(last, file(person=[person("t1", 8), person("t2")]), linked(7), None)
    assert (values(other)["person[t1]"], other.conflicts) == ({"telegram": 8}, ())


numbers = st.none() | st.integers(1, 4)
rosters = st.lists(numbers, min_size=3, max_size=3).filter(lambda row: len({*row}) == 3 or row.count(None) > 1)


@given(last=rosters, now=rosters, held=rosters, prefer=st.sampled_from([None, "file", "chat"]))
def test_an_account_is_never_given_twice_and_the_second_time_nothing_changes(
    last: list[int | None], now: list[int | None], held: list[int | None], prefer: Prefer | None
) -> None:
    def people(row: list[int | None]) -> Blueprint:
        return file(person=[person(f"t{place}", number) for place, number in enumerate(row)])

    places = tuple(Place("person", f"t{place}") for place in range(3))
    found = compare(people(last), people(now), linked(*held, of=places), prefer)
    given_out = [word.value["telegram"] for word in found.words if word.value]
    assert len(set(given_out)) == len(given_out)
    if prefer is not None:
        assert not found.conflicts
    if not found.conflicts:
        after = {word.entry: word.value for word in found.words}
        again = compare(people(now), people(now), after, None)
        assert (again.changed, again.conflicts) == ((), ())
        assert {word.entry: word.value for word in again.words} == after


def test_the_optional_keys_are_told_like_any_other() -> None:
    exam = {"from_": "2026-11-12", "until": "2026-11-13"}
    before = file(chat=[chat()], activity=[activity(prepare="8d")], exam=[exam])
    consortium = CONSORTIUM | {"budget": 2}
    after = Blueprint.model_validate(
        {
            "consortium": consortium,
            "chat": [chat() | {"outlook": "sunday 19:00"}],
            "activity": [activity(prepare="9d")],
            "exam": [exam | {"until": "2026-11-14"}, {"from_": "2027-01-18", "until": "2027-01-20"}],
        }
    )
    found = compare(before, after, {}, None)
    assert changed(found) == [
        ("consortium.budget", None, 2),
        ("exam[2026-11-12].until", "2026-11-13", "2026-11-14"),
        ("chat[all].outlook", None, "sunday 19:00"),
        ("activity[a].prepare", "8d", "9d"),
    ]
    assert [str(place) for place in found.added] == ["exam[2027-01-18]"]
    assert [str(place) for place in compare(after, before, {}, None).retired] == ["exam[2027-01-18]"]
