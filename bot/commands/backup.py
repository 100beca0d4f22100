"""`jiaolian backup`, `jiaolian restore`: the whole database in one file, and back, from one kind to the other too."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.office import Office

if TYPE_CHECKING:
    from bot.voice import Voice

FILE = click.argument("file", type=click.Path(path_type=Path))


@click.command(help="Everything in one file, while the bot goes on. It holds people's data: keep it safe.")
@FILE
@click.pass_obj
def backup(office: Office, file: Path) -> None:
    from store import backups

    with closing(office.store()) as store:
        rows = backups.write(store, file)
    click.echo(voice(office).words("backup_written", {"file": file, "rows": rows}))


@click.command(help="Fill an empty database from a backup. Stop the bot first.")
@FILE
@click.option("--replace", is_flag=True, help="Whatever the database holds is given up.")
@click.pass_obj
def restore(office: Office, file: Path, replace: bool) -> None:
    from store import backups
    from store.database import Store

    found = backups.read(file)
    with closing(Store(office.settings.database_url)) as store:
        rows = backups.restore(store, found, replace=replace)
    click.echo(voice(office).words("backup_restored", {"file": file, "rows": rows}))


def voice(office: Office) -> "Voice":
    from bot.voice import Voice

    return Voice(office.language)
