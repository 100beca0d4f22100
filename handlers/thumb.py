"""Thumb (👍, 👎): whether an answer helped. One word a person and question; 👎 brings the question to the office, and
👍 instead takes it back."""

from datetime import datetime

from msgspec import Struct

from store import accounts, persons
from store.accounts import Account
from store.database import Session
from store.policies import asked, unanswered
from store.policies.asked import Asked
from store.policies.unanswered import Reason


class PressThumb(Struct, frozen=True):
    """`asked`: the question's number, as its card bears it."""

    account: Account
    asked: int
    up: bool


class ThumbKept(Struct, frozen=True):
    """`again`: it was this word already; `queued`: the question waits for the office, as far as its words are kept."""

    up: bool
    again: bool
    queued: bool


class ThumbUseless(Struct, frozen=True):
    """The presser is not of the consortium, or the card is older than the counts."""


def press_thumb(session: Session, request: PressThumb, now: datetime) -> ThumbKept | ThumbUseless:
    found = asked.get(session, request.asked)
    known = persons.of_account(session, request.account, found.consortium) if found is not None else None
    account = accounts.id_of(session, request.account)
    if found is None or known is None or account is None:
        return ThumbUseless()
    queued = not request.up and found.question != ""
    before = asked.voted(session, found.number, account)
    if not asked.vote(session, found.number, account, request.up):
        return ThumbKept(request.up, again=True, queued=queued)
    if before is False and found.question:
        others = asked.unhelpful(session, found.consortium, found.question)
        unanswered.take_back(session, found.consortium, found.question, others)
    if queued:
        unanswered.note(session, found.consortium, found.question, now, Reason.UNHELPFUL, place(found))
    return ThumbKept(request.up, again=False, queued=queued)


def place(found: Asked) -> str:
    """The title, and the headings from the top; "" where clauses were offered, and none was the answer."""
    return " › ".join((found.document, *found.path)) if found.document else ""
