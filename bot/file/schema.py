"""The consortium file as a JSON Schema (draft 2020-12), for editors: made of the very shapes by which it is read.

What an editor cannot see, such as references and dates that must fit, `apply` refuses.
"""

from typing import Any

from bot.file import values
from bot.file.keys import FILE
from bot.file.shapes import Listed, Plain, Rows, Shape, Table
from bot.file.values import OneOf, Whole

CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
DURATION = "[0-9]+[mhd]"
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
PLAIN: dict[Plain, dict[str, Any]] = {
    values.text: TEXT,
    values.prompt: TEXT | {"maxLength": values.PROMPT_LENGTH},
    values.consortium_key: {"type": "string", "pattern": "^[a-z0-9-]+$"},
    values.group: {"type": "integer", "maximum": -1},
    values.day: {"type": "string", "format": "date"},
    values.month: {"type": "string", "pattern": "^2[01][0-9]{2}-(0[1-9]|1[0-2])$"},
    values.rule_words: TEXT,
    values.clock: {"type": "string", "pattern": f"^{CLOCK}$"},
    values.quiet: {
        "type": "array",
        "items": {"type": "string", "pattern": f"^{CLOCK}$"},
        "minItems": 2,
        "maxItems": 2,
        "uniqueItems": True,
    },
    values.timezone: TEXT,
    values.duration: {"type": "string", "pattern": f"^{DURATION}$"},
    values.length: {"type": "string", "pattern": f"^{DURATION}$"},
    values.weekly: {"type": "string", "pattern": f"^({'|'.join(values.WEEKDAYS)}) {CLOCK}$"},
    values.switch: {"type": "boolean"},
    values.weeks: {"type": "string", "pattern": "^(odd|even|[0-9 ,-]+)$"},
}


def schema() -> dict[str, Any]:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "教联体文件 · consortium file"}
    return head | of(FILE)


def of(shape: Shape) -> dict[str, Any]:
    match shape:
        case Table(keys, required):
            properties = {name: of(part) for name, part in keys.items()}
            needed = [name for name in keys if name in required]
            found = {"type": "object", "properties": properties, "additionalProperties": False}
            return found | ({"required": needed} if needed else {})
        case Rows(table):
            return {"type": "array", "items": of(table)}
        case Listed():
            return listed(shape)
        case OneOf(words):
            return {"enum": list(words)}
        case Whole(first, last):
            return {"type": "integer", "minimum": first, "maximum": last}
    return PLAIN[shape]


def listed(shape: Listed) -> dict[str, Any]:
    bounds = {"minItems": 1 if shape.filled else None, "maxItems": shape.most}
    bounds["uniqueItems"] = None if shape.turns else True
    given = {name: value for name, value in bounds.items() if value is not None}
    return {"type": "array", "items": of(shape.of)} | given
