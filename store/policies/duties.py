"""Duties (应做事项): what a paper asks for so often, or of so many people, recognised by its wording.

What is recognised is proposed, never taken for sure: 各 is each, 分别 leaves open how many to whom (domain 2.3).
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from store.blueprint import Rhythm
from store.policies.citing import WITHIN
from store.policies.clauses import ClauseDraft, flat
from store.policies.numbers import SPELT, NumberKind, numbers, value

RHYTHMS: dict[str, Rhythm] = {
    "学期": "term", "学年": "school_year", "年": "school_year", "月": "month", "周": "week", "星期": "week",
    "天": "day", "日": "day",
}  # fmt: skip
EVERY = re.compile(rf"(?:每个?|^一)(?P<period>{'|'.join(RHYTHMS)})")
POST = r"(?:总校长|执行副校长|执行校长|副校级干部|副校长|副书记|书记|主任)"
POSTS_LIKE = {"副校级干部": ("副校级干部", "副校长")}  # a rank, and what whoever has it is called
PEOPLE = re.compile(rf"(?P<before>[^，。；;、：()（）]*?)(?P<number>{SPELT})(?:名|位)(?P<after>[^。；;]*)")
FIRST_PART = re.compile(r"[^，、]*")
TEACHERS, LEADERS = re.compile(r"教师|骨干"), re.compile(r"^(?:班子成员|干部)")
AS_GUEST, LASTING = "跟岗学习", "交流时间"
CORE, MEMBER = re.compile(r"核心校|主校区|总校"), re.compile(r"成员校|分校|校区")


class Side(StrEnum):
    """核心校; 成员校, together or each by itself; nothing that can be told."""

    CORE = "core"
    MEMBERS = "members"
    EACH_MEMBER = "each_member"
    UNKNOWN = "unknown"


class Duty(Struct, frozen=True):
    """`words` is the paper's own wording, `sentence` the one that has it, of an exchange with the one that says how
    long it lasts. `posts`, `giver` and `taker`: of people; `monthly_theme`: 一月一主题, which no event meets."""

    path: tuple[str, ...]
    sentence: str
    words: str
    rhythm: Rhythm
    count: int
    posts: tuple[str, ...] = ()
    giver: Side | None = None
    taker: Side | None = None
    monthly_theme: bool = False


def duties(clauses: Sequence[ClauseDraft]) -> Iterator[Duty]:
    """In the document's order; what a paper says twice is there once."""
    seen: set[object] = set()
    for clause in flat(clauses):
        for sentence in WITHIN.findall(clause.text):
            for duty in (*often(clause.path, sentence), *of_people(clause.path, sentence)):
                same = (duty.rhythm, duty.count, duty.posts or duty.words, duty.giver)
                if same not in seen:
                    seen.add(same)
                    yield for_how_long(duty, clause.text)


def for_how_long(duty: Duty, text: str) -> Duty:
    """Whoever looks at an exchange is to see how long it lasts (交流时间为三年), too; no day is reckoned from it."""
    if duty.giver is None or duty.posts or LASTING in duty.sentence:
        return duty
    lasts = next((one.strip() for one in WITHIN.findall(text) if LASTING in one), "")
    return replace(duty, sentence=duty.sentence + lasts)


def often(path: tuple[str, ...], sentence: str) -> Iterator[Duty]:
    """每月开展一次…, 一周一班会."""
    for fact in numbers(sentence):
        period = EVERY.search(fact.text)
        if fact.kind is NumberKind.OFTEN and period and fact.number == int(fact.number):
            theme = "主题" in fact.text and period["period"] == "月" and fact.unit == "月"
            count = int(fact.number)
            yield Duty(path, sentence.strip(), fact.text, RHYTHMS[period["period"]], count, monthly_theme=theme)


def of_people(path: tuple[str, ...], sentence: str) -> Iterator[Duty]:
    """1名总校长, 执行校长1名, 核心校选派30名教师到…, 两位班子成员到…任执行副校长."""
    start = 0
    while found := PEOPLE.search(sentence, start):
        start = found.end("number")
        before, after, first = found["before"], found["after"], FIRST_PART.match(found["after"])
        part = first[0] if first else ""
        words = sentence[found.start() : found.end("number") + 1].strip("，、 ") + part
        giver, taker = sides(sentence[: found.start("number")], after)
        count = int(value(found["number"]))
        if TEACHERS.search(part[:8]) and re.search("到|赴|去|至", after):
            yield Duty(path, sentence.strip(), words, "standing", count, (), giver, taker)
        elif LEADERS.search(part):
            posts = tuple(dict.fromkeys(re.findall(POST, after))) or ((AS_GUEST,) if "跟岗" in after else ())
            if posts:
                yield Duty(path, sentence.strip(), words, "standing", count, posts, giver, taker)
        elif post := re.match(POST, part) or re.search(rf"{POST}$", before):
            posts = POSTS_LIKE.get(post[0], (post[0],))
            yield Duty(path, sentence.strip(), words, "standing", count, posts)


def sides(before: str, after: str) -> tuple[Side, Side]:
    """From whom to whom; 分别到 is said of the one that serves several, 各 of several that serve one."""
    said = before.rstrip().split("，")[-1].split("；")[-1]
    each = bool(re.search(r"各|分别", said))
    if CORE.search(said) and not each:
        return Side.CORE, Side.MEMBERS
    if each and not CORE.search(said):
        return Side.EACH_MEMBER, Side.CORE
    if MEMBER.search(said):
        return Side.MEMBERS, Side.CORE
    return (Side.CORE, Side.MEMBERS) if "分别" in after[:12] else (Side.UNKNOWN, Side.UNKNOWN)
