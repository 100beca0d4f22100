"""Prepared statements: on either database they say what SQLAlchemy says, of values, of nothing, and of errors."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, func, insert, literal, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from store.accounts import KnownAccount
from store.audit import Audit, AuditFact
from store.database import Session, Store
from store.persons import Person
from store.prepared import Prepared
from tests.store.post_sample import Post, post

NOW = datetime(2026, 10, 14, 4, 30, 5, 120, UTC)


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


def noted(session: Session, person: int) -> tuple[object, ...] | None:
    """One row in by a prepared statement, and out by another."""
    names = {"at": NOW, "person_id": person, "fact": AuditFact.RESPONSE, "was": "", "became": "参加", "why": ""}
    keeping = Prepared(insert(Audit).values({name: bindparam(name) for name in names}))
    assert keeping.first(session, names) is None
    columns = col(Audit.at), col(Audit.fact), col(Audit.became), col(Audit.occurrence_id), literal(3)
    asking = select(*columns).where(col(Audit.at) == bindparam("at"), col(Audit.fact) == AuditFact.RESPONSE)
    found = Prepared(asking).first(session, {"at": NOW})
    usual = session.connection().execute(asking, {"at": NOW}).first()
    assert usual is not None
    assert found == tuple(usual)
    return found


def test_moments_and_members_go_in_and_come_out_as_they_were(office: Post) -> None:
    found = office.store.call(noted, office.person("li") or 0)
    assert found == (NOW, AuditFact.RESPONSE, "参加", None, 3)
    assert isinstance(found[1], AuditFact)
    assert isinstance(found[0], datetime)
    assert found[0].utcoffset() is not None


def test_nothing_is_none(store: Store) -> None:
    nobody = Prepared(select(col(Person.id)).where(col(Person.name) == bindparam("name")))
    assert store.call(nobody.first, {"name": "无人"}) is None


def test_an_error_is_the_one_that_is_usual_and_undoes_what_was_done(store: Store) -> None:
    row = {"platform": "telegram", "address": "a private word"}
    keeping = Prepared(insert(KnownAccount).values({name: bindparam(name) for name in row}))

    def twice(session: Session) -> None:
        keeping.first(session, row)
        keeping.first(session, row)

    with pytest.raises(IntegrityError) as caught:
        store.call(twice)
    assert "private" not in str(caught.value)
    known = Prepared(select(col(KnownAccount.id)).where(col(KnownAccount.address) == bindparam("address")))
    assert store.call(known.first, {"address": "a private word"}) is None


def test_what_cannot_be_said_once_is_asked_the_usual_way(store: Store) -> None:
    """A list; a default that is found for each row."""
    other = MetaData()
    drawn = iter((7, 8))
    table = Table("drawn", other, Column("id", Integer), Column("number", Integer, default=lambda: next(drawn)))
    keeping = Prepared(insert(table).values(id=bindparam("id")))
    asking = Prepared(select(func.sum(table.c.number)).where(table.c.id.in_([1, 2])))

    def kept(session: Session) -> tuple[object, ...] | None:
        other.create_all(session.connection())
        for number in (1, 2):
            keeping.first(session, {"id": number})
        return asking.first(session, {})

    try:
        assert store.call(kept) == (15,)
    finally:
        other.drop_all(store.engine)


def test_a_default_that_is_one_value_is_kept(office: Post) -> None:
    names = {"at": NOW, "person_id": office.person("li"), "fact": AuditFact.LEAVE}
    keeping = Prepared(insert(Audit).values({name: bindparam(name) for name in names}))
    asking = Prepared(select(col(Audit.was), col(Audit.why)).where(col(Audit.fact) == AuditFact.LEAVE))

    def kept(session: Session) -> tuple[object, ...] | None:
        keeping.first(session, names)
        return asking.first(session, {})

    assert office.store.call(kept) == ("", "")
