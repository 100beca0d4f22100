"""Consult (/ask): a question put in a chat. Whose papers are asked, and whether at all, is settled here."""

from dataclasses import dataclass
from datetime import datetime

from handlers.ask import AskOutcome, answer
from handlers.next_up import ChatUnbound
from handlers.start import Unlinked
from store import chats, persons
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
    """/ask, and nothing behind it."""


ConsultOutcome = AskOutcome | QuestionMissing | Unlinked | ChatUnbound


def consult(session: Session, request: Consult, _now: datetime) -> ConsultOutcome:
    """Papers are quoted in a bound group, whoever asks there, or to a linked person in private."""
    if request.place is not None:
        consortium = chats.consortium_at(session, request.place)
        if consortium is None:
            return ChatUnbound()
    else:
        known = persons.of_account(session, request.account) if request.account else None
        if known is None:
            return Unlinked()
        consortium = known.consortium_id
    text = request.text.strip()[:LONGEST]
    return answer(session, consortium, text) if text else QuestionMissing()
