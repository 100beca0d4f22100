"""The command line in Chinese: whatever help, wrong usage and a refusal can say has its words."""

import ast
import os
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, types

from bot import shell_words
from bot.cli import COMMANDS, commands
from bot.refusal_words import refusal_words
from bot.settings import spoken
from bot.shell_words import translated
from docs.reference import every_command
from tests.bot.command import command
from tests.conftest import HOME
from tests.forked import Forked

TABLES = tomllib.loads((HOME / "bot" / "shell.zh.toml").read_text(encoding="utf-8"))
SOURCES = [path for room in ("bot", "handlers", "store") for path in sorted((HOME / room).rglob("*.py"))]
CHINESE = range(0x4E00, 0xA000)
NEVER_SAID = (  # by click to whoever declares a command wrongly, and by types that no option of ours has
    *("Could not determine name", "No options defined", "Arguments take exactly one", "Name '{name}' defined twice"),
    *("Boolean option", "Value must be an iterable", "Do you want to continue?", "Confirm the action"),
    *("DeprecationWarning", "%(prog)s, version", "Invalid start character", "Choice({choices})"),
    *("{value!r} does not match the format", "{value!r} is not a valid boolean", "{value!r} is not a valid UUID"),
    "{name} {filename!r} is not executable",
)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Of functions by their bare names, no methods."""
    if any(f"{name}(" in path.read_text(encoding="utf-8") for name in names):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield node


def texts(call: ast.Call) -> list[str]:
    return [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_every_command_and_option_has_its_help_in_chinese() -> None:
    every = [one for _, one in every_command()]
    groups = [commands.get_command(click.Context(commands), name) for name in COMMANDS]
    helps = {one.help for one in [*every, *groups] if one}
    helps |= {one.help for each in every for one in each.params if isinstance(one, click.Option)}
    short = {words for _, words in COMMANDS.values()} | {commands.help}
    assert helps | short == TABLES["help"].keys() | TABLES["commands"].keys()


def test_every_wrong_usage_is_said_in_chinese() -> None:
    said = {text for path in SOURCES for one in calls(path, "WrongUsage", "said") for text in texts(one)}
    assert said == {*TABLES["usage"], "Commands"}
    assert [path for path in SOURCES if "raise click." in path.read_text(encoding="utf-8")] == []


def test_whatever_click_says_of_itself_has_its_words() -> None:
    files = [Path(module.__file__ or "") for module in (core, decorators, exceptions, formatting, parser, types)]
    every = {text for path in files for one in calls(path, "_", "ngettext") for text in texts(one)} | {"required"}
    assert len(every) > 50
    lacking = {text for text in every if text not in TABLES["click"]}
    assert [text for text in lacking if not text.startswith(NEVER_SAID)] == []
    assert set(TABLES["click"]) <= every


def test_what_is_to_be_put_somewhere_is_chinese_too_and_each_word_of_it_is_used() -> None:
    every = [one for _, one in every_command()]
    told = [one.make_metavar(click.Context(each)) for each in every for one in each.params if not flag(one)]
    told += ["[OPTIONS] COMMAND [ARGS]..."]
    assert {word for one in told for word in shell_words.PLACE.findall(one)} == TABLES["places"].keys()
    apply = commands.get_command(click.Context(commands), "apply")
    assert apply is not None
    assert translated(apply, "zh").get_usage(click.Context(apply, info_name="apply")).endswith("apply [选项] 文件")
    assert translated(apply, "en").get_usage(click.Context(apply, info_name="apply")).endswith("apply [OPTIONS] FILE")


def flag(one: click.Parameter) -> bool:
    return isinstance(one, click.Option) and one.is_flag


def test_what_stands_beside_the_options_lines_up_in_a_terminal() -> None:
    assert [shell_words.columns(one) for one in ("--from 日期", "--from DATE", "“一”")] == [11, 11, 4]


def test_chinese_help_is_chinese_and_fits_beside_its_option() -> None:
    words = [words for name in ("commands", "help", "usage") for words in TABLES[name].values()]
    assert [one for one in words if not any(ord(char) in CHINESE for char in one) or len(one) > 44] == []


def expected() -> Iterator[str]:
    """What complaints expect, as far as it stands where one is made; open places of it are filled with a number."""
    for path in SOURCES:
        made = [one for one in calls(path, "Complaint", "refuse") if len(one.args) > 2]
        for one in made:
            yield from filled(one.args[2], named(path))


@cache
def named(path: Path) -> dict[str, ast.expr]:
    """What stands under a name somewhere in the file."""
    every = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Assign)]
    return {one.id: node.value for node in every for one in node.targets if isinstance(one, ast.Name)}


def filled(node: ast.expr, known: dict[str, ast.expr]) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(piece(one, known) for one in values)]
        case ast.IfExp(body=one, orelse=other):
            return filled(one, known) + filled(other, known)
        case ast.Name(id=name) if name in known:
            return filled(known[name], known)
    return []


def piece(part: ast.expr, known: dict[str, ast.expr]) -> str:
    match part:
        case ast.Constant(value=str(words)):
            return words
        case ast.FormattedValue(value=ast.Name(id=name)) if name in known:
            return (filled(known[name], known) or ["7"])[-1]
    return "7"


def test_whatever_a_command_refuses_is_said_in_chinese() -> None:
    every = set(expected())
    assert len(every) > 90
    words = refusal_words("zh")
    assert sorted(one for one in every if "需要" not in words.told(f"x: 7: expected {one}")) == []


def test_the_copy_in_chinese_leaves_the_command_english() -> None:
    apply = commands.get_command(click.Context(commands), "apply")
    assert apply is not None
    told = translated(apply, "zh").get_help(click.Context(apply))
    assert "按教联体文件更新数据库" in told
    assert "以谁为准" in told
    assert "Make the store match" in apply.get_help(click.Context(apply))
    assert translated(apply, "en").get_help(click.Context(apply)) == apply.get_help(click.Context(apply))


@pytest.mark.parametrize(("language", "words"), [("zh", "题库：哪些问题"), ("en", "The questions that are given to")])
def test_help_is_in_the_language_of_the_setting(tmp_path: Path, language: str, words: str) -> None:
    assert words in command(tmp_path, "policy", "--help", JIAOLIAN_LANGUAGE=language).stdout
    (tmp_path / ".env").write_text(f"JIAOLIAN_LANGUAGE={language}\n", encoding="utf-8")
    assert words in command(tmp_path, "policy", "questions", "--help").stdout.replace("\n  ", " ")


def test_a_wrong_setting_does_not_keep_the_language_from_being_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAOLIAN_COLOUR", "red")
    found = []
    for value in ("en", "fr", "zh"):
        monkeypatch.setenv("JIAOLIAN_LANGUAGE", value)
        found.append(spoken())
    assert found == ["en", "zh", "zh"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["plan", "--frm", "x"], 2, "错误：没有 '--frm' 这个选项。是不是 '--from'？"),
        (["--hlp"], 2, "错误：没有 '--hlp' 这个选项。是不是 '--help'？"),
        (["frob。 x"], 2, "错误：没有 'frob。 x' 这条命令。"),
        (["calendar", "--person", "a"], 2, "错误：缺少选项 '--consortium'。"),
        (["apply"], 2, "错误：缺少参数 '文件'。"),
        (["FILE"], 2, "错误：没有 'FILE' 这条命令。"),
        (["policy", "ask", "x", "--consortium", "k"], 1, "--consortium: 'k': expected the key of a consortium"),
        (["apply", "wrong.toml"], 1, 'consortium.key: "K": expected a key of a-z, 0-9 and -（需要：由小写字母'),
    ],
)
def test_main_speaks_chinese_and_keeps_the_contracts_line(
    tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    (tmp_path / "wrong.toml").write_text(
        '[consortium]\nkey = "K"\nname = "x"\ntimezone = "Asia/Shanghai"\npublic_holidays = "cn"\n', encoding="utf-8"
    )
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("JIAOLIAN_")}
    child = Forked(words, tmp_path, inherited, tmp_path / "stderr")
    assert child.wait(60) == status
    lines = (tmp_path / "stderr").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith(said) for line in lines), lines
    assert status == 2 or len(lines) == 1


def test_english_reads_no_table_of_words() -> None:
    assert shell_words.shell_words("en") == {}


@pytest.mark.parametrize(("language", "said"), [("zh", "需要认得的设置"), ("en", "expected a known setting")])
def test_the_doctor_tells_a_wrong_setting_in_the_language_of_the_others(
    tmp_path: Path, language: str, said: str
) -> None:
    run = command(tmp_path, "doctor", JIAOLIAN_COLOUR="red", JIAOLIAN_LANGUAGE=language)
    assert (run.returncode, said in run.stdout) == (1, True)
