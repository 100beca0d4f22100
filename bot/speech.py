"""What is said to people, before any platform has a hand in it: text complete by itself, and buttons beside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back when it is pressed: at most 64 bytes; a format once sent is never used for anything else."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text without markup; `buttons` are rows; `document`: the name and content of a file that goes with it."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    document: tuple[str, bytes] | None = None
