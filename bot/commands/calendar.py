"""`jiaolian calendar`: the occurrences between two days as a calendar file (.ics)."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot import diary, whole_file
from bot.commands import options
from bot.commands.office import Office
from bot.commands.options import OF_KEY, applied
from bot.diary import Event, Whose
from bot.shell_words import WrongUsage
from store import consortiums
from store.complaint import Complaint
from store.database import Session


@click.command(help="The occurrences between two days, both included, as a calendar file (.ics).")
@OF_KEY
@click.option("--person", metavar="KEY", help="What this person is expected at, and the own class's meetings.")
@click.option("--class", "class_", metavar="KEY", help="This class's meetings.")
@options.FROM
@options.TO
@options.out("FILE.ics")
@click.pass_obj
def calendar(
    office: Office, key: str, person: str | None, class_: str | None, first: datetime, last: datetime, out: Path
) -> None:
    if person is not None and class_ is not None:
        raise WrongUsage("--person or --class, not both")
    days, whose = options.span(first, last), Whose(person, class_)
    title, zone, events = office.call(found, key, whose, *days)
    from bot import ics
    from bot.voice import Voice

    voice = Voice(office.language)

    def note(event: Event) -> str:
        return voice.words("event_note", {"event": event})

    whole_file.write("--out", out, ics.written(title, zone, events, office.now(), note))
    click.echo(voice.words("calendar_written", {"file": out, "events": len(events)}))


def found(
    session: Session, key: str, whose: Whose, first: date, last: date
) -> tuple[str, ZoneInfo, list[Event]]:
    """What the calendar is called, its zone, and what stands in it."""
    consortium = applied(session, key)
    file = consortiums.blueprint(consortium)
    names = {Whose(person.key): person.name for person in file.person}
    names |= {Whose(class_=one.key): one.name for one in file.class_} | {Whose(): ""}
    if whose not in names:
        if whose.person is not None:
            raise Complaint("--person", repr(whose.person), f"the key of a person of {key}")
        raise Complaint("--class", repr(whose.class_), f"the key of a class of {key}")
    title = " · ".join(filter(None, (consortium.name, names[whose])))
    return title, ZoneInfo(consortium.timezone), diary.events(session, consortium, whose, first, last)
