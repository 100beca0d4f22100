"""Proposing: questions that a paper answers, found by rule in its sets, numbers, stages, blanks and headings."""

import re
from collections.abc import Iterator, Sequence

from store.policies.clauses import ClauseDraft, flat
from store.policies.placing import Target, target, words
from store.policies.ranking import Entry
from store.policies.sets import sets
from store.policies.wording import normal

HAN = r"[一-鿿]"
COUNT = r"(?:\d+|[一二两三四五六七八九十]+)"
NO_TOPIC = r"(?!活动|工作|会议|一次)"
# 每月开展一次联合教研: 联合教研多久一次
OFTEN = re.compile(
    rf"每(?:个)?(?:天|日|周|月|学期|学年|年|季度)(?:至少)?(?:联合|集中|统一)?(?:开展|举办|组织|召开|进行){COUNT}次"
    rf"(?P<topic>{NO_TOPIC}{HAN}{{3,10}}?)(?:活动)?(?=[，。；、）)]|$)"
)
OFTEN_AFTER = re.compile(
    rf"(?:^|[，。；、“”])(?P<topic>{NO_TOPIC}{HAN}{{3,10}}?)(?:活动)?每(?:个)?(?:天|日|周|月|学期|学年|年|季度)"
    rf"(?:至少)?(?:开展|举办|组织|召开|进行)?{COUNT}次"
)
# 设理事长1名: 设几名理事长. Of rooms and offices (处室4个) several passages may speak.
MANY = re.compile(rf"设(?:立)?(?P<topic>{HAN}{{2,6}}?){COUNT}(?P<unit>名|人|位)")
LONG = re.compile(
    rf"(?P<topic>{HAN}{{2,6}}(?:时间|期限|年限|任期))(?:为|不少于|不超过|一般为){COUNT}个?(?:年|月|学期|学年|天|周)"
)
DATES = re.compile(r"\d*_{2,}年|\d{4}年\d+月")
PLAIN = re.compile(rf"{HAN}{{4,10}}")
NAMELESS = re.compile(rf"{COUNT}(?:个|类|等|步|项|种|校|个方面)")  # a set that says nothing of what it is
KINDS = {
    "set": ("{}是哪些？", "{}包括什么？", "{}指什么？"),
    "often": ("{}多久一次？", "{}多长时间开展一次？"),
    "many": ("设几{unit}{}？", "{}有几{unit}？"),
    "long": ("{}是多长？", "{}多久？"),
    "when": ("{}是什么时候？", "{}从什么时候开始？"),
    "heading": ("{}是怎么规定的？",),
}


def proposed(drafts: Sequence[ClauseDraft], entries: Sequence[Entry]) -> list[tuple[str, Target]]:
    """Questions with the passage of `entries`, those of one paper, that answers each; in the paper's order. What two
    passages could answer is left out."""
    found: dict[str, tuple[str, Target]] = {}
    twice: set[str] = set()
    for question, it in every(drafts, entries):
        form = normal(question)
        if form in found and found[form][1] != it:
            twice.add(form)
        found.setdefault(form, (question, it))
    return [each for form, each in found.items() if form not in twice]


def every(drafts: Sequence[ClauseDraft], entries: Sequence[Entry]) -> Iterator[tuple[str, Target]]:
    for clause in flat(drafts):
        under = [entry for entry in entries if entry.passage.path == clause.path]
        for kind, topic, unit, shown in topics(clause):
            entry = next((entry for entry in under if all(part in words(entry) for part in shown)), None)
            if entry is not None:
                yield from ((form.format(topic, unit=unit), target(entry)) for form in KINDS[kind])


def topics(clause: ClauseDraft) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Kind, what is asked about, the unit in which it is counted, and what the passage that answers has to show: of a
    set all of its members."""
    named = (one for one in sets(clause) if not NAMELESS.fullmatch(one.name))
    yield from (("set", one.name, "", (one.name, *one.members)) for one in named)
    own = (clause.text,)
    for pattern in (OFTEN, OFTEN_AFTER):
        yield from (("often", each["topic"], "", own) for each in pattern.finditer(clause.text))
    yield from (("many", each["topic"], each["unit"], own) for each in MANY.finditer(clause.text))
    yield from (("long", each["topic"], "", own) for each in LONG.finditer(clause.text))
    heading, first = (clause.heading or "").strip("。："), clause.children[:1]
    if not PLAIN.fullmatch(heading):
        return
    if first and DATES.search(first[0].text):
        yield "when", heading, "", (heading, first[0].text)
    elif clause.text != clause.heading:
        yield "heading", heading, "", own
