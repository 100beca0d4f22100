"""Sets: what a paper counts and then names (六统一, 三个不变, 三条原则, 四季八节). Only where the count is right."""

import re
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from store.policies.clauses import ClauseDraft
from store.policies.numbers import value

COUNT = r"(?:十[一二三四五六七八九]?|[一二两三四五六七八九]|\d{1,2})"
WORD = r"[^，。；：、！？“”\"'‘’()（）\s\d二两三四五六七八九十]"
NAMED = rf"(?P<name>(?:{COUNT}{WORD}{{1,3}}){{2,4}}|{COUNT}{WORD}{{1,6}}?)"  # 三备两研一反思, 四季八节; 六统一
LED = r"(?=[”\"'’]?(?:实施|进行|推进|组成)?[：:(（]|[”\"'’]?，?(?:即|是|包括|分别是|分别为))"
NAME = re.compile(rf"{NAMED}{LED}")
HEADING = re.compile(rf"[“\"]?{NAMED}[”\"]?(?=[：:。]|$)")
LIST = re.compile(
    r"[”\"'’]?(?:实施|进行|推进|组成)?，?[：:(（]?(?:即|是|包括|分别是|分别为)?[：:]?“?(?P<list>[^。；;)）]+)"
)
LISTS = re.compile(r"[”\"'’]?(?:是|即)?(?P<list>[^。]+)")  # parted by ；
AFTER_HEADING = re.compile(r"[”\"'’]?。(?P<list>[^。；;]+)")
ONE_THING = re.compile(r"统一|一体|合一|同一")  # no numeral
AND_SO_ON = re.compile(r"等(?:[，,].*)?$")
ENDS = "“”\"'‘’。；;，：: \u3000"
JOINT = r"、|(?:以?及|和)(?=[^，。；、]{1,14}$)"
SEPARATORS = (JOINT, r"，|,", r"；|;", rf"，|,|{JOINT}")
KINDS = r"(?:个方面|个阶段|个部分|个环节|门课|所学校|所公办学校|项内容|项|类|等|校|种)"
BEFORE = re.compile(rf"(?P<list>[^，。；：！？]*、[^，。；：！？]*?)(?P<name>(?P<count>{COUNT}){KINDS})")
LEAD = re.compile(r"^.*(?:由|看|为|把|将|分|含|即|是|开|结合)(?=..)")  # what stands before the first member


class NamedSet(Struct, frozen=True):
    """`name` and `members` are the document's own words; `count` is how many members there are."""

    name: str
    count: int
    members: tuple[str, ...]


def sets(clause: ClauseDraft) -> tuple[NamedSet, ...]:
    """Those that the clause itself names, and the one that the clauses under it make up."""
    found: dict[str, NamedSet] = {}
    for one in chain(below(clause), within(clause.text)):
        found.setdefault(one.name, one)
    return tuple(found.values())


def within(text: str) -> Iterator[NamedSet]:
    for found in NAME.finditer(text):
        lists = (LIST.match(text, found.end()), LISTS.match(text, found.end()))
        yield from first(found["name"], [each["list"] for each in lists if each is not None])
    headed = HEADING.match(text)
    after = AFTER_HEADING.match(text, headed.end("name")) if headed is not None else None
    if headed is not None and after is not None:
        yield from first(headed["name"], [after["list"]])
    for found in BEFORE.finditer(text):
        members = split(found["list"], {value(found["count"])})
        if members:
            yield NamedSet(found["name"], len(members), (LEAD.sub("", members[0]), *members[1:]))


def first(name: str, lists: list[str]) -> Iterator[NamedSet]:
    wanted = counts(name)
    for listed in lists:
        members = grouped(listed, wanted) or split(listed, wanted)
        if members:
            yield NamedSet(name, len(members), members)
            return


def below(clause: ClauseDraft) -> Iterator[NamedSet]:
    """三条原则, and under it (一)…, (二)…, (三)…: as many as are named."""
    members = tuple((child.heading or child.text).strip(ENDS) for child in clause.children if child.label is not None)
    for found in re.finditer(rf"{NAMED}(?=[”\"]?(?:：|:|$))", clause.text):
        if len(members) > 1 and len(members) in counts(found["name"]):
            yield NamedSet(found["name"], len(members), members)


def split(listed: str, wanted: set[float]) -> tuple[str, ...]:
    """By the separator that yields as many as are wanted; () where none does."""
    for separator in SEPARATORS:
        members = tuple(part.strip(ENDS) for part in re.split(separator, listed))
        if len(members) > 1 and len(members) in wanted and all(members):
            return members
    return ()


def grouped(listed: str, wanted: set[float]) -> tuple[str, ...]:
    """春季有风筝节、旅游节，夏季有…: the members of all groups."""
    groups = [re.split(r"有|为|：", group, maxsplit=1) for group in re.split(r"，|,", AND_SO_ON.sub("", listed))]
    members = [part.strip(ENDS) for group in groups if len(group) == 2 for part in re.split(JOINT, group[1])]
    return tuple(members) if len(members) > 1 and len(members) in wanted and all(members) else ()


def counts(name: str) -> set[float]:
    """Of 四季八节 4 and 8, and of 三节一营 4 as well: three of one kind and one of another."""
    found = [value(each) for each in re.findall(COUNT, ONE_THING.sub("", name))]
    return {*found, sum(found)} - {0, 1}
