"""What organisers are told of a group that we cannot write in any more, and of one where that works again."""

from msgspec import Struct

from store import silences
from store.chats import Chat, Silence
from store.database import Session


class ChatSilenced(Struct, frozen=True):
    title: str
    why: Silence


class ChatSpeaks(Struct, frozen=True):
    title: str


def silence_notice(session: Session, subject: str) -> ChatSilenced | ChatSpeaks | None:
    """None where it is otherwise meanwhile."""
    number, _, what = subject.partition(":")
    chat = session.get(Chat, int(number))
    if chat is None or chat.retired_at is not None:
        return None
    if what == silences.AGAIN:
        return ChatSpeaks(chat.title) if chat.silence is None else None
    return ChatSilenced(chat.title, Silence(chat.silence)) if chat.silence is not None else None
