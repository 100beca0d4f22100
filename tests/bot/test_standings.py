"""Standings (落实情况): demanded, done, missing and why not, by month, term, year, class and week, and by people."""

from datetime import date, datetime, time
from typing import Any

from bot.reports.fulfilment import Fulfilment, Why
from bot.reports.standings import Standing, standings
from handlers.record import Record, record
from handlers.record_lines import AddLines, GiveReason, Lines, add_lines, give_reason
from store import agendas, consortiums
from store.class_records import NotHeldReason, RecordStatus
from store.database import Session, Store
from store.occurrences import OccurrenceState
from tests.handlers.event_sample import CLASSES, FILE, LI, MEETING, RESEARCH, School, begin, local

FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
WHOLE_TERM = RESEARCH | {"weeks": "1-21"}
MONTHLY = {"key": "monthly", "title": "共创式主题教研", "rhythm": "month", "activities": ("research",)}
CONTEST = MEETING | {"key": "contest", "kind": "contest", "title": "优质课竞赛决赛", "on": date(2026, 11, 26)}
TERMLY = {"key": "contests", "title": "优质课竞赛", "rhythm": "term", "activities": ("contest",)}
YEARLY = {"key": "inspection", "title": "教学督导与检查", "rhythm": "school_year", "activities": ("inspection",)}
WEEKLY = {"key": "classes", "title": "一周一班会", "rhythm": "week", "activities": ("classes",)}
SECOND: dict[str, Any] = {"key": "t2", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)}


def obliged(store: Store, *activities: dict[str, Any], at: str = "08-25 08:00", **tables: Any) -> School:
    return begin(store, *activities, at=at, **tables)


def reckoned(school: School, key: str, first: date = FIRST, last: date = LAST, of: str | None = None) -> Standing:
    def read(session: Session) -> dict[str, Standing]:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return {one.key: one for one in standings(session, row, first, last, school.now, school=of)}

    return school.ask(read)[key]


def told(standing: Standing) -> list[tuple[str, int, int, Why | None]]:
    return [(one.key, one.demanded, one.done, one.why) for one in standing.periods]


def cancelled(school: School, activity: str, starts_at: datetime) -> None:
    def cancel(session: Session) -> None:
        for row, of in agendas.of_consortium(session, 1):
            if of.key == activity and row.starts_at == starts_at:
                row.state = OccurrenceState.CANCELLED
                session.add(row)

    school.ask(cancel)


def test_a_month_asks_for_one_and_two_are_fine(store: Store) -> None:
    twice = MEETING | {"key": "more", "on": date(2026, 10, 21)}
    both = MONTHLY | {"activities": ("research", "more")}
    school = obliged(store, WHOLE_TERM, twice, obligation=(both,))
    school.until("11-01 08:00")
    found = reckoned(school, "monthly")
    assert told(found) == [
        ("2026-09", 1, 1, None), ("2026-10", 1, 2, None), ("2026-11", 1, 0, Why.TO_COME),
        ("2026-12", 1, 0, Why.TO_COME), ("2027-01", 1, 0, Why.TO_COME),
    ]  # fmt: skip
    assert (found.demanded, found.done, found.missing, found.overdue) == (5, 3, 3, 0)
    assert found.until == date(2026, 11, 30)
    october = school.occurrence("research", "10-14 14:30"), school.occurrence("more", "10-21 09:00")
    assert found.periods[1].evidence == october


def test_what_is_cancelled_meets_no_quota(store: Store) -> None:
    school = obliged(store, WHOLE_TERM, obligation=(MONTHLY,))
    school.until("10-10 08:00")
    cancelled(school, "research", local("10-14 14:30"))
    school.now = local("11-01 08:00")
    found = reckoned(school, "monthly", date(2026, 10, 1), date(2026, 10, 31))
    assert told(found) == [("2026-10", 1, 0, Why.CANCELLED)]
    assert (found.missing, found.overdue, found.until) == (1, 1, None)


def test_a_month_that_is_dropped_for_a_holiday_lacks_and_says_so(store: Store) -> None:
    national_day = WHOLE_TERM | {"on": "first thursday", "on_holiday": "skip"}
    school = obliged(store, national_day, obligation=(MONTHLY,))
    school.until("11-01 08:00")
    [found] = reckoned(school, "monthly", date(2026, 10, 1), date(2026, 10, 31)).periods
    assert (found.demanded, found.done, found.why, found.note) == (1, 0, Why.HOLIDAY, "国庆节")


def test_a_term_that_ends_before_the_rules_date_asks_for_none_in_that_month(store: Store) -> None:
    short = FILE["term"][0] | {"last_day": date(2027, 1, 10)}
    school = obliged(store, WHOLE_TERM, obligation=(MONTHLY,), term=(short, SECOND))
    found = told(reckoned(school, "monthly"))
    assert found[4:6] == [("2027-01", 0, 0, Why.AFTER_TERM), ("2027-02", 0, 0, Why.BEFORE_TERM)]
    assert found[-1] == ("2027-07", 0, 0, Why.AFTER_TERM)


def test_before_the_bot_was_there_nothing_counts(store: Store) -> None:
    school = obliged(store, WHOLE_TERM, obligation=(MONTHLY,), at="10-01 08:00")
    assert told(reckoned(school, "monthly"))[0] == ("2026-09", 0, 0, Why.NOT_COUNTED)


def test_a_term_without_an_event_of_the_kind_is_not_held(store: Store) -> None:
    """Of a term that is over nothing is due any more; nobody planned one for the second."""
    school = obliged(store, CONTEST, obligation=(TERMLY,), term=(*FILE["term"], SECOND))
    school.until("12-01 08:00")
    found = reckoned(school, "contests")
    assert told(found) == [("t", 1, 1, None), ("t2", 1, 0, Why.TO_COME)]
    assert found.until == date(2027, 7, 2)
    school.now = datetime.fromisoformat("2027-07-05T00:00:00+00:00")
    assert told(reckoned(school, "contests"))[1] == ("t2", 1, 0, Why.NOT_HELD)


def test_a_school_year_is_satisfied_by_either_term(store: Store) -> None:
    for_year = MEETING | {"key": "inspection", "kind": "inspection", "on": date(2026, 12, 2)}
    school = obliged(store, for_year, obligation=(YEARLY,), term=(*FILE["term"], SECOND))
    assert told(reckoned(school, "inspection")) == [("2026-2027", 1, 0, Why.TO_COME)]
    school.until("12-03 08:00")
    second_term = reckoned(school, "inspection", SECOND["first_day"], SECOND["last_day"])
    assert told(second_term) == [("2026-2027", 1, 1, None)]


def weekly(school: School, room: str, of: str | None = None) -> list[Fulfilment]:
    return [one for one in reckoned(school, "classes", of=of).periods if one.class_ == room]


def test_each_class_owes_a_meeting_a_week_and_a_week_lost_to_a_holiday_is_none(store: Store) -> None:
    school = obliged(store, CLASSES, obligation=(WEEKLY,))
    held: dict[str, RecordStatus] = {
        "09-07": RecordStatus.HELD, "09-14": RecordStatus.NOT_HELD, "09-28": RecordStatus.MOVED
    }  # fmt: skip
    for day, status in held.items():
        school.until(f"{day} 17:00")
        number = school.occurrence("classes", f"{day} 15:50", "c701")
        school.take(record, Record(number, LI, status))
    school.take(add_lines, AddLines(number, LI, Lines(date(2026, 9, 29))))
    school.until("10-07 08:00")
    found = weekly(school, "c701")
    assert [(one.demanded, one.done, one.why) for one in found[:7]] == [
        (0, 0, Why.BEFORE_TERM), (1, 1, None), (1, 0, Why.NOT_HELD), (1, 0, Why.UNRECORDED), (1, 1, None),
        (0, 0, Why.HOLIDAY), (1, 0, Why.TO_COME),
    ]  # fmt: skip
    assert found[1].evidence == (school.occurrence("classes", "09-07 15:50", "c701"),)
    assert (found[5].key, found[5].note) == ("t/6", "国庆节")
    assert weekly(school, "c701", of="east") == []


def test_a_meeting_not_held_for_a_holiday_is_not_missing(store: Store) -> None:
    school = obliged(store, CLASSES, obligation=(WEEKLY,))
    school.until("09-14 17:00")
    number = school.occurrence("classes", "09-14 15:50", "c701")
    school.take(record, Record(number, LI, RecordStatus.NOT_HELD))
    school.take(give_reason, GiveReason(number, LI, NotHeldReason.HOLIDAY))
    assert (weekly(school, "c701")[2].demanded, weekly(school, "c701")[2].why) == (0, Why.HOLIDAY)


def test_a_month_without_a_theme_is_open(store: Store) -> None:
    themes = {"key": "themes", "title": "一月一主题", "rhythm": "month", "themes": ("classes",)}
    october = {"activity": "classes", "month": "2026-10", "theme": "爱我家乡"}
    school = obliged(store, CLASSES, obligation=(themes,), theme=(october,))
    school.now = local("10-20 08:00")
    found = told(reckoned(school, "themes"))
    assert found[:3] == [("2026-09", 1, 0, Why.NOT_HELD), ("2026-10", 1, 1, None), ("2026-11", 1, 0, Why.TO_COME)]


def test_people_count_by_where_they_were_sent_and_by_post(store: Store) -> None:
    """样王强 works at east and was sent by core, as the roster says."""
    sent = {"key": "sent", "title": "核心校派出", "rhythm": "standing", "count": 2, "from": ("core",), "to": ("east",)}
    head = {"key": "head", "title": "总校长", "rhythm": "standing", "count": 1, "posts": ("总校长",)}
    people = tuple(one | ({"post": "总校长、书记"} if one["key"] in ("qian", "chen") else {}) for one in FILE["person"])
    renamed = {name.replace("from", "from_"): value for name, value in sent.items()}
    school = obliged(store, WHOLE_TERM, obligation=(renamed, head), person=people)
    found = reckoned(school, "sent")
    assert (found.demanded, found.done, found.missing, found.people) == (2, 1, 1, ("wang",))
    assert (reckoned(school, "head").people, reckoned(school, "head").beyond) == (("qian", "chen"), 1)


def test_an_exchange_counts_from_its_first_day_to_its_last(store: Store) -> None:
    sent = {"key": "sent", "title": "派出", "rhythm": "standing", "count": 2, "from_": ("core",), "to": ("east",)}
    until = {"person": "wang", "from_": "core", "to": "east", "since": FIRST, "until": date(2026, 10, 31)}
    school = obliged(store, WHOLE_TERM, obligation=(sent,), exchange=(until,))
    school.now = local("11-20 08:00")
    assert reckoned(school, "sent", FIRST, date(2026, 10, 31)).people == ("wang",)
    assert reckoned(school, "sent").people == ()


def test_what_is_due_each_day_is_not_reckoned(store: Store) -> None:
    evening = CLASSES | {"key": "evening", "every": "day", "on": None, "period": None, "at": time(17), "lasts": "10m"}
    daily = {"key": "evening", "title": "一天一夕会", "rhythm": "day", "activities": ("evening",)}
    school = obliged(store, evening, obligation=(daily,))
    assert (reckoned(school, "evening").demanded, reckoned(school, "evening").missing) == (None, 0)
