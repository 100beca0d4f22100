"""`jiaolian plan` and `jiaolian rehearse`: what takes place, and what would be said about it."""

import json
from contextlib import closing
from datetime import datetime

import click

from bot.commands.office import Office
from bot.commands.options import AS_JSON, FROM, OF_ALL, TO, applied, span
from scheduling import occurrences
from scheduling.occurrences import Planned
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session


@click.command(help="The occurrences between two days, both included.")
@FROM
@TO
@OF_ALL
@AS_JSON
@click.pass_obj
def plan(office: Office, first: datetime, last: datetime, consortium: str | None, as_json: bool) -> None:
    days, files = span(first, last), office.call(blueprints, consortium)
    found = [row for blueprint in files for row in occurrences.of(blueprint, *days)]
    found.sort(key=lambda row: (row.starts_at.timestamp(), row.consortium, row.activity, row.class_ or ""))
    if as_json:
        click.echo(json.dumps([as_row(row) for row in found], ensure_ascii=False))
        return
    from bot import by_week
    from bot.voice import Voice

    provisional = any(row.provisional for row in found)
    facts = {"parts": by_week.plan(found, files), "provisional": provisional, "applied": bool(files)}
    click.echo(Voice(office.language).words("plan", facts))


def blueprints(session: Session, key: str | None) -> list[Blueprint]:
    """That of one consortium, or of all, by key."""
    if key is None:
        return [consortiums.blueprint(found) for found in consortiums.every(session)]
    return [consortiums.blueprint(applied(session, key))]


def as_row(row: Planned) -> dict[str, object]:
    """The contract's shape of `plan --json`."""
    return {
        "consortium": row.consortium,
        "activity": row.activity,
        "kind": row.kind,
        "title": row.title,
        "date": row.date.isoformat(),
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "term": row.term,
        "week": row.week,
        "host": row.host,
        "theme": row.theme,
        "class": row.class_,
        "moved_from": row.moved_from.isoformat() if row.moved_from else None,
        "provisional": row.provisional,
        "place": row.place,
    }


@click.command(help="Every message that would be sent between two days, both included; none is.")
@FROM
@TO
@OF_ALL
@AS_JSON
@click.pass_obj
def rehearse(office: Office, first: datetime, last: datetime, consortium: str | None, as_json: bool) -> None:
    from bot import by_week
    from bot.rehearsal import rehearsed
    from bot.voice import Voices

    days = span(first, last)
    voices = Voices(office.language)
    with closing(office.store()) as store:
        files = store.call(blueprints, consortium)  # an unknown consortium is refused before anything is tried out
        rows = rehearsed(store, voices, consortium, *days)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))
    else:
        facts = {"weeks": by_week.rehearsal(rows), "applied": bool(files)}
        click.echo(voices.default.words("rehearsal", facts))
