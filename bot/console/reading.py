"""Reading: what a typed line is."""

import re
import unicodedata
from dataclasses import dataclass

COMMAND = re.compile(r"/([A-Za-z_]+)(?:\s+(.*))?")
NUMBER = re.compile(r"[1-9][0-9]?")  # four digits are a code (口令)


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    behind: str


@dataclass(frozen=True, slots=True)
class Number:
    """Of a button, where there is one of that number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


def typed(line: str) -> Command | Number | Words | None:
    """None: nothing."""
    text = line.strip()
    if not text:
        return None
    command = COMMAND.fullmatch(text)
    if command is not None:
        return Command(command[1].lower(), (command[2] or "").strip())
    plain = unicodedata.normalize("NFKC", text)
    return Number(int(plain), text) if NUMBER.fullmatch(plain) else Words(text)
