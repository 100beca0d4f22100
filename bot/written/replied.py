"""Replied: what a reply to a notice says. 参加, +1; 请假，孩子发烧 is 请假, and the rest is not looked at; a list that
is handed round (接龙) is left alone, and so is what says two things at once."""

import re
import unicodedata
from enum import StrEnum

from bot.voice import Voices

PAUSE = re.compile(r"[,.;:!。、；：！~…\n\r]+")
SPACE = re.compile(r"\s+")
NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.、)]\s*\S", re.MULTILINE)


class Replied(StrEnum):
    """The first three are called as the buttons are. LEFT: nothing is to be said to it. LEAVE_TALK: leave is spoken of,
    and it is not sure whose. OTHER: something else, such as a question."""

    SEEN = "seen"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"
    LEAVE_TALK = "leave_talk"
    OTHER = "other"


def read(text: str, voices: Voices) -> Replied:
    plain = unicodedata.normalize("NFKC", text).strip()
    words = [voice.labels for voice in voices.every.values()]
    if NUMBERED.search(plain) or any(mark in plain for one in words for mark in one.chains):
        return Replied.LEFT
    said = [meaning(piece, voices) for piece in pieces(plain)]
    if Replied.OTHER not in said:
        return together(set(said))
    if any(mark in plain.casefold() for one in words for mark in one.asking):
        return Replied.OTHER
    if said[0] is Replied.DECLINED:
        return Replied.DECLINED
    away = [word for one in words for word, name in one.answers.items() if name == Replied.DECLINED]
    spoken = any(word in plain for word in away if not word.isascii())
    return Replied.LEAVE_TALK if spoken else Replied.OTHER


def pieces(plain: str) -> list[str]:
    """收到 参加: Chinese words may have a space between; English ones have spaces within."""
    parts = [part.strip() for part in PAUSE.split(plain) if part.strip()]
    return [piece for part in parts for piece in ([part] if part.isascii() else SPACE.split(part))]


def meaning(piece: str, voices: Voices) -> Replied:
    """LEFT: a courtesy."""
    word = voices.answer(piece)
    if word is not None:
        return Replied(word)
    if voices.command(piece) == "leave":
        return Replied.DECLINED
    return Replied.LEFT if voices.is_courtesy(piece) else Replied.OTHER


def together(said: set[Replied]) -> Replied:
    """The one answer that is given; 收到 is less than an answer, and more than thanks."""
    answers = said & {Replied.ACCEPTED, Replied.DECLINED}
    if len(answers) == 1:
        return answers.pop()
    return Replied.SEEN if Replied.SEEN in said and not answers else Replied.LEFT
