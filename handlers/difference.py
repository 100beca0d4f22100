"""What applying a consortium file would change: the file applied last, the file now, and what was set in the chat."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handlers.entries import Fields, Place, entries, names
from handlers.merging import Prefer, merge
from store.blueprint import Blueprint
from store.complaint import Complaint

# What can also be set in the chat: by a link (/start), by /bind. Address and topic are set together.
UNITS = {"person": ("telegram",), "chat": ("address", "thread")}


class Change(Struct, frozen=True):
    """JSON values; None where the key was or will be absent."""

    path: Place
    before: Any
    after: Any


class Word(Struct, frozen=True):
    """One unit that file and chat may both set: what the file says, what holds now, and what shall hold."""

    entry: Place
    said: Fields
    held: Fields
    value: Fields


class Difference(Struct, frozen=True):
    """`words`: the value of every unit, for who writes it; `blueprint`: what holds from now on; `names`: of the entries
    by the file before and now. With `conflicts` nothing may be written."""

    added: tuple[Place, ...]
    changed: tuple[Change, ...]
    retired: tuple[Place, ...]
    kept: tuple[Place, ...]
    words: tuple[Word, ...]
    blueprint: Blueprint
    conflicts: tuple[Complaint, ...]
    names: Mapping[Place, str]


def compare(
    last: Blueprint | None,
    now: Blueprint,
    held: Mapping[Place, Fields],
    prefer: Prefer | None,
    amended: Blueprint | None = None,
) -> Difference:
    """`held`: the units as they stand, of retired entries too. `amended`: `last`, and what was set in the chat since;
    None: nothing was. What the file leaves out or does not change is kept."""
    before, after = entries(last) if last else {}, entries(now)
    merged = merge(last or now, now, amended or last or now, prefer)
    conflicts = dict(merged.conflicts)
    words: list[Word] = []
    for entry, said in after.items():
        if unit := UNITS.get(entry.table):
            was = None if entry not in before else part(before[entry], unit)
            words.append(settle(entry, was, part(said, unit), part(held.get(entry, {}), unit), prefer, conflicts))
    words = one_holder(words, prefer, conflicts)
    known = [entry for entry in after if entry in before]
    return Difference(
        added=tuple(entry for entry in after if entry not in before),
        changed=(
            *(
                change
                for entry in known
                for change in changes(entry, before[entry], after[entry])
                if change.path not in merged.kept
            ),
            *(change for word in words if word.entry in before for change in set_changes(word)),
        ),
        retired=tuple(entry for entry in before if entry not in after),
        kept=(*(place for word in words for place in kept(word)), *merged.kept),
        words=tuple(words),
        blueprint=merged.blueprint,
        conflicts=tuple(refusals(conflicts, after)),
        names=names(before) | names(after),
    )


def part(fields: Fields, unit: tuple[str, ...]) -> Fields:
    """Nothing without the first of the unit: a topic is none without its group."""
    return {key: fields[key] for key in unit if key in fields} if unit[0] in fields else {}


def settle(
    entry: Place, was: Fields | None, said: Fields, held: Fields, prefer: Prefer | None, conflicts: dict[Place, str]
) -> Word:
    """`was`: what the file applied last says of it; None where that had no such entry (it is new, or comes back)."""
    if was is None:
        value = said or held
    elif held in (was, said):
        value = said
    elif said == was or not said or prefer == "chat":
        value = held
    else:
        value = said
        if prefer is None:
            conflicts[entry.of(UNITS[entry.table][0])] = f"{spelt(said)} in the file, {spelt(held)} set in the chat"
    return Word(entry, said, held, value)


def one_holder(words: list[Word], prefer: Prefer | None, conflicts: dict[Place, str]) -> list[Word]:
    """An account is one person's, a group one chat's, also where the file gives it to one and the chat to another."""
    settled = {word.entry: word for word in words}
    while clash := next(clashes(settled), None):
        by_file, by_chat = clash
        if prefer == "chat":
            settled[by_file.entry] = replace(by_file, value=by_file.held)
        else:
            settled[by_chat.entry] = replace(by_chat, value={})
            if prefer is None:
                place = by_file.entry.of(UNITS[by_file.entry.table][0])
                conflicts[place] = f"{spelt(by_file.value)} in the file, given to {by_chat.entry} in the chat"
    return list(settled.values())


def clashes(settled: Mapping[Place, Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs that would hold the same: the one by the file's word, the other by the chat's."""
    holders: dict[tuple[str, ...], Word] = {}
    for word in settled.values():
        if word.value:
            other = holders.setdefault((word.entry.table, spelt(word.value)), word)
            if other is not word:
                yield (other, word) if word.value == word.held else (word, other)


def spelt(fields: Fields) -> str:
    """`-1001234567890/42`: a group and its topic."""
    return "/".join(str(value) for value in fields.values()) or "none"


def changes(entry: Place, before: Fields, after: Fields) -> Iterator[Change]:
    """Key by key, but for those that the chat may set too."""
    for key in dict.fromkeys((*after, *before)):
        if key not in UNITS.get(entry.table, ()) and before.get(key) != after.get(key):
            yield Change(entry.of(key), before.get(key), after.get(key))


def set_changes(word: Word) -> Iterator[Change]:
    for key in UNITS[word.entry.table]:
        if word.held.get(key) != word.value.get(key):
            yield Change(word.entry.of(key), word.held.get(key), word.value.get(key))


def kept(word: Word) -> Iterator[Place]:
    for key in UNITS[word.entry.table]:
        if word.value.get(key) == word.held.get(key) != word.said.get(key):
            yield word.entry.of(key)


def refusals(conflicts: Mapping[Place, str], after: Mapping[Place, Fields]) -> Iterator[Complaint]:
    """At their places in the file: rows counted from 1."""
    rows: Counter[str] = Counter()
    for entry in after:
        rows[entry.table] += 1
        for place, found in conflicts.items():
            if place == entry.of(place.field):
                where = f"{entry.table}[{rows[entry.table]}].{place.field}"
                yield Complaint(where, found, "one of them: --prefer file or --prefer chat")
