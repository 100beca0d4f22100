"""The keys of the consortium file at a glance, from the shapes by which it is read: a page of `docs.reference`."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.file import file_schema, plain_values

KINDS: Mapping[str, str] = {  # how a pattern of the schema is told
    file_schema.PLAIN[kind]["pattern"]: words
    for kind, words in {
        plain_values.consortium_key: "`a-z`, `0-9` and `-`",
        plain_values.month: 'a month, `"2026-10"`',
        plain_values.clock: 'a time, `"14:30"`',
        plain_values.duration: 'a duration, `"90m"`',
        plain_values.weekly: 'a weekday and a time, `"friday 16:30"`',
        plain_values.weeks: 'teaching weeks, `"1-18"`',
    }.items()
}


def tables() -> Iterator[str]:
    """A section for each table of the file."""
    for name, shape in file_schema.schema()["properties"].items():
        several = shape["type"] == "array"
        table = shape["items"] if several else shape
        head = f"[[{name}]]" if several else f"[{name}]"
        needed = table.get("required", ())
        rows = [
            f"| {f'**{key}**' if key in needed else key} | {told(part)} |" for key, part in table["properties"].items()
        ]
        yield "\n".join([f"## `{head}`\n", "| key | value |", "|---|---|", *rows, ""])


def told(shape: Mapping[str, Any]) -> str:
    """What a value may be, in a few words. KeyError: a pattern that has no words here."""
    if "enum" in shape:
        return " · ".join(f"`{word}`" for word in shape["enum"])
    match shape["type"]:
        case "object":
            needed = shape.get("required", ())
            parts = [
                f"{f'**{key}**' if key in needed else key}: {told(part)}" for key, part in shape["properties"].items()
            ]
            return f"a table: {'; '.join(parts)}"
        case "array":
            return f"a list{number(shape, 'minItems', 'maxItems')}, each {told(shape['items'])}"
        case "integer":
            return f"a number{number(shape, 'minimum', 'maximum')}"
        case "boolean":
            return "`true` or `false`"
    if shape.get("format") == "date":
        return "a date, `2026-09-01`"
    return KINDS[shape["pattern"]] if "pattern" in shape else f"text{number(shape, '', 'maxLength')}"


def number(shape: Mapping[str, Any], least: str, most: str) -> str:
    first, last = shape.get(least), shape.get(most)
    if last is None:
        return f" of at least {first}" if first else ""
    return f" of at most {last}" if first is None else f" of {last}" if first == last else f" from {first} to {last}"
