"""The papers in `samples/` with the questions on them, and whether a quoted text answers one.

From `PAPERS` the ranker learns. `FAR` it never saw, nor did who wrote its lists: most of those questions share not one
pair of characters with what answers them, so they measure what words alone cannot do.

A question: `question`; `expect`: answer, choices, blank or none; `gold`: what a right text holds, one of them or, with
`all`, every one; `style`. The development questions, where they are (`../shared/policy`), have the same shape.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from store.policies import importing
from store.policies.passages import LIMIT, passages
from store.policies.quoting import quote
from store.policies.ranking import Entry, Index

HOME = Path(__file__).parents[1]
SAMPLES = HOME / "samples"
DEVELOPMENT = HOME.parent / "shared" / "policy"
PAPERS = {  # plan → its paper; the questions are in samples/policies under the plan's name
    "zhangcheng": "policies/zhangcheng.txt",
    "kaoqin": "policies/kaoqin.docx",
    "zoujiao": "policies/zoujiao.txt",
    "lianheti": "lianheti-charter.txt",
    "chuzhong": "chuzhong-charter.txt",
    "xiaoxue": "xiaoxue-charter.txt",
}
FAR = {key: f"policies/{key}.txt" for key in ("anquan", "jiaoyan", "jingfei", "kaohe")}  # asked in quite other words
PLANS = {"lianheti": "plan1.txt", "chuzhong": "plan2.txt", "xiaoxue": "plan3.txt"}  # of the development questions
TOTAL = 900  # characters of all the texts of a direct answer
SAME = str.maketrans(
    "。、“”„«»「」『』‘’—–―‐‑−〔〕【】《》〈〉",
    '.,"""""""""\'\'------()[]<><>',
)


class Question(Struct, frozen=True):
    text: str
    expect: str
    gold: tuple[str, ...]
    every: bool
    style: str

    @property
    def answerable(self) -> bool:
        return self.expect != "none"


class Paper(Struct, frozen=True):
    """`plan`: what it is an edition of; a model that has seen the plan must not be tested on it."""

    plan: str
    index: Index
    questions: tuple[Question, ...]


def samples(papers: Mapping[str, str] = PAPERS) -> Iterator[Paper]:
    for plan, name in papers.items():
        yield Paper(plan, index(SAMPLES / name), tuple(questions(SAMPLES / "policies" / f"{plan}.jsonl", plan)))


def development() -> Iterator[Paper]:
    """Nothing where they are not."""
    if DEVELOPMENT.is_dir():
        for plan, name in PLANS.items():
            asked = tuple(questions(DEVELOPMENT / "questions_dev.jsonl", plan))
            yield Paper(plan, index(DEVELOPMENT / name), asked)


def index(path: Path) -> Index:
    paper = importing.paper(path)
    return Index(tuple(Entry(passage, paper.title, 1) for passage in passages(paper.drafts)))


def questions(path: Path, plan: str) -> Iterator[Question]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["consortium"] == plan:
            yield Question(row["question"], row["expect"], tuple(row["gold"]), row["all"], row["style"])


def holds(question: Question, texts: Sequence[str]) -> bool:
    """Whether the texts, none of them too long, answer it."""
    if not question.answerable:
        return False
    plain = [text for text in map(normal, texts) if len(text) <= LIMIT]
    found = [any(normal(gold) in text for text in plain) for gold in question.gold]
    return all(found) if question.every else any(found)


def normal(text: str) -> str:
    """Without white space; full and half width, and all dashes, alike."""
    text = unicodedata.normalize("NFKC", text).translate(SAME)
    return re.sub(r"-+", "-", "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"))


def quoted(entry: Entry, sentence: int) -> str:
    return quote(entry.passage, sentence)
