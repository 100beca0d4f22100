"""Event form: what the forms of one event tell (活动通知, 签到表, 教研活动记录表, 听评课记录; domain 5.1 to 5.4)."""

from datetime import date, datetime

from msgspec import Struct

from store import attendance, audiences, consortiums, minutes, occurrences, persons
from store.blueprint import Audience, Blueprint
from store.check_ins import CheckInMethod
from store.consortiums import Consortium
from store.database import Session
from store.minutes import NOTHING, WholeMinutes
from store.occurrences import Held, Occurrence
from store.schools import School
from store.statuses import CAME
from store.statuses import AttendanceStatus as Status


class Signer(Struct, frozen=True):
    """A row of the sign-in sheet. `status`: None while people may still sign, so that a sheet that lies on the table
    says of nobody that he is on leave. `guest`: came, and was not expected. `at` is local."""

    name: str
    school: str
    subject: str
    status: Status | None = None
    at: datetime | None = None
    method: CheckInMethod | None = None
    guest: bool = False


class EventForm(Struct, frozen=True):
    """Instants of `held` are UTC. `expected`: how many are, which `counts` add up to once the event is `over`;
    `came`: of those. `published_at`: when the first message went out, local. `audience`: None for everybody; its keys
    of schools are names here. `school`: the one whose people alone are listed, "" for all. `minutes`: once they are
    handed in."""

    consortium: str
    term: str
    held: Held
    audience: Audience | None
    themed: bool
    published_at: datetime | None
    over: bool
    expected: int
    came: int
    counts: tuple[tuple[Status, int], ...]
    schools: tuple[str, ...]
    signers: tuple[Signer, ...]
    school: str = ""
    minutes: WholeMinutes = NOTHING

    @property
    def day(self) -> date:
        return self.held.local(self.held.starts_at).date()

    @property
    def number(self) -> str:
        """签到表编号: the event's day and number."""
        return f"{self.day:%Y%m%d}-{self.held.id}"


def event_form(session: Session, occurrence: int, now: datetime, school: int | None = None) -> EventForm | None:
    """`school`: only the people of that one, which is all that its own approvers see. None: there is no such event."""
    held, row = occurrences.get(session, occurrence), session.get(Occurrence, occurrence)
    if held is None or row is None:
        return None
    consortium = session.get_one(Consortium, held.consortium_id)
    file = consortiums.blueprint(consortium)
    over = now >= (held.closes_at or held.ends_at)
    signers, counts = signed(session, held, now, school) if row.settled_at else (meant(session, held, file, school), ())
    expected = [one for one in signers if not one.guest]
    recorded = minutes.whole(session, occurrence)
    return EventForm(
        consortium.name,
        term_of(file, row.date),
        held,
        audience(file, held.activity),
        file.themed(held.activity),
        held.local(row.settled_at) if row.settled_at else None,
        over,
        len(expected),
        sum(one.at is not None or one.status in CAME for one in expected),
        counts if over else (),
        tuple(dict.fromkeys(one.school for one in expected)),
        tuple(signers),
        "" if school is None else session.get_one(School, school).name,
        recorded if recorded.handed_in_at else NOTHING,
    )


def signed(
    session: Session, held: Held, now: datetime, school: int | None
) -> tuple[list[Signer], tuple[tuple[Status, int], ...]]:
    """Those expected, and the guests, by what is known of them; statuses are said when the check-in is closed."""
    found = attendance.standings(session, [held.id], now)
    seen = [one for one in found if (one.facts.expected or one.guest) and school in (None, one.facts.school_id)]
    subjects = persons.subjects(session, [one.facts.person for one in seen])
    over = now >= (held.closes_at or held.ends_at)
    signers = [
        Signer(
            one.facts.name,
            one.facts.school,
            subjects.get(one.facts.person, ""),
            one.status if over else None,
            held.local(one.facts.came_at) if one.came and one.facts.came_at else None,
            one.facts.method if one.came else None,
            one.guest,
        )
        for one in seen
    ]
    counts = attendance.counts(seen)
    return signers, tuple((status, counts[status]) for status in Status if counts[status])


def meant(session: Session, held: Held, file: Blueprint, school: int | None) -> list[Signer]:
    """Before anything is sent: whom the roster has for it now."""
    activity = next((one for one in file.activity if one.key == held.activity), None)
    if activity is None or held.class_id is not None:
        return []
    people = audiences.of(session, held.consortium_id, activity)
    names = {one.id: one.name for one in (session.get_one(School, number) for number in {p.school_id for p in people})}
    ordered = sorted(people, key=lambda one: (one.school_id, one.name, one.id))
    theirs = [one for one in ordered if school in (None, one.school_id)]
    return [Signer(one.name, names[one.school_id], one.subject or "") for one in theirs]


def audience(file: Blueprint, activity: str) -> Audience | None:
    """With the names of its schools in place of their keys."""
    asked = next((one.audience for one in file.activity if one.key == activity), None)
    if asked is None or asked.schools is None:
        return asked
    names = {one.key: one.name for one in file.school}
    return asked.model_copy(update={"schools": tuple(names[key] for key in asked.schools)})


def term_of(file: Blueprint, day: date) -> str:
    """What the term of that day is called; "" where a later file has none there."""
    return next((one.name for one in file.term if one.first_day <= day <= one.last_day), "")
