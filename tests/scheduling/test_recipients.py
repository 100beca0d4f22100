"""Recipients: whoever a message is for at that moment, and nobody who has done what it asks for."""

from collections.abc import Collection
from datetime import datetime

from handlers.record import Record, record
from scheduling.recipients import overseers, recipients, still_owing
from store import nudges, persons, reflections
from store.class_records import RecordStatus
from store.database import Session, Store
from store.reminders import Reminder, ReminderKind, Whom
from tests.handlers.event_sample import CLASSES, LI, RESEARCH, WANG, School, attend, begin, local


def keys(school: School, found: Collection[int]) -> list[str]:
    return school.ask(
        lambda session: sorted(key for key, one in persons.by_keys(session, 1).items() if one.id in found)
    )


def owing(school: School, whom: Whom, occurrence: int) -> list[str]:
    return keys(school, school.store.call(still_owing, whom, occurrence, school.now))


def answering(school: School, *people: str) -> list[str]:
    """Who answers for people of these people's schools."""

    def found(session: Session) -> Collection[int]:
        known = persons.by_keys(session, 1)
        return overseers(session, 1, {known[key].school_id for key in people})

    return keys(school, school.ask(found))


def test_whoever_answers_for_the_missing_hears_of_their_own_school_and_the_office_of_all(store: Store) -> None:
    school = begin(store, RESEARCH)
    assert answering(school, "li") == ["chen"]  # 样例中心校 has no approver, and that of 样例东校 does not hear of it
    assert answering(school, "li", "zhao") == ["chen", "zhou"]
    assert answering(school) == []


def test_the_clock_nudges_nobody_whom_the_office_has_nudged_since_midnight(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-12 08:00")
    event = school.occurrence("research", "10-14 14:30")
    for key, at in (("li", "10-12 00:00"), ("wang", "10-11 23:59:59.999999")):
        store.call(nudges.owe, event, [school.person(key)], local(at), local("10-14 14:30"))
    school.now = local("10-12 09:10:11.000012")
    assert owing(school, Whom.UNANSWERED, event) == ["wang", "wu", "zhao", "zhou"]


def test_who_has_written_or_wants_to_write_none_is_not_reminded_of_it(store: Store) -> None:
    school = begin(store, RESEARCH)
    attend(school, LI, WANG)
    event = school.occurrence("research", "10-14 14:30")
    assert owing(school, Whom.UNREFLECTED, event) == ["li", "wang"]
    store.call(reflections.skip, event, school.person("wang"), school.now)
    assert owing(school, Whom.UNREFLECTED, event) == ["li"]
    assert owing(school, Whom.ATTENDED, event) == ["li", "wang"]
    assert store.call(recipients, about(event, school.now), school.now) == []


def about(event: int, now: datetime) -> Reminder:
    """To the chat."""
    kind, whom = ReminderKind.CHECK_IN, Whom.CHAT
    return Reminder(
        dedup_key="", consortium_id=1, kind=kind, whom=whom, occurrence_id=event, chat_id=1, at=now, until=now
    )


def test_a_class_whose_record_is_there_owes_none_and_another_does(store: Store) -> None:
    school = begin(store, CLASSES, until="10-12 17:00")
    first, second = (school.occurrence("classes", "10-12 15:50", room) for room in ("c701", "c702"))
    school.take(record, Record(first, LI, RecordStatus.HELD))
    assert owing(school, Whom.UNREFLECTED, first) == []
    assert owing(school, Whom.UNREFLECTED, second) == ["zhao"]
