"""The voice: an outcome's template, filled, and its buttons. Plain text, so no name can break a message."""

import asyncio
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from msgspec import Struct
from msgspec.structs import asdict

from bot.settings import LANGUAGES
from bot.speech import Message
from bot.words import Words, snake_case

TEMPLATES = Path(__file__).parent / "templates"
FILTERS = ("clock", "date", "day", "full_day", "moment", "span", "label", "named", "due", "leads", "absence", "refusal")
NEAR = 0.75  # of difflib: /nxet is /next, /dance is not /cancel


@cache
def grammar(language: str) -> Environment:
    """Once for all who speak it: what was compiled stays."""
    labels = Words(language)
    texts = Environment(
        loader=FileSystemLoader(TEMPLATES / language),
        undefined=StrictUndefined,
        autoescape=False,  # nosec B701  # noqa: S701  plain text, sent without a parse mode
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    texts.filters |= {name: getattr(labels, name) for name in FILTERS}
    return texts


class Voice:
    """Speaks one language. The filters in its templates are methods of `Words`."""

    def __init__(self, language: str) -> None:
        self.labels, self.texts = Words(language), grammar(language)
        self.known: dict[str, Template] = {}

    def say(self, outcome: Struct) -> Message:
        """The template of the outcome's class; its variables are the outcome's fields."""
        from bot.buttons import outcome_buttons  # it knows every outcome; a command that only says words needs none

        facts = asdict(outcome)
        words = self.words(snake_case(type(outcome).__name__), facts)
        document = facts.get("document")  # of a paper it is the title
        file = document if isinstance(document, tuple) else None
        picture, scan = facts.get("picture"), getattr(outcome, "scan", None)
        shown = picture if isinstance(picture, tuple) else None
        return Message(words, outcome_buttons.rows(outcome, self.labels), file, scan, shown)

    async def tell(self, outcome: Struct) -> Message:
        """What `say` says; the first time beside the loop, which to compile some templates would hold for 30 ms."""
        if snake_case(type(outcome).__name__) in self.known:
            return self.say(outcome)
        return await asyncio.to_thread(self.say, outcome)

    def words(self, template: str, facts: Mapping[str, object]) -> str:
        """Any template by name, without buttons."""
        known = self.known.get(template)
        if known is None:
            known = self.known[template] = self.texts.get_template(f"{template}.j2")
            known.globals = dict(known.globals)  # Jinja's chain of maps costs a third of a short text, each time
        return known.render(facts).strip()


class Voices:
    """One a language. `default` speaks to groups, and to whoever chose none; what is written is understood in all."""

    def __init__(self, language: str) -> None:
        self.every = {one: Voice(one) for one in LANGUAGES}
        self.default = self.every[language]

    def of(self, language: str | None) -> Voice:
        return self.default if language is None else self.every.get(language, self.default)

    def answer(self, text: str) -> str | None:
        """See `Words.answer`."""
        return next((word for voice in self.every.values() if (word := voice.labels.answer(text))), None)

    def command(self, text: str) -> str | None:
        """See `Words.command`."""
        return next((name for voice in self.every.values() if (name := voice.labels.command(text))), None)

    @property
    def fields(self) -> dict[str, str]:
        """How a field of an event is called, in all languages: `place` by 地点."""
        return {word: name for voice in self.every.values() for word, name in voice.labels.fields.items()}

    @property
    def onward(self) -> tuple[str, ...]:
        """Words that make a change hold for all later events, in all languages."""
        return tuple(word for voice in self.every.values() for word in voice.labels.onward)

    def meant(self, mistyped: str, commands: Collection[str]) -> str | None:
        """The command that a wrong one is near to, by its letters or by a word of ours: /nxet, /qiandao."""
        known = {word: name for voice in self.every.values() for word, name in voice.labels.spoken.items()}
        known = {word: name for word, name in known.items() if name in commands} | {name: name for name in commands}
        near = get_close_matches(mistyped.casefold(), known, n=1, cutoff=NEAR)
        return known[near[0]] if near else None

    def bare(self, name: str) -> str:
        """See `Words.bare`."""
        for voice in self.every.values():
            name = voice.labels.bare(name)
        return name

    def is_courtesy(self, text: str) -> bool:
        return any(voice.labels.is_courtesy(text) for voice in self.every.values())

    def is_personal(self, text: str) -> bool:
        """See `Words.is_personal`."""
        return any(voice.labels.is_personal(text) for voice in self.every.values())

    def tells_reason(self, text: str) -> bool:
        """See `Words.tells_reason`."""
        return any(voice.labels.tells_reason(text) for voice in self.every.values())

    def matter(self, text: str) -> str | None:
        """See `Words.matter`."""
        return next((name for voice in self.every.values() if (name := voice.labels.matter(text))), None)

    def asks(self, text: str) -> bool:
        return any(voice.labels.asks(text) for voice in self.every.values())
