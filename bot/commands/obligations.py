"""`jiaolian obligations`: what was done for each obligation of the plan, and what its papers ask for besides."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from msgspec import to_builtins

from bot.commands.office import Office
from bot.commands.options import AS_JSON, DAY, OF_KEY, applied
from bot.reports.standing_lines import line
from bot.reports.standings import Standing, standings
from bot.shell_words import WrongUsage
from bot.words import Words
from handlers.proposals import Proposal, proposals
from handlers.put_entries import PutEntries, put_entries
from scheduling.demands import of_school_year
from scheduling.rules import Span
from store import consortiums
from store.amendments import Entries
from store.complaint import Complaint
from store.database import Session


@click.command(help="What was done for each obligation, of this school year or of a range; and what is proposed.")
@OF_KEY
@click.option("--from", "first", type=DAY, metavar="DATE", help="Else the school year that holds today.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="The last day, which counts too.")
@click.option("--accept", multiple=True, metavar="KEY", help="Take what is proposed by this key; may come again.")
@click.option("--decline", multiple=True, metavar="KEY", help="Never propose this again; may come again.")
@AS_JSON
@click.pass_obj
def obligations(
    office: Office,
    key: str,
    first: datetime | None,
    last: datetime | None,
    accept: Sequence[str],
    decline: Sequence[str],
    as_json: bool,
) -> None:
    if (first is None) != (last is None):
        raise WrongUsage("--from and --to go together.")
    words = Words(office.language)
    asked = Span(first.date(), last.date()) if first and last else None
    if asked and asked.last < asked.first:
        raise Complaint("--from", f"{asked.first}", f"no day after --to, {asked.last}")
    with closing(office.store()) as store:
        settled = dict.fromkeys(accept, False) | dict.fromkeys(decline, True)
        number = store.call(settle, key, settled, office.now()) if settled else None
        if settled:
            office.replan(store)
        name, found, proposed = store.call(looked_up, key, asked, words, office.now())
    if as_json:
        told = {"obligations": [as_row(one) for one in found], "proposed": [proposal_row(one) for one in proposed]}
        return click.echo(json.dumps(told | {"amendment": number}, ensure_ascii=False))
    from bot.voice import Voice

    facts = {"consortium": name, "lines": [line(one) for one in found], "proposed": proposed}
    voice = Voice(office.language)
    click.echo(voice.words("obligations", facts))
    if number is not None:
        click.echo(voice.words("sheet_numbered", {"amendment": number, "consortium": key}))
    return None


def looked_up(
    session: Session, key: str, asked: Span | None, words: Words, now: datetime
) -> tuple[str, tuple[Standing, ...], tuple[Proposal, ...]]:
    row = applied(session, key)
    assert row.id is not None
    span = asked or of_school_year(now.astimezone(ZoneInfo(row.timezone)).date())
    found = standings(session, row, span.first, span.last, now, words)
    return row.name, found, proposals(session, row.id, consortiums.blueprint(row))


def settle(session: Session, key: str, settled: Mapping[str, bool], now: datetime) -> int | None:
    """By key, and whether it is declined; all or none. The number by which it is taken back. Raises Complaint."""
    consortiums.alone(session)
    row = applied(session, key)
    assert row.id is not None
    known = {one.obligation.key: one.obligation for one in proposals(session, row.id, consortiums.blueprint(row))}
    for name, declined in settled.items():
        if name not in known:
            few = f" ({', '.join(known)})" if known else "; there is none"
            raise Complaint("--decline" if declined else "--accept", repr(name), f"the key of what is proposed{few}")
    put = (known[name].model_copy(update={"declined": declined or None}) for name, declined in settled.items())
    return put_entries(session, PutEntries(row.id, Entries.of(put), dry_run=False), now).amendment


def as_row(one: Standing) -> dict[str, object]:
    """Dates as ISO; `why` of a period is null where nothing lacks."""
    return {**to_builtins(one), "overdue": one.overdue, "beyond": one.beyond}


def proposal_row(one: Proposal) -> dict[str, object]:
    fields = one.obligation.model_dump(mode="json", exclude_none=True)
    return {name.rstrip("_"): value for name, value in fields.items()} | {"sentence": one.sentence}
