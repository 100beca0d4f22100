"""Put entries: a change of the plan that the office makes at its machine holds at once (`jiaolian import-plan`)."""

from dataclasses import dataclass
from datetime import datetime

from handlers.amend import hold
from handlers.apply import Applied
from handlers.difference import changes
from handlers.entries import entries
from handlers.schedule import blueprint_of
from store import amendments
from store.amendments import Entries
from store.database import Session


@dataclass(frozen=True, slots=True)
class PutEntries:
    """As they would stand. `dry_run` changes nothing here: who asks rolls it back (`Store.try_out`)."""

    consortium: int
    entries: Entries
    dry_run: bool


def put_entries(session: Session, request: PutEntries, now: datetime) -> Applied:
    """What is put is kept as what was set in the chat is, whatever file comes later."""
    before = blueprint_of(session, request.consortium)
    after = amendments.amended(before, request.entries.every())
    hold(session, request.consortium, after, now)
    was, found = entries(before), entries(after)
    return Applied(
        before.consortium.key,
        before.consortium.name,
        added=tuple(place for place in found if place not in was),
        changed=tuple(one for place in found if place in was for one in changes(place, was[place], found[place])),
        retired=(),
        kept=(),
        applied=not request.dry_run,
    )
