"""The room's own words and pages: `labels/<language>.toml`, `templates/<name>.html`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from sandbox.mounted import Viewer, templates

HERE = Path(__file__).parent
STYLE = HERE / "panels.css"


@cache
def labels(language: str) -> dict[str, Any]:
    """By table."""
    return tomllib.loads((HERE / "labels" / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def pages() -> Environment:
    return templates(HERE / "templates")


class Page:
    """What a panel shows, in the words of the table that bears its name."""

    def __init__(self, table: str) -> None:
        self.table = table

    def title(self, language: str) -> str:
        return str(labels(language)[self.table]["title"])

    def written(self, viewer: Viewer, template: str, **facts: object) -> str:
        """`t` are the panel's words; `viewer` is whoever looks."""
        facts |= {"t": labels(viewer.language)[self.table], "viewer": viewer}
        return pages().get_template(f"{template}.html").render(facts)
