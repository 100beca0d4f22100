"""`jiaolian policy`: papers in, questions answered, clauses shown."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import click

from bot.office import Office
from handlers.ask import Answered, Ask, AskOutcome, Choices, Undecided
from handlers.ask import ask as use_case
from store import consortiums
from store.complaint import Complaint
from store.database import Session, Store
from store.policies import editions, importing
from store.policies.clauses import ClauseDraft
from store.policies.editions import InForce, Published, Unchanged
from store.policies.search import Citation

if TYPE_CHECKING:
    from bot.voice import Voice

OF_CONSORTIUM = click.option("--consortium", required=True, help="The consortium's key.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@click.group(help="Import a plan, ask it, show its clauses.")
def policy() -> None:
    pass


@policy.command("import", help="Take a paper (.txt .md .docx); the same title again makes a new edition.")
@click.argument("file", type=click.Path(path_type=Path))
@OF_CONSORTIUM
@click.option("--title", help="The document's title; else the paper's first line.")
@click.option("--part", type=int, help="Which paper (篇) of a file that holds several.")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
@AS_JSON
@click.pass_obj
def import_paper(
    office: Office, file: Path, consortium: str, title: str | None, part: int | None, dry_run: bool, as_json: bool
) -> None:
    paper = importing.paper(file, part, title)
    with closing(office.store()) as store:
        key = store.call(known, consortium)
        answer = (store.try_out if dry_run else store.call)(
            editions.publish, key, paper.title, paper.source_name, paper.drafts, paper.text, office.now()
        )
    click.echo(json.dumps(imported(answer), ensure_ascii=False) if as_json else said(office, answer))


@policy.command(help="Ask the papers in force; answered in their own words, or not at all.")
@click.argument("question", required=False)
@click.option("--consortium", help="The consortium's key.")
@click.option("--batch", type=click.Path(path_type=Path), help="A .jsonl of {id, consortium, question}.")
@AS_JSON
@click.pass_obj
def ask(office: Office, question: str | None, consortium: str | None, batch: Path | None, as_json: bool) -> None:
    if batch is not None:
        with closing(office.store()) as store:
            for line in [json.dumps(each, ensure_ascii=False) for each in answers(office, store, batch)]:
                click.echo(line)
        return
    if question is None or consortium is None:
        raise click.UsageError("QUESTION and --consortium, or --batch FILE.jsonl")
    with closing(office.store()) as store:
        outcome = store.call(use_case, Ask(store.call(known, consortium), question), office.now())
    facts = answered(office, question, outcome)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else said(office, outcome))


@policy.command(help="The clause tree of the editions in force.")
@OF_CONSORTIUM
@AS_JSON
@click.pass_obj
def show(office: Office, consortium: str, as_json: bool) -> None:
    with closing(office.store()) as store:
        documents = store.call(shown, consortium)
    if as_json:
        click.echo(json.dumps([document(each, clauses) for each, clauses in documents], ensure_ascii=False))
        return
    for each, clauses in documents:
        facts = {"document": each.document, "edition": each.number, "source": each.source_name, "at": each.imported_at}
        click.echo("\n".join([voice(office.language).words("policy_edition", facts), *outline(clauses)]))


def imported(answer: Published | Unchanged) -> dict[str, object]:
    """The contract's shape of `policy import --json`."""
    facts: dict[str, object] = {"document": answer.document, "edition": answer.edition, "clauses": answer.clauses}
    match answer:
        case Published(added=added, changed=changed, removed=removed):
            return {**facts, "added": added, "changed": changed, "removed": removed}
        case Unchanged():
            return {**facts, "added": 0, "changed": 0, "removed": 0}
    assert_never(answer)


def answers(office: Office, store: Store, batch: Path) -> Iterator[dict[str, object]]:
    """An answer to each line of a batch, in its order, with its `id`."""
    for row in list(rows(batch)):
        outcome = store.call(use_case, Ask(store.call(known, row["consortium"]), row["question"]), office.now())
        yield {"id": row["id"], **answered(office, row["question"], outcome)}


def rows(batch: Path) -> Iterator[dict[str, str]]:
    """The rows of a batch file; `id` may be of any JSON type and comes back as it is."""
    for at, line in enumerate(importing.decoded(str(batch), importing.content_of(batch)).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Complaint(f"{batch}:{at}", repr(line[:40]), "a JSON object") from error
        if not isinstance(row, dict):
            raise Complaint(f"{batch}:{at}", repr(line[:40]), "a JSON object")
        for name in ("id", "consortium", "question"):
            if name not in row or (name != "id" and not isinstance(row[name], str)):
                raise Complaint(f"{batch}:{at}: {name}", repr(row.get(name)), "a text" if name != "id" else "an id")
        yield row


def answered(office: Office, question: str, outcome: AskOutcome) -> dict[str, object]:
    """The contract's shape of `policy ask --json`."""
    match outcome:
        case Answered(citations, blank):
            return answer(question, "answer", citations, "blank" if blank else None)
        case Choices(citations):
            return answer(question, "choices", citations, None)
        case Undecided():
            return answer(question, "none", (), " ".join(said(office, outcome).split("\n")))
    assert_never(outcome)


def answer(question: str, tier: str, citations: Sequence[Citation], note: str | None) -> dict[str, object]:
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


def shown(session: Session, consortium: str) -> list[tuple[InForce, tuple[ClauseDraft, ...]]]:
    found = editions.in_force(session, known(session, consortium))
    return [(each, editions.clauses(session, each.id)) for each in found]


def document(edition: InForce, clauses: Sequence[ClauseDraft]) -> dict[str, object]:
    """The contract's shape of `policy show --json`, and where the edition came from."""
    return {
        "document": edition.document,
        "edition": edition.number,
        "source": edition.source_name,
        "imported_at": edition.imported_at.isoformat(),
        "clauses": [as_json(each) for each in clauses],
    }


def as_json(clause: ClauseDraft) -> dict[str, object]:
    return {
        "path": list(clause.path),
        "label": clause.label,
        "text": clause.text,
        "blank": clause.blank,
        "clauses": [as_json(child) for child in clause.children],
    }


def outline(clauses: Sequence[ClauseDraft], depth: int = 0) -> Iterator[str]:
    for clause in clauses:
        yield "  " * depth + (clause.label or "") + clause.text
        yield from outline(clause.children, depth + 1)


def known(session: Session, consortium: str) -> int:
    found = consortiums.by_key(session, consortium)
    if found is None or found.id is None:
        raise Complaint("--consortium", repr(consortium), "the key of a consortium that was applied")
    return found.id


def said(office: Office, outcome: AskOutcome | Published | Unchanged) -> str:
    return voice(office.language).say(outcome).text


@cache
def voice(language: str) -> "Voice":
    from bot.voice import Voice

    return Voice(language)
