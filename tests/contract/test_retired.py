"""Contract, "Commands": what is retired leaves `plan` at once and stays in `report`."""

from datetime import date

from bot.commands.plan import blueprints
from handlers.apply import Applied, Apply, apply
from handlers.report import Report, report
from scheduling import occurrences
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session
from tests.handlers.event_sample import FILE, School
from tests.handlers.report_sample import play
from tests.handlers.test_report import TERM

WITHOUT = Blueprint.model_validate({**FILE, "activity": (), "occurrence": ()})


def planned(school: School) -> list[date]:
    found = school.ask(lambda session: blueprints(session, "sample"))
    return [row.date for file in found for row in occurrences.of(file, *TERM)]


def reported(school: School) -> list[tuple[date, int]]:
    """Each event with how many were counted there."""

    def asked(session: Session) -> Report:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return report(session, row, TERM, school.now, None)

    return [(event.date, len(event.people)) for event in school.ask(asked).events]


def test_what_is_retired_leaves_the_plan_at_once_and_stays_in_the_report(school: School, research: int) -> None:
    play(school, research)
    before = reported(school)
    assert date(2026, 10, 14) in planned(school)
    assert (date(2026, 10, 14), 5) in before
    assert isinstance(school.take(apply, Apply(WITHOUT)), Applied)
    assert planned(school) == []
    assert reported(school) == before
