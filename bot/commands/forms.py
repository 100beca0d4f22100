"""`jiaolian forms`: the forms of an event, of a person there, or of some days; and a school's own layout."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import click
from msgspec import Struct

from bot import whole_file
from bot.commands.office import Office
from bot.commands.options import AS_JSON, DAY, OF_KEY, applied, span
from bot.shell_words import WrongUsage
from handlers.ask_form import OF_EVENT, OF_PERSON, Facts
from handlers.attendance_form import attendance_form
from handlers.class_form import class_form
from handlers.event_form import event_form
from handlers.person_form import leave_form, reflection_form
from store import activities, agendas, form_layouts, persons, schools
from store.complaint import Complaint
from store.consortiums import Consortium
from store.database import Session
from store.form_layouts import Form
from store.occurrences import Occurrence

SPELT = {form.value.replace("_", "-"): form for form in Form if form is not Form.CATALOGUE}
FORM = click.Choice(list(SPELT))
ONE_EVENT = "ACTIVITY:DATE[:CLASS], an event that is held on that day"


class Wanted(Struct, frozen=True):
    """`forms`: () for all that the event has. `school`: whose people alone. `days`: of an attendance summary."""

    consortium: str
    event: str | None
    forms: tuple[Form, ...]
    person: str | None
    school: str | None
    days: tuple[date, date] | None


class Gathered(Struct, frozen=True):
    """`keys`: of activity, class, person and school, "" where it is of none."""

    form: Form
    day: date
    keys: tuple[str, str, str, str]
    facts: Facts
    own: bytes | None


@click.group(
    invoke_without_command=True,
    help="The forms of an event as Word files (.docx); no reason of a leave is on them, and no reflection.",
)
@click.option("--consortium", "key", metavar="KEY", help="The consortium's key.")
@click.option("--event", metavar="ACTIVITY:DATE[:CLASS]", help="Which event; of class meetings all of the day.")
@click.option("--form", "spelt", type=FORM, multiple=True, help="Else all that the event has; may come again.")
@click.option("--person", metavar="KEY", help="Whose reflection or leave slip.")
@click.option("--school", metavar="KEY", help="A sheet or a summary of this school's people alone.")
@click.option("--from", "first", type=DAY, metavar="DATE", help="Of an attendance summary.")
@click.option("--to", "last", type=DAY, metavar="DATE", help="Its last day.")
@click.option("--marks", is_flag=True, help="An observation has a place for a grade.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Where to; made if need be."
)
@AS_JSON
@click.pass_context
def forms(
    ctx: click.Context,
    key: str | None,
    event: str | None,
    spelt: tuple[str, ...],
    person: str | None,
    school: str | None,
    first: datetime | None,
    last: datetime | None,
    marks: bool,
    out: Path | None,
    as_json: bool,
) -> None:
    if ctx.invoked_subcommand is not None:
        return
    if key is None or out is None:
        raise WrongUsage("--consortium and --out are needed.")
    wanted = asked(Wanted(key, event, tuple(SPELT[one] for one in spelt), person, school, days(first, last)))
    office: Office = ctx.obj
    with closing(office.store()) as store:
        found = store.call(gathered, wanted, office.now())
    files = write(office, found, out, marks=marks)
    if as_json:
        click.echo(json.dumps({"files": files}, ensure_ascii=False))
    else:
        from bot.voice import Voice

        click.echo(Voice(office.language).words("forms_written", {"folder": out, "files": files}))


def days(first: datetime | None, last: datetime | None) -> tuple[date, date] | None:
    if (first is None) != (last is None):
        raise WrongUsage("--from and --to go together.")
    return span(first, last) if first and last else None


def asked(wanted: Wanted) -> Wanted:
    """Raises UsageError where one option lacks another, or has no meaning."""
    if (Form.ATTENDANCE in wanted.forms) != (wanted.days is not None):
        raise WrongUsage("--form attendance and --from, --to go together.")
    if bool(set(wanted.forms) & set(OF_PERSON)) != (wanted.person is not None):
        raise WrongUsage("--form reflection or --form leave, and --person, go together.")
    if wanted.event is None and set(wanted.forms) != {Form.ATTENDANCE}:
        raise WrongUsage("--event is needed.")
    return wanted


def write(office: Office, found: list[Gathered], out: Path, *, marks: bool) -> list[dict[str, str | None]]:
    """Raises Complaint. What each file is, by keys."""
    from bot.forms import forms
    from bot.words import Words

    words = Words(office.language)
    contents = [forms.printed(one.form, one.facts, words, one.own, marks=marks) for one in found]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Complaint("--out", f"{out}: {error.strerror}", "a folder that can be written") from None
    files: list[dict[str, str | None]] = []
    for one, content in zip(found, contents, strict=True):
        name = forms.file_name(one.form, one.day, words, *filter(None, one.keys))
        whole_file.write("--out", out / name, content)
        of = dict(zip(("activity", "class", "person", "school"), (key or None for key in one.keys), strict=True))
        files.append({"form": one.form.value.replace("_", "-"), "date": one.day.isoformat(), **of, "file": name})
    return files


def gathered(session: Session, wanted: Wanted, now: datetime) -> list[Gathered]:
    """Raises Complaint."""
    consortium = applied(session, wanted.consortium)
    own, school = form_layouts.contents(session, consortium.id or 0), school_of(session, consortium, wanted.school)
    found: list[Gathered] = []
    if wanted.days is not None and Form.ATTENDANCE in wanted.forms:
        summed = attendance_form(session, consortium, wanted.days, now, school=school, named=True)
        keys = "", "", "", wanted.school or ""
        found.append(Gathered(Form.ATTENDANCE, wanted.days[1], keys, summed, own.get(Form.ATTENDANCE)))
    if wanted.event is not None:
        for activity, row in events(session, consortium, wanted.event):
            for form, facts in each(session, consortium, row, wanted, school, now):
                person = wanted.person or "" if form in OF_PERSON else ""
                keys = activity, row.slot, person, wanted.school or "" if form in OF_EVENT else ""
                found.append(Gathered(form, row.date, keys, facts, own.get(form)))
    return found


def school_of(session: Session, consortium: Consortium, key: str | None) -> int | None:
    """Raises Complaint."""
    if key is None:
        return None
    row = schools.by_keys(session, consortium.id or 0).get(key)
    if row is None:
        raise Complaint("--school", repr(key), f"the key of a school of {consortium.key}")
    return row.id


def events(session: Session, consortium: Consortium, event: str) -> list[tuple[str, Occurrence]]:
    """By the activity's key. Raises Complaint."""
    activity, _, rest = event.partition(":")
    day, _, slot = rest.partition(":")
    rows = activities.by_keys(session, consortium.id or 0)
    try:
        held = agendas.of_day(session, rows[activity].id or 0, date.fromisoformat(day))
    except (KeyError, ValueError):
        held = []
    found = [row for row in held if slot in ("", row.slot)]
    if not found:
        raise Complaint("--event", repr(event), ONE_EVENT)
    return [(activity, row) for row in found]


def each(
    session: Session, consortium: Consortium, row: Occurrence, wanted: Wanted, school: int | None, now: datetime
) -> Iterator[tuple[Form, Facts]]:
    """Raises Complaint where the event has no such form."""
    all_of_it = OF_EVENT if row.class_id is None else (Form.CLASS_RECORD,)
    for form in wanted.forms or all_of_it:
        if form is Form.ATTENDANCE:
            continue
        facts: Facts | None = None
        if form in OF_PERSON and row.class_id is None:
            facts = of_person(session, consortium, row.id or 0, form, wanted.person or "")
        elif form in all_of_it:
            facts = class_form(session, row.id or 0) if row.class_id else event_form(session, row.id or 0, now, school)
        if facts is None:
            raise Complaint("--form", form.value.replace("_", "-"), f"a form that {wanted.event} has")
        yield form, facts


def of_person(session: Session, consortium: Consortium, occurrence: int, form: Form, key: str) -> Facts | None:
    """Raises Complaint."""
    person = persons.by_keys(session, consortium.id or 0).get(key)
    if person is None or person.id is None:
        raise Complaint("--person", repr(key), f"the key of a person of {consortium.key}")
    if form is Form.LEAVE:
        return leave_form(session, occurrence, person.id, private=False)
    return reflection_form(session, occurrence, person.id, private=False)


@forms.command(help="Print a form as the school's own Word file has it, with {{ names of fields }} in it.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@OF_KEY
@click.option("--form", "spelt", type=click.Choice([*SPELT, Form.CATALOGUE.value]), required=True, help="Whose layout.")
@click.option("--remove", is_flag=True, help="Without a file: as it was before.")
@click.pass_obj
def template(office: Office, file: Path | None, key: str, spelt: str, remove: bool) -> None:
    if (file is None) != remove:
        raise WrongUsage("Either FILE or --remove.")
    form = Form(spelt.replace("-", "_"))
    content = None if file is None else checked(file, form)

    def kept(session: Session) -> None:
        consortium = applied(session, key).id or 0
        if file is None or content is None:
            form_layouts.remove(session, consortium, form)
        else:
            form_layouts.keep(session, consortium, form, file.name, content, office.now())

    with closing(office.store()) as store:
        store.call(kept)
    from bot.voice import Voice

    facts = {"form": form, "file": None if file is None else file.name}
    click.echo(Voice(office.language).words("form_layout_set", facts))


def checked(file: Path, form: Form) -> bytes:
    """Raises Complaint or Complaints."""
    from bot.forms import own_layout

    content = whole_file.read(file, "a Word file")
    own_layout.check(file.name, content, form)
    return content
