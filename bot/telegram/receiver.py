"""The receiver: raw updates into the inbox, each parsed and answered as its sender's turn comes.

PTB's own `get_updates` parses a batch as a whole: one update that it cannot parse raises for all of them, and sticks.
"""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import Collection, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import timedelta
from typing import TypedDict, cast
from urllib.parse import urlencode

from msgspec.json import decode, encode
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.desk import DONE
from bot.telegram.ptb import Context, Telegram
from bot.telegram.reading import parsed
from scheduling.clock import Clock
from store import beats, updates
from store.database import Store, Unavailable
from store.updates import Raw, WorkedOff

ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
HELD_OPEN = 50  # seconds that a call waits at the server
MARGIN = 10.0
PLACES = 48  # senders that are served side by side: half of them wait for the commit that the others share
AT_ONCE = 20  # updates that are read without letting others go on: a hundred would take 20 ms and more
OF_ONE_GROUP = 36  # of them: who waits for a group's turn (20 messages a minute) leaves room for everybody else
ALONE = 5.0  # seconds that an update of an earlier life has for itself
CROWD = 2_000  # updates in hand; beyond it polling waits, and Telegram keeps the rest
PAUSE = 1.0  # seconds after a passing cause
LONGEST_PAUSE = 30.0
log = logging.getLogger(__name__)


class Numbered(TypedDict):
    update_id: int


class Receiver:
    """One for each bot, or of several nodes for each. Updates of one sender are worked off in order, senders side by
    side. `node`: this one's number, None: there is no other."""

    def __init__(self, store: Store, clock: Clock, application: Telegram, node: int | None = None) -> None:
        self.store, self.clock, self.application, self.node = store, clock, application, node
        self.alive: Collection[int] = ()  # the numbers of all nodes, where there are several
        self.adopting, self.taking = asyncio.Lock(), False
        self.confirm: int | None = None
        self.asked = asyncio.Event()  # for updates, once
        self.lanes: dict[int, deque[Update]] = {}
        self.places = asyncio.Semaphore(PLACES)
        self.groups: dict[int, asyncio.Semaphore] = {}
        self.in_hand = Counter[int]()  # how many are at an update, by its number: who keeps it, who works it off
        self.missed = set[int]()  # looked for in the inbox, and in nobody's hand since
        self.room = asyncio.Event()
        self.idle = asyncio.Event()
        self.idle.set()
        self.errors: dict[int, BaseException] = {}
        self.finished: list[WorkedOff] = []
        self.settling = asyncio.Lock()
        self.tasks: set[asyncio.Task[None]] = set()
        application.add_error_handler(self.note_error)

    async def run(self) -> None:
        """Until cancelled, or until the token turns out to be wrong (InvalidToken). What was left comes first."""
        await self.take_up()
        self.taking = True
        try:
            await self.poll_on()
        finally:
            self.taking = False

    async def poll_on(self) -> None:
        pause, told = PAUSE, False
        rival = False  # another poller: it may call again any moment, so that only a long quiet call shows it gone
        while True:
            try:
                found = await self.poll(0 if told and not rival else HELD_OPEN)
                pause = PAUSE
                if told and not (rival and found):
                    log.info("polling_goes_on")
                    told = rival = False
            except InvalidToken:
                raise
            except (TelegramError, Unavailable) as error:
                if not told and isinstance(error, TelegramError):  # said once, tried again
                    log.warning("polling_waits", extra={"error": cause(error)})
                    told = True
                if isinstance(error, Conflict):
                    rival = await self.meet(error)
                await asyncio.sleep(error_pause(error, pause))
                pause = min(pause * 1.5, LONGEST_PAUSE)

    async def meet(self, error: Conflict) -> bool:
        """An earlier life's webhook is taken down, and what waits is kept; of another poller (True) `doctor` tells."""
        rival = "webhook" not in error.message.lower()
        with suppress(Unavailable, TelegramError):
            if rival:
                await self.store.run(beats.beat, "conflict", self.clock.now())
            else:
                await self.application.bot.delete_webhook()
        return rival

    async def take_up(self) -> None:
        """What an earlier life, or a node that is gone, kept and did not finish: one at a time, so that a poison takes
        none along."""
        async with self.adopting:
            for raw in await self.store.insist(updates.adopt, self.node, self.alive):
                if await self.store.insist(updates.begin_again, raw.update_id):
                    self.hold([raw.update_id])
                    self.enqueue([raw])
                    with suppress(TimeoutError):  # it may wait for an hour that Telegram asked for, or others come
                        await asyncio.wait_for(self.idle.wait(), ALONE)

    async def poll(self, held_open: int = HELD_OPEN) -> int:
        """One `getUpdates`; how many came.

        The offset is said once: one that outlives a quiet week would confirm new ones unread.
        """
        while len(self.in_hand) >= CROWD:
            self.room.clear()
            await self.room.wait()
        offset, self.confirm = self.confirm, None
        asked = {"timeout": held_open, "allowed_updates": json.dumps(ALLOWED)}
        asked |= {} if offset is None else {"offset": offset}
        bot = self.application.bot
        url = f"{bot.base_url}/getUpdates?{urlencode(asked)}"
        self.asked.set()
        found = cast(list[Numbered], await bot.request.post(url, read_timeout=held_open + MARGIN))
        await self.take(found)
        return len(found)

    async def take(self, found: Sequence[Numbered]) -> None:
        """The one door for updates, however they come: durable first, then worked off; one that came before is not.

        Whoever is called off meanwhile, as a node that leads no more is, leaves none kept and not worked off.
        """
        if not found:
            return
        raw = [Raw(update["update_id"], written(update)) for update in found]
        await asyncio.shield(self.start(self.keep(raw)))
        self.confirm = max(update.update_id for update in raw) + 1

    async def keep(self, raw: Sequence[Raw]) -> None:
        numbers = {update.update_id for update in raw}
        self.hold(numbers)
        try:
            new = await self.store.run(updates.keep, raw, self.clock.now(), self.node)
        except Exception:
            self.let_go(numbers)
            raise
        self.let_go(numbers - {update.update_id for update in new})
        for start in range(0, len(new), AT_ONCE):
            self.enqueue(new[start : start + AT_ONCE])
            await asyncio.sleep(0)

    def let_go(self, numbers: set[int]) -> None:
        """Those that `keep` does not call new. They may be kept all the same, and in nobody's hand: where the answer to
        a commit is lost, nobody learns that it was made."""
        if numbers:
            self.release(numbers)
            self.start(self.look_for(numbers))

    async def look_for(self, numbers: set[int]) -> None:
        async with self.adopting:  # what is being taken up is in nobody's hand yet
            self.missed = numbers - self.in_hand.keys()
            if self.missed:
                found = await self.store.insist(updates.waiting, sorted(self.missed), self.node)
                found = [raw for raw in found if raw.update_id in self.missed]
                self.hold(raw.update_id for raw in found)
                self.enqueue(found)

    def hold(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.in_hand[number] += 1
            self.missed.discard(number)
            self.idle.clear()

    def release(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.in_hand[number] -= 1
            if self.in_hand[number] < 1:
                del self.in_hand[number]
        self.room.set()
        if not self.in_hand:
            self.idle.set()

    def enqueue(self, found: Sequence[Raw]) -> None:
        """Held already."""
        for raw in found:
            try:
                update = parsed(decode(raw.payload), self.application.bot)
            except Exception as error:  # whatever PTB's readers make of a shape that they do not know
                log.warning("update_unreadable", extra={"update": raw.update_id, "error": type(error).__name__})
                self.start(self.settle(WorkedOff(raw.update_id, repr(error))))
                continue
            sender = sender_of(update)
            if sender in self.lanes:
                self.lanes[sender].append(update)
            else:
                self.lanes[sender] = deque([update])
                self.start(self.work_lane(sender))

    def start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.ended)
        return task

    def ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            tell(error)

    async def work_lane(self, sender: int) -> None:
        lane = self.lanes[sender]
        while lane:
            await self.work_through(lane[0])
            lane.popleft()
        del self.lanes[sender]

    async def work_through(self, update: Update) -> None:
        try:
            done = await self.work_off(update)
        except Exception as error:  # a bug: its row waits on, and what is behind it goes on
            tell(error)
            self.release([update.update_id])
            return
        try:
            await self.settle(done)
        except Exception as error:
            tell(error)

    async def work_off(self, update: Update) -> WorkedOff:
        """A passing cause is tried again; a bug is set aside with its cause, and what is behind it goes on."""
        number, pause, tried = update.update_id, PAUSE, 0
        DONE.set({})
        while True:
            async with self.of_group(update), self.places:  # not while it pauses
                await self.application.process_update(update)
            error = self.errors.pop(number, None)
            if error is None:
                return WorkedOff(number)
            if not passing(error):
                return WorkedOff(number, cause(error))
            await asyncio.sleep(error_pause(error, pause))
            pause = min(pause * 4, LONGEST_PAUSE)  # five attempts outlast more than a minute without a network
            try:
                await self.store.run(updates.note, number, cause(error))
            except Unavailable:
                continue  # what cannot be noted is no reason to give up
            tried += 1
            if tried == updates.ATTEMPTS:
                log.error("update_failed", extra={"update": number, "error": cause(error)})
                return WorkedOff(number, f"given up after {tried} attempts: {cause(error)}")

    def of_group(self, update: Update) -> AbstractAsyncContextManager[None]:
        chat = update.effective_chat
        if chat is None or chat.id > 0:
            return nullcontext()
        return self.groups.setdefault(chat.id, asyncio.Semaphore(OF_ONE_GROUP))

    async def settle(self, done: WorkedOff) -> None:
        """Whoever comes while a commit is under way is settled by the next one, all in one call."""
        self.finished.append(done)
        async with self.settling:
            if done in self.finished:  # else it went with the last commit: to carry others' now would be one each
                together, self.finished = self.finished, []
                try:
                    await self.store.insist(updates.settle, together)
                finally:
                    self.release(one.update_id for one in together)

    async def stop(self, patience: float = 3.0) -> None:
        """Finish what is in hand; what is not done in time stays waiting in its row."""
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=patience)
        for task in list(self.tasks):
            task.cancel()

    async def note_error(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error is not None:  # PTB has swallowed it
            self.errors[update.update_id] = context.error
            if not isinstance(context.error, Unavailable):
                log.error("update_failed", extra={"update": update.update_id, "error": cause(context.error)})
            raise ApplicationHandlerStop  # or PTB goes on with its next group, and again when the update is tried again


def tell(error: BaseException) -> None:
    if not isinstance(error, Unavailable):
        log.error("lane_failed", extra={"error": cause(error)})


def written(update: Numbered) -> str:
    """Empty where it cannot be put into words: so it is kept, and set aside as unreadable, and the others go on."""
    with suppress(ValueError, OverflowError, RecursionError):
        return encode(update).decode()
    with suppress(ValueError, RecursionError):
        return json.dumps(update)  # it knows half a pair of surrogates
    return ""


def sender_of(update: Update) -> int:
    who = update.effective_user or update.effective_chat
    return who.id if who else 0


def passing(error: BaseException) -> bool:
    """Worth another try. A BadRequest is a NetworkError to PTB, and is not."""
    if isinstance(error, BadRequest):
        return False
    return isinstance(error, Unavailable | NetworkError | RetryAfter)


def error_pause(error: BaseException, pause: float) -> float:
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)
    return LONGEST_PAUSE / 2 if isinstance(error, Conflict) and pause > PAUSE * 2 else pause


def cause(error: BaseException) -> str:
    """The error's kind and words, without an SQL statement's parameters: those may be a person's text."""
    if isinstance(error, Unavailable):
        return f"{type(error).__name__}: {error.orig}"
    return f"{type(error).__name__}: {error}"
