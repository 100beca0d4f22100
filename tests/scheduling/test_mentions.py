"""Retelling: who knew of an event by an outlook or a digest alone hears of its change, too, once, and is not asked."""

from datetime import date, time
from typing import Any

from handlers.changed import OccurrenceCancelled, OccurrenceChanged
from store.database import Store
from tests.handlers.event_sample import CLASSES, FILE, RESEARCH, School, begin, local
from tests.scheduling.test_retelling import OFF, changes, reapplied

CHATS = tuple(chat | {"outlook": "sunday 19:00"} for chat in FILE["chat"])
LATE: dict[str, Any] = RESEARCH | {"announce": "2d", "remind": ("1d",)}  # the outlook of the 11th comes first
ROOM: dict[str, Any] = {"activity": "research", "date": date(2026, 10, 14), "place": "一楼"}


def told(store: Store, at: str = "10-11 20:00", **tables: Any) -> School:
    """The outlook is out, and the announcement is not."""
    return begin(store, LATE, CLASSES, chat=CHATS, at="10-09 09:00", **tables, until=at)


def test_a_group_that_knew_by_its_outlook_hears_once_and_is_asked_by_the_announcement(store: Store) -> None:
    school = told(store)
    reapplied(school, LATE | {"at": time(15)}, CLASSES, chat=CHATS)
    said = [one for one in school.until("10-14 12:00") if one.to == "teaching" and not one.edited]
    assert [type(one.outcome).__name__ for one in said] == ["OccurrenceChanged", "Announced", "Reminded"]
    change = said[0].outcome
    assert isinstance(change, OccurrenceChanged)
    assert (change.was.starts_at, change.now.starts_at) == (local("10-14 14:30"), local("10-14 15:00"))
    assert (change.answers, change.ask_again) == (False, False)


def test_a_group_that_was_announced_to_as_well_hears_once(store: Store) -> None:
    school = told(store, "10-12 15:00")
    reapplied(school, LATE | {"at": time(15)}, CLASSES, chat=CHATS)
    assert changes(school, "10-12 15:01") == [("teaching", "OccurrenceChanged")]


def test_what_an_outlook_told_of_and_is_off_is_said(store: Store) -> None:
    school = told(store)
    reapplied(school, CLASSES, chat=CHATS)
    (gone,) = (one.outcome for one in school.until("10-12 08:00") if isinstance(one.outcome, OccurrenceCancelled))
    assert (gone.starts_at, gone.asked) == (local("10-14 14:30"), False)


def test_a_group_hears_once_that_a_days_class_meetings_are_off(store: Store) -> None:
    soon = CLASSES | {"announce": "30m", "remind": ()}
    school = begin(store, soon, chat=CHATS, at="10-09 09:00", until="10-11 20:00")
    reapplied(school, CLASSES | {"announce": "30m", "remind": ()}, chat=CHATS, day=(OFF,))
    assert changes(school, "10-12 12:01") == [("heads", "OccurrenceCancelled")]


def test_what_comes_into_a_week_after_its_outlook_was_not_told_of(store: Store) -> None:
    school = begin(store, LATE, CLASSES, chat=CHATS, at="10-09 09:00")
    reapplied(school, LATE, CLASSES, chat=CHATS, day=(OFF | {"date": date(2026, 10, 14), "until": date(2026, 10, 18)},))
    school.until("10-11 20:00")
    reapplied(school, LATE, CLASSES, chat=CHATS)
    reapplied(school, LATE | {"at": time(15)}, CLASSES, chat=CHATS)
    assert changes(school, "10-12 08:00") == []


def test_a_digest_told_of_the_day_alone(store: Store) -> None:
    school = begin(store, RESEARCH, occurrence=(ROOM,), at="09-20 08:00", until="10-14 20:00")
    november = ROOM | {"date": date(2026, 11, 11)}
    reapplied(school, RESEARCH, occurrence=(november,))
    assert "MonthDigested" in [type(one.outcome).__name__ for one in school.until("11-02 12:00")]
    reapplied(school, RESEARCH, occurrence=(november | {"place": "二楼"},))
    assert changes(school, "11-03 08:00") == []
    reapplied(school, RESEARCH | {"at": time(15)}, occurrence=(november | {"place": "二楼"},))
    assert changes(school, "11-03 09:00") == [("teaching", "OccurrenceChanged")]
