"""`jiaolian schema`: what a consortium file may say, on stdout."""

import json

import click

from bot.file import file_schema


@click.command(help="What a consortium file may say, as a JSON Schema for editors.")
def schema() -> None:
    click.echo(text(), nl=False)


def text() -> str:
    return json.dumps(file_schema.schema(), ensure_ascii=False, indent=1) + "\n"
