"""Options that several commands have, and what they name."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.shell_words import said
from store.complaint import Complaint

if TYPE_CHECKING:
    from store.consortiums import Consortium
    from store.database import Session


class Day(click.DateTime):
    """A date as people write it; a wrong one is told by an example, not by `%Y-%m-%d`."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(said("{value!r}: expected a date such as 2026-09-01").format(value=value), param, ctx)


DAY = Day(formats=["%Y-%m-%d"])
FROM = click.option("--from", "first", type=DAY, required=True, metavar="DATE", help="The first day, as 2026-09-01.")
TO = click.option("--to", "last", type=DAY, required=True, metavar="DATE", help="The last day, which counts too.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
OF_CONSORTIUM = click.option("--consortium", required=True, metavar="KEY", help="The consortium's key.")
OF_KEY = click.option("--consortium", "key", required=True, metavar="KEY", help="The consortium's key.")
OF_ALL = click.option("--consortium", metavar="KEY", help="The consortium's key; all of them where it is absent.")


def out(kinds: str, *, required: bool = True) -> Callable[[Any], Any]:
    """`kinds`: what its name may end in, as `FILE.png|.svg`."""
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option("--out", type=path, required=required, metavar=kinds, help="The file to write.")


def span(first: datetime, last: datetime) -> tuple[date, date]:
    if last < first:
        raise Complaint("--from", f"{first:%Y-%m-%d}", f"no later day than --to {last:%Y-%m-%d}")
    return first.date(), last.date()


def applied(session: "Session", key: str) -> "Consortium":
    """The one that `--consortium` names. Raises Complaint."""
    from bot.called import consortium_called

    return consortium_called(session, key)
