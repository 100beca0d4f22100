"""Reactions of the bot to messages (Bot API, setMessageReaction): one a message, of the emoji that are listed."""

import json
from typing import Any

from sandbox.errors import Refused
from sandbox.state import Chat, Room

# Bot API 10.0, ReactionTypeEmoji
EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 "
    "🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ "
    "🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)


def react(room: Room, chat: Chat, message_id: int, reaction: str) -> bool:
    """`reaction`: a JSON list of ReactionType; none takes the bot's reaction back."""
    message = chat.messages.get(message_id)
    if message is None:
        raise Refused("react_not_found")
    wanted = read(reaction)
    if len(wanted) > 1:
        raise Refused("reactions_too_many")
    if any(one not in EMOJI.split() for one in wanted):
        raise Refused("reaction_invalid")
    message.reaction = wanted[0] if wanted else ""
    room.changed()
    return True


def read(reaction: str) -> list[str]:
    try:
        asked: Any = json.loads(reaction or "[]")
        return [str(one["emoji"]) for one in asked]
    except (ValueError, TypeError, KeyError):
        raise Refused("reaction_invalid") from None
