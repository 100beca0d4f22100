"""The methods of the Bot API that the bot uses: name → function of the room and of what was sent."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sandbox.errors import Refused
from sandbox.people import heard, keep_file, member
from sandbox.reactions import react
from sandbox.state import QUERY_LIFE, Chat, Json, Message, Room
from sandbox.webhook import Webhook

DELETE_LIFE = timedelta(hours=48)
TEXT_LIMIT, CAPTION_LIMIT, ANSWER_LIMIT, DATA_LIMIT = 4096, 1024, 200, 64  # characters, and bytes of the data
DOWNLOAD_LIMIT = 20 << 20  # bytes of a file that a bot may fetch
BLANK = " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # a text of these alone is no text
Sent = Mapping[str, Any]  # strings, and (name, bytes) for an uploaded file


def get_me(room: Room, _sent: Sent) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": room.reads_all}
    return room.bot.json() | abilities | {"supports_inline_queries": False}


def send_message(room: Room, sent: Sent) -> Json:
    chat = writable(room, sent)
    text, buttons = checked_text(sent), keyboard(sent)
    more = {"thread": thread_of(chat, sent), "reply_to": reply_of(chat, sent)}
    return room.add_message(chat, room.bot, text, buttons=buttons, **more).json()


def edit_message_text(room: Room, sent: Sent) -> Json:
    chat = writable(room, sent)
    message = own_message(room, chat, sent)
    text, buttons = checked_text(sent), keyboard(sent)
    if (message.text, message.buttons) == (text, buttons):
        raise Refused("not_modified")
    message.edits.append(message.text)
    message.text, message.buttons, message.edited_at = text, buttons, room.now()
    room.changed()
    return message.json()


def answer_callback_query(room: Room, sent: Sent) -> bool:
    query = room.queries.get(str(sent.get("callback_query_id", "")))
    if query is None or room.now() - query.asked_at > QUERY_LIFE or query.answer is not None:
        raise Refused("query_too_old")
    if len(sent.get("text", "")) > ANSWER_LIMIT:
        raise Refused("answer_too_long")
    alert = sent.get("show_alert", "").lower() in ("true", "yes", "1")
    query.answer = {"text": sent.get("text", ""), "show_alert": alert, "url": sent.get("url", "")}
    room.changed()
    return True


def delete_message(room: Room, sent: Sent) -> bool:
    chat = writable(room, sent)
    message = chat.messages.get(number(sent, "message_id"))
    if message is None:
        raise Refused("delete_not_found")
    in_power = chat.user is not None or chat.members[room.bot.id] == "administrator"
    if room.now() - message.sent_at > DELETE_LIFE or not (message.sender is room.bot or in_power):
        raise Refused("cannot_delete")
    del chat.messages[message.id]
    room.changed()
    return True


def send_document(room: Room, sent: Sent) -> Json:
    chat = writable(room, sent)
    file = sent.get(str(sent.get("document", "")).removeprefix("attach://")) or sent.get("document")
    if not isinstance(file, tuple):
        raise Refused("no_document")
    caption, buttons = str(sent.get("caption", "")), keyboard(sent)
    if len(caption) > CAPTION_LIMIT:
        raise Refused("caption_too_long")
    more = {"thread": thread_of(chat, sent), "reply_to": reply_of(chat, sent), "buttons": buttons}
    return room.add_message(chat, room.bot, caption, document=keep_file(room, *file), **more).json()


def get_file(room: Room, sent: Sent) -> Json:
    file_id = str(sent.get("file_id", ""))
    if file_id not in room.files:
        raise Refused("file_id_invalid")
    size = len(room.files[file_id][1])
    if size > DOWNLOAD_LIMIT:
        raise Refused("file_too_big")
    return {"file_id": file_id, "file_unique_id": file_id[:8], "file_size": size, "file_path": f"documents/{file_id}"}


def get_chat_member(room: Room, sent: Sent) -> Json:
    chat, user = chat_of(room, sent), room.users.get(number(sent, "user_id"))
    if user is None:
        raise Refused("user_not_found")
    status = chat.members.get(user.id, "left")
    return member(user.json(), heard(chat, status) if user is room.bot else status)


def set_message_reaction(room: Room, sent: Sent) -> bool:
    return react(room, writable(room, sent), number(sent, "message_id"), str(sent.get("reaction", "")))


def set_my_commands(room: Room, sent: Sent) -> bool:
    scope = json.loads(sent.get("scope") or "{}").get("type", "default")
    room.commands[f"{scope}:{sent.get('language_code', '')}"] = json.loads(sent.get("commands") or "[]")
    return True


def set_webhook(room: Room, sent: Sent) -> bool:
    """Without an address it is deleted (Bot API, setWebhook)."""
    fresh = Webhook(room, sent["url"], sent.get("secret_token", "")) if sent.get("url") else None
    room.remember_kinds(sent.get("allowed_updates"))
    return exchanged(room, sent, fresh)


def delete_webhook(room: Room, sent: Sent) -> bool:
    return exchanged(room, sent, None)


def exchanged(room: Room, sent: Sent, fresh: Webhook | None) -> bool:
    if str(sent.get("drop_pending_updates", "")).lower() in ("true", "yes", "1"):
        room.updates.clear()
    if room.webhook is not None:
        room.webhook.close()
    room.webhook = fresh
    for tell in room.on_update:
        tell()  # a poll that waits ends
    return True


def get_webhook_info(room: Room, _sent: Sent) -> Json:
    known = room.webhook.info() if room.webhook else {"url": ""}
    return known | {"has_custom_certificate": False, "pending_update_count": len(room.updates)}


METHODS: dict[str, Callable[[Room, Sent], Any]] = {
    "getme": get_me,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "answercallbackquery": answer_callback_query,
    "deletemessage": delete_message,
    "senddocument": send_document,
    "getfile": get_file,
    "getchatmember": get_chat_member,
    "setmessagereaction": set_message_reaction,
    "setmycommands": set_my_commands,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}


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
    if chat.muted:
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
    if message.sender is not room.bot or message.document is not None:
        raise Refused("cannot_edit")
    return message
