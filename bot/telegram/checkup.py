"""A checkup of the connection: token, proxy, clock, privacy mode, webhook, and what we may do in each bound group."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
from telegram import Bot, ChatMember, ChatMemberMember, ChatMemberRestricted
from telegram.error import InvalidToken, TelegramError

from bot.commands.findings import Finding, ok, warning, wrong
from bot.commands.standing import silent
from bot.settings import Settings, shown
from bot.telegram.wire import Wire, of_proxy
from store.chats import Chat

PATIENCE = 5.0  # seconds for one call
CAUSE = 120  # characters of a cause
REFUSED = "(407)"  # an HTTP proxy wants to know who we are (RFC 9110, 15.5.8), in PTB's words
AWAY = (ChatMember.LEFT, ChatMember.BANNED)
SLOW, WRONG = timedelta(seconds=30), timedelta(minutes=5)


async def examined(settings: Settings, chats: Sequence[Chat], inline: bool, now: datetime) -> list[Finding]:
    """`chats`: those that are bound; `inline`: inline mode is wanted. Nothing is changed and nothing is sent."""
    request = Wire(proxy=settings.proxy)  # as `run` calls
    bot = Bot(settings.token or "", base_url=f"{settings.api_url}/bot", request=request, get_updates_request=request)
    try:
        async with bot:
            found = [ok("token", "token_good", name=bot.username), privacy(bot), await webhook(bot, settings)]
            if inline:
                on = bot.supports_inline_queries
                found.append(ok("inline", "inline_on") if on else warning("inline", "inline_off"))
            for group in dict.fromkeys(chat.address for chat in chats):
                found += await rights(bot, [chat for chat in chats if chat.address == group])
    except InvalidToken:
        return [wrong("token", "token_refused")]
    except TelegramError as error:
        return [await away(settings, error), *silent(chats)]
    if settings.proxy is not None:
        found.append(ok("proxy", "proxy_good", proxy=shown(settings.proxy)))
    return [*found, *await clock(settings, now)]


async def away(settings: Settings, error: TelegramError) -> Finding:
    """Of the server, or of the proxy before it: one that nobody answers at, or that lets us not through."""
    cause = error.__cause__ or error
    detail = getattr(cause, "certificate_error", None) or getattr(cause, "os_error", None)
    kind = type(cause).__name__  # other words of a library's may hold the token
    said = f"{kind}: {detail}"[:CAUSE] if detail else kind
    if settings.proxy is None:
        return wrong("server", "server_unreachable", api=shown(settings.api_url), error=said)
    facts = {"proxy": shown(settings.proxy), "api": shown(settings.api_url), "error": said}
    if not await answers(settings.proxy):
        return wrong("proxy", "proxy_unreachable", **facts)
    refused = isinstance(cause, of_proxy()) or REFUSED in error.message
    return wrong("proxy", "proxy_refuses" if refused else "proxy_leads_nowhere", **facts)


async def answers(proxy: str) -> bool:
    """Whether somebody listens there."""
    place = urlsplit(proxy)
    port = place.port or (1080 if place.scheme == "socks5" else 443 if place.scheme == "https" else 80)
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(place.hostname, port)
            writer.close()
            await writer.wait_closed()
    except (TimeoutError, OSError):
        return False
    return True


def privacy(bot: Bot) -> Finding:
    return warning("privacy", "privacy_off") if bot.can_read_all_group_messages else ok("privacy", "privacy_on")


async def webhook(bot: Bot, settings: Settings) -> Finding:
    info = await bot.get_webhook_info()
    if info.url != (settings.webhook_url or ""):
        other = "set" if settings.webhook_url is None else "other" if info.url else "missing"
        return warning("webhook", f"webhook_{other}")
    if not info.url:
        return ok("webhook", "webhook_none")
    if info.last_error_message:
        return warning("webhook", "webhook_failing", error=info.last_error_message, waiting=info.pending_update_count)
    return ok("webhook", "webhook_good", waiting=info.pending_update_count)


async def rights(bot: Bot, topics: Sequence[Chat]) -> list[Finding]:
    """Of one group, which is asked once: groups' titles are no secret, its members are.

    A plain member has no rights of its own: what the group's general permissions withhold, nobody but an administrator
    may do. Where nothing is against us, our last message there may still have been refused: a topic is closed.
    """
    chat = topics[0]
    try:
        member = await bot.get_chat_member(chat.address or "", bot.id)
        group = await bot.get_chat(chat.address or "")
    except TelegramError as error:
        return [wrong("rights", "group_unknown", title=chat.title, error=error.message)]
    if member.status in AWAY or (isinstance(member, ChatMemberRestricted) and not member.is_member):
        return [wrong("rights", "group_left", title=chat.title)]
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return [wrong("rights", "group_muted", title=chat.title)]
    if isinstance(member, ChatMemberMember) and group.permissions and group.permissions.can_send_messages is False:
        return [warning("rights", "group_hushed", title=chat.title)]
    return silent(topics) or [ok("rights", "group_good", title=chat.title)]


async def clock(settings: Settings, now: datetime) -> list[Finding]:
    """Against the server's `Date`; none where it says none."""
    try:
        async with asyncio.timeout(PATIENCE), httpx.AsyncClient(proxy=settings.proxy, trust_env=False) as client:
            told = parsedate_to_datetime((await client.head(settings.api_url)).headers["Date"]).astimezone(UTC)
    except (TimeoutError, httpx.HTTPError, KeyError, ValueError):
        return []
    off = abs(now - told)
    facts = {"seconds": round(off.total_seconds())}
    if off > WRONG:
        return [wrong("clock", "clock_wrong", **facts)]
    return [warning("clock", "clock_off", **facts) if off > SLOW else ok("clock", "clock_good")]
