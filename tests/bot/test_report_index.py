"""The page at the top of an inspection file: its figures, each obligation beside its clause with links to its evidence,
what is missing; no name in it is markup."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace
from playwright.sync_api import sync_playwright

from bot.reports import report_index
from bot.reports.dossier import Dossier
from bot.reports.files import Files
from bot.reports.page import FEW, PageFacts
from bot.reports.report_index import Picture
from bot.settings import LANGUAGES
from bot.words import Words
from tests.bot.charted import dossier

PLACE = "4 共创式主题教研/2026年10月/2026-10-14 样例教研2"


def page(found: Dossier, *paths: str, language: str = "zh", pictures: tuple[Picture, ...] = ()) -> str:
    facts = PageFacts(found, Words(language), {2: PLACE}, {})
    return report_index.written("样例 <b>", facts, pictures, paths).decode()


def test_names_are_escaped_and_files_are_linked() -> None:
    found, hostile = dossier(), "<script>alert(1)</script>"
    found = replace(found, standings=(replace(found.standings[0], title=hostile, quoted='a & "b"'),))
    said = page(found, "台账.xlsx", "缺项/甲 #1.xlsx", pictures=(Picture("图 #.png", '"><script>', "<b>"),))
    assert "<script" not in said
    assert "<b>" not in said
    assert "&lt;script&gt;" in said
    assert "a &amp; &#34;b&#34;" in said
    assert '<a href="%E7%BC%BA%E9%A1%B9/%E7%94%B2%20%231.xlsx">甲 #1.xlsx</a>' in said
    assert ">台账.xlsx</a>" in said


def test_an_obligation_stands_beside_its_clause_and_is_linked_to_its_evidence() -> None:
    said = page(dossier(), f"{PLACE}/通知.docx")
    assert "<blockquote>每月一次。</blockquote>" in said
    assert "应有3，已完成1；缺1；还没到1" in said
    (anchor,) = re.findall(r'<a href="#(f\d+)">2026-10-14 样例教研2</a>', said)
    assert f'<li id="{anchor}"><span class="name">2026年10月/2026-10-14 样例教研2</span>' in said


def test_figures_at_a_glance_are_those_of_the_tables() -> None:
    facts = PageFacts(dossier(), Words("zh"), {}, {})
    assert list(facts.glance()) == [
        ("2", "活动（班会除外）"),
        ("7/12", "实到/应到人次"),
        ("63.6%", "出勤率（暂定）"),
        ("1/2", "事项没有拖欠"),
        (str(len(facts.folders.missing().rows)), "缺项清单条数"),
        ("0", "关账后更改"),
    ]


def test_of_much_that_is_missing_there_are_sums_and_the_workbook() -> None:
    found, words = dossier(), Words("zh")
    few = page(found, "10 缺项清单/缺项清单.xlsx")
    assert "1人待核" in few
    off = replace(found.report.events[0], cancelled=True)
    many = replace(found, report=replace(found.report, events=(off,) * (FEW + 1)))
    assert ("样例教研1", "未开展 活动取消", FEW + 1) in PageFacts(many, words, {}, {}).missing().rows
    assert page(many, "10 缺项清单/缺项清单.xlsx").count(">缺项清单.xlsx</a>") == 2


def test_where_nobody_was_expected_no_attendance_is_shown() -> None:
    found = dossier()
    said = page(replace(found, report=replace(found.report, events=())))
    assert "没有应到名单" in said
    assert "出勤率" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_page_leads_somewhere(language: str) -> None:
    found = dossier()
    twice = replace(found, weeks=found.weeks * 2)  # two terms of the same name
    made = dict(Files(twice, Words(language)).every(lambda *_: None))
    assert sum(path.endswith((".png", ".svg")) for path in made) == 5
    said = made["index.html"].decode()
    targets = set(re.findall(r'(?:href|src)="([^"]+)"', said))
    assert {unquote(one) for one in targets if not one.startswith("#")} == made.keys() - {"index.html"}
    assert {one[1:] for one in targets if one.startswith("#")} <= set(re.findall(r'id="([^"]+)"', said))


def test_on_a_phone_nothing_but_tables_and_charts_is_wider_than_it(chromium: str, tmp_path: Path) -> None:
    for path, content in Files(dossier(), Words("zh")).every(lambda *_: None):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        phone = browser.new_page(viewport={"width": 360, "height": 740})
        phone.goto((tmp_path / "index.html").as_uri())
        wide, drawn = phone.evaluate(
            "[document.documentElement.scrollWidth, [...document.images].map(one => one.naturalWidth)]"
        )
        paper = phone.pdf(prefer_css_page_size=True)
        browser.close()
    assert wide == 360
    assert len(drawn) == 4
    assert all(drawn)
    assert paper.startswith(b"%PDF")
