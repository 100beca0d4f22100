"""To organisers: what of the plan is missing before a term ends, and whose exchange (交流轮岗) ends."""

from datetime import date

from msgspec import Struct

from handlers.obligations import ObligationLine
from handlers.schedule import blueprint_of
from store.blueprint import Term
from store.consortiums import Consortium
from store.database import Session
from store.persons import Person


class ObligationsMissing(Struct, frozen=True):
    """`key`: of the consortium. `lines`, of what is missing in the term, the bot reckons."""

    name: str
    key: str
    term: Term
    lines: tuple[ObligationLine, ...] = ()


class Sent(Struct, frozen=True):
    """`giver` and `taker` are names of schools."""

    name: str
    giver: str
    taker: str


class ExchangesEnding(Struct, frozen=True):
    name: str
    day: date
    people: tuple[Sent, ...]


def obligations_missing(session: Session, person: int, term: str) -> ObligationsMissing | None:
    """`term`: its key. None where the file has it no more."""
    row = session.get_one(Person, person)
    found = [one for one in blueprint_of(session, row.consortium_id).term if one.key == term]
    key = session.get_one(Consortium, row.consortium_id).key
    return ObligationsMissing(row.name, key, found[0]) if found else None


def exchanges_ending(session: Session, person: int, day: str) -> ExchangesEnding | None:
    """`day`: `2029-08-31`. None where no exchange ends on it any more."""
    row, last = session.get_one(Person, person), date.fromisoformat(day)
    file = blueprint_of(session, row.consortium_id)
    schools, names = {one.key: one.name for one in file.school}, {one.key: one.name for one in file.person}
    ending = (one for one in file.exchange if one.until == last)
    people = tuple(Sent(names[one.person], schools[one.from_], schools[one.to]) for one in ending)
    return ExchangesEnding(row.name, last, people) if people else None
