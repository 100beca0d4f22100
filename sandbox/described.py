"""Calls held against the published description of the Bot API: what it does not know in a call is remarked on.

The official server ignores parameters that it does not know and reads a number that is none as 0, and so does this one;
a slip of that kind would go unseen. So each call keeps its remarks, and `strict` refuses them.

`described.json` has the methods that are emulated and the types that their parameters reach: `name: "Integer|String"`,
with `?` where it may be left out; a type of several shapes is a list. `python -m sandbox.described FILE` makes it of
the description as JSON (`methods` and `types`, each with `fields` of `name`, `types`, `required`).
"""

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

MADE = Path(__file__).with_name("described.json")
MANY = "Array of "
BOOLEANS = {"true", "false", "yes", "no", "1", "0", ""}
PLAIN: dict[str, type | tuple[type, ...]] = {"Integer": int, "Float": (int, float), "String": str, "Boolean": bool}

Shapes = Mapping[str, Any]  # name of a type → its fields, or the names of its subtypes


@cache
def made() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(MADE.read_text(encoding="utf-8"))
    return found


def remarks(method: str, sent: Mapping[str, Any]) -> tuple[str, ...]:
    """What the description does not know in this call, a line each: where, what was found, what was expected."""
    fields = made()["methods"].get(method)
    if fields is None:
        return ()
    found = [f"{method}.{name}: is missing" for name, kind in fields.items() if kind[-1] != "?" and name not in sent]
    for name, value in sent.items():
        if name in fields:
            found += said(value, fields[name], f"{method}.{name}")
        elif not isinstance(value, tuple):  # a file goes by a name of its own, `attach://`
            found.append(f"{method}.{name}: no such parameter")
    return tuple(found)


def said(value: Any, kind: str, where: str) -> list[str]:
    """A parameter, which comes as a string or as a file; what is no plain value is JSON."""
    kinds = kind.rstrip("?").split("|")
    if isinstance(value, tuple):
        return [] if "InputFile" in kinds else [f"{where}: a file, expected {kind}"]
    if "String" in kinds or ("Boolean" in kinds and value.lower() in BOOLEANS):
        return []
    if "Integer" in kinds and value.removeprefix("-").isdecimal():
        return []
    try:
        return fitting(json.loads(value), kinds, made()["types"], where)
    except ValueError:
        return [f"{where}: {value[:40]!r}, expected {kind}"]


def fitting(value: Any, kinds: list[str], shapes: Shapes, where: str) -> list[str]:
    """The remarks of that kind which the value is most like; none where it is one of them."""
    found = [of_kind(value, kind, shapes, where) for kind in kinds]
    return min(found, key=lambda some: (len(some), some))


def of_kind(value: Any, kind: str, shapes: Shapes, where: str) -> list[str]:
    if kind.startswith(MANY):
        if not isinstance(value, list):
            return [f"{where}: {value!r:.40}, expected {kind}"]
        within = kind.removeprefix(MANY)
        return [line for number, one in enumerate(value) for line in of_kind(one, within, shapes, f"{where}[{number}]")]
    plain = PLAIN.get("String" if kind == "InputFile" else kind)
    if plain is not None:
        right = isinstance(value, plain) and (plain is bool or not isinstance(value, bool))
        return [] if right else [f"{where}: {value!r:.40}, expected {kind}"]
    shape = shapes[kind]
    if isinstance(shape, list):
        return fitting(value, shape, shapes, where)
    if not isinstance(value, dict):
        return [f"{where}: {value!r:.40}, expected {kind}"]
    found = [
        f"{where}.{name}: is missing ({kind})" for name, of in shape.items() if of[-1] != "?" and name not in value
    ]
    for name, one in value.items():
        if name not in shape:
            found.append(f"{where}.{name}: {kind} has no such field")
        else:
            found += fitting(one, shape[name].rstrip("?").split("|"), shapes, f"{where}.{name}")
    return found


def shapes_of(types: Mapping[str, Any]) -> dict[str, Any]:
    """The types of the published description, as they are kept here."""
    return {name: one.get("subtypes") or fields_of(one) for name, one in types.items()}


def fields_of(described: Mapping[str, Any]) -> dict[str, str]:
    return {one["name"]: "|".join(one["types"]) + "?" * (not one["required"]) for one in described.get("fields", ())}


def make(published: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    """`names`: the emulated methods, in lower case."""
    methods = {name.lower(): fields_of(one) for name, one in published["methods"].items() if name.lower() in names}
    shapes, reached = shapes_of(published["types"]), dict[str, Any]()
    waiting = [
        kind for fields in methods.values() for kinds in fields.values() for kind in kinds.rstrip("?").split("|")
    ]
    while waiting:
        kind = waiting.pop().replace(MANY, "")
        if kind in shapes and kind not in reached:
            reached[kind] = shape = shapes[kind]
            within = shape if isinstance(shape, list) else [of.rstrip("?") for of in shape.values()]
            waiting += [one for kinds in within for one in kinds.split("|")]
    return {"version": published["version"], "methods": methods, "types": dict(sorted(reached.items()))}


def text_of(kept: Mapping[str, Any]) -> str:
    """A line for each method and type, so that a change of the description shows."""
    parts = []
    for key in ("methods", "types"):
        rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(one)}" for name, one in kept[key].items())
        parts.append(f" {json.dumps(key)}: {{\n{rows}\n }}")
    return "{\n" + f' "version": {json.dumps(kept["version"])},\n' + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    from sandbox.methods import METHODS

    asked = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    MADE.write_text(text_of(make(asked, {*METHODS, "getupdates"})), encoding="utf-8")
