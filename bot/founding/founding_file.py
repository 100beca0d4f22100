"""The consortium file of a new consortium as text: its tables as TOML, the comments of a language around them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time

from pydantic import BaseModel

from bot.voice import Voice
from store.blueprint import Blueprint

TABLES = ("school", "person", "class_", "term", "chat")


def text(file: Blueprint, voice: Voice) -> str:
    """What `consortium_file.blueprint` reads as the same values, in UTF-8."""
    facts: dict[str, object] = {table.rstrip("_"): rows(table, getattr(file, table)) for table in TABLES}
    facts["consortium"] = "\n".join(["[consortium]", *lines(file.consortium)])
    core = next(one.key for one in file.school if one.role == "core")
    facts |= {"chat_key": quoted(file.chat[0].key), "host": quoted(core), "classes": bool(file.class_)}
    return voice.words("founded_file", facts) + "\n"


def rows(table: str, found: tuple[BaseModel, ...]) -> str:
    return "\n\n".join("\n".join([f"[[{table.rstrip('_')}]]", *lines(one)]) for one in found)


def lines(one: BaseModel) -> Iterator[str]:
    """What it says, and nothing of what it leaves open."""
    said: Mapping[str, object] = one.model_dump(exclude_none=True)
    return (f"{key} = {value(part)}" for key, part in said.items())


def value(part: object) -> str:
    match part:
        case date():
            return part.isoformat()
        case time():
            return quoted(f"{part:%H:%M}")
        case list() | tuple():
            return "[" + ", ".join(value(each) for each in part) + "]"
    return quoted(str(part))


def quoted(words: str) -> str:
    """A basic string of TOML is one of JSON."""
    return json.dumps(words, ensure_ascii=False)
