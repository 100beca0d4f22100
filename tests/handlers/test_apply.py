"""Applying a consortium file: rows as the file has them, what the chat set is kept, what is gone is retired."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.apply import Applied, Apply, ApplyRefused, apply
from handlers.merging import Prefer
from scheduling.clock import MovableClock
from store import accounts, activities, chats, classes, consortiums, linked_accounts, persons, schools
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session, Store

DAY = date(2026, 12, 9)
BOTH = ["teacher", "approver"]
TABLES: dict[str, Any] = {
    "consortium": {"key": "sample", "name": "样例教联体", "timezone": "Asia/Shanghai", "public_holidays": "cn"},
    "school": [
        {"key": "core", "name": "样例中心校", "role": "core", "place": "报告厅"},
        {"key": "east", "name": "样例东校", "role": "member"},
    ],
    "person": [
        {"key": "t1", "name": "样一", "school": "east", "home": "core", "telegram": 7, "roles": BOTH},
        {"key": "t2", "name": "样二", "school": "east", "roles": ["teacher"]},
    ],
    "class_": [{"key": "c1", "school": "east", "name": "一班", "head_teacher": "t1"}],
    "chat": [
        {"key": "all", "title": "样例大群", "platform": "telegram", "address": "-1001", "thread": 42},
        {"key": "heads", "title": "样例班主任群", "platform": "telegram"},
    ],
    "activity": [
        {"key": "opening", "kind": "festival", "title": "开幕", "chat": "all", "every": "once", "on": DAY},
        {"key": "meeting", "kind": "class_meeting", "title": "班会", "every": "week", "on": "monday"},
    ],
}
Take = Callable[..., Applied | ApplyRefused]


def blueprint(**tables: Any) -> Blueprint:
    return Blueprint.model_validate(TABLES | tables)


def without(table: str, key: str) -> Blueprint:
    return blueprint(**{table: [row for row in TABLES[table] if row["key"] != key]})


def altered(table: str, key: str, **values: Any) -> Blueprint:
    return blueprint(**{table: [row | values if row["key"] == key else row for row in TABLES[table]]})


@pytest.fixture
def take(store: Store, clock: MovableClock) -> Take:
    def applied(file: Blueprint, prefer: Prefer | None = None) -> Applied | ApplyRefused:
        return store.call(apply, Apply(file, prefer), clock.now())

    return applied


def done(outcome: Applied | ApplyRefused) -> Applied:
    assert isinstance(outcome, Applied), outcome
    return outcome


def consortium(session: Session) -> int:
    row = consortiums.by_key(session, "sample")
    assert row is not None
    assert row.id is not None
    return row.id


def rows(session: Session) -> dict[str, Any]:
    """Every row that a file writes, as values."""
    key = consortium(session)
    found: dict[str, Any] = {}
    for noun in (schools, persons, classes, chats, activities):
        found |= {f"{noun.__name__}/{name}": row.model_dump() for name, row in noun.by_keys(session, key).items()}
    people = persons.by_keys(session, key)
    roles = persons.roles(session, [row.id for row in people.values() if row.id is not None])
    return found | {"roles": roles, "accounts": linked_accounts.on_platform(session, key, "telegram")}


def link(session: Session, person: str, address: str) -> None:
    row = persons.by_keys(session, consortium(session))[person]
    assert row.id is not None
    linked_accounts.link(session, row.id, accounts.remember(session, Account("telegram", address)))


def bind(session: Session, chat: str, address: str, thread: int = 0) -> None:
    row = chats.by_keys(session, consortium(session))[chat]
    assert row.id is not None
    chats.bind(session, row.id, chats.Place("telegram", address, thread))


def test_a_first_file_writes_what_others_point_at(take: Take, store: Store) -> None:
    done(take(blueprint()))
    found = store.call(rows)
    core, east = found["store.schools/core"], found["store.schools/east"]
    assert (core["role"], core["place"], east["role"]) == ("core", "报告厅", "member")
    first, second = found["store.persons/t1"], found["store.persons/t2"]
    assert (first["school_id"], first["home_id"], second["home_id"]) == (east["id"], core["id"], None)
    assert found["accounts"] == {"t1": Account("telegram", "7")}
    assert found["roles"] == {first["id"]: {"teacher", "approver"}, second["id"]: {"teacher"}}
    assert found["store.classes/c1"]["head_teacher_id"] == first["id"]
    assert [found["store.chats/all"][key] for key in ("address", "thread")] == ["-1001", 42]
    assert found["store.chats/heads"]["address"] is None
    assert found["store.activities/opening"]["chat_id"] == found["store.chats/all"]["id"]
    assert found["store.activities/meeting"]["chat_id"] is None


def test_the_file_applied_last_is_kept_whole(take: Take, store: Store) -> None:
    done(take(blueprint()))

    def kept(session: Session) -> Blueprint:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return consortiums.blueprint(row)

    assert store.call(kept) == blueprint()


def test_the_same_file_again_changes_no_row(take: Take, store: Store, clock: MovableClock) -> None:
    done(take(blueprint()))
    before = store.call(rows)
    clock.forward(timedelta(days=1))
    outcome = done(take(blueprint()))
    assert (outcome.added, outcome.changed, outcome.retired, outcome.kept) == ((), (), (), ())
    assert store.call(rows) == before


def test_trying_out_says_the_same_and_writes_nothing(store: Store, clock: MovableClock, take: Take) -> None:
    tried = done(store.try_out(apply, Apply(blueprint(), dry_run=True), clock.now()))
    assert store.call(consortiums.by_key, "sample") is None
    assert (tried.added, tried.applied) == (done(take(blueprint())).added, False)


def test_what_is_gone_is_retired_and_comes_back_as_it_was(take: Take, store: Store, clock: MovableClock) -> None:
    done(take(blueprint()))
    before = store.call(rows)
    for table, key in (("person", "t2"), ("activity", "opening"), ("chat", "heads"), ("class_", "c1")):
        outcome = done(take(without(table, key)))
        assert [str(place) for place in outcome.retired] == [f"{table.rstrip('_')}[{key}]"]
        noun = {"person": persons, "activity": activities, "chat": chats, "class_": classes}[table]
        retired = store.call(rows)[f"{noun.__name__}/{key}"]
        assert retired["retired_at"] == clock.now()
        done(take(blueprint()))
        assert store.call(rows) == before


def test_who_is_retired_is_a_stranger_and_known_again_on_return(take: Take, store: Store) -> None:
    done(take(blueprint()))
    done(take(altered("person", "t1", telegram=None)))
    store.call(link, "t2", "9")
    done(take(without("person", "t2")))
    assert store.call(persons.of_account, Account("telegram", "9"), 1) is None
    outcome = done(take(blueprint()))
    known = store.call(persons.of_account, Account("telegram", "9"), 1)
    assert known is not None
    assert (known.key, [str(place) for place in outcome.kept]) == ("t2", ["person[t2].telegram"])


def test_roles_and_schools_change_with_the_file(take: Take, store: Store) -> None:
    done(take(blueprint()))
    outcome = done(take(altered("person", "t1", roles=["teacher", "organiser"], school="core", home=None)))
    changes = [(str(change.path), change.before, change.after) for change in outcome.changed]
    assert changes == [
        ("person[t1].school", "east", "core"),
        ("person[t1].roles", ["teacher", "approver"], ["teacher", "organiser"]),
        ("person[t1].home", "core", None),
    ]
    known = store.call(persons.of_account, Account("telegram", "7"), 1)
    assert known is not None
    assert known.roles == {"teacher", "organiser"}


def test_what_was_set_in_the_chat_stays_where_the_file_leaves_it_out(take: Take, store: Store) -> None:
    done(take(blueprint()))
    store.call(link, "t2", "9")
    store.call(bind, "heads", "-1002")
    before = store.call(rows)
    outcome = done(take(blueprint()))
    assert [str(place) for place in outcome.kept] == ["person[t2].telegram", "chat[heads].address"]
    assert (outcome.changed, store.call(rows)) == ((), before)


def test_where_both_changed_the_same_nothing_is_written_before_one_is_preferred(take: Take, store: Store) -> None:
    done(take(blueprint()))
    store.call(bind, "all", "-1003")
    before = store.call(rows)
    file = altered("chat", "all", address="-1004", title="新名")
    outcome = take(file)
    assert isinstance(outcome, ApplyRefused)
    assert [conflict.where for conflict in outcome.conflicts] == ["chat[1].address"]
    assert store.call(rows) == before
    done(take(file, "chat"))
    assert store.call(rows)["store.chats/all"] | {"title": ""} == before["store.chats/all"] | {"title": ""}
    done(take(altered("chat", "all", address="-1005"), "file"))
    assert [store.call(rows)["store.chats/all"][key] for key in ("address", "thread")] == ["-1005", 42]


def test_a_new_address_opens_a_chat_that_was_closed(take: Take, store: Store, clock: MovableClock) -> None:
    done(take(blueprint()))
    store.call(chats.close, "telegram", "-1001", clock.now())
    done(take(altered("chat", "all", title="新名")))
    assert store.call(rows)["store.chats/all"]["closed_at"] == clock.now()
    done(take(altered("chat", "all", address="-1006")))
    assert store.call(rows)["store.chats/all"]["closed_at"] is None


def test_accounts_and_groups_change_hands_in_one_file(take: Take, store: Store) -> None:
    def file(first: int, second: int, one: str, other: str) -> Blueprint:
        people = [row | {"telegram": number} for row, number in zip(TABLES["person"], (first, second), strict=True)]
        groups = [row | {"address": where} for row, where in zip(TABLES["chat"], (one, other), strict=True)]
        return blueprint(person=people, chat=[{**group, "thread": None} for group in groups])

    done(take(file(7, 8, "-1", "-2")))
    done(take(file(8, 7, "-2", "-1")))
    found = store.call(rows)
    assert {key: account.address for key, account in found["accounts"].items()} == {"t1": "8", "t2": "7"}
    assert [found[f"store.chats/{key}"]["address"] for key in ("all", "heads")] == ["-2", "-1"]


def test_a_person_or_a_chat_under_a_new_key_takes_account_and_address_along(take: Take, store: Store) -> None:
    done(take(blueprint()))
    people = [row | {"key": "t9"} if row["key"] == "t1" else row for row in TABLES["person"]]
    groups = [row | {"key": "new"} if row["key"] == "all" else row for row in TABLES["chat"]]
    rooms = [row | {"head_teacher": "t9"} for row in TABLES["class_"]]
    events = [row | {"chat": "new"} if "chat" in row else row for row in TABLES["activity"]]
    done(take(blueprint(person=people, chat=groups, class_=rooms, activity=events)))
    found = store.call(rows)
    assert found["accounts"] == {"t9": Account("telegram", "7")}
    assert [found[f"store.chats/{key}"]["address"] for key in ("all", "new")] == [None, "-1001"]


def test_a_group_of_another_consortium_is_refused_at_its_place(take: Take, store: Store) -> None:
    done(take(blueprint()))
    other = blueprint(consortium=TABLES["consortium"] | {"key": "other"})
    outcome = take(other)
    assert isinstance(outcome, ApplyRefused)
    line = "chat[1].address: -1001: expected a group that no other consortium uses"
    assert list(map(str, outcome.conflicts)) == [line]
    assert store.call(consortiums.by_key, "other") is None


def test_two_consortiums_may_know_the_same_person(take: Take, store: Store) -> None:
    done(take(blueprint()))
    before = store.call(rows)
    done(take(blueprint(consortium=TABLES["consortium"] | {"key": "other"}, chat=[], activity=[])))
    assert store.call(rows) == before
