"""The documentation as a site: built without a warning, in need of nothing from elsewhere, searched in Chinese."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs.pairs import Pairs
from tests.conftest import HOME
from tests.pages import PAGES


def built(*folders: Path) -> subprocess.CompletedProcess[str]:
    """As `make docs` does, in a process of its own: Sphinx changes what Python warns of."""
    words = [sys.executable, "-m", "docs.build", *map(str, folders)]
    return subprocess.run(words, cwd=HOME, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build") / "docs"
    done = built(out)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_every_page_is_in_the_site_and_its_menu(site: Path) -> None:
    menu = (site / "docs" / "faq.html").read_text(encoding="utf-8")
    for page in PAGES:
        place = page.relative_to(HOME).with_suffix(".html")
        assert (site / place).is_file()
        assert page.name in {"faq.md", "index.md"} or f'{page.with_suffix(".html").name}"' in menu, page.name
    assert "url=docs/index.html" in (site / "index.html").read_text(encoding="utf-8")


def test_the_site_needs_nothing_from_elsewhere_and_tells_no_path_of_this_machine(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert re.findall(r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//', text) == []
        assert (
            re.findall(r'<link[^>]+rel="(?:stylesheet|preload|preconnect|icon)"[^>]+href="(?:https?:)?//', text) == []
        )
        assert str(HOME) not in text
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", sheet.read_text(encoding="utf-8"))


def test_chinese_words_are_found(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    words = Pairs({}).split("填方案里的空白处，看JIAOLIAN_PROXY")
    assert words == ["填方", "方案", "案里", "里的", "的空", "空白", "白处", "看", "JIAOLIAN_PROXY"]
    assert {"空白", "白处", "请假", "jiaolian_proxy"} <= set(terms)
    assert "function splitQuery" in (site / "_static" / "language_data.js").read_text(encoding="utf-8")


def test_a_link_an_anchor_or_a_page_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(
        "# Front\n\n## Here\n\n[a](here.md) [b](gone.md) [c](here.md#here) [d](here.md#gone) [e](#gone)\n",
        encoding="utf-8",
    )
    for name in ("here", "lost"):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    done = built(tmp_path / "build" / "docs", tmp_path)
    assert done.returncode == 1
    faults = [line.partition("WARNING: ")[2] for line in done.stderr.splitlines() if "WARNING: " in line]
    expected = ("nonexisting document 'docs/gone'", "included in any toctree", "'gone.md'", "'gone'", "'gone'")
    assert len(faults) == len(expected), faults
    assert all(any(one in told for told in faults) for one in expected), faults
