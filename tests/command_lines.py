"""A command line of the documentation, as it is told (`--to D`, `[--json]`, `KEY`), turned into one that can be run."""

import re
import shlex
from collections.abc import Mapping
from pathlib import PurePath

import click
from msgspec import Struct

from bot.cli import commands

PLACE = re.compile(r"([A-Z]+|文件|姓名)([.:]\w+)*$")  # KEY, FILE.xlsx, ACTIVITY:DATE
MADE = ("--out", "--qr", "--template")


class Wrong(Exception):
    """What a line of the documentation names and the program does not have."""


class Line(Struct, frozen=True):
    """`path`: the command's words; `words`: what comes behind them; `settings`: what stands before them."""

    path: str
    command: click.Command
    words: list[str]
    settings: dict[str, str]


def read(text: str, values: Mapping[str, str], *, optional: bool = False) -> Line | None:
    """None where it is no command of ours. `values`: what a reader fills in, of `command --option`, an option or a
    command; `optional`: with all that stands in square brackets. Raises Wrong for a command or an option that there
    is none of."""
    words = shlex.split(plain(text, optional))
    settings = dict(word.split("=", 1) for word in words if re.match(r"JIAOLIAN_\w+=", word))
    words = [word.removeprefix(".venv/bin/") for word in words[len(settings) :]]
    if words[:1] != ["jiaolian"]:
        return None
    path, command = find(words[1:])
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "--version"}
    if unknown := [option for option in re.findall(r"--[a-z][\w-]*", text) if option not in known]:
        raise Wrong(f"{path} has no {', '.join(unknown)}")
    return Line(path, command, filled(words[1 + len(path.split()) :], path, values), settings)


def find(words: list[str]) -> tuple[str, click.Command]:
    found = commands.get_command(click.Context(commands), words[0]) if words else None
    if found is None:
        raise Wrong(f"there is no command {words[:1]}")
    if isinstance(found, click.Group) and words[1:] and not words[1].startswith("-"):
        if (under := found.commands.get(words[1])) is None:
            raise Wrong(f"{words[0]} has no {words[1]}")
        return f"{words[0]} {words[1]}", under
    return words[0], found


def plain(text: str, optional: bool) -> str:
    """Without the marks of a synopsis: of what `|` parts the first, and what stands in brackets kept or left out."""
    text = re.sub(r"\[:[A-Z]+\]", "", text)
    text = re.sub(r"\[([^]]*)\]", r"\1" if optional else "", text)
    text = re.sub(r"\(([^)|]*)\|[^)]*\)", r"\1", text)
    text = re.sub(r"\s\|\s--\S+( [A-Z]\S*)?", "", text)
    return re.sub(r"(?<=\w)\|[.\w]+| …", "", text)


def filled(words: list[str], path: str, values: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for option, word in zip(["", *words], words, strict=False):
        if not PLACE.match(word):
            found.append(word)
        elif option in MADE:
            found.append(f"made-{path.replace(' ', '-')}{PurePath(word).suffix}")
        else:
            keys = (f"{path} {option}", option, path) if option.startswith("--") else (path,)
            found.append(next((values[key] for key in keys if key in values), word))
    return found
