"""A coordinator rehearses in a real browser: the others answer, a day is gone to, the rules are asked, another file is
opened; nobody is shut out, and a whole term goes by without an error."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.room.sample import SAMPLES
from docs.pictures import LANGUAGES, PICTURES
from tests.conftest import HOME
from tests.room.conftest import Opened
from tests.room.test_demo import served_demo

OWN = [SAMPLES / "lianheti.toml", SAMPLES / "lianheti-charter.txt"]
SOON = 60_000  # milliseconds, on a machine that does other things as well


@pytest.fixture
def room() -> Iterator[str]:
    with served_demo("--sample", "xiaoxue") as address:
        yield address


def panel(page: Page, name: str) -> None:
    if (more := page.locator("#unfold")).is_visible():
        more.click()
    page.get_by_role("navigation", name="旁边的面板").get_by_role("link", name=name).click()
    expect(page.locator("#panel").get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_the_term_is_beside_the_chat_and_others_answer(room: str, opened: Opened) -> None:
    page = opened(room, viewport={"width": 1400, "height": 900})
    expect(page.get_by_role("table", name=re.compile("一览"))).to_be_visible()
    page.get_by_role("switch", name="让大家回应").click()
    expect(page.get_by_role("switch", name="让大家回应")).to_have_attribute("aria-checked", "true", timeout=SOON)
    page.locator("#day-2026-10-13").click()
    expect(page.locator("#clock")).to_contain_text("10月13日 星期二 07:0", timeout=SOON)
    assert page.locator("#messages").get_by_text(re.compile("已回复 [1-9]|已签到 [1-9]")).count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400


def test_the_clause_that_answers_comes_into_view(room: str, opened: Opened) -> None:
    """On a phone, too, where the answer above it takes a good part of the height."""
    page = opened(room, viewport={"width": 360, "height": 640})
    panel(page, "查方案")
    page.get_by_role("searchbox").fill("两个校区哪些要统一？")
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark").first).to_be_in_viewport()
    edge = "(what, side) => document.querySelector(`#panel ${what}`)?.getBoundingClientRect()[side]"
    page.wait_for_function(f"() => {{ const at = {edge}; return at('mark', 'top') >= at('.asking', 'bottom'); }}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1400, "dark")])
def test_nobody_is_shut_out(room: str, opened: Opened, width: int, scheme: str) -> None:
    """axe-core, which calls contrast below AA serious."""
    page = opened(room, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    for name in ("学期", "查方案", "幕后", "打开"):
        panel(page, name)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="关闭").click()
    expect(page.locator("#panel")).to_be_hidden()


def own_opened(page: Page) -> None:
    """From the panel that opens."""
    page.get_by_label(re.compile("拖到这里")).set_input_files(OWN)
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.locator("#clock")).to_contain_text("8月29日", timeout=SOON)


def test_ones_own_files_are_opened_or_their_mistakes_shown(room: str, opened: Opened, tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text(OWN[0].read_text("utf-8").replace("Asia/Shanghai", "Asia/Shangai"), "utf-8")
    page = opened(room, viewport={"width": 1400, "height": 900})
    panel(page, "打开")
    page.get_by_label(re.compile("拖到这里")).set_input_files([wrong])
    page.get_by_role("button", name="打开", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Asia/Shangai")
    own_opened(page)
    expect(page.get_by_role("heading", name="样例联合体三校群")).to_be_visible()


def test_their_whole_term_goes_by(room: str, opened: Opened) -> None:
    page = opened(room, viewport={"width": 1400, "height": 900})
    panel(page, "打开")
    own_opened(page)
    page.get_by_role("switch", name="让大家回应").click()
    page.get_by_role("button", name="整个学期").click()
    expect(page.get_by_text("时间正在走")).to_be_visible()
    expect(page.get_by_text("时间正在走")).to_be_hidden(timeout=5 * SOON)
    expect(page.locator("#clock")).to_contain_text("1月")
    expect(page.get_by_text("这个学期没有后面的活动了")).to_be_visible()
    assert page.locator("#messages").get_by_text(re.compile("已签到 [1-9]")).count() > 0


def test_the_samples_come_back(room: str, opened: Opened) -> None:
    page = opened(room, viewport={"width": 1400, "height": 900})
    panel(page, "打开")
    own_opened(page)
    panel(page, "打开")
    page.get_by_role("button", name="回到样例").click()
    expect(page.locator("#clock")).to_contain_text("10月12日", timeout=SOON)
    page.get_by_role("switch", name="让大家回应").click()
    page.get_by_role("button", name="整个学期").click()
    expect(page.get_by_text("时间正在走")).to_be_visible()  # the room ends in the middle of it and complains of nothing


def test_the_pictures_of_the_docs_are_those_that_a_command_makes() -> None:
    made = {f"{picture.name}.{language}.png" for picture in PICTURES for language in LANGUAGES}
    assert {one.name for one in (HOME / "docs/images").glob("*.png")} == made
