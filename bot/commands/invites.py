"""`jiaolian invites`: codes for the people who are not linked."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click

from bot.called import person_called
from bot.commands.office import Office
from bot.commands.options import AS_JSON, OF_CONSORTIUM, applied
from store import invites as codes
from store import persons
from store.complaint import Complaint
from store.database import Session


@click.command(help="One-time codes for people who are not linked.")
@OF_CONSORTIUM
@click.option("--person", help="For this one alone, linked or not, by key or name: a new phone replaces the old.")
@click.option("--qr", type=click.Path(path_type=Path), help="A sheet to print and cut (.html), a code for each.")
@AS_JSON
@click.pass_obj
def invites(office: Office, consortium: str, person: str | None, qr: Path | None, as_json: bool) -> None:
    if qr is not None and qr.exists():
        raise Complaint("--qr", f"{qr} is there", "a new file")
    rows = office.call(issued, consortium, person, office.now())
    name = bot_name(office) if rows else None
    from bot.telegram.linking import deep_link

    for row in rows:
        row["link"] = deep_link(name, row["code"] or "") if name else None
    if qr is not None and rows:
        write_sheet(qr, rows, office)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']}\t{row['person']}\t{row['code']}\t{row['link'] or ''}".rstrip())
    click.echo(beside(office, len(rows), name is not None, qr), err=True, nl=False)


def beside(office: Office, codes: int, linked: bool, sheet: Path | None) -> str:
    """What the rows do not say by themselves: that there are none, why no link stands there, where the sheet is."""
    from bot.voice import Voice

    facts = {"codes": codes, "linked": linked, "token": office.settings.token is not None, "sheet": sheet}
    said = Voice(office.language).words("invites_beside", facts)
    return f"{said}\n" if said else ""


def issued(session: Session, consortium: str, key: str | None, now: datetime) -> list[dict[str, str | None]]:
    """`key`: of the one person who is meant; None: all who are not linked."""
    found = applied(session, consortium)
    if key is not None:
        waiting = [person_called(session, "--person", found, key)]
    else:
        people = persons.by_keys(session, found.id or 0).values()
        waiting = [person for person in people if person.retired_at is None and person.account_id is None]
    return [
        {"person": person.key, "name": person.name, "code": codes.issue(session, person.id or 0, now)}
        for person in sorted(waiting, key=lambda person: person.id or 0)
    ]


def write_sheet(file: Path, rows: Sequence[Mapping[str, str | None]], office: Office) -> None:
    """Readable by its owner alone: whoever has a code can be that person once."""
    import segno

    from bot.voice import Voice

    # `make` would draw a Micro QR code for a short text, which no phone reads
    cards = [{**row, "svg": segno.make_qr(row["link"] or row["code"] or "").svg_inline(scale=4)} for row in rows]
    page = Voice(office.language).words("invites_sheet", {"cards": cards, "linked": any(row["link"] for row in rows)})
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as sheet:
            sheet.write(page)
    except OSError as error:
        raise Complaint("--qr", f"{file}: {error.strerror}", "a file that can be written") from None


def bot_name(office: Office) -> str | None:
    """The bot's user name as the Bot API gives it; None without a token, or where the server cannot be asked."""
    if office.settings.token is None:
        return None
    from bot.telegram.naming import own_name

    return own_name(office.settings)
