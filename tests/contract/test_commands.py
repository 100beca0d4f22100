"""Contract, "Commands": every command with its options is there, and every one that is there is documented."""

import re

import click

from bot.cli import COMMANDS, commands
from tests.conftest import HOME

PROMISED = {
    "demo": {"--port", "--no-browser"},
    "run": set[str](),
    "apply": {"--dry-run", "--prefer", "--json"},
    "import-roster": {"--consortium", "--dry-run", "--json"},
    "invites": {"--consortium", "--json", "--person", "--qr"},
    "plan": {"--from", "--to", "--consortium", "--json"},
    "rehearse": {"--from", "--to", "--consortium", "--json"},
    "policy import": {"--consortium", "--title", "--part", "--dry-run", "--json"},
    "policy ask": {"--consortium", "--batch", "--json"},
    "policy show": {"--consortium", "--json"},
    "status": {"--json"},
    "doctor": {"--json"},
    "report": {"--consortium", "--from", "--to", "--out", "--json"},
    "backup": set[str](),
    "restore": {"--replace"},
}


def options() -> dict[str, set[str]]:
    context = click.Context(commands)
    found = {}
    for name in COMMANDS:
        found_here = commands.get_command(context, name)
        group = found_here.commands if isinstance(found_here, click.Group) else {"": found_here}
        for part, one in group.items():
            assert one is not None
            found[f"{name} {part}".strip()] = {option for parameter in one.params for option in parameter.opts}
    return found


def test_every_promised_command_has_its_options() -> None:
    found = options()
    missing = {name: wanted - found[name] for name, wanted in PROMISED.items()}
    assert not any(missing.values()), missing


def test_whatever_else_there_is_is_documented() -> None:
    pages = [*HOME.glob("README*.md"), *HOME.glob("docs/*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in COMMANDS if not re.search(rf"\bjiaolian {name}\b", text)] == []
