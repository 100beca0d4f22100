"""第N周安排: what a chat's activities hold in the week that follows."""

from datetime import date, time
from typing import Any

from handlers.outlook import OutlookEvent, WeekAhead
from store.database import Store
from tests.handlers.event_sample import CLASSES, FILE, RESEARCH, SHANGHAI, School, begin, local

CHATS = tuple(chat | {"outlook": "sunday 19:00"} for chat in FILE["chat"])


def outlooks(school: School, moment: str) -> dict[str, WeekAhead]:
    return {one.to: one.outcome for one in school.until(moment) if isinstance(one.outcome, WeekAhead)}


def test_each_chat_hears_of_its_own_week(store: Store) -> None:
    school = begin(store, RESEARCH, CLASSES, chat=CHATS, at="10-09 09:00")
    assert outlooks(school, "10-11 18:59") == {}
    told = outlooks(school, "10-11 19:00")
    times = local("10-14 14:30").astimezone(SHANGHAI), local("10-14 16:00").astimezone(SHANGHAI)
    event = OutlookEvent("共创式主题教研", *times, "样例东校", None, "作业设计")
    week = (7, date(2026, 10, 12), date(2026, 10, 18))
    assert told["teaching"] == WeekAhead(*week, (event,), (), 0)
    assert told["heads"] == WeekAhead(*week, (), (date(2026, 10, 12),), 3)


def test_a_week_whose_event_is_taken_out_of_the_file_is_not_told(store: Store) -> None:
    school = begin(store, RESEARCH, chat=CHATS, at="10-09 09:00", until="10-11 18:00")
    begin(store, chat=CHATS, at="10-11 18:00")
    assert outlooks(school, "10-12 12:00") == {}


def test_classes_and_events_of_one_chat_are_one_message(store: Store) -> None:
    meeting: dict[str, Any] = CLASSES | {"chat": "teaching", "on": "monday, thursday"}
    morning = RESEARCH | {"key": "early", "title": "样例早会", "on": "second tuesday", "at": time(9), "place": "线上"}
    school = begin(store, RESEARCH, meeting, morning, chat=CHATS, at="10-09 09:00")
    told = outlooks(school, "10-11 19:00")["teaching"]
    assert [(one.title, one.place) for one in told.events] == [("样例早会", "线上"), ("共创式主题教研", None)]
    assert (told.class_days, told.class_meetings) == ((date(2026, 10, 12), date(2026, 10, 15)), 6)
