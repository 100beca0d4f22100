"""To organisers: what an event still lacks (`prepare`)."""

from datetime import datetime

from msgspec import Struct

from store import consortiums
from store.database import Session
from store.occurrences import Held
from store.persons import Person


class PreparationAsked(Struct, frozen=True):
    """`…_open`: not settled yet; a theme is asked for where the activity has themes."""

    occurrence: int
    name: str
    title: str
    starts_at: datetime
    week: int
    host: str | None
    place_open: bool
    speaker_open: bool
    recorder_open: bool
    theme_open: bool


def preparation(session: Session, held: Held, person: int) -> PreparationAsked | None:
    """None where nothing is missing."""
    consortium = consortiums.get(session, held.consortium_id)
    assert consortium is not None
    themed = consortiums.blueprint(consortium).themed(held.activity)
    lacking = held.place is None, held.speaker is None, held.recorder is None, themed and held.theme is None
    if not any(lacking):
        return None
    name, start = session.get_one(Person, person).name, held.local(held.starts_at)
    return PreparationAsked(held.id, name, held.title, start, held.week, held.host, *lacking)
