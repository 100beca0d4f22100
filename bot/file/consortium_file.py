"""The consortium file: TOML in, a blueprint out, or every reason why not (contract, "The consortium file")."""

import tomllib
from pathlib import Path
from typing import Any

from bot.file.activities import check_activities
from bot.file.calendar import check_calendar
from bot.file.file_keys import FILE
from bot.file.obligations import check_obligations
from bot.file.occurrences import check_occurrences
from bot.file.references import check_names
from bot.file.refusals import Complaints, Refusals
from bot.file.shapes import fields, take_table
from store.blueprint import Blueprint
from store.complaint import Complaint


def read(path: Path) -> Blueprint:
    """A file all of whose keys, values and references are good. Raises Complaints, in the file's order."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Complaints([Complaint(str(path), error.strerror or str(error), "a consortium file")]) from None
    return blueprint(str(path), content)


def blueprint(name: str, content: bytes) -> Blueprint:
    """Raises Complaints, in the file's order; `name` is that of the file."""
    text = decoded(name, content)
    document = parsed(text, name)
    refusals = Refusals()
    file = take_table(FILE, document, (), refusals)
    assert file is not None  # a TOML document is a table
    check_names(file, refusals)
    check_calendar(file, refusals)
    check_activities(file, refusals)
    check_occurrences(file, refusals)
    check_obligations(file, refusals)
    if refusals:
        raise refusals.told(text, document)
    return Blueprint.model_validate(fields(file))


def decoded(name: str, content: bytes) -> str:
    """UTF-8, with or without a byte-order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{error.object[error.start]:02x} in line {line}"
        raise Complaints([Complaint(name, found, "text in UTF-8")]) from None


def parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number with more digits than Python reads
        raise Complaints([Complaint(name, str(error), "TOML")]) from None
