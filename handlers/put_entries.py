"""Put entries: a change of the plan that the office makes at its machine (`jiaolian import-plan`) holds at once; it is
taken back by its number, there or in the chat."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from handlers.amend import AmendmentGone, AmendmentOpened, hold, opened, standing, undone
from handlers.apply import Applied
from handlers.difference import changes
from handlers.entries import entries, names
from handlers.schedule import blueprint_of
from store import amendments
from store.amendments import Entries
from store.blueprint import Blueprint
from store.database import Session


class PutEntries(Struct, frozen=True):
    """As they would stand. `dry_run` changes nothing here: who asks rolls it back (`Store.try_out`)."""

    consortium: int
    entries: Entries
    dry_run: bool


class OpenTaken(Struct, frozen=True):
    """A change that holds, by its number, to be looked at before it is taken back."""

    consortium: int
    amendment: int


class TakeBack(Struct, frozen=True):
    """`dry_run` as above."""

    consortium: int
    amendment: int
    dry_run: bool


def put_entries(session: Session, request: PutEntries, now: datetime) -> Applied:
    """What is put is kept as what was set in the chat is, whatever file comes later."""
    before, put = blueprint_of(session, request.consortium), request.entries
    if not put.every():
        return difference(before, before, applied=not request.dry_run)
    row = amendments.take(session, request.consortium, put, standing(before, put), now)
    hold(session, request.consortium, amendments.amended(before, put.every()), now)
    after = blueprint_of(session, request.consortium)
    found = difference(before, after, applied=not request.dry_run)
    return found if request.dry_run else replace(found, amendment=row.id)


def open_taken(session: Session, request: OpenTaken, now: datetime) -> AmendmentOpened | AmendmentGone:
    row = amendments.get(session, request.amendment)
    if row is None or row.consortium_id != request.consortium:
        return AmendmentGone()
    return opened(session, row, now, undo=True)


def take_back(session: Session, request: TakeBack, now: datetime) -> Applied | AmendmentGone:
    """As 撤销 does, whoever made the change."""
    row, before = amendments.get(session, request.amendment), blueprint_of(session, request.consortium)
    if row is None or row.consortium_id != request.consortium:
        return AmendmentGone()
    if isinstance(gone := undone(session, row, now), AmendmentGone):
        return gone
    after = blueprint_of(session, request.consortium)
    return difference(before, after, applied=not request.dry_run)


def difference(before: Blueprint, after: Blueprint, *, applied: bool) -> Applied:
    was, found = entries(before), entries(after)
    return Applied(
        before.consortium.key,
        before.consortium.name,
        added=tuple(place for place in found if place not in was),
        changed=tuple(one for place in found if place in was for one in changes(place, was[place], found[place])),
        retired=tuple(place for place in was if place not in found),
        kept=(),
        applied=applied,
        names=names(was) | names(found),
    )
