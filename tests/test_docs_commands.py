"""Every command of the README and the docs is run as it is printed, or is listed here with the reason why it is not."""

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path, PurePath

import click
import pytest
from docx import Document
from openpyxl import Workbook

from bot.file import consortium_file
from bot.pictures import chinese_font
from handlers.apply import Apply, apply
from scheduling import planner
from store.database import Store
from store.migrating import upgrade
from tests import pages
from tests.bot.command import command
from tests.command_lines import MADE, Line, Wrong, read
from tests.conftest import HOME, START

FROM_NOTHING = ("README.md", "tutorial.md")  # begin in an empty folder, with the tutorial's answers
THERE = [page for page in pages.ENGLISH if page.name not in FROM_NOTHING]  # have a consortium already
SAMPLE: dict[str, str] = {
    **{"--consortium": "chuzhong", "--person": "t101", "--class": "c701", "--term": "2026-1"},
    **{"--school": "core", "--scope": "school=core", "--title": "章程", "--edition": "1", "--part": "1"},
    **{"--from": "2026-09-01", "--to": "2026-10-31", "--today": "2026-09-14", "--form": "sign-in"},
    **{"--event": "monthly-research:2026-10-14", "--accept": "none", "--decline": "none", "--undo": "1"},
    **{"--add": "教研一个月搞几回", "--remove": "教研一个月搞几回", "--path": "四、工作措施"},
    **{"--says": "每月开展一次共创式主题教研活动", "--import": "samples/questions/chuzhong.toml"},
    **{"--batch": "questions.jsonl", "init --from": "staff.xlsx", "apply": "consortium.toml"},
    **{"backup": "backup.jlb", "restore": "move.jlb", "forms template": "layout.docx"},
    **{"import-roster": "roster.xlsx", "import-plan": "plan.xlsx", "policy withdraw": "章程"},
    **{"policy import": "samples/chuzhong-charter.txt", "policy ask": "每月教研几次"},
}
BEGUN = SAMPLE | {"--consortium": "yjlt"}
STAYS = {  # until it is stopped, or its terminal ends; held there
    "run": "tests/bot/test_trouble.py",
    "demo": "tests/room/test_demo.py",
    "chat": "tests/bot/test_console.py",
}
REFUSED = {"jiaolian import-plan --undo": "undo"}  # there is no such change in the folder; that much is said
OTHERS = {
    r"make \w+( PORT=\d+)?": "the checks and tests themselves, or the room; that there is such a target is looked at",
    r"JIAOLIAN_TEST_\w+=\S+ (make|pytest) .*": "the tests themselves",
    r"\. \.venv/bin/activate": "the shell's own",
    r"\.venv/bin/pip install .*": "takes minutes, and changes the environment",
    r"docker .*": "needs Docker, and a registry of images",
    r"\(set -a; .*\)": "as root, beside a unit that was installed",
    r"(install|cp) .*": "needs root, and changes the machine",
    r"python -m sandbox .*": "serves until it is stopped: tests/sandbox/test_documented.py",
}
PREPARED = (
    "jiaolian policy import samples/chuzhong-charter.txt --title 章程 --consortium chuzhong",
    "jiaolian term-plan --consortium chuzhong --out plan.xlsx",
    "jiaolian backup backup.jlb",
)
SEEN: set[tuple[str, ...]] = set()


@pytest.fixture(scope="module")
def answers() -> str:
    """What the tutorial tells to answer."""
    block = next(one for one in pages.fences(HOME / "docs" / "tutorial.zh.md") if one.language == "text")
    return "".join(f"{line.partition('：')[2]}\n" for line in block.body.splitlines())


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages speak of besides: samples, and files that a school has."""
    home = tmp_path_factory.mktemp("school")
    (home / "samples").symlink_to(HOME / "samples")
    for name in ("roster.xlsx", "staff.xlsx"):
        book = Workbook()
        assert book.active is not None
        for row in (("姓名", "学校"), ("样新", "样例中心初级中学")):
            book.active.append(row)
        book.save(home / name)
    layout = Document()
    layout.add_paragraph("{{ 教联体 }} {{ 学期 }} {{ 活动名称 }} {{ 日期 }}")
    layout.add_table(1, 1).cell(0, 0).text = "{{ 姓名 }}"
    layout.save(str(home / "layout.docx"))
    question = {"id": 1, "consortium": "chuzhong", "question": "每月教研几次"}
    (home / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def applied(school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the sample applied as the term begins, its charter, and what may be sent back."""
    home = tmp_path_factory.mktemp("applied") / "school"
    shutil.copytree(school, home, symlinks=True)
    file = HOME / "samples" / "chuzhong.toml"
    shutil.copy(file, home / "consortium.toml")
    with closing(Store(f"sqlite:///{home}/jiaolian.db")) as store:
        upgrade(store)
        store.call(apply, Apply(consortium_file.read(file)), START)
        store.call(planner.plan, START)
    for text in PREPARED:
        line = read(text, SAMPLE)
        assert line is not None
        assert run(home, line, "") == (0, "")
    for name in ("before.jlb", "move.jlb"):
        shutil.copy(home / "backup.jlb", home / name)
    return home


def run(folder: Path, line: Line, typed: str) -> tuple[int, str]:
    settings = dict(line.settings)
    if line.path == "restore" and "--replace" not in line.words:
        settings["JIAOLIAN_DATABASE_URL"] = "sqlite:///empty.db"
    elif settings.get("JIAOLIAN_DATABASE_URL", "").startswith("postgresql://"):
        settings["JIAOLIAN_DATABASE_URL"] = "sqlite:///another.db"  # into PostgreSQL: tests/store/test_backups.py
    if line.path == "init":
        (folder / "consortium.toml").unlink(missing_ok=True)
    words = [word.replace(".png", ".svg") if chinese_font.found() is None else word for word in line.words]
    done = command(folder, *line.path.split(), *words, typed=typed, **settings)
    return done.returncode, done.stderr if done.returncode else ""


def seen(line: Line, values: Mapping[str, str]) -> bool:
    """The same was run on another page, if to another file."""
    words = [
        PurePath(word).suffix if before in MADE else word
        for before, word in zip(["", *line.words], line.words, strict=False)
    ]
    key = (values["--consortium"], line.path, *sorted(words))
    known = key in SEEN and values is SAMPLE
    SEEN.add(key)
    return known


def failures(page: Path, folder: Path, values: Mapping[str, str], typed: str) -> list[str]:
    """Each command of the page that fails, with what it said."""
    found = []
    for fence in pages.fences(page):
        if fence.append:
            with (folder / fence.append).open("a", encoding="utf-8") as file:
                file.write(fence.body)
        if fence.language == "sh":
            found += [fault(text, folder, values, typed) for text in pages.lines(fence)]
    found += [fault(text, folder, values, typed, whole=False) for text in pages.named(page)]
    return [one for one in found if one]


def fault(text: str, folder: Path, values: Mapping[str, str], typed: str, *, whole: bool = True) -> str:
    """ "" is none. `whole`: it has to be complete; in a sentence a command may be named without what it needs."""
    try:
        line, full = read(text, values), read(text, values, optional=True)
    except Wrong as wrong:
        return f"{text}: {wrong}"
    if line is None or full is None:
        return "" if any(re.fullmatch(other, text) for other in OTHERS) else f"{text}: neither run nor listed"
    try:
        for one in (full, line):
            one.command.make_context(one.path, list(one.words))
    except click.UsageError as wrong_usage:
        return f"{text}: {wrong_usage.format_message()}" if whole else ""
    if line.path in STAYS or seen(line, values):
        return ""
    status, said = run(folder, line, typed)
    if any(text.startswith(start) and status == 1 and words in said for start, words in REFUSED.items()):
        return ""
    return f"{text}: {status} {said}" if status and (whole or status != 2) else ""


@pytest.mark.parametrize("page", THERE, ids=lambda page: page.name)
def test_every_command_of_a_page_does_what_is_printed(page: Path, applied: Path, tmp_path: Path, answers: str) -> None:
    shutil.copytree(applied, tmp_path / "here", symlinks=True)
    assert failures(page, tmp_path / "here", SAMPLE, answers) == []


@pytest.mark.parametrize("name", FROM_NOTHING)
def test_every_command_works_from_nothing_in_the_order_of_the_page(
    name: str, school: Path, tmp_path: Path, answers: str
) -> None:
    page = next(one for one in pages.ENGLISH if one.name == name)
    shutil.copytree(school, tmp_path / "here", symlinks=True)
    assert failures(page, tmp_path / "here", BEGUN, answers) == []
    assert consortium_file.read(tmp_path / "here" / "consortium.toml").consortium.key == "yjlt"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jiaolian aply FILE", "there is no command ['aply']"),
        ("jiaolian policy asks QUESTION --consortium K", "policy has no asks"),
        ("jiaolian plan --from D --until D", "plan has no --until"),
        ("jiaolian plan --from D [--to D --jsn]", "plan has no --jsn"),
        ("jiaolian plan --from D", "Missing option '--to'"),
        ("jiaolian plan --from tomorrow --to D", "tomorrow"),
        ("jiaolian apply nowhere.toml", "nowhere.toml"),
        ("jiaolian status now", "unexpected extra argument"),
        ("rm -rf build", "neither run nor listed"),
    ],
)
def test_what_no_longer_works_is_found(text: str, said: str, applied: Path) -> None:
    assert said in fault(text, applied, SAMPLE, "")


def test_what_is_not_run_is_there_at_least() -> None:
    assert [test for test in STAYS.values() if not (HOME / test).is_file()] == []
    targets = set(re.findall(r"^(\w+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [page.read_text(encoding="utf-8") for page in pages.WRITTEN]
    named = [name for text in texts for name in re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)]
    assert named
    assert set(named) - targets == set()
    modules = {
        name for text in texts for name in re.findall(r"python -m ((?:docs|benchmarks|tests|sandbox)[\w.]*)", text)
    }
    assert {name for name in modules if find_spec(name) is None} == set()
