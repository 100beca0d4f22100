"""Keyboards: the buttons of a message as Telegram wants them."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.speech import Message


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """None where it has none; an edit without a keyboard takes the old one away (Bot API, editMessageText)."""
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def plain(message: Message) -> dict[str, list[list[dict[str, str]]]] | None:
    """The same as it goes over the wire."""
    rows = [[{"text": one.label, "callback_data": one.data} for one in row] for row in message.buttons]
    return {"inline_keyboard": rows} if rows else None
