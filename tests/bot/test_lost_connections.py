"""A PostgreSQL server that throws everybody out (a restart, a failover): the next to come is served again."""

import pytest
from sqlalchemy import create_engine, text

from store.database import Store
from tests.bot.running_bot import LI, RunningBot

pytestmark = pytest.mark.parametrize("dialect", ["postgresql"])
THROW_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def throw_out(store: Store) -> int:
    other = create_engine(store.engine.url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        thrown = len(connection.execute(text(THROW_OUT)).all())
    other.dispose()
    return thrown


async def test_the_bot_goes_on_with_new_connections(bot: RunningBot) -> None:
    assert "最近的活动" in (await bot.say(LI, "/help"))[0]
    assert throw_out(bot.store) > 0
    assert "最近的活动" in (await bot.say(LI, "/help"))[0]
    assert throw_out(bot.store) > 0
    await bot.parts.plan()
    await bot.parts.beat()
