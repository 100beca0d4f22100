"""Holding: what counts in a person's day. What others get does not; nothing is kept back until it is of no use."""

from datetime import date, time
from typing import Any

import pytest
from sqlmodel import col, select

from scheduling import planner
from scheduling.release import release
from store.database import Session, Store
from store.deliveries import Delivery
from tests.handlers.event_sample import CLASSES, FILE, School, begin, local
from tests.scheduling.test_holding import ALL_DAY, FOUR, THREE, founded, hour, meeting, told

LATER = date(2026, 10, 23)
OFFICE: list[dict[str, Any]] = [
    meeting(f"o{at}", time(at), on=LATER, reflect=None, prepare="2d") for at in (9, 12)
]  # the organisers prepare them on the 21st


def said(school: School, person: str) -> list[str]:
    """When this person is sent something that day, what goes out together in one line."""
    for moment in (*ALL_DAY[:3], "10-21 15:30", "10-21 17:00"):
        school.store.call(release, local(moment))
    return school.ask(lambda session: lines(session, school.person(person)))


def lines(session: Session, person: int) -> list[str]:
    found: dict[str, list[Delivery]] = {}
    rows = select(Delivery).where(Delivery.person_id == person, Delivery.due_at >= local("10-21 00:00"))
    for row in session.exec(rows.order_by(col(Delivery.id))):
        found.setdefault(row.bundle or row.dedup_key, []).append(row)
    return sorted(" ".join((hour(same[0].due_at), *(one.kind for one in same))) for same in found.values())


def again(school: School, *activities: dict[str, Any], at: str, most: int) -> None:
    """The file as it is applied on that day."""
    begin(school.store, *activities, consortium=FILE["consortium"] | {"private_budget": most}, at=at)
    school.store.call(planner.plan, local(at))


def test_a_nudge_is_not_kept_back_until_answers_are_over(store: Store) -> None:
    """They are at 9:30: it goes out by itself, though one message a day is asked for."""
    asks = meeting("asks", time(9, 30), on=date(2026, 10, 22), reflect=None, respond_by="1d", nudge=("30m",))
    school = founded(store, *FOUR[1:], asks, most=1)
    assert said(school, "li") == ["21 09:00 nudge", "21 16:00 reflect reflect reflect"]


def test_nor_does_it_join_what_goes_out_just_when_they_are(store: Store) -> None:
    school = founded(store, *FOUR)
    told(school, *ALL_DAY[:3])  # the third waits for the fourth, at 16:00
    asks = meeting("asks", time(16), on=date(2026, 10, 22), reflect=None, respond_by="1d", nudge=("30m",))
    again(school, *FOUR, asks, at="10-21 14:30", most=3)
    assert ["21 15:30 nudge"] in told(school, "10-21 15:30", "10-21 16:00")


def test_what_comes_up_meanwhile_joins_what_waits(store: Store) -> None:
    school = founded(store, *FOUR)
    told(school, *ALL_DAY[:3])
    again(school, *FOUR, meeting("short", time(14, 40)), at="10-21 14:30", most=3)
    assert told(school, "10-21 15:40", "10-21 16:00") == [*THREE[:2], ["21 16:00 reflect"] * 3]


@pytest.mark.parametrize(
    ("asks", "together"),
    [
        ({"remind": ("30m",), "reflect": None}, "21 15:20 reflect remind"),
        ({"remind": (), "reflect": {"due": "2d"}}, "21 16:35 reflect reflect"),
    ],
)
def test_what_is_asked_of_ones_own_class_counts(store: Store, asks: dict[str, Any], together: str) -> None:
    school = founded(store, *FOUR[:2], CLASSES | {"on": "wednesday", "announce": None} | asks, most=2)
    assert said(school, "li") == ["21 09:00 reflect", together]
    assert said(school, "zhou") == ["21 09:00 reflect", "21 11:00 reflect"]  # who has no class


def test_what_is_for_others_alone_does_not_count(store: Store) -> None:
    school = founded(store, *FOUR[:3], FOUR[3] | {"audience": {"schools": ("east",)}})
    assert said(school, "li") == ["21 09:00 reflect", "21 11:00 reflect", "21 14:00 reflect"]
    assert said(school, "wang") == ["21 09:00 reflect", "21 11:00 reflect", "21 16:00 reflect reflect"]


@pytest.mark.parametrize(("at", "later"), [("10-21 10:30", ["11:00", "16:00"]), ("10-21 09:59", ["14:00", "16:00"])])
def test_what_is_taken_out_of_the_file_counts_if_it_had_begun(store: Store, at: str, later: list[str]) -> None:
    """At 10; it is asked about all the same, and what comes at 14 waits for the last."""
    school = founded(store, *FOUR)
    again(school, *FOUR[:1], *FOUR[2:], at=at, most=3)
    assert [line[3:8] for line in said(school, "li")] == ["09:00", *later]


def test_what_is_taken_out_of_the_file_after_it_began_is_waited_for(store: Store) -> None:
    school = founded(store, FOUR[0], FOUR[1] | {"at": time(8, 30), "lasts": "150m"}, most=1)
    again(school, FOUR[0], at="10-21 08:45", most=1)
    assert said(school, "li") == ["21 11:00 reflect reflect"]


def test_what_the_office_gets_counts_there_alone(store: Store) -> None:
    """A summary is about no event; what is to be prepared is about one that teachers are expected at."""
    summed = FILE["consortium"] | {"summary": "wednesday 16:30", "private_budget": 2}
    school = begin(store, *FOUR[:2], *OFFICE, CLASSES, consortium=summed)
    store.call(planner.plan, school.now)
    store.call(release, local("10-20 20:00"))
    assert said(school, "chen") == ["21 09:00 prepare", "21 16:30 prepare summary"]
    assert said(school, "li") == ["21 09:00 reflect", "21 11:00 reflect"]


def test_of_what_was_announced_whoever_is_expected_is_foreseen(store: Store) -> None:
    school = founded(store, *(one | {"announce": "1d"} for one in FOUR))
    assert told(school, "10-20 20:00", *ALL_DAY) == THREE


def test_what_goes_to_a_group_is_part_of_nobodys_day(store: Store) -> None:
    """The group's own budget has made one of them, and one they stay."""
    reminded = [one | {"remind": ("30m",), "reflect": None} for one in FOUR[:2]]  # at 7:30 and 9:30
    school = begin(store, *reminded, consortium=FILE["consortium"] | {"budget": 1, "private_budget": 1})
    store.call(planner.plan, school.now)
    store.call(release, local("10-21 07:30"))
    rows = school.ask(lambda session: session.exec(select(Delivery.bundle, Delivery.due_at)).all())
    assert rows == [("1@20261020T233000", local("10-21 07:30"))] * 2
