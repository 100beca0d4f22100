"""Button rows: what the buttons of several subjects have in common."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from bot.buttons.presses import Press
from bot.speech import Button
from bot.words import Words

Rows = tuple[tuple[Button, ...], ...]


class Event(Protocol):
    """An occurrence, by its number."""

    @property
    def occurrence(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


def button(name: str, press: Press, words: Words) -> Button:
    return Button(words.button(name), press.data)


def events(every: Iterable[Event], act: str, words: Words) -> Rows:
    """One a row: titles are long."""
    return tuple((Button(f"{words.day(one.starts_at)} {one.title}", Press(act, one.occurrence).data),) for one in every)


def in_rows(every: Sequence[Button], wide: int) -> Rows:
    return tuple(tuple(every[first : first + wide]) for first in range(0, len(every), wide))
