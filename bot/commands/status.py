"""`jiaolian status`: what is owed, what was missed, and whether the bot is alive."""

import json
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.commands.office import Office
from bot.commands.options import AS_JSON
from store import accounts, beats, chats, consortiums, deliveries, reminders, silences, updates
from store.database import Session
from store.deliveries import DeliveryState
from store.updates import UpdateState

FRESH = timedelta(minutes=1)  # a tick comes every ten seconds


@click.command(help="What is owed, what was missed, when the bot last ticked.")
@AS_JSON
@click.pass_obj
def status(office: Office, as_json: bool) -> None:
    with closing(office.store()) as store:
        figures = store.call(gathered, office.now())
        if as_json:
            click.echo(json.dumps(figures, ensure_ascii=False))
            return
        zone = store.call(zone_of)
        figures["last_stalled"] = store.call(stalled_on_one, figures["last_tick"])
    from bot.voice import Voice

    figures["stalled"] = stalled(figures["last_tick"], figures["last_dispatch"])
    for name in ("oldest_unsent", "last_tick", "last_dispatch", "last_stalled"):
        if figures[name]:
            figures[name] = f"{datetime.fromisoformat(figures[name]).astimezone(zone):%Y-%m-%d %H:%M}"
    click.echo(Voice(office.language).words("status", figures))


def stalled(tick: str | None, dispatch: str | None) -> bool:
    """The clockwork goes on, and the dispatcher does not: it is looked at with each tick."""
    if tick is None or dispatch is None:
        return tick is not None
    return datetime.fromisoformat(tick) - datetime.fromisoformat(dispatch) > FRESH


def stalled_on_one(session: Session, tick: str | None) -> str | None:
    """When one of the nodes last said that its sending stands still; None: not lately."""
    last = beats.last(session, "stalled")
    if tick is None or last is None or datetime.fromisoformat(tick) - last > FRESH:
        return None
    return last.isoformat()


def gathered(session: Session, now: datetime) -> dict[str, Any]:
    """The contract's shape of `status --json`. `missed`: what was of no use any more before it could be sent;
    `last_dispatch`: when sending was last seen to go on."""
    states = deliveries.counts(session)
    inbox = updates.counts(session)
    oldest = deliveries.oldest_unsent(session, now)
    tick, dispatch = (beats.last(session, name) for name in ("tick", "dispatch"))
    return {
        "deliveries": {state.value: states.get(state, 0) for state in DeliveryState},
        "oldest_unsent": oldest.isoformat() if oldest else None,
        "perhaps_twice": deliveries.perhaps_twice(session),
        "missed": reminders.missed(session) + states.get(DeliveryState.MISSED, 0),
        "inbox": inbox.get(UpdateState.WAITING, 0),
        "failed_updates": inbox.get(UpdateState.FAILED, 0),
        "last_tick": tick.isoformat() if tick else None,
        "last_dispatch": dispatch.isoformat() if dispatch else None,
        "platforms": {
            "telegram": {
                "people_unreachable": accounts.count_unreachable(session, "telegram"),
                "chats_unbound": chats.count_unbound(session, "telegram"),
                "chats_closed": chats.count_closed(session, "telegram"),
                "chats_silent": [{"title": chat.title, "why": chat.silence} for chat in silences.silent(session)],
            }
        },
    }


def zone_of(session: Session) -> ZoneInfo:
    """The first consortium's; UTC where none was applied."""
    return ZoneInfo(next((one.timezone for one in consortiums.every(session)), "UTC"))
