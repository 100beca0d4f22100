"""Kills: `jiaolian run`, ended by SIGKILL at many instants, judged by what the Bot API server, which lives on, saw."""

import os
import random
import re
import signal
import socket
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import text

from bot.file import consortium_file
from handlers.apply import Apply, apply
from sandbox.faults import Fault
from sandbox.people import People
from sandbox.server import create, served
from sandbox.state import QUERY_LIFE, Message, Room
from store.database import Store
from store.migrating import upgrade
from tests.conftest import HOME
from tests.crash.small_consortium import EVENTS, FIRST, GROUPS, PEOPLE, written
from tests.forked import Child, Forked

ENOUGH = 60.0  # seconds in which the last life does not get on
# (stage, method): the kill falls when the server sees the n-th of these in this life; "" is some time after the start
INSTANTS = (
    ("", ""),
    ("arrived", "sendmessage"),  # claimed, and on the wire
    ("answered", "sendmessage"),  # between send and settle
    ("arrived", "getupdates"),  # just kept, or not yet
    ("answered", "getupdates"),  # between poll and keep
    ("arrived", "answercallbackquery"),  # between keep and settle: committed, not answered
    ("answered", "answercallbackquery"),  # answered, not settled
    ("answered", "editmessagetext"),
    ("answered", "setwebhook"),
)
TITLE = re.compile("活动[0-9]+号")
KEPT = "SELECT update_id, state FROM inbox_update"
ABOUT = " JOIN occurrence ON occurrence.id = occurrence_id JOIN activity ON activity.id = activity_id"
FLAGGED = (
    f"SELECT coalesce(chat.address, account.address), activity.title FROM delivery{ABOUT}"
    " LEFT JOIN chat ON chat.id = delivery.chat_id LEFT JOIN person ON person.id = delivery.person_id"
    " LEFT JOIN account ON account.id = person.account_id WHERE delivery.perhaps_twice"
)
ANSWERS = (
    f" FROM response{ABOUT} JOIN person ON person.id = response.person_id"
    " JOIN account ON account.id = person.account_id WHERE "
)
IN_EFFECT = (
    f"SELECT account.address, activity.title, '参加'{ANSWERS} response.status = 'accepted'"
    f" UNION SELECT account.address, activity.title, '收到'{ANSWERS} response.seen_at IS NOT NULL"
)
COUNTED = (
    "SELECT chat.address, message_id, count(*) FROM delivery JOIN chat ON chat.id = chat_id JOIN response"
    " ON response.occurrence_id = delivery.occurrence_id AND status = 'accepted' WHERE kind = 'announce'"
    " AND message_id IS NOT NULL GROUP BY chat.address, message_id"
)
UNUSED = {"polling": "setwebhook", "webhook": "getupdates"}


@dataclass
class Trap:
    """Kills the process at the n-th call of a kind; which message was the last in each chat then is noted."""

    room: Room
    stage: str = ""
    method: str = ""
    left: int = 0
    pid: int = 0
    last: dict[str, str] = field(default_factory=dict)
    in_flight: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room.on_call.append(self.seen)

    def seen(self, stage: str, method: str, sent: dict[str, str]) -> None:
        if method == "sendmessage" and stage == "arrived":
            self.last[sent["chat_id"]] = sent["text"]
        if self.pid and (stage, method) == (self.stage, self.method):
            self.left -= 1
            if self.left == 0:
                self.kill()

    def kill(self) -> None:
        pid, self.pid = self.pid, 0
        if pid:
            os.kill(pid, signal.SIGKILL)

    def note(self) -> None:
        """What the server saw last in each chat, once it has read what was in its sockets at the kill."""
        before = None
        while before != self.last:
            before = dict(self.last)
            time.sleep(0.2)
        self.in_flight.append(before)


def set_up(address: str, database: str, more: dict[str, str]) -> dict[str, str]:
    return {
        **os.environ,
        "JIAOLIAN_API_URL": address,
        "JIAOLIAN_DATABASE_URL": database,
        "JIAOLIAN_TOKEN": "1:test",
        "JIAOLIAN_MESSAGES_PER_SECOND": "0",
        **more,
    }


@contextmanager
def lives(address: str, database: str, more: dict[str, str]) -> Iterator[Child]:
    child = Forked(["run"], HOME, set_up(address, database, more))
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def by_webhook() -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    secret = {"JIAOLIAN_WEBHOOK_SECRET": "test"}
    return {"JIAOLIAN_LISTEN": at, "JIAOLIAN_WEBHOOK_URL": f"http://{at}/hook"} | secret


class Pressed(Struct, frozen=True):
    """A press on a card in a group, and the number of the update that it came in."""

    person: int
    chat: int
    card: int
    label: str
    update: int


class Judged(Struct, frozen=True):
    """What a run came to: `instants` says at which the kills fell; `repeats` are messages that arrived more than once,
    `flagged` the deliveries that are marked as perhaps sent twice."""

    kills: int
    messages: int
    presses: int
    repeats: int
    flagged: int
    instants: Counter[tuple[str, str]]


def school() -> Room:
    room = Room(lambda: datetime.now(UTC))
    for number in range(PEOPLE):
        room.add_user(FIRST + number, f"样教师{number}", started=True)
    for group in GROUPS:
        room.add_group(group, "群", [FIRST + number for number in range(PEOPLE)], bot=True)
    return room


def killed(folder: Path, database: str, way: str, kills: Sequence[int], seed: int) -> Judged:
    """As many lives as there are `kills`, each ended by SIGKILL at one of `INSTANTS` (its number says which), and one
    more that finishes everything; what the server saw is judged. Raises AssertionError with what was broken."""
    room, chance = school(), random.Random(seed)
    more = by_webhook() if way == "webhook" else {}
    instants = [each for each in INSTANTS if each[1] != UNUSED[way]]
    trap, people = Trap(room), People(room)
    pressed: dict[str, Pressed] = {}
    app, fell = create(room), Counter[tuple[str, str]]()
    app.state.api.faults.add(Fault("sendmessage", delay=0.05, times=-1))
    with served(app) as address:
        for life, number in enumerate(kills):
            more_to_say(folder / "file.toml", database, 1 + life * (EVENTS - 1) // max(len(kills) - 1, 1))
            pressed |= presses(room, people, chance)
            fell[one_life(lives(address, database, more), trap, instants[number % len(instants)], chance)] += 1
        before = greetings(room)
        with lives(address, database, more) as child:
            wait_until(lambda: ["a card"] * (not said(room)), child)
            pressed |= presses(room, people, chance)  # on a slow machine the earlier lives may have shown none
            wait_until(lambda: missing(room, pressed) + ["a life"] * (greetings(room) == before), child)
            wait_until(lambda: old_cards(room, database), child)
            child.send_signal(signal.SIGTERM)
            assert child.wait(10) == 0, "it does not stop in time"
    assert effects_lacking(room, pressed, database) == []
    return judged(room, trap, pressed, fell, flagged(database))


def effects_lacking(room: Room, pressed: dict[str, Pressed], database: str) -> list[str]:
    """What was kept is in effect; what was not is nothing that the server had let go because we had confirmed it."""
    kept = dict(rows(database, KEPT))
    effects = {(str(account), title, label) for account, title, label in rows(database, IN_EFFECT)}
    found = []
    for query, press in pressed.items():
        title = TITLE.findall(card_of(room, press).text)[0]
        if press.update not in kept:
            found += [f"{press} was confirmed and is not kept"] * (not expired(room, query))
        elif kept[press.update] != "done" or (str(press.person), title, press.label) not in effects:
            found.append(f"{press}: {kept[press.update]}, and not in effect")
    return found


def expired(room: Room, query: str) -> bool:
    """Too old to be fetched or answered (Bot API server): nobody could."""
    return room.now() - room.queries[query].asked_at > QUERY_LIFE


def flagged(database: str) -> set[tuple[str, str]]:
    """Chat and event of each message that the bot itself says may have been sent twice."""
    return {(str(chat), title) for chat, title in rows(database, FLAGGED)}


def old_cards(room: Room, database: str) -> list[str]:
    """Announcements whose number the bot knows, that do not show yet how many are coming."""
    found = ((room.chats[int(chat)].messages[int(card)].text, count) for chat, card, count in rows(database, COUNTED))
    return [text for text, count in found if f"已回复 {count}/" not in text]


def rows(database: str, words: str) -> list[Any]:
    """From outside, as whoever looks into the database by hand."""
    store = Store(database)
    try:
        return store.call(lambda session: list(session.connection().execute(text(words))))
    finally:
        store.close()


def more_to_say(file: Path, database: str, events: int) -> None:
    """The file has another event: forty-one messages more are due at once."""
    file.write_text(written(datetime.now(UTC).date(), min(events, EVENTS)), encoding="utf-8")
    store = Store(database)
    upgrade(store)
    store.call(apply, Apply(consortium_file.read(file)), datetime.now(UTC))
    store.close()


def presses(room: Room, people: People, chance: random.Random) -> dict[str, Pressed]:
    """Three more answers on cards that stand in the groups: query → (person, message, label)."""
    cards = [message for group in GROUPS for message in room.messages(group) if message.buttons]
    found = {}
    for _ in range(3 if cards else 0):
        card, person, label = chance.choice(cards), FIRST + chance.randrange(PEOPLE), chance.choice(("参加", "收到"))
        query = people.press(person, card.chat.id, card.id, label)
        found[query] = Pressed(person, card.chat.id, card.id, label, room.updates[-1]["update_id"])
    return found


def one_life(
    life: AbstractContextManager[Child], trap: Trap, instant: tuple[str, str], chance: random.Random
) -> tuple[str, str]:
    """Where the kill fell: at that instant, or, where nothing of that kind came, at some other ("", "")."""
    trap.stage, trap.method = instant
    trap.left = chance.randint(1, 6 if "send" in trap.method else 2)
    before, end = greetings(trap.room), time.monotonic() + ENOUGH
    with life as child:
        trap.pid = child.pid
        while trap.method and greetings(trap.room) == before and child.poll() is None and time.monotonic() < end:
            time.sleep(0.02)  # a slow machine takes its time to start, and there is nothing to catch before
        patience = chance.uniform(0.05, 1.2) if not trap.method else 2.5
        timer = threading.Timer(patience, trap.kill)  # nothing of that kind came: killed all the same
        timer.start()
        child.wait()
        timer.cancel()
        assert child.returncode == -signal.SIGKILL, "it ended by itself"
    trap.note()
    return instant if trap.left == 0 else ("", "")


def wait_until(owed: Callable[[], list[str]], child: Child) -> None:
    """As long as it gets on: a busy machine takes its time."""
    still, least = time.monotonic(), 0
    while left := owed():
        assert child.poll() is None, "it ended by itself"
        if not least or len(left) < least:
            still, least = time.monotonic(), len(left)
        assert time.monotonic() - still < ENOUGH, f"{len(left)} not done in time: {left[:5]}"
        time.sleep(0.1)


def greetings(room: Room) -> int:
    """How many lives have come as far as asking who they are."""
    return sum(call.method == "getme" for call in room.calls)


def said(room: Room) -> dict[str, list[str]]:
    """What the bot sent by itself, chat by chat, as the server saw it."""
    found: dict[str, list[str]] = defaultdict(list)
    for call in room.calls:
        if call.method == "sendmessage" and call.error is None and "活动" in call.sent["text"]:
            found[call.sent["chat_id"]].append(call.sent["text"])
    return found


def about(texts: list[str], number: int) -> list[str]:
    return [text for text in texts if f"活动{number}号" in text]


def missing(room: Room, pressed: dict[str, Pressed]) -> list[str]:
    """What the bot still owes: announcements, nudges of those who have not answered, answers to presses."""
    sent = said(room)
    found = [f"announcement {n}" for n in range(EVENTS) if not about(sent[str(GROUPS[n % 3])], n)]
    found += [
        f"nudge of {person} about {number}"
        for person in range(PEOPLE)
        for number in range(EVENTS)
        if not about(sent[str(FIRST + person)], number) and not answered(pressed, room, person, number)
    ]
    waiting = (query for query in pressed if not room.answer(query) and not expired(room, query))
    found += [f"answer to {query} {pressed[query]}" for query in waiting]
    return found + [f"update {update['update_id']}" for update in room.updates]


def answered(pressed: dict[str, Pressed], room: Room, person: int, number: int) -> bool:
    """Whoever answered before the nudge went out is not nudged."""
    return any(
        one.person == FIRST + person and one.label == "参加" and f"活动{number}号" in card_of(room, one).text
        for one in pressed.values()
    )


def card_of(room: Room, press: Pressed) -> Message:
    return room.chats[press.chat].messages[press.card]


def judged(
    room: Room,
    trap: Trap,
    pressed: dict[str, Pressed],
    fell: Counter[tuple[str, str]],
    marked: set[tuple[str, str]],
) -> Judged:
    kills, repeats, sent = fell.total(), 0, said(room)
    assert len(trap.in_flight) == kills
    for chat, texts in sent.items():
        for one in set(texts):
            again = texts.count(one) - 1
            repeats += again
            caught = sum(flight.get(chat) == one for flight in trap.in_flight)
            assert again <= caught, f"{one!r} was sent {again + 1} times to {chat}, and was on the wire {caught} times"
            assert not again or any(chat == to and title in one for to, title in marked), f"{one!r}: not marked"
    return Judged(kills, sum(map(len, sent.values())), len(pressed), repeats, len(marked), fell)
