"""Facts (三件事): what is known of one person at one occurrence: read, will come or not, was there (domain 4.1)."""

from datetime import datetime
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, bindparam
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from store.attendees import Attendee
from store.check_ins import CheckIn
from store.leaves import Leave, LeaveState
from store.persons import Person
from store.responses import ParticipationStatus, Response


class Facts(Struct, frozen=True):
    """None: nothing of that kind is known. `answered_by`: the name of who registered the answer for the person; `late`
    is the answer's, `late_in` the check-in's (迟到)."""

    status: ParticipationStatus | None
    late: bool
    answered_at: datetime | None
    answered_by: str | None
    leave: LeaveState | None
    checked_in_at: datetime | None
    late_in: bool


def of(session: Session, occurrence: int, person: int) -> Facts:
    """Of an expected person, in one statement, built once."""
    found = session.connection().execute(asking(), {"occurrence": occurrence, "person": person}).one()
    status, late, answered_at, answered_by, leave, checked_in_at, late_in = found
    return Facts(status, bool(late), answered_at, answered_by, leave, checked_in_at, bool(late_in))


@cache
def asking() -> Any:
    registrar = aliased(Person)
    told = columns(
        col(Response.status),
        col(Response.late),
        col(Response.answered_at),
        col(registrar.name),
        col(Leave.state),
        col(CheckIn.at),
        col(CheckIn.late),
    ).select_from(Attendee)
    for table in (Response, Leave, CheckIn):
        same = (col(getattr(table, name)) == getattr(Attendee, name) for name in ("occurrence_id", "person_id"))
        told = told.join(table, and_(*same), isouter=True)
    told = told.join(registrar, col(Response.answered_by) == registrar.id, isouter=True)
    this = col(Attendee.occurrence_id) == bindparam("occurrence"), col(Attendee.person_id) == bindparam("person")
    return told.where(*this)
