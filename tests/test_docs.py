"""The documents: what they name exists, and both languages tell the same."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import settings
from bot.file import consortium_file
from bot.file.file_keys import FILE
from bot.file.shapes import Rows, Table
from bot.room.labelled import labels as room_labels
from bot.talk import menus
from bot.voice import Voice
from bot.written import amending
from bot.written.one_event import Meant
from docs import reference
from sandbox.scene import Labels
from store.statuses import AttendanceStatus
from tests import pages
from tests.conftest import HOME

ROOMS = ("bot", "handlers", "scheduling", "store", "sandbox", "tests", "benchmarks", "docs")
DOCUMENTS = sorted([*HOME.glob("*.md"), *HOME.glob("docs/*.md"), *HOME.glob("samples/*.md")])
GUIDES = [page for page in pages.WRITTEN if page.name.split(".")[0] in {"tutorial", "how-to", "faq", "live-checklist"}]
BOT_FATHER = {"newbot", "setinline", "setprivacy"}
SECTIONS = [
    *("Settings", "Commands", "The consortium file", "What the rules mean", "plan --json", "rehearse --json"),
    *("Policy answers", "In Telegram", "Demo"),
]


def missing_files(text: str) -> set[str]:
    """Files named in backticks, by their path or by their name alone."""
    known = {path.relative_to(HOME).as_posix() for room in ROOMS for path in (HOME / room).rglob("*.py")}
    known |= {path.rsplit("/", maxsplit=1)[-1] for path in known}
    return {name for name in re.findall(r"`([\w/]+\.py)`", text) if name not in known}


def test_every_file_that_the_architecture_names_is_there() -> None:
    assert missing_files((HOME / "docs" / "architecture.md").read_text(encoding="utf-8")) == set()
    assert missing_files("`bot/desk.py` `gone.py`") == {"gone.py"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def likeness(page: Path) -> dict[str, list[str]]:
    """What both languages of a page have to share: headings by level, commands, rows of tables by their columns."""
    text = page.read_text(encoding="utf-8")
    found = {"headings": re.findall(r"^#+ ", text, re.MULTILINE)}
    for kind in ("sh", "toml"):
        found[kind] = [line for one in pages.fences(page) if one.language == kind for line in pages.lines(one)]
    found["rows"] = [str(row.count("|")) for row in re.findall(r"^\|.*\|$", text, re.MULTILINE)]
    return found


@pytest.mark.parametrize(("english", "chinese"), pages.PAIRS, ids=lambda page: page.name)
def test_both_languages_of_a_page_tell_the_same(english: Path, chinese: Path) -> None:
    assert likeness(english) == likeness(chinese)


def test_who_begins_and_who_coordinates_reads_chinese() -> None:
    begins = {"README.md", "tutorial.md", "how-to.md", "faq.md", "live-checklist.md", "privacy.md"}
    runs = {"consortium-file.md", "running.md", "deploying.md"}
    tries = {"room.md", "samples/README.md"}
    looks_up = {"commands.md", "settings.md", "chat.md"}
    paired = {english.relative_to(HOME).as_posix().removeprefix("docs/") for english, _ in pages.PAIRS}
    assert begins | runs | tries | looks_up == paired
    assert "make run" in likeness(HOME / "README.md")["sh"]


@pytest.mark.parametrize("name", ["README", "docs/index", "docs/live-checklist"])
def test_who_begins_is_told_that_telegram_itself_was_never_met(name: str) -> None:
    files = [file for ending in (".md", ".zh.md") if (file := HOME / f"{name}{ending}").exists()]
    whole = " ".join(word for file in files for word in file.read_text(encoding="utf-8").split())
    assert "local Bot API server" in whole
    assert "本地 Bot API 服务器" in whole


@pytest.mark.parametrize("page", pages.WRITTEN, ids=lambda page: page.name)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert {one.language for one in pages.fences(page)} <= pages.LANGUAGES


@pytest.mark.parametrize("page", pages.WRITTEN, ids=lambda page: page.name)
def test_every_setting_that_is_told_is_read(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(one for one in pages.fences(page) if one.language == "ini"):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / ".env").write_text(block.body, encoding="utf-8")
        settings.read({}, tmp_path / str(number))
    named = re.findall(r"JIAOLIAN_[A-Z]\w+", page.read_text(encoding="utf-8"))
    assert {name for name in named if name not in settings.READERS and not name.startswith(settings.TESTS)} == set()


def test_words_that_are_told_behind_schedule_are_understood() -> None:
    words = Voice("zh").labels
    sample = consortium_file.read(HOME / "samples" / "chuzhong.toml")
    now = datetime(2026, 9, 21, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    table = amending.Table(sample, now, None, True, words.fields, words.onward)
    texts = "\n".join(page.read_text(encoding="utf-8") for page in GUIDES)
    told = {text for pair in re.findall(r"^/schedule (.+)$|`/schedule ([^`]+)`", texts, re.MULTILINE) for text in pair}
    read = {text: amending.read(text, table) for text in told if text}
    assert len(read) > 4
    assert [text for text, meant in read.items() if not isinstance(meant, Meant)] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_commands_and_buttons_that_are_told_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = {*menus.ORGANISERS, *menus.ADMINISTRATORS}
    assert set(re.findall(r"`/([a-z]+)\b", text)) - known - BOT_FATHER == set()
    shown = bot_labels() | {"开始", "打开"}  # Telegram's, and the room's
    assert set(re.findall(r"点(?:下面的)?“([^”]+)”", text)) - shown == set()


def bot_labels() -> set[str]:
    return {label for table in Voice("zh").labels.tables.values() for label in table.values()}


def test_what_the_page_of_the_room_quotes_stands_in_the_room() -> None:
    told = set(re.findall(r"“([^”]+)”", (HOME / "docs" / "room.zh.md").read_text(encoding="utf-8")))
    panels = {word for table in room_labels("zh").values() for word in table.values() if isinstance(word, str)}
    assert len(told) > 10
    assert told - panels - set(map(str, Labels("zh").words.values())) - bot_labels() == set()


def test_both_languages_of_the_reference_have_words_for_the_same() -> None:
    every = (reference.WORDS[language] for language in ("en", "zh"))
    english, chinese = ({f"{table}.{key}" for table in words for key in words[table]} for words in every)
    assert english - chinese == {"head.keys"}  # a page in English alone
    assert chinese <= english


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    assert (HOME / "docs" / name).read_text(encoding="utf-8") == reference.PAGES[name](), "python -m docs.reference"


def test_each_section_of_the_contract_names_the_tests_that_hold_it() -> None:
    text = (HOME / "docs" / "contract.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
    assert [title for title, _ in sections] == SECTIONS
    for title, body in sections:
        held = body[body.index("Held by ") :]
        modules = re.findall(r"`(tests/[\w/]+\.py)`", held)
        assert modules, title
        assert [module for module in modules if not (HOME / module).is_file()] == []
    assert set(re.findall(r"`([a-z_]+)`", text)) >= set(AttendanceStatus)


def test_every_key_of_the_file_is_in_its_reference() -> None:
    text = (HOME / "docs" / "consortium-file.md").read_text(encoding="utf-8")
    for name, shape in FILE.keys.items():
        section = re.search(rf"^## `\[+{name}\]+`.*?(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)
        assert section is not None, name
        table = shape.of if isinstance(shape, Rows) else shape
        assert isinstance(table, Table)
        assert [key for key in table.keys if not re.search(rf"\b{key}\b", section[0])] == [], name
        required = [key for key in table.required if not re.search(rf"\*\*{key}\*\*", section[0])]
        assert required == [], name
