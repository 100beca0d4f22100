"""The site, in build/docs: `python -m docs.build [FOLDER [SOURCE]]` (make docs).

Every warning is an error, so each link and anchor is checked. What Sphinx remembers between two builds is kept beside
the site, in build/read; a change then takes a second or two.
"""

import sys
from pathlib import Path

from sphinx.cmd.build import main

HOME = Path(__file__).parent.parent


def build(out: Path, source: Path = HOME) -> int:
    """0: done; else what is wrong stands on stderr, a line each. `source` has docs/index.md, as here."""
    sys.path.insert(0, str(HOME))  # conf.py is read by itself, and takes its search from beside it
    read = out.with_name("read")
    options = ["-q", "-W", "--keep-going", "-b", "html", "-c", str(HOME / "docs"), "-d", str(read)]
    return int(main([*options, str(source), str(out)]))


if __name__ == "__main__":
    sys.exit(build(*map(Path, sys.argv[1:])) if sys.argv[1:] else build(HOME / "build" / "docs"))
