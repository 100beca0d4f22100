"""The page that lies at the top of an inspection file: its figures, and where each file is."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.report_tables import Table

NAME = "index.html"
PAGES = Path(__file__).parent / "pages"


def written(heading: str, language: str, tables: Iterable[Table], paths: Iterable[str]) -> bytes:
    """`paths` lie beside the page or in its folders. Names are people's words: every one is escaped."""
    pages = Environment(loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined)
    folders: dict[str, list[tuple[str, str]]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder.partition("/")[0] or heading, []).append((path, f"{folder}/{name}".partition("/")[2]))
    page = pages.get_template(f"{NAME}.j2")
    return page.render(heading=heading, language=language, tables=list(tables), folders=folders).encode()
