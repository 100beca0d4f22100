"""The question file (samples/questions): which questions each clause answers, in TOML."""

from pathlib import Path

from msgspec import Struct

from bot.file.consortium_file import parsed
from bot.file.file_keys import some, table
from bot.file.refusals import Complaints, Refusals
from bot.file.shapes import Listed, Plain, Row, Rows, take_table
from store.complaint import Complaint
from store.database import Session
from store.policies import bank, decoding, importing
from store.policies.placing import Target, pointed, target
from store.policies.search import entries_in_force
from store.policies.wording import normal


class Clause(Struct, frozen=True):
    """`says`: words of one passage only; where several have them, the headings above (`path`) or the title (`document`)
    tell which. `at`, `asks_at`: where its words and its questions stand, for who is told that they are wrong."""

    at: str
    asks_at: str
    says: str
    ask: tuple[str, ...]
    path: tuple[str, ...] = ()
    document: str | None = None


def at_most(longest: int, expected: str) -> Plain:
    def words(value: object) -> str:
        if isinstance(value, str) and 0 < len(value.strip()) <= longest:
            return value.strip()
        raise ValueError(expected)

    return words


def anything(value: object) -> str:
    """As it stands in the paper; `plain_values.text` takes no full-width space, which a heading may have."""
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("text that is not empty")


SAYS = at_most(bank.LONGEST, f"1 to {bank.LONGEST} characters of the clause")
QUESTION = at_most(bank.LONGEST, f"a question of 1 to {bank.LONGEST} characters")
CLAUSE = table(
    "says ask",
    says=SAYS,
    ask=some(QUESTION, turns=True),  # the same one twice is one
    path=Listed(anything, turns=True),
    document=anything,
)
FILE = table("", clause=Rows(CLAUSE))


def read(path: Path) -> tuple[Clause, ...]:
    """Raises Complaint, or Complaints in the file's order."""
    text, refusals = decoding.utf8(str(path), importing.content_of(path)), Refusals()
    document = parsed(text, str(path))
    file = take_table(FILE, document, (), refusals)
    if refusals:
        found = refusals.told(text, document).found
        raise Complaints(Complaint(f"{path}, {one.where}", one.found, one.expected) for one in found)
    rows: list[Row] = file.get("clause", []) if file else []
    if not rows:
        raise Complaint(str(path), "no [[clause]]", "at least one [[clause]]")
    places = (f"{path}, clause[{number}]" for number in range(1, len(rows) + 1))
    return tuple(Clause(at, f"{at}.ask", **row) for at, row in zip(places, rows, strict=True))


def placed(session: Session, consortium: int, clauses: tuple[Clause, ...]) -> list[tuple[str, Target]]:
    """Questions with the passage that answers each.

    Raises Complaint where a clause is not there, or is not the only one, or a question is asked of two.
    """
    found: dict[str, tuple[str, Target]] = {}
    for clause in clauses:
        it = passage(session, consortium, clause)
        for question in clause.ask:
            form = normal(question)
            if not form or found.get(form, ("", it))[1] != it:
                expected = "a question of this clause alone" if form else "a question in words"
                raise Complaint(clause.asks_at, repr(question), expected)
            found[form] = question, it
    return list(found.values())


def passage(session: Session, consortium: int, clause: Clause) -> Target:
    found = pointed(entries_in_force(session, consortium), clause.says, clause.path, clause.document)
    if len(found) != 1:
        raise Complaint(clause.at, f"{clause.says!r} is in {len(found)} passages", "words of one passage in force")
    return target(found[0])
