"""Merging: the file applied last, the file now, and what was set in the chat since (`store.amendments.Entry`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from handlers.entries import IDENTITY, Place, place_of
from store import amendments
from store.amendments import Entry
from store.blueprint import Blueprint, Detail, Obligation, Theme

Prefer = Literal["file", "chat"]
Moves = Mapping[str, tuple[date, date]]
"""By the activity's key, the date that the file applied last had, and the one that it has now."""


class Merged(Struct, frozen=True):
    """`blueprint`: what holds from now on. `kept`: set in the chat, and left out or not changed by the file.
    `conflicts`: both changed it; what the file has and what the chat."""

    blueprint: Blueprint
    kept: tuple[Place, ...]
    conflicts: Mapping[Place, str]


def merge(last: Blueprint, file: Blueprint, amended: Blueprint, prefer: Prefer | None) -> Merged:
    """Key by key: what only one of the two changed since `last` is so. What names nothing that is left goes."""
    if amended == last:  # nothing was set in the chat
        return Merged(file, (), {})
    moves = moved(last, file)
    before, theirs = amendments.every(follow(last, moves)), amendments.every(file)
    kept: list[Place] = []
    conflicts: dict[Place, str] = {}
    ours = {
        key: decided(entry, moves, prefer, kept, conflicts) if isinstance(entry, Detail) else entry
        for key, entry in amendments.every(follow(amended, moves)).items()
    }
    found: dict[tuple[object, ...], Entry] = {}
    for key in dict.fromkeys((*theirs, *ours)):
        entry = one(before.get(key), theirs.get(key), ours.get(key), prefer, kept, conflicts)
        if entry is not None:
            found[key] = entry
    merged = amendments.replaced(file, found.values())
    return Merged(amendments.replaced(merged, named(merged)), tuple(kept), conflicts)


def moved(last: Blueprint, file: Blueprint) -> Moves:
    """The activities that are held once, of which the file says another date now."""
    dates = {one.key: one.on for one in file.activity if one.every == "once"}
    pairs = {one.key: (one.on, dates.get(one.key)) for one in last.activity if one.every == "once"}
    return {key: (was, now) for key, (was, now) in pairs.items() if type(was) is type(now) is date and was != now}


def follow(blueprint: Blueprint, moves: Moves) -> Blueprint:
    """What is particular to what is held once goes with its date."""
    details = tuple(
        one.model_copy(update={"date": moves[one.activity][1]})
        if one.activity in moves and one.date == moves[one.activity][0]
        else one
        for one in blueprint.occurrence
    )
    return blueprint.model_copy(update={"occurrence": details})


def decided(
    detail: Detail, moves: Moves, prefer: Prefer | None, kept: list[Place], conflicts: dict[Place, str]
) -> Detail:
    """Moved or called off in the chat, while the file gives it another date: one of the two counts."""
    chat = "cancelled" if detail.cancelled else detail.held_on and detail.held_on.isoformat()
    if detail.activity not in moves or detail.date != moves[detail.activity][1] or not chat:
        return detail
    was, now = (day.isoformat() for day in moves[detail.activity])
    place = Place("activity", detail.activity, "on")
    if settled(place, was, now, chat, prefer, kept, conflicts) == chat:
        return detail
    return detail.model_copy(update={"held_on": None, "cancelled": None})


def one(
    before: Entry | None,
    theirs: Entry | None,
    ours: Entry | None,
    prefer: Prefer | None,
    kept: list[Place],
    conflicts: dict[Place, str],
) -> Entry | None:
    """One entry; None where it is gone, or was never more than what the file has withdrawn."""
    if ours is None or ours == before:
        return theirs
    if theirs is None and not isinstance(ours, Detail):
        if before is None:
            kept.append(place_of(ours))
            return ours
        return None  # withdrawn by the file, with all that was said of it
    values = {}
    for name, value in ours:
        if name.rstrip("_") in IDENTITY.get(amendments.table(ours), ("key",)):
            continue
        base, said = getattr(before, name, None), getattr(theirs, name, None)
        values[name] = settled(place_of(ours).of(name.rstrip("_")), base, said, value, prefer, kept, conflicts)
    return ours.model_copy(update=values)


def settled(
    place: Place, base: Any, said: Any, set_: Any, prefer: Prefer | None, kept: list[Place], conflicts: dict[Place, str]
) -> Any:
    if set_ in (base, said):
        return said
    if said in (base, None) or prefer == "chat":
        kept.append(place)
        return set_
    if prefer is None:
        conflicts[place] = f"{said} in the file, {set_} set in the chat"
    return said


def named(merged: Blueprint) -> Iterator[Entry]:
    """Without details and themes of an activity or class that is gone, nor hosts and people who are; an obligation
    stays, met by less."""
    activities, rooms = ({row.key for row in rows} for rows in (merged.activity, merged.class_))
    hosts, people = ({row.key for row in rows} for rows in (merged.school, merged.person))
    for entry in amendments.every(merged).values():
        if isinstance(entry, Theme) and entry.activity not in activities:
            continue
        if isinstance(entry, Obligation):
            yield among(entry, {"activities": activities, "themes": activities, "from_": hosts, "to": hosts})
        elif not isinstance(entry, Detail):
            yield entry
        elif entry.activity in activities and entry.class_ in {None, *rooms}:
            gone: dict[str, None] = dict.fromkeys(("host",) * (entry.host not in hosts))
            gone |= {name: None for name in ("speaker", "recorder") if getattr(entry, name) not in people}
            yield entry.model_copy(update=gone)


def among(obligation: Obligation, known: Mapping[str, set[str]]) -> Obligation:
    """It names only what is there."""
    left = {name: tuple(one for one in getattr(obligation, name) or () if one in keys) for name, keys in known.items()}
    return obligation.model_copy(update={name: keys or None for name, keys in left.items()})
