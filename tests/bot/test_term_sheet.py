"""The term plan as a workbook: what it looks like, what its edited cells mean, what is refused, cell by cell."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.file.refusals import Complaints
from bot.sheets import sheet_head
from bot.sheets.term_sheet import COLUMNS, single
from scheduling.occurrences import Planned
from store.amendments import amended
from store.blueprint import Activity, Blueprint, Detail
from store.complaint import Complaint
from tests.bot.sheet_sample import HALL, HEAD, NAME, NOW, PLAN, VOICES, Edited, read, sent, taken
from tests.handlers.event_sample import FILE, RESEARCH, local

OCT, NOV, DEC = date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)


def planned(plan: Blueprint, day: date, title: str = RESEARCH["title"]) -> Planned:
    (found,) = (one for one in single(plan, day, day) if one.title == title)
    return found


def refused(edited: Edited, plan: Blueprint = PLAN, now: datetime = NOW) -> list[str]:
    with pytest.raises((Complaint, Complaints)) as error:
        read(edited, plan, now)
    return str(error.value).splitlines()


def test_a_row_an_event_with_real_dates_and_times_and_no_class_meetings() -> None:
    edited = sent()
    head = "日期 星期 周次 开始 结束 活动 承办 主题 地点 主讲 课题 记录人 需带 备注"
    assert [edited.sheet.cell(1, at).value for at in range(1, 15)] == head.split()
    assert edited.table()[0][:9] == (
        date(2026, 9, 28), "星期一", 5, time(15), time(16), "读书沙龙", None, None, "图书馆",
    )  # fmt: skip
    assert "主题班会" not in {row[5] for row in edited.table()}
    assert edited.table()[-1][0] == date(2027, 1, 13)
    assert edited.table()[-1][-1] == "日期暂定"


def test_it_is_fit_for_the_screen_and_for_paper() -> None:
    sheet = sent().sheet
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["O"].hidden
    assert sheet.column_dimensions["F"].width >= 2 * len(RESEARCH["title"])
    assert sheet.column_dimensions["A"].width >= len("2026-10-14")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.print_title_rows, sheet.page_setup.fitToHeight) == ("$1:$1", 0)


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "#N/A", "+1", "-2+3", "@SUM(1)", "14:30", "007"])
def test_text_is_text_whatever_it_looks_like(title: str) -> None:
    edited = sent(Blueprint.model_validate(FILE | {"activity": (RESEARCH | {"title": title, "place": title},)}))
    cell = edited.sheet.cell(2, HEAD["title"])
    assert (cell.value, cell.data_type) == (title, "s")


def test_what_no_workbook_can_hold_is_left_out_and_changes_nothing() -> None:
    odd = Detail(activity="research", date=OCT, bring="笔\x01记\x0b本\n教材", lesson="  《背 影》 ")
    plan = amended(PLAN, [odd])
    edited = sent(plan)
    assert edited[edited.row(OCT), "bring"] == "笔记本\n教材"
    assert not read(edited, plan).entries.every()


def test_moved_provisional_and_cancelled_ones_are_marked_and_names_of_two_have_their_school() -> None:
    people = (*FILE["person"], FILE["person"][3] | {"key": "wu2", "school": "core"})
    plan = Blueprint.model_validate(FILE | {"activity": (RESEARCH,), "person": people})
    moved = Detail(activity="research", date=OCT, held_on=date(2026, 10, 15), reason="监考冲突", speaker="wu")
    off = Detail(activity="research", date=NOV, cancelled=True, reason="大雪")
    plan = amended(plan, [moved, off])
    edited = sent(plan)
    row = edited.row(date(2026, 10, 15))
    assert edited[row, "remark"] == "监考冲突；原定10月14日（星期三）"
    assert edited[row, "speaker"] == "样吴敏（样例东校）"
    assert edited[edited.row(NOV), "remark"] == "取消：大雪"
    assert not read(edited, plan).entries.every()
    edited[row, "speaker"] = "样吴敏"
    assert refused(edited, plan) == [
        f'{NAME}: 学期安排表!J{row}: "样吴敏": expected one of 样吴敏（样例东校）, 样吴敏（样例中心校）'
    ]
    edited[row, "speaker"] = "样吴敏(样例中心校)"
    assert planned(taken(edited, plan), date(2026, 10, 15)).speaker == "wu2"


def test_the_untouched_sheet_changes_nothing_in_either_language() -> None:
    for language in ("zh", "en"):
        changes = read(sent(language=language))
        assert (changes.entries.every(), changes.absent, changes.unkept) == ((), (), ())


def test_an_older_sheet_undoes_nothing_that_was_set_since() -> None:
    edited = sent()
    since = amended(PLAN, [Detail(activity="research", date=OCT, place="报告厅", held_on=date(2026, 10, 16))])
    edited[edited.row(OCT), "bring"] = "听课本"
    held = planned(taken(edited, since), date(2026, 10, 16))
    assert (held.place, held.bring) == ("报告厅", "听课本")


def test_each_cell_says_one_thing() -> None:
    edited = sent()
    row = edited.row(OCT)
    for column, value in {
        "date": "2026年10月15日", "weekday": "星期四", "starts": "15：00", "ends": time(16, 45), "host": "样例中心校",
        "theme": "单元教学", "place": "二楼", "speaker": "样李芳老师", "lesson": "《背影》", "recorder": "zhao",
        "bring": "听课本", "remark": "监考冲突",
    }.items():  # fmt: skip
        edited[row, column] = value
    assert read(edited).entries.every() == (
        Detail(
            activity="research", date=OCT, held_on=date(2026, 10, 15), at=time(15), lasts="105m", host="core",
            theme="单元教学", place="二楼", speaker="li", lesson="《背影》", recorder="zhao", bring="听课本",
            reason="监考冲突",
        ),
    )  # fmt: skip


def test_what_is_not_touched_follows_its_rule() -> None:
    """A place goes with the host; a day alone says nothing of the hours."""
    edited = sent()
    edited[edited.row(OCT), "host"] = "样例中心校"
    edited[edited.row(NOV), "date"] = date(2026, 11, 12)
    assert read(edited).entries.every() == (
        Detail(activity="research", date=OCT, host="core"),
        Detail(activity="research", date=NOV, held_on=date(2026, 11, 12)),
    )
    assert planned(taken(edited), OCT).place == "三楼录播室"
    edited[edited.row(OCT), "place"] = None
    assert planned(taken(edited), OCT).place == "三楼录播室"


@pytest.mark.parametrize("word", ["取消", "取消：大雪", "取消 大雪", "已取消（大雪）", "cancelled: 大雪"])
def test_only_a_remark_calls_off_and_its_removal_brings_back(word: str) -> None:
    edited = sent()
    edited[edited.row(OCT), "remark"] = word
    plan = taken(edited)
    assert OCT not in {one.date for one in single(plan, OCT, OCT)}
    (detail,) = plan.occurrence
    assert (detail.cancelled, detail.reason) == (True, "大雪" if "大雪" in word else None)
    back = sent(plan)
    back[back.row(OCT), "remark"] = None
    assert single(taken(back, plan), OCT, OCT) == single(PLAN, OCT, OCT)


def test_a_missing_row_changes_nothing_and_is_named() -> None:
    edited = sent()
    edited.sheet.delete_rows(edited.row(OCT))
    row = edited.row(NOV)
    for column in COLUMNS:
        edited[row, column] = None  # as the key Delete leaves it
    changes = read(edited)
    assert changes.entries.every() == ()
    assert [one.date for one in changes.absent] == [OCT, NOV]


def test_a_remark_that_nothing_keeps_is_named() -> None:
    edited = sent()
    row = edited.row(OCT)
    edited[row, "remark"] = "请提前调课"
    changes = read(edited)
    assert (changes.entries.every(), changes.unkept) == ((), ((f"N{row}", "请提前调课"),))


def test_a_new_row_is_an_activity_that_is_held_once() -> None:
    edited = sent()
    cells = {"date": "10月22日", "starts": "9:00", "ends": time(10, 30), "title": "青年教师座谈会"}
    edited.new(**cells, host="样例东校", theme="成长", place="会议室", speaker="样李芳")
    edited.new(date=date(2026, 10, 24), starts=time(9), ends=time(11), title="共创式主题教研")  # a Saturday
    plan = taken(edited)
    one = planned(plan, date(2026, 10, 22), "青年教师座谈会")
    assert (one.activity, one.kind, one.host, one.theme) == ("chat-20260920000000", "meeting", "east", "成长")
    assert (one.place, one.speaker, one.ends_at - one.starts_at) == ("会议室", "li", timedelta(minutes=90))
    other = planned(plan, date(2026, 10, 24))
    assert (other.activity, other.kind) == ("chat-20260920000000-2", "joint_research")
    again = sent(plan)
    assert not read(again, plan).entries.every()


def test_two_may_change_places() -> None:
    edited = sent()
    first, second = edited.row(OCT), edited.row(NOV)
    edited[first, "date"], edited[second, "date"] = NOV, OCT
    plan = taken(edited)
    assert (planned(plan, NOV).rule_date, planned(plan, OCT).rule_date) == (OCT, NOV)


def test_more_days_than_one_keep_their_length_when_they_move() -> None:
    long = Activity.model_validate(HALL | {"key": "camp", "title": "研修营", "lasts": "2d", "on": "day 20"})
    plan = amended(PLAN, [long])
    edited = sent(plan)
    row = edited.row(date(2026, 10, 20), "研修营")
    assert edited[row, "ends"] == datetime(2026, 10, 22, 15)
    edited[row, "date"] = date(2026, 10, 21)
    held = planned(taken(edited, plan), date(2026, 10, 21), "研修营")
    assert held.ends_at - held.starts_at == timedelta(days=2)
    edited[row, "ends"] = "2026-10-22 17:30"
    held = planned(taken(edited, plan), date(2026, 10, 21), "研修营")
    assert f"{held.ends_at:%m-%d %H:%M}" == "10-22 17:30"


CELLS: list[tuple[str, Any, str]] = [
    ("starts", "25:00", '"25:00": expected a time such as 14:30'),
    ("starts", None, "empty: expected a time such as 14:30"),
    ("starts", "2.5", '"2.5": expected a time such as 14:30'),
    ("ends", time(14), '"14:00": expected a time after 14:30'),
    ("date", "下周三", '"下周三": expected a date such as 2026-10-14'),
    ("date", "2026-02-30", '"2026-02-30": expected a date such as 2026-10-14'),
    ("date", "10.1", '"10.1": expected a date such as 2026-10-14'),
    ("date", date(2027, 3, 3), '"2027-03-03": expected a day of 第一学期, 2026-09-01 to 2027-01-22'),
    ("date", NOV, '"2026-11-11": expected another day: 共创式主题教研 has one on 2026-11-11 already'),
    ("date", date(2026, 9, 19), '"2026-09-19": expected a moment that is still to come'),
    ("date", None, "empty: expected a date such as 2026-10-14"),
    ("weekday", "星期五", '"星期五": expected Wed or 星期三 for 2026-10-14'),
    ("week", 9, '"9": expected 7 for 2026-10-14'),
    ("title", "别的活动", '"别的活动": expected "共创式主题教研": an event keeps its name'),
    ("host", "南城校", '"南城校": expected one of 样例中心校, 样例东校'),
    ("host", None, 'empty: expected "样例东校", or another one: what the file says is not emptied here'),
    ("theme", None, 'empty: expected "作业设计", or another one: what the file says is not emptied here'),
    ("speaker", "样无此人", '"样无此人": expected the full name of one of the people'),
    ("bring", "书" * 501, f'"{"书" * 78}…: expected at most 500 characters'),
    ("place", "a\u200bb", '"a\\u200bb": expected text without control characters'),
    ("row", "坏了", "another mark: expected it as it was sent, or an empty cell"),
]


@pytest.mark.parametrize(("column", "value", "line"), CELLS)
def test_what_cannot_be_is_refused_by_its_cell(column: str, value: Any, line: str) -> None:
    edited = sent()
    row = edited.row(OCT)
    edited[row, column] = value
    letter = edited.sheet.cell(1, HEAD[column]).column_letter  # type: ignore[union-attr]
    assert refused(edited) == [f"{NAME}: 学期安排表!{letter}{row}: {line}"]


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ({"starts": None}, "D", "empty: expected a time such as 14:30"),
        ({"title": None}, "F", "empty: expected the name of the event"),
        ({"date": date(2027, 3, 3)}, "A", "a day of 第一学期, 2026-09-01 to 2027-01-22"),
        ({"date": date(2026, 9, 18)}, "A", "a moment that is still to come"),
        ({"remark": "取消"}, "N", "no cancellation of what is new"),
        ({"date": OCT, "title": RESEARCH["title"]}, "A", "has one on 2026-10-14 already"),
        ({"ends": time(8)}, "E", "a time after 09:00"),
        ({"date": date(2027, 1, 22), "weekday": "星期日"}, "B", "expected Fri or 星期五"),
    ],
)
def test_a_new_row_that_cannot_be_is_refused_by_its_cell(cells: dict[str, Any], column: str, expected: str) -> None:
    edited = sent()
    whole = {"date": date(2026, 10, 22), "starts": time(9), "ends": time(10), "title": "座谈会"}
    row = edited.new(**whole | cells)
    (line,) = refused(edited)
    assert line.startswith(f"{NAME}: 学期安排表!{column}{row}: ")
    assert expected in line


def test_what_has_begun_stays_as_it_was() -> None:
    edited = sent()
    edited[edited.row(OCT), "place"] = "二楼"
    (line,) = refused(edited, now=local("10-14 14:30"))
    assert line.endswith("expected what stood there: this event has begun")


def test_a_copied_row_is_refused_and_one_of_an_event_that_is_gone_too_where_it_was_edited() -> None:
    edited = sent()
    row = edited.row(OCT)
    edited.new(**{column: edited[row, column] for column in HEAD} | {"date": NOV})
    assert f"it is a copy of row {row}" in refused(edited)[0]
    without = Blueprint.model_validate(FILE | {"activity": (HALL,)})
    assert not read(sent(), without).entries.every()
    gone = sent()
    gone[row, "place"] = "二楼"
    assert "ask for the sheet anew" in refused(gone, without)[0]


def test_more_rows_than_a_term_has_are_refused() -> None:
    edited = sent()
    for _ in range(1_000):
        edited.new(title="座谈会")
    assert refused(edited) == [f"{NAME}: more than 1000 rows: expected at most 1000"]


def test_the_sheet_of_another_consortium_is_refused() -> None:
    other = Blueprint.model_validate(FILE | {"activity": (RESEARCH,), "consortium": FILE["consortium"] | {"key": "b"}})
    assert refused(sent(other)) == [f"{NAME}: a term plan of b: expected a term plan of sample"]


def test_everything_is_said_at_once_in_the_order_of_the_cells_and_nothing_is_half_done() -> None:
    edited = sent()
    for row in edited.rows():
        edited[row, "speaker"], edited[row, "starts"], edited[row, "recorder"] = "无此人", "x", "也无此人"
    lines = refused(edited)
    assert len(lines) == 20
    assert [line.split("!")[1].split(":")[0] for line in lines[:4]] == ["D2", "J2", "L2", "D3"]


def test_columns_may_change_places_be_left_out_or_written_in_english_but_none_is_unknown() -> None:
    edited = sent()
    edited.sheet.delete_cols(HEAD["theme"])
    edited.sheet.move_range("A1:A99", cols=20)
    edited.sheet.cell(1, 21).value = "Date"
    assert not read(edited).entries.every()
    edited.sheet.cell(1, 22).value = "电话"
    edited.sheet.cell(1, 23).value = "地点"
    edited.sheet.cell(1, 21).value = None
    assert [line.split(": expected")[0] for line in refused(edited)] == [
        f"{NAME}: 学期安排表!V1: column '电话'",
        f"{NAME}: 学期安排表!W1: column '地点'",
        f"{NAME}: 学期安排表: no column 日期",
    ]


def test_a_term_plan_is_known_by_its_head_and_a_roster_is_none() -> None:
    assert sheet_head.is_one(NAME, sent().content, VOICES)
    book, out = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(["编号", "姓名", "学校", "学科"])
    book.save(out)
    assert not sheet_head.is_one(NAME, out.getvalue(), VOICES)
    assert "no header row" in refused(Edited(out.getvalue()))[0]


def test_dates_and_times_are_read_as_other_programs_keep_them() -> None:
    """As numbers without a format, and as a little less than the minute."""
    edited = sent()
    row = edited.row(OCT)
    for column, value in (("date", 46310), ("starts", 0.625), ("ends", time(16, 59, 59, 999000))):
        edited.sheet.cell(row, HEAD[column]).number_format = "General" if column != "ends" else "hh:mm:ss"
        edited[row, column] = value
    held = planned(taken(edited), date(2026, 10, 15))
    assert f"{held.starts_at:%H:%M}—{held.ends_at:%H:%M}" == "15:00—17:00"
