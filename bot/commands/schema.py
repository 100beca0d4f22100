"""`jiaolian schema`: what a consortium file may say, on stdout."""

import json

import click

from bot.file.file_schema import schema as of_the_file


@click.command(help="What a consortium file may say, as a JSON Schema for editors.")
def schema() -> None:
    click.echo(text(), nl=False)


def text() -> str:
    return json.dumps(of_the_file(), ensure_ascii=False, indent=1) + "\n"
