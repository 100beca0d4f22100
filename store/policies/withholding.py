"""Withholding: what a question asks in particular and the fittest passage leaves out, though it speaks of the matter.

No sureness makes such a passage the answer: it is offered with others. Each rule was made after false answers on the
papers of `samples/` had been read; docs/architecture.md says how they fare on what was not.
"""

import re

from store.policies.asking import Question
from store.policies.folding import HAN
from store.policies.judging import Judged
from store.policies.lexicon import NUMBER, askers, terms
from store.policies.ranking import Entry, Index
from store.policies.sought import plain_of

SCHOOL = re.compile(rf"[{HAN}]{{2}}(?:小学|中学|初中)")
DATED = (  # what asks for a month or a day, and what of the calendar goes with it
    (re.compile("几月|哪个?月|月份"), re.compile(rf"{NUMBER}月|月份|学期|[春夏秋冬]季|每月|期末|开学|[寒暑]假")),
    (re.compile("几号(?!文)|哪一?天"), re.compile(rf"{NUMBER}(?:日|号)|[当次]?[日天]|周|星期|期末|开学|[上中下]旬")),
)
PERIOD = re.compile("[一每](?:学(?=年))?(天|周|月|学期|年)")  # folded, 每年 is 每学年


def withheld(index: Index, question: Question, best: Judged) -> bool:
    """Whether the best passage is not the answer for what it leaves out."""
    entry = best.candidate.entry
    return (
        bool(best.facts["of_the_day"] and best.facts["strict"])  # 明天有几节课: no paper says so
        or other_school(index, question, entry)
        or other_party(question, entry)
        or other_thing(question, best)
        or undated(question, entry)
        or other_period(question, entry)
    )


def other_school(index: Index, question: Question, entry: Entry) -> bool:
    """样河小学, which the papers know, is asked, and the passage speaks of another; whether it is that one it tells."""
    names = [] if question.yes_no else SCHOOL.findall(question.folded)
    return any(index.holds(name) and not said(name, entry) for name in names)


def other_party(question: Question, entry: Entry) -> bool:
    """The question begins with those it is about (监事…), and the passage does not speak of them."""
    first = next((word for word in terms("parties") if question.folded.startswith(word)), "")
    near = [other for word, other in question.kin if word == first]
    return first != "" and not any(said(word, entry) for word in (first, *near))


def other_thing(question: Question, best: Judged) -> bool:
    """什么资格: a thing of its own and no mere asking word (什么方式), which the passage does not name."""
    noun = question.noun
    asked = any(f"{what}{noun}" in question.folded for what in ("什么", "啥"))
    return asked and bool(best.facts["noun_missing"]) and askers().sub("", noun) != ""


def undated(question: Question, entry: Entry) -> bool:
    """A month or a day is asked, and the passage has nothing of the calendar so fine."""
    asked = [proof for ask, proof in DATED if ask.search(question.folded)]
    text = "".join(plain_of(each.text) for each in entry.sentences) if asked else ""
    return not entry.passage.dates and any(proof.search(text) is None for proof in asked)


def other_period(question: Question, entry: Entry) -> bool:
    """How much money a year is asked, and the passage has no year: 每节25元 is no answer."""
    asked = PERIOD.search(question.folded) if question.kind is not None and question.kind.name == "money" else None
    return asked is not None and asked[1] not in entry.text


def said(word: str, entry: Entry) -> bool:
    return word in entry.text or word in entry.passage.headings
