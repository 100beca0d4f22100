"""Every message, in both languages, with sample facts, as docs/messages.md: `python -m docs.messages` (make messages).

Who gets it when, and the facts, are in `messages.toml`; the words come from the templates, so that what is read here is
what is sent."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from msgspec import Struct

from bot.settings import LANGUAGES
from bot.speech import Message
from bot.voice import Voice
from bot.words import snake_case
from bot.written.asked_back import Doubt
from docs import samples
from scheduling.expressions.readings import Question
from tests.test_house_words import outcomes, sources, whole

TABLES = samples.TABLES
WHO: Mapping[str, Mapping[str, str]] = TABLES["who"]
PRINTED: frozenset[str] = frozenset(TABLES["apart"]["printed"])
HERE = Path(__file__).with_suffix(".md")
HEAD = """# Every message

What Jiaolian says to people, in both languages, filled with sample facts: who gets it when, how long it is, the buttons
below it, and what it says instead where a fact is another one (it is called as the outcome's field is). This page is
written by `python -m docs.messages`; a test keeps it current. Words are changed in `bot/templates/`, never here.

A message is plain text: no markup, no link that carries the meaning. Copied into another messenger it reads the same,
which is its copy form; `tests/test_messages.py` holds that. What a command prints on the server is not here.
"""


class Said(Struct, frozen=True):
    """A message by the name of its template, in each language; `others`: when, and what it says then."""

    name: str
    usual: Mapping[str, Message]
    others: tuple[tuple[str, Mapping[str, Message]], ...]


def page(messages: Iterable[Said]) -> str:
    """The whole file."""
    said = {one.name: one for one in messages}
    where = {name: found for name in said if (found := place(name)) is not None}
    parts = [HEAD]
    for heading, table in WHO.items():
        here = [name for name in said if where[name][0] == heading]
        parts.append(f"## {heading}\n")
        keys = list(table)
        parts += [told(said[name], where[name][1]) for name in sorted(here, key=lambda one: keys.index(where[one][2]))]
    return "\n".join(parts)


def place(name: str) -> tuple[str, str, str]:
    """Heading, to whom and when, and the key by which that is said. KeyError: nothing says it."""
    keys = (name, MODULES.get(name, name))
    found = ((heading, table[key], key) for key in keys for heading, table in WHO.items() if key in table)
    if (first := next(found, None)) is None:
        raise KeyError(f"docs/messages.toml: who: nothing about {name}, expected it or {keys[1]}")
    return first


def everything() -> Iterator[Said]:
    """Of each outcome, by the order of their modules; then what no use case says."""
    voices = {language: Voice(language) for language in LANGUAGES}
    for voice in voices.values():
        voice.texts.bytecode_cache = CACHE
    texts = sources(LANGUAGES[0])
    for outcome in OUTCOMES:
        name = snake_case(outcome.__name__)
        if name not in PRINTED:
            usual = samples.sample(outcome)
            others = ((one.when, spoken(voices, one.outcome)) for one in samples.others(usual, whole(texts, name)))
            yield Said(name, spoken(voices, usual), tuple(others))
    for name, facts in TABLES["pages"].items():
        yield of_page(voices, name, facts)


def spoken(voices: Mapping[str, Voice], outcome: Any) -> dict[str, Message]:
    return {language: voice.say(outcome) for language, voice in voices.items()}


def of_page(voices: Mapping[str, Voice], name: str, facts: Mapping[str, Any]) -> Said:
    if name != "schedule_asked_back":
        return Said(name, worded(voices, name, facts), ())
    questions: list[StrEnum] = [*list(Question), *list(Doubt)]
    first, rest = questions[0], questions[1:]
    others = tuple((f"`question` {one.value}", worded(voices, name, {**facts, "question": one})) for one in rest)
    return Said(name, worded(voices, name, {**facts, "question": first}), others)


def worded(voices: Mapping[str, Voice], name: str, facts: Mapping[str, Any]) -> dict[str, Message]:
    return {language: Message(voice.words(name, facts)) for language, voice in voices.items()}


def told(said: Said, who: str) -> str:
    """A message's part of the page."""
    lines = [f"### {said.name}\n", f"To {who}.\n"]
    for language, message in said.usual.items():
        buttons = " ".join(f"[{button.label}]" for row in message.buttons for button in row)
        below = f"; buttons {buttons}" if buttons else ""
        lines += [f"{LANGUAGE[language]}, {len(message.text)} characters{below}", f"```text\n{message.text}\n```\n"]
    rows = list(differences(said))
    if rows:
        lines += ["| where | zh | en |", "|---|---|---|", *rows, ""]
    return "\n".join(lines)


def differences(said: Said) -> Iterator[str]:
    """A row for each fact that changes the words: the lines that are not in the usual ones, or in a row above."""
    known = {language: set(message.text.splitlines()) for language, message in said.usual.items()}
    for when, messages in said.others:
        fresh = {}
        for language, message in messages.items():
            lines = [line for line in message.text.splitlines() if line.strip() and line not in known[language]]
            known[language] |= set(lines)
            fresh[language] = " ⏎ ".join(lines).replace("|", "\\|")
        if any(fresh.values()):
            yield f"| {when} | {' | '.join(fresh[language] for language in LANGUAGES)} |"


CACHE = FileSystemBytecodeCache()  # six hundred templates take five seconds to compile, once
LANGUAGE = {"zh": "Chinese", "en": "English"}
OUTCOMES = sorted(outcomes(), key=lambda one: (one.__module__, one.__name__))
MODULES = {snake_case(one.__name__): one.__module__.rpartition(".")[2] for one in OUTCOMES}


if __name__ == "__main__":
    HERE.write_text(page(everything()), encoding="utf-8")
