"""The four digits of an earlier version become a secret that no digits tell, each its own, and short again."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from store import migrating
from store.database import Store
from tests.handlers.conftest import announced


def column(store: Store, name: str) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(text(f"SELECT {name} FROM occurrence")).scalars())


def moved(store: Store, act: Callable[[Config, str], None], revision: str) -> None:
    """As `upgrade` does it: rows that point at a table which is made anew stay."""
    config = migrating.configured()
    with store.engine.connect() as connection, migrating.unreferenced(connection), connection.begin():
        config.attributes["connection"] = connection
        act(config, revision)


def test_codes_of_an_earlier_version_become_secrets_and_back(store: Store) -> None:
    announced(store)
    count = len(column(store, "secret"))
    assert count
    moved(store, command.downgrade, "0007")
    codes = column(store, "code")
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    moved(store, command.upgrade, "head")
    secrets = column(store, "secret")
    assert {len(secret) for secret in secrets} == {32}
    assert len(set(secrets)) == len(secrets) == len(codes) == count
