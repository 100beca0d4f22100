"""Propose (常见问法): questions that a paper answers are put into the bank by rule; the organiser removes some."""

from datetime import datetime

from msgspec import Struct

from handlers.papers import InCharge, PaperGone, in_charge
from handlers.respond_for import OrganisersOnly
from store.accounts import Account
from store.database import Session
from store.policies import bank, editions
from store.policies.search import index


class ProposeQuestions(Struct, frozen=True):
    account: Account
    document: int


class QuestionsProposed(Struct, frozen=True):
    """`number`: the document's; `added`: how many the bank had not; `found`: how many the paper gave."""

    consortium: int
    number: int
    title: str
    added: int
    found: int


def propose_questions(
    session: Session, request: ProposeQuestions, now: datetime
) -> QuestionsProposed | PaperGone | OrganisersOnly:
    found = in_charge(session, request.account, request.document)
    if not isinstance(found, InCharge):
        return found
    it = found.edition
    consortium = found.known.consortium_id
    return QuestionsProposed(consortium, it.document, it.title, *propose(session, consortium, it.title, now))


def propose(session: Session, consortium: int, title: str, now: datetime) -> tuple[int, int]:
    """Of the edition of `title` that is in force: how many were new, and how many were found."""
    from store.policies.proposing import proposed  # rarely wanted, and a dozen patterns

    searched = tuple(editions.in_force(session, consortium))
    edition = next(one for one in searched if one.document == title)
    entries = [one for one in index(session, consortium, searched).entries if one.document == title]
    every = proposed(editions.clauses(session, edition.id), entries)
    return bank.propose(session, consortium, every, now), len(every)
