"""Reading: what a typed line is."""

import re
import unicodedata

from msgspec import Struct

COMMAND = re.compile(r"/([A-Za-z_]+)(?:\s+(.*))?")
NUMBER = re.compile(r"[1-9][0-9]?")  # four digits are a code (口令)


class Command(Struct, frozen=True):
    name: str
    behind: str


class Number(Struct, frozen=True):
    """Of a button, where there is one of that number."""

    number: int
    text: str


class Words(Struct, frozen=True):
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
