"""A consortium about to be founded: what a school's spreadsheet, or somebody at the terminal, has said of it so far.

Read by `founding_reader.py` and `questions.py`; whole, it becomes a consortium file (`founding_file.py`). Who
is meant is told by the object, since nobody has a key yet.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from store.blueprint import Role


@dataclass(eq=False)
class School:
    name: str
    core: bool = False
    place: str | None = None


@dataclass(eq=False)
class Person:
    """`school`: where he works now; `home` sent him there, if it is another."""

    name: str
    school: School
    home: School | None = None
    subject: str | None = None
    post: str | None = None
    roles: tuple[Role, ...] = ("teacher",)


@dataclass(eq=False)
class SchoolClass:
    name: str
    school: School
    head_teacher: Person | None = None


class Term(Struct, frozen=True):
    """Both days included; without a name it is called by its school year."""

    name: str | None
    first_day: date
    last_day: date


@dataclass
class Founding:
    """`merged`: whoever stood in several rows and is one; `unwritten`: headings of columns and sheets
    that are not in the file."""

    name: str | None = None
    schools: list[School] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    chats: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    unwritten: tuple[str, ...] = ()

    @property
    def core(self) -> School:
        """The one that leads; there is one as soon as there are schools."""
        return next((one for one in self.schools if one.core), self.schools[0])

    def roles(self) -> Counter[str]:
        return Counter(role for one in self.people for role in one.roles)

    def namesakes(self) -> Iterator[str]:
        """Names that several people have, at one school or at several."""
        yield from (name for name, times in Counter(one.name for one in self.people).items() if times > 1)

    def undecided(self) -> Iterator[str]:
        """Schools where nobody may decide a leave (approvers, else the principal)."""
        deciding = {one.school for one in self.people if {"approver", "principal"} & set(one.roles)}
        yield from (one.name for one in self.schools if one not in deciding)
