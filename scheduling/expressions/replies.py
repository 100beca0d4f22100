"""Replies to an event: 改到周四同一时间, 顺延一周, 提前到上午第二节, 停一次."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from scheduling import wall
from scheduling.expressions import days, hours, lengths
from scheduling.expressions.frame import Frame
from scheduling.expressions.readings import CancelledOnce, Hours, Moved, Question, Unclear
from scheduling.expressions.scanning import Scan
from scheduling.occurrences import Planned

SURE = {"date", "relative", "weekday", "week_number", "festival"}  # mean one day, whatever they are reckoned from
WORDS = ("move", "shift", "stop", "same_time")


def read(scan: Scan, frame: Frame, about: Planned) -> Moved | CancelledOnce | Unclear:
    """A bare weekday is that of the event's own week; what is not said stays as it was."""
    rest = replace(scan, tokens=tuple(token for token in scan.tokens if token.name not in WORDS))
    if scan.title or scan.residue:
        return Unclear(Question.NOT_UNDERSTOOD, words=scan.title)
    if scan.get("stop"):
        return Unclear(Question.SEVERAL) if rest.tokens or scan.all("move", "shift") else CancelledOnce()
    start = about.starts_at.astimezone(frame.zone)
    lasts = lengths.spelled(max(1, int((about.ends_at - about.starts_at) / timedelta(minutes=1))))
    old = Hours(start.time(), lasts=lasts)
    if shift := scan.get("shift"):
        return Unclear(Question.SEVERAL) if rest.tokens else shifted(shift.groups, about, old, frame)
    said = hours.read(rest, frame)
    day = about.date if not days.said(rest) else on_day(rest, frame, about)
    if isinstance(day, Unclear):
        return replace(day, so_far=Moved(None, said.at, said.period, said.lasts)) if isinstance(said, Hours) else day
    if isinstance(said, Unclear):
        return replace(said, so_far=Moved(day))
    if rest.get("part") and not said.said:
        return Unclear(Question.WHAT_TIME, so_far=Moved(day))
    if said.said and scan.get("same_time"):
        return Unclear(Question.SEVERAL)
    if not said.said and not days.said(rest) and said.lasts is None:
        return Unclear(Question.WHICH_DAY, so_far=Moved(None, old.at, None, old.lasts))
    return settled(day, said if said.said else replace(old, lasts=said.lasts or old.lasts), old, frame, about)


def shifted(groups: dict[str, str], about: Planned, old: Hours, frame: Frame) -> Moved | Unclear:
    way = -1 if "earlier" in groups else 1
    if far := lengths.days(groups["by"]):
        return settled(about.date + timedelta(days=way * far), old, old, frame, about)
    near = lengths.minutes(groups["by"])
    if near is None:
        return Unclear(Question.NOT_UNDERSTOOD, words=groups["by"])
    start = wall.later(about.starts_at.astimezone(frame.zone), timedelta(minutes=way * near))
    return settled(start.date(), replace(old, at=start.time()), old, frame, about)


def settled(day: date, said: Hours, old: Hours, frame: Frame, about: Planned) -> Moved | Unclear:
    lasts = said.lasts or (old.lasts if said.at else None)
    found = Moved(day, said.at, said.period, lasts)
    if doubt := frame.doubt(day):
        return replace(doubt, so_far=found)
    term = frame.term(day)
    if term is None or term.key != about.term:  # both dates lie inside one and the same term (contract)
        return Unclear(Question.OUTSIDE_TERMS, day=day, so_far=found)
    return Unclear(Question.IS_PAST, day=day, so_far=found) if frame.is_past(day, said) else found


def on_day(scan: Scan, frame: Frame, about: Planned) -> days.Read:
    """Where 下周三 or 10号 is another day reckoned from the event than from today, it is asked which is meant."""
    from_event = days.read(scan, replace(frame, anchor=about.date))
    if days.said(scan) & SURE and not scan.get("this_week"):
        return from_event
    return one_of([days.read(scan, frame), from_event], frame)


def one_of(found: Iterable[days.Read], frame: Frame) -> days.Read:
    reads = list(dict.fromkeys(found))
    ahead = [day for day in reads if isinstance(day, date) and day >= frame.today]
    if len(ahead) > 1:
        return Unclear(Question.WHICH_DAY, tuple(ahead))
    return ahead[0] if ahead else reads[0]
