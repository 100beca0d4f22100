"""The command line in people's language: help and wrong usage are looked up by their English text, as with gettext."""

import tomllib
from collections.abc import Mapping
from copy import copy
from functools import cache
from pathlib import Path

import click
from click import core, decorators, exceptions, formatting, parser, types

from bot.settings import spoken

HERE = Path(__file__).parent


@cache
def shell_words(language: str) -> Mapping[str, str]:
    """English has none: it is what is looked up."""
    file = HERE / f"shell.{language}.toml"
    if not file.exists():
        return {}
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {english: words for table in tables.values() for english, words in table.items()}


def said(english: str, language: str | None = None) -> str:
    """In that language, else in the one of the settings; as it is where it has no words."""
    return shell_words(language or spoken()).get(english, english)


class ToldContext(click.Context):
    """Help is put into people's language when it is asked for, and not each time that a command runs."""

    def get_help(self) -> str:
        return translated(self.command, spoken()).get_help(self)


class WrongUsage(click.UsageError):
    def format_message(self) -> str:
        return said(self.message)


def tells_help(command: click.Command) -> None:
    """So that the help of this command, and of those below it, is in people's language."""
    command.context_class = ToldContext
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        tells_help(below)


def translated(command: click.Command, language: str) -> click.Command:
    """A copy: the command itself stays English, which is what its words are looked up by."""
    told = copy(command)
    told.help = said(command.help or "", language)
    told.params = [translated_option(one, language) for one in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: translated(one, language) for name, one in told.commands.items()}
    return told


def translated_option(one: click.Parameter, language: str) -> click.Parameter:
    told = copy(one)
    if isinstance(told, click.Option):
        told.help = said(told.help or "", language)
    return told


def speak() -> None:
    """Click looks its own words up in gettext, in compiled catalogues by the machine's locale; here a setting decides.

    What it says at its import (the option for the version) is put right by `translated`.
    """
    language = cache(spoken)

    def one(text: str) -> str:
        return said(text, language())

    def by_number(single: str, several: str, number: int) -> str:
        return one(single if number == 1 else several)

    for module in (core, decorators, exceptions, formatting, parser, types):
        vars(module).update(_=one, ngettext=by_number)
