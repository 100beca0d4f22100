"""Options that several commands have."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from store.complaint import Complaint


class Day(click.DateTime):
    """A date as people write it; a wrong one is told by an example, not by `%Y-%m-%d`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r}: expected a date such as 2026-09-01", param, ctx)


DAY = Day(formats=["%Y-%m-%d"])
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
