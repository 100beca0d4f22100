"""Talking: one terminal, one person, until the lines end."""

import asyncio

from bot.console.messenger import Messenger
from bot.console.opening import Opened
from bot.console.routes import Routes
from bot.console.terminal import Terminal
from bot.console.watch import Watch
from bot.desk import Desk
from bot.notices import Notices
from bot.talk.conversation import Conversation
from bot.talk.leave import LeaveTalk
from bot.talk.record_words import RecordWords
from bot.voice import Voices
from scheduling.clock import Clock
from store.database import Store

LOOK_EVERY = 1.0  # seconds


def talk(store: Store, clock: Clock, voices: Voices, opened: Opened, terminal: Terminal) -> None:
    """Until there are no more lines. What a line brings is said before the next one is read."""
    desk = Desk(store, clock)
    messenger = Messenger(desk, voices, terminal, opened.account)
    watch = Watch(messenger, Notices(desk, voices), opened.person, opened.number, clock.now())
    routes = Routes(desk, conversation(desk, voices, messenger), messenger, opened.name)
    with asyncio.Runner() as runner:
        runner.run(messenger.tell("console_opened", name=opened.name))
        while True:
            runner.run(watch.look())
            try:
                line = terminal.line(LOOK_EVERY)
            except EOFError:
                return
            if line is not None:
                runner.run(routes.typed(line))


def conversation(desk: Desk, voices: Voices, messenger: Messenger) -> Conversation:
    """No event's plan is opened here and no minutes are, so that nobody writes to one; links and their pictures are for
    phones."""

    async def elsewhere(*_: object) -> None:
        await messenger.tell("console_elsewhere")

    leave, lines = LeaveTalk(desk, messenger), RecordWords(desk, messenger)
    return Conversation(desk, voices, messenger, leave, elsewhere, lines.answered, elsewhere, elsewhere)
