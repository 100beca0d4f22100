"""`jiaolian term-plan`, `jiaolian import-plan`: the term plan (学期安排表) as a workbook, out and in."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from msgspec import Struct

from bot import whole_file
from bot.commands import options
from bot.commands.apply import as_document, told
from bot.commands.office import Office
from bot.commands.options import AS_JSON, DRY_RUN, OF_CONSORTIUM, OF_KEY, applied
from bot.commands.picture import filed, term_of
from bot.sheets import sheet_changes
from bot.sheets.sheet_changes import Changes
from bot.shell_words import WrongUsage
from bot.voice import Voice, Voices
from bot.written.one_event import late
from bot.written.preview import notes
from handlers.amend import AmendmentOpened
from handlers.apply import Applied
from handlers.put_entries import OpenTaken, PutEntries, TakeBack, open_taken, put_entries, take_back
from store import consortiums
from store.complaint import Complaint
from store.database import Session


class ReadInto(Struct, frozen=True):
    """A term plan, for what holds when it is read."""

    consortium: str
    name: str
    content: bytes
    voices: Voices
    dry_run: bool


class Undo(Struct, frozen=True):
    consortium: str
    number: int
    dry_run: bool


R = TypeVar("R", ReadInto, Undo)
T = TypeVar("T")


@click.command(help="The events of a term as a workbook (.xlsx), which may be changed and read back.")
@OF_KEY
@click.option("--term", metavar="KEY", help="Else the term that runs or comes next, else the last.")
@options.out("FILE.xlsx")
@click.pass_obj
def term_plan(office: Office, key: str, term: str | None, out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise Complaint("--out", str(out), "a file whose name ends in .xlsx")
    with closing(office.store()) as store:
        file = store.call(filed, key)
    chosen = term_of(file, term, office.now())
    from bot.sheets import term_sheet, term_workbook

    voice = Voice(office.language)
    whole_file.write("--out", out, term_workbook.written(file, chosen, voice.labels))
    events = len(term_sheet.lines(file, chosen.first_day, chosen.last_day))
    click.echo(voice.words("sheet_written", {"file": out, "term": chosen.name, "events": events}))


@click.command(help="Take what was changed in a term plan (.xlsx), or take such a change back by its number.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@OF_CONSORTIUM
@click.option("--undo", type=click.IntRange(min=1), metavar="N", help="Without a file: it is as before change N.")
@DRY_RUN
@AS_JSON
@click.pass_obj
def import_plan(
    office: Office, file: Path | None, consortium: str, undo: int | None, dry_run: bool, as_json: bool
) -> None:
    if (file is None) == (undo is None):
        raise WrongUsage("Either FILE or --undo N.")
    if file is None:
        return take_it_back(office, Undo(consortium, undo or 0, dry_run), as_json=as_json)
    content = whole_file.read(file, "a term plan")
    request = ReadInto(consortium, file.name, content, Voices(office.language), dry_run)
    outcome, changes = done(office, read_into, request)
    if as_json:
        absent = [f"occurrence[{one.activity}/{one.rule_date}]" for one in changes.absent]
        unkept = [{"cell": cell, "remark": remark} for cell, remark in changes.unkept]
        more = {"absent": absent, "unkept": unkept, "amendment": outcome.amendment}
        return click.echo(json.dumps(as_document(outcome) | more, ensure_ascii=False))
    voice, facts = request.voices.default, {"file": file.name, "name": outcome.name, "sheet": notes(changes)}
    if not changes.entries.every():
        return click.echo(voice.words("sheet_same", facts))
    told(office, outcome, as_json=False)
    if outcome.amendment:
        numbered = {"amendment": outcome.amendment, "consortium": consortium}
        click.echo(voice.words("sheet_numbered", numbered))
    if said := voice.words("sheet_notes", facts):
        click.echo(said)
    return None


def take_it_back(office: Office, request: Undo, *, as_json: bool) -> None:
    outcome = done(office, undo_in, request)
    if as_json:
        return told(office, outcome, as_json=True)
    facts = {"number": request.number, "applied": outcome.applied}
    return click.echo(Voice(office.language).words("sheet_taken_back", facts))


def done(office: Office, work: Callable[[Session, R, datetime], T], request: R) -> T:
    with closing(office.store()) as store:
        outcome = (store.try_out if request.dry_run else store.call)(work, request, office.now())
        if not request.dry_run:
            office.replan(store)
    return outcome


def read_into(session: Session, request: ReadInto, now: datetime) -> tuple[Applied, Changes]:
    """In one transaction: what is set in the chat meanwhile would be undone. Raises Complaint or Complaints."""
    consortiums.alone(session)
    row = applied(session, request.consortium)
    assert row.id is not None  # it is kept
    holds = consortiums.blueprint(row)
    changes = sheet_changes.read(request.name, request.content, holds, request.voices, now)
    return put_entries(session, PutEntries(row.id, changes.entries, request.dry_run), now), changes


def undo_in(session: Session, request: Undo, now: datetime) -> Applied:
    """In one transaction, as above. Raises Complaint."""
    consortiums.alone(session)
    row = applied(session, request.consortium)
    assert row.id is not None  # it is kept
    opened = open_taken(session, OpenTaken(row.id, request.number), now)
    if isinstance(opened, AmendmentOpened) and not late(opened, now):
        found = take_back(session, TakeBack(row.id, request.number, request.dry_run), now)
        if isinstance(found, Applied):
            return found
    expected = "the number of a change that holds, was not changed again, and of which nothing has begun"
    raise Complaint("--undo", str(request.number), expected)
