"""House rules, read from the source; each has a twin that feeds it a breach."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.schema import TABLES
from tests.conftest import HOME

MAY_IMPORT = {
    "bot": {"handlers", "scheduling", "store"},
    "handlers": {"store"},
    "scheduling": {"store"},
    "store": set[str](),
    "sandbox": set[str](),
}
DEMO = ("bot/commands/demo.py", "bot/room/")  # the sandbox's one rope
ONLY = {  # package → the only places that may import it
    "telegram": ("bot/telegram/",),
    "aiohttp": ("bot/telegram/wire.py",),
    "aiohttp_socks": ("bot/telegram/wire.py",),
    "apscheduler": ("scheduling/jobs.py",),
    "sqlmodel": ("store/",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
}
APART = {  # what is any platform's, and the platforms: which modules each may not know
    "bot/talk/": ("bot.telegram", "bot.console"),
    "bot/console/": ("bot.telegram",),
    "bot/telegram/": ("bot.console",),
}
CLOCKS = ("scheduling/clock.py", "sandbox/__main__.py")
DOORS = ("store/database.py", "store/lanes.py")
LONGEST = 350  # lines
VAGUE = {"utils", "helpers", "manager", "base", "common", "misc", "service", "info"}
WORDLESS = ("handlers/", "scheduling/", *APART)
HAN = re.compile("[\u4e00-\u9fff]")
ELSEWHERE = re.compile(r"(?<![\w.:/-])/(?:work|root|srv|Users|home)/")  # a path of one machine only
TEXTS = {".py", ".toml", ".md", ".j2", ".html", ".css", ".js", ".sh", ".txt", ".mako", ""}
TREES = {
    path.relative_to(HOME).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for room in MAY_IMPORT
    for path in (HOME / room).rglob("*.py")
}

Rule = Callable[[str, ast.Module], Iterator[str]]


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module)):
                yield module


def arrows(path: str, tree: ast.Module) -> Iterator[str]:
    room = path.split("/", maxsplit=1)[0]
    allowed = MAY_IMPORT[room] | {room} | ({"sandbox"} if path.startswith(DEMO) else set())
    yield from (module for module in imports(tree) if module.split(".")[0] in MAY_IMPORT.keys() - allowed)


def fences(path: str, tree: ast.Module) -> Iterator[str]:
    for module in imports(tree):
        places = ONLY.get(module.split(".")[0])
        if places is not None and not path.startswith(places):
            yield module


def platforms_are_apart(path: str, tree: ast.Module) -> Iterator[str]:
    for room, others in APART.items():
        if path.startswith(room):
            yield from (module for module in imports(tree) if module.startswith(others))


def time_is_an_argument(path: str, tree: ast.Module) -> Iterator[str]:
    if path in CLOCKS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow", "time"):
            of = ast.unparse(node.value).rsplit(".", maxsplit=1)[-1]
            if (of, node.attr) == ("time", "time") or (of in ("datetime", "date", "func") and node.attr != "time"):
                yield ast.unparse(node)


def sync_inside(path: str, tree: ast.Module) -> Iterator[str]:
    if path.startswith(("handlers/", "store/")) and path not in DOORS:
        yield from (node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef))


def words_in_templates(path: str, tree: ast.Module) -> Iterator[str]:
    """No Chinese but in docstrings, where words for people would stand; `scheduling/expressions` is what they type."""
    if not path.startswith(WORDLESS) or path.startswith("scheduling/expressions/"):
        return
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings and HAN.search(str(node.value)):
            yield str(node.value)


def routes_are_awaited(path: str, tree: ast.Module) -> Iterator[str]:
    """`block=False` and `concurrent_updates` outlive `process_update`: an update would be settled before it is done."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and path.startswith("bot/"):
            yield from (word.arg for word in node.keywords if word.arg == "block")
            if isinstance(node.func, ast.Attribute) and node.func.attr == "concurrent_updates":
                yield "concurrent_updates"


def tables_are_listed(path: str, tree: ast.Module) -> Iterator[str]:
    listed = {table.__name__ for table in TABLES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(word.arg == "table" for word in node.keywords):
            yield from {node.name} - listed


def tables_know_their_names(path: str, tree: ast.Module) -> Iterator[str]:
    """`Table` comes from where constraints get their names: those of a plain SQLModel hang on the order of imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(word.arg == "table" for word in node.keywords):
            yield from (node.name for base in node.bases if ast.unparse(base) != "Table")


def values_are_structs(path: str, tree: ast.Module) -> Iterator[str]:
    """A frozen dataclass is a millisecond of each start; one that compares by some of its fields has no other way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            given = [{word.arg for word in one.keywords} for one in node.decorator_list if isinstance(one, ast.Call)]
            yield from (node.name for words in given if "frozen" in words and "order" not in words)


def assertions_may_be_left_out(path: str, tree: ast.Module) -> Iterator[str]:
    """As deployed, none is carried out (deploy/jiaolian.service): each says what is so, and does nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            calls = (one for one in ast.walk(node) if isinstance(one, ast.Call | ast.Await | ast.NamedExpr))
            yield from (ast.unparse(one) for one in calls if not ast.unparse(one).startswith("isinstance("))


def docstrings_may_be_left_out(path: str, tree: ast.Module) -> Iterator[str]:
    """As deployed, there is none: what a command says of itself is its `help`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith("__doc__"):
            yield ast.unparse(node)
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            decorators = [ast.unparse(one).partition("(")[0] for one in node.decorator_list]
            yield from (node.name for one in decorators if one.endswith((".command", ".group")))


RULES: tuple[Rule, ...] = (
    arrows, fences, platforms_are_apart, time_is_an_argument, sync_inside, words_in_templates, routes_are_awaited,
    tables_are_listed, tables_know_their_names, values_are_structs, assertions_may_be_left_out,
    docstrings_may_be_left_out,
)  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert {path: breaches for path, tree in TREES.items() if (breaches := list(rule(path, tree)))} == {}


@pytest.mark.parametrize(
    ("rule", "path", "source"),
    [
        (arrows, "handlers/a.py", "import bot.desk"),
        (arrows, "scheduling/a.py", "from handlers import respond"),
        (arrows, "store/a.py", "def late() -> None:\n    from scheduling.clock import Clock"),
        (arrows, "sandbox/a.py", "import store"),
        (arrows, "bot/desk.py", "from sandbox.server import create"),
        (fences, "bot/voice.py", "from telegram import Update"),
        (fences, "handlers/a.py", "from sqlmodel import select"),
        (fences, "scheduling/a.py", "import sqlalchemy.orm"),
        (fences, "bot/a.py", "from apscheduler.schedulers.asyncio import AsyncIOScheduler"),
        (platforms_are_apart, "bot/talk/a.py", "from bot.telegram.reading import heard"),
        (platforms_are_apart, "bot/console/a.py", "import bot.telegram.linking"),
        (platforms_are_apart, "bot/telegram/a.py", "from bot.console.terminal import Terminal"),
        (time_is_an_argument, "bot/desk.py", "at = datetime.now(UTC)"),
        (time_is_an_argument, "store/a.py", "field(default_factory=datetime.datetime.utcnow)"),
        (time_is_an_argument, "handlers/a.py", "date.today()"),
        (time_is_an_argument, "store/a.py", "func.now()"),
        (time_is_an_argument, "handlers/a.py", "time.time()"),
        (sync_inside, "handlers/a.py", "async def a(): ..."),
        (sync_inside, "store/persons.py", "class A:\n    async def a(self): ..."),
        (words_in_templates, "handlers/a.py", '"""说明"""\nsay("已登记")'),
        (words_in_templates, "scheduling/a.py", 'say("已登记")'),
        (words_in_templates, "bot/talk/a.py", 'say("已登记")'),
        (words_in_templates, "bot/telegram/a.py", 'f"{name}老师"'),
        (routes_are_awaited, "bot/telegram/routes.py", "add(CommandHandler('next', f, block=False))"),
        (routes_are_awaited, "bot/wiring.py", "Application.builder().concurrent_updates(8).build()"),
        (tables_are_listed, "store/a.py", "class Forgotten(SQLModel, table=True): ..."),
        (tables_know_their_names, "store/a.py", "class Person(SQLModel, table=True): ..."),
        (values_are_structs, "handlers/a.py", "@dataclass(frozen=True, slots=True)\nclass Respond: ..."),
        (assertions_may_be_left_out, "store/a.py", "assert rows.pop() is None"),
        (docstrings_may_be_left_out, "bot/a.py", "say(__doc__)"),
        (docstrings_may_be_left_out, "bot/a.py", '@click.group(cls=A)\ndef a() -> None:\n    """What it says."""'),
    ],
)
def test_a_breach_is_seen(rule: Rule, path: str, source: str) -> None:
    assert list(rule(path, ast.parse(source)))


def files(home: Path) -> list[Path]:
    """What belongs to the repository, as far as it is text; hidden folders are tools' own, but for CI."""
    top = [path for path in home.iterdir() if not path.name.startswith(".") or path.name == ".ci"]
    every = [path for each in top for path in ([each] if each.is_file() else each.rglob("*"))]
    return [path for path in every if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts]


def untidy(home: Path) -> list[str]:
    """Vague names, long files, paths of one machine."""
    found = []
    for path in files(home):
        name, text = path.relative_to(home), path.read_text(encoding="utf-8")
        words = {word for part in name.parts for word in part.split(".")[0].lower().split("_")}
        found += [f"{name}: says nothing: {word}" for word in words & VAGUE]
        if path.suffix == ".py" and "versions" not in name.parts and text.count("\n") > LONGEST:
            found.append(f"{name}: longer than {LONGEST} lines")
        found += [f"{name}: {match[0]} is one machine's" for match in ELSEWHERE.finditer(text)]
    return found


def test_files_are_tidy() -> None:
    assert untidy(HOME) == []


def test_untidy_files_are_seen(tmp_path: Path) -> None:
    folder = tmp_path / "docs" / "misc"
    folder.mkdir(parents=True)
    (folder / "date_utils.py").write_text("\n" * (LONGEST + 1))
    (tmp_path / "README.md").write_text(f"cd {'/'.join(('', 'home', 'li', 'jiaolian'))}")
    assert len(untidy(tmp_path)) == 4
