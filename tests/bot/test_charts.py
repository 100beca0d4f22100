"""The charts of an inspection file: their figures are those of the tables, in the file's order, legible without
colour."""

import re
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from bot.pictures import bar_chart, charts, chinese_font
from bot.pictures.bar_chart import Bar, Chart
from bot.pictures.charts import Charts
from bot.settings import LANGUAGES
from bot.words import Words
from tests.bot.charted import dossier
from tests.needs import has_chinese_font


def bars(title: str) -> list[tuple[str, str, str]]:
    """Name, figures and note of each."""
    words = Words("zh")
    chart = next(one for one in Charts(dossier(), words).every() if one.title.startswith(title))
    return [(bar.name, bar_chart.figures(bar, words), bar.note) for bar in chart.bars]


def test_attendance_by_month_has_everybody_who_was_expected_and_no_rate_of_too_few() -> None:
    assert bars("按月出勤") == [
        ("2026-09", "到会 2 · 迟到 1 · 请假 1", "应到4"),
        ("2026-10", "到会 3 · 迟到 1 · 请假 1 · 公务、免到 1 · 待核 1 · 旷 1", "应到8　暂定57.1%"),
    ]


def test_answers_stand_in_the_files_order_and_a_small_school_has_counts_alone() -> None:
    assert bars("按学校答复") == [
        ("样例东校", "已答复 2", "2/2"),
        ("样例中心校", "已答复 9 · 未答复 1", "9/10　90%"),
    ]
    svg = drawn("按学校答复")
    assert svg.count('height="26"') == 2  # the parts of the large school's bar


def test_a_week_that_does_not_count_has_no_bar() -> None:
    assert bars("班会按周") == [
        ("1周", "", "本周不计"),
        ("2周", "已开 2", "开了2/2"),
        ("3周", "待登记 1 · 未开 1", "开了0/2"),
    ]


def test_obligations_have_what_is_missing_apart_from_what_is_still_to_come() -> None:
    assert bars("计划落实") == [
        ("主题教研", "已完成 1 · 缺 1 · 还没到 1", "1/3"),
        ("每日夕会", "", "不计数"),
        ("派出骨干教师", "已完成 31", "31/30"),
    ]


def drawn(title: str, language: str = "zh") -> str:
    words = Words(language)
    made = Charts(dossier(), words)
    chart = next(one for one in made.every() if one.title.startswith(title))
    return bar_chart.svg(made.heading(), chart, words, "Noto Sans CJK SC")


def test_the_parts_of_a_bar_are_as_wide_as_their_share() -> None:
    found = [float(one) for one in re.findall(r'width="([\d.]+)" height="26"', drawn("按月出勤"))]
    unit = bar_chart.BAR / 8
    assert found == [2 * unit, unit, unit, 3 * unit, unit, unit, unit, unit, unit]


def test_every_kind_of_part_can_be_drawn_in_every_language() -> None:
    for language in LANGUAGES:
        words = Words(language)
        for chart in Charts(dossier(), words).every():
            svg = bar_chart.svg("样例", chart, words, "Noto Sans CJK SC")
            assert all(f">{bar_chart.figures(bar, words)}</text>" in svg for bar in chart.bars)


def test_of_very_many_bars_there_are_several_pictures_in_order() -> None:
    one = dossier().standings[0]
    many = replace(dossier(), standings=tuple(replace(one, title=f"事项{number}") for number in range(30)))
    found = [chart for chart in Charts(many, Words("zh")).every() if chart.folder is None]
    assert [(chart.title, len(chart.bars)) for chart in found] == [("计划落实（1）", 24), ("计划落实（2）", 6)]
    assert [bar.name for chart in found for bar in chart.bars] == [f"事项{number}" for number in range(30)]


def test_hostile_names_are_text_of_two_lines_at_most() -> None:
    chart = Chart(None, "<b>", (Bar("<script>&" + "样" * 200, (("came", 1),), 1, "\x00\u202e"),))
    svg = bar_chart.svg("=cmd" + "样" * 200, chart, Words("zh"), "Noto Sans CJK SC")
    assert "<script" not in svg
    assert "\x00" not in svg
    assert svg.count('text-anchor="end"') == 2


def test_the_picture_is_the_same_for_the_same_data_and_none_where_it_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    words, found = Words("zh"), dossier()
    if has_chinese_font():
        picture = charts.picture(found, words)
        assert picture is not None
        assert picture.startswith(b"\x89PNG")
        assert picture == charts.picture(found, words)
    assert charts.picture(replace(found, report=replace(found.report, events=())), words) is None

    monkeypatch.setattr(chinese_font, "found", lambda: None)
    assert charts.picture(found, words) is None


def test_without_a_font_the_charts_are_svg_that_any_browser_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chinese_font, "found", lambda: None)
    made = list(Charts(dossier(), Words("zh")).files())
    assert [(one.folder, one.ending) for one in made] == [
        ("attendance", "svg"), ("attendance", "svg"), ("class_meetings", "svg"), (None, "svg"),
    ]  # fmt: skip
    assert all(ElementTree.fromstring(one.content.decode()).tag.endswith("svg") for one in made)
