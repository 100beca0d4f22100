"""What the store keeps of people and events, in the shapes of the ledger, by the same keys."""

from collections import Counter, defaultdict
from typing import Any

from sqlmodel import Session, col, select

from store import agendas, attendance, persons, responses
from store.attendees import Attendee
from store.audit import Audit
from store.check_ins import CheckIn
from store.corrections import Correction
from store.leaves import Leave, LeaveSpan
from store.responses import Response
from store.schools import School
from tests.handlers.event_sample import School as Sample
from tests.handlers.ledger import EXCUSED, OVER, STRUCK, Ledger


class Kept:
    """Read in one transaction; what an event's row says comes as a pair of keys and the rest."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.people = {row.id: key for key, row in persons.by_keys(session, 1).items()}
        self.events = {row.id: activity.key for row, activity in agendas.of_consortium(session, 1)}
        self.schools = {row.id: row.key for row in session.exec(select(School))}

    def rows(self, table: Any) -> dict[tuple[str, str], Any]:
        found = self.session.exec(select(table)).all()
        return {self.at(row): row for row in found}

    def at(self, row: Any) -> tuple[str, str]:
        return self.events[row.occurrence_id], self.people[row.person_id]

    def person(self, number: int | None) -> str | None:
        return None if number is None else self.people[number]


def tables(session: Session) -> dict[str, Any]:
    kept = Kept(session)
    said = kept.rows(Response)
    spans = list(session.exec(select(LeaveSpan).order_by(col(LeaveSpan.id))))
    places: dict[int | None, int | None] = {span.id: place for place, span in enumerate(spans)} | {None: None}
    words: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in session.exec(select(Correction).order_by(col(Correction.id))):
        words[kept.at(word)].append(str(word.status))
    return {
        "expected": {at: kept.schools[row.school_id] for at, row in kept.rows(Attendee).items()},
        "seen": {at: row.seen_at for at, row in said.items() if row.seen_at},
        "answers": {
            at: (row.status and str(row.status), row.answered_at, row.late, kept.person(row.answered_by))
            for at, row in said.items()
            if row.status or row.answered_at or row.late or row.answered_by
        },
        "leaves": {at: (str(row.state), places[row.span_id]) for at, row in kept.rows(Leave).items()},
        "spans": [(kept.people[one.person_id], one.first_day, one.last_day, str(one.state)) for one in spans],
        "came": {at: (row.at, str(row.method), row.late) for at, row in kept.rows(CheckIn).items()},
        "words": dict(words),
        "trail": Counter(
            (str(row.fact), *kept.at(row), kept.person(row.actor_id), row.was, row.became)
            for row in session.exec(select(Audit).where(col(Audit.span_id).is_(None)))  # days as a whole: test_deciders
        ),
    }


def told(ledger: Ledger) -> dict[str, Any]:
    """The same of the ledger."""
    return {
        "expected": {
            (event, person): school
            for event, held in ledger.events.items()
            for person, school in held.expected.items()
        },
        "seen": ledger.seen,
        "answers": {at: (one.status, one.at, one.late, one.by) for at, one in ledger.answers.items()},
        "leaves": {at: (one.state, one.span) for at, one in ledger.leaves.items()},
        "spans": [(one.person, one.first, one.last, one.state) for one in ledger.spans],
        "came": ledger.came,
        "words": ledger.words,
        "trail": Counter(ledger.trail),
    }


def agree(sample: Sample, ledger: Ledger) -> None:
    """No fact lost, none invented, each change with its trace; and what it all comes to."""
    kept, expected = sample.ask(tables), told(ledger)
    for name, table in expected.items():
        assert kept[name] == table, name
    sample.ask(lambda session: totals(session, ledger))


def totals(session: Session, ledger: Ledger) -> None:
    """Statuses partition those expected, school by school; guests are apart; nobody excused is counted absent."""
    kept = Kept(session)
    numbers = {number for number in kept.events if number is not None}
    found = attendance.standings(session, numbers, ledger.now)
    statuses = {(kept.events[one.facts.occurrence], kept.people[one.facts.person]): str(one.status) for one in found}
    assert statuses == {at: ledger.status(*at) for at in ledger.involved()}
    assert len(found) == len(statuses)
    for at, status in statuses.items():
        asked = ledger.leaves.get(at)
        word = next((word for word in reversed(ledger.words.get(at, [])) if word != STRUCK), OVER)
        excused = word in EXCUSED or (asked is not None and asked.state == "approved" and word == OVER)
        assert not excused or status not in (STRUCK, "truant"), f"{at} is excused"
    for number in numbers:
        of_this = [one for one in found if one.facts.occurrence == number]
        held = ledger.events[kept.events[number]]
        assert attendance.counts(of_this).total() == len(held.expected)
        schools = Counter(kept.schools[one.facts.school_id] for one in attendance.expected(of_this))
        assert schools == Counter(held.expected.values())
        tallies = responses.tally(session, number)
        said = [one.status for at, one in ledger.answers.items() if at[0] == kept.events[number]]
        assert sum(tally.expected for tally in tallies) == len(held.expected)
        assert sum(tally.accepted for tally in tallies) == said.count("accepted")
        assert sum(tally.declined for tally in tallies) == said.count("declined")
