"""Names in a consortium file: each is given once, and whatever refers to one refers to something."""

from collections.abc import Iterator

from bot.file.file_keys import FILE
from bot.file.refusals import At, Refusals, path, shown
from bot.file.shapes import Row
from bot.nearest import nearest

# A table, the keys that make a row one of its kind, and those that do so too where they are given.
UNIQUE = (
    ("school", ("key",), ()),
    ("period", ("school", "number"), ()),
    ("person", ("key",), ()),
    ("person", ("telegram",), ()),
    ("class", ("key",), ()),
    ("term", ("key",), ()),
    ("chat", ("key",), ()),
    ("chat", ("platform", "address"), ("thread",)),
    ("activity", ("key",), ()),
    ("occurrence", ("activity", "date"), ("class",)),
    ("theme", ("activity", "month"), ()),
    ("milestone", ("key",), ()),
    ("milestone", ("title",), ()),  # what it is called by in the chat
    ("obligation", ("key",), ()),
    ("exchange", ("person",), ("since",)),
)
# Where a name stands, and the table whose key it must be.
REFERENCES = (
    ("period", ("school",), "school"),
    ("person", ("school",), "school"),
    ("person", ("home",), "school"),
    ("class", ("school",), "school"),
    ("class", ("head_teacher",), "person"),
    ("activity", ("chat",), "chat"),
    ("activity", ("hosts",), "school"),
    ("activity", ("audience", "schools"), "school"),
    ("activity", ("classes",), "class"),
    ("occurrence", ("activity",), "activity"),
    ("occurrence", ("class",), "class"),
    ("occurrence", ("speaker",), "person"),
    ("occurrence", ("recorder",), "person"),
    ("theme", ("activity",), "activity"),
    ("obligation", ("activities",), "activity"),
    ("obligation", ("themes",), "activity"),
    ("obligation", ("from",), "school"),
    ("obligation", ("to",), "school"),
    ("exchange", ("person",), "person"),
    ("exchange", ("from",), "school"),
    ("exchange", ("to",), "school"),
)


def check_names(file: Row, refusals: Refusals) -> None:
    """`file` is the whole file, as far as it could be read."""
    for table, needed, further in UNIQUE:
        check_unique(file.get(table, []), needed, further, refusals)
    for table, keys, of in REFERENCES:
        if (known := names(file, of)) is None:
            continue
        for at, name in (reference for row in file.get(table, []) for reference in named(row, keys)):
            if name not in known:
                few = f" ({', '.join(known)})" if 0 < len(known) <= 5 else nearest(name, known)
                refusals.add(at, shown(name), f"the key of a [[{of}]]{few}")


def check_unique(rows: list[Row], needed: tuple[str, ...], further: tuple[str, ...], refusals: Refusals) -> None:
    """A duplicate is refused at its second place."""
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        if not all(key in row for key in needed) or row.refused(*further):
            continue
        own = tuple(row.get(key) for key in (*needed, *further))
        earlier = first.setdefault(own, row)
        if earlier is not row:
            found = ", ".join(shown(part) for part in own if part is not None)
            at = row.place(needed[-1])
            refusals.add(at, found, f"no second one: {path(earlier.at)} is the first")


def names(file: Row, table: str) -> dict[str, Row] | None:
    """The rows of a table by key; None where a key is refused, for it may be the one that others refer to."""
    rows = file.get(table, [])
    known = {row["key"]: row for row in rows if "key" in row}
    misspelt = table not in file.written and not file.written <= FILE.keys.keys()
    return None if misspelt or file.refused(table) or len(known) < len(rows) else known


def named(row: Row, keys: tuple[str, ...]) -> Iterator[tuple[At, str]]:
    """The names that stand in a row under these keys, with their places."""
    at, value = row.at, row
    for key in keys:
        at, value = (*at, key), value.get(key, {})
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, tuple):
        yield from (((*at, number), name) for number, name in enumerate(value, 1))
