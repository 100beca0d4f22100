"""A school's own spreadsheet, read into what is known of a new consortium. Everything that is wrong is said at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from bot.file import plain_values
from bot.file.refusals import Complaints, shown
from bot.founding.draft import Founding, Person, School, SchoolClass, Term
from bot.founding.tables import WORDS, Line, Tables, same, tables
from bot.nearest import nearest
from bot.sheets import cell_values, roster
from bot.sheets.whole_workbook import every_row
from store.blueprint import Role
from store.complaint import Complaint

SEVERAL = re.compile(r"[、,，;；/]")
KINDS = {same(word): kind for kind, words in WORDS["kinds"].items() for word in words}
ROLES = {
    same(word): role for words in (roster.WORDS, WORDS) for role, all_of in words["roles"].items() for word in all_of
}
PRINCIPALS = frozenset(same(word) for word in WORDS["posts"]["principal"])
YES = frozenset(same(word) for word in WORDS["words"]["yes"])
LONGEST = 200  # characters in a cell: a name, not a paragraph
FEW = 5  # names that a refusal lists
N = TypeVar("N", School, SchoolClass)


def founding(name: str, content: bytes, bare: Callable[[str], str]) -> Founding:
    """`bare` leaves off what is said along with a name out of politeness. Raises Complaint or Complaints."""
    return Reader(tables(name, every_row(name, content)), bare).read()


@dataclass(eq=False)
class Met:
    """A person, where he was met first, and what was said there that tells namesakes apart."""

    person: Person
    line: Line
    identity: str
    classes: list[tuple[Line, str]] = field(default_factory=list)


class Reader:
    def __init__(self, found: Tables, bare: Callable[[str], str]) -> None:
        self.found, self.bare = found, bare
        self.result = Founding(unwritten=found.unwritten)
        self.met: list[Met] = []
        self.complaints: list[tuple[Line, Complaint]] = []

    def read(self) -> Founding:
        self.check_lengths()
        for line in self.found.lines["school"]:
            self.school(line)
        self.lead_is_known()
        lines = [line for line in self.found.lines["person"] if self.is_person(line)]
        for line, school in [(line, self.school_of(line, "school")) for line in lines]:
            self.person(line, school)
        for line in self.found.lines["class"]:
            self.school_class(line)
        for met in self.met:
            self.heads(met)
        for line in self.found.lines["term"]:
            self.term(line)
        for line in self.found.lines["chat"]:
            self.chat(line)
        if self.complaints:
            raise Complaints(self.sorted_complaints())
        self.result.people = [one.person for one in self.met]
        self.lead_is_known()
        return self.result

    def refuse(self, line: Line, column: str, expected: str) -> None:
        self.complaints.append((line, line.complaint(column, expected)))

    def sorted_complaints(self) -> list[Complaint]:
        """As the sheets stand one behind the other, each from its top; the same thing once."""
        sheets = list(dict.fromkeys(line.sheet for lines in self.found.lines.values() for line in lines))
        found = sorted(self.complaints, key=lambda each: (sheets.index(each[0].sheet), each[0].number))
        return list({str(complaint): complaint for _, complaint in found}.values())

    def check_lengths(self) -> None:
        for line in (line for lines in self.found.lines.values() for line in lines):
            for column in (one for one, text in line.cells.items() if len(text) > LONGEST):
                self.refuse(line, column, f"at most {LONGEST} characters")

    def school(self, line: Line) -> None:
        name, kind = line.cells.get("name"), KINDS.get(same(line.cells.get("role", "")))
        if name is None:
            return self.refuse(line, "name", "the name of a school")
        if "role" in line.cells and kind is None:  # the school is known all the same: its people are not refused, too
            self.refuse(line, "role", "one of " + ", ".join(words[0] for words in WORDS["kinds"].values()))
        if named(self.result.schools, name) is not None:
            return self.refuse(line, "name", "each school once")
        if kind == "core" and any(one.core for one in self.result.schools):
            return self.refuse(line, "role", f"one core school: {self.result.core.name} is the first")
        self.result.schools.append(School(name, kind == "core", line.cells.get("place")))
        called = line.cells.get("consortium")
        if called and same(self.result.name or called) != same(called):
            return self.refuse(line, "consortium", f"one name: {self.result.name} is the first")
        self.result.name = self.result.name or called
        return None

    def lead_is_known(self) -> None:
        """Where none is said to be the core school, the first one is."""
        if self.result.schools and not any(one.core for one in self.result.schools):
            self.result.schools[0].core = True

    def school_of(self, line: Line, column: str) -> School | None:
        """Of the cell; else the sheet may be called so; else the only one. Where no list of schools is given, each that
        a person works at is one. None with the reason noted."""
        word = line.cells.get(column) or self.sheet_of_school(line, column)
        schools, listed = self.result.schools, bool(self.found.lines["school"])
        if word is None and len(schools) == 1 and listed:
            return schools[0]
        found = named(schools, word) if word else None
        if found is not None:
            return found
        if word is None and column not in line.order:
            head = WORDS["columns"]["person"]["school"][0]
            missing = Complaint(line.whole, f"no column {head}", "one, or a sheet called as the school is")
            self.complaints.append((line, missing))
            return None
        if word is None or listed or column == "home":
            names = [one.name for one in schools]
            few = f" ({', '.join(names)})" if 0 < len(names) <= FEW else nearest(word or "", names)
            self.refuse(line, column, f"the name of a school{few}")
            return None
        schools.append(School(word))
        return schools[-1]

    def sheet_of_school(self, line: Line, column: str) -> str | None:
        """The sheet's own name, where we know a school of that name, or it seems to be one and no column says so."""
        known = named(self.result.schools, line.sheet) is not None
        seems = any(same(line.sheet).endswith(same(word)) for word in WORDS["words"]["schools"])
        return line.sheet if known or (seems and column not in line.order) else None

    def is_person(self, line: Line) -> bool:
        """A school's merged cell may reach below its people. False, with the reason noted, for more without a name."""
        if "name" not in line.cells and line.cells.keys() - {"school", "home"}:
            self.refuse(line, "name", "a name")
        return "name" in line.cells

    def person(self, line: Line, school: School | None) -> None:
        name, roles = self.bare(line.cells["name"]) or line.cells["name"], self.roles(line)
        home = self.school_of(line, "home") if "home" in line.cells else None
        if school is None or roles is None:
            return
        cells = line.cells
        person = Person(name, school, None, cells.get("subject"), cells.get("post"), roles)
        person.home = home if home is not school else None
        identity = "".join(char for char in same(cells.get("identity", "")) if char.isalnum())
        met = self.before(person, identity)
        if met is None:
            self.met.append(met := Met(person, line, identity))
        else:
            self.join(met, person, line)
        met.classes += [(line, word) for word in SEVERAL.split(cells.get("head_teacher_of", "")) if word.strip()]

    def before(self, person: Person, identity: str) -> Met | None:
        """The same person in an earlier row: of one name at one school, and not of two telephones."""
        for one in self.met:
            alike = same(one.person.name) == same(person.name) and one.person.school is person.school
            if alike and (one.identity == identity or not (one.identity and identity)):
                return one
        return None

    def join(self, met: Met, again: Person, line: Line) -> None:
        """What the rows say together; what is said twice and otherwise is refused, but for a second subject."""
        person = met.person
        if again.home and person.home and again.home is not person.home:
            return self.refuse(line, "home", f"{person.home.name}, as in {met.line.at('home')}: the same person")
        if again.post and person.post and same(again.post) != same(person.post):
            return self.refuse(line, "post", f"{person.post}, as in {met.line.at('post')}: the same person")
        person.home, person.post = person.home or again.home, person.post or again.post
        person.subject = person.subject or again.subject
        said = {*(person.roles if self.says_roles(met.line) else ()), *(again.roles if self.says_roles(line) else ())}
        person.roles = tuple(role for role in roster.WORDS["roles"] if role in (said or person.roles))
        if person.name not in self.result.merged:
            self.result.merged.append(person.name)
        return None

    def says_roles(self, line: Line) -> bool:
        return "roles" in line.cells or same(line.cells.get("post", "")) in PRINCIPALS

    def roles(self, line: Line) -> tuple[Role, ...] | None:
        """By the column 角色, else by the post; None with the reason noted."""
        words = [same(word) for word in SEVERAL.split(line.cells.get("roles", "").replace(" ", "、")) if word]
        if any(word not in ROLES for word in words):
            self.refuse(
                line, "roles", "one or more of " + ", ".join(each[0] for each in roster.WORDS["roles"].values())
            )
            return None
        by_post = "principal" if same(line.cells.get("post", "")) in PRINCIPALS else "teacher"
        found = tuple(dict.fromkeys(ROLES[word] for word in words)) or (by_post,)
        return cast(tuple[Role, ...], found)

    def school_class(self, line: Line) -> None:
        name = line.cells.get("name")
        if name is None:
            return self.refuse(line, "name", "the name of a class")
        school = self.school_of(line, "school")
        if school is None:
            return None
        if self.class_at(school, name) is not None:
            return self.refuse(line, "name", f"each class of {school.name} once")
        self.result.classes.append(made := SchoolClass(name, school))
        if "head_teacher" in line.cells:
            made.head_teacher = self.called(line, school)
        return None

    def called(self, line: Line, school: School) -> Person | None:
        """The head teacher that a list of classes names. None with the reason noted."""
        word = same(self.bare(line.cells["head_teacher"]))
        here = [one.person for one in self.met if one.person.school is school]
        found = [one for one in here if same(one.name) == word]
        if len(found) == 1:
            return found[0]
        several = f"a name that one of {school.name} has, not {len(found)}"
        self.refuse(line, "head_teacher", several if found else f"the name of a person of {school.name}")
        return None

    def class_at(self, school: School, name: str) -> SchoolClass | None:
        of_school = [one for one in self.result.classes if one.school is school]
        return named(of_school, name)

    def heads(self, met: Met) -> None:
        """班主任 in a list of people: classes of the own school, which are new where no list of classes is given."""
        person = met.person
        for line, word in met.classes:
            found = self.class_at(person.school, word)
            if same(word) in YES or (found is None and self.found.lines["class"]):
                names = [one.name for one in self.result.classes if one.school is person.school]
                self.refuse(line, "head_teacher_of", f"the class's name, such as 七(1)班{nearest(word, names)}")
            elif found is None:
                self.result.classes.append(SchoolClass(word.strip(), person.school, person))
            elif found.head_teacher not in (None, person):
                self.refuse(line, "head_teacher_of", f"one head teacher: {shown(word)} has {found.head_teacher.name}")
            else:
                found.head_teacher = person

    def term(self, line: Line) -> None:
        days: dict[str, date] = {}
        for column in ("first_day", "last_day"):
            try:
                days[column] = plain_values.day(cell_values.day(line.cells.get(column, ""), None))
            except ValueError as error:
                self.refuse(line, column, str(error))
        if len(days) < 2:
            return None
        first, last = days["first_day"], days["last_day"]
        if last <= first:
            return self.refuse(line, "last_day", f"a day after {first}")
        if any(one.first_day <= last and first <= one.last_day for one in self.result.terms):
            return self.refuse(line, "first_day", "terms that share no day")
        self.result.terms.append(Term(line.cells.get("name"), first, last))
        return None

    def chat(self, line: Line) -> None:
        title = line.cells.get("title")
        if title is None or any(same(one) == same(title) for one in self.result.chats):
            return self.refuse(line, "title", "the name of a group, each once")
        self.result.chats.append(title)
        return None


def named(among: Sequence[N], name: str) -> N | None:
    return next((one for one in among if same(one.name) == same(name)), None)
