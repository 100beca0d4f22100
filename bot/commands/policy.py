"""`jiaolian policy`: questions answered; the papers themselves are in `papers.py`."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import assert_never

import click

from bot.called import consortium_called
from bot.commands import papers, questions
from bot.commands.office import Office
from bot.commands.options import AS_JSON
from bot.commands.papers import known, voice
from bot.shell_words import WrongUsage
from handlers.ask import Answered, Ask, AskOutcome, Choices, Quoted, Undecided
from handlers.ask import ask as use_case
from store.complaint import Complaint
from store.database import Session, Store
from store.policies import decoding, importing
from store.policies.slots import Filled

Row = tuple[str, dict[str, str]]  # its place in the file, and what it says


@click.group(help="Import a plan, ask it, show its clauses.")
def policy() -> None:
    pass


for command in (*papers.COMMANDS, *questions.COMMANDS):
    policy.add_command(command)


@policy.command(help="Ask the papers in force; answered in their own words, or not at all.")
@click.argument("question", required=False)
@click.option("--consortium", metavar="KEY", help="The consortium's key.")
@click.option("--batch", type=click.Path(path_type=Path), help="A .jsonl of {id, consortium, question}.")
@AS_JSON
@click.pass_obj
def ask(office: Office, question: str | None, consortium: str | None, batch: Path | None, as_json: bool) -> None:
    if batch is not None and question is None and consortium is None:
        with closing(office.store()) as store:
            for each in answers(office, store, batch):
                click.echo(json.dumps(each, ensure_ascii=False))
        return
    if batch is not None or question is None or consortium is None:
        raise WrongUsage("QUESTION and --consortium, or --batch FILE.jsonl")
    if not is_text(question) or not any(map(str.isalnum, question)):  # no text; blanks, or marks alone
        raise Complaint("QUESTION", repr(question[:40]), "a question in words")
    with closing(office.store()) as store:
        outcome = store.call(use_case, Ask(store.call(known, consortium), question), office.now())
    facts = answered(office, question, outcome)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else voice(office.language).say(outcome).text)


def answers(office: Office, store: Store, batch: Path) -> list[dict[str, object]]:
    """An answer to each line of a batch, in its order, with its `id`; all of them of the papers of one moment."""
    asked = list(rows(batch))
    outcomes = store.call(ask_each, asked, office.now())
    several = zip(asked, outcomes, strict=True)
    return [{"id": row["id"], **answered(office, row["question"], outcome)} for (_, row), outcome in several]


def ask_each(session: Session, asked: Sequence[Row], now: datetime) -> list[AskOutcome]:
    numbers = dict[str, int]()
    for at, row in asked:
        if (key := row["consortium"]) not in numbers:
            numbers[key] = consortium_called(session, key, f"{at}: consortium").id or 0
    return [use_case(session, Ask(numbers[row["consortium"]], row["question"]), now) for _, row in asked]


def rows(batch: Path) -> Iterator[Row]:
    """The rows of a batch file, each with its place; `id` may be of any JSON type and comes back as it is."""
    for number, line in enumerate(decoding.utf8(str(batch), importing.content_of(batch)).split("\n"), 1):
        at = f"{batch}:{number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Complaint(at, repr(line[:40]), "a JSON object") from error
        if not isinstance(row, dict):
            raise Complaint(at, repr(line[:40]), "a JSON object")
        for name in ("id", "consortium", "question"):
            if name not in row or (name != "id" and not is_text(row[name])):
                raise Complaint(f"{at}: {name}", repr(row.get(name)), "a text" if name != "id" else "an id")
        yield at, row


def is_text(value: object) -> bool:
    """Half a character (a surrogate) is none: JSON and arguments may hold one, and nothing can be written with it."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def answered(office: Office, question: str, outcome: AskOutcome) -> dict[str, object]:
    """The contract's shape of `policy ask --json`."""
    match outcome:
        case Answered(citations, blank, filled=filled):
            return answer(question, "answer", citations, "blank" if blank else None) | beside(filled)
        case Choices(citations, filled=filled):
            return answer(question, "choices", citations, None) | beside(filled)
        case Undecided():
            return answer(question, "none", (), " ".join(voice(office.language).say(outcome).text.split("\n")))
    assert_never(outcome)


def answer(question: str, tier: str, citations: Sequence[Quoted], note: str | None) -> dict[str, object]:
    quoted = [
        {
            "text": each.text,
            "document": each.document,
            "edition": each.edition,
            "path": list(each.path),
            "score": each.score,
        }
        for each in citations
    ]
    return {"question": question, "tier": tier, "answers": quoted, "note": note}


def beside(filled: Sequence[Filled]) -> dict[str, object]:
    """What an organiser has filled in for blanks of what is quoted; no key where there is nothing."""
    told = [
        {"document": one.document, "blank": one.around, "value": one.value, "source": one.source or None}
        | {"by": one.by, "at": one.at.isoformat()}
        for one in filled
    ]
    return {"filled": told} if told else {}
