"""Headings: how the numbered and unnumbered headings of Chinese papers are spelt, and what a line opens with."""

import re

NUMERAL = "一二三四五六七八九十百零〇两"
# In the order in which papers nest them; brackets and stops of either width.
MARKERS = (
    rf"第\s?[{NUMERAL}\d]+\s?(?:编|篇|部分)",
    rf"第\s?[{NUMERAL}\d]+\s?章",
    rf"第\s?[{NUMERAL}\d]+\s?节",
    rf"第\s?[{NUMERAL}\d]+\s?条",
    rf"[{NUMERAL}]+[、.．]",
    rf"[(（]\s?[{NUMERAL}]+\s?[)）]|[㈠-㈩]",
    r"\d{1,3}(?:、|[.．](?!\d))|[⒈-⒛]",
    r"\d{1,2}[.．]\d{1,2}(?=\s)",
    r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}(?=\s)",
    r"[(（]\d{1,3}[)）]|[⑴-⒇]|\d{1,3}[)）]",
    r"[①-⑳]",
)
ARTICLE, MAIN = 3, 4  # 第X条; 一、 and what nests above it
LABEL = re.compile("|".join(f"({marker})" for marker in MARKERS))
DATE = re.compile(r"[(（]?[\d_]+年[\d_年月日上中下旬\s~～—–\-至到]*[)）]?")
HEADING_LENGTH = 20  # characters of a heading without a number; longer lines are text
TITLE_LENGTH = 60  # characters of a heading that has one: a stage carries its dates
RUN_IN = re.compile(r"\s*([^，,；;：:。!！?？]{2,16})。(?=.)")
ARTICLE_TITLE = re.compile(r"\s*([【〔［\[（(][^】〕］\]）)]{2,12}[】〕］\]）)])(?=.)")
ARTICLE_RUN_IN = 4  # characters: 宗旨。 heads an article, a short first sentence does not
CAPTION = re.compile(rf"附?[表图]\s*[\d{NUMERAL}]{{1,3}}(?:[\s:：].{{0,40}})?")
BLANK = "__"


def labelled(text: str) -> tuple[str | None, str, int]:
    """(label, what follows it, its place in MARKERS); (None, the text, -1) where it opens with no number."""
    found = LABEL.match(text)
    if found is None or found.lastindex is None:
        return None, text, -1
    return found[0], text[found.end() :], found.lastindex - 1


def heads_alone(text: str) -> bool:
    """指导思想: short, no sentence, no date, nothing left blank."""
    short = len(text) <= HEADING_LENGTH and BLANK not in text
    return short and not re.search(r"[，。；：！？,;:!?、]", text) and DATE.fullmatch(text) is None


def heading(rest: str, marker: int, before: str, text_follows: bool) -> str | None:
    """What heads a numbered line: all of it, its opening words (优化整合。通过…), or nothing.

    `before`: the line before, which tells the last of a list (…；) from a heading with a stop.
    """
    bare = re.sub(r"[(（][^)）]*[)）]", "", rest).strip()
    if bare and len(rest) <= TITLE_LENGTH and not re.search(r"[，；：！？,;:!?。]", bare.rstrip("。")):
        if not bare.endswith("。"):
            return rest
        if text_follows and marker != ARTICLE and not before.rstrip().endswith(("；", ";")):
            return rest
    found = ARTICLE_TITLE.match(rest) if marker == ARTICLE else None
    found = found or RUN_IN.match(rest)
    if found is None or (marker == ARTICLE and found.re is RUN_IN and len(found[1]) > ARTICLE_RUN_IN):
        return None
    return rest[: found.end(1)]
