"""Options that several commands have."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from store.complaint import Complaint

DAY = click.DateTime(formats=["%Y-%m-%d"])
FROM = click.option("--from", "first", type=DAY, required=True, metavar="DATE", help="The first day, as 2026-09-01.")
TO = click.option("--to", "last", type=DAY, required=True, metavar="DATE", help="The last day, which counts too.")


def out(kinds: str, *, required: bool = True) -> Callable[[Any], Any]:
    """`kinds`: what its name may end in, as `FILE.png|.svg`."""
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option("--out", type=path, required=required, metavar=kinds, help="The file to write.")


def span(first: datetime, last: datetime) -> tuple[date, date]:
    if last < first:
        raise Complaint("--from", f"{first:%Y-%m-%d}", f"no later day than --to {last:%Y-%m-%d}")
    return first.date(), last.date()
