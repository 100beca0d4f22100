"""The command line in people's language: help and wrong usage are looked up by their English text, as with gettext."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path
from unicodedata import east_asian_width

import click
from click import core, decorators, exceptions, formatting, parser, types

from bot.settings import spoken

HERE = Path(__file__).parent
PLACE = re.compile(r"[A-Z]{2,}(?: RANGE)?")  # what is to be put there: FILE of FILE.xlsx, KEY of school=KEY; an N stays
STOP = re.compile(r"(?<=['”])\.(?= |$)|(?<=。) (?=（?是不是)")  # click's own, behind what it quotes, before its guess


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

    def get_usage(self) -> str:
        return translated(self.command, spoken()).get_usage(self)


class WrongUsage(click.UsageError):
    def format_message(self) -> str:
        return said(self.message)


class ToldUsage(click.UsageError):
    """Another wrong usage in people's language whole: click puts what is missing and a full stop together itself."""

    def __init__(self, error: click.UsageError, language: str) -> None:
        if isinstance(error, click.BadParameter) and isinstance(error.param, click.Argument) and not error.param_hint:
            error.param_hint = places(error.param.get_error_hint(error.ctx), language)
        super().__init__(STOP.sub(lambda found: "。" * (found[0] == "."), error.format_message()), error.ctx)


@contextmanager
def telling_usage() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # it is the help
    except click.UsageError as error:
        if not shell_words(spoken()):
            raise
        raise ToldUsage(error, spoken()) from None


def tells_help(command: click.Command) -> None:
    """So that the help of this command, and of those below it, is in people's language."""
    command.context_class = ToldContext
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        tells_help(below)


def translated(command: click.Command, language: str) -> click.Command:
    """A copy: the command itself stays English, which is what its words are looked up by."""
    told = copy(command)
    told.help = said(command.help or "", language)
    told.params = [translated_option(one, language, click.Context(command)) for one in command.params]
    told.options_metavar = places(command.options_metavar or "", language)
    if isinstance(told, click.Group):
        told.subcommand_metavar = places(told.subcommand_metavar, language)
        told.commands = {name: translated(one, language) for name, one in told.commands.items()}
    return told


def translated_option(one: click.Parameter, language: str, context: click.Context) -> click.Parameter:
    told = copy(one)
    told.metavar = places(one.make_metavar(context), language)
    if isinstance(told, click.Option):
        told.help = said(told.help or "", language)
    return told


def places(metavar: str, language: str) -> str:
    return PLACE.sub(lambda found: said(found[0], language), metavar)


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
    vars(formatting).update(term_len=columns)


def columns(text: str) -> int:
    """That a terminal needs: a Chinese character is as wide as two others, and what stands beside options lines up."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in click.unstyle(text))
