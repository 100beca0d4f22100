"""The bot, running, with the research event of the sample announced; and a folder for commands."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.file import consortium_file
from handlers.apply import Apply, apply
from sandbox.server import create, served
from sandbox.state import Room
from scheduling import planner
from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.life import OFFICE, Life
from tests.bot.running_bot import RunningBot, running_bot
from tests.bot.sent_sample import TEXT, applied
from tests.conftest import HOME
from tests.databases import Databases, Prepared, name_of
from tests.handlers.event_sample import RESEARCH, begin, local


@pytest.fixture
async def bot(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """8 October 9:00; the event of the 14th has no message out yet."""
    begin(store, RESEARCH)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        yield bot


@pytest.fixture
async def announced(bot: RunningBot) -> RunningBot:
    """8 October 9:00; the event of the 14th is announced."""
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    return bot


@pytest.fixture
async def office(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """8 October 9:00; the small file of `sample_file.py` is applied and planned: LI teaches, OFFICE organises."""
    clock.move_to(local("10-08 09:00"))
    applied(store, TEXT)
    async with running_bot(store, clock) as bot:
        await bot.parts.plan()
        yield bot


@pytest.fixture
def folder(tmp_path: Path, databases: Databases, prepared: Prepared) -> Path:
    """With `samples/chuzhong.toml` applied in its `jiaolian.db`."""

    def fill(store: Store) -> None:
        now = datetime.now(UTC)
        store.call(apply, Apply(consortium_file.read(HOME / "samples" / "chuzhong.toml")), now)
        store.call(planner.plan, now)

    Path(name_of(databases.copy(prepared("chuzhong", fill)))).rename(tmp_path / "jiaolian.db")
    return tmp_path


@pytest.fixture
def life(folder: Path) -> Iterator[Life]:
    room = Room(lambda: datetime.now(UTC))
    room.add_user(OFFICE, "样陈静", started=True)
    app = create(room)
    with served(app) as api:
        yield Life(folder, room, api, app.state.api.faults)
