"""活动记录: the recorder is led through the minutes, and tasks are told to whose they are."""

from datetime import date

import pytest

from bot.written import task_lines
from handlers.bulletin import (
    BulletinTooEarly,
    EditBulletin,
    PublishBulletin,
    ShowBulletin,
    edit_bulletin,
    publish_bulletin,
    show_bulletin,
)
from handlers.event import ReflectionNudged
from handlers.hand_in_minutes import (
    AskRecorder,
    HandInMinutes,
    MinutesAsked,
    MinutesEmpty,
    MinutesHandedIn,
    MinutesNudged,
    NextTaskTold,
    RecorderNamed,
    RecorderUnknown,
    RecorderWanted,
    ask_recorder,
    hand_in_minutes,
)
from handlers.minutes import MinutesArchived, MinutesPartAsked, MinutesShown, MinutesTooEarly, OpenMinutes, open_minutes
from handlers.minutes_words import (
    AddMaterial,
    KeepTasks,
    MinutesTooLong,
    NoMaterialWanted,
    TaskPersonUnknown,
    TaskWords,
    add_material,
    keep_tasks,
)
from handlers.privacy import EraseMe, erase_me
from handlers.roll import RollShown, ShowRoll, show_roll
from handlers.stages import Stage
from store import audit, minutes
from store.audit import AuditFact
from store.database import Session, Store
from store.minutes import MinutesPart
from tests.handlers.event_sample import LI, OFFICE, WANG, ZHAO, School, begin, local
from tests.handlers.minutes_sample import MINUTED, minuted, number, press, told, write, written
from tests.handlers.test_privacy import exported


@pytest.fixture
def kept(store: Store) -> School:
    return minuted(store)


def test_the_recorder_is_asked_at_the_end_and_nudged_a_day_before_it_is_due(kept: School) -> None:
    kept.until("10-18 12:00")
    [(to, asked)], [(nudged, nudge)] = told(kept, MinutesAsked), told(kept, MinutesNudged)
    assert (to, asked.minutes_by) == ("zhao", local("10-17 16:00"))
    assert (nudged, nudge.begun, nudge.reflection) == ("zhao", False, True)
    assert [to for to, _ in told(kept, ReflectionNudged)] == ["li"]  # one message an instant: hers says both
    assert told(kept, RecorderWanted) == []


def test_who_handed_in_is_nudged_for_the_reflection_alone(kept: School) -> None:
    written(kept)
    kept.until("10-18 12:00")
    assert told(kept, MinutesNudged) == []
    assert sorted(to for to, _ in told(kept, ReflectionNudged)) == ["li", "zhao"]


def test_part_after_part_is_kept_and_shown(kept: School) -> None:
    asked = press(kept, MinutesPart.POINTS)
    assert (asked.number, asked.saved) == (1, False)
    following = write(kept, "样李芳——作业要分层")
    assert isinstance(following, MinutesPartAsked)
    assert (following.part, following.saved) == (MinutesPart.AGREEMENT, True)
    back = press(kept, MinutesPart.POINTS)
    assert back.kept.points == "样李芳——作业要分层"
    write(kept, "样李芳——另一句")
    press(kept, MinutesPart.MATERIALS)  # the others are skipped
    shown = write(kept, "课件\n教案")
    assert isinstance(shown, MinutesShown)
    assert (shown.kept.points, shown.kept.materials) == ("样李芳——另一句", ("课件", "教案"))
    assert (shown.expected, shown.came, shown.recorder) == (5, 2, "样赵敏")


def test_what_is_too_long_is_not_kept(kept: School) -> None:
    press(kept, MinutesPart.POINTS)
    write(kept, "一句")
    press(kept, MinutesPart.POINTS)
    assert isinstance(write(kept, "长" * 801), MinutesTooLong)
    assert press(kept, None).kept.points == "一句"
    press(kept, MinutesPart.MATERIALS)
    assert isinstance(write(kept, "课件\n" + "长" * 201), MinutesTooLong)
    assert isinstance(kept.take(add_material, AddMaterial(ZHAO, "长" * 201, "F1")), MinutesTooLong)
    assert press(kept, None).kept.materials == ()


def test_a_document_is_a_material_while_they_are_asked_for(kept: School) -> None:
    file = AddMaterial(ZHAO, "课件.pptx", "F1")
    assert isinstance(kept.take(add_material, file), NoMaterialWanted)
    press(kept, MinutesPart.MATERIALS)
    assert isinstance(kept.take(add_material, file), MinutesPartAsked)
    assert press(kept, None).kept.materials == ("课件.pptx",)
    for text, left in (("课件.pptx\n学习单", ("课件.pptx", "学习单")), ("学习单", ("学习单",))):
        press(kept, MinutesPart.MATERIALS)
        write(kept, text)
        assert press(kept, None).kept.materials == left


def test_tasks_are_told_once_to_whose_they_are(kept: School) -> None:
    written(kept)
    again = kept.take(hand_in_minutes, HandInMinutes(ZHAO, number(kept)))
    assert isinstance(again, MinutesHandedIn)
    assert (again.again, again.tasks) == (True, 2)
    kept.until("10-14 17:00")
    tasks = {to: (one.content, one.due) for to, one in told(kept, NextTaskTold)}
    assert tasks == {"li": ("整理样例", date(2026, 10, 21)), "wang": ("收集反馈", None)}
    assert len(told(kept, NextTaskTold)) == 2


def test_a_task_that_takes_the_place_of_another_is_told_too(kept: School) -> None:
    written(kept)
    kept.until("10-14 17:00")
    kept.take(keep_tasks, KeepTasks(ZHAO, number(kept), (TaskWords("整理样例", "样李芳", date(2026, 10, 21)),)))
    both = (TaskWords("整理样例", "样李芳", date(2026, 10, 21)), TaskWords("另一件", "样王强", None))
    kept.take(keep_tasks, KeepTasks(ZHAO, number(kept), both))
    kept.until("10-14 17:30")
    assert [(to, one.content) for to, one in told(kept, NextTaskTold)][2:] == [("wang", "另一件")]


@pytest.mark.parametrize(("name", "schools"), [("样无人", ()), ("样李芳（样例东校）", ("样例中心校",))])
def test_a_person_in_doubt_is_asked_back_and_nothing_is_kept(kept: School, name: str, schools: tuple[str, ...]) -> None:
    tasks = (TaskWords("甲", "样王强", None), TaskWords("乙", name, None))
    found = kept.take(keep_tasks, KeepTasks(ZHAO, number(kept), tasks))
    assert isinstance(found, TaskPersonUnknown)
    assert (found.line, found.schools) == (2, schools)
    assert press(kept, None).kept.tasks == ()


@pytest.mark.parametrize(
    ("text", "line", "day"),
    [("只有一句话", 1, False), ("甲—样李芳\n乙—样李芳—不知哪天", 2, True), ("甲—样李芳—昨天", 1, True)],
)
def test_a_line_that_is_not_clear_is_asked_back(kept: School, text: str, line: int, day: bool) -> None:
    press(kept, MinutesPart.TASKS)
    unclear = task_lines.read(text, write(kept, text), kept.now)
    assert isinstance(unclear, task_lines.UnclearLine)
    assert (unclear.number, unclear.day) == (line, day)


def test_nothing_is_handed_in_before_something_is_written(kept: School, store: Store) -> None:
    assert isinstance(kept.take(hand_in_minutes, HandInMinutes(ZHAO, number(kept))), MinutesEmpty)
    later = kept.occurrence("research", "11-11 14:30")
    assert isinstance(kept.take(open_minutes, OpenMinutes(OFFICE, later, MinutesPart.POINTS)), MinutesTooEarly)
    assert isinstance(kept.take(show_bulletin, ShowBulletin(OFFICE, later)), BulletinTooEarly)


def test_organisers_name_the_recorder_where_nobody_is(store: Store) -> None:
    school = begin(store, MINUTED, until="10-14 16:10")
    assert [to for to, _ in told(school, RecorderWanted)] == ["chen"]
    school.take(ask_recorder, AskRecorder(OFFICE, number(school)))
    assert isinstance(write(school, "样无人", OFFICE), RecorderUnknown)
    assert isinstance(write(school, "样赵敏", OFFICE), RecorderNamed)
    school.until("10-18 12:00")
    assert [to for to, _ in told(school, MinutesAsked)] == ["zhao"]
    assert [to for to, _ in told(school, MinutesNudged)] == ["zhao"]
    assert len(told(school, RecorderWanted)) == 1


def stage(school: School) -> Stage:
    roll = school.take(show_roll, ShowRoll(OFFICE, number(school)))
    assert isinstance(roll, RollShown)
    return roll.stage


def test_with_the_bulletin_the_event_is_archived_and_changed_with_a_reason(kept: School) -> None:
    assert stage(kept) is Stage.TO_CHECK
    written(kept)
    kept.take(publish_bulletin, PublishBulletin(OFFICE, number(kept)))
    assert stage(kept) is Stage.ARCHIVED
    assert isinstance(press(kept, MinutesPart.POINTS, OFFICE), MinutesArchived)
    assert isinstance(write(kept, "样例更正原因", OFFICE), MinutesPartAsked)
    shown = write(kept, "样李芳——改过的", OFFICE)
    assert shown.kept.points == "样李芳——改过的"
    event, zhao = number(kept), kept.person("zhao")
    rows = kept.ask(lambda session: traces(session, event, zhao))
    assert ("handed_in", "handed_in:reopened", "样例更正原因") in rows
    assert ("handed_in", "handed_in:points", "") in rows
    assert "改过的" not in repr(rows)


def test_what_is_archived_while_a_part_is_awaited_asks_for_the_reason_first(kept: School) -> None:
    """And keeps none of it: a text, a document, the tasks that were read from one."""
    written(kept)
    before, file = press(kept, None).kept, AddMaterial(ZHAO, "课件.pptx", "F1")
    kept.until("10-21 15:59")
    press(kept, MinutesPart.MATERIALS)
    kept.until("10-21 16:00")
    assert isinstance(kept.take(add_material, file), MinutesArchived)
    tasks = KeepTasks(ZHAO, number(kept), (TaskWords("另一件", "样王强", None),))
    assert isinstance(kept.take(keep_tasks, tasks), MinutesArchived)
    assert press(kept, None).kept == before
    assert isinstance(press(kept, MinutesPart.MATERIALS), MinutesArchived)
    refused = write(kept, "长" * 201)
    assert isinstance(refused, MinutesArchived)
    assert refused.too_long
    assert isinstance(write(kept, "补一份课件"), MinutesPartAsked)
    assert isinstance(kept.take(add_material, file), MinutesPartAsked)
    assert press(kept, None).kept.materials == (*before.materials, "课件.pptx")


def traces(session: Session, event: int, person: int) -> list[tuple[str, str, str]]:
    rows = audit.of(session, event, person)
    return [(row.was, row.became, row.why) for row in rows if row.fact is AuditFact.MINUTES]


def test_it_is_archived_a_week_after_the_end_without_a_bulletin(kept: School) -> None:
    kept.until("10-21 15:59")
    assert stage(kept) is Stage.TO_CHECK
    kept.until("10-21 16:00")
    assert stage(kept) is Stage.ARCHIVED
    assert isinstance(press(kept, MinutesPart.POINTS), MinutesArchived)


def test_what_somebody_wrote_goes_with_the_person(kept: School) -> None:
    written(kept)
    kept.take(erase_me, EraseMe(ZHAO, sure=True))
    left = kept.ask(lambda session: minutes.whole(session, number(kept)))
    assert left.empty
    assert left.handed_in_at is not None


def test_who_wrote_them_gets_them_with_ones_own_data_and_nobody_else(kept: School) -> None:
    written(kept)
    kept.take(edit_bulletin, EditBulletin(OFFICE, number(kept)))
    write(kept, "这次教研很扎实。", OFFICE)
    for who, points, lists in (
        (ZHAO, ["样李芳——作业要分层\n样王强：每层有选择"], [["整理样例", "收集反馈"]]),
        (LI, [], []),
    ):
        mine = exported(kept, who)
        assert [one["points"] for one in mine["Minutes"]] == points
        assert [one["tasks"] for one in mine["minutes_lists"]] == lists
    assert [one["content"] for one in exported(kept, LI)["NextTask"]] == ["整理样例"], "what is hers to do"
    assert [one["body"] for one in exported(kept, OFFICE)["Bulletin"]] == ["这次教研很扎实。"]


def test_wang_is_no_recorder(kept: School) -> None:
    assert type(press(kept, MinutesPart.POINTS, WANG)).__name__ == "NotRecorder"
