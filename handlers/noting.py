"""Noting: what was asked is counted, and what found no clause waits for the office; never by whom."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.ask import Answered, AskOutcome, Choices, Quoted
from store import accounts, consortiums
from store.accounts import Account
from store.database import Session
from store.policies import asked, bank, editions, placing, unanswered
from store.policies.search import Citation, index
from store.policies.wording import normal


class Question(Struct, frozen=True):
    """What somebody linked has asked. `kept`: its words may be; `keeper`: an organiser in private, who may give more
    questions to the clause."""

    consortium: int
    text: str
    account: Account
    kept: bool
    keeper: bool


def noted(session: Session, question: Question, outcome: AskOutcome, now: datetime) -> AskOutcome:
    """What is too long to be a question of the bank is not kept. Of words that are not kept only an answer counts."""
    number = accounts.id_of(session, question.account)
    kept = question.kept and len(question.text) <= bank.LONGEST and normal(question.text) != ""
    if number is None or not (kept or isinstance(outcome, Answered)):
        return outcome
    today = now.astimezone(consortiums.zone(session, question.consortium)).date()
    about = session, question.consortium, question.text if kept else ""
    if isinstance(outcome, Answered):
        quoted = outcome.citations[0]
        card = asked.count(*about, today, number, "answered", (quoted.document, quoted.path))
        return replace(outcome, asked=card, passage=passage(session, question, quoted))
    if isinstance(outcome, Choices):
        return replace(outcome, asked=asked.count(*about, today, number, "choices", None))
    asked.count(*about, today, number, "undecided", None)
    if outcome.documents and not (outcome.settled or outcome.sets or outcome.article):
        unanswered.note(*about, now)
    return outcome


def passage(session: Session, question: Question, quoted: Quoted) -> int:
    """Its number, for an organiser; 0: none."""
    if not question.keeper:
        return 0
    searched = tuple(editions.in_force(session, question.consortium))
    papers = index(session, question.consortium, searched)
    of = Citation(quoted.text, quoted.document, quoted.edition, quoted.path, quoted.score)
    entry = placing.entry_of(papers, of)
    return placing.number(searched, papers.entries, entry) if entry is not None else 0
