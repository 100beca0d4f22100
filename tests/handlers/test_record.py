"""班会: one notice for the classes of a day, and of each head teacher a record of held, moved or not held."""

import json
from datetime import date

import pytest

from handlers.answer_prompt import AnswerPrompt, NothingAsked, answer_prompt
from handlers.class_date import ClassMeetingsAnnounced, SchoolClasses
from handlers.participants import NotInvited, NotLinked, OccurrenceGone
from handlers.privacy import EraseMe, Exported, ExportMine, erase_me, export_mine
from handlers.record import (
    LinesAsked,
    OpenLines,
    Record,
    RecordArchived,
    Recorded,
    RecordTooEarly,
    RecordWorded,
    open_lines,
    record,
)
from handlers.record_lines import AddLines, GiveReason, Later, Lines, RecordNoted, add_lines, give_reason
from handlers.school_class import (
    ClassMeetingReminded,
    RecordAsked,
    RecordNudged,
)
from store import audit, class_records
from store.accounts import Account
from store.class_records import ClassRecord, NotHeldReason, RecordStatus
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, LI, NOBODY, WANG, ZHAO, Said, School, begin, local

HELD, MOVED, NOT_HELD = RecordStatus
DUE = local("10-14 16:35")
MONDAY, THURSDAY = date(2026, 10, 12), date(2026, 10, 15)


@pytest.fixture
def c701(heads: School) -> int:
    """李芳's class, 12 October 15:50 to 16:35."""
    return heads.occurrence("classes", "10-12 15:50", "c701")


def kept(heads: School, occurrence: int) -> tuple[RecordStatus, str] | None:
    def read(session: Session) -> tuple[RecordStatus, str] | None:
        row = class_records.of(session, occurrence)
        return (row.status, row.note) if row else None

    return heads.ask(read)


def said(occurrence: int, status: RecordStatus, held_on: date | None = None, *, again: bool = False) -> Recorded:
    held_on = MONDAY if status is HELD else held_on
    return Recorded(occurrence, "七(1)班", MONDAY, status, held_on, "爱我家乡", again)


def held_by(session: Session, occurrence: int) -> int | None:
    row = class_records.of(session, occurrence)
    return row.held_by_id if row else None


def traces(heads: School, occurrence: int) -> list[tuple[str, str]]:
    person = heads.person("li")
    return heads.ask(lambda session: [(row.was, row.became) for row in audit.of(session, occurrence, person)])


def moved(heads: School, occurrence: int, held_on: date, later: Later | None) -> object:
    heads.take(record, Record(occurrence, LI, MOVED))
    return heads.take(add_lines, AddLines(occurrence, LI, Lines(held_on, later)))


def test_the_classes_of_a_day_are_one_notice_and_each_head_teacher_is_reminded_of_the_own_class(store: Store) -> None:
    school = begin(store, CLASSES, until="10-10 12:00")
    sunday = school.until("10-11 18:00")
    announced = ClassMeetingsAnnounced(
        "主题班会",
        "爱我家乡",
        False,
        date(2026, 10, 12),
        7,
        (
            SchoolClasses("样例中心校", 2, local("10-12 15:50"), local("10-12 16:35")),
            SchoolClasses("样例东校", 1, local("10-12 16:00"), local("10-12 16:45")),
        ),
    )
    assert [one for one in sunday if one.to == "heads"] == [Said("heads", announced, edited=False)]
    reminded = {one.to: one.outcome.class_name for one in sunday if isinstance(one.outcome, ClassMeetingReminded)}
    assert reminded == {"li": "七(1)班", "zhao": "七(2)班", "wang": "八(1)班"}


def test_after_the_lesson_each_head_teacher_is_asked_and_a_day_before_it_is_due_nudged_once(
    heads: School, c701: int
) -> None:
    afternoon = heads.until("10-12 20:00")
    asked = RecordAsked(c701, "样李芳", "主题班会", "七(1)班", local("10-12 15:50"), DUE)
    assert Said("li", asked, edited=False) in afternoon
    assert sorted(one.to for one in afternoon) == ["li", "wang", "zhao"]
    assert heads.take(record, Record(c701, LI, HELD)) == said(c701, HELD)
    nudges = heads.until("10-14 20:00")
    assert sorted(one.to for one in nudges) == ["wang", "zhao"]
    assert all(isinstance(one.outcome, RecordNudged) for one in nudges)


def test_the_newest_word_counts(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    assert heads.take(record, Record(c701, LI, HELD)) == said(c701, HELD, again=True)
    assert heads.take(record, Record(c701, LI, MOVED)) == said(c701, MOVED)
    assert kept(heads, c701) == (MOVED, "")


def test_a_few_lines_are_kept_with_the_record_and_stay_when_the_word_changes(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, NOT_HELD))
    heads.take(add_lines, AddLines(c701, LI, Lines(note="样例：看了短片")))
    heads.take(record, Record(c701, LI, HELD))
    assert kept(heads, c701) == (HELD, "样例：看了短片")


def test_theme_count_and_who_held_it_stand_in_the_record(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    lines = Lines(present=45, enrolled=46, theme="家乡的变化", held_by="样吴敏", note="讨论热烈")
    noted = heads.take(add_lines, AddLines(c701, LI, lines))
    whole = (HELD, MONDAY, False, "家乡的变化", 45, 46, "样吴敏", None, "讨论热烈")
    assert noted == RecordNoted(c701, "七(1)班", MONDAY, *whole)
    assert traces(heads, c701) == [("", "held:2026-10-12"), ("held:2026-10-12", "held:2026-10-12:45/46")]


@pytest.mark.parametrize(
    ("name", "shown", "on_the_roster"),
    [("样吴敏", "样吴敏", True), ("样实习生", "样实习生", False), ("样李芳", "", False)],
)
def test_whoever_held_it_is_one_of_the_roster_a_name_or_the_head_teacher(
    heads: School, c701: int, name: str, shown: str, on_the_roster: bool
) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    noted = heads.take(add_lines, AddLines(c701, LI, Lines(held_by=name)))
    assert isinstance(noted, RecordNoted)
    assert noted.held_by == shown
    wu = heads.person("wu")
    assert heads.ask(lambda session: held_by(session, c701) == wu) is on_the_roster


def test_of_a_meeting_that_was_not_held_the_reason_is_kept_and_what_was_said_of_its_holding_is_gone(
    heads: School, c701: int
) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.take(add_lines, AddLines(c701, LI, Lines(present=45, enrolled=46, theme="家乡的变化", held_by="样吴敏")))
    heads.take(record, Record(c701, LI, NOT_HELD))
    noted = heads.take(give_reason, GiveReason(c701, LI, NotHeldReason.ACTIVITY))
    none = (None, False, None, None, None, "", NotHeldReason.ACTIVITY, "")
    assert noted == RecordNoted(c701, "七(1)班", MONDAY, NOT_HELD, *none)
    assert isinstance(heads.take(answer_prompt, AnswerPrompt(LI, "运动会")), RecordWorded)
    noted = heads.take(add_lines, AddLines(c701, LI, Lines(note="运动会")))
    assert isinstance(noted, RecordNoted)
    assert (noted.reason, noted.note) == (NotHeldReason.ACTIVITY, "运动会")
    assert traces(heads, c701)[-3:] == [
        ("held:2026-10-12:45/46", "not_held"),
        ("not_held", "not_held:activity"),
        ("not_held:activity", "not_held:activity"),
    ]


def test_words_alone_are_a_reason_of_their_own(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, NOT_HELD))
    noted = heads.take(add_lines, AddLines(c701, LI, Lines(note="样例：停电")))
    assert isinstance(noted, RecordNoted)
    assert (noted.reason, noted.note) == (NotHeldReason.OTHER, "样例：停电")


def test_a_meeting_moved_to_a_day_to_come_is_asked_for_after_it_and_nudged_once(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    later = Later(local("10-15 16:35"), local("10-16 16:35"), local("10-17 16:35"))
    noted = moved(heads, c701, THURSDAY, later)
    assert isinstance(noted, RecordNoted)
    assert (noted.held_on, noted.to_come) == (THURSDAY, True)
    ours = [one for one in heads.until("10-17 20:00") if one.to == "li"]
    asked = RecordAsked(c701, "样李芳", "主题班会", "七(1)班", local("10-15 15:50"), local("10-17 16:35"))
    nudged = RecordNudged(c701, "样李芳", "七(1)班", local("10-15 15:50"), local("10-17 16:35"))
    assert [one.outcome for one in ours] == [asked, nudged]
    recorded = heads.take(record, Record(c701, LI, HELD))
    assert isinstance(recorded, Recorded)
    assert recorded.held_on == THURSDAY


def test_of_a_meeting_to_come_nobody_is_counted_yet(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.take(add_lines, AddLines(c701, LI, Lines(present=45, enrolled=46, held_by="样吴敏")))
    noted = moved(heads, c701, THURSDAY, Later(local("10-15 16:35"), None, local("10-17 16:35")))
    assert isinstance(noted, RecordNoted)
    assert (noted.present, noted.enrolled, noted.held_by) == (None, None, "")


def test_what_was_moved_on_once_more_is_asked_for_on_the_last_day_alone(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    moved(heads, c701, THURSDAY, Later(local("10-15 16:35"), None, local("10-17 16:35")))
    friday = date(2026, 10, 16)
    heads.take(add_lines, AddLines(c701, LI, Lines(friday, Later(local("10-16 16:35"), None, local("10-18 16:35")))))
    ours = [one for one in heads.until("10-18 10:00") if one.to == "li"]
    assert [type(one.outcome) for one in ours] == [RecordAsked]
    assert heads.said[-1].outcome is not None
    assert traces(heads, c701) == [
        ("", "moved"),
        ("moved", "moved:2026-10-15"),
        ("moved:2026-10-15", "moved:2026-10-16"),
    ]


def test_a_stand_in_is_asked_for_by_name(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    assert heads.take(open_lines, OpenLines(c701, LI, stand_in=True)) == LinesAsked("七(1)班", HELD, stand_in=True)
    worded = heads.take(answer_prompt, AnswerPrompt(LI, "样吴敏"))
    assert isinstance(worded, RecordWorded)
    assert worded.stand_in


def test_a_record_is_changed_for_a_week_and_then_with_a_reason_only(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.until("10-19 16:34")
    assert heads.take(record, Record(c701, LI, MOVED)) == said(c701, MOVED)
    heads.until("10-19 18:34")
    for use_case, request in (
        (record, Record(c701, LI, HELD)),
        (open_lines, OpenLines(c701, LI, stand_in=False)),
        (add_lines, AddLines(c701, LI, Lines(note="样例"))),
        (give_reason, GiveReason(c701, LI, NotHeldReason.EXAM)),
    ):
        assert heads.take(use_case, request) == RecordArchived("七(1)班")  # type: ignore[arg-type]
    assert kept(heads, c701) == (MOVED, "")


def test_an_archived_record_is_open_again_once_the_reason_is_kept(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, NOT_HELD))
    heads.until("10-30 10:00")
    assert heads.take(record, Record(c701, LI, HELD)) == RecordArchived("七(1)班")
    assert heads.take(answer_prompt, AnswerPrompt(LI, "样" * 201)) == RecordArchived("七(1)班", too_long=True)
    assert kept(heads, c701) == (NOT_HELD, "")
    assert heads.take(answer_prompt, AnswerPrompt(LI, "样例：点错了")) == said(c701, HELD)
    li = heads.person("li")
    rows = heads.ask(lambda session: [(row.was, row.became, row.why) for row in audit.of(session, c701, li)])
    assert rows[1:] == [("not_held", "not_held", "样例：点错了"), ("not_held", "held:2026-10-12", "")]
    assert isinstance(heads.take(add_lines, AddLines(c701, LI, Lines(note="样例"))), RecordNoted)
    heads.until("10-30 12:00")
    assert heads.take(record, Record(c701, LI, MOVED)) == RecordArchived("七(1)班")


@pytest.mark.parametrize("stand_in", [True, False])
def test_what_was_pressed_on_an_archived_record_is_asked_for_after_the_reason(
    heads: School, c701: int, stand_in: bool
) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.until("10-30 10:00")
    heads.take(open_lines, OpenLines(c701, LI, stand_in))
    said = heads.take(answer_prompt, AnswerPrompt(LI, "样例：漏写"))
    assert said == LinesAsked("七(1)班", HELD, stand_in)
    worded = heads.take(answer_prompt, AnswerPrompt(LI, "样吴敏"))
    assert isinstance(worded, RecordWorded)
    assert worded.stand_in is stand_in


def test_what_was_never_recorded_is_recorded_late_and_completed(heads: School, c701: int) -> None:
    heads.until("11-12 17:00")
    assert heads.take(record, Record(c701, LI, HELD)) == said(c701, HELD)
    heads.take(add_lines, AddLines(c701, LI, Lines(note="样例：补登")))
    assert kept(heads, c701) == (HELD, "样例：补登")


def test_the_lines_are_waited_for_two_hours_only(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.until("10-12 19:01")
    assert heads.take(answer_prompt, AnswerPrompt(LI, "每月教研几次？")) == NothingAsked()
    assert kept(heads, c701) == (HELD, "")


def test_there_is_nothing_to_record_before_the_lesson_begins_but_that_it_is_moved(heads: School, c701: int) -> None:
    assert heads.take(record, Record(c701, LI, HELD)) == RecordTooEarly("七(1)班", local("10-12 15:50"))
    assert heads.take(record, Record(c701, LI, NOT_HELD)) == RecordTooEarly("七(1)班", local("10-12 15:50"))
    assert kept(heads, c701) is None
    assert heads.take(record, Record(c701, LI, MOVED)) == said(c701, MOVED)


def test_a_meeting_moved_before_it_takes_place_is_reminded_of_no_more_and_asked_for_on_its_day(store: Store) -> None:
    heads = begin(store, CLASSES | {"remind": ("1d", "30m")}, until="10-11 18:00")
    c701 = heads.occurrence("classes", "10-12 15:50", "c701")
    later = Later(local("10-15 16:35"), local("10-16 16:35"), local("10-17 16:35"))
    assert heads.take(record, Record(c701, LI, MOVED)) == said(c701, MOVED)
    noted = heads.take(add_lines, AddLines(c701, LI, Lines(THURSDAY, later)))
    assert isinstance(noted, RecordNoted)
    assert (noted.held_on, noted.to_come) == (THURSDAY, True)
    ours = [one for one in heads.until("10-16 08:00") if one.to == "li"]
    asked = RecordAsked(c701, "样李芳", "主题班会", "七(1)班", local("10-15 15:50"), local("10-17 16:35"))
    assert [one.outcome for one in ours] == [asked]
    assert traces(heads, c701) == [("", "moved"), ("moved", "moved:2026-10-15")]


def test_whoever_names_no_day_is_reminded_and_asked_as_planned(store: Store) -> None:
    heads = begin(store, CLASSES | {"remind": ("1d", "30m")}, until="10-11 18:00")
    c701 = heads.occurrence("classes", "10-12 15:50", "c701")
    heads.take(record, Record(c701, LI, MOVED))
    ours = [type(one.outcome) for one in heads.until("10-12 20:00") if one.to == "li"]
    assert ours == [ClassMeetingReminded, RecordAsked]


@pytest.mark.parametrize(("who", "outcome"), [(WANG, NotInvited), (ZHAO, NotInvited), (NOBODY, NotLinked)])
def test_only_the_head_teacher_records(heads: School, c701: int, who: Account, outcome: type) -> None:
    heads.until("10-12 17:00")
    assert heads.take(record, Record(c701, who, HELD)) == outcome("主题班会")
    assert kept(heads, c701) is None


def test_an_event_that_is_no_class_meeting_has_no_record(school: School, research: int) -> None:
    school.until("10-14 17:00")
    assert school.take(record, Record(research, LI, HELD)) == OccurrenceGone()


def test_whoever_stood_in_finds_it_in_the_own_copy_and_erased_is_named_no_more(heads: School, c701: int) -> None:
    heads.until("10-12 17:00")
    heads.take(record, Record(c701, LI, HELD))
    heads.take(add_lines, AddLines(c701, LI, Lines(held_by="样赵敏", theme="样例主题", note="样例：讨论热烈")))
    copy = heads.take(export_mine, ExportMine(ZHAO))
    assert isinstance(copy, Exported)
    (facts,) = json.loads(copy.document[1])
    assert facts["stood_in"] == [{"event": "主题班会", "date": "2026-10-12", "held_on": "2026-10-12"}]
    assert "样例：讨论热烈" not in copy.document[1].decode()  # those are another's words
    heads.take(erase_me, EraseMe(ZHAO, sure=True))
    noted = heads.take(add_lines, AddLines(c701, LI, Lines()))
    assert isinstance(noted, RecordNoted)
    assert noted.held_by not in ("", "样赵敏")
    heads.take(add_lines, AddLines(c701, LI, Lines(held_by="样王强二号")))
    heads.take(erase_me, EraseMe(LI, sure=True))
    row = heads.ask(lambda session: session.get_one(ClassRecord, c701).model_dump())
    assert (row["status"], row["note"], row["theme"], row["held_by"]) == (HELD, "", None, "")
