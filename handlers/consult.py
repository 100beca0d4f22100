"""Consult (/ask): a question put in a chat. Whose papers are asked, and whether at all, is settled here."""

import unicodedata
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.ask import AskOutcome, Matter, Overtaken, Undecided, answer
from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.listed_names import folded
from handlers.next_up import ChatUnbound
from handlers.noting import Question, noted
from handlers.open_clause import carded, overtaken
from handlers.oversight import OVERSEERS
from handlers.papers import PaperItem, listed
from handlers.start import Unlinked
from store import chats, persons
from store.accounts import Account
from store.chats import Place
from store.database import Session
from store.persons import Known, Role
from store.policies import surroundings, unanswered

LONGEST = 500  # characters of a question that are read


class Consult(Struct, frozen=True):
    """Asked in a group (`place`), or in private (None). `personal`: its words ask whether somebody came or is on leave,
    where they name a person. `asks`: it is a question by its form, or was put to us as one; what is not may be
    anything, and no word of it is kept. `card`: the clause of the card that it is a reply to. `matter`: what it is
    about by its words, for where else to ask (domain 2.1)."""

    account: Account | None
    place: Place | None
    text: str
    personal: bool = False
    asks: bool = False
    card: int | None = None
    matter: Matter | None = None


class PersonalMatter(Struct, frozen=True):
    """A question about a named person, which is not answered (domain 8.3). `group`: it was asked in one; `oversees`:
    who asks in private has a roll to look at."""

    group: bool
    oversees: bool


class QuestionMissing(Struct, frozen=True):
    """/ask, and nothing behind it. For an organiser in private: `papers`, those that answer; `waiting`, how many
    questions wait for the office of `consortium`; 0: for nobody."""

    papers: tuple[PaperItem, ...] = ()
    waiting: int = 0
    consortium: int = 0


ConsultOutcome = AskOutcome | PersonalMatter | QuestionMissing | Unlinked | ChatUnbound | ConsortiumToChoose


def consult(session: Session, request: Consult, now: datetime) -> ConsultOutcome:
    """Papers are quoted in a bound group, whoever asks there, or to a linked person in private."""
    named = ""
    text = plain(request.text)[:LONGEST]
    if request.place is not None:
        consortium = chats.consortium_at(session, request.place)
        if consortium is None:
            return ChatUnbound()
        if request.personal and names_somebody(session, consortium, text):
            return PersonalMatter(group=True, oversees=False)
    else:
        asker = speaker(session, request.account)
        if not isinstance(asker, Speaker):
            return asker
        consortium, named = asker.known.consortium_id, asker.consortium
        if request.personal and names_somebody(session, consortium, text, asker.known.name):
            return PersonalMatter(group=False, oversees=bool(asker.known.roles & OVERSEERS))
        if not text:
            return missing(session, asker.known)
    if not text:
        return QuestionMissing()
    outcome = in_chat(session, text, answer(session, consortium, text, named))
    if isinstance(outcome, Undecided):
        outcome = replace(outcome, group=request.place is not None, matter=request.matter)
    outcome = counted(session, request, consortium, text, outcome, now)
    return replace(outcome, overtaken=replied_to(session, consortium, request.card))


def plain(text: str) -> str:
    """On one line and in its order, as the office reads it in a list: without marks that nobody sees (zero-width, right
    to left) and without control characters, of which PostgreSQL keeps no NUL."""
    seen = (char for char in text if unicodedata.category(char) not in ("Cf", "Cs"))
    return " ".join("".join(" " if unicodedata.category(char) == "Cc" else char for char in seen).split())


def counted(
    session: Session, request: Consult, consortium: int, text: str, outcome: AskOutcome, now: datetime
) -> AskOutcome:
    """What linked people ask is."""
    known = persons.of_account(session, request.account, consortium) if request.account else None
    if request.account is None or known is None:
        return outcome
    kept = request.asks and not names_somebody(session, consortium, text)  # a person is nobody else's business
    keeper = request.place is None and Role.ORGANISER in known.roles
    return noted(session, Question(consortium, text, request.account, kept, keeper), outcome, now)


def missing(session: Session, known: Known) -> QuestionMissing:
    """/ask without a question, in private."""
    if Role.ORGANISER not in known.roles:
        return QuestionMissing()
    waiting = unanswered.count(session, known.consortium_id)
    return QuestionMissing(listed(session, known), waiting, known.consortium_id)


def in_chat(session: Session, text: str, outcome: AskOutcome) -> AskOutcome:
    """With what a card needs: the clause that each quotation is of, and the sets that the question names."""
    if isinstance(outcome, Undecided):
        return outcome
    citations, read = carded(session, outcome.citations)
    standing = ((read[one.number], one.clause) for one in citations if one.clause)
    clauses = (surroundings.draft(every, surroundings.place_of(every, clause)) for every, clause in standing)
    quotation = "\n".join(one.text for one in citations)
    from store.policies.asked_sets import asked_sets  # loaded by the first question: see `search`

    return replace(outcome, citations=citations, sets=asked_sets(text, clauses, quotation))


def replied_to(session: Session, consortium: int, card: int | None) -> Overtaken | None:
    """An answer given once is traced to its edition; None where that is in force, or another consortium's."""
    found = surroundings.trace(session, card) if card is not None else None
    return overtaken(session, found) if found is not None and found.consortium == consortium else None


def names_somebody(session: Session, consortium: int, text: str, own: str = "") -> bool:
    """`own`: the asker's name, who may be spoken of."""
    words = folded(text)
    if own:
        words = words.replace(folded(own), "")
    return any(folded(one.name) in words for one in persons.named(session, consortium))
