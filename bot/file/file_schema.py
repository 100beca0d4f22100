"""The consortium file as a JSON Schema (draft 2020-12), for editors: made of the very shapes by which it is read.

What an editor cannot see, such as references and dates that must fit, `apply` refuses.
"""

from typing import Any

from bot.file import plain_values
from bot.file.file_keys import FILE
from bot.file.plain_values import OneOf, Whole
from bot.file.shapes import Listed, Plain, Rows, Shape, Table

CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
DURATION = "[0-9]+[mhd]"
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
PLAIN: dict[Plain, dict[str, Any]] = {
    plain_values.text: TEXT,
    plain_values.prompt: TEXT | {"maxLength": plain_values.PROMPT_LENGTH},
    plain_values.consortium_key: {"type": "string", "pattern": "^[a-z0-9-]+$"},
    plain_values.group: {"type": "integer", "maximum": -1},
    plain_values.day: {"type": "string", "format": "date"},
    plain_values.month: {"type": "string", "pattern": "^2[01][0-9]{2}-(0[1-9]|1[0-2])$"},
    plain_values.rule_words: TEXT,
    plain_values.clock: {"type": "string", "pattern": f"^{CLOCK}$"},
    plain_values.quiet: {
        "type": "array",
        "items": {"type": "string", "pattern": f"^{CLOCK}$"},
        "minItems": 2,
        "maxItems": 2,
        "uniqueItems": True,
    },
    plain_values.timezone: TEXT,
    plain_values.duration: {"type": "string", "pattern": f"^{DURATION}$"},
    plain_values.length: {"type": "string", "pattern": f"^{DURATION}$"},
    plain_values.weekly: {"type": "string", "pattern": f"^({'|'.join(plain_values.WEEKDAYS)}) {CLOCK}$"},
    plain_values.switch: {"type": "boolean"},
    plain_values.weeks: {"type": "string", "pattern": "^(odd|even|[0-9 ,-]+)$"},
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
