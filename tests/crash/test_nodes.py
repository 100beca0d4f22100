"""Two nodes on one database: one asks for updates, both deliver at one pace, and whoever is killed is replaced."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import Room
from tests.crash.kills import effects_lacking, greetings, lives, more_to_say, presses, rows, said, school
from tests.crash.small_consortium import FIRST, PEOPLE
from tests.databases import Databases

HANDED_OVER = 3.0  # seconds
PATIENCE = 40.0
EVENTS = 6
RATE = 30  # messages a second over all chats (Bot API FAQ)


OWED = "SELECT id FROM delivery WHERE state IN ('pending', 'claimed')"


def until(condition: Callable[[], object], failure: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, failure
        time.sleep(0.02)


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_two_nodes_share_the_work_and_one_replaces_the_other(tmp_path: Path, databases: Databases) -> None:
    database, room, paced = databases.new(), school(), {"JIAOLIAN_MESSAGES_PER_SECOND": str(RATE)}
    room.pace = True  # whoever is too fast is refused
    people, chance = People(room), Random(20261127)
    polls = list[float]()
    room.on_call.append(
        lambda stage, method, _: polls.append(0) if (stage, method) == ("arrived", "getupdates") else None
    )
    more_to_say(tmp_path / "file.toml", database, EVENTS)  # and two hundred and forty to people, all due at once
    with served(create(room)) as address, lives(address, database, paced) as first:
        until(lambda: polls, "nobody asks for updates")
        with lives(address, database, paced) as second:
            until(lambda: greetings(room) == 2, "the second node does not start")
            until(lambda: len(nodes(database)) == 2, "one of them delivers alone")
            pressed = presses(room, people, chance)
            until(lambda: all(map(room.answer, pressed)), "a press is not answered")
            first.send_signal(signal.SIGKILL)
            first.wait(5)
            killed, pressed = time.monotonic(), pressed | presses(room, people, chance)
            until(lambda: all(map(room.answer, pressed)), "a press is not answered by the other node")
            assert time.monotonic() - killed < HANDED_OVER
            until(lambda: not rows(database, OWED), "something is not sent")
            assert heard(room) >= PEOPLE - len(pressed), "only who has answered is not nudged"
            assert second.poll() is None
    assert effects_lacking(room, pressed, database) == []
    refused = [call.error for call in room.calls if call.error and call.method != "answercallbackquery"]
    assert not [error for error in refused if error.startswith("Conflict")]
    # two that each kept to the whole pace would be refused every other time; a few are this machine's, when it is busy
    assert len(refused) < 0.1 * len(room.calls), refused


def nodes(database: str) -> list[object]:
    return rows(database, "SELECT DISTINCT node FROM delivery WHERE state = 'sent'")


def heard(room: Room) -> int:
    """How many people have been told of all events."""
    told = said(room)
    return sum(len(told[str(FIRST + number)]) >= EVENTS for number in range(PEOPLE))
