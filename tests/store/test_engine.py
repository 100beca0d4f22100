"""The engine: what its errors say."""

import pytest

from store.accounts import KnownAccount
from store.database import DatabaseError, Session, Store


def twice(session: Session) -> None:
    session.add_all(KnownAccount(platform="telegram", address="a private word") for _ in range(2))
    session.flush()


def test_an_error_names_no_value(store: Store) -> None:
    """Its words reach logs and the inbox; a value may be a reason (事由) or a reflection."""
    with pytest.raises(DatabaseError) as caught:
        store.call(twice)
    assert "private" not in str(caught.value)
