"""Ask: what a consortium's policy papers say to a question, in their own words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from store import consortiums
from store.database import Session
from store.policies import bank, slots
from store.policies.editions import InForce
from store.policies.remarks import ArticleUnheld, SetAsked
from store.policies.search import Citation, find, index
from store.policies.slots import Filled


class Matter(StrEnum):
    """What a question is about that the papers rarely decide, each with a next step of its own (domain 2.1)."""

    LEAVE = "leave"
    PAY = "pay"
    PUPILS = "pupils"
    REFLECTION = "reflection"
    EVENT = "event"


class Ask(Struct, frozen=True):
    """`consortium`: whose papers are asked, by id. Who may ask is settled before."""

    consortium: int
    text: str


class Quoted(Struct, frozen=True):
    """A citation, and since when its edition is in force, by the consortium's calendar. `number`: of the edition's row.

    For a chat also where it stands: `clause`, the number of its row (0: for no chat), and whether a `section` is less
    than the whole article."""

    text: str
    document: str
    edition: int
    path: tuple[str, ...]
    score: float
    since: date
    number: int
    clause: int = 0
    section: bool = False


class Overtaken(Struct, frozen=True):
    """What was quoted is of an edition that is over. `current`: the one in force, None: the paper was withdrawn."""

    document: str
    edition: int
    current: int | None


class Answered(Struct, frozen=True):
    """`blank`: what was asked for is left blank in the paper that is quoted. `consortium`: whose papers were asked,
    told to whoever is in several, as in the other outcomes. `filled`: what an organiser has put for blanks of what is
    quoted. `sets`: those that the question names. `overtaken`: of the card that it was a reply to, as in the others.
    `asked`: the number of the question, for 👍 and 👎; `passage`: that of what is quoted, for an organiser, who may
    give it more questions; 0: none."""

    citations: tuple[Quoted, ...]
    blank: bool
    consortium: str = ""
    filled: tuple[Filled, ...] = ()
    sets: tuple[SetAsked, ...] = ()
    overtaken: Overtaken | None = None
    asked: int = 0
    passage: int = 0


class Choices(Struct, frozen=True):
    """Several clauses may be meant: at most three, the likeliest first. `asked`: as of an answer."""

    citations: tuple[Quoted, ...]
    consortium: str = ""
    filled: tuple[Filled, ...] = ()
    sets: tuple[SetAsked, ...] = ()
    overtaken: Overtaken | None = None
    asked: int = 0


class Undecided(Struct, frozen=True):
    """The papers do not decide it; `documents` are those that were searched. `group`: asked in one, where it is said in
    one line. `settled`: so the office has said. `sets`: those that it calls by another count than the documents
    (五统一). `article`: the one that it asks for, where no paper has it, and which there are. `matter`: as asked."""

    documents: tuple[InForce, ...]
    consortium: str = ""
    group: bool = False
    overtaken: Overtaken | None = None
    settled: bool = False
    sets: tuple[SetAsked, ...] = ()
    article: ArticleUnheld | None = None
    matter: Matter | None = None


AskOutcome = Answered | Choices | Undecided


def ask(session: Session, request: Ask, _now: datetime) -> AskOutcome:
    """A command's question; one from a chat goes through `consult`."""
    return answer(session, request.consortium, request.text)


def answer(session: Session, consortium: int, text: str, named: str = "") -> AskOutcome:
    """Quoted, offered or honestly undecided (contract, "Policy answers"); never a paraphrase, never a guess. What the
    office has said of a question comes first."""
    settled = bank.matched(session, consortium, text)
    found = settled or find(session, consortium, text)
    cited = quoted(session, consortium, found.citations, found.searched)
    match found.tier:
        case "answer":
            return Answered(cited, found.blank, named, beside(session, consortium, cited))
        case "choices":
            return Choices(cited, named, beside(session, consortium, cited))
        case "none":
            if settled is not None:
                return Undecided(found.searched, named, settled=True)
            from store.policies.articles import unheld
            from store.policies.asked_sets import miscounted

            papers = index(session, consortium, found.searched)
            return Undecided(found.searched, named, sets=miscounted(text, papers), article=unheld(text, papers))


def quoted(
    session: Session, consortium: int, citations: Sequence[Citation], searched: Iterable[InForce]
) -> tuple[Quoted, ...]:
    """Each with the edition that it is of, which is one of those that were searched."""
    if not citations:
        return ()
    zone, of = consortiums.zone(session, consortium), {(one.document, one.number): one for one in searched}
    editions = [of[it.document, it.edition] for it in citations]
    return tuple(
        Quoted(it.text, it.document, it.edition, it.path, it.score, day(edition.imported_at, zone), edition.id)
        for it, edition in zip(citations, editions, strict=True)
    )


def beside(session: Session, consortium: int, quoted: Iterable[Quoted]) -> tuple[Filled, ...]:
    """By the consortium's clock, each once."""
    every = [one for it in quoted for one in slots.beside(session, consortium, it.document, it.path, it.text)]
    zone = consortiums.zone(session, consortium) if every else None
    return tuple(replace(one, at=one.at.astimezone(zone)) for one in dict.fromkeys(every))


def day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
