"""Asking back: what is written of the plan and cannot be read in one way only becomes a question."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from scheduling.expressions.readings import Question, Unclear


class Doubt(StrEnum):
    """What cannot be so, though it is understood."""

    NAME_UNKNOWN = "name_unknown"  # `words`: no person, school or group of that name, or several
    DAY_TAKEN = "day_taken"  # `day`: the activity has another date there
    OTHER_TERM = "other_term"  # `day`
    NO_TITLE = "no_title"
    TITLE_TAKEN = "title_taken"  # `words`
    NO_LENGTH = "no_length"
    NOT_YOURS = "not_yours"  # the host school says where, who and what to bring, nothing else
    BEGUN = "begun"
    MOVED_TO = "moved_to"  # on which day a class meeting is held instead
    SAME_DAY = "same_day"  # `day`: it is the planned one
    WHICH_CLASS = "which_class"  # `words`: the classes of that name
    WHICH_MEETING = "which_meeting"  # `words`: the class has no meeting on the day, or none to come
    WHICH_ACTIVITY = "which_activity"  # `words`: the titles of those that fit
    MONTH_OUTSIDE = "month_outside"  # `words`: the month is over, or in no term


class AskedBack(Struct, frozen=True):
    """One question; nothing is stored on a guess (domain 6, rule 7)."""

    question: Question | Doubt
    choices: tuple[date, ...] = ()
    day: date | None = None
    number: int | None = None
    words: str = ""


def asked(unclear: Unclear) -> AskedBack:
    choices = tuple(choice for choice in unclear.choices if isinstance(choice, date))
    return AskedBack(unclear.question, choices, unclear.day, unclear.number, unclear.words)
