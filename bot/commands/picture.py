"""`jiaolian picture`: the whole term as one picture."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import whole_file
from bot.commands import options
from bot.commands.office import Office
from bot.commands.options import OF_KEY, applied
from bot.pictures import chinese_font
from handlers.term_files import term_at
from store import consortiums
from store.blueprint import Blueprint, Term
from store.complaint import Complaint
from store.database import Session

KINDS = (".png", ".svg")


@click.command(help="The whole term as one picture: a row a week, a column a weekday.")
@OF_KEY
@click.option("--term", metavar="KEY", help="Else the term that runs or comes next, else the last.")
@click.option("--today", type=options.DAY, metavar="DATE", help="Mark this day.")
@options.out("FILE.png|.svg")
@click.pass_obj
def picture(office: Office, key: str, term: str | None, today: datetime | None, out: Path) -> None:
    check(out)
    file = office.call(filed, key)
    chosen = term_of(file, term, office.now())
    from bot.pictures import term_picture
    from bot.voice import Voice

    voice = Voice(office.language)
    draw(out, lambda family: term_picture.svg(file, chosen, voice.labels, family, today.date() if today else None))
    click.echo(voice.words("picture_written", {"file": out, "term": chosen.name}))


def check(out: Path) -> None:
    """Raises Complaint."""
    if out.suffix.lower() not in KINDS:
        raise Complaint("--out", str(out), "a file whose name ends in .png or .svg")


def draw(out: Path, svg: Callable[[str], str]) -> None:
    """`svg` takes a family of fonts. Raises Complaint."""
    from bot.pictures import term_picture

    font = chinese_font.font() if out.suffix.lower() == ".png" else None  # an SVG is drawn by whoever shows it
    drawn = svg(font.family if font else ", ".join(dict.fromkeys(chinese_font.KNOWN.values())))
    whole_file.write("--out", out, term_picture.png(drawn, font) if font else drawn.encode())


def filed(session: Session, key: str) -> Blueprint:
    return consortiums.blueprint(applied(session, key))


def term_of(file: Blueprint, key: str | None, now: datetime) -> Term:
    """Raises Complaint."""
    today = now.astimezone(ZoneInfo(file.consortium.timezone)).date()
    if key is None:
        found = term_at(file, today) or max(file.term, key=lambda term: term.last_day, default=None)
    else:
        found = next((term for term in file.term if term.key == key), None)
    if found is None:
        name = file.consortium.key
        raise Complaint("--term", "none" if key is None else repr(key), f"the key of a term of {name}")
    return found
