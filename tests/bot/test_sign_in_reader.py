"""A sign-in sheet as a workbook: which one is one, what its cells say, and what is wrong in them."""

from datetime import datetime, time
from typing import Any

import pytest

from bot.file.refusals import Complaints
from bot.sheets import sign_in_reader
from handlers.sign_in_sheet import SignedRow
from store.complaint import Complaint
from tests.bot.sign_in_sample import NAME, filled, signed


def read(*rows: Any, **more: Any) -> tuple[SignedRow, ...]:
    return sign_in_reader.read(NAME, filled(*rows, **more)).rows


@pytest.mark.parametrize(
    ("head", "caption", "is_one"),
    [
        (("姓名", "学校", "签到时间"), "", True),
        (("序号", "姓名", "签名"), "", True),
        (("姓名",), "", True),
        (("Name", "School", "Status"), "", True),
        (("姓名", "学校"), "", False),
        (("姓名", "学校"), "10月14日签到", True),
        (("姓名", "学科", "角色"), "", False),
        (("日期", "开始"), "签到", False),
    ],
)
def test_a_sign_in_sheet_is_known_by_its_head(head: tuple[str, ...], caption: str, is_one: bool) -> None:
    assert sign_in_reader.is_one(NAME, filled(head=head), caption) is is_one


@pytest.mark.parametrize(
    ("status", "at", "late", "clock"),
    [
        ("已到", "14:20", False, time(14, 20)),
        ("迟到", "", True, None),
        ("", "14：45", None, time(14, 45)),
        ("", time(14, 45), None, time(14, 45)),
        ("", datetime(2026, 10, 14, 14, 45), None, time(14, 45)),
        ("√", None, False, None),
        ("早退", "14:16", False, time(14, 16)),
        (" Present ", None, False, None),
    ],
)
def test_who_came_is_read_however_it_is_written(status: str, at: Any, late: bool | None, clock: time | None) -> None:
    assert read(signed("样李芳", "样例中心校", status, at)) == (SignedRow(2, "样李芳", "样例中心校", clock, late),)


@pytest.mark.parametrize("status", ["缺席(待核)", "缺席（待核）", "请假", "公务", "×", "0", "absent", "线上参加"])
def test_who_did_not_come_is_counted_and_not_taken(status: str) -> None:
    sheet = sign_in_reader.read(NAME, filled(signed("样李芳", "", status), signed("样王强", "", "")))
    assert (sheet.rows, sheet.away) == ((), 2)


def test_a_signature_is_as_good_as_a_word_and_may_be_a_time() -> None:
    head = ("姓名", "签名")
    rows = read(("样李芳", "李芳"), ("样王强", ""), ("样赵敏", "14:50"), ("样周明", "请假"), ("样吴敏", "1"), head=head)
    assert [(row.name, row.clock) for row in rows] == [("样李芳", None), ("样赵敏", time(14, 50)), ("样吴敏", None)]


def test_a_plain_list_of_names_is_of_those_who_came() -> None:
    sheet = sign_in_reader.read(NAME, filled(("样李芳",), ("样王强",), head=("姓名",), above=[["10月14日教研"]]))
    assert [row.name for row in sheet.rows] == ["样李芳", "样王强"]
    assert sheet.head == f"{NAME} 10月14日教研"


@pytest.mark.parametrize(
    ("row", "cell", "found"),
    [
        (signed("样李芳", "", "不知道"), "E2", "不知道"),
        (signed("样李芳", "", "", "25:00"), "F2", "25:00"),
        (signed("样李芳", "", "", "下午"), "F2", "下午"),
        (signed("样李芳", "", "请假", "14:20"), "F2", "14:20"),
        (signed("", "样例东校", "已到"), "B2", "empty"),
        (signed("样" * 41, "", "已到"), "B2", "样样"),
        (signed("样\u202e芳", "", "已到"), "B2", "\\u202e"),
    ],
)
def test_what_is_wrong_is_said_by_cell(row: tuple[Any, ...], cell: str, found: str) -> None:
    with pytest.raises(Complaints) as refused:
        read(row, signed("样王强", "", "已到"))
    (complaint,) = refused.value.found
    assert str(complaint).startswith(f"{NAME}: Sheet!{cell}: ")
    assert found in str(complaint)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Complaints) as refused:
        read(signed("样李芳", "", "?"), signed("样王强", "", "", "x"))
    assert len(refused.value.found) == 2


def test_a_formula_is_a_value_and_no_more() -> None:
    assert [row.name for row in read(signed("=1+1", "", "已到"), signed("样李芳", "", "已到"))] == ["=1+1", "样李芳"]


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(Complaint):
        sign_in_reader.read(NAME, b"PK\x03\x04 damaged")
    with pytest.raises(Complaint):
        sign_in_reader.read(NAME, filled(("样李芳",), head=("某列",)))
    with pytest.raises(Complaint):
        sign_in_reader.read(NAME, filled(*(("样李芳",) for _ in range(1001)), head=("姓名",)))
