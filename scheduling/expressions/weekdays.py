"""Weekdays as they are listed: 周一、四, 周一三五, 周一到周五, 礼拜天. 0 is Monday."""

import re

DAYS = "一二三四五六日"


def weekdays(text: str) -> list[int]:
    """Rising, each once; empty for a range that runs backwards (周五到周一)."""
    letters = [number(letter) for letter in re.findall("[一二三四五六日天1-7]", re.sub("星期|礼拜", "周", text))]
    if re.search("到|至|-", text):
        return list(range(letters[0], letters[-1] + 1))
    return sorted(set(letters))


def number(letter: str) -> int:
    return int(letter) - 1 if letter.isdigit() else DAYS.index(letter.replace("天", "日"))
