"""Routes: read, one use case, say."""

import secrets

from bot.buttons.presses import read
from bot.console import reading
from bot.console.messenger import Messenger
from bot.desk import Desk
from bot.talk import errands
from bot.talk.conversation import Conversation
from bot.talk.heard import Heard, Pressed
from handlers.schedule import ScheduleShown, ShowSchedule, show_schedule
from store.accounts import Account
from store.chats import Place


class Routes:
    """`shown`: the person's name."""

    def __init__(self, desk: Desk, talk: Conversation, messenger: Messenger, shown: str) -> None:
        self.desk, self.talk, self.messenger, self.shown = desk, talk, messenger, shown
        self.place = Place(messenger.account.platform, messenger.account.address)
        self.count, self.session = 0, secrets.token_hex(4)  # the number of a line is of this session alone

    @property
    def account(self) -> Account:
        return self.messenger.account

    async def typed(self, line: str) -> None:
        self.count += 1
        heard = Heard(self.account, self.place, False, "", f"{self.session}-{self.count}", self.shown)
        match reading.typed(line):
            case reading.Command("schedule", behind) if behind:  # else it would be answered as though nothing was said
                await self.change_of_plan()
            case reading.Command(name, behind):
                if not await self.talk.command(heard, self.account, name, behind):
                    await self.talk.guess(heard, name)
            case reading.Number(number, text):
                data = self.messenger.keyboard.pressed(number)
                await (self.talk.words(heard, self.account, text) if data is None else self.press(data))
            case reading.Words(text):
                await self.talk.words(heard, self.account, text)

    async def change_of_plan(self) -> None:
        """On the phone, for those who may; the others are told who may."""
        served = await self.desk.serve(show_schedule, ShowSchedule(self.account))
        if isinstance(served.outcome, ScheduleShown):
            return await self.messenger.tell("console_elsewhere")
        return await self.messenger.answer(served)

    async def press(self, data: str) -> None:
        """What needs files, pictures or a plan's preview has routes of its own on the phone, and none here."""
        errand = errands.of_press(Pressed(read(data), self.account, self.place, False, None))
        if errand is None:
            return await self.messenger.tell("console_elsewhere")
        return await self.messenger.answer(await errand(self.desk))
