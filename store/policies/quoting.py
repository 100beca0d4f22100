"""Quoting: the words of the document that answer, verbatim, and never more than may be shown."""

from collections.abc import Sequence

from store.policies.passages import LIMIT, Passage, Sentence


def quote(passage: Passage, place: int) -> str:
    """The whole passage, a line for each of its lines; where it is too long, what stands around sentence `place`.

    At most LIMIT characters. `place` counts as `Entry.sentences` does: the head, where there is one, is 0.
    """
    whole = "\n".join([*passage.head, *map(joined, passage.body), *passage.members])
    if len(whole) <= LIMIT:
        return whole
    if passage.members:
        return "\n".join(within(passage.members, LIMIT))
    head = within(passage.head, LIMIT // 2)
    room = LIMIT - sum(len(line) + 1 for line in head)
    return "\n".join([*head, around(passage, max(place - bool(passage.head), 0), room)])


def joined(sentences: Sequence[Sentence]) -> str:
    return "".join(sentence.text for sentence in sentences)


def within(lines: Sequence[str], room: int) -> list[str]:
    """The first lines that fit."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept


def around(passage: Passage, place: int, room: int) -> str:
    """The sentence with those after it, then those before it, of its own paragraph, as far as they fit."""
    for paragraph in passage.body:
        if place < len(paragraph):
            first, last = place, place + 1
            while last < len(paragraph) and len(joined(paragraph[first : last + 1])) <= room:
                last += 1
            while first > 0 and len(joined(paragraph[first - 1 : last])) <= room:
                first -= 1
            return joined(paragraph[first:last])[:room]
        place -= len(paragraph)
    return ""
