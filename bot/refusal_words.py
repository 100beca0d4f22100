"""Refusals in people's words: a command's English line (`Complaint`), put into another language phrase by phrase."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROW = (
    r"(?::(?P<at>[0-9]+)(?:: (?P<key>[a-z]+)(?=: ))?|: row (?P<row>[0-9]+)(?:, (?P<column>[^:]+))?"
    r"|: (?P<sheet>[^:]+)!(?P<cell>[A-Z]+[0-9]+)"
    r"|: (?P<place>(?:[^:, ]+, )?(?:table [0-9]+, row|paragraph) [0-9]+)"
    r"|: (?P<within>[^:]+)!(?P<line>[0-9]+)|: (?P<alone>[A-Z]+[0-9]+)(?=: ))?"
)
LINE = re.compile(rf"(?P<where>[^:]+){ROW}: (?:(?P<found>.+?): )?expected (?P<expected>.+)")
FORMS = ("cell", "column", "row", "line", "alone", "place", "key", "at")  # the closest to the place first
PERHAPS = re.compile(r"(?P<phrase>.+); perhaps (?P<word>[^;]+)")
OPEN = re.compile(r"[#*]")  # a number, any words


class RefusalWords:
    """`phrases`: as in `refusals.zh.toml`; none: lines stay as they are."""

    def __init__(self, phrases: Mapping[str, Mapping[str, str]]) -> None:
        self.forms = phrases.get("line", {})
        self.phrases = {name: by_length(phrases.get(name, {})) for name in ("where", "found", "expected")}

    def told(self, line: str) -> str:
        """As it is where nothing says what is expected."""
        found = LINE.fullmatch(line)
        expected = self.expected(found["expected"]) if found else None
        if found is None or expected is None:
            return line
        where, what = self.where(found), found["found"]
        if what is None:
            return self.forms["bare"].format(where=where, expected=expected)
        said = self.phrase("found", what) or what  # a value of the file's own
        return self.forms["whole"].format(where=where, found=said, expected=expected)

    def beside(self, line: str) -> str:
        """The English line as it is, and the same behind it in other words."""
        found = LINE.fullmatch(line)
        expected = self.expected(found["expected"]) if found else None
        if found is None or expected is None:
            return line
        what = self.phrase("found", found["found"] or "")  # a value stands in front already
        return line + self.forms["beside_whole" if what else "beside"].format(found=what, expected=expected)

    def where(self, found: re.Match[str]) -> str:
        parts = found.groupdict() | {"place": self.phrase("where", found["place"] or "") or found["place"]}
        form = next((name for name in FORMS if found[name]), "")
        return self.forms[form].format(**parts) if form else self.phrase("where", found["where"]) or found["where"]

    def expected(self, phrase: str) -> str | None:
        meant = PERHAPS.fullmatch(phrase)
        said = self.phrase("expected", meant["phrase"] if meant else phrase)
        return said + self.forms["perhaps"].format(word=meant["word"]) if said and meant else said

    def phrase(self, table: str, phrase: str) -> str | None:
        """With its numbers and words in their order."""
        for known, words in self.phrases[table]:
            if (found := known.fullmatch(phrase)) is not None:
                return filled(words, found.groups())
        return None


def by_length(phrases: Mapping[str, str]) -> list[tuple[re.Pattern[str], str]]:
    """The longer ones first: `one of its classes (*)` before `one of *`."""
    keys = sorted(phrases, key=lambda key: len(OPEN.sub("", key)), reverse=True)
    return [(pattern(key), phrases[key]) for key in keys]


def filled(words: str, kept: Iterable[str]) -> str:
    left = iter(kept)
    return OPEN.sub(lambda _: next(left), words)


def pattern(key: str) -> re.Pattern[str]:
    parts = {"#": "([0-9]+)", "*": "(.+)"}
    return re.compile("".join(parts.get(part) or re.escape(part) for part in re.split("([#*])", key)))


@cache
def refusal_words(language: str) -> RefusalWords:
    """English has none: the lines are English."""
    file = HERE / f"refusals.{language}.toml"
    return RefusalWords(tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {})
