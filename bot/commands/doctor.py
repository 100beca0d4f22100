"""`jiaolian doctor`: what is wrong, and how to mend it. It changes nothing."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing

import click

from bot.commands.findings import Finding, FindingState, ok, warning, wrong
from bot.commands.office import Office
from bot.commands.options import AS_JSON
from bot.settings import Settings, spoken
from bot.words import Words
from store.chats import Chat
from store.checkup import USABLE, DatabaseState, checkup, room_left
from store.complaint import Complaint
from store.database import Store

SCANT, LITTLE = 20_000_000, 500_000_000  # bytes


@click.command(help="Settings, database, token, rights, privacy mode, clock: what is wrong and how to mend it.")
@AS_JSON
@click.pass_obj
def doctor(office: Office, as_json: bool) -> None:
    try:
        settings = office.settings
    except Complaint as complaint:
        words, found = Words(spoken()), [wrong("settings", "setting_bad", complaint=complaint)]
    else:
        words, found = Words(settings.language), list(findings(office, settings))
    rows = [each.as_json(words) for each in found]
    click.echo(json.dumps(rows, ensure_ascii=False) if as_json else "\n".join(lines(rows, words)))
    sys.exit(1 if any(each.state is FindingState.WRONG for each in found) else 0)


def lines(rows: Sequence[dict[str, str | None]], words: Words) -> Iterator[str]:
    for row in rows:
        state = words.tables["finding_state"][str(row["state"])]
        yield f"{state} {row['finding']}" + (f" → {row['mend']}" if row["mend"] else "")


def findings(office: Office, settings: Settings) -> Iterator[Finding]:
    try:
        state = checkup(settings.database_url)
    except Complaint as complaint:  # an address that nothing can open
        yield wrong("settings", "setting_bad", complaint=complaint)
        return
    yield ok("settings", "settings_good")
    yield of_database(state)
    yield from of_disk(room_left(settings.database_url))
    from bot.commands.standing import looked_up_inline, silent, standing

    chats, inline = list[Chat](), False
    if state is DatabaseState.FINE:
        with closing(Store(settings.database_url, untouched=True)) as store:
            found, chats = store.call(standing, office.now())
            inline = store.call(looked_up_inline)
        yield from found
    if settings.token is None:
        yield warning("token", "token_none")
        yield from silent(chats)
        return
    from bot.telegram.checkup import examined

    yield from asyncio.run(examined(settings, chats, inline, office.now()))


def of_database(state: DatabaseState) -> Finding:
    if state in USABLE:
        return ok("database", f"database_{state}")
    soft = (DatabaseState.MISSING, DatabaseState.LOCKED)
    return (warning if state in soft else wrong)("database", f"database_{state}")


def of_disk(room: int | None) -> Iterator[Finding]:
    if room is not None:
        say = wrong if room < SCANT else warning if room < LITTLE else ok
        left = {"megabytes": room // 1_000_000, "gigabytes": room / 1_000_000_000}
        yield say("disk", "disk_good" if room >= LITTLE else "disk_scant", **left)
