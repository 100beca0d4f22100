"""The connection: PTB's application over our wire, and the server reached by it."""

import asyncio
import logging

from telegram import Bot
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application

from bot.settings import Settings, shown
from bot.telegram import commands
from bot.telegram.ptb import Telegram
from bot.telegram.receiver import cause
from bot.telegram.wire import Wire
from bot.voice import Voices

__all__ = ["InvalidToken", "application_over", "reached"]  # for the rooms above, which import no telegram

log = logging.getLogger(__name__)


def application_over(wire: Wire, settings: Settings) -> Telegram:
    """PTB routes; fetching and scheduling are ours. One request object carries everything."""
    root = settings.api_url
    bot = Bot(
        settings.token or "",
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=wire,
        get_updates_request=wire,
    )
    return Application.builder().bot(bot).updater(None).job_queue(None).build()


async def reached(application: Telegram, settings: Settings) -> None:
    """Initialises PTB, which asks who we are; a server that cannot be reached is said once and tried again.

    Raises InvalidToken.
    """
    pause, told = 1.0, False
    while True:
        try:
            return await application.initialize()
        except InvalidToken:
            raise
        except (NetworkError, RetryAfter) as error:
            if not told:
                log.warning("server_unreachable", extra={"api": shown(settings.api_url), "error": cause(error)})
            told = True
            await asyncio.sleep(pause)
            pause = min(pause * 2, 30.0)


async def menu_published(application: Telegram, voices: Voices) -> None:
    """The command menu is a convenience: without it the bot works as well."""
    try:
        await commands.publish(application.bot, voices)
    except TelegramError as error:
        log.warning("menu_not_published", extra={"error": cause(error)})
