"""The webhook: Telegram hands updates over (Bot API, setWebhook); they go through the same door as fetched ones."""

import asyncio
import json
import logging
from hmac import compare_digest

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.settings import shown
from bot.telegram.ptb import Telegram
from bot.telegram.receiver import ALLOWED, CROWD, LONGEST_PAUSE, PAUSE, Receiver, cause
from store.complaint import Complaint
from store.database import Unavailable

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
LARGEST = 1_000_000  # bytes; an update has some thousand
HIGHEST = 2**63  # what a column holds
SLOWEST = 30.0  # seconds that a body may take
AT_ONCE = 40  # connections that Telegram may open (Bot API, max_connections)
log = logging.getLogger(__name__)


class Webhook:
    """Answers 200 once an update is durable, and not before; what it cannot keep now, Telegram brings again."""

    def __init__(self, application: Telegram, receiver: Receiver, url: str, secret: str) -> None:
        self.application, self.receiver, self.url, self.secret = application, receiver, url, secret
        self.opened, self.closed = False, False
        self.unread: set[asyncio.Timeout] = set()  # requests whose bodies are on their way

    async def run(self) -> None:
        """Until cancelled. What an earlier life left is worked off before anything new is taken: it came first.

        When it ends the webhook stays: what comes meanwhile waits at Telegram. Raises Complaint where the address is
        refused.
        """
        await self.receiver.take_up()
        self.opened = self.receiver.taking = True
        pause, told = PAUSE, False
        while (error := await self.registered()) is not None:
            if not told:
                log.warning("webhook_not_set", extra={"error": cause(error)})
            told = True
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        if told:
            log.info("webhook_set")
        await asyncio.Event().wait()

    async def registered(self) -> TelegramError | None:
        """Telegram calls us from now on; what waits there is kept. Else why it cannot be asked now."""
        kinds = list(ALLOWED)
        try:
            await self.application.bot.set_webhook(
                self.url, secret_token=self.secret, allowed_updates=kinds, max_connections=AT_ONCE
            )
        except BadRequest as error:
            expected = f"an address that Telegram takes ({error.message})"
            raise Complaint("JIAOLIAN_WEBHOOK_URL", repr(shown(self.url)), expected) from None
        except InvalidToken:
            raise
        except TelegramError as error:
            return error
        return None

    async def take(self, request: Request) -> Response:
        if not compare_digest(request.headers.get(SECRET, "").encode(), self.secret.encode()):
            return PlainTextResponse("wrong secret", 403)
        body = await self.body(request)
        if body is None:
            return PlainTextResponse("not whole", 400)
        if len(body) > LARGEST:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
            number = update["update_id"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return PlainTextResponse("not an update", 400)
        if not isinstance(number, int) or not 0 < number < HIGHEST:
            return PlainTextResponse("not an update", 400)
        if not self.opened or len(self.receiver.in_hand) >= CROWD:
            return PlainTextResponse("not now", 503)
        try:
            await self.receiver.take([update])
        except Unavailable:
            return PlainTextResponse("not now", 503)
        return PlainTextResponse("ok")

    async def body(self, request: Request) -> bytes | None:
        """No more than it takes to see that it is too large; None where it breaks off or takes too long."""
        body = b""
        try:
            async with asyncio.timeout(0 if self.closed else SLOWEST) as limit:
                self.unread.add(limit)
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST:
                        break
        except (ClientDisconnect, TimeoutError):
            return None
        finally:
            self.unread.discard(limit)
        return body

    def close(self) -> None:
        """Who has sent half of it is waited for no longer."""
        self.closed = True
        for limit in self.unread:
            if not limit.expired():
                limit.reschedule(0)

