"""The page that lies at the top of an inspection file, for a browser and for paper; it needs no other file."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from msgspec import Struct

from bot.reports.page import PageFacts, shown

NAME = "index.html"
PAGES = Path(__file__).parent / "pages"


class Picture(Struct, frozen=True):
    """A chart; `told`: what it says, in words."""

    path: str
    title: str
    told: str


class Shelf(Struct, frozen=True):
    """The files of one folder: path and name. `anchor`: its place on the page; `within`: the folder's name below its
    top, "" for the top itself."""

    anchor: str
    within: str
    files: list[tuple[str, str]]


@cache
def template() -> Template:
    loader = FileSystemLoader(PAGES)
    pages = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.filters["shown"] = shown
    return pages.get_template(f"{NAME}.j2")


def written(heading: str, facts: PageFacts, pictures: Sequence[Picture], paths: Iterable[str]) -> bytes:
    """`paths` lie beside the page or in its folders. Names are people's words: every one is escaped."""
    shelves = shelved(paths)
    gaps = shelves.get(facts.words.named("missing", "report_folder"))
    tops: dict[str, list[Shelf]] = {}
    for folder, shelf in shelves.items():
        tops.setdefault(folder.partition("/")[0], []).append(shelf)
    return template().render(
        heading=heading,
        language=facts.words.language,
        labels=facts.words.tables["report_page"],
        facts=facts,
        pictures=pictures,
        beside=tops.pop("", []),
        tops=tops,
        gaps=gaps.files if gaps else [],
        anchors={folder: shelf.anchor for folder, shelf in shelves.items()},
    ).encode()


def shelved(paths: Iterable[str]) -> dict[str, Shelf]:
    """By folder, in the order of the files."""
    found: dict[str, Shelf] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        shelf = found.setdefault(folder, Shelf(f"f{len(found)}", folder.partition("/")[2], []))
        shelf.files.append((path, name))
    return found
