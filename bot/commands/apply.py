"""`jiaolian apply`, `jiaolian import-roster`: make the store match a file, and say what that changes."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from msgspec import Struct
from msgspec.structs import asdict

from bot import whole_file
from bot.commands.office import Office
from bot.commands.options import AS_JSON, DRY_RUN, OF_CONSORTIUM, applied
from bot.file.consortium_file import read
from bot.file.refusals import Complaints
from bot.sheets.roster import Entry, Roster, entries
from handlers import apply as use_case
from handlers.apply import Applied, Apply, ApplyOutcome, ApplyRefused
from handlers.merging import Prefer
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session, Store


class ReadInto(Struct, frozen=True):
    """A roster, for the file that is the last one when it is applied."""

    consortium: str
    name: str
    entries: Sequence[Entry]
    dry_run: bool = False


R = TypeVar("R", Apply, ReadInto)


@click.command(help="Make the store match a consortium file; the same file twice changes nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@DRY_RUN
@click.option("--prefer", type=click.Choice(["file", "chat"]), help="Whose word counts where both changed the same.")
@AS_JSON
@click.pass_obj
def apply(office: Office, file: Path, dry_run: bool, prefer: Prefer | None, as_json: bool) -> None:
    request = Apply(read(file), prefer, dry_run)
    with closing(office.store()) as store:
        told(office, taken(office, store, use_case.apply, request), as_json=as_json)


@click.command(help="Add and change people by a sheet (.xlsx); whoever it does not name stays.")
@click.argument("file", type=click.Path(path_type=Path))
@OF_CONSORTIUM
@DRY_RUN
@AS_JSON
@click.pass_obj
def import_roster(office: Office, file: Path, consortium: str, dry_run: bool, as_json: bool) -> None:
    content = whole_file.read(file, "a roster")
    request = ReadInto(consortium, file.name, entries(file.name, content), dry_run)
    with closing(office.store()) as store:
        told(office, taken(office, store, read_into, request), as_json=as_json)


def read_into(session: Session, request: ReadInto, now: datetime) -> ApplyOutcome:
    """In one transaction: a file that is applied meanwhile would be undone. Raises Complaint or Complaints."""
    consortiums.alone(session)
    last = applied_last(session, request.consortium)
    read = Roster(last, request.name).read(request.entries)
    return use_case.apply(session, Apply(read, dry_run=request.dry_run), now)


def applied_last(session: Session, consortium: str) -> Blueprint:
    return consortiums.applied(applied(session, consortium))


def taken(office: Office, store: Store, work: Callable[[Session, R, datetime], ApplyOutcome], request: R) -> Applied:
    outcome = (store.try_out if request.dry_run else store.call)(work, request, office.now())
    if isinstance(outcome, ApplyRefused):
        raise Complaints(outcome.conflicts)
    if not request.dry_run:
        office.replan(store)
    return outcome


def told(office: Office, outcome: Applied, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(as_document(outcome), ensure_ascii=False))
        return
    from bot.voice import Voice

    click.echo(Voice(office.language).words("applied", asdict(outcome)))


def as_document(outcome: Applied) -> dict[str, object]:
    """The contract's shape of `apply --json`."""
    return {
        "added": [str(place) for place in outcome.added],
        "changed": [{"path": str(each.path), "from": each.before, "to": each.after} for each in outcome.changed],
        "retired": [str(place) for place in outcome.retired],
        "kept": [str(place) for place in outcome.kept],
        "applied": outcome.applied,
    }
