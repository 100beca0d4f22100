"""`jiaolian invites`: codes for the people who are not linked."""

import json
from datetime import datetime

import click

from bot.office import Office
from store import consortiums, persons
from store import invites as codes
from store.complaint import Complaint
from store.database import Session


@click.command(help="One-time codes for people who are not linked.")
@click.option("--consortium", required=True, help="The consortium's key.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def invites(office: Office, consortium: str, as_json: bool) -> None:
    rows = office.store().call(issued, consortium, office.now())
    name = bot_name(office) if rows else None
    for row in rows:
        row["link"] = f"https://t.me/{name}?start={row['code']}" if name else None
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['name']}\t{row['person']}\t{row['code']}\t{row['link'] or ''}".rstrip())


def issued(session: Session, consortium: str, now: datetime) -> list[dict[str, str | None]]:
    found = consortiums.by_key(session, consortium)
    if found is None or found.id is None:
        raise Complaint("--consortium", repr(consortium), "the key of a consortium that was applied")
    waiting = [
        person
        for person in persons.by_keys(session, found.id).values()
        if person.account_id is None and person.retired_at is None
    ]
    return [
        {"person": person.key, "name": person.name, "code": codes.issue(session, person.id or 0, now)}
        for person in sorted(waiting, key=lambda person: person.id or 0)
    ]


def bot_name(office: Office) -> str | None:
    """The bot's user name as the Bot API gives it; None without a token, or where the server cannot be asked."""
    if office.settings.token is None:
        return None
    from bot.telegram.naming import own_name

    return own_name(office.settings)
