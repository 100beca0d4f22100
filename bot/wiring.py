"""The wiring, by hand: everything that lives as long as the program, and in which order it ends."""

import asyncio
import gc
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from bot.desk import Desk
from bot.node import Node
from bot.notices import Notices
from bot.settings import Settings
from bot.stopping import done_before
from bot.systemd import tell
from bot.telegram.alarm import Alarm
from bot.telegram.connection import application_over, menu_published, reached
from bot.telegram.messenger import Messenger
from bot.telegram.mounting import mount
from bot.telegram.office_menus import OfficeMenus
from bot.telegram.receiver import Receiver
from bot.telegram.replies import Replies
from bot.telegram.wire import Wire
from bot.voice import Voices
from scheduling import planner, retention
from scheduling.clock import Clock, Standing, Steps
from scheduling.dispatcher import Dispatcher
from scheduling.due import begun
from scheduling.jobs import Clockwork, begin_anew, ticking
from scheduling.pace import Pace
from scheduling.shared_pace import SharedPace
from store import beats, claims, code_tries, offers, paces, prompts, recovery, updates
from store.database import Store, Unavailable
from store.nodes import Seat
from store.policies import asked, unanswered

if TYPE_CHECKING:
    from bot.telegram.webhook import Webhook

WATCH_EVERY, BEAT_EVERY, PLAN_EVERY = 1.0, 10.0, 3600.0  # seconds
STOP_WITHIN = 4.0
HEAD_START = 1.0  # seconds at most that the first plan waits until updates are asked for
log = logging.getLogger(__name__)


class Running(Struct, frozen=True):
    """The parts that others may need to hold: tests step them one by one, `run` lets them go."""

    store: Store
    clock: Clock
    receiver: Receiver
    dispatcher: Dispatcher
    alarm: Alarm
    publish: Callable[[], Coroutine[None, None, None]]
    menus: OfficeMenus
    webhook: "Webhook | None"
    standing: Standing
    node: Node | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, or until a part fails for good (a wrong token: InvalidToken; a damaged database: Damaged)."""
        await self.go_on(stop, asyncio.create_task(self.receive()))

    async def begin(self, stop: asyncio.Event) -> None:
        """`run`, with a first plan. What is sent waits for it. Updates are asked for before: no press needs a new plan,
        though on SQLite to keep one waits until the plan is written."""
        gc.freeze()  # what is there stays: to look through it for garbage would hold the loop for tens of ms
        if self.webhook is not None:  # nothing is asked for, and whoever hands updates over finds it in health
            if await done_before(stop, self.first_plan()):
                await self.run(stop)
            return
        receiving, planned = asyncio.create_task(self.receive()), False
        try:
            planned = await done_before(stop, self.plan_once_asked())
        finally:
            if not planned:
                receiving.cancel()
                await self.receiver.stop(STOP_WITHIN / 2)
                await asyncio.gather(receiving, return_exceptions=True)
        if planned:
            await self.go_on(stop, receiving)

    async def plan_once_asked(self) -> None:
        with suppress(TimeoutError):  # where another node leads, this one does not ask
            await asyncio.wait_for(self.receiver.asked.wait(), HEAD_START)
        await self.first_plan()

    async def first_plan(self) -> None:
        await self.plan()
        gc.freeze()  # what planning loaded stays, too

    async def go_on(self, stop: asyncio.Event, receiving: "asyncio.Task[None]") -> None:
        publishing = asyncio.create_task(self.publish_all())
        ticks = ticking(
            {self.beat: BEAT_EVERY, self.plan: PLAN_EVERY, self.menus.refresh: PLAN_EVERY}
        )
        dispatching = asyncio.create_task(self.dispatcher.run())
        await asyncio.sleep(0)  # it has looked once
        await self.beat()
        stopped, watching = asyncio.create_task(stop.wait()), asyncio.create_task(self.watch(ticks))
        others = {self.node.watching} if self.node and self.node.watching else set()
        try:
            ends = {receiving, dispatching, stopped, watching, *others}
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ticks.shutdown(wait=False)
            self.dispatcher.stop()
            receiving.cancel()
            await self.receiver.stop(STOP_WITHIN / 2)
            await asyncio.wait({dispatching}, timeout=STOP_WITHIN / 2)
            for task in (dispatching, stopped, publishing, watching, *others):
                task.cancel()
            ended = await asyncio.gather(watching, receiving, dispatching, publishing, *others, return_exceptions=True)
        for result in ended:
            if isinstance(result, Exception):
                raise result

    async def publish_all(self) -> None:
        """Every menu."""
        await self.publish()
        await self.menus.refresh()

    async def receive(self) -> None:
        """Updates, by the webhook where one is set, else by long polling; until cancelled."""
        if self.webhook is not None:
            await self.webhook.run()
        elif self.node is not None:
            await self.node.lead(self.receiver.run)
        else:
            await self.receiver.run()

    async def beat(self) -> None:
        with suppress(Unavailable):
            await self.store.run(beats.beat, "tick", self.clock.now())
            self.store.condition.works()
            if await self.alarm.look():
                await self.store.run(beats.beat, "dispatch", self.clock.now())
                tell("WATCHDOG=1")
            else:  # another node may write the other beat
                await self.store.run(beats.beat, "stalled", self.clock.now())

    async def plan(self) -> None:
        await planned(self.store, self.clock, self.dispatcher)
        if not self.standing.believed():
            return
        with suppress(Unavailable):
            await self.store.run(offers.forget, self.clock.now())
            await self.store.run(claims.forget, self.clock.now())
            await self.store.run(code_tries.forget, self.clock.now())
            await self.store.run(prompts.forget, self.clock.now())
            await self.store.run(updates.forget, self.clock.now())
            await self.store.run(unanswered.forget, self.clock.now())
            await self.store.run(asked.forget, self.clock.now())
            await self.store.run(retention.forget, self.clock.now())
            await asyncio.to_thread(self.store.empty_log)
            if self.node is not None:
                await self.store.run(paces.forget)

    async def watch(self, ticks: Clockwork) -> None:
        """That the database is whole, and that the ticks go on where it is away or the clock is set back. Raises
        Damaged."""
        steps = Steps()
        while self.store.condition.damage is None:
            await asyncio.sleep(WATCH_EVERY)
            if self.store.condition.away:  # a beat is what shows that it goes on
                try:
                    await self.beat()
                except Exception:  # a bug in what it tells must not end the program
                    log.exception("beat_failed")
            if (by := steps.since()) is not None and by < timedelta(0):
                begin_anew(ticks)
        raise self.store.condition.damage


async def planned(store: Store, clock: Clock, dispatcher: Dispatcher) -> None:
    """Off the writer's lane: a term's plan must not hold up a press."""
    try:
        await asyncio.to_thread(store.call, planner.plan, clock.now())
    except Unavailable as error:
        store.condition.failed(error)
    dispatcher.wake()


def seat_at(store: Store) -> Seat | None:
    """None: SQLite, where there is no other node."""
    return Seat(store.engine, 1 + secrets.randbelow(2**31 - 1)) if store.engine.dialect.name == "postgresql" else None


async def taken_over(store: Store, dispatcher: Dispatcher, receiver: Receiver, alive: frozenset[int]) -> None:
    """What nodes that are gone had in hand. Their updates are for whoever takes in new ones, and those come first."""
    receiver.alive = alive
    await store.run(recovery.take_back, alive)
    dispatcher.wake()
    if receiver.taking:
        receiver.start(receiver.take_up())


@asynccontextmanager
async def wired(store: Store, clock: Clock, settings: Settings) -> AsyncIterator[Running]:
    """PTB is initialised: the server has answered and the token is good. Raises InvalidToken."""
    seat, rate = seat_at(store), settings.messages_per_second
    pace, number = (SharedPace(store, rate, seat.alone), seat.number) if seat else (Pace(rate), None)
    voices = await asyncio.to_thread(Voices, settings.language)  # else the loop is held while files are read
    wire = Wire(proxy=settings.proxy)
    application = application_over(wire, settings)
    messenger = Messenger(application.bot, pace, Notices(Desk(store, clock), voices).compose)
    dispatcher = Dispatcher(store, clock, pace, messenger.prepare, node=number)
    desk = Desk(store, clock, taken=dispatcher.wake)
    replies, replan = Replies(desk, voices, messenger), partial(planned, store, clock, dispatcher)
    mount(application, desk, voices, replies, replan)
    node, webhook = None, None
    try:
        await reached(application, settings)
        receiver = Receiver(store, clock, application, number)
        if seat is None:
            await store.insist(recovery.take_back)
        else:
            node = Node(seat, partial(taken_over, store, dispatcher, receiver))
            await node.arrive()
        if seat is None or seat.alone():
            await store.insist(begun, clock.now())
        if settings.webhook_url is not None:
            from bot.telegram.webhook import Webhook

            webhook = Webhook(application, receiver, settings.webhook_url, settings.webhook_secret or "")
        publish = partial(menu_published, application, voices)
        alarm, menus = Alarm(replies, dispatcher.stalled), OfficeMenus(application.bot, desk, voices)
        yield Running(store, clock, receiver, dispatcher, alarm, publish, menus, webhook, Standing(), node)
    finally:
        if node is not None:
            await node.leave()
        await application.shutdown()
        await wire.shutdown()  # PTB leaves it open where the server was never reached
