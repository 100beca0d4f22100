"""What people do: write, press, follow links, let the bot in and out."""

import re
import secrets
from typing import Any

from sandbox.inline import chosen
from sandbox.privacy import reaches
from sandbox.state import SUPERGROUPS, Chat, InlineQuery, Json, Message, Query, Room, User

TOPIC_BLUE = 0x6FB9F0  # the colour of a topic's icon that a client offers first
QUERY_LIMIT = 256  # characters (Bot API, InlineQuery)
DEEP_LINK = re.compile(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]{1,64})")


class People:
    """Each act is that of a client: it changes the chat, and sends the bot the update that Telegram would."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def say(
        self, user_id: int, chat_id: int, text: str, *, reply_to: int | None = None, thread: int | None = None
    ) -> Message:
        """A text; in the private chat (`chat_id` of the user or of the bot) it opens the chat for the bot."""
        with self.room.lock:
            user = self.room.users[user_id]
            chat = self.chat(user, chat_id)
            found = chat.messages.get(reply_to) if reply_to is not None else None
            return self.deliver(self.room.add_message(chat, user, text, thread=thread, reply_to=found))

    def edit(self, user_id: int, chat_id: int, message_id: int, text: str) -> None:
        """A text of one's own becomes another one; with the same text, what a client does not show has changed."""
        with self.room.lock:
            message = self.room.chats[chat_id].messages[message_id]
            if message.sender is not self.room.users[user_id]:
                raise LookupError(f"message {message_id} is another's")
            self.room.edit_message(message, text, message.buttons)
            if reaches(self.room, message):
                self.room.push({"edited_message": message.json()})

    def delete(self, chat_id: int, message_id: int) -> None:
        """By whoever may: of an own message its sender, in a group an administrator. No bot is told of it."""
        with self.room.lock:
            del self.room.chats[chat_id].messages[message_id]
            self.room.changed()

    def start(self, user_id: int, payload: str = "") -> Message:
        """Presses Start in the private chat, by a deep link where there is a payload."""
        return self.say(user_id, user_id, f"/start {payload}".strip())

    def send_document(self, user_id: int, chat_id: int, name: str, content: bytes, caption: str = "") -> Message:
        with self.room.lock:
            user = self.room.users[user_id]
            document = keep_file(self.room, name, content)
            return self.deliver(self.room.add_message(self.chat(user, chat_id), user, caption, document=document))

    def press(self, user_id: int, chat_id: int, message_id: int, button: str) -> str:
        """A button that is on the message now, by its label or data; the query's id. Raises LookupError for another."""
        with self.room.lock:
            message = self.room.chats[chat_id].messages[message_id]
            for one in (one for row in message.buttons for one in row):
                if button in (one["text"], one.get("callback_data")):
                    return self.query(self.room.users[user_id], message, one["callback_data"])
            raise LookupError(f"{button!r} is not on message {message_id}")

    def forge(self, user_id: int, chat_id: int, message_id: int, data: str) -> str:
        """A press with data of a hostile client's own making."""
        with self.room.lock:
            message = self.room.chats[chat_id].messages[message_id]
            return self.query(self.room.users[user_id], message, data)

    def query(self, user: User, message: Message, data: str) -> str:
        query = Query(str(7_000_000_000 + self.room.next_query), user, message, self.room.now())
        self.room.next_query += 1
        self.room.queries[query.id] = query
        asked: Json = {"id": query.id, "from": user.json(), "message": message.json(), "data": data}
        self.room.push({"callback_query": asked | {"chat_instance": str(message.chat.id)}})
        return query.id

    def look_up(self, user_id: int, chat_id: int, text: str) -> str:
        """Types something behind the bot's name, in any chat, where nobody sees it; the query's id. Raises LookupError
        where the bot has no inline mode: a client offers none then."""
        with self.room.lock:
            if not self.room.inline:
                raise LookupError("inline mode is off")
            user = self.room.users[user_id]
            query = InlineQuery(str(8_000_000_000 + self.room.next_query), user, text[:QUERY_LIMIT], self.room.now())
            self.room.next_query += 1
            self.room.inline_queries[query.id] = query
            kind = "sender" if chat_id in (user.id, self.room.bot.id) else self.room.chats[chat_id].type
            asked: Json = {"id": query.id, "from": user.json(), "query": query.text, "offset": "", "chat_type": kind}
            self.room.push({"inline_query": asked})
            return query.id

    def choose(self, user_id: int, chat_id: int, query_id: str, result_id: str) -> Message:
        """Sends one of the results that were offered, as a message of the person's own. Raises LookupError."""
        with self.room.lock:
            user, query = self.room.users[user_id], self.room.inline_queries[query_id]
            if query.user is not user:
                raise LookupError(f"query {query_id} is another's")
            chat, text = self.chat(user, chat_id), chosen(query, result_id)
            return self.deliver(self.room.add_message(chat, user, text, via=self.room.bot))

    def add_bot(self, chat_id: int, by: int) -> None:
        self.membership(chat_id, by, "member")
        self.service(chat_id, by, new_chat_members=[self.room.bot.json()])

    def remove_bot(self, chat_id: int, by: int) -> None:
        """The group sees that it left; the bot is told by `my_chat_member` alone: it is out when the line appears."""
        self.membership(chat_id, by, "kicked")
        self.service(chat_id, by, left_chat_member=self.room.bot.json())

    def join(self, user_id: int, chat_id: int) -> None:
        """By an invitation link."""
        self.room.chats[chat_id].members[user_id] = "member"
        self.service(chat_id, user_id, new_chat_members=[self.room.users[user_id].json()])

    def leave(self, user_id: int, chat_id: int) -> None:
        self.room.chats[chat_id].members[user_id] = "left"
        self.service(chat_id, user_id, left_chat_member=self.room.users[user_id].json())

    def pin(self, user_id: int, chat_id: int, message_id: int) -> None:
        pinned = self.room.chats[chat_id].messages[message_id]
        self.service(chat_id, user_id, pinned_message=pinned.json(deep=False))

    def open_topic(self, user_id: int, chat_id: int, title: str) -> int:
        """Its number, which is that of the line that opens it."""
        with self.room.lock:
            chat, created = self.room.chats[chat_id], {"name": title, "icon_color": TOPIC_BLUE}
            opening = self.room.add_message(chat, self.room.users[user_id], service={"forum_topic_created": created})
            opening.thread = opening.id
            chat.threads[opening.id] = title
            return self.deliver(opening).id

    def close_topic(self, user_id: int, chat_id: int, thread: int) -> None:
        self.room.chats[chat_id].closed_threads.add(thread)
        self.service(chat_id, user_id, thread=thread, forum_topic_closed={})

    def mute_bot(self, chat_id: int, by: int, *, muted: bool = True) -> None:
        """An administrator takes its right to write away, or gives it back."""
        with self.room.lock:
            chat = self.room.chats[chat_id]
            status = chat.members[self.room.bot.id]
            before, chat.muted = heard(chat, status), muted
            self.tell(chat, self.room.users[by], before, heard(chat, status))

    def promote_bot(self, chat_id: int, by: int) -> None:
        self.membership(chat_id, by, "administrator")

    def block(self, user_id: int) -> None:
        self.shut(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        self.shut(user_id, blocked=False)

    def migrate(self, chat_id: int) -> int:
        """The basic group becomes a supergroup; its new id."""
        with self.room.lock:
            old = self.room.chats[chat_id]
            new = self.room.add_group(SUPERGROUPS + chat_id, old.title, [])
            new.members, old.migrated_to = dict(old.members), new.id
            self.service(old.id, next(iter(old.members)), migrate_to_chat_id=new.id)
            self.service(new.id, next(iter(new.members)), migrate_from_chat_id=old.id)
            return new.id

    def chat(self, user: User, chat_id: int) -> Chat:
        if chat_id not in (user.id, self.room.bot.id):
            return self.room.chats[chat_id]
        if user.blocked:
            self.unblock(user.id)  # a client lets nobody write before that
        user.started = True
        return self.room.private(user)

    def deliver(self, message: Message) -> Message:
        if reaches(self.room, message):
            self.room.push({"message": message.json()})
        return message

    def service(self, chat_id: int, by: int, *, thread: int | None = None, **fields: Any) -> None:
        with self.room.lock:
            chat = self.room.chats[chat_id]
            self.deliver(self.room.add_message(chat, self.room.users[by], thread=thread, service=fields))

    def membership(self, chat_id: int, by: int, status: str) -> None:
        with self.room.lock:
            chat = self.room.chats[chat_id]
            before = chat.members.get(self.room.bot.id, "left")
            chat.members[self.room.bot.id] = status
            self.tell(chat, self.room.users[by], heard(chat, before), heard(chat, status))

    def shut(self, user_id: int, *, blocked: bool) -> None:
        with self.room.lock:
            user = self.room.users[user_id]
            before, user.blocked = user.blocked, blocked
            states = {True: "kicked", False: "member"}
            self.tell(self.room.private(user), user, states[before], states[blocked])

    def tell(self, chat: Chat, by: User, before: str, after: str) -> None:
        bot = self.room.bot.json()
        sides = {"old_chat_member": member(bot, before), "new_chat_member": member(bot, after)}
        date = int(self.room.now().timestamp())
        self.room.push({"my_chat_member": {"chat": chat.json(), "from": by.json(), "date": date} | sides})


def heard(chat: Chat, status: str) -> str:
    """Of a bot that may not write there."""
    return "restricted" if chat.muted and status == "member" else status


RESTRICTED = (
    "send_messages send_audios send_documents send_photos send_videos send_video_notes send_voice_notes send_polls "
    "send_other_messages add_web_page_previews react_to_messages edit_tag change_info invite_users pin_messages "
    "manage_topics"
)


def member(user: Json, status: str) -> Json:
    """A ChatMember with the fields that its status obliges to."""
    found: Json = {"user": user, "status": status}
    if status == "kicked":
        return found | {"until_date": 0}
    if status == "restricted":
        return found | {"is_member": True, "until_date": 0} | {f"can_{right}": False for right in RESTRICTED.split()}
    if status == "administrator":
        rights = "be_edited manage_chat delete_messages manage_video_chats restrict_members promote_members change_info"
        more = "invite_users post_stories edit_stories delete_stories"
        return found | {f"can_{right}": True for right in f"{rights} {more}".split()} | {"is_anonymous": False}
    return found


def permissions(chat: Chat) -> Json:
    """The ChatPermissions of a group: what its plain members may do."""
    return {f"can_{right}": not (chat.hushed and right.startswith("send_")) for right in RESTRICTED.split()}


def keep_file(room: Room, name: str, content: bytes) -> Json:
    """A Document; its content can be fetched by `getFile`."""
    file_id = secrets.token_urlsafe(12)
    room.files[file_id] = (name, content)
    size = len(content)
    return {"file_id": file_id, "file_unique_id": file_id[:8], "file_name": name, "file_size": size}
