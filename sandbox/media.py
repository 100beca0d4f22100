"""Methods of files and pictures."""

import json
from collections.abc import Callable
from struct import unpack
from typing import Any

from sandbox.checks import Sent, checked_caption, keyboard, own_message, reply_of, thread_of, writable
from sandbox.errors import Refused
from sandbox.people import keep_file
from sandbox.state import Json, Room

DOWNLOAD_LIMIT = 20 << 20  # bytes of a file that a bot may fetch
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST, LONGEST = 10_000, 20  # pixels of width and height together; how many times as long as wide


def send_document(room: Room, sent: Sent) -> Json:
    return send_file(room, sent, "document", keep_file)


def get_file(room: Room, sent: Sent) -> Json:
    file_id = str(sent.get("file_id", ""))
    if file_id not in room.files:
        raise Refused("file_id_invalid")
    size = len(room.files[file_id][1])
    if size > DOWNLOAD_LIMIT:
        raise Refused("file_too_big")
    return {"file_id": file_id, "file_unique_id": file_id[:8], "file_size": size, "file_path": f"documents/{file_id}"}


def send_photo(room: Room, sent: Sent) -> Json:
    return send_file(room, sent, "photo", sizes)


def send_file(room: Room, sent: Sent, kind: str, keep: Callable[[Room, str, bytes], Any]) -> Json:
    """`kind`: what it is called, in the request and in the message."""
    chat = writable(room, sent)
    file = uploaded(sent, sent.get(kind))
    if file is None:
        raise Refused(f"no_{kind}")
    caption, buttons = checked_caption(sent), keyboard(sent)
    more = {"thread": thread_of(chat, sent), "reply_to": reply_of(chat, sent), "buttons": buttons}
    return room.add_message(chat, room.bot, caption, **{kind: keep(room, *file)}, **more).json()


def edit_message_media(room: Room, sent: Sent) -> Json:
    """By a new picture; other kinds are not emulated."""
    message = own_message(room, writable(room, sent), sent)
    media = json.loads(sent.get("media") or "{}")
    if media.get("type") != "photo":
        raise Refused("not_emulated", method=f"editMessageMedia ({media.get('type')})")
    file = uploaded(sent, media.get("media"))
    if file is None:
        raise Refused("no_photo")
    caption, buttons = checked_caption(media), keyboard(sent)
    message.photo, message.document = sizes(room, *file), None
    room.edit_message(message, caption, buttons)
    return message.json()


def edit_message_caption(room: Room, sent: Sent) -> Json:
    message = own_message(room, writable(room, sent), sent)
    if message.document is None and not message.photo:
        raise Refused("no_caption")
    caption, buttons = checked_caption(sent), keyboard(sent)
    if (message.text, message.buttons) == (caption, buttons):
        raise Refused("not_modified")
    room.edit_message(message, caption, buttons)
    return message.json()


def uploaded(sent: Sent, named: Any) -> tuple[str, bytes] | None:
    """A file of the request, as such or by `attach://name`."""
    file = sent.get(str(named).removeprefix("attach://")) or named
    return file if isinstance(file, tuple) else None


def sizes(room: Room, name: str, content: bytes) -> list[Json]:
    """Of a PNG, one PhotoSize; Telegram makes more of it."""
    if not content.startswith(PNG) or len(content) < 24:
        raise Refused("image_failed")
    width, height = unpack(">II", content[16:24])
    if width + height > LARGEST or max(width, height) > LONGEST * min(width, height):
        raise Refused("photo_dimensions")
    kept = keep_file(room, name, content)
    del kept["file_name"]
    return [kept | {"width": width, "height": height}]
