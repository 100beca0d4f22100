"""Counted again (重算): the records of a report from the server's log alone, by the words of the domain and the file.

What people pressed and wrote, when, and what the bot wrote: it shares nothing with `handlers` or `store`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from sandbox.state import Json, Room
from tests.story.consortium import PEOPLE, TEACHING
from tests.story.stage import ZONE, at

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RESEARCH = [at("09-09 14:30")]  # second Wednesdays that have begun
MONDAYS = [date(2026, 9, day) for day in (7, 14, 21, 28)]
EXPECTED = [key for key, (_, _, roles, _) in PEOPLE.items() if "teacher" in roles]
HEAD_OF = {"t1": "c1", "t2": "c2"}
KEYS = {account: key for key, (_, _, _, account) in PEOPLE.items()}
CODE = re.compile(r"\b\d{4}\b")


class Entry(Struct, frozen=True):
    """An update that the server gave out: who did what, when; `label` of a button on a message that says `about`, or
    `text`."""

    at: datetime
    who: str
    chat: int
    label: str
    text: str
    about: str = ""


@dataclass
class Log:
    """Kept while the room lives."""

    room: Room
    entries: list[Entry] = field(default_factory=list)
    codes: list[tuple[datetime, str]] = field(default_factory=list)  # digits that the bot showed, and when

    def __post_init__(self) -> None:
        self.room.on_update.append(self.note)
        self.room.on_call.append(self.note_codes)

    def note(self) -> None:
        entry = entry_of(self.room.now(), self.room.updates[-1])
        if entry is not None:
            self.entries.append(entry)

    def note_codes(self, stage: str, _method: str, sent: dict[str, str]) -> None:
        """Also of an edit, which shows other digits later than the message was sent."""
        if stage == "answered":
            text = " ".join(sent.get(name, "") for name in ("text", "caption", "media"))
            self.codes += [(self.room.now(), code) for code in CODE.findall(text)]


def entry_of(now: datetime, update: Json) -> Entry | None:
    query, message = update.get("callback_query"), update.get("message")
    if query is not None:
        rows = query["message"]["reply_markup"]["inline_keyboard"]
        label = next(one["text"] for row in rows for one in row if one.get("callback_data") == query["data"])
        on = query["message"]
        return entry(now, query["from"]["id"], on["chat"]["id"], label, "", on.get("text", ""))
    if message is not None and "text" in message:
        return entry(now, message["from"]["id"], message["chat"]["id"], "", message["text"])
    return None


def entry(now: datetime, account: int, chat: int, label: str, text: str, about: str = "") -> Entry | None:
    return Entry(now.astimezone(ZONE), KEYS[account], chat, label, text, about) if account in KEYS else None


def records(
    log: Iterable[Entry],
    codes: list[tuple[datetime, str]],
    research: Iterable[datetime] = RESEARCH,
    mondays: Iterable[date] = MONDAYS,
) -> list[dict[str, Any]]:
    """As `report --json` has the events, without what they are called and where people are counted."""
    entries = list(log)
    found = [event(start, entries, codes) for start in research]
    return sorted([*found, *meetings(entries, mondays)], key=lambda one: (one["date"], one["class"] or ""))


def event(start: datetime, log: list[Entry], codes: list[tuple[datetime, str]]) -> dict[str, Any]:
    mine = [one for one in log if start - 7 * DAY <= one.at < start + 5 * DAY]
    people = [
        person(start, key, [one for one in mine if one.who == key], codes, decided(mine, key)) for key in EXPECTED
    ]
    return about("research", start.date(), None, people)


def decided(log: list[Entry], key: str) -> str:
    """What an approver's last press on a request that names the person made of it."""
    made = {"批准": "approved", "不批准": "refused"}
    return next(
        (made[one.label] for one in reversed(log) if one.label in made and PEOPLE[key][0] in one.about), "pending"
    )


def person(
    start: datetime, key: str, log: list[Entry], codes: list[tuple[datetime, str]], decision: str
) -> dict[str, Any]:
    group = [one for one in log if one.chat == TEACHING]
    answers = [one for one in group if one.label == "参加" and one.at < start]
    asked = [one for one in group if one.label == "请假" and one.at < start]
    declined = any(one.text and not one.text.startswith("/") for one in log if asked and one.chat != TEACHING)
    came = next((one.at for one in log if checks_in(one, start, codes)), None)
    late = came is not None and came > start + 10 * MINUTE
    leave = decision if asked and declined else None
    of_leave = {"approved": "leave", "pending": "leave_pending"}
    status = "late" if late else "present" if came else of_leave.get(leave or "", "absent_pending")
    stands = leave in of_leave  # who is refused is asked again
    said = answers[0].at if answers else asked[0].at if stands else None
    return {
        "person": key,
        "seen": any(one.label == "收到" for one in group),
        "response": "accepted" if answers else "declined" if said else None,
        "response_late": said is not None and said > start - DAY,
        "leave": leave,
        "attendance": status,
        "late_minutes": int((came - start) / MINUTE) if came and late else None,
        "reflected": any(one.label == "提交" for one in log),
    }


def checks_in(one: Entry, start: datetime, codes: list[tuple[datetime, str]]) -> bool:
    """By the button, or by digits that were shown in this minute or the last one."""
    if not start - 15 * MINUTE <= one.at < start + 30 * MINUTE:
        return False
    typed = CODE.findall(one.text) if one.text.startswith("/checkin") else []
    shown = {code for when, code in codes if timedelta() <= one.at - when < 2 * MINUTE}
    return one.label == "签到" or bool(set(typed) & shown)


def meetings(log: list[Entry], mondays: Iterable[date]) -> Iterator[dict[str, Any]]:
    """Whoever is expected at one and said nothing is taken for present."""
    for day in mondays:
        for key, room in HEAD_OF.items():
            recorded = any(
                one.who == key and one.label in ("已开", "改期", "未开") and one.at.date() == day for one in log
            )
            said = {"seen": False, "response": None, "response_late": False, "leave": None, "late_minutes": None}
            one = {"person": key, "attendance": "present", "reflected": recorded} | said
            yield about("class-meeting", day, room, [one])


def about(activity: str, day: date, room: str | None, people: list[dict[str, Any]]) -> dict[str, Any]:
    people = sorted(people, key=lambda one: str(one["person"]))
    counts = Counter(one["attendance"] for one in people)
    found = {"activity": activity, "date": day.isoformat(), "class": room}
    return found | {"counts": dict(counts), "people": people}


def without(log: Iterable[Entry], start: datetime) -> list[Entry]:
    """As though nobody had said or done anything about that event."""
    labels = ("参加", "请假", "收到", "签到", "提交")
    return [one for one in log if one.label not in labels and not (one.text and start - 7 * DAY <= one.at)]
