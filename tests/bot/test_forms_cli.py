"""`jiaolian forms`: files of an event, of persons without what is private, of days; and a school's own layout."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from handlers.leave import StartLeave, start_leave
from store.database import Store
from store.leaves import LeaveKind
from tests.bot.command import command
from tests.bot.test_own_layouts import sheet
from tests.handlers.event_sample import CLASSES, RESEARCH, WANG, begin

KEY = ("--consortium", "sample")
EVENT = ("--event", "research:2026-10-14")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a store in which the research event of 14 October was announced, and 样王强 has asked for leave."""
    from store.migrating import upgrade

    store = Store(f"sqlite:///{tmp_path / 'jiaolian.db'}")
    upgrade(store)
    school = begin(store, RESEARCH, CLASSES, until="10-08 09:00")
    research = school.occurrence("research", "10-14 14:30")
    school.take(start_leave, StartLeave(WANG, research, LeaveKind.SICK, "孩子发烧"))
    store.close()
    return tmp_path


def text_of(file: Path) -> str:
    document = Document(BytesIO(file.read_bytes()))
    return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)


def listed(folder: Path, *words: str) -> list[dict[str, Any]]:
    run = command(folder, "forms", *KEY, *words, "--out", "forms", "--json")
    assert run.returncode == 0, run.stderr
    found: list[dict[str, Any]] = json.loads(run.stdout)["files"]
    return found


def test_all_forms_of_an_event_are_written_and_named(folder: Path) -> None:
    files = listed(folder, *EVENT)
    assert files[1] == {
        "form": "sign-in",
        "date": "2026-10-14",
        "activity": "research",
        "class": None,
        "person": None,
        "school": None,
        "file": "2026-10-14 签到表 research.docx",
    }
    assert [one["form"] for one in files] == ["notice", "sign-in", "minutes", "observation"]
    assert {one.name for one in (folder / "forms").iterdir()} == {one["file"] for one in files}


def test_a_slip_and_a_reflection_go_out_without_what_is_private(folder: Path) -> None:
    files = listed(folder, *EVENT, "--form", "leave", "--form", "reflection", "--person", "wang")
    assert [one["person"] for one in files] == ["wang", "wang"]
    slip = text_of(folder / "forms" / files[0]["file"])
    assert "样王强" in slip
    assert "孩子发烧" not in slip
    assert "病假" not in slip


def test_class_records_of_a_day_are_one_a_class(folder: Path) -> None:
    files = listed(folder, "--event", "classes:2026-10-12")
    assert [one["class"] for one in files] == ["c701", "c702", "c801"]
    assert len(listed(folder, "--event", "classes:2026-10-12:c702")) == 1


def test_a_school_may_have_the_own_people_alone(folder: Path) -> None:
    (file,) = listed(folder, *EVENT, "--form", "sign-in", "--school", "east")
    assert file["file"] == "2026-10-14 签到表 research east.docx"
    text = text_of(folder / "forms" / file["file"])
    assert "样王强" in text
    assert "样李芳" not in text


def test_days_are_summed_up(folder: Path) -> None:
    (file,) = listed(folder, "--form", "attendance", "--from", "2026-09-01", "--to", "2026-09-30")
    assert file["file"] == "2026-09-30 考勤汇总表.docx"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*EVENT, "--school", "nowhere"), "--school: 'nowhere': expected the key of a school"),
        (("--event", "research:2026-10-15"), "--event: 'research:2026-10-15': expected ACTIVITY:DATE[:CLASS]"),
        (("--event", "nothing"), "--event: 'nothing': expected"),
        ((*EVENT, "--form", "class-record"), "--form: class-record: expected a form that research:2026-10-14 has"),
        ((*EVENT, "--form", "leave", "--person", "li"), "--form: leave: expected"),
        ((*EVENT, "--form", "leave", "--person", "nobody"), "--person: 'nobody': expected the key of a person"),
    ],
)
def test_what_is_not_there_is_refused_by_its_option(folder: Path, words: tuple[str, ...], said: str) -> None:
    run = command(folder, "forms", *KEY, *words, "--out", "forms")
    assert run.returncode == 1
    assert said in run.stderr
    assert not (folder / "forms").exists()


def test_options_that_need_each_other_are_wrong_usage(folder: Path) -> None:
    for words in ((), ("--form", "attendance"), (*EVENT, "--form", "leave"), (*EVENT, "--from", "2026-10-01")):
        assert command(folder, "forms", *KEY, *words, "--out", "forms").returncode == 2


def test_an_own_layout_is_set_used_and_removed(folder: Path) -> None:
    (folder / "ours.docx").write_bytes(sheet())
    layout = ("forms", "template", *KEY, "--form", "sign-in")
    assert command(folder, *layout, "ours.docx").stdout == "签到表今后按ours.docx的版式打印。\n"
    (file,) = listed(folder, *EVENT, "--form", "sign-in")
    assert "样李芳（样例中心校）" in text_of(folder / "forms" / file["file"])
    assert command(folder, *layout, "--remove").stdout == "签到表恢复为默认版式。\n"
    listed(folder, *EVENT, "--form", "sign-in")
    assert "样李芳（样例中心校）" not in text_of(folder / "forms" / file["file"])
    (folder / "ours.docx").write_bytes(sheet(lambda one: one.add_paragraph("{{ 手机号 }}")))
    run = command(folder, *layout, "ours.docx")
    assert (run.returncode, run.stdout) == (1, "")
    assert "ours.docx: paragraph 3: {{ 手机号 }}" in run.stderr
