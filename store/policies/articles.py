"""Articles (第九条): a question for one that no paper has, and which there are."""

import re
from collections.abc import Iterator

from store.policies.folding import plain
from store.policies.numbers import value
from store.policies.ranking import ARTICLE, SPELT, Entry, Index
from store.policies.remarks import ArticlesHeld, ArticleUnheld

# 第二条措施: 条 counts what follows it at once. 要求 and 建议 are counted so where nothing is asked for by them
# (第三条要求学校做什么 is an article that asks); 第三条规定 is what an article says, however it goes on.
COUNTED = "(?:要求|建议)(?=[是的有怎由在，,。？?、]|$)"
OTHER_THINGS = f"件|款|例|线|措施|{COUNTED}|意见|原则|标准|职责|任务|纪律|规矩|经验|理由"
NAMED = re.compile(rf"(?<![法例》])第({SPELT})条(?!{OTHER_THINGS})")  # 教育法第九条 is none of ours
WRITTEN = re.compile(rf"第({SPELT})条")


def unheld(question: str, papers: Index) -> ArticleUnheld | None:
    """None where the last one is not before it, where no paper has articles, and where one speaks of it (依据《教育法》
    第九条)."""
    found = NAMED.search(plain(question))
    if found is None or not papers.articles:
        return None
    number = int(value(found[1]))
    if number <= max(papers.articles) or any(number in spoken_of(entry) for entry in papers.entries):
        return None
    return ArticleUnheld(found[0], tuple(held(papers)))


def spoken_of(entry: Entry) -> Iterator[int]:
    return (int(value(found[1])) for one in entry.sentences for found in WRITTEN.finditer(one.text))


def held(papers: Index) -> Iterator[ArticlesHeld]:
    several: dict[str, list[Entry]] = {}
    for number in sorted(papers.articles):
        for place in papers.articles[number]:
            several.setdefault(papers.entries[place].document, []).append(papers.entries[place])
    for document, theirs in several.items():
        first, last = (ARTICLE.match(one.sentences[0].text) for one in (theirs[0], theirs[-1]))
        if first and last:
            yield ArticlesHeld(document, first[0], last[0])
