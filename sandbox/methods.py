"""The methods of the Bot API that the bot uses: name → function of the room and of what was sent."""

import json
from collections.abc import Callable
from typing import Any

from sandbox.checks import Sent, chat_of, checked_text, keyboard, number, own_message, reply_of, thread_of, writable
from sandbox.errors import Refused
from sandbox.inline import answer_inline_query
from sandbox.media import edit_message_caption, edit_message_media, get_file, send_document, send_photo
from sandbox.people import heard, member, permissions
from sandbox.reactions import react
from sandbox.state import QUERY_LIFE, Json, Room
from sandbox.webhook import Webhook

ANSWER_LIMIT = 200  # characters
GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_me(room: Room, _sent: Sent) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": room.reads_all}
    return room.bot.json() | abilities | {"supports_inline_queries": room.inline}


def send_message(room: Room, sent: Sent) -> Json:
    chat = writable(room, sent)
    text, buttons = checked_text(sent), keyboard(sent)
    more = {"thread": thread_of(chat, sent), "reply_to": reply_of(chat, sent)}
    return room.add_message(chat, room.bot, text, buttons=buttons, **more).json()


def edit_message_text(room: Room, sent: Sent) -> Json:
    chat = writable(room, sent)
    message = own_message(room, chat, sent)
    if message.document is not None or message.photo:
        raise Refused("cannot_edit")
    text, buttons = checked_text(sent), keyboard(sent)
    if (message.text, message.buttons) == (text, buttons):
        raise Refused("not_modified")
    room.edit_message(message, text, buttons)
    return message.json()


def edit_message_reply_markup(room: Room, sent: Sent) -> Json:
    message, buttons = own_message(room, writable(room, sent), sent), keyboard(sent)
    if message.buttons == buttons:
        raise Refused("not_modified")
    room.edit_message(message, message.text, buttons)
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


def get_chat(room: Room, sent: Sent) -> Json:
    """A ChatFullInfo; of a group also what its members may do."""
    chat = chat_of(room, sent)
    found = chat.json() | {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    return found if chat.user is not None else found | {"permissions": permissions(chat)}


def get_chat_member(room: Room, sent: Sent) -> Json:
    chat, user = chat_of(room, sent), room.users.get(number(sent, "user_id"))
    if user is None:
        raise Refused("user_not_found")
    status = chat.members.get(user.id, "left")
    return member(user.json(), heard(chat, status) if user is room.bot else status)


def set_message_reaction(room: Room, sent: Sent) -> bool:
    return react(room, writable(room, sent), number(sent, "message_id"), str(sent.get("reaction", "")))


def set_my_commands(room: Room, sent: Sent) -> bool:
    room.commands[menu_of(room, sent)] = json.loads(sent.get("commands") or "[]")
    return True


def delete_my_commands(room: Room, sent: Sent) -> bool:
    room.commands.pop(menu_of(room, sent), None)
    return True


def menu_of(room: Room, sent: Sent) -> str:
    """Scope and language; `chat/7:zh` is that of a chat alone, which must be known to the bot."""
    scope = json.loads(sent.get("scope") or "{}")
    name = scope.get("type", "default")
    if name == "chat":
        name = f"chat/{chat_of(room, {'chat_id': str(scope.get('chat_id', ''))}).id}"
    return f"{name}:{sent.get('language_code', '')}"


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
    "answerinlinequery": answer_inline_query,
    "senddocument": send_document,
    "sendphoto": send_photo,
    "editmessagemedia": edit_message_media,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "getfile": get_file,
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "setmessagereaction": set_message_reaction,
    "setmycommands": set_my_commands,
    "deletemycommands": delete_my_commands,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
