"""Who a further account speaks for, and what is due to them: seen, not taken, unless nobody else would tell it."""

from collections import defaultdict
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.leave import StartLeave, start_leave
from handlers.privacy import Erased, EraseMe, Exported, ExportMine, erase_me, export_mine
from store import accounts, falling_due, further_accounts, linked_accounts, persons, responses
from store.accounts import Account, KnownAccount
from store.database import Session, Store
from store.deliveries import Delivery
from store.further_accounts import FurtherAccount
from store.links import LinkNews, tell
from store.persons import Role
from tests.handlers.event_sample import RESEARCH, School, begin

CONSOLE = Account("console", "sample/wang")


def states(session: Session) -> dict[str, set[str]]:
    """Of the deliveries, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in session.exec(select(Delivery)):
        found[str(row.kind)].add(str(row.state))
    return dict(found)


@pytest.fixture
def school(store: Store) -> School:
    """8 October; 样王强 has an account, and another one that looks for itself."""
    school = begin(store, RESEARCH, until="10-08 09:00")
    speaking(school, "wang")
    return school


def speaking(school: School, key: str, account: Account = CONSOLE) -> int:
    return school.store.call(further_accounts.speak_for, account, school.person(key))


def test_it_speaks_for_the_person_everywhere(school: School) -> None:
    number, event = school.person("wang"), school.occurrence("research", "10-14 14:30")
    known = school.store.call(persons.of_account, CONSOLE, 1)
    assert known is not None
    assert known.id == number
    assert school.store.call(persons.in_role, CONSOLE, Role.TEACHER) == [1]
    standing = school.store.call(responses.standing, event, CONSOLE)
    assert standing is not None
    assert standing[1] is not None
    assert standing[1].person == number
    assert school.store.call(persons.of_account, Account("telegram", "7002"), 1) == known


def test_it_speaks_for_one_and_the_link_stays(school: School) -> None:
    linked = school.store.call(linked_accounts.of, school.person("wang"))
    again = speaking(school, "wu")
    assert school.store.call(further_accounts.of, school.person("wang")) == []
    assert school.store.call(further_accounts.of, school.person("wu")) == [again]
    assert school.store.call(linked_accounts.of, school.person("wang")) == linked
    assert school.store.call(linked_accounts.of, school.person("wu")) is None


def test_what_is_seen_stays_due_to_the_linked_account(school: School) -> None:
    school.until("10-12 14:29")
    since, who, own = school.now, school.person("wang"), speaking(school, "wang")
    school.until("10-12 14:31")
    before = school.ask(states)
    seen = school.store.call(falling_due.until, who, own, since, school.now, alone=False)
    assert [(one.kind, one.person_id) for one in seen] == [("nudge", who)]
    keys = {one.key for one in seen}
    school.store.call(falling_due.told, keys, who, own, school.now, alone=False)
    assert school.ask(states) == before


def test_what_nobody_else_would_tell_is_told_once(school: School) -> None:
    own, who = speaking(school, "wu"), school.person("wu")
    school.store.call(tell, own, LinkNews.REFUSED, who, "act", school.now)
    since = school.now + timedelta(hours=1)
    (news,) = school.store.call(falling_due.until, who, own, since, school.now, alone=True)
    school.store.call(falling_due.told, {news.key}, who, own, school.now, alone=True)
    assert school.store.call(falling_due.until, who, own, since, school.now, alone=True) == []
    assert school.ask(states)["link"] == {"sent"}


def test_its_questions_are_the_persons_own_data(school: School) -> None:
    event = school.occurrence("research", "10-14 14:30")
    school.take(start_leave, StartLeave(CONSOLE, event))
    found = school.take(export_mine, ExportMine(CONSOLE))
    assert isinstance(found, Exported)
    copy = found.document[1].decode()
    assert '"console"' in copy
    assert '"leave_reason"' in copy
    assert isinstance(school.take(erase_me, EraseMe(CONSOLE, sure=True)), Erased)
    assert school.ask(lambda session: session.exec(select(FurtherAccount)).all()) == []
    assert school.store.call(accounts.id_of, CONSOLE) is None
    assert school.ask(lambda session: session.exec(select(KnownAccount)).first()) is not None
    assert speaking(school, "wang")  # the name begins anew
