"""The pages of the documentation as a reader copies from them: fenced blocks, and commands named in a line."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tests.conftest import HOME

LANGUAGES = {"sh", "ini", "toml", "text", "python", "json"}
TWO_MADE = ("commands", "settings", "chat")  # of the code, in both languages
MADE = {"messages.md", "file-keys.md", *(f"{name}{ending}" for name in TWO_MADE for ending in (".md", ".zh.md"))}
PAGES = sorted([*HOME.glob("*.md"), *HOME.glob("docs/*.md"), *HOME.glob("samples/README*.md")])
WRITTEN = [page for page in PAGES if page.name not in MADE and page.name != "CHANGELOG.md"]
ENGLISH = [page for page in WRITTEN if ".zh." not in page.name]
PAIRS = [
    (page, page.with_name(f"{page.stem}.zh.md")) for page in PAGES if page.with_name(f"{page.stem}.zh.md").exists()
]
FENCE = re.compile(
    r"(?:^ *<!-- append: (?P<append>\S+) -->\n)?^(?P<indent> *)```(?P<language>\w*)\n(?P<body>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)


class Fence(Struct, frozen=True):
    """A block; `append`: the file at whose end the reader puts it."""

    language: str
    body: str
    append: str | None


def fences(page: Path) -> Iterator[Fence]:
    for found in FENCE.finditer(page.read_text(encoding="utf-8")):
        body = re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
        yield Fence(found["language"], body, found["append"])


def lines(fence: Fence) -> list[str]:
    """The commands of a shell block, without comments."""
    whole = (re.sub(r"(^|\s)#.*", "", line).strip() for line in fence.body.splitlines())
    return [line for line in whole if line]


def named(page: Path) -> list[str]:
    """Commands of ours that a sentence names in backticks."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    spans = (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose))
    return [span for span in spans if re.match(r"(\.venv/bin/)?jiaolian [a-z]", span)]
