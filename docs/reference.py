"""What the docs have of the code (settings, commands, the chat's menus): `python -m docs.reference` (make reference).

A test keeps the pages current. Words that the code does not have stand in `reference.toml`."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from bot import settings
from bot.cli import COMMANDS, commands
from bot.talk import menus
from bot.voice import Voice
from docs import keys
from store.complaint import Complaint

HERE = Path(__file__).parent
WORDS: Mapping[str, Any] = tomllib.loads((HERE / "reference.toml").read_text(encoding="utf-8"))
MADE = "This page is written by `python -m docs.reference`; a test keeps it current."
MENUS: Mapping[str, tuple[str, ...]] = {
    "in private": menus.PRIVATE,
    "approver, principal": menus.OVERSEERS,
    "organiser": menus.ORGANISERS,
    "in a group": menus.GROUPS,
    "group administrator": menus.ADMINISTRATORS,
}


def head(name: str) -> str:
    return str(WORDS["head"][name]).replace("{made}", MADE)


def settings_page() -> str:
    lines = [head("settings")]
    for name in settings.READERS:
        secret = " Secret: never printed, never in a log." if name in settings.SECRET else ""
        lines.append(f"| `{name}` | {WORDS['settings'][name]}.{secret} | {expected(name)} | {default(name)} |")
    return "\n".join([*lines, "", head("settings_end")])


def default(name: str) -> str:
    if name in WORDS["defaults"]:
        return str(WORDS["defaults"][name]).format(listen=settings.LISTEN)
    value = getattr(settings.Settings(), name.removeprefix(settings.PREFIX).lower())
    return "none" if value is None else f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def expected(name: str) -> str:
    """What a refusal of the setting says that it expects."""
    try:
        settings.READERS[name](name, "\n")
    except Complaint as refused:
        return refused.expected
    raise AssertionError(f"{name} takes a line break")


def commands_page() -> str:
    return "\n".join([head("commands"), *(described(path, one) for path, one in every_command())])


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each that can be called, by its words: `("policy", "ask")`."""
    context = click.Context(commands)
    for name in COMMANDS:
        one = commands.get_command(context, name)
        assert one is not None
        if not isinstance(one, click.Group) or one.invoke_without_command:
            yield (name,), one
        if isinstance(one, click.Group):
            yield from (((name, part), under) for part, under in one.commands.items())


def described(path: tuple[str, ...], one: click.Command) -> str:
    context = click.Context(one)
    arguments = [argument for argument in one.params if isinstance(argument, click.Argument)]
    options = [option for option in one.params if isinstance(option, click.Option)]
    required = [f"{option.opts[0]} {option.make_metavar(context)}" for option in options if option.required]
    usage = " ".join(["jiaolian", *path, *(argument.make_metavar(context) for argument in arguments), *required])
    more = f" More: {WORDS['more'][path[0]]}." if path[0] in WORDS["more"] else ""
    lines = [f"## {' '.join(path)}\n", f"`{usage}`\n", f"{one.help}{more}\n"]
    if options:
        lines += ["| option | value | |", "|---|---|---|", *(row(option, context) for option in options), ""]
    return "\n".join(lines)


def row(option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f"`{option.make_metavar(context)}`".replace("|", "\\|")
    has_default = isinstance(option.default, str | int | Path) and not option.is_flag
    absent = f"default `{option.default}`" if has_default else ""
    marks = ["**required**" if option.required else "", absent, "several allowed" if option.multiple else ""]
    said = [option.help.rstrip(".") if option.help else "", *marks]
    return f"| `{option.opts[0]}` | {value} | {'; '.join(part for part in said if part)} |"


def chat_page() -> str:
    chinese, english = Voice("zh").labels, Voice("en").labels
    lines = [head("chat"), f"| command | zh | en | {' | '.join(MENUS)} |", f"|---|---|---|{'---|' * len(MENUS)}"]
    for name in sorted({name for menu in MENUS.values() for name in menu}):
        marks = " | ".join("✓" if name in menu else "" for menu in MENUS.values())
        lines.append(f"| `/{name}` | {chinese.commands[name]} | {english.commands[name]} | {marks} |")
    lines += ["", head("spoken")]
    lines += [f"| `/{name}` | {' · '.join(words)} |" for name, words in by_name(chinese.spoken).items()]
    lines += ["", head("answers")]
    lines += [f"| {chinese.button(name)} | {' · '.join(words)} |" for name, words in by_name(chinese.answers).items()]
    lines += ["", head("buttons")]
    lines += [f"| {label} | {english.button(name)} |" for name, label in chinese.tables["buttons"].items()]
    return "\n".join([*lines, ""])


def keys_page() -> str:
    return "\n".join([head("keys"), *keys.tables()])


def by_name(words: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, name in words.items():
        found.setdefault(name, []).append(word)
    return found


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "chat.md": chat_page,
    "file-keys.md": keys_page,
}


if __name__ == "__main__":
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8")
