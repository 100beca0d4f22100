"""Consult (/ask): a question put in a chat. Whose papers are asked, and whether at all, is settled here."""

from dataclasses import dataclass
from datetime import datetime

from handlers.ask import AskOutcome, answer
from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.next_up import ChatUnbound
from handlers.papers import PaperItem, listed
from handlers.start import Unlinked
from store import chats
from store.accounts import Account
from store.chats import Place
from store.database import Session

LONGEST = 500  # characters of a question that are read


@dataclass(frozen=True, slots=True)
class Consult:
    """Asked in a group (`place`), or in private (None)."""

    account: Account | None
    place: Place | None
    text: str


@dataclass(frozen=True, slots=True)
class QuestionMissing:
    """/ask, and nothing behind it. `papers`: for an organiser in private, those that answer."""

    papers: tuple[PaperItem, ...] = ()


ConsultOutcome = AskOutcome | QuestionMissing | Unlinked | ChatUnbound | ConsortiumToChoose


def consult(session: Session, request: Consult, _now: datetime) -> ConsultOutcome:
    """Papers are quoted in a bound group, whoever asks there, or to a linked person in private."""
    named, papers = "", tuple[PaperItem, ...]()
    text = request.text.strip()[:LONGEST]
    if request.place is not None:
        consortium = chats.consortium_at(session, request.place)
        if consortium is None:
            return ChatUnbound()
    else:
        asker = speaker(session, request.account)
        if not isinstance(asker, Speaker):
            return asker
        consortium, named = asker.known.consortium_id, asker.consortium
        papers = () if text else listed(session, asker.known)
    return answer(session, consortium, text, named) if text else QuestionMissing(papers)
