"""Look up (inline mode, @bot 每月教研): what the own consortium's papers have to a few words, typed in any chat; sent
there by whoever typed them, as a quotation with its path and edition."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from handlers.ask import Answered, Quoted, Undecided, answer, beside, day
from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.consult import LONGEST, names_somebody, plain
from handlers.open_clause import carded
from handlers.start import Unlinked
from store import consortiums
from store.accounts import Account
from store.database import Session
from store.policies import editions, surroundings

MOST = 5  # results
SHORTEST = 2  # characters: what a single one is found in says nothing


class LookUp(Struct, frozen=True):
    """`personal`: its words ask whether somebody came or is on leave, where they name a person."""

    account: Account
    text: str
    personal: bool = False


class LookedUp(Struct, frozen=True):
    """The likeliest first, one quotation each; none, too, where the consortium's file has `inline = false`."""

    results: tuple[Answered, ...]


LookUpOutcome = LookedUp | ConsortiumToChoose | Unlinked


def look_up(session: Session, request: LookUp, _now: datetime) -> LookUpOutcome:
    """For linked people alone; nothing of it is kept."""
    asker, text = speaker(session, request.account), plain(request.text)[:LONGEST]
    if not isinstance(asker, Speaker):
        return asker
    consortium = asker.known.consortium_id
    if len(text) < SHORTEST or not allowed(session, consortium):
        return LookedUp(())
    if request.personal and names_somebody(session, consortium, text, asker.known.name):
        return LookedUp(())
    return LookedUp(tuple(islice(found(session, consortium, text), MOST)))


def allowed(session: Session, consortium: int) -> bool:
    row = consortiums.get(session, consortium)
    return row is not None and consortiums.blueprint(row).consortium.inline is not False


def found(session: Session, consortium: int, text: str) -> Iterator[Answered]:
    """What a question is answered with, then other clauses that hold every word typed; nothing twice."""
    outcome, said = answer(session, consortium, text), list[str]()
    cited = () if isinstance(outcome, Undecided) else carded(session, outcome.citations)[0]
    blank = isinstance(outcome, Answered) and outcome.blank
    for one in chain(cited, holding(session, consortium, text.split())):
        if not any(one.text in before or before in one.text for before in said):
            said.append(one.text)
            yield Answered((one,), blank and one in cited, filled=beside(session, consortium, (one,)))


def holding(session: Session, consortium: int, words: list[str]) -> Iterator[Quoted]:
    zone = consortiums.zone(session, consortium)
    for edition in editions.in_force(session, consortium):
        every, since = surroundings.lines(session, edition.id), day(edition.imported_at, zone)
        for place, one in enumerate(every):
            if all(word in one.words for word in words):
                text = "\n".join(surroundings.whole(every, place))
                of = Quoted(text, edition.document, edition.number, one.path, 0.0, since, edition.id)
                yield replace(of, clause=one.number)
