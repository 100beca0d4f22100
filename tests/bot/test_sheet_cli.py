"""`jiaolian term-plan` and `import-plan`: out, edited, in, and `plan` has it. In a term that is ahead for long."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests.bot.command import command
from tests.bot.sheet_sample import NAME, Edited

FILE = """
[consortium]
key = "later"
name = "样例教联体"
timezone = "Asia/Shanghai"
public_holidays = "none"
[[school]]
key = "core"
name = "样例中心校"
role = "core"
[[person]]
key = "li"
name = "样李芳"
school = "core"
roles = ["teacher"]
[[term]]
key = "t"
name = "第一学期"
first_day = 2150-09-01
last_day = 2151-01-22
[[chat]]
key = "teaching"
title = "样例教研群"
platform = "telegram"
[[activity]]
key = "monthly"
kind = "joint_research"
title = "共创式主题教研"
chat = "teaching"
every = "month"
on = "second wednesday"
at = "14:30"
lasts = "90m"
"""
KEY = ("--consortium", "later")
OCT, NOV = date(2150, 10, 14), date(2150, 11, 11)


@pytest.fixture
def edited(folder: Path) -> Edited:
    (folder / "later.toml").write_text(FILE, encoding="utf-8")
    assert command(folder, "apply", "later.toml").returncode == 0
    run = command(folder, "term-plan", *KEY, "--out", NAME, "--term", "t")
    assert (run.returncode, run.stdout) == (0, f"已写入 {NAME}（第一学期，5 次活动）。\n")
    return Edited((folder / NAME).read_bytes())


def exported(folder: Path) -> bytes:
    command(folder, "term-plan", *KEY, "--out", NAME, "--term", "t")
    return (folder / NAME).read_bytes()


def imported(folder: Path, edited: Edited, *more: str) -> dict[str, Any]:
    (folder / NAME).write_bytes(edited.content)
    run = command(folder, "import-plan", NAME, *KEY, "--json", *more)
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def planned(folder: Path) -> list[dict[str, Any]]:
    run = command(folder, "plan", *KEY, "--from", "2150-09-01", "--to", "2151-01-22", "--json")
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found


def test_what_was_edited_holds_and_nothing_else(folder: Path, edited: Edited) -> None:
    before = planned(folder)
    edited[edited.row(OCT), "date"] = date(2150, 10, 15)
    edited[edited.row(NOV), "speaker"] = "样李芳"
    edited.new(date=date(2150, 10, 22), starts=time(9), ends=time(10), title="座谈会")
    found = imported(folder, edited)
    new, *details = found["added"]
    assert new.startswith("activity[chat-")
    assert details == ["occurrence[monthly/2150-10-14]", "occurrence[monthly/2150-11-11]"]
    assert (found["changed"], found["retired"], found["absent"], found["applied"]) == ([], [], [], True)
    after = planned(folder)
    october, new = after[1:3]
    assert (october["date"], october["moved_from"]) == ("2150-10-15", "2150-10-14")
    assert (new["title"], new["starts_at"]) == ("座谈会", "2150-10-22T09:00:00+08:00")
    assert (after[0], *after[3:]) == (before[0], *before[2:])
    command(folder, "term-plan", *KEY, "--out", NAME, "--term", "t")
    again = imported(folder, Edited((folder / NAME).read_bytes()))
    assert (again["added"], again["changed"]) == ([], [])


def test_a_change_has_a_number_by_which_it_is_taken_back_once(folder: Path, edited: Edited) -> None:
    before = planned(folder)
    edited[edited.row(OCT), "date"] = date(2150, 10, 15)
    edited.new(date=date(2150, 10, 22), starts=time(9), ends=time(10), title="座谈会")
    found = imported(folder, edited)
    undo = ("import-plan", *KEY, "--undo", str(found["amendment"]))
    assert json.loads(command(folder, *undo, "--dry-run", "--json").stdout)["applied"] is False
    assert planned(folder) != before
    back = json.loads(command(folder, *undo, "--json").stdout)
    assert back["retired"] == found["added"]
    assert planned(folder) == before
    again = command(folder, *undo)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith(f"--undo: {found['amendment']}: expected the number of a change that holds")


def test_what_was_changed_again_is_not_taken_back(folder: Path, edited: Edited) -> None:
    edited[edited.row(OCT), "place"] = "二楼"
    first = imported(folder, edited)["amendment"]
    edited[edited.row(OCT), "place"] = "三楼"
    second = imported(folder, edited)["amendment"]
    assert command(folder, "import-plan", *KEY, "--undo", str(first)).returncode == 1
    said = command(folder, "import-plan", *KEY, "--undo", str(second)).stdout
    assert said == f"第{second}号改动已撤销，和改之前一样。\n"
    edited = Edited(exported(folder))
    assert edited[edited.row(OCT), "place"] == "二楼"


def test_another_consortiums_change_is_none(folder: Path, edited: Edited) -> None:
    edited[edited.row(OCT), "place"] = "二楼"
    number = imported(folder, edited)["amendment"]
    assert command(folder, "import-plan", "--consortium", "chuzhong", "--undo", str(number)).returncode == 1


def test_a_dry_run_says_the_same_and_changes_nothing(folder: Path, edited: Edited) -> None:
    before = planned(folder)
    edited[edited.row(OCT), "starts"] = time(14)
    tried = imported(folder, edited, "--dry-run")
    assert tried["applied"] is False
    assert planned(folder) == before
    assert imported(folder, edited)["added"] == tried["added"]


def test_for_people_it_says_what_changes_and_what_is_not_kept(folder: Path, edited: Edited) -> None:
    edited[edited.row(OCT), "remark"] = "请提前调课"
    edited.sheet.delete_rows(edited.row(NOV))
    (folder / NAME).write_bytes(edited.content)
    said = command(folder, "import-plan", NAME, *KEY).stdout
    assert f"《{NAME}》里没有改动，样例教联体的安排不变。" in said
    assert "11月11日（星期三）共创式主题教研" in said
    assert "请提前调课" in said
    edited[edited.row(OCT), "place"] = "二楼"
    (folder / NAME).write_bytes(edited.content)
    said = command(folder, "import-plan", NAME, *KEY).stdout
    assert "单次安排 1：共创式主题教研（monthly/2150-10-14）" in said
    assert "jiaolian import-plan --consortium later --undo 1\n" in said
    edited[edited.row(OCT), "place"] = "三楼"
    (folder / NAME).write_bytes(edited.content)
    assert "主题教研（monthly/2150-10-14） · 地点：二楼 → 三楼" in command(folder, "import-plan", NAME, *KEY).stdout


def test_what_is_wrong_is_refused_by_cell_and_nothing_is_half_done(folder: Path, edited: Edited) -> None:
    before = planned(folder)
    edited[edited.row(OCT), "date"] = date(2150, 10, 15)
    edited[edited.row(NOV), "starts"] = "25:00"
    (folder / NAME).write_bytes(edited.content)
    run = command(folder, "import-plan", NAME, *KEY)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f'{NAME}: 学期安排表!D4: "25:00": expected a time such as 14:30\n'
    assert planned(folder) == before


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("term-plan", *KEY, "--out", "a.csv"), "--out: a.csv: expected a file whose name ends in .xlsx"),
        (("term-plan", *KEY, "--out", "a.xlsx", "--term", "x"), "--term: 'x': expected the key of a term of later"),
        (("term-plan", "--consortium", "x", "--out", "a.xlsx"), "--consortium: 'x': expected the key of a consortium"),
        (("import-plan", "a.xlsx", *KEY), "a.xlsx: No such file or directory: expected a term plan"),
        (("import-plan", NAME, "--consortium", "x"), "--consortium: 'x': expected the key of a consortium"),
        (("import-plan", "later.toml", *KEY), "later.toml: another kind of file: expected a workbook saved as .xlsx"),
        (("import-plan", "bad.xlsx", *KEY), "bad.xlsx: not a workbook (BadZipFile): expected a workbook"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, edited: Edited, words: tuple[str, ...], line: str) -> None:
    (folder / "bad.xlsx").write_bytes(b"x")
    run = command(folder, *words)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(line)
    assert len(run.stderr.splitlines()) == 1
