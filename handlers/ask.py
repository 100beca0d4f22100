"""Ask: what a consortium's policy papers say to a question, in their own words."""

from dataclasses import dataclass
from datetime import datetime

from store.database import Session
from store.policies.editions import InForce
from store.policies.search import Citation, find


@dataclass(frozen=True, slots=True)
class Ask:
    """`consortium`: whose papers are asked, by id. Who may ask is settled before."""

    consortium: int
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """`blank`: what was asked for is left blank in the paper that is quoted. `consortium`: whose papers were asked,
    told to whoever is in several, as in the other outcomes."""

    citations: tuple[Citation, ...]
    blank: bool
    consortium: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Several clauses may be meant: at most three, the likeliest first."""

    citations: tuple[Citation, ...]
    consortium: str = ""


@dataclass(frozen=True, slots=True)
class Undecided:
    """The papers do not decide it; `documents` are those that were searched."""

    documents: tuple[InForce, ...]
    consortium: str = ""


AskOutcome = Answered | Choices | Undecided


def ask(session: Session, request: Ask, _now: datetime) -> AskOutcome:
    """A command's question; one from a chat goes through `consult`."""
    return answer(session, request.consortium, request.text)


def answer(session: Session, consortium: int, text: str, named: str = "") -> AskOutcome:
    """Quoted, offered or honestly undecided (contract, "Policy answers"); never a paraphrase, never a guess."""
    found = find(session, consortium, text)
    match found.tier:
        case "answer":
            return Answered(found.citations, found.blank, named)
        case "choices":
            return Choices(found.citations, named)
        case "none":
            return Undecided(found.searched, named)
