"""`jiaolian policy questions` and `unanswered`: the bank of questions (也这样问), and what waits for an answer."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import question_file
from bot.commands.office import Office
from bot.commands.options import AS_JSON, DRY_RUN, OF_CONSORTIUM
from bot.commands.papers import known, voice
from bot.question_file import Clause
from bot.shell_words import WrongUsage
from handlers.propose import propose
from store.complaint import Complaint
from store.database import Session
from store.policies import bank, editions, unanswered
from store.policies.bank import Kept
from store.policies.placing import Target, placed, target
from store.policies.search import entries_in_force
from store.policies.wording import normal

if TYPE_CHECKING:
    from store.policies.ranking import Entry

Row = tuple[Kept, bool]  # and whether the clause is still there
Moved = tuple[str, Target | None, Target]  # a question, what it was given to (None: not decided), and what it is now


@click.command(help="The questions that are given to a clause; add, remove, import or propose some.")
@OF_CONSORTIUM
@click.option("--document", help="Of this title alone.")
@click.option("--add", help="A question; --says tells of which clause.")
@click.option("--says", help="Words of the clause that answers, of no other.")
@click.option("--path", "paths", multiple=True, help="A heading above --says, from the top; may come again.")
@click.option("--remove", help="A question that is in the bank.")
@click.option("--import", "file", type=click.Path(path_type=Path), help="A .toml of clauses and their questions.")
@click.option("--propose", "proposing", is_flag=True, help="Those that the papers themselves suggest, by rule.")
@DRY_RUN
@AS_JSON
@click.pass_obj
def questions(
    office: Office,
    consortium: str,
    document: str | None,
    add: str | None,
    says: str | None,
    paths: tuple[str, ...],
    remove: str | None,
    file: Path | None,
    proposing: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    if sum(map(bool, (add, remove, file, proposing))) > 1:
        raise WrongUsage("one of --add, --remove, --import, --propose")
    added = one_added(add, says, paths, document)
    wanted = question_file.read(file) if file is not None else added

    def work(session: Session) -> tuple[list[Row], list[Moved]]:
        key, now, moved = known(session, consortium), office.now(), list[Moved]()
        if wanted is not None:
            passages = entries_in_force(session, key)
            for question, goal in question_file.placed(session, key, wanted):
                before = bank.of_form(session, key, normal(question))
                if before is not None and is_another(passages, before.target, goal):
                    moved.append((before.question, before.target, goal))
                unanswered.settle(session, key, question, goal, None, now)
        if remove is not None:
            take_out(session, key, remove)
        if proposing:
            for each in editions.in_force(session, key):
                if document in (None, each.document):
                    propose(session, key, each.document, now)
        return listed(session, key, document), moved

    with closing(office.store()) as store:
        rows, moved = (store.try_out if dry_run else store.call)(work)
    if as_json:
        return click.echo(json.dumps([facts(*row) for row in rows], ensure_ascii=False))
    click.echo(voice(office.language).words("bank_listed", {"questions": [facts(*row) for row in rows]}))
    if moved:
        told = [{"question": one, "was": was and place(was), "now": place(now)} for one, was, now in moved]
        click.echo(voice(office.language).words("bank_moved", {"questions": told}))
    if dry_run:
        click.echo(voice(office.language).words("policy_tried", {}))
    return None


@click.command("unanswered", help="What was asked and found no clause, or not the right one; never by whom.")
@OF_CONSORTIUM
@AS_JSON
@click.pass_obj
def list_unanswered(office: Office, consortium: str, as_json: bool) -> None:
    with closing(office.store()) as store:
        found = store.call(lambda session: unanswered.waiting(session, known(session, consortium)))
    told = [
        {"question": one.question, "reason": one.reason.value, "answer": one.answer or None, "times": one.times}
        | {"first_at": one.first_at.isoformat(), "last_at": one.last_at.isoformat()}
        for one in found
    ]
    if as_json:
        return click.echo(json.dumps(told, ensure_ascii=False))
    if not told:
        return click.echo(voice(office.language).words("queue_listed", {"items": ()}))
    return click.echo("\n".join(f"{one['times']}\t{one['question']}" for one in told))


COMMANDS = (questions, list_unanswered)


def one_added(
    add: str | None, says: str | None, path: Sequence[str], document: str | None
) -> tuple[Clause, ...] | None:
    """What `--add` with `--says` comes to; None where neither is given."""
    if (add is None) != (says is None):
        raise WrongUsage("--add QUESTION with --says WORDS")
    if add is None or says is None:
        return None
    if not 0 < len(add.strip()) <= bank.LONGEST:
        raise Complaint("--add", repr(add[:40]), f"a question of 1 to {bank.LONGEST} characters")
    if not 0 < len(says.strip()) <= bank.LONGEST:
        raise Complaint("--says", repr(says[:40]), f"1 to {bank.LONGEST} characters of the clause")
    return (Clause("--says", "--add", says.strip(), (add.strip(),), tuple(path), document),)


def take_out(session: Session, consortium: int, question: str) -> None:
    found = bank.of_form(session, consortium, normal(question))
    if found is None:
        raise Complaint("--remove", repr(question[:40]), "a question that is in the bank")
    unanswered.unsettle(session, found)


def listed(session: Session, consortium: int, document: str | None) -> list[Row]:
    passages = entries_in_force(session, consortium)
    found = [row for row in bank.every(session, consortium) if document in (None, row.target and row.target.document)]
    return [(row, row.target is None or placed(passages, row.target) is not None) for row in found]


def is_another(passages: "Sequence[Entry]", was: Target | None, now: Target) -> bool:
    """False also where the same clause has other words by now."""
    found = placed(passages, was) if was is not None else None
    return found is None or target(found) != now


def place(where: Target) -> dict[str, object]:
    """`words`: what stands behind its heading, in one line."""
    heading = where.path[-1] if where.path else ""
    words = " ".join(where.words.removeprefix(heading).lstrip("。").split())
    return {"document": where.document, "path": list(where.path), "words": words}


def facts(row: Kept, at_home: bool) -> dict[str, object]:
    """`path` null: the papers do not decide it, the office says; `answers` false: the clause is gone, and the question
    waits for it."""
    where = place(row.target) if row.target else {"document": None, "path": None, "words": None}
    return {"question": row.question} | where | {"proposed": row.proposed, "answers": at_home}
