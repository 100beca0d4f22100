"""`jiaolian init`: a consortium file from a school's own spreadsheet, from answers at the terminal, or from both."""

from collections.abc import Mapping
from pathlib import Path

import click

from bot import whole_file
from bot.commands.office import Office
from bot.file.refusals import Complaints
from bot.founding.draft import Founding
from bot.refusal_words import refusal_words
from bot.shell_words import WrongUsage
from store.complaint import Complaint

FILE = "consortium.toml"


@click.command(help="A new consortium file: from a spreadsheet (.xlsx, .csv), and from what is asked here.")
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="FILE", help="The school's own list.")
@click.option("--template", type=click.Path(path_type=Path), metavar="FILE.xlsx", help="Write a workbook to fill in.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(FILE),
    show_default=True,
    metavar="FILE.toml",
    help="A new file.",
)
@click.pass_obj
def init(office: Office, source: Path | None, template: Path | None, out: Path) -> None:
    if source and template:
        raise WrongUsage("Either --from or --template.")
    try:
        write_template(office, template) if template else found(office, source, out)
    except (Complaint, Complaints) as refused:  # who is asked in his own language is refused in it alone
        for line in str(refused).splitlines():
            click.echo(refusal_words(office.language).told(line), err=True)
        raise SystemExit(1) from None


def found(office: Office, source: Path | None, out: Path) -> None:
    """Raises Complaint or Complaints."""
    if out.exists():
        raise Complaint("--out", f"{out} is there", "a new file")
    content = whole_file.read(source, "a workbook saved as .xlsx, or a table saved as .csv") if source else None
    from bot.file import consortium_file
    from bot.founding import founding_file, founding_keys, founding_reader
    from bot.founding.questions import Questions
    from bot.voice import Voices

    voices = Voices(office.language)
    said = Founding()
    if source and content is not None:
        said = founding_reader.founding(source.name, content, voices.bare)
        click.echo(voices.default.words("founding_read", told(said, source.name)))
    Questions(voices.default).complete(said)
    text = founding_file.text(founding_keys.written(said, voices.default.labels), voices.default).encode()
    file = consortium_file.blueprint(str(out), text)
    whole_file.create("--out", out, text)
    click.echo(voices.default.words("founded", {"file": out, "consortium": file.consortium.key}))


def told(said: Founding, file: str) -> Mapping[str, object]:
    """What was understood, in figures and names."""
    return {
        "file": file,
        "consortium": said.name,
        "schools": [{"name": one.name, "core": one.core} for one in said.schools],
        "people": len(said.people),
        "roles": said.roles(),
        "classes": len(said.classes),
        "headed": sum(one.head_teacher is not None for one in said.classes),
        "terms": said.terms,
        "chats": said.chats,
        "merged": said.merged,
        "namesakes": list(said.namesakes()),
        "undecided": list(said.undecided()),
        "unwritten": said.unwritten,
    }


def write_template(office: Office, path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise Complaint("--template", str(path), "a file whose name ends in .xlsx")
    from bot.founding import founding_template
    from bot.voice import Voice

    voice = Voice(office.language)
    whole_file.create("--template", path, founding_template.workbook(voice.labels))
    click.echo(voice.words("founding_template", {"file": path}))
