"""A room for the tests: two teachers and the bot in a group, a stranger outside, a clock that the test moves."""

from datetime import UTC, datetime, timedelta

import httpx
from starlette.applications import Starlette
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.people import People
from sandbox.state import Chat, Message, Room, User

LI, WANG, STRANGER = 710000001, 710000002, 799999999
GROUP = -1001234567890
NOW = datetime(2026, 10, 12, 6, 42, tzinfo=UTC)  # Monday, 14:42 in Shanghai
TOKEN = "700000000:sample"
PRESS = [[{"text": "收到", "callback_data": "seen"}, {"text": "参加", "callback_data": "join"}]]


class Sample:
    """`room` with the clock `now`; sample people, invented."""

    def __init__(self, *, pace: bool = False, reads_all: bool = False, supergroup: bool = True) -> None:
        self.now = NOW
        self.room = Room(lambda: self.now, token=TOKEN, pace=pace, reads_all=reads_all)
        self.people = People(self.room)
        self.room.add_user(LI, "样李芳")
        self.room.add_user(WANG, "样王强")
        self.room.add_user(STRANGER, "过路人")
        group = GROUP if supergroup else -4321
        self.group: Chat = self.room.add_group(group, "样例教研群", [LI, WANG], bot=True, supergroup=supergroup)

    @property
    def li(self) -> User:
        return self.room.users[LI]

    def card(self, text: str = "【活动通知】") -> Message:
        """A message of the bot with two buttons."""
        return self.room.add_message(self.group, self.room.bot, text, buttons=PRESS)

    def pass_time(self, **by: float) -> None:
        self.now += timedelta(**by)

    def texts(self, chat: int) -> list[str]:
        return [message.text for message in self.room.messages(chat)]

    def updates(self, kind: str) -> list[dict[str, object]]:
        """What waits for the bot, of one kind."""
        return [update[kind] for update in self.room.updates if kind in update]


def bot_of(app: Starlette, token: str = TOKEN) -> Bot:
    """python-telegram-bot's own client, talking to the application in this process."""
    calls, polls = (HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app)}) for _ in range(2))
    root = "http://127.0.0.1"
    return Bot(token, f"{root}/bot", f"{root}/file/bot", request=calls, get_updates_request=polls)
