"""The command line: which commands there are, and how a refusal ends one."""

import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from bot.commands.office import Office
from bot.settings import spoken
from bot.shell_words import ToldContext, said, speak, telling_usage, tells_help

COMMANDS = {
    "demo": ("demo:demo", "The room: no token, no account, a sample consortium, a clock you can move."),
    "run": ("run:run", "The bot, until SIGTERM or SIGINT."),
    "chat": ("chat:chat", "Talk to the bot from a terminal, as one person."),
    "init": ("init:init", "A new consortium file, from a spreadsheet or from what is asked."),
    "apply": ("apply:apply", "Make the store match a consortium file."),
    "import-roster": ("apply:import_roster", "Add and change people by a sheet (.xlsx)."),
    "invites": ("invites:invites", "One-time codes for people who are not linked."),
    "plan": ("plan:plan", "The occurrences between two days."),
    "rehearse": ("plan:rehearse", "Every message that would be sent between two days; none is."),
    "calendar": ("calendar:calendar", "The occurrences between two days as a calendar file (.ics)."),
    "picture": ("picture:picture", "The whole term as one picture (.png, .svg)."),
    "class-meetings": ("classes:class_meetings", "Classes by week: whose meeting was held, moved, not held."),
    "term-plan": ("sheet:term_plan", "The events of a term as a workbook (.xlsx)."),
    "import-plan": ("sheet:import_plan", "Take what was changed in a term plan (.xlsx)."),
    "forms": ("forms:forms", "Notice, sign-in sheet, record and the other forms of an event (.docx)."),
    "policy": ("policy:policy", "Import a plan, ask it, show its clauses."),
    "report": ("report:report", "The inspection file (台账) of some days, as a folder."),
    "schema": ("schema:schema", "What a consortium file may say, as a JSON Schema for editors."),
    "obligations": ("obligations:obligations", "What of the plan is done, and what papers ask for besides."),
    "backup": ("backup:backup", "Everything in one file, while the bot goes on."),
    "restore": ("backup:restore", "Fill a database from a backup."),
    "doctor": ("doctor:doctor", "What is wrong, and how to mend it."),
    "status": ("status:status", "What is owed, what was missed, when the bot last ticked."),
}
A_THRESHOLD = 50_000  # new objects before garbage is looked for; by Python's 700 that is a sixth of each start


class Commands(click.Group):
    """Each command is imported when it is called: `--help` needs none of them."""

    context_class = ToldContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        found: click.Command = getattr(import_module(f"bot.commands.{module}"), name)
        tells_help(found)
        return found

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with telling_usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with telling_usage():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(said("Commands")):
            formatter.write_dl([(name, said(words)) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=Commands,
    help="教联助手 Jiaolian: reminds, gathers, answers and keeps the record for a school consortium.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="jiaolian", message="%(prog)s %(version)s")
@click.pass_context
def commands(ctx: click.Context) -> None:
    ctx.obj = Office()


def main() -> None:
    """Exit status: 0 done; 1 refused or failed, one line an error on stderr; 2 wrong usage (contract, "Commands")."""
    gc.set_threshold(A_THRESHOLD)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # else it reads of every package whether it is one
    speak()
    try:
        commands()
    except Exception as error:  # which kinds are refusals is looked up only now: their modules make each start longer
        lines = refusal(error, spoken())
        if lines is None:
            raise
        click.echo(lines, err=True)
        sys.exit(1)


def refusal(error: Exception, language: str = "en") -> str | None:
    """Its lines, each as the contract has it and behind it in that language; None where the error is a bug."""
    from bot.refusal_words import refusal_words

    lines = refused(error)
    return None if lines is None else "\n".join(map(refusal_words(language).beside, lines))


def refused(error: Exception) -> list[str] | None:
    """Its English lines."""
    from bot.file.refusals import Complaints
    from store.complaint import Complaint
    from store.database import Damaged, DatabaseError

    if isinstance(error, Complaint | Complaints):
        return str(error).splitlines()
    if isinstance(error, Damaged):
        return [f"database: {error.orig}: expected a whole one; put it aside and `jiaolian restore` a backup"]
    if isinstance(error, DatabaseError):
        file = "".join(f" ({name})" for name in getattr(error.orig, "__notes__", ())[:1])
        return [f"database: {error.orig}: expected a database that can be opened and written{file}"]
    return None
