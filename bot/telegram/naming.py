"""The bot's own name, for links that open a chat with it (Bot API, getMe)."""

import asyncio

from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram.wire import Wire


def own_name(settings: Settings) -> str | None:
    """None where the server cannot be asked."""
    return asyncio.run(asked(settings))


async def asked(settings: Settings) -> str | None:
    request = Wire(proxy=settings.proxy)
    bot = Bot(settings.token or "", base_url=f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        async with bot:
            return bot.username
    except TelegramError:
        return None
