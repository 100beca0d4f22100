"""`jiaolian picture`: each day in its week and of its kind, every text inside its cell, drawn with a font that fits."""

import re
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.picture import term_of
from bot.pictures import chinese_font, term_picture
from bot.pictures.chinese_font import Font
from bot.pictures.term_picture import Cell
from bot.words import Words
from scheduling import public_holidays
from scheduling.calendar import SchoolCalendar
from store.blueprint import Day
from store.complaint import Complaint
from tests.bot.command import command
from tests.handlers.event_sample import local
from tests.needs import CHROMIUM, has_chinese_font, lacking
from tests.scheduling.sample import BASE, FIRST, LAST, RESEARCH, TERM, class_meeting, having

ZH = Words("zh")
FILE = having(RESEARCH, class_meeting())
PNG = b"\x89PNG\r\n\x1a\n"


def cells(language: str = "zh") -> dict[date, Cell]:
    return {cell.day: cell for week in term_picture.weeks(FILE, TERM, Words(language)) for cell in week.cells}


def test_the_rows_are_the_teaching_weeks_from_the_monday_on() -> None:
    found = term_picture.weeks(FILE, TERM, ZH)
    assert [week.number for week in found] == list(range(1, 22))
    assert (found[0].cells[0].day, found[-1].cells[6].day) == (date(2026, 8, 31), date(2027, 1, 24))
    assert all(cell.day.weekday() == number for week in found for number, cell in enumerate(week.cells))


def test_every_day_is_of_its_kind() -> None:
    calendar = SchoolCalendar(FILE)
    for day, cell in cells().items():
        assert (cell.kind == "outside") == (not FIRST <= day <= LAST)
        if cell.kind != "outside":
            assert (cell.kind in ("school", "make_up")) == calendar.is_school_day(day), day
            assert (cell.kind == "make_up") == calendar.is_make_up_day(day), day


def test_days_off_and_make_up_days_have_the_names_that_teachers_use() -> None:
    found = cells()
    names = {day: found[date(2026, 10, day)].name for day in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    swapped = dict.fromkeys((1, 2, 3, 5, 6, 7), "国庆节")
    assert names == swapped | {4: "", 8: "", 10: "补周五"}
    assert (found[date(2026, 9, 20)].kind, found[date(2026, 9, 20)].name) == ("make_up", "调休上课")
    assert cells("en")[date(2026, 10, 6)].name == "National Day"
    exam = FILE.model_copy(update={"day": (Day(date=date(2026, 11, 5), kind="off", name="期中考试"),)})
    assert SchoolCalendar(exam).name(date(2026, 11, 5), "zh") == "期中考试"


def test_events_stand_by_title_and_class_meetings_as_one_mark() -> None:
    found = cells()
    assert found[date(2026, 10, 14)].titles == ("共创式主题教研",)
    mondays = [day for day, cell in found.items() if cell.classes]
    assert len(mondays) == 19
    assert not any(cell.titles for day, cell in found.items() if day in mondays)


def test_a_year_that_is_not_published_is_said_to_be_provisional() -> None:
    drawn = term_picture.svg(FILE, TERM, ZH, "x")
    assert ("2027年的放假安排未公布" in drawn) == (not public_holidays.of(2027).published)


def test_today_is_marked_only_where_it_is_said() -> None:
    plain = term_picture.svg(FILE, TERM, ZH, "x")
    marked = term_picture.svg(FILE, TERM, ZH, "x", date(2026, 10, 14))
    assert ("今天" in plain, "今天" in marked) == (False, True)
    assert marked.count("<rect") == plain.count("<rect") + 2  # the day, and the legend's


@given(st.text(min_size=1, max_size=60), st.sampled_from([86, 136]))
def test_texts_are_broken_to_fit_their_cell_and_lose_nothing(text: str, width: int) -> None:
    lines = term_picture.broken(text, width)
    kept = "".join(lines)
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", term_picture.printable(text))
    assert all(term_picture.wide(line) <= width for line in lines)


def test_whatever_a_file_says_the_picture_is_well_formed() -> None:
    for title in ("<教研> & “评课”", "\x00\x0b控制", "x" * 200, "共创" * 60):
        file = having(RESEARCH.model_copy(update={"title": title}))
        root = ElementTree.fromstring(term_picture.svg(file, TERM, ZH, "x", FIRST + timedelta(days=1)))
        assert len([each for each in root if each.tag.endswith("text")]) > 150


def test_the_command_writes_a_png_that_is_not_made_of_boxes(folder: Path) -> None:
    if not has_chinese_font():
        lacking(CHROMIUM)
    run = command(folder, "picture", "--consortium", "chuzhong", "--term", "2026-1", "--out", "term.png")
    assert (run.returncode, run.stderr) == (0, "")
    content = (folder / "term.png").read_bytes()
    assert content.startswith(PNG)
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width == 2064
    assert height > 2000
    font = chinese_font.font()
    assert term_picture.png(one_word("研", font), font) != term_picture.png(one_word("班", font), font)


def one_word(word: str, font: Font) -> str:
    """Two different ones are the same box in a font that has neither."""
    text = f'<text y="30" font-size="30" font-family="{font.family}">{word}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{text}</svg>'


def test_an_svg_needs_no_font(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))  # no fontconfig
    assert command(folder, "picture", "--consortium", "chuzhong", "--out", "term.svg").returncode == 0
    assert ElementTree.fromstring((folder / "term.svg").read_text(encoding="utf-8")).tag.endswith("svg")


def test_a_machine_without_a_chinese_font_is_told_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Complaint, match=r"font: none that has Chinese characters: .* apt install fonts-noto-cjk"):
        chinese_font.font({"nowhere.ttc": "Nowhere"})
    here = tmp_path / "here.ttc"
    here.touch()
    assert chinese_font.font({"nowhere.ttc": "Nowhere", str(here): "Here"}) == Font(str(here), "Here")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "term.jpg"], "--out: term.jpg: expected a file whose name ends in .png or .svg\n"),
        (["--out", "a.svg", "--term", "2031-1"], "--term: '2031-1': expected the key of a term of chuzhong\n"),
        (["--out", "no/a.svg", "--term", "2026-1"], "--out: no/a.svg: No such file or directory: expected a file"),
        (["--out", "a.svg", "--consortium", "x"], "--consortium: 'x': expected the key of a consortium"),
    ],
)
def test_a_refusal_is_one_line(folder: Path, words: list[str], said: str) -> None:
    run = command(folder, "picture", "--consortium", "chuzhong", *words)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (1, "", 1)
    assert run.stderr.startswith(said)


def test_without_a_term_key_it_is_the_one_that_runs_comes_next_or_was_the_last() -> None:
    spring = TERM.model_copy(update={"key": "2026-2", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)})
    file = BASE.model_copy(update={"term": (spring, TERM)})
    after = {0: "2026-1", 60: "2026-1", 201: "2026-1", 202: "2026-2", 363: "2026-2", 800: "2026-2"}
    summer = local("07-05 12:00")
    assert {days: term_of(file, None, summer + timedelta(days=days)).key for days in after} == after


def test_what_classes_have_every_day_is_not_marked_on_each() -> None:
    daily = class_meeting(every="day", on=None).model_copy(update={"key": "evening"})
    rows = [cell for week in term_picture.weeks(having(class_meeting(), daily), TERM, ZH) for cell in week.cells]
    marked = {cell.day for cell in rows if cell.classes}
    assert marked == {cell.day for cell in cells().values() if cell.classes}
    assert marked
