"""A moment: one message that the clock causes, when and to whom (contract, "rehearse --json")."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from scheduling.occurrences import Planned

Date = date  # a field named `date` hides the type
Kind = Literal[
    "announce",
    "remind",
    "nudge",
    "check_in",
    "reflect",
    "digest",
    "prepare",
    "outlook",
    "absences",
    "summary",
    "minutes",
    "obligations_missing",
    "exchange_ends",
]


class ToChat(Struct, frozen=True):
    """The key of a chat."""

    chat: str


class ToPerson(Struct, frozen=True):
    """The key of a person."""

    person: str


class ToAudience(Struct, frozen=True):
    """The linked persons of the audience who, when the message goes out, owe an answer or a reflection, or attended."""

    waiting_for: Literal["response", "reflection", "attended"]


class ToOrganisers(Struct, frozen=True):
    """Every linked organiser of the consortium."""


class ToOffice(Struct, frozen=True):
    """Every linked organiser and approver of the consortium."""


class ToOverseers(Struct, frozen=True):
    """Every linked organiser, and each school's approvers, with people whose absence is open when it goes out."""


Recipient = ToChat | ToPerson | ToAudience | ToOrganisers | ToOffice | ToOverseers


class Moment(Struct, frozen=True):
    """`at` and `until` in UTC: sent from `at` on, quiet hours and exams heeded, and of no use from `until` on.

    `activity` and `class_` are keys, `date` is the date held; `subject` is the month of a digest (`2026-10`), the
    Monday of an outlook or a summary (`2026-10-12`), the key of a term that ends, the day on which exchanges do,
    `minutes` of a nudge that asks for those; `lead` is the distance as the file spells it where one kind may have
    several (`1d`): whatever becomes of `at`, it is the same message. `part`: its place among those to one chat that go
    out at one instant as one message (message budget); None: by itself.
    """

    kind: Kind
    at: datetime
    until: datetime
    activity: str | None
    date: Date | None
    class_: str | None
    to: Recipient
    subject: str | None = None
    lead: str = ""
    part: int | None = None


Owed = tuple[Moment, Planned | None]  # with the occurrence that it is about; None for what gathers others


class Rehearsed(Struct, frozen=True):
    """A moment to one recipient; `planned` is the occurrence that it is about, None for what gathers others."""

    moment: Moment
    to: ToChat | ToPerson
    planned: Planned | None
