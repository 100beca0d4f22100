"""Sample outcomes: any of the outcomes of the use cases with words in it, as `docs/messages.toml` has them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from types import SimpleNamespace, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.inspect import is_struct_type
from msgspec.structs import replace
from pydantic import BaseModel

from store.complaint import Complaint

TABLES = tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))
NONE = "-"
TWO = 2
NUMBER = 3
FILE = ("file", b"")


class Other(Struct, frozen=True):
    """`when`: which fact is another one than in the usual case."""

    when: str
    outcome: Any


def sample(outcome: type[Any]) -> Any:
    """The usual case. KeyError: a field that `messages.toml` has no words for."""
    return made(outcome, 0)


def others(usual: Any, template: str) -> Iterator[Other]:
    """The same with one fact changed, for each that `template`, the source of its text, asks about."""
    asked = " ".join(re.findall(r"(?:if|not|for|set) [^%}]*|\w+(?:\.\w+)* or ", template))
    for field, hint in get_type_hints(type(usual)).items():
        where, now = f"{type(usual).__name__}.{field}", getattr(usual, field)
        also, bare = TABLES["also"].get(where, ()), without_none(hint)
        for name in also:
            other = whole(bare, 0, name) if is_value(bare) else bare(name)
            yield Other(f"`{field}` {name}", replace(usual, **{field: other}))
        if also or where in TABLES["apart"]["never"] or re.search(rf"(?<!\.)\b{field}\b", asked) is None:
            continue
        for value, called in differing(hint, now, where, template):
            yield Other(called.format(field=field), replace(usual, **{field: value}))


def differing(hint: Any, now: Any, where: str, template: str) -> Iterator[tuple[Any, str]]:
    """Other values of a field and what is said of each."""
    bare = without_none(hint)
    stays = bare is hint and not isinstance(now, str | int | tuple)
    if bare is bool:
        yield not now, "not `{field}`" if now else "`{field}`"
    elif isinstance(bare, type) and issubclass(bare, Enum):
        yield from ((member, f"`{{field}}` {member.value}") for member in members(bare, template) if member is not now)
        if bare is not hint:
            yield (None, "no `{field}`") if now else (made(bare, 0, where), "`{field}`")
    elif get_origin(bare) is Literal or is_value(type(now)) or stays:
        return
    elif now:
        yield emptied(hint, bare), "no `{field}`"
    elif filled := made(bare, 0, where, full=True):
        yield filled, "`{field}`"


def members(of: type[Enum], template: str) -> list[Enum]:
    """Those that the template tells apart, and one of the rest."""
    named = [one for one in of if f'"{one.value}"' in template]
    return named + [one for one in of if one not in named][:1]


def emptied(hint: Any, bare: Any) -> Any:
    if bare is not hint:
        return None
    return () if get_origin(hint) is tuple else "" if hint is str else 0


def without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        left = [one for one in get_args(hint) if one is not type(None)]
        return left[0]
    return hint


def is_value(of: Any) -> bool:
    return is_struct_type(of) or of is Complaint


def made(hint: Any, turn: int, where: str = "", *, full: bool = False) -> Any:
    """`where`: class and field; `turn`: which of several; `full`: also where the words say that there is none."""
    said = words(where, full=full)
    bare = without_none(hint)
    if said == NONE and (bare is not hint or not is_value(bare)):
        return None if bare is not hint else ""
    if get_origin(bare) is tuple:
        return made_tuple(bare, said, where, full=full)
    if get_origin(bare) is Mapping:
        return {}  # names beside keys: those of the sample are names already
    if isinstance(said, list) and said:
        said = said[turn % len(said)]
    if get_origin(bare) is Literal:
        return said if said in get_args(bare) else get_args(bare)[0]
    if is_value(bare):
        return whole(bare, turn, said)
    return simple(bare, said, where)


def made_tuple(hint: Any, said: Any, where: str, *, full: bool) -> tuple[Any, ...]:
    """As many as there are words for, or as the words say."""
    if said == []:
        return ()
    if get_args(hint)[-1] is not Ellipsis:
        if bytes in get_args(hint):
            return FILE
        return tuple(made(one, number, f"{where}.{number}") for number, one in enumerate(get_args(hint)))
    of = get_args(hint)[0]
    count = len(said) if isinstance(said, list) else said if isinstance(said, int) else TWO
    return tuple(made(of, number, where, full=full) for number in range(count))


def simple(hint: Any, said: Any, where: str) -> Any:
    if hint is bool:
        return said if isinstance(said, bool) else False
    if hint in (int, float):
        return said if isinstance(said, hint) and not isinstance(said, bool) else hint(NUMBER)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(said) if said in {one.value for one in hint} else next(iter(hint))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return model(hint)
    if hint is date and isinstance(said, datetime):
        return said.date()
    if hint in (str, date, datetime, time, Any):
        if not isinstance(said, hint if hint is not Any else object):
            raise KeyError(f"docs/messages.toml: words: {where}: found {said!r}, expected {hint.__name__}")
        return said
    return None  # what no text says, as the facts of a form


def whole(of: Any, turn: int, said: Any) -> Any:
    about = {name: made(hint, turn, f"{of.__name__}.{name}") for name, hint in get_type_hints(of).items()}
    return of(**about | case(said)) if isinstance(said, str) else of(**about)


def case(name: str) -> dict[str, Any]:
    """What `messages.toml` has under that name; a table in it is read as the outcome's part is, by attributes."""
    return {key: parts(value) for key, value in TABLES["cases"].get(name, {}).items()}


def parts(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(parts(one) for one in value)
    return SimpleNamespace(**value) if isinstance(value, dict) else value


def model(of: type[BaseModel]) -> BaseModel:
    """Of a file's table what the words give under its own name, which is what a text says of it."""
    told = {name: f"{of.__name__}.{name}" for name in of.model_fields}
    about = {name: TABLES["words"][where] for name, where in told.items() if where in TABLES["words"]}
    return of.model_construct(**about)


def words(where: str, *, full: bool) -> Any:
    """Of the class and field; else of the field alone, which is what `full` is made of."""
    table, field = TABLES["words"], where.rpartition(".")[2]
    own = table.get(where)
    return table.get(field) if own is None or (full and own in (NONE, "", [], 0)) else own
