"""The engine: what its errors say, and how long it waits for a lock."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import beats, engine
from store.accounts import KnownAccount
from store.complaint import Complaint
from store.condition import is_passing
from store.database import DatabaseError, Session, Store, Unavailable
from store.migrating import rebuilding

ONLY_READS = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"


def test_a_driver_that_is_not_there_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Complaint, match=r"JIAOLIAN_DATABASE_URL: postgresql: .*pip install 'jiaolian\[postgres\]'"):
        Store("postgresql://somebody:secret@127.0.0.1/x")


@pytest.mark.parametrize("url", ["postgresql+nothing://somebody:secret@127.0.0.1/x", "postgresql://somebody:secret@a:b/x"])
def test_an_address_that_cannot_be_one_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(Complaint, match="JIAOLIAN_DATABASE_URL") as caught:
        Store(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_a_server_that_only_reads_any_more_is_left_for_the_one_that_took_over(store: Store) -> None:
    store.call(lambda session: session.connection().execute(text(ONLY_READS)))
    with pytest.raises(Unavailable):
        store.call(twice)
    with pytest.raises(IntegrityError):  # by a new connection
        store.call(twice)


def twice(session: Session) -> None:
    session.add_all(KnownAccount(platform="telegram", address="a private word") for _ in range(2))
    session.flush()


def test_an_error_names_no_value(store: Store) -> None:
    """Its words reach logs and the inbox; a value may be a reason (事由) or a reflection."""
    with pytest.raises(DatabaseError) as caught:
        store.call(twice)
    assert "private" not in str(caught.value)


@contextmanager
def held(store: Store) -> Iterator[None]:
    """Somebody has locked a table and gone home."""
    with store.engine.connect() as other:
        other.execute(text("LOCK TABLE beat IN ACCESS EXCLUSIVE MODE"))
        yield


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_a_lock_is_waited_for_a_while_and_worth_another_try(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOCK_WAIT", "50ms")
    second = Store(store.engine.url.render_as_string(hide_password=False))
    with held(store), pytest.raises(Unavailable) as caught:
        second.call(beats.last, "tick")
    second.close()
    assert is_passing(caught.value)


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_who_makes_tables_anew_waits_for_whoever_has_them(store: Store) -> None:
    with store.engine.connect() as plain, rebuilding(store.engine) as rebuilt:
        waits = [connection.execute(text("SHOW lock_timeout")).scalar() for connection in (plain, rebuilt)]
    assert waits == [engine.LOCK_WAIT, "0"]
