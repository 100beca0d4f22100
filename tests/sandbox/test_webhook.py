"""Updates by webhook: in order, with the secret, again and again until taken; not beside polling (facts 4)."""

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from sandbox.server import create
from tests.sandbox.sample import GROUP, LI, Sample, bot_of


class Listener:
    """Answers with the next of `answers`, then with 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[str | None, bytes]] = []
        self.answers: list[int] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
                self.send_response(listener.answers.pop(0) if listener.answers else 200)
                self.end_headers()

            def log_message(self, *_words: Any) -> None:
                """Nothing on stderr."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def wait(self, number: int) -> None:
        end = monotonic() + 10
        while len(self.heard) < number:
            assert monotonic() < end
            sleep(0.01)


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    Thread(target=listener.server.serve_forever, daemon=True).start()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


@pytest.fixture
def sample() -> Iterator[Sample]:
    sample = Sample()
    yield sample
    if sample.room.webhook is not None:
        sample.room.webhook.close()


@pytest.fixture
async def bot(sample: Sample) -> Bot:
    return bot_of(create(sample.room))


async def test_each_update_comes_in_order_with_the_secret_until_it_is_taken(
    sample: Sample, bot: Bot, listener: Listener
) -> None:
    listener.answers = [503, 500]
    sample.people.say(LI, GROUP, "/next@jiaolian_bot")
    async with bot:
        await bot.set_webhook(listener.url, secret_token="s3cret", allowed_updates=["message"])
        sample.people.say(LI, GROUP, "/help@jiaolian_bot")
        listener.wait(4)
        info = await bot.get_webhook_info()
        assert (info.url, info.last_error_message) == (
            listener.url, "Wrong response from the webhook: 500 Internal Server Error"
        )  # fmt: skip
    assert {secret for secret, _ in listener.heard} == {"s3cret"}
    assert [b"/next" in body for _, body in listener.heard] == [True, True, True, False]


async def test_beside_a_webhook_nothing_is_fetched(sample: Sample, bot: Bot, listener: Listener) -> None:
    async with bot:
        await bot.set_webhook(listener.url)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        sample.people.say(LI, GROUP, "/next@jiaolian_bot")
        assert len(await bot.get_updates()) == 1
        assert not (await bot.get_webhook_info()).url
    assert listener.heard == []


async def test_a_webhook_that_is_set_ends_a_poll_that_waits(bot: Bot, listener: Listener) -> None:
    async with bot:
        polling = asyncio.create_task(bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        await bot.set_webhook(listener.url)
        with pytest.raises(Conflict, match=r"(?i)terminated by setWebhook request"):
            await polling


async def test_what_waits_is_kept_unless_it_is_to_be_dropped(sample: Sample, bot: Bot) -> None:
    sample.people.say(LI, GROUP, "/next@jiaolian_bot")
    async with bot:
        await bot.set_webhook("http://127.0.0.1:9/nobody")
        await bot.delete_webhook()
        assert len(await bot.get_updates()) == 1
        await bot.delete_webhook(drop_pending_updates=True)
        assert len(await bot.get_updates()) == 0


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [("nonsense", "s", "(?i)invalid webhook url"), ("http://127.0.0.1:9/", "no spaces", "(?i)unallowed characters")],
)
async def test_a_bad_address_or_secret_is_refused(bot: Bot, url: str, secret: str, said: str) -> None:
    async with bot:
        with pytest.raises(BadRequest, match=said):
            await bot.set_webhook(url, secret_token=secret)
