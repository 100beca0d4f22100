"""Canaries: words that stand for a reason or a reflection, each unlike all others, and the search for them in all that
a bot sends, keeps, writes and logs."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from sqlmodel import SQLModel

from sandbox.state import Call, Room
from store.database import Session
from tests.story.everybody import ADDRESSES

CHATS = {str(address): key for key, address in ADDRESSES.items()}
QUEUED = ("unanswered", "asked_question")  # tables of questions
MARK = 3  # characters that are no other canary's
KINDS: dict[str, frozenset[str]] = {  # of each, the columns in which it may be kept
    "reason": frozenset({"leave.reason"}),
    "days": frozenset({"leave.reason", "leave_span.reason"}),
    "grouped": frozenset(),
    "lost": frozenset(),
    "unsent": frozenset(),
    "remark": frozenset({"leave.remark"}),
    "note": frozenset({"response.note"}),
    "word": frozenset({"correction.why", "audit.why"}),
    "leave_word": frozenset({"correction.why"}),
    "reflection": frozenset({"reflection.text"}),
    "removed": frozenset(),
    "minutes": frozenset({"minutes.points"}),
    "talk": frozenset(),
    "question": frozenset(f"{table}.{column}" for table in QUEUED for column in ("question", "normal_form")),
}


class Canary(Struct, frozen=True):
    """`seen_by`: whom it may reach, by the keys of the story's people; what is said in a group is echoed to nobody."""

    words: str
    kind: str
    seen_by: frozenset[str]


class Cage(Struct):
    """All canaries that were let out."""

    canaries: list[Canary] = field(default_factory=list)

    def canary(self, kind: str, author: str, *seen_by: str) -> str:
        """Its words; those that are cut short are found, too."""
        words = f"雀{len(self.canaries):02}鷽{author}鶸"
        own = () if kind == "grouped" else (author,)
        self.canaries.append(Canary(words, kind, frozenset((*own, *seen_by))))
        return words

    def in_(self, text: str) -> list[Canary]:
        return [one for one in self.canaries if one.words[:MARK] in text]


def astray(cage: Cage, room: Room) -> list[str]:
    """What was shown to somebody who may not see it."""
    found = ((one, to, how) for to, how, text in shown(room) for one in cage.in_(text))
    return [f"{one.kind} {one.words} to {to} by {how}" for one, to, how in found if to not in one.seen_by]


def reached(cage: Cage, room: Room) -> dict[str, set[str]]:
    """By kind, who was shown one: what never arrives is not protected, but lost."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for to, _, text in shown(room):
        for one in cage.in_(text):
            found[one.kind].add(to)
    return found


def shown(room: Room) -> Iterator[tuple[str, str, str]]:
    """To whom, how, and what: every call, and every file that went with one."""
    for call in room.calls:
        yield recipient(room, call), call.method, "\n".join(map(spelt, call.sent.values()))
    for key, address in ADDRESSES.items():
        for message in room.messages(address):
            if message.sender is room.bot and message.document is not None:
                name, data = room.files[message.document["file_id"]]
                yield key, name, content(data)


def recipient(room: Room, call: Call) -> str:
    if call.method == "answercallbackquery":
        return CHATS.get(str(room.queries[call.sent["callback_query_id"]].user.id), "?")
    return CHATS.get(call.sent.get("chat_id", ""), "?")


def spelt(value: str) -> str:
    try:  # a keyboard: JSON escapes what is not ASCII
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return value


def content(data: bytes) -> str:
    """Of a file; a workbook is an archive of XML, and a calendar folds its lines."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(content(archive.read(name)) for name in archive.namelist())
    return data.decode(errors="replace").replace("\r\n ", "")


def misplaced(cage: Cage, session: Session) -> list[str]:
    """What is kept where it does not belong, in whatever table."""
    return [f"{one.kind} {one.words} in {place}" for one, place in kept(cage, session) if place not in KINDS[one.kind]]


def kept(cage: Cage, session: Session) -> Iterator[tuple[Canary, str]]:
    for table in SQLModel.metadata.sorted_tables:
        for row in session.connection().execute(table.select()).mappings():
            for column, value in row.items():
                for one in cage.in_(spelt_column(value)):
                    yield one, f"{table.name}.{column}"


def spelt_column(value: object) -> str:
    if isinstance(value, bytes):
        return content(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def written(cage: Cage, files: Iterable[Path]) -> list[str]:
    return [f"{one.kind} {one.words} in {file.name}" for file in files for one in cage.in_(content(file.read_bytes()))]


def said(cage: Cage, texts: Mapping[str, str]) -> list[str]:
    return [f"{one.kind} {one.words} in {name}" for name, text in texts.items() for one in cage.in_(text)]
