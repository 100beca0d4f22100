"""What a new consortium needs and nobody has said yet, asked at the terminal, one line an answer.

An empty answer, or one that is not understood, is asked again. Questions go to stderr, since stdout is the answer.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from bot.file import plain_values
from bot.founding.draft import Founding, Person, School, Term
from bot.founding.tables import same, tidy
from bot.sheets import cell_values
from bot.voice import Voice
from store.complaint import Complaint

T = TypeVar("T")
SEVERAL = re.compile(r"[、,，;；]")


class Questions:
    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def complete(self, said: Founding) -> None:
        """Asks for what is missing. Raises Complaint where the input ends before that, KeyboardInterrupt by Ctrl-C."""
        said.name = said.name or self.ask("name", tidy)
        if not said.schools:
            said.schools = self.ask("schools", schools)
        if not said.roles()["organiser"]:
            self.ask("organiser", lambda answer: name_organiser(said, answer))
        if not said.terms:
            first = self.ask("first_day", day)
            said.terms = [Term(None, first, self.ask("last_day", lambda answer: day_after(first, answer)))]
        if not said.chats:
            said.chats = [self.ask("chat", tidy)]

    def ask(self, name: str, read: Callable[[str], T]) -> T:
        """What `read` makes of the answer; it raises ValueError for what it does not understand."""
        words = self.voice.labels.tables["founding"]
        while True:
            click.echo(words[name], err=True, nl=False)
            try:
                answer = tidy(input())
            except EOFError:
                click.echo(err=True)
                raise Complaint("init", f"no answer to {words[name].rstrip(': ：')}", "a line of text") from None
            try:
                if answer:
                    return read(answer)
            except ValueError:
                click.echo(words["again"].format(answer=answer), err=True)


def schools(answer: str) -> list[School]:
    """The first one is the core school."""
    names = [name.strip() for name in SEVERAL.split(answer) if name.strip()]
    if not names or len({same(name) for name in names}) < len(names):
        raise ValueError("each school once")
    return [School(name, core=name is names[0]) for name in names]


def name_organiser(said: Founding, answer: str) -> None:
    """Somebody of the list, or a new person at the core school."""
    found = [one for one in said.people if same(one.name) == same(answer)]
    if len(found) > 1:
        raise ValueError("a name that one person has")
    if found:
        found[0].roles = ("organiser", *found[0].roles)
    else:
        said.people.append(Person(answer, said.core, roles=("organiser",)))


def day(answer: str) -> date:
    return plain_values.day(cell_values.day(answer, None))


def day_after(first: date, answer: str) -> date:
    found = day(answer)
    if found <= first:
        raise ValueError(f"a day after {first}")
    return found
