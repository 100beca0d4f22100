"""`jiaolian chat`: talk to the bot from a terminal, as one person would in private."""

import sys
from contextlib import closing, suppress

import click

from bot.commands.office import Office
from bot.commands.options import OF_CONSORTIUM


@click.command(help="Talk to the bot from a terminal, as one person; plain lines, also through a pipe.")
@click.option("--as", "person", required=True, help="The person's key, or name.")
@OF_CONSORTIUM
@click.pass_obj
def chat(office: Office, person: str, consortium: str) -> None:
    from bot.console.opening import opened
    from bot.console.talking import talk
    from bot.console.terminal import Terminal
    from bot.voice import Voices
    from scheduling.clock import WallClock

    with closing(office.store()) as store:
        found = store.call(opened, consortium, person)
        office.replan(store)
        with suppress(KeyboardInterrupt):  # Ctrl-C, like Ctrl-D: everything that was said is kept
            talk(store, WallClock(), Voices(office.language), found, Terminal(sys.stdin.fileno(), click.echo))
