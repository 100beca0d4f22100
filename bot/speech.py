"""What is said to people, before any platform has a hand in it: text complete by itself, and buttons beside it."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

ONE_IN_A_CIRCLE = 0x2460  # Unicode, Enclosed Alphanumerics: 1 to 20


class Button(Struct, frozen=True):
    """`data` comes back when it is pressed: at most 64 bytes; a format once sent is never used for anything else."""

    label: str
    data: str


class Message(Struct, frozen=True):
    """Plain text without markup; `buttons` are rows; `document`: the name and content of a file that goes with it;
    `picture`: the same of a PNG that is shown with it; `scan`: what a link into the private chat carries that goes with
    it as a picture (二维码)."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: tuple[str, bytes] | None = None
    scan: str | None = None
    picture: tuple[str, bytes] | None = None


def together(messages: Sequence[Message]) -> Message:
    """Several as one: their texts with a blank line between, and the buttons of all, a row each, so that every answer
    stays within reach.

    The same buttons stand once. From the second text with buttons on, it and its buttons bear its number (②).
    """
    if len(messages) == 1:
        return messages[0]
    texts: list[str] = []
    rows: list[tuple[Button, ...]] = []
    asking = 0
    for message in messages:
        fresh = [row for row in message.buttons if row not in rows]
        asking += bool(fresh)
        mark = chr(ONE_IN_A_CIRCLE - 1 + asking) if fresh and 1 < asking <= 20 else ""
        texts.append(mark + message.text)
        rows += [tuple(replace(button, label=mark + button.label) for button in row) for row in fresh]
    return Message("\n\n".join(texts), tuple(rows))
