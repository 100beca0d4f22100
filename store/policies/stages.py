"""Stages (阶段): 第一阶段, 中间那个阶段, 最后一步, called by the name that the plan gives them."""

import re

from store.policies.folding import NUMERALS, fold
from store.policies.ranking import Index

STAGE = re.compile(
    r"(?:第(?P<number>[一二三四五六七八九])|(?P<first>一开头|开头|起初|首先)|(?P<middle>中间)|(?P<last>最后))"
    r"(?:那|的|一)?个?(?:阶段|步骤|步|环节)"
)


def by_name(question: str, index: Index) -> str:
    """The folded question with such a stage's heading in its place, where the documents have stages."""
    found = STAGE.search(question)
    names = stages(index) if found else []
    if found is None or not names:
        return question
    if found["number"]:
        place = NUMERALS.find(found["number"])
    elif found["middle"]:
        place = len(names) // 2 if len(names) % 2 else len(names)
    else:
        place = len(names) - 1 if found["last"] else 0
    return question if place >= len(names) else question.replace(found[0], f" {names[place]} ")


def stages(index: Index) -> list[str]:
    """The headings of the first set of stages or steps, folded, without number and dates."""
    for entry in index.entries:
        members = [fold(member) for member in entry.passage.members]
        if members and ("步骤" in entry.sentences[0].folded or all("阶段" in member for member in members)):
            return [max(member.split(), key=len) for member in members]
    return []
