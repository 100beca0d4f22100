"""How well the papers answer: papers that the model has never seen, the development questions, speed and memory.

`python -m benchmarks.policy [--quick] [--picture FILE]` (make bench): each paper of `samples/` is asked by a model that
was trained on the others (leave one document out), and so is each development plan, where they are; a sample charter
counts as its plan. Four more papers are asked in quite other words, by the numbers that are shipped, which have learned
nothing from them. Beside it the plain BM25 of characters and pairs that always answers. `--quick`: no speed,
no memory.
"""

import argparse
import math
import re
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from benchmarks import train_policy
from benchmarks.policy_questions import FAR, TOTAL, Paper, Question, development, holds, quoted, samples
from store.policies.deciding import LIKELY, SURE, Decision, Hit, decide
from store.policies.folding import fold
from store.policies.judging import Model, shipped
from store.policies.ranking import Entry, Index, grams
from store.policies.search import KEPT

K1, B = 1.2, 0.75  # of BM25


class Reply(Struct, frozen=True):
    """`right`: the text of a direct answer holds it; `contained`: one of those shown does. `sure`: of the best."""

    plan: str
    question: Question
    tier: str
    right: bool
    contained: bool
    noted: bool
    sure: float
    best: bool


def replies(paper: Paper, model: Model) -> list[Reply]:
    return [judged(paper.plan, question, decide(paper.index, question.text, model)) for question in paper.questions]


def judged(plan: str, question: Question, decision: Decision) -> Reply:
    texts = [quoted(hit.entry, hit.sentence) for hit in decision.hits]
    right = decision.tier == "answer" and sum(map(len, texts)) <= TOTAL and holds(question, texts)
    contained = right or (decision.tier == "choices" and holds(question, texts))
    best = bool(texts) and holds(question, texts[:1])
    sure = decision.hits[0].confidence if decision.hits else 0.0
    if decision.tier == "choices" and sure >= SURE:  # a rule holds it back, at any threshold
        sure = 0.0
    return Reply(plan, question, decision.tier, right, contained, decision.blank, sure, best)


def figures(every: Sequence[Reply]) -> str:
    """One line of the table: shares in percent."""
    can = [each for each in every if each.question.answerable]
    none = [each for each in every if not each.question.answerable]
    direct = [each for each in every if each.tier == "answer"]
    blanks = [each for each in can if each.question.expect == "blank"]
    sets = [each for each in can if each.question.every]
    given = [each for each in sets if each.tier == "answer"]
    return "".join(
        f"{share:>9}"
        for share in (
            str(len(every)),
            percent(sum(each.right for each in every), len(direct)),
            percent(sum(each.tier == "answer" for each in can), len(can)),
            percent(sum(each.contained for each in can), len(can)),
            percent(sum(each.tier == "answer" for each in none), len(none)),
            percent(sum(each.tier == "choices" for each in none), len(none)),
            percent(sum(each.right and each.noted for each in blanks), len(blanks)),
            percent(len(given), len(sets)),
            percent(sum(each.right for each in given), len(given)),
        )
    )


HEAD = ("asked", "right", "given", "top 3", "false", "offered", "blank", "sets", "complete")


def percent(some: int, of: int) -> str:
    return f"{100 * some / of:.1f}" if of else "-"


def leave_one_out(lessons: Sequence[train_policy.Lesson]) -> dict[str, Model]:
    """For each plan a model that has not seen it."""
    plans = dict.fromkeys(lesson.plan for lesson in lessons)
    return {plan: train_policy.train([lesson for lesson in lessons if lesson.plan != plan]) for plan in plans}


def table(title: str, papers: Iterable[list[Reply]]) -> list[Reply]:
    print(f"\n{title}\n{'':12}" + "".join(f"{name:>9}" for name in HEAD))
    every: list[Reply] = []
    for found in papers:
        print(f"{found[0].plan:12}{figures(found)}")
        every += found
    print(f"{'all':12}{figures(every)}", flush=True)
    return every


def missed(every: Sequence[Reply]) -> str:
    """Why answerable questions got no right answer, in numbers: in brackets their share of all that are missed."""
    asked = [each for each in every if each.question.answerable and not each.right]
    kinds = Counter(kind_of(each) for each in asked)
    return "".join(f"  {kind}: {count} ({percent(count, len(asked))} %)\n" for kind, count in kinds.most_common())


def kind_of(missed: Reply) -> str:
    if missed.tier == "answer":
        return "answered wrongly"
    if missed.tier == "none":
        return "nothing shown"
    if not missed.contained:
        return "not among the three that are offered"
    if not missed.best:
        return "offered, second or third"
    return "offered first: not sure enough" if missed.sure else "offered first: a rule holds it back"


def baseline(paper: Paper) -> list[Reply]:
    """BM25 of characters and pairs; it always answers, and shows three."""
    entries = [entry for entry in paper.index.entries if not entry.passage.together]
    return [judged(paper.plan, question, first(entries, question.text)) for question in paper.questions]


def first(entries: Sequence[Entry], text: str) -> Decision:
    held = [Counter(gram for gram in re.findall(r"(?=(.))", entry.text) + re.findall(r"(?=(..))", entry.text))
            for entry in entries]  # fmt: skip
    mean = sum(map(Counter.total, held)) / len(held)
    scores = [0.0] * len(held)
    for gram in grams(fold(text)):
        having = sum(gram in each for each in held)
        weight = math.log(1 + (len(held) - having + 0.5) / (having + 0.5))
        for at, each in enumerate(held):
            often, long = each[gram], 1 - B + B * each.total() / mean
            scores[at] += weight * often * (K1 + 1) / (often + K1 * long)
    best = sorted(range(len(held)), key=lambda at: -scores[at])
    return Decision("answer", (Hit(entries[best[0]], 0, 1.0),))


def curve(every: Sequence[Reply]) -> list[tuple[float, float]]:
    """(share of the answerable that get a direct answer, share of direct answers that are right), by falling floors."""
    can = sum(each.question.answerable for each in every)
    points, right, given = [], 0, 0
    for count, each in enumerate(sorted(every, key=lambda each: -each.sure), 1):
        right += each.best
        given += each.question.answerable
        if count >= 30 and each.sure:
            points.append((given / can, right / count))
    return points


def picture(lines: Sequence[tuple[str, str, list[tuple[float, float]]]]) -> str:
    """Coverage from left to right, precision from 70 % up, a line for each set of questions."""

    def at(point: tuple[float, float]) -> str:
        return f"{50 + 400 * point[0]:.0f},{20 + 800 * (1 - max(point[1], 0.7)):.0f}"

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 320" font-family="sans-serif" font-size="12">',
        '<rect width="560" height="320" fill="#fff"/>',
    ]
    for tenth in range(0, 11, 2):
        x = 50 + 40 * tenth
        parts.append(f'<path d="M{x} 20V260" stroke="#ddd"/><text x="{x - 8}" y="276">{tenth * 10}</text>')
    for share in (70, 80, 90, 95, 98, 100):
        y = 20 + 8 * (100 - share)
        parts.append(f'<path d="M50 {y}H450" stroke="#ddd"/><text x="24" y="{y + 4}">{share}</text>')
    parts.append(
        '<text x="50" y="300">direct answers given, % of the answerable; upwards: right, % of those given</text>'
    )
    for row, (name, colour, points) in enumerate(lines):
        parts.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(map(at, points))}"/>')
        parts.append(f'<text x="458" y="{40 + 18 * row}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def speed(papers: Sequence[Paper]) -> None:
    """Processor time of one question on papers of about 100 and of 5,000 clauses, and of building the index."""
    texts = [question.text for paper in papers for question in paper.questions]
    decide(papers[0].index, texts[0])  # loads the word lists
    some = papers[0].index.entries
    for size in (100, 5000):
        entries = [another(some[at % len(some)], at // len(some)) for at in range(size)]
        start = time.process_time()
        index = Index(tuple(entries))
        decide(index, texts[0])
        built = time.process_time() - start
        spent = sorted(spent_on(index, text) for text in texts[:: 1 if size == 100 else 4])
        p99 = spent[int(len(spent) * 0.99)]
        print(f"{size} clauses: built in {built * 1000:.0f} ms; a question {spent[len(spent) // 2] * 1000:.1f} ms, "
              f"p99 {p99 * 1000:.1f} ms")  # fmt: skip


def another(entry: Entry, number: int) -> Entry:
    """The same words in another paper: sentences of their own, so that nothing is shared."""
    return Entry(replace(entry.passage, dates=entry.passage.dates), f"{entry.document}{number}", 1)


def spent_on(index: Index, text: str) -> float:
    start = time.process_time()
    decide(index, text)
    return time.process_time() - start


def memory(papers: Sequence[Paper]) -> None:
    """After 200 consortia of about 100 clauses each were asked; as many indexes are kept as in a server."""
    some, kept = papers[0].index.entries, deque[Index](maxlen=KEPT)
    for consortium in range(200):
        index = Index(tuple(another(some[at % len(some)], consortium) for at in range(100)))
        decide(index, "每学期几次")
        kept.append(index)
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))
    print(f"200 consortia of 100 clauses: {int(peak[1]) / 1024 if peak else math.nan:.0f} MB at most")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="no speed, no memory")
    parser.add_argument("--memory", action="store_true", help="the memory only")
    parser.add_argument("--picture", type=Path, help="write the curve of precision over coverage, an SVG")
    options = parser.parse_args()
    papers = list(samples())
    if options.memory:
        memory(papers)
        return 0
    plans = list(development())
    models = leave_one_out(train_policy.lessons(papers))
    print(f"answers from {SURE}, choices from {LIKELY}")
    unseen = table("samples, each paper by a model that has not seen it", [replies(p, models[p.plan]) for p in papers])
    print(f"what is missed of them:\n{missed(unseen)}", flush=True)
    lines = [("samples", "#b03", curve(unseen))]
    far = table("asked in quite other words, by the shipped numbers", [replies(p, shipped()) for p in samples(FAR)])
    lines.append(("other words", "#080", curve(far)))
    table("samples, BM25 that always answers", map(baseline, papers))
    if plans:
        asked = table("development questions, likewise", [replies(plan, models[plan.plan]) for plan in plans])
        lines.append(("development", "#06c", curve(asked)))
        table("development questions, BM25", map(baseline, plans))
    if options.picture:
        options.picture.write_text(picture(lines), encoding="utf-8")
    if not options.quick:
        speed(papers)
        subprocess.run([sys.executable, "-m", "benchmarks.policy", "--memory"], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
