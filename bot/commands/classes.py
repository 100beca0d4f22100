"""`jiaolian class-meetings`: whether each class had its meeting in each teaching week, as a picture or as JSON."""

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from msgspec import to_builtins

from bot import class_weeks
from bot.class_weeks import ClassRow
from bot.commands import options
from bot.commands.office import Office
from bot.commands.options import OF_KEY, applied
from bot.commands.picture import check, draw, term_of
from bot.shell_words import WrongUsage
from bot.words import Words
from store import consortiums
from store.blueprint import Term
from store.complaint import Complaint
from store.database import Session


@click.command(help="Whether each class had its meeting in each teaching week: a picture, or with --json on stdout.")
@OF_KEY
@click.option("--term", metavar="KEY", help="Else the term that runs or comes next, else the last.")
@click.option("--school", metavar="KEY", help="Of this school alone.")
@options.out("FILE.png|.svg", required=False)
@click.option("--json", "as_json", is_flag=True, help="On stdout.")
@click.pass_obj
def class_meetings(
    office: Office, key: str, term: str | None, school: str | None, out: Path | None, as_json: bool
) -> None:
    if (out is None) != as_json:
        raise WrongUsage("--out or --json")
    words = Words(office.language)
    title, chosen, today, rows = office.call(found, office, key, term, school, words)
    if out is None:
        click.echo(json.dumps([plain(row) for row in rows], ensure_ascii=False))
        return
    check(out)
    from bot.pictures import class_picture
    from bot.voice import Voice

    draw(out, lambda family: class_picture.svg(title, chosen, rows, words, family, today))
    click.echo(Voice(office.language).words("picture_written", {"file": out, "term": chosen.name}))


def found(
    session: Session, office: Office, key: str, term: str | None, school: str | None, words: Words
) -> tuple[str, Term, date, list[ClassRow]]:
    """What it is called, the term, today, and the classes. Raises Complaint."""
    consortium = applied(session, key)
    file = consortiums.blueprint(consortium)
    if school is not None and all(one.key != school for one in file.school):
        raise Complaint("--school", repr(school), f"the key of a school of {key}")
    chosen, today = term_of(file, term, office.now()), office.now().astimezone(ZoneInfo(consortium.timezone)).date()
    return consortium.name, chosen, today, class_weeks.grid(session, consortium, chosen, words, office.now(), school)


def plain(row: ClassRow) -> dict[str, object]:
    weeks = [{"week": number, **to_builtins(cell)} for number, cell in enumerate(row.weeks, 1)]
    return {"class": row.key, "name": row.name, "school": row.school, "weeks": weeks}
