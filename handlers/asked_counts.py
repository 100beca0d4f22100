"""Asked counts (提问统计): what the consortium has asked, and what came of it; nobody can be read from it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from handlers.respond_for import OrganisersOnly
from store import consortiums, persons
from store.accounts import Account
from store.database import Session
from store.persons import Role
from store.policies import asked, unanswered
from store.policies.asked import Counts

MOST = 5  # clauses, and questions


class ShowCounts(Struct, frozen=True):
    account: Account
    consortium: int


class CountsShown(Struct, frozen=True):
    """`number`: the consortium's; `month`: of this month alone; `term`: since the month in which the term began, or of
    this one in the holidays; `waiting`: questions for the office."""

    number: int
    name: str
    month: Counts
    term: Counts
    waiting: int


def show_counts(session: Session, request: ShowCounts, now: datetime) -> CountsShown | OrganisersOnly:
    if request.consortium not in persons.in_role(session, request.account, Role.ORGANISER):
        return OrganisersOnly()
    row = consortiums.get(session, request.consortium)
    assert row is not None  # none is ever deleted
    today = now.astimezone(ZoneInfo(row.timezone)).date()
    began = [term.first_day for term in consortiums.blueprint(row).term if term.first_day <= today <= term.last_day]
    waiting = unanswered.count(session, request.consortium)

    def since(day: date) -> Counts:
        return asked.counts(session, request.consortium, day, MOST)

    return CountsShown(request.consortium, row.name, since(today), since(min([*began, today])), waiting)
