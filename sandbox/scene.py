"""What one person sees: the chats he is in, and a conversation as bubbles, service lines and the days between."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tomllib import loads
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from sandbox.people import DEEP_LINK
from sandbox.state import Chat, Circle, Json, Message, Room, User

LABELS = Path(__file__).parent / "labels"
ZONE = ZoneInfo("Asia/Shanghai")
TONES = 8  # colours of the circles
OUT = ("left", "kicked")


@cache
def read(language: str) -> dict[str, Any]:
    return loads((LABELS / f"{language}.toml").read_text(encoding="utf-8"))


class Labels:
    """The page's words in one language; `labels["send"]`."""

    def __init__(self, language: str) -> None:
        self.words = read(language)
        self.language = language

    def __getitem__(self, name: str) -> Any:
        return self.words[name]

    def day(self, moment: datetime) -> str:
        """10月12日 星期一"""
        local, dates = moment.astimezone(ZONE), self.words["dates"]
        parts = {"month": dates["months"][local.month - 1], "weekday": dates["weekdays"][local.weekday()]}
        return str(dates["day"].format(day=local.day, **parts))

    def clock(self, moment: datetime) -> str:
        """10月12日 星期一 14:42"""
        return f"{self.day(moment)} {minute(moment)}"


class Face(Struct, frozen=True):
    """A circle with a letter; `tone` is one of `TONES` colours."""

    name: str
    letter: str
    tone: int


class Entry(Struct, frozen=True):
    """A chat in the list; `last`: what was said last, by whom."""

    key: str
    face: Face
    last: str
    at: str
    unread: int


class Piece(Struct, frozen=True):
    """A run of text; `payload` where it is a link that opens the private chat with `/start payload`."""

    text: str
    payload: str | None = None


class Key(Struct, frozen=True):
    """An inline button: `data` to press it, `payload` to follow its link into the private chat; else `url` is shown."""

    text: str
    data: str | None
    payload: str | None
    url: str


class Bubble(Struct, frozen=True):
    """`side`: mine, bot or other; `follows`: the one above is of the same person, so the name is not said again."""

    id: int
    face: Face
    side: str
    follows: bool
    pieces: list[Piece]
    at: str
    message: Message
    topic: str
    keys: list[list[Key]]


class Line(Struct, frozen=True):
    """In the middle: a day, or what happened to the group."""

    id: str
    text: str


def chats_of(room: Room, me: User) -> list[Chat]:
    """The private chat with the bot, then the groups in which the person is a member."""
    groups = [chat for chat in room.chats.values() if chat.user is None and chat.migrated_to is None]
    return [room.private(me), *(chat for chat in groups if chat.members.get(me.id, "left") not in OUT)]


def key_of(chat: Chat) -> str:
    """A chat's name in an address; that of a private chat is the same for everybody."""
    return "bot" if chat.user is not None else str(chat.id)


def circle_of(room: Room, user: User) -> Circle | None:
    return next((circle for circle in room.circles if user.id in circle.people), None)


def cast(room: Room, me: User) -> list[tuple[int, User]]:
    """Those of my circle whom a visitor would be first."""
    mine = circle_of(room, me)
    return [(one, room.users[one]) for one in (mine.cast if mine else ()) if one in room.users]


def people(room: Room, me: User, labels: Labels) -> dict[str, list[User]]:
    """Who else can be played from here, by the first group that he is in: my circle, and those who are in none."""
    groups = [chat for chat in room.chats.values() if chat.user is None and chat.migrated_to is None]
    mine = circle_of(room, me)
    found: dict[str, list[User]] = {}
    for user in room.users.values():
        titles = (chat.title for chat in groups if chat.members.get(user.id, "left") not in OUT)
        theirs = circle_of(room, user)
        if not user.is_bot and (mine is None or theirs is None or theirs is mine):
            found.setdefault(next(titles, labels["in_no_group"]), []).append(user)
    return found


def entry(room: Room, me: User, chat: Chat, last_read: int) -> Entry:
    face, new = chat_face(room, chat), unread(chat, me, last_read)
    last = next(reversed(chat.messages.values()), None)
    if last is None:
        return Entry(key_of(chat), face, "", "", new)
    said = last.text.replace("\n", " ")[:60] or (last.document or {}).get("file_name", "")
    by_other = said and chat.user is None and last.sender is not me
    return Entry(key_of(chat), face, f"{last.sender.name}: {said}" if by_other else said, minute(last.sent_at), new)


def unread(chat: Chat, me: User, last_read: int) -> int:
    """Messages of others since the last one that the person has had before him."""
    count = 0
    for message in reversed(chat.messages.values()):
        if message.id <= last_read:
            break
        count += message.sender is not me and not message.service
    return count


def messages(chat: Chat, topic: int) -> list[Message]:
    """Oldest first; `topic`: of that one alone, 0: all."""
    return [message for message in chat.messages.values() if topic in (0, message.thread)]


def conversation(room: Room, me: User, said: Sequence[Message], labels: Labels) -> list[Bubble | Line]:
    """With the days between them."""
    found: list[Bubble | Line] = []
    before: Message | None = None
    for message in said:
        day = labels.day(message.sent_at)
        if before is None or labels.day(before.sent_at) != day:
            found.append(Line(f"day-{message.id}", day))
            before = None
        if message.service:
            found.append(Line(f"m{message.id}", service(message, labels)))
        else:
            found.append(bubble(room, me, message, before))
        before = None if message.service else message
    return found


def own_text(me: User, chat: Chat, number: int) -> Message | None:
    """That message, where it is a text of the person's own."""
    message = chat.messages.get(number)
    return message if message is not None and message.sender is me and message.text and not message.document else None


def bubble(room: Room, me: User, message: Message, before: Message | None) -> Bubble:
    side = "bot" if message.sender is room.bot else "mine" if message.sender is me else "other"
    return Bubble(
        message.id,
        face(message.sender),
        side,
        before is not None and before.sender is message.sender,
        pieces(room, message.text),
        minute(message.sent_at),
        message,
        message.chat.threads.get(message.thread or 0, ""),
        [[key(room, button) for button in row] for row in message.buttons],
    )


def service(message: Message, labels: Labels) -> str:
    by, forms = message.sender.name, labels["service"]
    for field, (same, other) in {
        "new_chat_members": ("joined", "added"),
        "left_chat_member": ("left", "removed"),
    }.items():
        if field in message.service:
            found = message.service[field]
            whom: list[Json] = found if isinstance(found, list) else [found]
            name = "、".join(one["first_name"] for one in whom)
            form = same if [one["id"] for one in whom] == [message.sender.id] else other
            return str(forms[form].format(by=by, name=name))
    field = next((field for field in message.service if field in forms), "other")
    topic = message.service.get("forum_topic_created") or {}
    return str(forms[field].format(by=by, name=topic.get("name", "")))


def pieces(room: Room, text: str) -> list[Piece]:
    """Only links that lead to the bot can be followed in here."""
    found, at = [], 0
    for match in DEEP_LINK.finditer(text):
        if match[1].lower() == room.bot.username.lower():
            found += [Piece(text[at : match.start()]), Piece(match[0], match[2])]
            at = match.end()
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def key(room: Room, button: Json) -> Key:
    url = str(button.get("url", ""))
    return Key(button["text"], button.get("callback_data"), payload_of(room, url), url)


def payload_of(room: Room, url: str) -> str | None:
    """What a link into the bot's private chat carries; None for another link."""
    match = DEEP_LINK.fullmatch(url)
    return match[2] if match is not None and match[1].lower() == room.bot.username.lower() else None


def chat_face(room: Room, chat: Chat) -> Face:
    """A group's letter is the first in which the groups' titles differ."""
    if chat.user is not None:
        return face(room.bot)
    titles = [one.title for one in room.chats.values() if one.user is None]
    differ = next((place for place, letters in enumerate(zip(*titles, strict=False)) if len(set(letters)) > 1), 0)
    return Face(chat.title, chat.title[differ : differ + 1] or chat.title[:1], abs(chat.id) % TONES)


def menu(room: Room, me: User, chat: Chat, language: str) -> list[Json]:
    """The commands as the client shows them: the narrowest scope that has any, in the reader's language or in none
    (Bot API, "Determining list of commands")."""
    scopes = ["all_private_chats"] if chat.type == "private" else ["all_group_chats"]
    if chat.members.get(me.id) in ("creator", "administrator"):
        scopes.insert(0, "all_chat_administrators")
    every = (f"chat/{chat.id}", *scopes, "default")
    kept = (room.commands.get(f"{scope}:{code}") for scope in every for code in (language, ""))
    return next((found for found in kept if found), [])


def face(user: User) -> Face:
    return Face(user.name, user.name[:1] if user.is_bot else letter(user.first_name), user.id % TONES)


def letter(name: str) -> str:
    """The first one, or the last one of a Chinese name: given names tell people apart."""
    plain = [one for one in name if one.isalnum()] or ["·"]
    return (plain[-1] if "一" <= plain[-1] <= "鿿" else plain[0]).upper()


def minute(moment: datetime) -> str:
    """14:42"""
    return f"{moment.astimezone(ZONE):%H:%M}"
