"""What the docs have of the code (settings, commands, the chat's menus): `python -m docs.reference` (make reference).

A test keeps the pages current. Words that the code does not have stand in `reference.toml`, in Chinese in
`reference.zh.toml`; help and what is expected are Chinese as the command line says them."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import settings
from bot.cli import COMMANDS, commands
from bot.refusal_words import refusal_words
from bot.shell_words import translated
from bot.talk import menus
from bot.voice import Voice
from docs import keys
from store.complaint import Complaint

HERE = Path(__file__).parent
WORDS: Mapping[str, Mapping[str, Any]] = {
    language: tomllib.loads((HERE / file).read_text(encoding="utf-8"))
    for language, file in (("en", "reference.toml"), ("zh", "reference.zh.toml"))
}
MENUS: Mapping[str, tuple[str, ...]] = {  # by what they are called in the words
    "private": menus.PRIVATE,
    "overseers": menus.OVERSEERS,
    "organisers": menus.ORGANISERS,
    "groups": menus.GROUPS,
    "administrators": menus.ADMINISTRATORS,
}


def said(language: str, name: str, **facts: str) -> str:
    return str(WORDS[language]["words"][name]).format(**facts)


def head(language: str, name: str) -> str:
    return str(WORDS[language]["head"][name]).replace("{made}", said(language, "made"))


def settings_page(language: str) -> str:
    lines = [head(language, "settings")]
    for name in settings.READERS:
        meaning = said(language, "meaning", meaning=WORDS[language]["settings"][name])
        secret = said(language, "secret") if name in settings.SECRET else ""
        lines.append(f"| `{name}` | {meaning}{secret} | {expected(language, name)} | {default(language, name)} |")
    return "\n".join([*lines, "", head(language, "settings_end")])


def default(language: str, name: str) -> str:
    if name in WORDS[language]["defaults"]:
        return str(WORDS[language]["defaults"][name]).format(listen=settings.LISTEN)
    value = getattr(settings.Settings(), name.removeprefix(settings.PREFIX).lower())
    if value is None:
        return said(language, "none")
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def expected(language: str, name: str) -> str:
    """What a refusal of the setting says that it expects."""
    try:
        settings.READERS[name](name, "\n")
    except Complaint as refused:
        return refusal_words(language).expected(refused.expected) or refused.expected
    raise AssertionError(f"{name} takes a line break")


def commands_page(language: str) -> str:
    every = (described(language, path, translated(one, language)) for path, one in every_command())
    return "\n".join([head(language, "commands"), *every])


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


def described(language: str, path: tuple[str, ...], one: click.Command) -> str:
    context = click.Context(one)
    arguments = [argument for argument in one.params if isinstance(argument, click.Argument)]
    options = [option for option in one.params if isinstance(option, click.Option)]
    required = [f"{option.opts[0]} {option.make_metavar(context)}" for option in options if option.required]
    usage = " ".join(["jiaolian", *path, *(argument.make_metavar(context) for argument in arguments), *required])
    place = WORDS[language]["more"].get(path[0])
    more = said(language, "more", more=place) if place else ""
    lines = [f"## {' '.join(path)}\n", f"`{usage}`\n", f"{one.help}{more}\n"]
    if options:
        rows = (row(language, option, context) for option in options)
        lines += [said(language, "option"), "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def row(language: str, option: click.Option, context: click.Context) -> str:
    value = "" if option.is_flag else f"`{option.make_metavar(context)}`".replace("|", "\\|")
    has_default = isinstance(option.default, str | int | Path) and not option.is_flag
    given = {"required": option.required, "default": has_default}
    marks = [said(language, name, default=str(option.default)) for name, there in given.items() if there]
    parts = [(option.help or "").rstrip(".。"), *marks]
    return f"| `{option.opts[0]}` | {value} | {said(language, 'between').join(filter(None, parts))} |"


def chat_page(language: str) -> str:
    chinese, english = Voice("zh").labels, Voice("en").labels
    called = " | ".join(WORDS[language]["menus"][menu] for menu in MENUS)
    lines = [head(language, "chat"), said(language, "command", menus=called), f"|---|---|---|{'---|' * len(MENUS)}"]
    for name in sorted({name for menu in MENUS.values() for name in menu}):
        marks = " | ".join("✓" if name in menu else "" for menu in MENUS.values())
        lines.append(f"| `/{name}` | {chinese.commands[name]} | {english.commands[name]} | {marks} |")
    lines += ["", head(language, "spoken")]
    lines += [f"| `/{name}` | {' · '.join(words)} |" for name, words in by_name(chinese.spoken).items()]
    lines += ["", head(language, "answers")]
    lines += [f"| {chinese.button(name)} | {' · '.join(words)} |" for name, words in by_name(chinese.answers).items()]
    lines += ["", head(language, "buttons")]
    buttons = ((label, english.button(name)) for name, label in chinese.tables["buttons"].items())
    lines += [f"| {label} | {meant} |" for label, meant in dict.fromkeys(buttons)]
    return "\n".join([*lines, ""])


def keys_page() -> str:
    return "\n".join([head("en", "keys"), *keys.tables()])


def by_name(words: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, name in words.items():
        found.setdefault(name, []).append(word)
    return found


IN_BOTH: Mapping[str, Callable[[str], str]] = {"settings": settings_page, "commands": commands_page, "chat": chat_page}
PAGES: Mapping[str, Callable[[], str]] = {
    **{f"{name}.md": partial(made, "en") for name, made in IN_BOTH.items()},
    **{f"{name}.zh.md": partial(made, "zh") for name, made in IN_BOTH.items()},
    "file-keys.md": keys_page,
}


if __name__ == "__main__":
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8")
