"""What the server knows: users, chats, messages, queries, waiting updates, and every call that was made."""

import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from msgspec import Struct, field

from sandbox.entities import entities
from sandbox.faults import Faults

Json = dict[str, Any]  # a Bot API object, as it goes over the wire
SUPERGROUPS = -1_000_000_000_000
FIRST_UPDATE = 100_000_001
INLINE_LIFE = timedelta(seconds=30)  # the same of what is typed behind the bot's name
QUERY_LIFE = timedelta(seconds=150)  # unfetched or unanswered, a callback query is of no use later (Client, add_update)


class User(Struct, eq=False):
    """`started`: has opened the private chat with the bot; `blocked`: has shut it."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "zh-hans"
    is_bot: bool = False
    started: bool = False
    blocked: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def json(self) -> Json:
        found: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username") if self.is_bot else ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                found[key] = value
        return found


class Message(Struct, eq=False):
    """`buttons`: rows of InlineKeyboardButton; `edits`: earlier texts, oldest first; `photo`: its sizes; `service`:
    further fields; `reaction`: the bot's emoji; `via`: the bot whose inline result it is."""

    id: int
    chat: "Chat"
    sender: User
    sent_at: datetime
    text: str = ""
    buttons: list[list[Json]] = field(default_factory=list)
    thread: int | None = None
    reply_to: "Message | None" = None
    document: Json | None = None
    photo: list[Json] = field(default_factory=list)
    service: Json = field(default_factory=dict)
    edits: list[str] = field(default_factory=list)
    edited_at: datetime | None = None
    forwarded: bool = False
    reaction: str = ""
    via: User | None = None

    def json(self, *, deep: bool = True) -> Json:
        found: Json = {"message_id": self.id, "date": int(self.sent_at.timestamp()), "chat": self.chat.json()}
        found["from"] = self.sender.json()
        if self.text:
            plain = self.document is None and not self.photo
            found |= {"text": self.text} if plain else {"caption": self.text}
            if plain and (marked := entities(self.text)):
                found["entities"] = marked
        if self.buttons:
            found["reply_markup"] = {"inline_keyboard": self.buttons}
        if self.thread is not None:
            found |= {"message_thread_id": self.thread, "is_topic_message": True}
        if (answered := self.answered()) is not None and deep:
            found["reply_to_message"] = answered.json(deep=False)
            if self.thread is None and self.chat.type == "supergroup":
                found["message_thread_id"] = self.chain()
        if self.document is not None:
            found["document"] = self.document
        if self.photo:
            found["photo"] = self.photo
        if self.via is not None:
            found["via_bot"] = self.via.json()
        if self.edited_at is not None:
            found["edit_date"] = int(self.edited_at.timestamp())
        return found | self.service


    def answered(self) -> "Message | None":
        """In a topic, what answers nothing answers the line that opened it (tdlib; facts 7)."""
        opening = self.chat.messages.get(self.thread or 0)
        return self.reply_to or (opening if opening is not self else None)

    def chain(self) -> int:
        """The number of the message from which a chain of answers comes: its thread, where there are no topics."""
        first = self
        while first.reply_to is not None:
            first = first.reply_to
        return first.id


class Chat(Struct, eq=False):
    """`members`: user id → status of a ChatMember; `threads`: the forum topics that are open. `muted`: the bot alone
    may not write; `hushed`: no plain member may (the group's general permissions)."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    members: dict[int, str] = field(default_factory=dict)
    threads: dict[int, str] = field(default_factory=dict)
    closed_threads: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: int | None = None
    muted: bool = False
    hushed: bool = False
    last_number: int = 0

    def json(self) -> Json:
        if self.user is not None:
            return {"id": self.id, "type": "private"} | {
                key: value for key, value in self.user.json().items() if key in ("first_name", "last_name", "username")
            }
        found: Json = {"id": self.id, "type": self.type, "title": self.title}
        return found | ({"is_forum": True} if self.threads else {})


class Query(Struct, eq=False):
    """A press. `answer` is what the presser was shown."""

    id: str
    user: User
    message: Message
    asked_at: datetime
    answer: Json | None = None


class InlineQuery(Struct, eq=False):
    """What somebody types behind the bot's name. `answer`: the results offered, and the button above them."""

    id: str
    user: User
    text: str
    asked_at: datetime
    answer: Json | None = None


class Call(Struct, frozen=True):
    """One call of the API; `result` is None where it was refused; `remarks`: see `described`."""

    number: int
    at: float
    method: str
    sent: dict[str, str]
    result: Any
    error: str | None
    remarks: tuple[str, ...] = ()


class Circle(Struct, frozen=True):
    """People who belong together; `name` stands on the page's choice, `key` is its owner's and means nothing here.
    `cast`: those whom a visitor would be first, each of another kind."""

    key: str
    name: str
    people: tuple[int, ...]
    cast: tuple[int, ...] = ()


class Hook(Protocol):
    """Where updates are handed over instead of being fetched."""

    def info(self) -> Json:
        """As `getWebhookInfo` tells it."""
        ...

    def close(self) -> None: ...


class Room:
    """`now` is the clock of server and chats; `token`: the only one that is let in (None: any); `inline`: the bot's
    inline mode is on, as @BotFather would switch it; `strict`: a call that is not as described is refused."""

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str | None = None,
        bot_username: str = "jiaolian_bot",
        bot_name: str = "教联助手",
        *,
        reads_all: bool = False,
        pace: bool = False,
        inline: bool = True,
        strict: bool = False,
    ) -> None:
        self.now, self.token, self.reads_all, self.pace, self.inline = now, token, reads_all, pace, inline
        self.strict, self.faults = strict, Faults()
        self.bot = User(int((token or "1:").split(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.chats: dict[int, Chat] = {}
        self.circles: list[Circle] = []
        self.webhook: Hook | None = None
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.updates: deque[Json] = deque()
        self.files: dict[str, tuple[str, bytes]] = {}
        self.commands: dict[str, list[Json]] = {}
        self.calls: list[Call] = []
        self.next_update, self.shared_number, self.next_query = FIRST_UPDATE, 0, 1
        self.lock = threading.RLock()
        self.wanted: frozenset[str] = frozenset()  # kinds of update that the bot asked for; empty: all
        self.on_update: list[Callable[[], None]] = []
        self.on_change: list[Callable[[], None]] = []
        self.on_call: list[Callable[[str, str, dict[str, str]], None]] = []

    def add_user(
        self, id: int, first_name: str, last_name: str = "", username: str = "", *, started: bool = False
    ) -> User:
        """`started`: the private chat with the bot is open already, and no update says so."""
        return self.users.setdefault(id, User(id, first_name, last_name, username, started=started))

    def add_group(
        self,
        id: int,
        title: str,
        members: list[int],
        *,
        bot: bool = False,
        supergroup: bool = True,
        threads: dict[int, str] | None = None,
    ) -> Chat:
        """`bot`: it is a member already, and no update says so."""
        chat = Chat(id, "supergroup" if supergroup else "group", title, threads=dict(threads or {}))
        chat.members = dict.fromkeys(members, "member") | ({self.bot.id: "member"} if bot else {})
        self.chats[id] = chat
        return chat

    def private(self, user: User) -> Chat:
        return self.chats.setdefault(user.id, Chat(user.id, "private", user=user))

    def add_message(self, chat: Chat, sender: User, text: str = "", **more: Any) -> Message:
        """The next message of the chat: private chats and basic groups share one row of numbers."""
        if chat.type == "supergroup":
            chat.last_number += 1
            number = chat.last_number
        else:
            self.shared_number += 1
            number = self.shared_number
        message = Message(number, chat, sender, self.now(), text, **more)
        chat.messages[number] = message
        self.changed()
        return message

    def edit_message(self, message: Message, text: str, buttons: list[list[Json]]) -> None:
        message.edits.append(message.text)
        message.text, message.buttons, message.edited_at = text, buttons, self.now()
        self.changed()

    def push(self, update: Json) -> int:
        """An update for the bot; its number, 0 where the bot did not ask for this kind."""
        if self.wanted and self.wanted.isdisjoint(update):
            return 0
        number = self.next_update
        self.next_update += 1
        self.updates.append({"update_id": number} | update)
        for tell in self.on_update:
            tell()
        return number

    def remember_kinds(self, asked: str | None) -> None:
        """`allowed_updates`, a JSON list: kept until the next list; what waits already is not touched."""
        with contextlib.suppress(ValueError):
            if isinstance(kinds := json.loads(asked or "null"), list):
                self.wanted = frozenset(map(str, kinds))

    def forget_queries(self) -> None:
        """Presses and look-ups that nobody fetched in time; other kinds are kept."""
        with self.lock:
            self.updates = deque(one for one in self.updates if not self.stale(one))

    def stale(self, update: Json) -> bool:
        now = self.now()
        if "inline_query" in update:
            return now - self.inline_queries[update["inline_query"]["id"]].asked_at > INLINE_LIFE
        return "callback_query" in update and now - self.queries[update["callback_query"]["id"]].asked_at > QUERY_LIFE

    def changed(self) -> None:
        for tell in self.on_change:
            tell()

    def messages(self, chat_id: int) -> list[Message]:
        """Everything said in a chat, oldest first; nothing where nobody has spoken."""
        chat = self.chats.get(chat_id)
        return list(chat.messages.values()) if chat else []

    def answer(self, query_id: str) -> Json | None:
        """What the presser was shown; None: nothing yet."""
        return self.queries[query_id].answer
