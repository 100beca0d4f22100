"""A roster (.xlsx): the people of a consortium as a sheet, read into the consortium file that was applied last.

It adds people and changes what it says of those it names; whoever it does not name stays as he is. Names are compared
whichever width they are typed in, and kept as they stand.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from bot.file.refusals import Complaints
from bot.sheets.spreadsheet import SheetRow, rows
from store.blueprint import Audience, Blueprint, Person, SchoolClass
from store.complaint import Complaint

WORDS = tomllib.loads((Path(__file__).parent / "roster_columns.toml").read_text(encoding="utf-8"))
COLUMNS = {word: column for column, words in WORDS["columns"].items() for word in words}
ROLES = {word: role for role, words in WORDS["roles"].items() for word in words}
HEADER_WITHIN = 10  # rows: a title may stand above it
SEVERAL = re.compile(r"[、,，;；/\s]+")


class Entry(Struct, frozen=True):
    """One row, its cells by column; an empty cell says nothing."""

    number: int
    cells: Mapping[str, str]


def merged(last: Blueprint, name: str, content: bytes) -> Blueprint:
    """The consortium file as the roster would have it. Raises Complaint or Complaints."""
    return Roster(last, name).read(entries(name, content))


def entries(name: str, content: bytes) -> list[Entry]:
    """What the sheet says, whatever it is read into. Raises Complaint or Complaints."""
    found = rows(name, content)
    for at, row in enumerate(found[:HEADER_WITHIN]):
        heads = [folded(word).lower().strip("*") for word in row.cells]
        if {COLUMNS.get(word) for word in heads} >= {"name", "school"}:
            check_heads(name, row.number, [word for word in heads if word])
            columns = [COLUMNS.get(word, "") for word in heads]
            return [entry(columns, below) for below in found[at + 1 :]]
    raise Complaint(name, "no header row", f"a row with {heading('name')} and {heading('school')}")


def check_heads(name: str, number: int, heads: Sequence[str]) -> None:
    known = ", ".join(words[0] for words in WORDS["columns"].values())
    unknown = [word for word in heads if word not in COLUMNS]
    meant = [COLUMNS.get(word) for word in heads]
    twice = [word for at, word in enumerate(heads) if meant[at] and meant[at] in meant[:at]]
    complaints = [Complaint(f"{name}: row {number}", f"column {word!r}", f"one of {known}") for word in unknown]
    complaints += [Complaint(f"{name}: row {number}", f"column {word!r}", "each once") for word in twice]
    if complaints:
        raise Complaints(complaints)


def entry(columns: Sequence[str], row: SheetRow) -> Entry:
    cells = zip(columns, row.cells, strict=False)
    return Entry(row.number, {column: text for column, text in cells if column and text})


def folded(text: str) -> str:
    """For comparing: （ is (, Ａ is A."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def heading(column: str) -> str:
    return str(WORDS["columns"][column][0])


class Roster:
    """Gathers what is wrong, row by row, and says all of it at once."""

    def __init__(self, last: Blueprint, name: str) -> None:
        self.last, self.name = last, name
        self.people = {person.key: person for person in last.person}
        self.subjects = {folded(each): each for one in last.activity for each in subjects(one.audience)}
        self.heads = {one.key: one.head_teacher for one in last.class_}
        self.seen: dict[str, int] = {}
        self.complaints: list[Complaint] = []

    def read(self, found: Sequence[Entry]) -> Blueprint:
        schools = {one.number: self.school(one, "school") for one in found}
        named = {(folded(one.cells.get("name", "")), schools[one.number]) for one in found}
        for one in found:
            if (person := self.person(one, schools[one.number], named)) is not None:
                self.people[person.key] = person
                self.lead(one, person)
        if self.complaints:
            raise Complaints(self.complaints)
        classes = tuple(one.model_copy(update={"head_teacher": self.heads[one.key]}) for one in self.last.class_)
        return self.last.model_copy(update={"person": tuple(self.people.values()), "class_": classes})

    def refuse(self, one: Entry, column: str, expected: str) -> None:
        text = one.cells.get(column, "")
        found = f'"{text}"' if text else "empty"
        self.complaints.append(Complaint(f"{self.name}: row {one.number}, {heading(column)}", found, expected))

    def school(self, one: Entry, column: str) -> str | None:
        """Of the school that is named by key or by name; None with the reason noted, or where nothing is said."""
        text = one.cells.get(column)
        if text is None and column != "school":
            return None
        word = folded(text or "")
        found = next((each.key for each in self.last.school if word in (each.key, folded(each.name))), None)
        if found is None:
            self.refuse(one, column, "one of " + ", ".join(each.name for each in self.last.school))
        return found

    def person(self, one: Entry, school: str | None, named: set[tuple[str, str | None]]) -> Person | None:
        name, home, roles = one.cells.get("name"), self.school(one, "home"), self.roles(one)
        if name is None:
            self.refuse(one, "name", "a name")
            return None
        if school is None or roles is None:
            return None
        key = folded(one.cells.get("key", "")) or self.key_of(one, name, school, named)
        if key is None:
            return None
        if key in self.seen:
            self.refuse(one, "name", f"each person once: row {self.seen[key]} is the first")
            return None
        self.seen[key] = one.number
        before = self.people.get(key)
        said = {"name": name, "school": school, "home": home, "roles": roles or None}
        subject = one.cells.get("subject", "")
        said |= {"subject": self.subjects.get(folded(subject), subject) or None, "post": one.cells.get("post")}
        given = {field: value for field, value in said.items() if value is not None}
        if before is None:
            return Person.model_validate({"key": key, "roles": ("teacher",)} | given)
        return before.model_copy(update=given)

    def key_of(self, one: Entry, name: str, school: str, named: set[tuple[str, str | None]]) -> str | None:
        """Who is meant by name and school; a new key for somebody new. None with the reason noted where in doubt."""
        word = folded(name)
        same = [person for person in self.last.person if folded(person.name) == word]
        here = [person.key for person in same if person.school == school]
        if len(here) == 1:
            return here[0]
        others = [person for person in same if (word, person.school) not in named]
        if here or others:
            keys = ", ".join(person.key for person in same)
            self.refuse(one, "name", f"a key in the column {heading('key')}, since it may be {keys}")
            return None
        digest = hashlib.sha256(f"{self.last.consortium.key}|{school}|{word}".encode()).hexdigest()
        return f"r{digest[:8]}"

    def roles(self, one: Entry) -> tuple[str, ...] | None:
        """Empty where nothing is said; None with the reason noted."""
        words = [word for word in SEVERAL.split(folded(one.cells.get("roles", ""))) if word]
        if any(word.lower() not in ROLES for word in words):
            self.refuse(one, "roles", "one or more of " + ", ".join(each[0] for each in WORDS["roles"].values()))
            return None
        return tuple(dict.fromkeys(ROLES[word.lower()] for word in words))

    def lead(self, one: Entry, person: Person) -> None:
        """班主任: the classes named by key, or by name at the person's own school."""
        for word in (each for each in SEVERAL.split(folded(one.cells.get("head_teacher_of", ""))) if each):
            found = [each.key for each in self.last.class_ if word == each.key or is_called(word, each, person.school)]
            if len(found) == 1:
                self.heads[found[0]] = person.key
            else:
                known = ", ".join(each.name for each in self.last.class_ if each.school == person.school)
                self.refuse(one, "head_teacher_of", f"a class of that school: {known or 'it has none'}")


def is_called(word: str, one: SchoolClass, school: str) -> bool:
    return one.school == school and word == folded(one.name)


def subjects(audience: Audience | None) -> tuple[str, ...]:
    """As the file spells them: a person of the other width would be of another subject."""
    return audience.subjects or () if audience else ()

