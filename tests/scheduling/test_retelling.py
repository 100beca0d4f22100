"""Retelling: class meetings that a day off takes away, and what a later file, or a year that is published, moves."""

from datetime import date, time
from typing import Any

from handlers.changed import ClassMeetingsScattered, OccurrenceCancelled, OccurrenceChanged, OccurrenceRestored
from handlers.class_date import ClassMeetingsAnnounced
from handlers.school_class import ClassMeetingReminded, RecordAsked
from scheduling import planner
from store import audit, check_ins, leaves, responses
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, RESEARCH, SHANGHAI, School, begin, local

OFF: dict[str, Any] = {"date": date(2026, 10, 12), "kind": "off", "name": "运动会"}


def reapplied(school: School, *activities: dict[str, Any], **tables: Any) -> None:
    begin(school.store, *activities, at=f"{school.now.astimezone(SHANGHAI):%m-%d %H:%M}", **tables)
    school.store.call(planner.plan, school.now)


def state_of(session: Session, occurrence: int, person: int) -> str | None:
    found = leaves.of(session, occurrence, person)
    return found.state if found else None


def changes(school: School, moment: str) -> list[tuple[str, str]]:
    """Whom what has been told of a change by then."""
    said = (one for one in school.until(moment) if not one.edited)
    return sorted(
        (one.to, type(one.outcome).__name__)
        for one in said
        if isinstance(one.outcome, OccurrenceCancelled | OccurrenceChanged)
    )


def test_a_group_hears_once_that_a_days_class_meetings_are_off_and_each_head_hears_it(store: Store) -> None:
    school = begin(store, CLASSES, until="10-12 12:00")
    reapplied(school, CLASSES, day=(OFF,))
    gone = "OccurrenceCancelled"
    assert changes(school, "10-12 12:01") == [("heads", gone), ("li", gone), ("wang", gone), ("zhao", gone)]


def test_who_was_not_told_of_a_class_meeting_hears_nothing_of_its_end(store: Store) -> None:
    school = begin(store, CLASSES, until="10-08 12:00")
    reapplied(school, CLASSES, day=(OFF,))
    assert changes(school, "10-09 12:00") == []


def test_of_two_changes_before_anybody_heard_one_is_told(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    reapplied(school, RESEARCH | {"at": time(16)})
    (said,) = (one.outcome for one in school.until("10-08 12:01") if isinstance(one.outcome, OccurrenceChanged))
    assert (said.was.starts_at, said.now.starts_at) == (local("10-14 14:30"), local("10-14 16:00"))


def test_what_is_as_it_was_again_before_anybody_heard_is_not_told(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    reapplied(school, RESEARCH)
    assert changes(school, "10-09 12:00") == []


def test_a_change_in_quiet_hours_waits_for_their_end(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 21:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    assert changes(school, "10-09 07:29") == []
    assert changes(school, "10-09 07:30") == [("teaching", "OccurrenceChanged")]


def test_another_day_asks_again_and_another_hour_does_not(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    number = school.occurrence("research", "10-14 14:30")
    accepted, person = responses.ParticipationStatus.ACCEPTED, school.person("li")
    store.call(responses.record, number, person, accepted, school.now, late=False)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH | {"at": time(15)})
    assert store.call(responses.said, number, person).status == accepted
    reapplied(school, RESEARCH | {"at": time(15)}, day=(OFF | {"date": date(2026, 10, 14)},))
    sent = (one for one in school.until("10-08 12:06") if not one.edited)
    (said,) = (one.outcome for one in sent if isinstance(one.outcome, OccurrenceChanged))
    assert (said.ask_again, said.now.starts_at) == (True, local("10-15 15:00"))
    assert store.call(responses.said, number, person).status is None


def test_who_checked_in_on_the_day_that_was_has_not_come_on_the_other(store: Store) -> None:
    asked = RESEARCH | {"check_in": {"opens": "15m", "closes": "30m"}}
    school = begin(store, asked, until="10-14 14:16")
    number, li = school.occurrence("research", "10-14 14:30"), school.person("li")
    came = number, li, school.now, check_ins.CheckInMethod.BUTTON
    store.call(check_ins.record, *came, late=False)
    school.now = local("10-14 14:20")
    reapplied(school, asked | {"at": time(15)})
    school.until("10-14 14:22")
    assert store.call(check_ins.people, number) == [li]
    reapplied(school, asked | {"at": time(15)}, day=(OFF | {"date": date(2026, 10, 14)},))
    school.until("10-14 14:24")
    assert store.call(check_ins.people, number) == []
    traces = school.ask(lambda session: [(one.actor_id, one.was, one.became) for one in audit.of(session, number, li)])
    assert traces == [(None, "present", "")]


def test_an_answer_stays_where_a_move_is_taken_back_before_anybody_heard(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    number, person = school.occurrence("research", "10-14 14:30"), school.person("li")
    accepted = responses.ParticipationStatus.ACCEPTED
    store.call(responses.record, number, person, accepted, school.now, late=False)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH, day=(OFF | {"date": date(2026, 10, 14)},))
    reapplied(school, RESEARCH)
    assert changes(school, "10-09 12:00") == []
    assert store.call(responses.said, number, person).status == accepted


def test_an_approved_leave_of_another_day_is_none(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 12:00")
    number, person = school.occurrence("research", "10-14 14:30"), school.person("li")
    store.call(leaves.ask, number, person, None, "", school.now)
    school.now = local("10-08 12:05")
    reapplied(school, RESEARCH, day=(OFF | {"date": date(2026, 10, 14)},))
    school.until("10-08 12:06")
    assert store.call(state_of, number, person) == leaves.LeaveState.WITHDRAWN


def test_a_reminder_whose_moment_a_change_has_told_of_is_not_sent(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-13 15:00")
    reapplied(school, RESEARCH | {"at": time(15)})
    said = [type(one.outcome).__name__ for one in school.until("10-13 15:05") if not one.edited]
    assert said == ["OccurrenceChanged"]


def moved(day: int, *rooms: str, **more: Any) -> list[dict[str, Any]]:
    """Those classes' meetings of the 12th, on another day of October."""
    detail = {"activity": "classes", "date": date(2026, 10, 12), "held_on": date(2026, 10, day)} | more
    return [detail | {"class_": room} for room in rooms]


def cancelled(*rooms: str) -> list[dict[str, Any]]:
    return moved(12, *rooms, held_on=None, cancelled=True)


def card(school: School) -> Any:
    """What the announcement of the 12th has become, the newest edit of it."""
    return [one.outcome for one in school.said if one.to == "heads" and one.edited][-1]


def announced_for(said: list[Any]) -> list[tuple[date, int]]:
    """Dates and how many classes, of what was announced to the group."""
    found = (one.outcome for one in said if isinstance(one.outcome, ClassMeetingsAnnounced) and not one.edited)
    return [(one.date, sum(school.classes for school in one.schools)) for one in found]


def test_one_class_that_moves_is_told_to_its_head_and_the_announcement_counts_those_that_are_left(store: Store) -> None:
    school = begin(store, CLASSES, until="10-12 12:00")  # c701 is the first of the day: it speaks for all
    reapplied(school, CLASSES, occurrence=moved(14, "c701"))
    assert changes(school, "10-12 12:01") == [("li", "OccurrenceChanged")]
    left = card(school)
    assert isinstance(left, ClassMeetingsAnnounced)
    assert (left.date, [(one.school, one.classes) for one in left.schools]) == (
        date(2026, 10, 12), [("样例中心校", 1), ("样例东校", 1)]
    )  # fmt: skip
    said = school.until("10-14 20:00")
    assert announced_for(said) == [(date(2026, 10, 14), 1)]
    asked = [one.outcome for one in said if isinstance(one.outcome, RecordAsked) and one.to == "li"]
    assert [one.starts_at for one in asked] == [local("10-14 15:50")]


def test_before_the_announcement_it_counts_the_classes_of_each_date(store: Store) -> None:
    school = begin(store, CLASSES, until="10-08 12:00")
    reapplied(school, CLASSES, occurrence=moved(14, "c701", "c702"))
    said = school.until("10-14 20:00")
    assert announced_for(said) == [(date(2026, 10, 12), 1), (date(2026, 10, 14), 2)]


def test_the_theme_of_one_class_is_its_own_and_the_group_hears_that_of_most(store: Store) -> None:
    school = begin(store, CLASSES, until="10-08 12:00")
    reapplied(school, CLASSES, occurrence=moved(12, "c701", held_on=None, theme="毕业季"))
    said = [one.outcome for one in school.until("10-12 12:00")]
    (group,) = (one for one in said if isinstance(one, ClassMeetingsAnnounced))
    assert group.theme == "爱我家乡"
    heads = {one.class_name: one.theme for one in said if isinstance(one, ClassMeetingReminded)}
    assert heads == {"七(1)班": "毕业季", "七(2)班": "爱我家乡", "八(1)班": "爱我家乡"}


def test_a_class_at_another_hour_of_the_day_is_shown_with_its_own_times(store: Store) -> None:
    school = begin(store, CLASSES, until="10-08 12:00")
    reapplied(school, CLASSES, occurrence=moved(12, "c702", held_on=None, at=time(14), lasts="45m"))
    (group,) = (one.outcome for one in school.until("10-12 12:00") if isinstance(one.outcome, ClassMeetingsAnnounced))
    assert [(one.school, one.classes, f"{one.starts_at:%H:%M}") for one in group.schools] == [
        ("样例中心校", 1, "14:00"), ("样例中心校", 1, "15:50"), ("样例东校", 1, "16:00")
    ]  # fmt: skip


def test_once_the_last_has_left_the_date_the_group_is_told_even_if_the_first_left_earlier(store: Store) -> None:
    school = begin(store, CLASSES, until="10-12 12:00")
    reapplied(school, CLASSES, occurrence=moved(14, "c701"))
    school.until("10-12 12:30")
    reapplied(school, CLASSES, occurrence=[*moved(14, "c701"), *cancelled("c702", "c801")])
    gone = "OccurrenceCancelled"
    assert changes(school, "10-12 12:31") == [("wang", gone), ("zhao", gone)]
    said = (one.outcome for one in school.said if not one.edited)
    (group,) = (one for one in said if isinstance(one, ClassMeetingsScattered))
    assert group.day == date(2026, 10, 12)
    assert isinstance(card(school), ClassMeetingsScattered)


def test_all_that_go_to_one_day_are_told_so_and_all_that_come_back_too(store: Store) -> None:
    school = begin(store, CLASSES, until="10-12 12:00")
    reapplied(school, CLASSES, occurrence=moved(14, "c701", "c702", "c801"))
    said = [one for one in school.until("10-12 12:01") if one.to == "heads"]
    (told,) = (one.outcome for one in said if isinstance(one.outcome, OccurrenceChanged))
    assert (told.class_name, told.answers, told.ask_again) == (None, False, False)
    assert card(school).date == date(2026, 10, 14)
    reapplied(school, CLASSES, day=(OFF,))
    school.until("10-12 12:02")
    reapplied(school, CLASSES)
    back = [one for one in school.until("10-12 12:03") if one.to == "heads" and not one.edited]
    assert [type(one.outcome) for one in back] == [OccurrenceRestored]
    assert card(school).date == date(2026, 10, 12)
