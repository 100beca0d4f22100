"""`jiaolian report`: a folder as a whole or none, what its manifest says, the same figures as JSON, what is refused."""

import hashlib
import json
from pathlib import Path

import pytest

from bot.pictures import chinese_font
from bot.reports import whole_folder
from store.complaint import Complaint
from tests.bot.command import command

REPORT = ("report", "--consortium", "chuzhong", "--from", "2026-09-01", "--to", "2027-01-22", "--out")
FOLDERS = (
    *("1 组织机构", "2 规划与方案", "3 教师交流轮岗", "4 共创式主题教研", "5 优质课竞赛"),
    *("6 教学督导与检查", "7 班会与德育", "8 四季八节", "9 考勤汇总", "10 缺项清单"),
)


def test_the_folder_is_what_its_manifest_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chinese_font, "found", lambda: None)
    done = command(folder, *REPORT, "out", "--json")
    assert done.returncode == 0, done.stderr
    assert (done.stderr.count("\n"), "SVG" in done.stderr, "fonts-noto-cjk" in done.stderr) == (1, True, True)
    answer, manifest = json.loads(done.stdout), json.loads((folder / "out" / "manifest.json").read_bytes())
    files = {path.relative_to(folder / "out").as_posix() for path in (folder / "out").rglob("*") if path.is_file()}
    assert files == set(answer["files"])
    assert files == {one["path"] for one in manifest["files"]} | {"manifest.json"}
    for one in manifest["files"]:
        content = (folder / "out" / one["path"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
    assert {name.split("/")[0] for name in files} == {
        *FOLDERS,
        "台账.xlsx",
        "台账目录.docx",
        "计划落实.svg",
        "index.html",
        "manifest.json",
    }


@pytest.mark.parametrize(("language", "told"), [("zh", "第一次 apply 开始，更早的"), ("en", "Records begin on")])
def test_days_before_the_first_apply_are_told_to_have_no_records(folder: Path, language: str, told: str) -> None:
    done = command(folder, *REPORT[:4], "2020-09-01", "--to", "2020-09-30", "--out", "out", JIAOLIAN_LANGUAGE=language)
    assert (done.returncode, told in done.stdout) == (0, True)
    days = "2099-01-01", "--to", "2099-01-02"
    done = command(folder, *REPORT[:4], *days, "--out", "other", JIAOLIAN_LANGUAGE=language)
    assert (done.returncode, told in done.stdout) == (0, False)


def test_an_earlier_report_is_replaced_and_no_other_folder(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    assert command(folder, *REPORT, "out").returncode == 0
    assert command(folder, *REPORT, "out").returncode == 0
    (out / "照片.jpg").write_bytes(b"1")
    done = command(folder, *REPORT, "out")
    assert (done.returncode, done.stderr) == (
        1, "--out: out/照片.jpg: added since it was written: expected a new or an empty folder, or an earlier report "
        "that nobody has changed\n",
    )  # fmt: skip
    (out / "照片.jpg").unlink()
    (out / "台账.xlsx").write_bytes(b"1")
    assert "out/台账.xlsx: changed since it was written" in command(folder, *REPORT, "out").stderr
    (out / "manifest.json").unlink()
    assert "out: a folder with other files" in command(folder, *REPORT, "out").stderr
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_what_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    (folder / "file").write_text("")
    before = sorted(path.name for path in folder.iterdir())
    done = command(folder, *REPORT, "file/out")
    assert (done.returncode, done.stderr.startswith("--out: file/out: ")) == (1, True), done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_neither_the_folder_one_is_in_nor_a_link_is_moved_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    whole_folder.write("--out", tmp_path / "link", [("a.txt", b"1")], {})
    whole_folder.write("--out", tmp_path / "link", [("a.txt", b"2")], {})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere" / "a.txt").read_bytes() == b"2"
    monkeypatch.chdir(tmp_path / "in")
    with pytest.raises(Complaint, match="the folder in which the command runs"):
        whole_folder.check("--out", Path())


def test_who_was_killed_while_the_folders_changed_places_begins_anew(tmp_path: Path) -> None:
    out, left = tmp_path / "out", (tmp_path / ".out.old", tmp_path / ".out.part")
    for one in left:
        one.mkdir()
        (one / "half.txt").write_bytes(b"0")
    whole_folder.write("--out", out, [("a.txt", b"1")], {})
    assert sorted(one.name for one in out.iterdir()) == ["a.txt", "manifest.json"]
    assert [one for one in left if one.exists()] == []


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--scope", "core"), "--scope: 'core': expected school=KEY"),
        (
            ("--scope", "school=nowhere"),
            "--scope: 'school=nowhere': expected school= and the key of a school of chuzhong",
        ),
        (
            ("--consortium", "none"),
            "--consortium: 'none': expected the key of a consortium that was applied (chuzhong)",
        ),
        (("--to", "2026-08-01"), "--from: 2026-09-01: expected no later day than --to 2026-08-01"),
    ],
)
def test_what_cannot_be_is_refused(folder: Path, options: tuple[str, ...], refusal: str) -> None:
    done = command(folder, *REPORT, "out", *options)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{refusal}\n")
    assert not (folder / "out").exists()
