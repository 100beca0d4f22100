"""The entries of a consortium file: what a difference compares and names."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from msgspec import Struct

from store import amendments
from store.amendments import Entry
from store.blueprint import Blueprint, Part

Fields = dict[str, Any]
"""The keys of one entry that are given, with JSON values; those of a table in it are spelt `check_in.opens`."""

# What makes an entry that has no key the same one in two files.
IDENTITY = {
    "period": ("school", "number"),
    "day": ("date",),
    "exam": ("from",),
    "occurrence": ("activity", "date", "class"),
    "theme": ("activity", "month"),
    "exchange": ("person", "since"),
}
NAMED_AFTER = {"occurrence": "activity", "exchange": "person"}  # a theme and a period would but repeat it


class Place(Struct, frozen=True):
    """`person[t001]`, or one key of it, `person[t001].name`; `day[2026-10-10]`, `period[core/7]`, `consortium.name`."""

    table: str
    key: str = ""
    field: str = ""

    def __str__(self) -> str:
        return self.table + f"[{self.key}]" * bool(self.key) + f".{self.field}" * bool(self.field)

    @property
    def kind(self) -> tuple[str, str]:
        """The same key in every row of a table."""
        return self.table, self.field

    def of(self, field: str) -> "Place":
        return Place(self.table, self.key, field)


def entries(blueprint: Blueprint) -> dict[Place, Fields]:
    """Every entry of a file in its order."""
    found = {Place("consortium"): flat(blueprint.consortium.model_dump(exclude_none=True))}
    for name, rows in blueprint:
        for row in rows if isinstance(rows, tuple) else ():
            assert isinstance(row, Part)
            fields = fields_of(row)
            found[place_in(name.rstrip("_"), fields)] = fields
    return found


def names(found: Mapping[Place, Fields]) -> dict[Place, str]:
    """What people call them: their name or title, of `occurrence[research/…]` the activity's, of `exchange[…]` the
    person's. A key that tells as much has none."""
    own = {place: fields.get("name") or fields.get("title") for place, fields in found.items() if place.key}
    of_another = {place: own.get(whose(place, found[place])) for place in own if place.table in NAMED_AFTER}
    return {place: str(name) for place, name in (own | of_another).items() if name and name != place.key}


def whose(place: Place, fields: Fields) -> Place:
    table = NAMED_AFTER[place.table]
    return Place(table, str(fields[table]))


def fields_of(row: Part) -> Fields:
    return flat({key.rstrip("_"): value for key, value in row.model_dump(exclude_none=True).items()})


def place_in(table: str, fields: Fields) -> Place:
    identity = IDENTITY.get(table, ("key",))
    return Place(table, "/".join(str(fields[key]) for key in identity if key in fields))


def place_of(entry: Entry) -> Place:
    """Of one that the chat may set."""
    return place_in(amendments.table(entry), fields_of(entry))


def flat(fields: Mapping[str, Any], within: str = "") -> Fields:
    found: Fields = {}
    for key, value in fields.items():
        found |= flat(value, f"{within}{key}.") if isinstance(value, dict) else {within + key: plain(value)}
    return found


def plain(value: Any) -> Any:
    """As the file spells it, in JSON's kinds."""
    match value:
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(each) for each in value]
    return value
