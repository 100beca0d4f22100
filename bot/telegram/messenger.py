"""The messenger: sends what is owed or said, and puts what became of it into the dispatcher's words."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from math import ceil
from typing import Any

from telegram import Bot, InputFile, InputMediaPhoto, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.length import fitted
from bot.notices import Composed
from bot.speech import Button, Message
from bot.telegram import keyboards
from bot.telegram.linking import deep_link, picture
from bot.telegram.wire import never_left, plainly
from scheduling.dispatcher import Send
from scheduling.pace import Held, Pace, chat_of
from scheduling.results import Moot, Moved, Postponed, Result, Sent, Shut, Undeliverable
from store.chats import Place, Silence
from store.deliveries import DeliveryKind
from store.outbox import Claimed

Relabel = Callable[[Place, str, tuple[tuple[Button, ...], ...]], Awaitable[None]]
Compose = Callable[[Claimed, Relabel], Awaitable[Composed | None]]
PICTURE, SCALE = "check-in.png", 20  # pixels a module
PAUSE = timedelta(seconds=10)
# Bot API errors of code 400: the chat is closed to us until a sign of life (facts: row 1); the right to write in it, or
# in one topic of it, is taken away, and nothing tells us when it is given back (facts: rows 45, 47, 48)
CLOSED = "chat not found"
SILENCED = {
    "have no write access": Silence.MUTED,
    "chat_write_forbidden": Silence.MUTED,
    "not enough rights to send": Silence.MUTED,
    "topic_closed": Silence.TOPIC,
    "message thread not found": Silence.TOPIC,
}
SILENCE = timedelta(minutes=5)
log = logging.getLogger(__name__)


class Messenger:
    def __init__(self, bot: Bot, pace: Pace, compose: Compose) -> None:
        self.bot, self.pace, self.compose = bot, pace, compose

    async def prepare(self, delivery: Claimed) -> Send | Moot:
        """What it says, and then one attempt at it; the dispatcher paces them."""
        composed = await self.compose(delivery, self.relabel)
        return Moot() if composed is None else partial(self.send, delivery, composed)

    async def send(self, delivery: Claimed, composed: Composed) -> Result:
        try:
            if delivery.card_of is not None:
                return await self.edit(delivery, composed.message)
            return Sent(await self.put(delivery.place, composed.message), composed.left)
        except ChatMigrated as error:
            return Moved(str(error.new_chat_id))
        except RetryAfter as error:
            await self.hold(delivery.place, error)
            return Postponed(seconds(error))
        except Forbidden as error:
            return Shut(error.message)
        except BadRequest as error:  # a NetworkError to PTB: it must come first
            return refused(error)
        except InvalidToken as error:
            return Postponed(PAUSE) if "method" not in error.message.lower() else Undeliverable(error.message)
        except NetworkError as error:
            return Postponed(PAUSE, perhaps_arrived=not never_left(error))

    async def put(self, place: Place, message: Message, reply_to: str | None = None) -> str:
        """The number of what was sent."""
        shown = self.shown(message)
        if message.document is None and shown is None:
            return await self.write(place, message, reply_to)
        where: dict[str, Any] = {"chat_id": place.address, "message_thread_id": place.thread or None}
        where["caption"] = message.text
        if reply_to is not None:
            where["reply_parameters"] = ReplyParameters(int(reply_to), allow_sending_without_reply=True)
        if message.document is not None:
            name, content = message.document
            sent = await self.bot.send_document(document=InputFile(content, name), **where)
        else:
            assert shown is not None
            name, content = shown
            buttons = keyboards.keyboard(message)
            sent = await self.bot.send_photo(photo=content, filename=name, reply_markup=buttons, **where)
        return str(sent.message_id)

    async def write(self, place: Place, message: Message, reply_to: str | None) -> str:
        reply = {"message_id": int(reply_to), "allow_sending_without_reply": True} if reply_to is not None else None
        sent = await plainly(
            self.bot,
            "sendMessage",
            chat_id=place.address,
            text=fitted(message.text),
            message_thread_id=place.thread or None,
            reply_markup=keyboards.plain(message),
            reply_parameters=reply,
        )
        return str(sent["message_id"])

    def shown(self, message: Message) -> tuple[str, bytes] | None:
        """Name and content of the picture that goes with it."""
        return message.picture if message.scan is None else (PICTURE, self.pictured(message.scan))

    def pictured(self, scan: str) -> bytes:
        """Large enough for the back of a hall."""
        return picture(deep_link(self.bot.username, scan), SCALE)

    async def edit(self, delivery: Claimed, message: Message) -> Result:
        """The card's message is edited; where it is gone or already says so, that is as good."""
        if delivery.message_id is None:
            return Moot()
        chat, number = delivery.place.address, int(delivery.message_id)
        text, buttons = fitted(message.text), keyboards.keyboard(message)
        try:
            if message.scan is not None:
                media = InputMediaPhoto(self.pictured(message.scan), message.text, filename=PICTURE)
                await self.bot.edit_message_media(media, chat, number, reply_markup=buttons)
            elif delivery.card_of is DeliveryKind.CODE:  # the last picture stays, and opens nothing any more
                await self.bot.edit_message_caption(chat, number, caption=text, reply_markup=buttons)
            else:
                await self.bot.edit_message_text(text, chat, number, reply_markup=buttons)
        except BadRequest as error:
            said = error.message.lower()
            if "message is not modified" not in said and "message to edit not found" not in said:
                raise
        return Sent(delivery.message_id)

    async def relabel(self, place: Place, message: str, buttons: tuple[tuple[Button, ...], ...]) -> None:
        """Other buttons below a message that was sent; where that cannot be, it is no loss."""
        shown = keyboards.keyboard(Message("", buttons))
        try:
            async with self.turn(place, group=False):
                await self.bot.edit_message_reply_markup(place.address, int(message), reply_markup=shown)
        except TelegramError as error:
            log.info("relabel_failed", extra={"chat": place.address, "error": error.message})

    async def react(self, place: Place, message: str, sign: str) -> None:
        """To what somebody wrote; it is no loss where that fails. It is no message and has no turn; a chat that is held
        is left alone."""
        try:
            self.pace.heed(chat_of(place))
            await self.bot.set_message_reaction(place.address, int(message), sign)
        except Held:
            return
        except TelegramError as error:
            if isinstance(error, RetryAfter):
                await self.hold(place, error)
            log.info("reaction_refused", extra={"chat": place.address, "error": error.message})

    async def speak(self, place: Place, message: Message, reply_to: str | None = None, *, group: bool = False) -> None:
        """An answer to somebody's act: sent while the update is worked off, so it is repeated where that is."""
        async with self.turn(place, group=group):
            await self.put(place, message, reply_to)

    async def reword(self, place: Place, number: int, message: Message, *, group: bool) -> None:
        """An answer to a press of that message, likewise: an edit counts as a message does (facts 3)."""
        text, buttons = fitted(message.text), keyboards.keyboard(message)
        async with self.turn(place, group=group):
            await self.bot.edit_message_text(text, place.address, number, reply_markup=buttons)

    @asynccontextmanager
    async def turn(self, place: Place, *, group: bool) -> AsyncIterator[None]:
        """One attempt, at the pace that is permitted. A chat that is held refuses as the server would."""
        try:
            await self.pace.wait(chat_of(place), group=group)
            yield
        except Held as held:
            raise RetryAfter(ceil(held.seconds)) from None
        except RetryAfter as error:
            await self.hold(place, error)
            raise

    async def hold(self, place: Place, error: RetryAfter) -> None:
        """Whatever else would be said in that chat heeds it, too (facts 9)."""
        await self.pace.hold(chat_of(place), seconds(error).total_seconds())


def refused(error: BadRequest) -> Result:
    said = error.message.lower()
    if CLOSED in said:
        return Shut(error.message)
    for fragment, why in SILENCED.items():
        if fragment in said:
            return Postponed(SILENCE, reason=error.message, silence=why)
    return Undeliverable(error.message)


def seconds(error: RetryAfter) -> timedelta:
    after = error.retry_after  # an int, or a timedelta where PTB_TIMEDELTA is set
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
