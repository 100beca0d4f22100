"""Minutes (活动记录): what the recorder keeps of an event: points, agreement, problems, next tasks, materials; and the
bulletin (简报) that is drawn from them. Never logged."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Field, Session, col, select

from store.columns import Table
from store.engine import insert_new, upsert
from store.occurrences import Occurrence
from store.persons import Person

OPEN_AFTERWARDS = timedelta(hours=2)  # once a reason is kept, an archived record is corrected for so long


class MinutesPart(StrEnum):
    """发言要点, 达成的共识, 存在的问题, 下一步任务 and 资料清单 (domain 5.3), in the order in which they are asked."""

    POINTS = "points"
    AGREEMENT = "agreement"
    PROBLEMS = "problems"
    TASKS = "tasks"
    MATERIALS = "materials"


TEXTS = (MinutesPart.POINTS, MinutesPart.AGREEMENT, MinutesPart.PROBLEMS)


class Minutes(Table, table=True):
    """A draft until `handed_in_at`. `person_id`: who began it. `reopened_at`: when a reason to correct archived ones
    was given last."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    points: str = ""
    agreement: str = ""
    problems: str = ""
    handed_in_at: datetime | None = None
    reopened_at: datetime | None = None

    @property
    def state(self) -> str:
        """For its trace."""
        return "handed_in" if self.handed_in_at else "draft"

    def is_archived(self, archived_at: datetime, now: datetime) -> bool:
        reopened = self.reopened_at + OPEN_AFTERWARDS if self.reopened_at else archived_at
        return now >= max(archived_at, reopened)


class NextTask(Table, table=True):
    """下一步任务: what, by whom, until when; both may be open. It is told by its number: none is given again."""

    __tablename__ = "next_task"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    content: str
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    due: date | None = None


class Material(Table, table=True):
    """资料: its name, and, where it was sent, the file's number on the platform."""

    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    name: str
    file: str = ""


class Bulletin(Table, table=True):
    """简报. `body`: the words of the organiser `person_id`; "": as drawn from the minutes. When it was approved is the
    occurrence's `bulletin_at`."""

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    body: str = ""


class Task(NamedTuple):
    """As it is written; `person` is a number."""

    content: str
    person: int | None
    due: date | None


class TaskLine(Struct, frozen=True):
    """A task as others read it; `person` is a name, "" where it is nobody's yet."""

    id: int
    content: str
    person: str
    due: date | None


class WholeMinutes(Struct, frozen=True):
    """All that a form (5.3) prints of them, besides the event and who came."""

    points: str
    agreement: str
    problems: str
    tasks: tuple[TaskLine, ...]
    materials: tuple[str, ...]
    handed_in_at: datetime | None

    @property
    def empty(self) -> bool:
        return not (self.points or self.agreement or self.problems or self.tasks or self.materials)


NOTHING = WholeMinutes("", "", "", (), (), None)


def of(session: Session, occurrence: int) -> Minutes | None:
    return session.get(Minutes, occurrence)


def whole(session: Session, occurrence: int) -> WholeMinutes:
    row = of(session, occurrence)
    if row is None:
        return NOTHING
    listed = select(Material.name).where(Material.occurrence_id == occurrence).order_by(col(Material.id))
    texts = row.points, row.agreement, row.problems
    return WholeMinutes(*texts, tuple(tasks(session, occurrence)), tuple(session.exec(listed)), row.handed_in_at)


def tasks(session: Session, occurrence: int) -> list[TaskLine]:
    return [told for told, _ in with_people(session, col(NextTask.occurrence_id) == occurrence)]


def task(session: Session, number: int) -> TaskLine | None:
    """None where it was taken out meanwhile."""
    return next((told for told, _ in with_people(session, col(NextTask.id) == number)), None)


def to_tell(session: Session, occurrence: int) -> list[tuple[int, int]]:
    """The tasks that are somebody's, each with the person."""
    found = with_people(session, col(NextTask.occurrence_id) == occurrence)
    return [(told.id, person) for told, person in found if person is not None]


def with_people(session: Session, which: ColumnElement[bool]) -> list[tuple[TaskLine, int | None]]:
    rows = select(NextTask, Person.name).join(Person, col(NextTask.person_id) == Person.id, isouter=True)
    found = session.exec(rows.where(which).order_by(col(NextTask.id)))
    return [(TaskLine(row.id or 0, row.content, name or "", row.due), row.person_id) for row, name in found]


def begin(session: Session, occurrence: int, person: int) -> Minutes:
    """As they are; new ones where there are none, whoever else begins them at the same moment."""
    row = of(session, occurrence)
    if row is None:
        fresh = {"points": "", "agreement": "", "problems": ""}
        insert_new(session, Minutes, [{"occurrence_id": occurrence, "person_id": person, **fresh}], "occurrence_id")
        row = session.get_one(Minutes, occurrence)
    return row


def write(session: Session, row: Minutes, part: MinutesPart, text: str) -> None:
    """One of the texts; what was there before is replaced."""
    setattr(row, part.value, text)
    session.flush()


def put_tasks(session: Session, occurrence: int, wanted: Sequence[Task]) -> None:
    """These alone; one that stays as it is keeps its number, so that nobody is told of it twice."""
    left = list(wanted)
    for row in session.exec(select(NextTask).where(NextTask.occurrence_id == occurrence)).all():
        as_it_is = Task(row.content, row.person_id, row.due)
        if as_it_is in left:
            left.remove(as_it_is)
        else:
            session.delete(row)
    session.add_all(NextTask(occurrence_id=occurrence, content=one.content, person_id=one.person, due=one.due)
                    for one in left)  # fmt: skip
    session.flush()


def put_materials(session: Session, occurrence: int, names: Sequence[str]) -> None:
    """These alone; a file that was sent stays while its name does."""
    rows = session.exec(select(Material).where(Material.occurrence_id == occurrence)).all()
    for row in rows:
        if row.name not in names:
            session.delete(row)
    known = {row.name for row in rows}
    session.add_all(Material(occurrence_id=occurrence, name=name) for name in dict.fromkeys(names) if name not in known)
    session.flush()


def add_material(session: Session, occurrence: int, name: str, file: str) -> None:
    """A file of that name that was sent before gives way."""
    same = select(Material).where(Material.occurrence_id == occurrence, Material.name == name)
    row = session.exec(same).first() or Material(occurrence_id=occurrence, name=name)
    row.file = file
    session.add(row)
    session.flush()


def hand_in(session: Session, row: Minutes, at: datetime) -> bool:
    """False where they were handed in before."""
    if row.handed_in_at is not None:
        return False
    row.handed_in_at = at
    session.flush()
    return True


def reopen(session: Session, row: Minutes, at: datetime) -> None:
    row.reopened_at = at
    session.flush()


def name_recorder(session: Session, occurrence: int, person: int) -> None:
    """Of an event that has begun: the plan leaves it alone from then on."""
    session.get_one(Occurrence, occurrence).recorder_id = person
    session.flush()


def bulletin(session: Session, occurrence: int) -> Bulletin | None:
    return session.get(Bulletin, occurrence)


def word_bulletin(session: Session, occurrence: int, person: int, body: str) -> None:
    upsert(session, Bulletin, {"occurrence_id": occurrence}, {"person_id": person, "body": body})
    session.expire_all()


def publish(session: Session, occurrence: int, at: datetime) -> bool:
    """False where it was published before, by whomever."""
    change = update(Occurrence).where(col(Occurrence.id) == occurrence, col(Occurrence.bulletin_at).is_(None))
    return session.connection().execute(change.values(bulletin_at=at)).rowcount == 1


def written_by(session: Session, person: int) -> list[int]:
    """The events of which the person wrote minutes or a bulletin."""
    wrote = select(Minutes.occurrence_id).where(Minutes.person_id == person)
    worded = select(Bulletin.occurrence_id).where(Bulletin.person_id == person)
    return sorted({*session.exec(wrote), *session.exec(worded)})


def forget_texts(session: Session, person: int) -> None:
    """What the person wrote goes, with the tasks and lists in it; that minutes were handed in stays."""
    theirs = select(Minutes.occurrence_id).where(Minutes.person_id == person)
    for table in (NextTask, Material):
        session.connection().execute(delete(table).where(col(table.occurrence_id).in_(theirs)))
    empty = {"points": "", "agreement": "", "problems": ""}
    session.connection().execute(update(Minutes).where(col(Minutes.person_id) == person).values(**empty))
    session.connection().execute(update(Bulletin).where(col(Bulletin.person_id) == person).values(body=""))
    session.expire_all()
