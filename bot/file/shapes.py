"""Shapes of a consortium file: tables, rows and lists of plain values, and the walk that reads by them."""

from collections.abc import Callable, Mapping
from keyword import iskeyword
from typing import Any

from msgspec import Struct

from bot.file.refusals import At, Refusals, path, shown
from bot.nearest import nearest

Plain = Callable[[object], object]
"""Reads one value, or raises ValueError with what was expected."""


class Listed(Struct, frozen=True):
    """A list of plain values. `filled`: not empty; `turns`: the same may come twice, for they are taken in turn;
    `most`: how many at most."""

    of: Plain
    filled: bool = False
    turns: bool = False
    most: int | None = None


class Table(Struct, frozen=True):
    """The keys in the order in which a message lists them; those of `required` must be there."""

    keys: Mapping[str, "Shape"]
    required: frozenset[str]


class Rows(Struct, frozen=True):
    """`[[name]]`: any number of one table."""

    of: Table


Shape = Plain | Listed | Table | Rows


class Row(dict[str, Any]):
    """What could be read of a table. `written` has the refused keys too, so that one cause makes one complaint."""

    def __init__(self, at: At, written: frozenset[str]) -> None:
        super().__init__()
        self.at, self.written = at, written

    def place(self, key: str) -> At:
        return (*self.at, key)

    def refused(self, *keys: str) -> bool:
        """Whether one of the keys stands in the file and could not be read."""
        return any(key in self.written and key not in self for key in keys)


def take(shape: Shape, value: object, at: At, refusals: Refusals) -> object:
    """The value that was read, or None with the reason noted. (TOML knows no null.)"""
    match shape:
        case Table():
            return take_table(shape, value, at, refusals)
        case Rows(of):
            return take_rows(of, value, at, refusals)
        case Listed():
            return take_list(shape, value, at, refusals)
    try:
        return shape(value)
    except ValueError as expected:
        refusals.add(at, shown(value), str(expected))
        return None


def take_table(table: Table, value: object, at: At, refusals: Refusals) -> Row | None:
    if not isinstance(value, dict):
        refusals.add(at, shown(value), f"one table [{path(at)}]" if len(at) == 1 else "a table { … }")
        return None
    row = Row(at, frozenset(value))
    for name in (name for name in table.keys if name in table.required and name not in value):
        refusals.add((*at, name), "missing", f"{name} = …" if at else f"a table [{name}]")
    for name, part in value.items():
        if name not in table.keys:
            kind = "key" if at else "table"
            refusals.add((*at, name), f"unknown {kind}", f"one of {', '.join(table.keys)}{nearest(name, table.keys)}")
        elif (found := take(table.keys[name], part, (*at, name), refusals)) is not None:
            row[name] = found
    return row


def take_rows(table: Table, value: object, at: At, refusals: Refusals) -> list[Row] | None:
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        refusals.add(at, shown(value), f"tables [[{path(at)}]]")
        return None
    rows = (take_table(table, row, (*at, number), refusals) for number, row in enumerate(value, 1))
    return [row for row in rows if row is not None]


def take_list(listed: Listed, value: object, at: At, refusals: Refusals) -> tuple[object, ...] | None:
    if not isinstance(value, list) or (listed.filled and not value):
        refusals.add(at, shown(value), "a list [ … ]" + " that is not empty" * listed.filled)
        return None
    if listed.most is not None and len(value) > listed.most:
        refusals.add(at, shown(value), f"a list of at most {listed.most}")
        return None
    found = [take(listed.of, part, (*at, number), refusals) for number, part in enumerate(value, 1)]
    if None in found:
        return None
    twice = [number for number, part in enumerate(found) if part in found[:number]]
    if twice and not listed.turns:
        refusals.add((*at, twice[0] + 1), shown(value[twice[0]]), "each only once")
        return None
    return tuple(found)


def fields(value: object) -> object:
    """Rows and lists of rows under the names of the blueprint's fields: Python's own words (`class`, `from`) cannot be
    one."""
    match value:
        case Row():
            return {f"{key}_" if iskeyword(key) else key: fields(part) for key, part in value.items()}
        case list():
            return [fields(row) for row in value]
    return value
