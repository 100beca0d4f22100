"""`jiaolian term-plan`, `jiaolian import-plan`: the term plan (学期安排表) as a workbook, out and in."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bot import sheet_changes, whole_file
from bot.apply_cli import as_document, told
from bot.calendar_cli import applied
from bot.office import Office
from bot.picture_cli import filed, term_of
from bot.preview import notes
from bot.sheet_changes import Changes
from bot.voice import Voice, Voices
from handlers.apply import Applied
from handlers.put_entries import PutEntries, put_entries
from store import consortiums
from store.complaint import Complaint
from store.database import Session


@dataclass(frozen=True, slots=True)
class ReadInto:
    """A term plan, for what holds when it is read."""

    consortium: str
    name: str
    content: bytes
    voices: Voices
    dry_run: bool


@click.command(help="The events of a term as a workbook (.xlsx), which may be changed and read back.")
@click.option("--consortium", "key", required=True, metavar="KEY", help="The consortium's key.")
@click.option("--term", metavar="KEY", help="Else the term that runs or comes next, else the last.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, metavar="FILE.xlsx")
@click.pass_obj
def term_plan(office: Office, key: str, term: str | None, out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise Complaint("--out", str(out), "a file whose name ends in .xlsx")
    with closing(office.store()) as store:
        file = store.call(filed, key)
    chosen = term_of(file, term, office.now())
    from bot import term_sheet, term_workbook

    voice = Voice(office.language)
    whole_file.write("--out", out, term_workbook.written(file, chosen, voice.labels))
    events = len(term_sheet.lines(file, chosen.first_day, chosen.last_day))
    click.echo(voice.words("sheet_written", {"file": out, "term": chosen.name, "events": events}))


@click.command(help="Take what was changed in a term plan (.xlsx); a row that is missing changes nothing.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--consortium", required=True, help="The consortium's key.")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def import_plan(office: Office, file: Path, consortium: str, dry_run: bool, as_json: bool) -> None:
    content = whole_file.read(file, "a term plan")
    request = ReadInto(consortium, file.name, content, Voices(office.language), dry_run)
    with closing(office.store()) as store:
        outcome, changes = (store.try_out if dry_run else store.call)(read_into, request, office.now())
        if not dry_run:
            office.replan(store)
    if as_json:
        absent = [f"occurrence[{one.activity}/{one.rule_date}]" for one in changes.absent]
        unkept = [{"cell": cell, "remark": remark} for cell, remark in changes.unkept]
        more = {"absent": absent, "unkept": unkept}
        return click.echo(json.dumps(as_document(outcome) | more, ensure_ascii=False))
    voice, facts = request.voices.default, {"file": file.name, "name": outcome.name, "sheet": notes(changes)}
    if not changes.entries.every():
        return click.echo(voice.words("sheet_same", facts))
    told(office, outcome, as_json=False)
    if said := voice.words("sheet_notes", facts):
        click.echo(said)
    return None


def read_into(session: Session, request: ReadInto, now: datetime) -> tuple[Applied, Changes]:
    """In one transaction: what is set in the chat meanwhile would be undone. Raises Complaint or Complaints."""
    consortiums.alone(session)
    row = applied(session, request.consortium)
    assert row.id is not None  # it is kept
    holds = consortiums.blueprint(row)
    changes = sheet_changes.read(request.name, request.content, holds, request.voices, now)
    return put_entries(session, PutEntries(row.id, changes.entries, request.dry_run), now), changes
