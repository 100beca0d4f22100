"""Apply: make the store match a consortium file that has been read (contract, `jiaolian apply`)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from handlers.cards import refresh_answers
from handlers.deciders import deciding, pass_on
from handlers.difference import Change, Difference, compare
from handlers.entries import Fields, Place
from handlers.merging import Prefer
from handlers.settled import follow, part, retired
from store import (
    accounts,
    activities,
    chats,
    classes,
    consortiums,
    linked_accounts,
    occurrences,
    persons,
    schools,
    terms,
)
from store.accounts import Account
from store.blueprint import Blueprint
from store.complaint import Complaint
from store.database import Session

PLATFORM = "telegram"  # whose people the key `telegram` of a person links


class Apply(Struct, frozen=True):
    """`prefer`: whose word counts. `dry_run` changes nothing here: who asks rolls it back (`Store.try_out`)."""

    blueprint: Blueprint
    prefer: Prefer | None = None
    dry_run: bool = False


class Applied(Struct, frozen=True):
    """`kept`: set in the chat, and left out or not changed by the file. The same file again changes nothing.
    `names`: what people call the entries that have a name. `amendment`: the number of a change that can be taken back,
    which a file's own word is not."""

    consortium: str
    name: str
    added: tuple[Place, ...]
    changed: tuple[Change, ...]
    retired: tuple[Place, ...]
    kept: tuple[Place, ...]
    applied: bool
    names: Mapping[Place, str]
    amendment: int | None = None


class ApplyRefused(Struct, frozen=True):
    """File and chat have both changed the same; nothing was written."""

    conflicts: tuple[Complaint, ...]


ApplyOutcome = Applied | ApplyRefused


def apply(session: Session, request: Apply, now: datetime) -> ApplyOutcome:
    """What is gone from the file is retired, not deleted, and comes back when it is named again."""
    consortiums.alone(session)
    difference, outcome = foresee(session, request)
    if isinstance(outcome, Applied):
        write(session, request.blueprint, difference, now)
    return outcome


def foresee(session: Session, request: Apply) -> tuple[Difference, ApplyOutcome]:
    """What it comes to; nothing is written."""
    blueprint = request.blueprint
    row = consortiums.by_key(session, blueprint.consortium.key)
    last, amended = (consortiums.applied(row), consortiums.blueprint(row)) if row else (None, None)
    held = dict(set_in_chat(session, row.id)) if row and row.id else {}
    difference = compare(last, blueprint, held, request.prefer, amended)
    conflicts = (*difference.conflicts, *taken(session, blueprint, difference, row))
    if conflicts:
        return difference, ApplyRefused(conflicts)
    found = difference.added, difference.changed, difference.retired, difference.kept
    named = blueprint.consortium
    return difference, Applied(named.key, named.name, *found, applied=not request.dry_run, names=difference.names)


def set_in_chat(session: Session, consortium: int) -> Iterator[tuple[Place, Fields]]:
    """The accounts and addresses as they stand, whoever set them: of retired people and chats too."""
    for key, account in linked_accounts.on_platform(session, consortium, PLATFORM).items():
        yield Place("person", key), {"telegram": int(account.address)}
    for key, chat in chats.by_keys(session, consortium).items():
        if chat.address is not None:
            yield Place("chat", key), {"address": chat.address} | ({"thread": chat.thread} if chat.thread else {})


def taken(
    session: Session, blueprint: Blueprint, difference: Difference, row: consortiums.Consortium | None
) -> Iterator[Complaint]:
    """A group is one consortium's: addresses that another one uses."""
    values = {word.entry.key: word.value for word in difference.words if word.entry.table == "chat"}
    for number, chat in enumerate(blueprint.chat, 1):
        value = values[chat.key]
        holder = chats.at(session, place_of(chat.platform, value)) if value else None
        if holder and holder.retired_at is None and (row is None or holder.consortium_id != row.id):
            yield Complaint(f"chat[{number}].address", value["address"], "a group that no other consortium uses")


def place_of(platform: str, value: Fields) -> chats.Place:
    return chats.Place(platform, value["address"], value.get("thread", 0))


def write(session: Session, blueprint: Blueprint, difference: Difference, now: datetime) -> None:
    """Rows for all that others point at; the rest is kept as the blueprint."""
    before = consortiums.by_key(session, blueprint.consortium.key)
    if before is not None and before.id is not None:
        part(session, before.id, consortiums.blueprint(before), difference.blueprint, now)
    consortium = consortiums.put(session, blueprint, difference.blueprint, now)
    terms.keep(session, consortium, difference.blueprint, now)
    decided_by, since = deciding(session, consortium), retired(session, consortium)
    places = schools.match(session, consortium, blueprint.school, now)
    people = persons.match(session, consortium, blueprint.person, places, now)
    classes.match(session, consortium, blueprint.class_, places, people, now)
    groups = chats.match(session, consortium, blueprint.chat, now)
    activities.match(session, consortium, difference.blueprint.activity, groups, now)
    bind(session, blueprint, difference, people, groups)
    follow(session, consortium, difference.blueprint, since, now)
    pass_on(session, consortium, decided_by, now)
    if difference.added or difference.changed or difference.retired:
        for held in occurrences.announced(session, consortium, now):
            refresh_answers(session, held, now)  # a live card shows place, theme and title, too


def bind(
    session: Session, blueprint: Blueprint, difference: Difference, people: dict[str, int], groups: dict[str, int]
) -> None:
    """Accounts and addresses that change; all are let go first, for two may have changed places."""
    platforms = {chat.key: chat.platform for chat in blueprint.chat}
    news = [word for word in difference.words if word.value != word.held]
    for word in (word for word in news if word.held):
        if word.entry.table == "person":
            linked_accounts.link(session, people[word.entry.key], None)
        else:
            chats.bind(session, groups[word.entry.key], None)
    for word in (word for word in news if word.value):
        key = word.entry.key
        if word.entry.table == "person":
            account = accounts.remember(session, Account(PLATFORM, str(word.value["telegram"])))
            linked_accounts.link(session, people[key], account)
        else:
            chats.bind(session, groups[key], place_of(platforms[key], word.value))
