"""`jiaolian policy import`, `show`, `editions`, `withdraw`: papers in, their clauses shown, one no longer asked."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, assert_never
from zoneinfo import ZoneInfo

import click

from bot.commands.office import Office
from bot.commands.options import AS_JSON, DRY_RUN, OF_CONSORTIUM, applied
from bot.reports.clause_facts import outline, tree
from handlers.ask import day
from handlers.proposals import proposals
from handlers.propose import propose
from store import consortiums
from store.complaint import Complaint
from store.database import Session
from store.policies import editions, history, importing, slots
from store.policies.clauses import ClauseDraft
from store.policies.editions import Published, Unchanged
from store.policies.history import Dated
from store.policies.importing import Paper
from store.policies.slots import OpenSlot

if TYPE_CHECKING:
    from bot.voice import Voice

FORMATS = " ".join(importing.READERS)


@click.command("import", help=f"Take a paper ({FORMATS}); the same title again makes a new edition.")
@click.argument("file", type=click.Path(path_type=Path))
@OF_CONSORTIUM
@click.option("--title", help="The document's title; else the paper's first line.")
@click.option("--part", type=int, help="Which paper (篇) of a file that holds several.")
@click.option("--with-questions", is_flag=True, help="Put the questions that it suggests into the bank.")
@DRY_RUN
@AS_JSON
@click.pass_obj
def import_paper(
    office: Office,
    file: Path,
    consortium: str,
    title: str | None,
    part: int | None,
    with_questions: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    paper = importing.paper(file, part, title)
    with closing(office.store()) as store:
        answer = (store.try_out if dry_run else store.call)(published, consortium, paper, with_questions, office.now())
        recognised = 0 if dry_run else store.call(proposed, store.call(known, consortium))
    if as_json:
        return click.echo(json.dumps(imported(answer), ensure_ascii=False))
    click.echo(voice(office.language).say(answer).text)
    if isinstance(answer, Published) and answer.changes:
        facts = {"before": answer.before, "changes": answer.changes}
        click.echo(voice(office.language).words("policy_changes", facts))
    if dry_run:
        click.echo(voice(office.language).words("policy_tried", {}))
    if recognised:
        click.echo(voice(office.language).words("recognised", {"count": recognised, "consortium": consortium}))
    return None


@click.command(help="The clause tree of the editions in force, or of an earlier one.")
@OF_CONSORTIUM
@click.option("--edition", type=int, help="The edition of this number, in force or not.")
@click.option("--title", help="Of this document alone.")
@AS_JSON
@click.pass_obj
def show(office: Office, consortium: str, edition: int | None, title: str | None, as_json: bool) -> None:
    with closing(office.store()) as store:
        documents, zone = store.call(shown, consortium, edition, title), store.call(zone_of, consortium)
    if as_json:
        return click.echo(json.dumps([document(*each) for each in documents], ensure_ascii=False))
    if not documents:
        click.echo(voice(office.language).words("no_papers", {"consortium": consortium}))
    for each, clauses, filled in documents:
        click.echo("\n".join([headline(office, each, zone), *outline(clauses, filled)]))
    return None


@click.command("editions", help="Every edition, with the time that it was in force.")
@OF_CONSORTIUM
@AS_JSON
@click.pass_obj
def list_editions(office: Office, consortium: str, as_json: bool) -> None:
    with closing(office.store()) as store:
        found = store.call(lambda session: history.history(session, known(session, consortium)))
        zone = store.call(zone_of, consortium)
    if as_json:
        return click.echo(json.dumps([facts(each) for each in found], ensure_ascii=False))
    if not found:
        click.echo(voice(office.language).words("no_papers", {"consortium": consortium}))
    for each in found:
        click.echo(headline(office, each, zone))
    return None


@click.command(help="Let a document answer no more; its editions stay readable.")
@click.argument("title")
@OF_CONSORTIUM
@DRY_RUN
@AS_JSON
@click.pass_obj
def withdraw(office: Office, title: str, consortium: str, dry_run: bool, as_json: bool) -> None:
    with closing(office.store()) as store:
        gone = (store.try_out if dry_run else store.call)(withdrawn, consortium, title, office)
        zone = store.call(zone_of, consortium)
    if as_json:
        return click.echo(json.dumps(facts(gone), ensure_ascii=False))
    click.echo(headline(office, gone, zone))
    words = "policy_tried" if dry_run else "paper_withdrawn"
    return click.echo(voice(office.language).words(words, {"title": gone.title, "edition": gone.number}))


def published(
    session: Session, consortium: str, paper: Paper, with_questions: bool, now: datetime
) -> Published | Unchanged:
    key = known(session, consortium)
    answer = editions.publish(session, key, paper.title, paper.source_name, paper.drafts, paper.text, now)
    if with_questions:
        propose(session, key, paper.title, now)
    return answer


COMMANDS = (import_paper, show, list_editions, withdraw)


def withdrawn(session: Session, consortium: str, title: str, office: Office) -> Dated:
    key = known(session, consortium)
    names = title, title.removeprefix("《").removesuffix("》")  # as it is printed
    found = next((one for name in names for one in history.history(session, key, name) if one.until is None), None)
    if found is None:
        raise Complaint("TITLE", repr(title), "the title of a document in force")
    history.withdraw(session, found.document, office.now())
    return history.history(session, key, found.title, found.number)[0]


def imported(answer: Published | Unchanged) -> dict[str, object]:
    """The contract's shape of `policy import --json`; of a later edition what is another, clause by clause."""
    told: dict[str, object] = {"document": answer.document, "edition": answer.edition, "clauses": answer.clauses}
    match answer:
        case Published(added=added, changed=changed, removed=removed, before=before):
            told |= {"added": added, "changed": changed, "removed": removed}
            return told | (compared(answer) if before else {})
        case Unchanged():
            return told | {"added": 0, "changed": 0, "removed": 0}
    assert_never(answer)


def compared(answer: Published) -> dict[str, object]:
    changes = [
        {
            "change": one.kind.value,
            "was": one.was and {"path": list(one.was.path), "text": one.was.words},
            "now": one.now and {"path": list(one.now.path), "text": one.now.words},
        }
        for one in answer.changes
    ]
    return {"moved": answer.moved, "unchanged": answer.unchanged, "before": answer.before, "changes": changes}


def shown(
    session: Session, consortium: str, edition: int | None, title: str | None
) -> list[tuple[Dated, tuple[ClauseDraft, ...], list[OpenSlot]]]:
    """Those in force, or all of a number."""
    found = history.history(session, known(session, consortium), title, edition)
    if not found and title is not None:
        raise Complaint("--title", repr(title), "the title of a document that was imported")
    if not found and edition is not None:
        raise Complaint("--edition", str(edition), "the number of an edition that was imported")
    wanted = [one for one in found if edition is not None or one.until is None]
    drafts = [editions.clauses(session, one.id) for one in wanted]
    filled = [slots.known(session, one.document, one.title, each) for one, each in zip(wanted, drafts, strict=True)]
    return list(zip(wanted, drafts, filled, strict=True))


def document(edition: Dated, clauses: Sequence[ClauseDraft], filled: Sequence[OpenSlot]) -> dict[str, object]:
    """The contract's shape of `policy show --json`, where the edition came from, and when it was in force."""
    return facts(edition) | {"clauses": tree(clauses, filled)}


def facts(edition: Dated) -> dict[str, object]:
    return {
        "document": edition.title,
        "edition": edition.number,
        "source": edition.source_name,
        "imported_at": edition.since.isoformat(),
        "ended_at": edition.until.isoformat() if edition.until is not None else None,
    }


def headline(office: Office, edition: Dated, zone: ZoneInfo) -> str:
    """Its days by the consortium's calendar, as an answer has them."""
    since, until = (at and day(at, zone).isoformat() for at in (edition.since, edition.until))
    told = {"title": edition.title, "edition": edition.number, "source": edition.source_name}
    return voice(office.language).words("policy_edition", told | {"since": since, "until": until})


def known(session: Session, consortium: str) -> int:
    """The consortium's number."""
    return applied(session, consortium).id or 0


def zone_of(session: Session, consortium: str) -> ZoneInfo:
    return consortiums.zone(session, known(session, consortium))


def proposed(session: Session, consortium: int) -> int:
    """How much of what its papers ask for the consortium's file does not hold yet."""
    row = consortiums.get(session, consortium)
    assert row is not None
    return len(proposals(session, consortium, consortiums.blueprint(row)))


@cache
def voice(language: str) -> "Voice":
    from bot.voice import Voice

    return Voice(language)
