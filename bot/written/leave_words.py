"""Leave in words: 请假 家里有事; 10月14日请假; 明天起请三天病假. `scheduling/expressions` reads the days."""

import re
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from scheduling.expressions import changes, days
from scheduling.expressions.frame import Frame
from scheduling.expressions.numerals import N, value
from scheduling.expressions.scanning import Scan, scan
from store.blueprint import Blueprint
from store.leaves import LeaveKind

KINDS = {
    "病": LeaveKind.SICK,
    "事": LeaveKind.PERSONAL,
    "公": LeaveKind.OFFICIAL,
    "婚": LeaveKind.MARRIAGE,
    "产": LeaveKind.PARENTAL,
    "陪产": LeaveKind.PARENTAL,
    "丧": LeaveKind.BEREAVEMENT,
}
COUNT = rf"(?:(?P<n>{N})\s*天)"
ASKING = re.compile(
    r"(?P<before>.*?)[\s,，。;；]*(?:[我想要得需]|需要)*"
    rf"(?:请个?{COUNT}?的?(?P<kind>{'|'.join(KINDS)})?假|ask for leave)[了吧]?(?P<rest>.*)",
    re.DOTALL,
)
POLITE = re.compile(r"^(?:(?:老师|领导|主任|校长)?(?:您好|你好)|老师|您好|你好)?[\s,，。!！]*(?:我|本人)?")
QUESTION = re.compile(r"[?？吗呢]|怎[么样]|谁|多少|几天|如何|能不能|要不要|可不可以|制度|规定|流程|请假条")
COUNTED = re.compile(rf"(?:一共|共|请)?{COUNT}(?!后|之后|以后|前)")
ONWARD = re.compile(r"^从|(?:开始|起)(?=$|[\s,，])")
# 10月14日教研请假: the day says which one, or it is the next.
EVENT = re.compile(
    r"[^\s\d月日号天周到至上下一二三四五六七八九十今明昨后早晚午]{0,6}(?:教研|活动|会|会议|培训|研讨|比赛)$"
)
TO = re.compile(r"\s*(?:到|至|—+|~|～)\s*|\s+-\s+")
WEEKDAY_ALONE = re.compile("[一二三四五六日天]")
KIND = re.compile(rf"(?P<kind>{'|'.join(KINDS)})假(?:$|[\s,，。;；]+)")
ENGLISH_TO = re.compile(r"(?<=[0-9])\s+(?:to|until)\s+(?=[0-9])", re.IGNORECASE)
GAP = re.compile(r"[\s,，。;；]+")
YEAR = re.compile(r"[0-9]{4}|[今明后]年")
LONGEST = timedelta(days=366)
AFTERWARDS = timedelta(days=60)  # so long ago a date without a year may be, for leave that is asked for afterwards


class LeaveWords(Struct, frozen=True):
    """`days`: what may say them, "" for nothing; `reason` without them."""

    days: str
    kind: LeaveKind | None
    reason: str


class LeaveMeant(Struct, frozen=True):
    """`days`, both included; None: the next event. `unclear`: days were said, and not which."""

    kind: LeaveKind | None
    reason: str
    days: tuple[date, date] | None = None
    unclear: bool = False


def meant(text: str) -> bool:
    """Whether somebody who writes this in private asks for leave, and not how that is done."""
    found = ASKING.fullmatch(POLITE.sub("", text.strip(), count=1))
    if found is None or QUESTION.search(text):
        return False
    before = EVENT.sub("", found["before"].strip())
    return not before or all_days(before)


def all_days(text: str) -> bool:
    """Nothing but days."""
    left = ONWARD.sub("", COUNTED.sub("", text.strip())).strip()
    found = scan(left)
    return not found.title if left else bool(text.strip())


def read(text: str, now: datetime, blueprint: Blueprint) -> LeaveMeant:
    """What a request says, or what stands behind /leave."""
    words = taken_apart(text)
    if not words.days:
        return LeaveMeant(words.kind, words.reason)
    both = span(words.days, Frame.of(blueprint, now))
    return LeaveMeant(words.kind, words.reason, both, unclear=both is None)


def taken_apart(text: str) -> LeaveWords:
    plain = POLITE.sub("", ENGLISH_TO.sub("到", text.strip()), count=1)
    found = ASKING.fullmatch(plain)
    before = EVENT.sub("", found["before"].strip()) if found else ""
    if found is None or (before and not all_days(before)):
        return with_kind(*head(plain), None)
    count = f" {found['n']}天" if found["n"] else ""
    said, reason = head(unled(found["rest"]))
    return with_kind(" ".join(filter(None, (before + count, said))).strip(), reason, KINDS.get(found["kind"] or ""))


def with_kind(said: str, reason: str, kind: LeaveKind | None) -> LeaveWords:
    """The kind may head the reason: 10月13日 病假."""
    found = KIND.match(reason)
    if kind is None and found is not None:
        kind, reason = KINDS[found["kind"]], reason[found.end() :]
    return LeaveWords(said, kind, reason)


def unled(text: str) -> str:
    """Without what separates it from the words before."""
    found = GAP.match(text)
    return text[found.end() :] if found else text


def head(text: str) -> tuple[str, str]:
    """The days at the head of a text, as much of it as says days and nothing else; and the rest as it was written."""
    ends = [gap.start() for gap in GAP.finditer(text)] + [len(text)]
    for end in reversed(ends):
        if text[:end] and all_days(text[:end]):
            return text[:end], unled(text[end:])
    first = scan(text)
    if first.tokens and first.title and text.endswith(first.title):
        said = text.removesuffix(first.title).strip()
        if said and all_days(said):
            return said, first.title
    return "", text.strip()


def span(text: str, frame: Frame) -> tuple[date, date] | None:
    """Both days included; None where they are not clear."""
    counted = COUNTED.search(text)
    number = value(counted["n"]) if counted else None
    if counted:
        text = text[: counted.start()] + text[counted.end() :]
    text = ONWARD.sub("", text.strip()).strip()
    first, last = ends(text, frame)
    if not isinstance(first, date) or not (last is None or isinstance(last, date)):
        return None
    if number is not None and (last is not None or number < 1):
        return None
    last = last or first + timedelta(days=(number or 1) - 1)
    first, last = nearest(scan(text), frame, first, last)
    return (first, last) if timedelta() <= last - first < LONGEST else None


def ends(text: str, frame: Frame) -> tuple[days.Read, days.Read | None]:
    """周一到周三 is one word of the vocabulary, an unclear one: here it is two."""
    halves = TO.split(text, maxsplit=1)
    if len(halves) == 1:
        return changes.span(scan(text), frame)
    first = days.read(scan(halves[0]), frame)
    if not isinstance(first, date):
        return first, None
    second = f"周{halves[1]}" if WEEKDAY_ALONE.fullmatch(halves[1]) else halves[1]
    return first, days.read(scan(second), replace(frame, anchor=first))


def nearest(found: Scan, frame: Frame, first: date, last: date) -> tuple[date, date]:
    """10月14日, said on the 20th, is the one that is over (补假), where the expressions look ahead; 周三, said on a
    Thursday, is the next one. What was understood is shown before anything is asked for."""
    if found.get("weekday") and not found.get("this_week") and last < frame.today:
        return first + timedelta(days=7), last + timedelta(days=7)
    date_said = found.get("date")
    if date_said is None or YEAR.search(date_said.words) or first.year == frame.today.year:
        return first, last
    if (first.month, first.day) == (2, 29) or (last.month, last.day) == (2, 29):
        return first, last
    before = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
    return before if frame.today - before[0] <= AFTERWARDS else (first, last)
