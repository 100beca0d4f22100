"""Reading: from Telegram's objects to addresses and words; no more of them gets further."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Document,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatID, ChatType

from bot.buttons.presses import read
from bot.talk.heard import Heard, Pressed
from handlers.membership import Depart, Join, Mute, Reach
from handlers.open_card import AnsweredMessage
from store.accounts import Account
from store.chats import Place, Silence

PLATFORM = "telegram"
CLAUSES = ("clause", "clause_section", "clause_article")  # what a press of an answer is about
PRESSED_MESSAGE = "pressed_message"  # among what PTB does not know, `api_kwargs`
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
# An anonymous admin, a channel that writes in a group, the posts of a linked channel: none of them is a person.
NOBODY = (ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT)
IN = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


class SentFile(Struct, frozen=True):
    """A file in a private chat; `name` and `caption` are "" where there is none."""

    account: Account
    heard: Heard
    document: Document
    name: str
    caption: str


def sent_file(update: Update) -> SentFile:
    """Behind filters that let nothing else through."""
    message = update.message
    assert message is not None
    assert message.document is not None
    said = heard(message)
    assert said.account is not None  # a private chat is a person's
    return SentFile(said.account, said, message.document, message.document.file_name or "", message.caption or "")


def heard(message: Message) -> Heard:
    chat, number = message.chat, str(message.message_id)
    shown = message.from_user.full_name if message.from_user else ""
    group, title = chat.type in GROUPS, chat.title or ""
    return Heard(account(message.from_user), place(message), group, title, number, shown, card(message))


def account(user: User | None) -> Account | None:
    return None if user is None or user.id in NOBODY else Account(PLATFORM, str(user.id))


def place(message: Message) -> Place:
    """A reply chain has a thread, too: only that of a topic is one (facts 7)."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(PLATFORM, str(message.chat.id), thread or 0)


def parsed(raw: Mapping[str, Any], bot: Bot) -> Update:
    """PTB's objects; raises whatever PTB raises.

    Of the message that was pressed PTB would make a hundred fields, a fifth of what a press costs the event loop, and
    `pressed` reads six: it stays as it came.
    """
    query = raw.get("callback_query")
    if query is None:
        return Update.de_json(dict(raw), bot)
    plain = {PRESSED_MESSAGE if name == "message" else name: value for name, value in query.items()}
    if len(raw) > 2:  # a press and its number are two: the other 25 kinds are not asked for
        return Update.de_json({**raw, "callback_query": plain}, bot)
    return Update(raw["update_id"], callback_query=CallbackQuery.de_json(plain, bot))


def pressed(query: CallbackQuery) -> Pressed:
    """The message may be gone, or too old to be more than its number."""
    message, who = query.api_kwargs.get(PRESSED_MESSAGE), Account(PLATFORM, str(query.from_user.id))
    if message is None:
        return Pressed(read(query.data or ""), who, None, True, None)
    chat, thread = message["chat"], message.get("message_thread_id") if message.get("is_topic_message") else None
    where = Place(PLATFORM, str(chat["id"]), thread or 0)
    has = offered(message, query.data)
    return Pressed(read(query.data or ""), who, where, chat["type"] in GROUPS, message["message_id"], has)


def offered(message: Mapping[str, Any], data: str | None) -> bool | None:
    """Whether it has such a button: a hostile client sends what it likes. None: too old to tell (its date is 0)."""
    if not message["date"]:
        return None
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return any(button.get("callback_data") == data for row in rows for button in row)


def command(message: Message) -> str:
    """`checkin`, of `/checkin@bot 1234`."""
    return (message.text or "")[1 : message.entities[0].length].partition("@")[0].lower()


def behind_command(message: Message) -> str:
    """What stands behind `/ask` or `/ask@bot`."""
    text, entities = message.text or "", message.entities
    begins = bool(entities) and entities[0].type == MessageEntity.BOT_COMMAND and entities[0].offset == 0
    return text[entities[0].length if begins else 0 :].strip()


def plain(message: Message) -> str:
    """A text; `/ask每月几次`, without a space, is no command to Telegram, and means one."""
    return re.sub(r"^/(ask|checkin)\s*", "", message.text or "")


def question(message: Message, username: str, bot: int) -> str | None:
    """A question put to us in a group: the words beside our name, or a reply to what we said. None: not for us."""
    text, ours = message.text or "", f"@{username}".casefold()
    for mention in message.parse_entities([MessageEntity.MENTION]).values():
        if mention.casefold() == ours:
            return text.replace(mention, " ").strip()
    return text if answered(message, bot) is not None else None


def answered(message: Message, bot: int) -> AnsweredMessage | None:
    """The message of ours that is replied to."""
    found = message.reply_to_message
    if found is None or found.from_user is None or found.from_user.id != bot:
        return None
    return AnsweredMessage(place(message), str(found.message_id))


def card(message: Message) -> int | None:
    """The clause of the answer that is replied to, by the buttons that stand below it."""
    found = message.reply_to_message
    markup = found.reply_markup if found is not None else None
    every = [each for row in markup.inline_keyboard for each in row] if markup is not None else []
    pressed = (read(str(each.callback_data or "")) for each in every)
    return next((one.subject for one in pressed if one is not None and one.act in CLAUSES), None)


def membership(change: ChatMemberUpdated) -> Join | Depart | Mute | Reach | None:
    """What `my_chat_member` says of us; None where nothing that matters is another (a promotion, a channel)."""
    was, now = inside(change.old_chat_member), inside(change.new_chat_member)
    if was == now:
        return muting(change) if now and change.chat.type in GROUPS else None
    if change.chat.type == ChatType.PRIVATE:
        return Reach(Account(PLATFORM, str(change.chat.id)), now)
    if change.chat.type not in GROUPS:
        return None
    where = at(change.chat)
    if not now:
        return Depart(where)
    entered = change.new_chat_member
    return Join(where, change.chat.title or "", is_muted(entered), entered.status == ChatMember.ADMINISTRATOR)


def muting(change: ChatMemberUpdated) -> Mute | None:
    was, now = is_muted(change.old_chat_member), is_muted(change.new_chat_member)
    return Mute(at(change.chat), Silence.MUTED if now else None) if was != now else None


def at(chat: Chat) -> Place:
    return Place(PLATFORM, str(chat.id))


def is_muted(member: ChatMember) -> bool:
    return isinstance(member, ChatMemberRestricted) and not member.can_send_messages


def inside(member: ChatMember) -> bool:
    return member.status in IN or (isinstance(member, ChatMemberRestricted) and member.is_member)
