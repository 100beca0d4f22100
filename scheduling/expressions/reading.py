"""The one door: a typed expression, perhaps with a title and a length, to a reading."""

from datetime import datetime

from msgspec.structs import replace

from scheduling import occurrences
from scheduling.expressions import changes, days, hours, lengths, recurring, replies, titles
from scheduling.expressions.frame import Frame
from scheduling.expressions.readings import Hours, Leads, Length, OneDay, Question, Reading, Recurring, Unclear
from scheduling.expressions.scanning import Scan, scan
from scheduling.occurrences import Planned
from store.blueprint import Blueprint

LONGEST = 500  # characters; nobody types more, and nothing is read of it


def read(text: str, now: datetime, blueprint: Blueprint, about: Planned | None = None) -> Reading:
    """What `text` says at `now` (aware); `about` is the occurrence that it replies to.

    Nothing is guessed: what is past, off, contradictory or unfinished comes out as `Unclear`.
    """
    frame = Frame.of(blueprint, now)
    found = scan(text[:LONGEST], replying=True)
    names = {token.name for token in found.tokens}
    if names and names <= {"remind"} and not found.title:
        return leads(found)
    if about and names & set(replies.WORDS):
        return replies.read(found, frame, about)
    first = found.tokens[0].name if found.tokens else ""
    if first in replies.WORDS:
        return Unclear(Question.WHICH_EVENT, words=found.tokens[0].words)
    if about:
        return replies.read(found, frame, about)
    found = scan(text[:LONGEST])
    if last := found.get("last_time"):
        return last_time(found, frame) if len(found.tokens) == 1 else Unclear(Question.NOT_UNDERSTOOD, words=last.words)
    if changes.is_meant(found):
        return changes.read(found, frame)
    return entry(found, frame)


def leads(found: Scan) -> Reading:
    said = lengths.leads("".join(token.words for token in found.tokens))
    return Leads(said) if said else Unclear(Question.NOT_UNDERSTOOD)


def entry(found: Scan, frame: Frame) -> Reading:
    """An activity, or the length of one."""
    again, said = recurring.is_meant(found), hours.read(found, frame)
    only_length = not found.title and [token.name for token in found.tokens] == ["length"]
    if only_length and isinstance(said, Hours):
        return Length(said.lasts or "")
    rule = recurring.read(found, frame) if again else one_day(found, frame)
    reading = with_hours(rule, said, found)
    if found.residue:
        asked = Question.DISTANCES_ONLY if "提醒" in found.residue else Question.NOT_UNDERSTOOD
        return Unclear(asked, words=found.title, so_far=so_far(reading))
    if isinstance(reading, Unclear):
        return reading
    if not isinstance(reading, OneDay | Recurring):
        return reading
    if not said_time(reading):
        return Unclear(Question.WHAT_TIME, so_far=reading)
    return checked(reading, found, frame) if isinstance(reading, OneDay) else reading


def one_day(found: Scan, frame: Frame) -> OneDay | Unclear:
    """With what is doubtful about the day itself; the hour is looked at later."""
    day = days.read(found, frame)
    if isinstance(day, Unclear):
        return day
    doubt = frame.doubt(day)
    return replace(days.first_choice(doubt, found, frame), so_far=OneDay(day)) if doubt else OneDay(day)


def with_hours(rule: Recurring | OneDay | Unclear, said: Hours | Unclear, found: Scan) -> Reading:
    """The day's own question goes first, then the hour's; the day that is missing altogether comes last."""
    known = rule if isinstance(rule, Recurring | OneDay) else rule.so_far or OneDay(None)
    if isinstance(known, Recurring | OneDay):
        remind = lengths.leads("".join(token.words for token in found.all("remind")))
        known = replace(known, title=found.title, kind=titles.kind(found.title), remind=remind)
        if isinstance(said, Hours):
            known = replace(known, at=said.at, period=said.period, lasts=said.lasts)
    if isinstance(rule, Unclear) and (isinstance(said, Hours) or days.said(found)):
        return replace(rule, so_far=known)
    return replace(said, so_far=known) if isinstance(said, Unclear) else known


def checked(reading: OneDay, found: Scan, frame: Frame) -> OneDay | Unclear:
    """The hour may be over today."""
    assert reading.date is not None
    if not frame.is_past(reading.date, Hours(reading.at, reading.period)):
        return reading
    doubt = Unclear(Question.IS_PAST, day=reading.date, so_far=reading)
    return days.first_choice(doubt, found, frame)


def said_time(reading: OneDay | Recurring) -> bool:
    return reading.at is not None or reading.period is not None


def so_far(reading: Reading) -> Recurring | OneDay | None:
    found = reading.so_far if isinstance(reading, Unclear) else reading
    return found if isinstance(found, Recurring | OneDay) else None


def last_time(found: Scan, frame: Frame) -> Reading:
    """放寒假前最后一次教研: the last occurrence in the term of the one activity whose title has that word."""
    terms = frame.terms_ahead()
    named = [one for one in frame.blueprint.activity if found.title and found.title in one.title]
    if not terms or len(named) != 1:
        return Unclear(Question.WHICH_EVENT, words=found.title)
    planned = occurrences.of(frame.blueprint, terms[0].first_day, terms[0].last_day)
    last = [one for one in planned if one.activity == named[0].key]
    if not last or last[-1].date < frame.today:
        return Unclear(Question.WHICH_EVENT, words=found.title)
    activity, day = named[0], last[-1].date
    return OneDay(day, activity.at, activity.period, activity.lasts, activity.title, titles.kind(activity.title))
