"""Report heads (表头): what the forms of one event say of the event itself, before anybody is listed on them."""

from handlers.event_form import EventForm, audience, term_of
from store import minutes, occurrences
from store.blueprint import Blueprint
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence


def head(session: Session, occurrence: int, file: Blueprint) -> EventForm | None:
    """`file`: the plan that held. None: there is no such event."""
    held, row = occurrences.get(session, occurrence), session.get(Occurrence, occurrence)
    if held is None or row is None:
        return None
    name = session.get_one(Consortium, held.consortium_id).name
    published_at = held.local(row.settled_at) if row.settled_at else None
    about = name, term_of(file, row.date), held, audience(file, held.activity), file.themed(held.activity)
    recorded = minutes.whole(session, occurrence)
    said = recorded if recorded.handed_in_at else minutes.NOTHING
    return EventForm(*about, published_at, True, 0, 0, (), (), (), minutes=said)
