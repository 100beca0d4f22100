"""Moments: the messages that the clock causes, when and to whom (contract, "rehearse --json")."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from scheduling import audience, instants, occurrences, wall
from scheduling.calendar import SchoolCalendar
from scheduling.durations import parse
from scheduling.instants import Instants
from scheduling.occurrences import CLASS_MEETING, Planned, activity_of
from scheduling.quiet import QuietHours
from scheduling.rules import MonthlySchoolDay, months, Span
from store.blueprint import Activity, Blueprint

Date = date  # a field named `date` hides the type
Kind = Literal["announce", "remind", "nudge", "check_in", "reflect", "digest"]
DIGEST_AT = time(8, 30)
NUDGE_BEFORE_DUE = "1d"


@dataclass(frozen=True, slots=True)
class ToChat:
    """The key of a chat."""

    chat: str


@dataclass(frozen=True, slots=True)
class ToPerson:
    """The key of a person."""

    person: str


@dataclass(frozen=True, slots=True)
class ToAudience:
    """The linked persons of the audience who, when the message goes out, owe an answer or a reflection, or attended."""

    waiting_for: Literal["response", "reflection", "attended"]


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` and `until` in UTC: sent from `at` on, quiet hours heeded, and of no use from `until` on.

    `activity` and `class_` are keys, `date` is the date held; `subject` is the month of a digest (`2026-10`).
    """

    kind: Kind
    at: datetime
    until: datetime
    activity: str | None
    date: Date | None
    class_: str | None
    to: ToChat | ToPerson | ToAudience
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A moment to one recipient; `planned` is the occurrence that it is about, None for a digest."""

    moment: Moment
    to: ToChat | ToPerson
    planned: Planned | None
