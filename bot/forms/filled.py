"""Filled (填好的表): what stands in the fields of a form, in words."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

# What XML refuses, and marks that turn the direction of what follows (Unicode, UAX 9): a name may not rearrange a form.
NO_FORM_HOLDS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Link(NamedTuple):
    """`target`: the path of a file beside the form."""

    text: str
    target: str


Text = str | Link
Row = Mapping[str, Text]


class Filled(Struct, frozen=True):
    """`fields` by name, `tables` by name, each row by column; what is missing is a blank."""

    fields: Mapping[str, str]
    tables: Mapping[str, Sequence[Row]]


def clean(text: str) -> str:
    """Harmless in a form, whoever typed it. A line break stays one."""
    return NO_FORM_HOLDS.sub("", text.replace("\r\n", "\n"))
