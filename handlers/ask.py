"""Ask: what a consortium's policy papers say to a question, in their own words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from store import consortiums
from store.database import Session
from store.policies import bank, slots
from store.policies.editions import InForce
from store.policies.search import Citation, find
from store.policies.slots import Filled


@dataclass(frozen=True, slots=True)
class Ask:
    """`consortium`: whose papers are asked, by id. Who may ask is settled before."""

    consortium: int
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """`blank`: what was asked for is left blank in the paper that is quoted. `consortium`: whose papers were asked,
    told to whoever is in several, as in the other outcomes. `filled`: what an organiser has put for blanks of what is
    quoted. `asked`: the number of the question, for 👍 and 👎; `passage`: that of what is quoted, for an organiser, who
    may give it more questions; 0: none."""

    citations: tuple[Citation, ...]
    blank: bool
    consortium: str = ""
    filled: tuple[Filled, ...] = ()
    asked: int = 0
    passage: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """Several clauses may be meant: at most three, the likeliest first."""

    citations: tuple[Citation, ...]
    consortium: str = ""
    filled: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """The papers do not decide it; `documents` are those that were searched. `settled`: so the office has said."""

    documents: tuple[InForce, ...]
    consortium: str = ""
    settled: bool = False


AskOutcome = Answered | Choices | Undecided


def ask(session: Session, request: Ask, _now: datetime) -> AskOutcome:
    """A command's question; one from a chat goes through `consult`."""
    return answer(session, request.consortium, request.text)


def answer(session: Session, consortium: int, text: str, named: str = "") -> AskOutcome:
    """Quoted, offered or honestly undecided (contract, "Policy answers"); never a paraphrase, never a guess. What the
    office has said of a question comes first."""
    settled = bank.matched(session, consortium, text)
    found = settled or find(session, consortium, text)
    match found.tier:
        case "answer":
            return Answered(found.citations, found.blank, named, beside(session, consortium, found.citations))
        case "choices":
            return Choices(found.citations, named, beside(session, consortium, found.citations))
        case "none":
            return Undecided(found.searched, named, settled is not None)


def beside(session: Session, consortium: int, citations: Iterable[Citation]) -> tuple[Filled, ...]:
    """By the consortium's clock, each once."""
    every = [one for it in citations for one in slots.beside(session, consortium, it.document, it.path, it.text)]
    row = consortiums.get(session, consortium) if every else None
    zone = ZoneInfo(row.timezone) if row is not None else None
    return tuple(replace(one, at=one.at.astimezone(zone)) for one in dict.fromkeys(every))
