"""Class date: what a group is told of all the class meetings (班会) of a day, by those that are left on it."""

from collections import Counter
from datetime import date, datetime

from msgspec import Struct

from handlers.changed import ClassMeetingsScattered, OccurrenceCancelled, cancelled_card, fates
from handlers.school_class import themed
from store import agendas, changes
from store.classes import SchoolClass
from store.database import Session
from store.occurrences import Held, Occurrence
from store.schools import School


class SchoolClasses(Struct, frozen=True):
    """How many classes of a school meet at that time."""

    school: str
    classes: int
    starts_at: datetime
    ends_at: datetime


class ClassMeetingsAnnounced(Struct, frozen=True):
    """To the head teachers' group: all the classes of a day. `theme_open`: there is to be one, and none is settled."""

    title: str
    theme: str | None
    theme_open: bool
    date: date
    week: int
    schools: tuple[SchoolClasses, ...]


ClassDateOutcome = ClassMeetingsAnnounced | ClassMeetingsScattered | OccurrenceCancelled


def class_date(session: Session, held: Held, day: str, card: bool) -> ClassDateOutcome | None:
    """`day`: the date that is announced, "" for that of `held`. Where none is left on it, a card says what became of
    them, and nothing is announced."""
    row = session.get_one(Occurrence, held.id)
    announced = date.fromisoformat(day) if day else row.date
    left = agendas.of_day(session, row.activity_id, announced)
    if not left and not card:
        return None
    gone_to = fates(session, held)
    if not left and len(gone_to) == 1:
        (on,) = gone_to
        left = agendas.of_day(session, row.activity_id, on) if on else []
    if left:
        return meetings(session, held, left)
    if len(gone_to) > 1:
        return ClassMeetingsScattered(held.title, announced, changes.reason_of(session, held.id))
    return cancelled_card(session, held)


def meetings(session: Session, held: Held, left: list[Occurrence]) -> ClassMeetingsAnnounced:
    """Schools in the order in which their classes begin; the theme is that of most classes."""
    times: Counter[tuple[str, datetime, datetime]] = Counter()
    for one in left:
        school = session.get_one(School, session.get_one(SchoolClass, one.class_id).school_id).name
        times[school, held.local(one.starts_at), held.local(one.ends_at)] += 1
    ((theme, _),) = Counter(one.theme for one in left).most_common(1)
    schools = (SchoolClasses(school, count, *when) for (school, *when), count in times.items())
    theme_open = theme is None and themed(session, held)
    return ClassMeetingsAnnounced(held.title, theme, theme_open, left[0].date, left[0].week, tuple(schools))
