"""The crowd (众人): whoever nobody plays answers, checks in, asks for leave, decides and reflects as people do. It acts
as they do, too: it presses and writes in the room, and the bot hears of that by updates alone."""

import asyncio
import contextlib
import heapq
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot import presses
from bot.presses import Press
from bot.room.habits import Habit, Habits
from sandbox.people import DEEP_LINK, People
from sandbox.state import Chat, Message, Room, User

GRID = 600  # seconds: what falls between two such instants is done together
RECENT = timedelta(days=7)  # older messages are past caring for
ANSWER_WITHIN = 3.0  # seconds that one of the crowd waits for the bot
SEED = 20261012

Invited = Callable[[int], Awaitable[frozenset[int]]]


@dataclass(order=True, frozen=True, slots=True)
class Intent:
    """At `at` (the room's time) `person` does `press` on that message, if the button is still there."""

    at: datetime
    number: int
    person: int = field(compare=False)
    message: Message = field(compare=False)
    press: Press = field(compare=False)


class Crowd:
    """`invited`: the users who are expected at an occurrence; `said`: what they say, lists of texts by what it is for.
    `hands`: those whom somebody plays; they are left to whoever that is."""

    def __init__(self, room: Room, invited: Invited, said: dict[str, list[str]], seed: int = SEED) -> None:
        self.room, self.invited, self.said, self.habits = room, invited, said, Habits(seed)
        self.people, self.numbers = People(room), count()
        self.on = False
        self.hands: set[int] = set()
        self.intents: list[Intent] = []
        self.read: dict[int, int] = {}  # chat → the newest message that was looked at
        self.answered: set[tuple[int, int]] = set()  # person, occurrence
        self.away: set[tuple[int, int]] = set()

    def next_at(self) -> datetime | None:
        """When there is something to do or to look at; None: nothing, or they are left out."""
        if not self.on:
            return None
        if any(self.unread()):
            return self.room.now()
        return self.intents[0].at if self.intents else None

    async def act(self, now: datetime) -> bool:
        """What they had in mind until now, and what they see meanwhile; whether that was anything."""
        acted = False
        while self.on:
            for message in list(self.unread()):
                self.read[message.chat.id] = message.id
                await self.consider(message)
            due = list(self.due(now))
            if not due:
                break
            acted = True
            await asyncio.gather(*(self.do(intent) for intent in due))
        return acted

    def unread(self) -> Iterator[Message]:
        """The bot's messages with buttons that nobody has looked at yet, as far as they are recent."""
        since = self.room.now() - RECENT
        for chat in list(self.room.chats.values()):
            for message in reversed(list(chat.messages.values())):
                if message.id <= self.read.get(chat.id, 0) or message.sent_at < since:
                    break
                if message.sender is self.room.bot and message.buttons:
                    yield message

    def due(self, now: datetime) -> Iterator[Intent]:
        while self.intents and self.intents[0].at <= now:
            yield heapq.heappop(self.intents)

    async def consider(self, message: Message) -> None:
        """What a message makes people do, and when."""
        found = {press.act: press for press in pressed(message)}
        if message.chat.user is not None:
            self.consider_alone(message, found, message.chat.user)
        elif "respond" in found or "check_in" in found:
            occurrence = found.get("respond", found.get("check_in", Press("", 0))).subject
            for person in sorted(await self.invited(occurrence)):
                if message.chat.members.get(person, "left") == "member":
                    self.consider_event(message, found, person)

    def consider_alone(self, message: Message, found: dict[str, Press], person: User) -> None:
        """What is asked of one person in private."""
        choices = {(press.act, press.choice): press for press in pressed(message)}
        if ("leave", "approved") in choices:
            press = choices["leave", "approved"]
            self.intend(message, person.id, press, self.habits.decides_in(person.id, press.subject))
        elif ("record", "held") in choices:
            press = choices["record", "held"]
            self.intend(message, person.id, press, self.habits.records_in(person.id, press.subject))
        elif ("reflection", "not_this_time") in choices and ("reflection", "submit") not in choices:
            press = choices["reflection", "not_this_time"]
            wait = self.habits.reflects_in(person.id, press.subject)
            self.intend(message, person.id, Press("reflection", press.subject, "submit"), wait)
        else:
            self.consider_event(message, found, person.id)

    def consider_event(self, message: Message, found: dict[str, Press], person: int) -> None:
        if "check_in" in found:
            press = found["check_in"]
            if (person, press.subject) not in self.away:
                self.intend(message, person, press, self.habits.checks_in(person, press.subject))
        elif "respond" in found and (person, found["respond"].subject) not in self.answered:
            number = found["respond"].subject
            answer = self.habits.answer(person, number)
            press = Press("seen", number) if answer == "seen" else Press("respond", number, answer)
            if answer:
                self.intend(message, person, press, self.habits.answers_in(person, number))

    def intend(self, message: Message, person: int, press: Press, wait: timedelta | None) -> None:
        if wait is not None:
            at = (message.sent_at + wait).timestamp()
            rounded = datetime.fromtimestamp(-(-at // GRID) * GRID, message.sent_at.tzinfo)
            heapq.heappush(self.intents, Intent(rounded, next(self.numbers), person, message, press))

    async def do(self, intent: Intent) -> None:
        """Nothing where somebody plays the person by now, or the button is gone."""
        person, message, press = intent.person, intent.message, intent.press
        if person in self.hands or self.room.users[person].blocked:
            return
        if press.act == "reflection":
            await self.reflect(person, press)
        elif (answer := await self.press(person, message, press)) is not None and press.act == "respond":
            await self.answer(person, message.chat, press, str(answer.get("url", "")))

    async def answer(self, person: int, chat: Chat, press: Press, url: str) -> None:
        """What comes of a press; who likes to talk says something besides."""
        self.answered.add((person, press.subject))
        if press.choice == "declined":
            self.away.add((person, press.subject))
            await self.give_reason(person, url)
        elif chat.user is None and self.habits.of(person) is Habit.CHATTY:
            self.people.say(person, chat.id, self.phrase("chat", person, press.subject))

    async def press(self, person: int, message: Message, press: Press) -> dict[str, Any] | None:
        """What the presser was shown; None where the button is gone, or nobody answers."""
        try:
            query = self.people.press(person, message.chat.id, message.id, press.data)
        except LookupError:
            return None
        await until(lambda: self.room.answer(query) is not None)
        return self.room.answer(query)

    async def give_reason(self, person: int, url: str) -> None:
        """Follows the link into the private chat, and says why."""
        if (link := DEEP_LINK.fullmatch(url)) is not None:
            await self.heard(person, lambda: self.people.start(person, link[2]))
            await self.heard(person, lambda: self.people.say(person, person, self.phrase("reasons", person, link[2])))

    async def reflect(self, person: int, press: Press) -> None:
        text = self.phrase("reflections", person, press.subject)
        await self.heard(person, lambda: self.people.say(person, person, text))
        chat = self.room.private(self.room.users[person])
        last = next(reversed(chat.messages.values()), None)
        if last is not None:
            await self.press(person, last, press)

    async def heard(self, person: int, act: Callable[[], Message]) -> None:
        """Says something to the bot and waits until it has said something to it."""
        chat, said = self.room.private(self.room.users[person]), act()
        await until(lambda: newest(chat) > said.id)

    def phrase(self, kind: str, *matter: object) -> str:
        return self.habits.die(kind, *matter).choice(self.said[kind])


def newest(chat: Chat) -> int:
    return max(chat.messages, default=0)


def pressed(message: Message) -> Iterator[Press]:
    """What its buttons mean."""
    for row in message.buttons:
        for button in row:
            press = presses.read(button.get("callback_data", ""))
            if press is not None:
                yield press


async def until(done: Callable[[], bool]) -> None:
    """As long as a person would wait."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_WITHIN):
            while not done():
                await asyncio.sleep(0.005)
