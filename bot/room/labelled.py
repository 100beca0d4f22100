"""The room's own words, from `labels/<language>.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels"


@cache
def labels(language: str) -> dict[str, Any]:
    """By table."""
    return tomllib.loads((LABELS / f"{language}.toml").read_text(encoding="utf-8"))
