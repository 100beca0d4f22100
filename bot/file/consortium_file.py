"""The consortium file: TOML in, a blueprint out, or every reason why not (contract, "The consortium file")."""

import re
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

ARCHIVE = b"PK\x03\x04"  # what .xlsx and .docx begin with
TEXT_NOT_TABLE = "a consortium file (.toml); of a roster, init --from makes one and import-roster adds to one"
AT = re.compile(r"\(at line ([0-9]+), column ([0-9]+)\)$")
WIDE = frozenset("：＝“”‘’［］【】（）｛｝，、＃．\u3000")
SHORT_DATE = re.compile(r"=\s*[0-9]{4}-([0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])\b")


def read(path: Path) -> Blueprint:
    """A file all of whose keys, values and references are good. Raises Complaints, in the file's order."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Complaints([Complaint(str(path), error.strerror or str(error), "a consortium file")]) from None
    return blueprint(str(path), content)


def blueprint(name: str, content: bytes) -> Blueprint:
    """Raises Complaints, in the file's order; `name` is that of the file."""
    if content.startswith(ARCHIVE):
        raise Complaints([Complaint(name, "a workbook or a Word document", TEXT_NOT_TABLE)])
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
        raise Complaints([no_toml(name, text, str(error))]) from None


def no_toml(name: str, text: str, error: str) -> Complaint:
    """A mark of a Chinese keyboard and a date with one digit are what people write; the parser's words name neither."""
    at = AT.search(error)
    if at is None:
        return Complaint(name, error, "TOML")
    line, column = int(at[1]), int(at[2])
    found = f"line {line}, column {column} ({error[: at.start()].strip()})"
    written = text.split("\n")[line - 1]
    if written[column - 1 : column] in WIDE:
        return Complaint(name, found, f"TOML, with a half-width mark instead of {written[column - 1]}")
    if SHORT_DATE.search(written):
        return Complaint(name, found, "TOML, with a date such as 2026-09-01")
    return Complaint(name, found, "TOML")
