"""The crowd (众人): whoever nobody plays answers, checks in, asks for leave, decides and reflects as people do. It acts
as they do, too: it presses and writes in the room, and the bot hears of that by updates alone."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count, takewhile
from typing import Any

from bot.buttons import presses
from bot.buttons.presses import Press
from bot.room.habits import Habit, Habits
from sandbox.people import DEEP_LINK, People
from sandbox.state import Chat, Message, Room
from sandbox.waiting import answered

GRID = 600  # seconds: what falls between two such instants is done together
RECENT = timedelta(days=7)  # older messages are past caring for
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
        if self.unread():
            return self.room.now()
        return self.intents[0].at if self.intents else None

    async def act(self, now: datetime) -> bool:
        """What they had in mind until now, and what they see meanwhile; whether that was anything."""
        acted = False
        while self.on:
            for message in self.unread():
                self.read[message.chat.id] = message.id
                await self.consider(message)
            if not (due := list(self.due(now))):
                break
            acted = True
            await asyncio.gather(*(self.do(intent) for intent in due))
        return acted

    def unread(self) -> list[Message]:
        """The bot's messages with buttons that nobody has looked at yet, as far as they are recent; of a chat the
        oldest first."""
        since, found = self.room.now() - RECENT, list[Message]()
        with self.room.lock:
            for chat in self.room.chats.values():
                new = takewhile(partial(self.is_new, since), reversed(chat.messages.values()))
                found += reversed([one for one in new if one.sender is self.room.bot and one.buttons])
        return found

    def is_new(self, since: datetime, message: Message) -> bool:
        return message.id > self.read.get(message.chat.id, 0) and message.sent_at >= since

    def due(self, now: datetime) -> Iterator[Intent]:
        while self.intents and self.intents[0].at <= now:
            yield heapq.heappop(self.intents)

    async def consider(self, message: Message) -> None:
        """What a message makes people do, and when."""
        found = list(pressed(message))
        acts = {press.act: press for press in found}
        if message.chat.user is not None:
            self.consider_alone(message, found, message.chat.user.id)
        elif (press := acts.get("respond") or acts.get("check_in")) is not None:
            for person in sorted(await self.invited(press.subject)):
                if message.chat.members.get(person, "left") == "member":
                    self.consider_event(message, acts, person)

    def consider_alone(self, message: Message, found: list[Press], person: int) -> None:
        """What is asked of one person in private."""
        habits, choices = self.habits, {(press.act, press.choice): press for press in found}
        if (press := choices.get(("leave", "approved"))) is not None:
            self.intend(message, person, press, habits.decides_in(person, press.subject))
        elif (press := choices.get(("record", "held"))) is not None:
            self.intend(message, person, press, habits.records_in(person, press.subject))
        elif (press := choices.get(("reflection", "not_this_time"))) and ("reflection", "submit") not in choices:
            submit = Press("reflection", press.subject, "submit")
            self.intend(message, person, submit, habits.reflects_in(person, press.subject))
        else:
            self.consider_event(message, {press.act: press for press in found}, person)

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
        return await answered(lambda: self.room.answer(query))

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
        await answered(lambda: max(chat.messages) > said.id or None)

    def phrase(self, kind: str, *matter: object) -> str:
        return self.habits.die(kind, *matter).choice(self.said[kind])


def pressed(message: Message) -> Iterator[Press]:
    """What its buttons mean."""
    for row in message.buttons:
        for button in row:
            press = presses.read(button.get("callback_data", ""))
            if press is not None:
                yield press
