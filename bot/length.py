"""Length: what a message may hold. tdlib counts code points, the client UTF-16 units: the narrower bound is kept."""

from collections.abc import Sequence

from bot.speech import Message, together
from handlers.text_units import units

LONGEST = 4096  # of a message's text (Bot API, sendMessage)
END = "…"


def fitted(text: str) -> str:
    """Whole lines, as many as fit, and a sign that some are missing; a first line too long is cut within."""
    if units(text) <= LONGEST:
        return text
    kept: list[str] = []
    room = LONGEST - units(END) - 1
    for line in text.split("\n"):
        room -= units(line) + 1
        if room < 0:
            break
        kept.append(line)
    if not kept:
        return text.encode("utf-16-le")[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + END
    return "\n".join([*kept, END])


def parted_by_length(messages: Sequence[Message]) -> list[list[Message]]:
    """What becomes one message each (`together`), in order: as few as hold them, none of them cut in two."""
    found: list[list[Message]] = []
    for message in messages:
        if found and units(together([*found[-1], message]).text) <= LONGEST:
            found[-1].append(message)
        else:
            found.append([message])
    return found


def parts(text: str) -> list[str]:
    """All of it, in as few messages as hold it, whole lines each; they break before a paragraph where one does."""
    found = [""]
    for block in text.split("\n\n"):
        whole = [block] if units(block) <= LONGEST else block.split("\n")
        for number, piece in enumerate(whole):
            between = "\n" if number else "\n\n"
            joined = f"{found[-1]}{between}{piece}" if found[-1] else piece
            if units(joined) <= LONGEST:
                found[-1] = joined
            else:
                found.append(fitted(piece))
    return [part for part in found if part]
