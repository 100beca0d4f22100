"""`jiaolian import-roster`: people matched by key or by name and school, doubtful rows refused, nobody retired."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from bot.sheets import roster
from store.blueprint import Blueprint
from store.complaint import Complaint
from tests.bot.command import command
from tests.handlers.event_sample import FILE, RESEARCH

HEAD = ("姓名", "学校", "学科", "原学校", "职务", "角色", "班主任")
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(folder: Path) -> Sheet:
    def written(*rows: Sequence[object], head: Sequence[str] | None = HEAD) -> Path:
        book = Workbook()
        assert book.active is not None
        for row in ([head] if head else []) + list(rows):
            book.active.append(list(row))
        book.save(folder / "名册.xlsx")
        return folder / "名册.xlsx"

    return written


def imported(file: Path, *more: str) -> dict[str, Any]:
    run = command(file.parent, "import-roster", str(file), "--consortium", "chuzhong", "--json", *more)
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def refused(file: Path, *more: str) -> list[str]:
    run = command(file.parent, "import-roster", str(file), "--consortium", "chuzhong", *more)
    assert (run.returncode, run.stdout) == (1, "")
    return run.stderr.splitlines()


def test_people_are_changed_where_they_are_known_and_added_where_they_are_new(sheet: Sheet) -> None:
    file = sheet(
        ("样王丽", "样例东城初级中学", "数学", None, None, None, None),
        ("样新来", "west", "语文", "样例中心初级中学", "备课组长", "教师、审批人", "七（1）班"),
    )
    found = imported(file)
    assert [(each["path"], each["from"], each["to"]) for each in found["changed"] if "t202" in each["path"]] == [
        ("person[t202].subject", "语文", "数学")
    ]
    assert (len(found["added"]), found["retired"], found["applied"]) == (1, [], True)
    key = found["added"][0].removeprefix("person[").removesuffix("]")
    assert any(each["path"] == "class[w701].head_teacher" and each["to"] == key for each in found["changed"])
    again = imported(file)
    assert (again["added"], again["changed"]) == ([], [])


def test_a_dry_run_says_the_same_and_changes_nothing(sheet: Sheet) -> None:
    file = sheet(("样新来", "east"), head=("name", "school"))
    tried = imported(file, "--dry-run")
    assert (len(tried["added"]), tried["applied"]) == (1, False)
    assert imported(file)["added"] == tried["added"]


def test_by_key_a_person_may_get_another_name_and_school(sheet: Sheet) -> None:
    found = imported(sheet(("t202", "样王莉", "west"), head=("编号", "姓名", "学校")))
    assert {each["path"]: each["to"] for each in found["changed"]} == {
        "person[t202].name": "样王莉", "person[t202].school": "west",
    }  # fmt: skip


def test_whoever_may_be_another_is_refused_by_row(sheet: Sheet) -> None:
    """王丽 teaches at two schools: one at a third may be either of them, unless both are named beside."""
    assert refused(sheet(("样王丽", "west"), head=("姓名", "学校"))) == [
        '名册.xlsx: row 2, 姓名: "样王丽": expected a key in the column 编号, since it may be t102, t202'
    ]
    three = sheet(("样王丽", "west"), ("样王丽", "east"), ("样王丽", "core"), head=("姓名", "学校"))
    assert len(imported(three)["added"]) == 1


def test_everything_that_is_wrong_is_said_at_once(sheet: Sheet) -> None:
    file = sheet(
        ("样甲", "南城", None, None, None, None, None),
        (None, "east", None, None, None, None, None),
        ("样乙", "east", None, "北城", None, "领导", None),
        ("样张伟", "east", None, None, None, None, "七(9)班"),
        ("样张伟", "east", None, None, None, None, None),
    )
    lines = refused(file)
    assert [line.split(": ")[1] for line in lines] == [
        "row 2, 学校", "row 3, 姓名", "row 4, 原学校", "row 4, 角色", "row 5, 班主任", "row 6, 姓名",
    ]  # fmt: skip
    assert lines[0].endswith('"南城": expected one of 样例中心初级中学, 样例东城初级中学, 样例西城初级中学')


def test_at_most_twenty_lines(sheet: Sheet) -> None:
    assert len(refused(sheet(*[(f"样{number}", "南城") for number in range(30)], head=("姓名", "学校")))) == 20


def test_a_column_that_nobody_knows_or_that_comes_twice_is_named(sheet: Sheet) -> None:
    lines = refused(sheet(("样甲", "east", 1), head=("姓名", "学校", "电话")))
    columns = "编号, 姓名, 学校, 学科, 原学校, 职务, 角色, 班主任"
    assert lines == [f"名册.xlsx: row 1: column '电话': expected one of {columns}"]
    assert "each once" in refused(sheet(("样甲", "east", "x"), head=("姓名", "学校", "name")))[0]


def test_a_title_may_stand_above_and_cells_are_read_as_they_are_meant(sheet: Sheet) -> None:
    file = sheet(("三校教师名册",), (), (" 姓名 ", "学校*"), ("样　周\u00a0七", " ｅａｓｔ "), (7.0, "west"), head=None)
    assert len(imported(file)["added"]) == 2


def test_names_are_compared_in_any_width_and_kept_as_they_stand(sheet: Sheet) -> None:
    """Brackets of either width come from two input methods, not from two people."""
    wide = Blueprint.model_validate(
        FILE
        | {
            "school": ({"key": "core", "name": "实验小学（东校区）", "role": "core"},),
            "person": ({"key": "li", "name": "李芳（大）", "school": "core", "roles": ("teacher",)},),
            "class_": ({"key": "c1", "school": "core", "name": "一（1）班", "head_teacher": None},),
            "activity": (RESEARCH | {"audience": {"subjects": ("科学（初中）",)}},),
        }
    )
    head = ("姓名", "学校", "学科", "班主任")
    for brackets in ("（）", "()"):
        spelt = str.maketrans("（）", brackets)
        rows = [("李芳（大）", "实验小学（东校区）", "科学（初中）", "一（1）班"), ("样新（小）", "core", None, None)]
        file = sheet(*[[cell and cell.translate(spelt) for cell in row] for row in rows], head=head)
        found = roster.merged(wide, file.name, file.read_bytes())
        assert [one.name for one in found.person] == ["李芳（大）".translate(spelt), "样新（小）".translate(spelt)]
        assert (found.person[0].key, found.person[0].subject) == ("li", "科学（初中）")
        assert found.class_[0].head_teacher == "li"


def test_a_formula_is_its_value_and_no_command(sheet: Sheet) -> None:
    """A value that was never computed is an empty cell."""
    assert "row 2, 姓名" in refused(sheet(('=HYPERLINK("http://x")', "east"), head=("姓名", "学校")))[0]


def test_what_is_no_workbook_is_refused_in_one_line(folder: Path, sheet: Sheet) -> None:
    for name, content in (("a.xls", b"x"), ("b.csv", b"x"), ("c.xlsx", b"x"), ("d.xlsx", b"")):
        (folder / name).write_bytes(content)
        lines = refused(folder / name)
        assert len(lines) == 1
        assert lines[0].startswith(f"{name}: ")
        assert lines[0].endswith("expected a workbook saved as .xlsx")
    assert "No such file" in refused(folder / "nowhere.xlsx")[0]
    assert refused(sheet(("样甲", "east"), head=("谁", "哪里")))[0].endswith("expected a row with 姓名 and 学校")


def test_a_damaged_workbook_is_refused_in_one_line(sheet: Sheet) -> None:
    file = sheet(("样甲", "east"), head=("姓名", "学校"))
    good = file.read_bytes()
    refusals = 0
    for at in range(0, len(good), 37):
        content = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
        try:
            roster.entries("名册.xlsx", content)
        except Complaint as complaint:
            refusals += "\n" not in str(complaint)
    assert refusals > 20
    with ZipFile(file, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
    assert refused(file)[0].endswith("expected a workbook saved as .xlsx")


def test_a_giant_in_a_small_file_is_not_unpacked(folder: Path) -> None:
    bomb = folder / "bomb.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    assert bomb.stat().st_size < 100_000
    assert refused(bomb) == ["bomb.xlsx: too large when unpacked: expected at most 50 MB"]


def test_too_many_rows_are_refused(sheet: Sheet) -> None:
    assert refused(sheet(*[("样甲", "east")] * 6_000, head=("姓名", "学校"))) == [
        "名册.xlsx: more than 5000 rows: expected at most 5000"
    ]


def test_an_unknown_consortium_is_refused(sheet: Sheet) -> None:
    run = command((file := sheet(("样甲", "east"))).parent, "import-roster", str(file), "--consortium", "nobody")
    assert (run.returncode, run.stderr.startswith("--consortium: 'nobody'")) == (1, True)


def test_every_column_and_role_of_the_contract_is_known() -> None:
    assert {"姓名", "学校", "学科", "原学校", "职务", "角色", "班主任"} <= roster.COLUMNS.keys()
    assert {"name", "school", "subject", "home", "post", "roles", "head_teacher_of"} <= roster.COLUMNS.keys()
    assert {"teacher", "organiser", "approver", "principal"} == set(roster.ROLES.values())
