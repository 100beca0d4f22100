"""The documentation as a site: `make docs`. Sphinx reads this file; docs/dependencies.md says why Sphinx.

The pages are plain Markdown that GitHub shows as well. What the site's menu holds, and in which order, is said once: by
the links of docs/index.md, section by section. A page that is linked there nowhere, a link or an anchor that leads
nowhere, is a warning, and the build takes warnings for errors.
"""

import posixpath
import re
from typing import Any

from sphinx.application import Sphinx

from docs.pairs import Pairs

FRONT = "docs/index"

project = "教联助手 Jiaolian"
copyright = "Jiaolian's authors, MIT licence"
language = "zh_CN"
extensions = ["myst_parser"]
root_doc = FRONT
include_patterns = ["*.md", "docs/*.md", "samples/README*.md"]
exclude_patterns = [".*", "build", "dist"]
highlight_language = "text"
myst_heading_anchors = 4
html_theme = "furo"
html_title = project
html_search_language = Pairs.lang
html_additional_pages = {"index": "to_front.html"}
html_copy_source = html_show_sourcelink = html_show_copyright = False
templates_path = ["site"]


def menu(front: str) -> str:
    """The menu as Sphinx wants it: a tree for each section of the front page, of the pages that it links, each once."""
    seen: set[str] = set()
    trees = []
    for title, body in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", front, re.DOTALL | re.MULTILINE):
        pages = [page for page in dict.fromkeys(re.findall(r"\]\(([^)#]+\.md)", body)) if page not in seen]
        seen.update(pages)
        if pages:
            trees.append(f"```{{toctree}}\n:hidden:\n:caption: {title}\n\n" + "\n".join(map(place, pages)) + "\n```\n")
    return "\n".join(trees)


def place(link: str) -> str:
    """As the menu names a page that the front page links: from the repository's root, without its ending."""
    return "/" + posixpath.splitext(posixpath.normpath(posixpath.join(posixpath.dirname(FRONT), link)))[0]


def put_menu(_site: Sphinx, name: str, source: list[str]) -> None:
    if name == FRONT:
        source[0] += f"\n{menu(source[0])}"


def setup(site: Sphinx) -> dict[str, Any]:
    site.add_search_language(Pairs)
    site.connect("source-read", put_menu)
    return {"parallel_read_safe": True}
