"""The engine: what its errors say."""

import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store.accounts import KnownAccount
from store.complaint import Complaint
from store.database import DatabaseError, Session, Store, Unavailable

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
