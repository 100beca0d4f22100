"""Noting: what was asked is counted, and what found no clause waits for the office; never by whom."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.ask import Answered, AskOutcome, Choices
from store import accounts, consortiums
from store.accounts import Account
from store.database import Session
from store.policies import asked, bank, editions, placing, unanswered
from store.policies.search import Citation, index
from store.policies.wording import normal


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody linked has asked. `keeper`: an organiser in private, who may give more questions to the clause."""

    consortium: int
    text: str
    account: Account
    keeper: bool


def noted(session: Session, question: Question, outcome: AskOutcome, now: datetime) -> AskOutcome:
    """What is too long to be a question of the bank is answered, and not kept."""
    number, row = accounts.id_of(session, question.account), consortiums.get(session, question.consortium)
    if number is None or row is None or len(question.text) > bank.LONGEST or not normal(question.text):
        return outcome
    today = now.astimezone(ZoneInfo(row.timezone)).date()
    about = session, question.consortium, question.text
    if isinstance(outcome, Answered):
        quoted = outcome.citations[0]
        card = asked.count(*about, today, number, "answered", quoted)
        return replace(outcome, asked=card, passage=passage(session, question, quoted))
    if isinstance(outcome, Choices):
        asked.count(*about, today, number, "choices", None)
        return outcome
    asked.count(*about, today, number, "undecided", None)
    if outcome.documents and not outcome.settled:
        unanswered.note(*about, now)
    return outcome


def passage(session: Session, question: Question, quoted: Citation) -> int:
    """Its number, for an organiser; 0: none."""
    if not question.keeper:
        return 0
    searched = tuple(editions.in_force(session, question.consortium))
    papers = index(session, question.consortium, searched)
    entry = placing.entry_of(papers, quoted)
    return placing.number(searched, papers.entries, entry) if entry is not None else 0
