"""The dispatcher: releases and claims what is due, sends to several chats side by side, settles together."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

from scheduling.clock import Clock, Steps
from scheduling.due import FEWER_LANES, OVERLOOKED, clock_set, due, lost, overlooked
from scheduling.pace import Held, Pace, chat_of
from scheduling.results import Moot, Moved, Postponed, Result, Shut, Undeliverable, keep_results, settled
from store.database import Store, Unavailable
from store.deliveries import DeliveryState
from store.outbox import Claimed, Settled

# Chats that are served side by side: what they have to say is read, and settled, together where it can be; half as many
# again as a look claims, so that the wire does not run dry before the next look.
LANES = 150
SIDE_BY_SIDE = 24  # of their messages on the wire at once: answers to presses find a connection beside them
GATHER = 0.02  # seconds; while others are in hand a result waits for theirs: fewer, larger commits
LONGEST_REST = 1.0  # seconds; the net under `wake` and the next due row: other programs owe messages, too
UNAVAILABLE = timedelta(seconds=5)  # what is read to put a message together; at once it would be the same again
# Many wakes are one look: what presses leave owed may wait for less than anybody notices, but a lane that ends has the
# next one behind it.
CALM_REST, SHORTEST_REST = 0.1, 0.02  # seconds between two looks, and while lanes are at work
STILL, STUCK = 60.0, 300.0  # seconds without a look, and of one attempt: both end far earlier unless something hangs
log = logging.getLogger(__name__)


Send = Callable[[], Awaitable[Result]]
Prepare = Callable[[Claimed], Awaitable[Send | Moot]]
Done = tuple[Settled, Result | None]
T = TypeVar("T")


class Dispatcher:
    """`prepare` puts a message together, and what it gives sends it. `node`: the number of this one of several, None:
    there is no other."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        pace: Pace,
        prepare: Prepare,
        lanes: int | None = None,
        node: int | None = None,
    ) -> None:
        self.node = node
        lanes = lanes or (LANES if node is None else FEWER_LANES)
        self.store, self.clock, self.pace, self.prepare, self.steps = store, clock, pace, prepare, Steps()
        self.lanes, self.places = lanes, asyncio.Semaphore(min(lanes, SIDE_BY_SIDE))
        self.patience = set[asyncio.Timeout]()  # of those who wait for their turn
        self.woken = asyncio.Event()
        self.finished: list[Done] = []
        self.settling = asyncio.Lock()
        self.unsure = set[datetime]()  # looks whose answer was lost: they may have claimed something all the same
        # what the clock was set by since the start, and what of that the database has heard; one of those at a time who
        # claim, settle, or tell it
        self.off = self.told = timedelta(0)
        self.timing = asyncio.Lock()
        # when, by the loop's clock; what the one that was set had shown; and by how much it was
        self.looks_behind = deque[tuple[float, datetime, timedelta]]()
        self.stopping = self.calm = False
        self.in_hand = 0  # lanes claimed and not finished yet
        self.trying = set[int]()  # of them, by their first message: all but those that wait for a commit alone
        self.looked = 0.0  # by the loop's clock, as is what is `begun`: put together, or on the wire
        self.begun: dict[tuple[int, int], float] = {}  # by delivery and attempt

    def wake(self) -> None:
        self.woken.set()

    def stop(self) -> None:
        """`run` ends when what is on the wire is settled; what waits for its turn goes back."""
        self.stopping = True
        while self.patience:
            self.patience.pop().reschedule(0)
        self.wake()

    async def run(self) -> None:
        """Until `stop`. A slow chat delays no other: lanes go on while the next rows are claimed."""
        async with asyncio.TaskGroup() as lanes:
            while not self.stopping:
                self.looked = asyncio.get_running_loop().time()
                self.woken.clear()
                try:
                    rest = LONGEST_REST
                    if len(self.trying) < self.lanes:  # a lease runs for rows that are being sent, not for a queue
                        found, rest = await self.look()
                        for lane in found:
                            lanes.create_task(self.safely(lane))
                except Unavailable:
                    rest = LONGEST_REST
                except Exception:  # a bug met by one row must not silence all the others
                    log.exception("dispatcher_failed")
                    rest = LONGEST_REST
                pause = min(rest, SHORTEST_REST if self.in_hand else CALM_REST)
                await asyncio.sleep(pause)
                try:
                    async with asyncio.timeout(rest - pause):
                        await self.woken.wait()
                except TimeoutError:
                    pass
        with suppress(Unavailable):  # of lanes whose commit could not be made
            await self.make_good()

    async def keep_time(self) -> datetime:
        """The moment, by a clock of which the database knows: that it was set neither ends what holds a message back,
        nor makes it last, nor takes one away. Under `timing`, with what is done by that moment."""
        while True:
            now = self.clock.now()
            self.note_time()
            by = self.off - self.told
            if not by:
                return now
            now = self.clock.now()
            await self.store.run(clock_set, by, now, self.node)
            self.told += by
            self.unsure = {looked + by for looked in self.unsure}
            self.looks_behind.append((asyncio.get_running_loop().time() + OVERLOOKED.total_seconds(), now - by, by))

    async def look_behind(self, now: datetime) -> None:
        """Once a setting of the clock is some seconds old: for what was committed by the clock as it had been."""
        while self.looks_behind and self.looks_behind[0][0] <= asyncio.get_running_loop().time():
            await self.store.run(overlooked, *self.looks_behind[0][1:], now)
            self.looks_behind.popleft()

    def note_time(self) -> None:
        """Before a hold is reckoned: by the clock as it is now that one lasts as long as it should, and none before."""
        by = self.steps.since()
        if by is not None:
            log.warning("clock_set", extra={"seconds": round(by.total_seconds())})
            self.off += by
            self.finished = moved(self.finished, by)

    def stalled(self) -> bool:
        """`run` stands still, or one attempt does: a bug, for whatever goes wrong outside comes to an end."""
        now = asyncio.get_running_loop().time()
        return now - self.looked > STILL or any(now - start > STUCK for start in self.begun.values())

    async def tick(self) -> int:
        """Send what is due now and come back when it is settled; how many deliveries that were."""
        count = 0
        async with asyncio.TaskGroup() as group:
            lanes, _ = await self.look()
            for lane in lanes:
                count += len(lane)
                group.create_task(self.work_lane(lane))
        return count

    async def look(self) -> tuple[Iterable[list[Claimed]], float]:
        """What is due, one lane a recipient, each in the order in which it was owed; and seconds until more may be: the
        demo's clock may jump, so never long."""
        await self.make_good()
        lanes: dict[object, list[Claimed]] = defaultdict(list)
        async with self.timing:
            now = await self.keep_time()
            await self.look_behind(now)
            try:
                found, moment = await self.store.run(due, now, self.node, self.calm)
            except Unavailable:
                self.unsure.add(now)
                raise
        self.calm = not found
        for delivery in found:
            lanes[delivery.recipient].append(delivery)
        self.in_hand += len(lanes)
        self.trying.update(lane[0].id for lane in lanes.values())
        rest = LONGEST_REST if moment is None else (moment - self.clock.now()).total_seconds()
        return lanes.values(), max(0.0, min(rest, LONGEST_REST))

    async def make_good(self) -> None:
        """Once the database is back: what ended meanwhile is settled, and what was claimed for nobody given back; for
        the length of a lease all who are waiting for it would hear nothing."""
        if self.finished and not self.settling.locked():
            async with self.settling:
                await self.commit()
        if not self.unsure:
            return
        async with self.timing:
            await self.keep_time()
            for looked in tuple(self.unsure):
                await self.store.run(lost, looked, self.node)
                self.unsure.remove(looked)

    async def safely(self, lane: list[Claimed]) -> None:
        try:
            await self.work_lane(lane)
        except Unavailable:  # the next look makes it good
            pass
        except Exception:  # a bug: the rows stay claimed, their lease brings them back, marked
            log.exception("lane_failed")
        self.wake()

    async def work_lane(self, lane: list[Claimed]) -> None:
        try:
            await self.send_lane(lane)
        finally:
            self.tried(lane)
            self.in_hand -= 1

    def tried(self, lane: list[Claimed]) -> None:
        """Told at the last attempt, and at the end of a lane that never came to it."""
        if lane[0].id in self.trying:
            self.trying.remove(lane[0].id)
            if len(self.trying) == self.lanes - 1:  # there is room again
                self.wake()

    async def send_lane(self, lane: list[Claimed]) -> None:
        for number, delivery in enumerate(lane):
            result = await self.attempt(delivery)
            if delivery is lane[-1]:
                self.tried(lane)
            if result is None:
                return await self.settle([(Settled(one, DeliveryState.PENDING), None) for one in lane[number:]])
            self.note_time()
            done = settled(delivery, result, self.clock.now())
            stop = done.held_until is not None or isinstance(result, Shut | Moved)
            behind = [Settled(one, DeliveryState.PENDING, held_until=done.held_until) for one in lane[number + 1 :]]
            back: list[Done] = [(one, None) for one in behind]
            try:
                await self.settle([(done, result), *(back if stop else [])])
            except Unavailable:  # this lane ends here
                self.finished += [] if stop else back
                raise
            if stop:
                return None
        return None

    async def attempt(self, delivery: Claimed) -> Result | None:
        """None: the stop came before its turn."""
        ready = await self.turn(delivery)
        if ready is None or isinstance(ready, Moot | Undeliverable | Postponed):
            return ready
        async with self.places:
            return await self.guarded(delivery, ready())

    async def turn(self, delivery: Claimed) -> Send | Moot | Undeliverable | Postponed | None:
        if self.stopping:
            return None
        patience, group = asyncio.timeout(None), delivery.chat_id is not None
        self.patience.add(patience)
        try:
            async with patience, self.pace.turn(chat_of(delivery.place), group=group):
                ready = await self.guarded(delivery, self.prepare(delivery))
        except TimeoutError:
            return None
        except Unavailable as error:  # nothing was sent
            return Postponed(UNAVAILABLE, reason=repr(error))
        except Held as held:
            return Postponed(timedelta(seconds=held.seconds))
        finally:
            self.patience.discard(patience)
        return ready

    async def guarded(self, delivery: Claimed, doing: Awaitable[T]) -> T | Undeliverable:
        this = delivery.id, delivery.attempt
        self.begun[this] = asyncio.get_running_loop().time()
        try:
            return await doing
        except Unavailable:
            raise
        except Exception as error:  # a bug in what one message says: tried again, it would come again
            log.exception("delivery_failed", extra={"delivery": delivery.id, "kind": delivery.kind})
            return Undeliverable(repr(error))
        finally:
            del self.begun[this]

    async def settle(self, done: list[Done]) -> None:
        """Whoever comes while a commit is under way is settled by the next one, all in one call."""
        self.finished += done
        async with self.settling:
            mine = done[0][0].delivery
            if all(one.delivery is not mine for one, _ in self.finished):
                return  # gone with the last commit: to carry others' now would be one each
            if self.in_hand > len(self.finished) and not self.stopping:
                await asyncio.sleep(GATHER)
            await self.commit()

    async def commit(self) -> None:
        async with self.timing:
            await self.keep_time()
            together, self.finished, off = self.finished, [], self.off
            try:
                await self.keep(together)
            except BaseException:  # the next to finish, or to look, takes them along
                self.finished = moved(together, self.off - off) + self.finished
                raise

    async def keep(self, together: list[Done]) -> None:
        """A bug met by one of them stops none of the others; its row stays claimed, and its lease brings it back."""
        try:
            await self.store.run(keep_results, together, self.clock.now())
        except Unavailable:
            raise
        except Exception:
            if len(together) == 1:
                log.exception("settling_failed", extra={"delivery": together[0][0].delivery.id})
                return
            for one in together:
                await self.keep([one])


def moved(done: list[Done], by: timedelta) -> list[Done]:
    """By a clock that was set `by` so much."""
    return [(one.moved(by), result) for one, result in done]
