"""`jiaolian report`: the inspection file (台账) of some days, as a folder and as JSON."""

import sys
from contextlib import closing
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from bot.commands.office import Office
from bot.commands.options import FROM, OF_KEY, TO, applied, span
from bot.pictures import chinese_font
from bot.reports import dossier, report_json, whole_folder
from bot.reports.dossier import Dossier
from bot.reports.files import Files, about
from bot.voice import Voice
from bot.words import Words
from store import consortiums, schools
from store.complaint import Complaint
from store.database import Session


@click.command(help="The inspection file (台账) of some days, both included, as a folder.")
@OF_KEY
@FROM
@TO
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="New, empty or an earlier one."
)
@click.option("--scope", metavar="school=KEY", help="Of this school's people and classes alone.")
@click.option("--json", "as_json", is_flag=True, help="Every figure of it as one JSON document.")
@click.pass_obj
def report(
    office: Office, key: str, first: datetime, last: datetime, out: Path, scope: str | None, as_json: bool
) -> None:
    days = span(first, last)
    whole_folder.check("--out", out)
    voice = Voice(office.language)
    with closing(office.store()) as store:
        found = store.read(asked, key, days, school_of(scope), voice.labels, office.now())
        since = store.read(recorded_since, key)
    files = Files(found, voice.labels).every(partial(told, voice))
    written = whole_folder.write("--out", out, files, about(found))
    if chinese_font.found() is None:
        click.echo(voice.words("charts_as_svg", {}), err=True)
    if as_json:
        for part in report_json.written(found.report, found.standings, written):
            click.echo(part, nl=False)
        return click.echo()
    facts: dict[str, object] = {"folder": out, "files": len(written), "events": len(found.report.events)}
    facts |= {"changes": len(found.report.changes), "unrecorded_until": since if days[0] < since else None}
    return click.echo(voice.words("report_written", facts))


def recorded_since(session: Session, key: str) -> date:
    """The local day on which the consortium was first applied: of what was held before nothing is known."""
    consortium = applied(session, key)
    return consortium.since.astimezone(consortiums.zone(session, consortium.id or 0)).date()


def told(voice: Voice, name: str, number: int, of: int) -> None:
    """Progress, to whoever looks on."""
    if sys.stderr.isatty():
        click.echo(voice.words("report_progress", {"name": name, "number": number, "of": of}), err=True)


def school_of(scope: str | None) -> str | None:
    """Raises Complaint."""
    if scope is None:
        return None
    what, _, key = scope.partition("=")
    if what != "school" or not key:
        raise Complaint("--scope", repr(scope), "school=KEY")
    return key


def asked(
    session: Session, key: str, days: tuple[date, date], school: str | None, words: Words, now: datetime
) -> Dossier:
    """Raises Complaint."""
    consortium = applied(session, key)
    if school is not None and school not in schools.by_keys(session, consortium.id or 0):
        raise Complaint("--scope", f"'school={school}'", f"school= and the key of a school of {key}")
    return dossier.gathered(session, consortium, days, words, now, school)
