"""What is in the room: consortiums with their files and charters applied, their people in the chats."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from msgspec import Struct

from bot import question_file
from bot.file import consortium_file
from handlers.apply import Apply, apply
from sandbox.state import Circle, Room
from store import attendees, consortiums, linked_accounts
from store.blueprint import Blueprint, Person
from store.database import Session, Store
from store.migrating import upgrade
from store.policies import bank, editions, importing
from store.policies.importing import Paper

HERE = Path(__file__).parents[1]
SAMPLES = next(folder for folder in (HERE / "samples", HERE.parent / "samples") if folder.is_dir())
STRANGER, UNLINKED = 799999999, 798000000
OFFICES = ("organiser", "approver", "principal")
SILENT = 9  # one in so many has never opened the private chat, as in life; organisers have


class Source(Struct, frozen=True):
    """A consortium as the room holds it. `questions`: a file of those that teachers may ask, None: it has none."""

    file: Blueprint
    papers: tuple[Paper, ...]
    questions: Path | None = None


def sample(key: str) -> Source:
    blueprint = consortium_file.read(SAMPLES / f"{key}.toml")
    paper = importing.paper(SAMPLES / f"{key}-charter.txt")
    return Source(blueprint, (paper,), SAMPLES / "questions" / f"{key}.toml")


def prepared(folder: Path, sources: Iterable[Source], now: datetime) -> Store:
    """A throwaway store with these in it."""
    store = Store(f"sqlite:///{folder}/demo.db")
    upgrade(store)
    for source in sources:
        put(store, source, now)
    return store


def put(store: Store, source: Source, now: datetime) -> None:
    key = source.file.consortium.key
    store.call(apply, Apply(source.file), now)
    for paper in source.papers:
        store.call(adopted, key, paper, now)
    if source.questions is not None:
        store.call(taught, key, source.questions, now)


def adopted(session: Session, consortium: str, paper: Paper, now: datetime) -> None:
    found = consortiums.by_key(session, consortium)
    assert found is not None
    assert found.id is not None
    editions.publish(session, found.id, paper.title, paper.source_name, paper.drafts, paper.text, now)


def taught(session: Session, consortium: str, path: Path, now: datetime) -> None:
    """The sample's questions, each given to its clause."""
    found = consortiums.by_key(session, consortium)
    assert found is not None
    assert found.id is not None
    for question, target in question_file.placed(session, found.id, question_file.read(path)):
        bank.keep(session, found.id, question, target, None, now)


def furnished(room: Room, blueprints: Iterable[Blueprint]) -> None:
    """Every consortium with its people and groups, and a stranger in none. The page opens on the first."""
    for blueprint in blueprints:
        moved_in(room, blueprint)
    room.add_user(STRANGER, "过路人")


def moved_in(room: Room, blueprint: Blueprint) -> None:
    """A user for each person, in every group of the consortium; those without an account in the file are not linked.

    Teachers come first: the page opens as the first user, and a teacher is expected at most events.
    """
    schools = shortened({school.key: school.name for school in blueprint.school})
    people = sorted(blueprint.person, key=lambda person: (person.telegram is None, person.roles != ("teacher",)))
    numbers: dict[str, int] = {}
    for person in people:
        number = person.telegram or UNLINKED + len(room.users)
        started = person.telegram is not None and (number % SILENT != 0 or "organiser" in person.roles)
        room.add_user(number, person.name, called(person, schools), started=started)
        numbers[person.key] = number
    members = [*numbers.values()]
    for chat in blueprint.chat:
        if chat.address is not None:
            room.add_group(int(chat.address), chat.title, members, bot=True)
    named = blueprint.consortium
    cast = tuple(numbers[key] for key in cast_of(blueprint))
    room.circles.append(Circle(named.key, named.name.removeprefix("样例"), tuple(members), (*cast, STRANGER)))


def cast_of(blueprint: Blueprint) -> list[str]:
    """The keys of a teacher of each school, a head teacher, and one of each office; nobody twice."""
    linked = [person for person in blueprint.person if person.telegram is not None]
    teachers = {one.school: one.key for one in reversed(linked) if one.roles == ("teacher",) and one.post is None}
    heads = [one.head_teacher for one in blueprint.class_ if one.head_teacher not in teachers.values()]
    offices = [next((one.key for one in linked if role in one.roles), "") for role in OFFICES]
    wanted = [*(teachers.get(school.key, "") for school in blueprint.school), *heads[:1], *offices]
    known = {one.key for one in linked}
    return [key for key in dict.fromkeys(wanted) if key in known]


def called(person: Person, schools: dict[str, str]) -> str:
    """What follows the name in the chats, as teachers write it themselves: 中心·教导主任."""
    return "·".join(filter(None, (schools[person.school], person.post or person.subject)))


def shortened(names: dict[str, str]) -> dict[str, str]:
    """Without what all of them begin and end with: 样例中心初级中学 is 中心."""
    before = alike(names.values())
    after = alike(name[::-1] for name in names.values())
    return {key: name[before : len(name) - after] for key, name in names.items()}


def alike(names: Iterable[str]) -> int:
    """How many letters all of them begin with."""
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)))


def expected(session: Session, occurrence: int) -> frozenset[int]:
    """The users who are expected at an occurrence."""
    known = (linked_accounts.of(session, person) for person in attendees.of(session, occurrence))
    return frozenset(int(found[1].address) for found in known if found is not None)
