"""Also asked (也这样问): the questions that an organiser has given to a clause; seen, added, removed."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from handlers.respond_for import OrganisersOnly
from store import accounts, persons, prompts
from store.accounts import Account
from store.database import Session
from store.persons import Known, Role
from store.policies import bank, editions, placing, unanswered
from store.policies.bank import LONGEST, Kept
from store.policies.placing import target
from store.policies.search import entries_in_force, index
from store.policies.wording import normal
from store.prompts import Asks

if TYPE_CHECKING:  # loaded by the first question: see `search`
    from store.policies.ranking import Entry

PAGE = 8
GOOD_FOR = timedelta(hours=1)


class ListBank(Struct, frozen=True):
    """`page` from 1."""

    account: Account
    consortium: int
    page: int = 1


class BankItem(Struct, frozen=True):
    """`path` None: the papers do not decide it, the office says. `answers`: the clause is there."""

    number: int
    question: str
    title: str
    path: tuple[str, ...] | None
    proposed: bool
    answers: bool


class BankShown(Struct, frozen=True):
    number: int
    items: tuple[BankItem, ...]
    page: int
    pages: int


class RemoveQuestion(Struct, frozen=True):
    account: Account
    question: int


class QuestionRemoved(Struct, frozen=True):
    """It is left to the ranker again."""

    number: int
    question: str


class QuestionGone(Struct, frozen=True):
    """Removed before, or another consortium's; or the paper has changed since the clause was shown."""


class ShowAlso(Struct, frozen=True):
    """`passage`: by its number."""

    account: Account
    passage: int


class AlsoShown(Struct, frozen=True):
    """What the organiser writes next in private is added, a question a line."""

    number: int
    title: str
    path: tuple[str, ...]
    text: str
    questions: tuple[BankItem, ...]


class AlsoAdded(Struct, frozen=True):
    """`moved`: how many of them had belonged to another clause."""

    number: int
    title: str
    path: tuple[str, ...]
    questions: tuple[str, ...]
    moved: int


class AlsoTooLong(Struct, frozen=True):
    """A line is no question. `most`: characters of one; nothing is added, and the next text is read again."""

    line: str
    most: int


AlsoOutcome = AlsoAdded | AlsoTooLong | QuestionGone | OrganisersOnly


def list_bank(session: Session, request: ListBank, _now: datetime) -> BankShown | OrganisersOnly:
    if request.consortium not in persons.in_role(session, request.account, Role.ORGANISER):
        return OrganisersOnly()
    every = bank.every(session, request.consortium)
    pages = max(-(-len(every) // PAGE), 1)
    page = min(max(request.page, 1), pages)
    shown = every[(page - 1) * PAGE : page * PAGE]
    return BankShown(request.consortium, items(session, request.consortium, shown), page, pages)


def remove_question(
    session: Session, request: RemoveQuestion, _now: datetime
) -> QuestionRemoved | QuestionGone | OrganisersOnly:
    ours, it = persons.in_role(session, request.account, Role.ORGANISER), bank.get(session, request.question)
    if it is None or it.consortium not in ours:
        return QuestionGone() if ours else OrganisersOnly()
    unanswered.unsettle(session, it)
    return QuestionRemoved(it.consortium, it.question)


def show_also(session: Session, request: ShowAlso, now: datetime) -> AlsoShown | QuestionGone | OrganisersOnly:
    found = owned(session, request.account, request.passage)
    if not isinstance(found, Owned):
        return found
    account, entry, consortium = accounts.remember(session, request.account), found.entry, found.known.consortium_id
    prompts.ask(session, account, Asks.BANK_QUESTION, None, now + GOOD_FOR, str(request.passage))
    passages = entries_in_force(session, consortium)
    every = bank.every(session, consortium)
    given = [one for one in every if one.target and placing.placed(passages, one.target) is entry]
    where = entry.document, entry.passage.path, placing.words(entry)
    return AlsoShown(consortium, *where, items(session, consortium, given))


def add_also(session: Session, account: Account, passage: int, text: str, now: datetime) -> AlsoOutcome:
    """All lines, or none."""
    found = owned(session, account, passage)
    if not isinstance(found, Owned):
        return found
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line) > LONGEST or not normal(line):
            return AlsoTooLong(line, LONGEST)
    consortium, it, moved = found.known.consortium_id, target(found.entry), 0
    for line in lines:
        before = bank.of_form(session, consortium, normal(line))
        moved += before is not None and before.target != it
        unanswered.settle(session, consortium, line, it, found.known.id, now)
    return AlsoAdded(consortium, it.document, it.path, tuple(lines), moved)


class Owned(Struct, frozen=True):
    """An organiser, and a passage that answers for the own consortium."""

    known: Known
    entry: "Entry"


def owned(session: Session, account: Account, passage: int) -> Owned | QuestionGone | OrganisersOnly:
    ours = [one for one in persons.all_of_account(session, account) if Role.ORGANISER in one.roles]
    for known in ours:
        searched = tuple(editions.in_force(session, known.consortium_id))
        entry = placing.by_number(searched, index(session, known.consortium_id, searched).entries, passage)
        if entry is not None:
            return Owned(known, entry)
    return QuestionGone() if ours else OrganisersOnly()


def items(session: Session, consortium: int, rows: list[Kept]) -> tuple[BankItem, ...]:
    passages = entries_in_force(session, consortium)
    return tuple(
        BankItem(
            one.number,
            one.question,
            one.target.document if one.target else "",
            one.target.path if one.target else None,
            one.proposed,
            one.target is None or placing.placed(passages, one.target) is not None,
        )
        for one in rows
    )
