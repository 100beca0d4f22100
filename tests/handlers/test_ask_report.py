"""Which days a report is asked for, and how much of it is whose; it is looked at again when the file is made."""

from datetime import date

import pytest
from sqlmodel import Session, col, delete, select

from handlers.ask_report import (
    AskFigures,
    AskReportFile,
    DaysUnclear,
    NothingBegunYet,
    ReportFigures,
    ReportFileComing,
    ReportFileSent,
    ReportPart,
    ask_figures,
    ask_report_file,
    days_of,
    report_file,
)
from store import accounts, persons
from store.accounts import Account
from store.deliveries import Delivery, DeliveryKind
from store.persons import Person, PersonRole, Role
from store.terms import Term
from tests.handlers.event_sample import LI, OFFICE, QIAN, ZHOU, School

TERMS = [
    Term(consortium_id=1, key=key, name=key, first_day=first, last_day=last, plan="")
    for key, first, last in (
        ("autumn", date(2026, 9, 1), date(2027, 1, 22)),
        ("spring", date(2027, 2, 22), date(2027, 7, 2)),
    )
]


@pytest.mark.parametrize(
    ("words", "today", "first", "last"),
    [
        ("month", date(2026, 10, 8), date(2026, 10, 1), date(2026, 10, 31)),
        ("last_month", date(2027, 1, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("term", date(2027, 2, 1), date(2026, 9, 1), date(2027, 1, 22)),  # in the holidays the one that was
        ("last_term", date(2027, 3, 1), date(2026, 9, 1), date(2027, 1, 22)),
        ("12", date(2027, 3, 1), date(2026, 12, 1), date(2026, 12, 31)),
        ("02", date(2027, 3, 1), date(2027, 2, 1), date(2027, 2, 28)),
        ("2026-09-01:2026-10-15", date(2027, 3, 1), date(2026, 9, 1), date(2026, 10, 15)),
    ],
)
def test_days(words: str, today: date, first: date, last: date) -> None:
    assert days_of(words, today, TERMS) == (first, last)


def test_there_may_have_been_no_such_term() -> None:
    assert days_of("last_term", date(2026, 10, 8), TERMS) is None
    assert days_of("term", date(2026, 8, 8), TERMS) is None
    with pytest.raises(ValueError, match="day is out of range"):
        days_of("2026-02-30:2026-03-01", date(2026, 10, 8), TERMS)


def figures(school: School, account: Account, days: str = "month") -> ReportFigures:
    found = school.take(ask_figures, AskFigures(account, days))
    assert isinstance(found, ReportFigures)
    return found


def test_how_much_of_it_is_whose(school: School) -> None:
    found = [figures(school, account) for account in (OFFICE, ZHOU, QIAN, LI)]
    assert [one.scope.part for one in found] == [ReportPart.WHOLE, ReportPart.SCHOOL, ReportPart.TOTALS, ReportPart.OWN]
    assert [one.of for one in found] == ["样例教联体", "样例东校", "样例中心校", "样李芳"]
    assert [one.scope.school is not None for one in found] == [False, True, True, False]
    assert [one.scope.person is not None for one in found] == [False, False, False, True]
    assert isinstance(school.take(ask_figures, AskFigures(LI, "2027-05")), NothingBegunYet)
    assert isinstance(school.take(ask_figures, AskFigures(LI, "2026-10-09:2026-10-01")), NothingBegunYet)
    assert isinstance(school.take(ask_figures, AskFigures(LI, "nonsense")), DaysUnclear)


def owed(session: Session) -> list[tuple[str, int | None]]:
    rows = select(Delivery.subject, Delivery.account_id).where(Delivery.kind == DeliveryKind.REPORT_FILE)
    return list(session.exec(rows))


def test_a_file_is_owed_once_at_a_time_and_made_for_what_the_asker_is_by_then(school: School) -> None:
    request = AskReportFile(OFFICE, date(2026, 10, 1), date(2026, 10, 31), "12")
    assert [school.take(ask_report_file, request) for _ in range(2)] == [
        ReportFileComing(already=False),
        ReportFileComing(already=True),
    ]
    [(subject, account)] = school.ask(owed)
    assert account is not None

    def made() -> ReportFileSent | None:
        return school.ask(lambda session: report_file(session, subject, account))

    def no_more(session: Session) -> None:
        mine = col(PersonRole.person_id) == persons.all_of_account(session, accounts.named(session, account))[0].id
        session.exec(delete(PersonRole).where(mine, col(PersonRole.role) == Role.ORGANISER))

    def left(session: Session) -> None:
        person = session.exec(select(Person).where(Person.account_id == account)).one()
        person.account_id = None

    first = made()
    assert first is not None
    assert (first.scope.part, first.message) == (ReportPart.WHOLE, "12")
    school.ask(no_more)
    second = made()
    assert second is not None
    assert second.scope.part is ReportPart.OWN
    school.ask(left)
    assert made() is None
