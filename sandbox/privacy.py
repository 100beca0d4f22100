"""What reaches a bot in a group while privacy mode is on (Bot features, "Privacy mode")."""

import re

from sandbox.entities import entities
from sandbox.state import Message, Room


def reaches(room: Room, message: Message) -> bool:
    chat = message.chat
    if chat.type == "private":
        return True
    status = chat.members.get(room.bot.id)
    if status is None or status in ("left", "kicked"):
        return False
    if message.service or message.via is room.bot or room.reads_all or status == "administrator":
        return True
    return commanded(room, message.text) or mentioned(room, message.text) or answers_us(room, message)


def commanded(room: Room, text: str) -> bool:
    """`/cmd@us`, or `/cmd` without a name: the only bot in the group hears it."""
    marked = entities(text)
    if not marked or marked[0]["type"] != "bot_command" or marked[0]["offset"]:
        return False
    _, _, named = text[: marked[0]["length"]].partition("@")  # a command is plain ASCII: units are characters
    return named.lower() in ("", room.bot.username.lower())


def mentioned(room: Room, text: str) -> bool:
    return bool(re.search(rf"(?<!\w)@{re.escape(room.bot.username)}(?!\w)", text, re.IGNORECASE))


def answers_us(room: Room, message: Message) -> bool:
    while message.reply_to is not None:
        message = message.reply_to
        if message.sender is room.bot:
            return True
    return False
