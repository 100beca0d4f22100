"""To organisers: what an event still lacks (`prepare`)."""

from dataclasses import dataclass
from datetime import datetime

from store import consortiums, occurrences
from store.blueprint import Detail
from store.database import Session
from store.occurrences import Held
from store.persons import Person


@dataclass(frozen=True, slots=True)
class PreparationAsked:
    """`…_open`: not settled yet; a theme is asked for where the activity has themes."""

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
    file = consortiums.blueprint(consortium)
    activity = next((one for one in file.activity if one.key == held.activity), None)
    own_date = occurrences.rule_date(session, held.id)
    plain = Detail(activity=held.activity, date=own_date)
    about = (one for one in file.occurrence if (one.activity, one.date) == (held.activity, own_date))
    detail = next(about, plain)
    lacking = (
        held.place is None,
        detail.speaker is None,
        detail.recorder is None,
        bool(activity and activity.themes) and held.theme is None,
    )
    if not any(lacking):
        return None
    name, start = session.get_one(Person, person).name, held.local(held.starts_at)
    return PreparationAsked(name, held.title, start, held.week, held.host, *lacking)
