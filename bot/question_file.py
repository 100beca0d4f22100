"""The question file (samples/questions): which questions each clause answers, in TOML."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from store.complaint import Complaint
from store.database import Session
from store.policies import bank, decoding, editions, importing
from store.policies.placing import Target, pointed, target
from store.policies.search import index
from store.policies.wording import normal

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=bank.LONGEST)]


class Clause(BaseModel):
    """`says`: words of one passage only; where several have them, the headings above (`path`) or the title (`document`)
    tell which."""

    model_config = ConfigDict(extra="forbid")
    says: Text
    ask: list[Text] = Field(min_length=1)
    path: list[str] = []
    document: str | None = None


class QuestionFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    clause: list[Clause] = Field(min_length=1)


def read(path: Path) -> QuestionFile:
    """Raises Complaint."""
    text = decoding.utf8(str(path), importing.content_of(path))
    try:
        return QuestionFile.model_validate(tomllib.loads(text))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Complaint(
            f"{path}: {where}", repr(first["input"])[:80], first["msg"].removeprefix("Input should be ")
        ) from None
    except ValueError as error:
        raise Complaint(str(path), str(error), "TOML") from None


def placed(session: Session, consortium: int, name: str, file: QuestionFile) -> list[tuple[str, Target]]:
    """Questions with the passage that answers each.

    Raises Complaint where a clause is not there, or is not the only one, or a question is asked of two.
    """
    found: dict[str, tuple[str, Target]] = {}
    for at, clause in enumerate(file.clause):
        it = passage(session, consortium, f"{name}: clause.{at}", clause)
        for question in clause.ask:
            form = normal(question)
            if not form or found.get(form, ("", it))[1] != it:
                raise Complaint(f"{name}: clause.{at}.ask", repr(question), "a question of this clause alone")
            found[form] = question, it
    return list(found.values())


def passage(session: Session, consortium: int, where: str, clause: Clause) -> Target:
    papers = index(session, consortium, tuple(editions.in_force(session, consortium)))
    entries = pointed(papers.entries, clause.says, clause.path, clause.document)
    if len(entries) != 1:
        raise Complaint(where, f"{clause.says!r} is in {len(entries)} passages", "words of one passage in force")
    return target(entries[0])
