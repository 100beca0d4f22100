"""What every method looks at in what was sent: the chat, the words, the buttons, the message that is meant."""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.errors import Refused
from sandbox.state import Chat, Json, Message, Room

TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64  # characters, and bytes of the data
BLANK = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # a text of these alone is no text
Sent = Mapping[str, Any]  # strings, and (name, bytes) for an uploaded file


def chat_of(room: Room, sent: Sent) -> Chat:
    """The chat that is named, as far as the bot has ever seen it."""
    if not sent.get("chat_id"):
        raise Refused("chat_id_empty")
    chat_id = number(sent, "chat_id")
    user = room.users.get(chat_id)
    chat = room.private(user) if user else room.chats.get(chat_id)
    if chat is None:
        raise Refused("chat_not_found")
    return chat


def number(sent: Sent, key: str) -> int:
    """A whole number, often sent as a string; what is none counts as 0, as the official server reads it."""
    try:
        return int(sent.get(key, 0))
    except (ValueError, TypeError):
        return 0


def writable(room: Room, sent: Sent) -> Chat:
    chat = chat_of(room, sent)
    if chat.user is not None:
        if chat.user is room.bot:
            raise Refused("to_itself")
        if chat.user.blocked:
            raise Refused("blocked")
        if not chat.user.started:
            raise Refused("never_started")
        return chat
    if chat.migrated_to is not None:
        raise Refused("upgraded", migrate_to_chat_id=chat.migrated_to)
    status = chat.members.get(room.bot.id, "left")
    if status in ("kicked", "left"):
        raise Refused(f"{'kicked' if status == 'kicked' else 'not_member'}_{chat.type}")
    if chat.muted or (chat.hushed and status != "administrator"):
        raise Refused("muted")
    return chat


def checked_text(sent: Sent) -> str:
    text = str(sent.get("text", ""))
    if not text:
        raise Refused("text_empty")
    if not text.strip(BLANK):
        raise Refused("text_blank")
    if len(text) > TEXT_LIMIT:
        raise Refused("text_too_long")
    return text.strip()


def checked_caption(sent: Sent) -> str:
    caption = str(sent.get("caption", ""))
    if len(caption) > CAPTION_LIMIT:
        raise Refused("caption_too_long")
    return caption


def keyboard(sent: Sent) -> list[list[Json]]:
    if not sent.get("reply_markup"):
        return []
    try:
        markup = json.loads(sent["reply_markup"])
    except ValueError:
        raise Refused("markup_not_json") from None
    if not isinstance(markup, dict):
        raise Refused("markup_not_object")
    rows: list[list[Json]] = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused("button_not_object")
    for button in (button for row in rows for button in row):
        if not isinstance(button, dict):
            raise Refused("button_not_object")
        if not str(button.get("text", "")).strip():
            raise Refused("button_text_empty")
        if "callback_data" not in button and "url" not in button:
            raise Refused("button_without_action")
        if not 0 < len(str(button.get("callback_data", "-")).encode()) <= DATA_LIMIT:
            raise Refused("button_data_invalid")
    return rows


def thread_of(chat: Chat, sent: Sent) -> int | None:
    if not (thread := number(sent, "message_thread_id")):
        return None
    if thread in chat.closed_threads:
        raise Refused("topic_closed")
    if thread not in chat.threads:
        raise Refused("thread_not_found")
    return thread


def reply_of(chat: Chat, sent: Sent) -> Message | None:
    try:
        asked = json.loads(sent.get("reply_parameters") or "{}")
    except ValueError:
        raise Refused("reply_not_json") from None
    if not isinstance(asked, dict):
        raise Refused("reply_not_json")
    if not asked:
        return None
    found = chat.messages.get(number(asked, "message_id"))
    if found is None and not asked.get("allow_sending_without_reply"):
        raise Refused("reply_not_found")
    return found


def own_message(room: Room, chat: Chat, sent: Sent) -> Message:
    message = chat.messages.get(number(sent, "message_id"))
    if message is None:
        raise Refused("edit_not_found")
    if message.sender is not room.bot:
        raise Refused("cannot_edit")
    return message
