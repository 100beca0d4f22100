"""Refusals as people read them: whatever a file can be refused for is said in Chinese, with its own values left."""

import re

import pytest

from bot.file.consortium_file import blueprint
from bot.file.refusals import Complaints
from bot.refusal_words import refusal_words
from tests.bot.refusal_cases import KEYS, RULES, VALUES
from tests.bot.refused_calendars import REFUSED
from tests.bot.refused_obligations import OBLIGATIONS
from tests.bot.test_consortium_file import changed
from tests.bot.test_term_sheet import CELLS

ZH, EN = refusal_words("zh"), refusal_words("en")


def lines() -> list[str]:
    """Of everything that the tests of the file know to be wrong."""
    found = []
    for old, new, _ in [*KEYS, *VALUES, *RULES, *REFUSED, *OBLIGATIONS]:
        with pytest.raises(Complaints) as refused:
            blueprint("mine.toml", changed(old, new).encode())
        found += [str(one) for one in refused.value.found]
    return found


def test_whatever_is_wrong_with_a_cell_of_a_sheet_is_said_in_chinese() -> None:
    every = [ZH.told(f"安排.xlsx: 学期安排表!D4: {line}") for _, _, line in CELLS]
    assert all(line.startswith("安排.xlsx“学期安排表”D4 格：") for line in every)
    english = re.compile(r"\b(?:a|of|for|such|at most|it)\b")
    assert [line for line in every if english.search(line.split("需要：")[1])] == []
    assert every[0] == '安排.xlsx“学期安排表”D4 格："25:00"。需要：钟点，例如 14:30'


def test_whatever_is_wrong_with_a_file_is_said_in_chinese() -> None:
    every = lines()
    assert len(every) > 200
    assert [line for line in every if "需要" not in ZH.told(line)] == []
    english = (" that ", " such as ", " for ", " or ")
    assert [line for line in every if any(word in ZH.told(line).split("需要：")[1] for word in english)] == []
    assert all(EN.told(line) == line for line in every)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "章程.txt: not a text file: expected UTF-8, GB18030 or UTF-16 text",
            "章程.txt：不是文本文件。需要：UTF-8、GB18030 或 UTF-16 编码的文本",
        ),
        (
            "school[1].plase: unknown key: expected one of key, name, role, place; perhaps place",
            "school[1].plase：没有这一项。需要：key, name, role, place 之一；是不是 place？",
        ),
        (
            'activity[1].at: "25:00": expected a time "HH:MM"',
            'activity[1].at："25:00"。需要：钟点，例如 "14:30"',
        ),
        (
            '名册.xlsx: row 2, 学校: "东校": expected one of 样例北校, 样例南校',
            '名册.xlsx 第2行“学校”："东校"。需要：样例北校, 样例南校 之一',
        ),
        ("名册.xlsx: row 7, 姓名: empty: expected a name", "名册.xlsx 第7行“姓名”：是空的。需要：姓名"),
        (
            "安排.xlsx: 学期安排表: no column 主题: expected it as it was sent",
            "安排.xlsx：“学期安排表”里少了“主题”这一列。需要：保持发给您时的样子",
        ),
        (
            "安排.xlsx: a term plan of b: expected a term plan of sample",
            "安排.xlsx：是 b 的学期安排表。需要：sample 的学期安排表",
        ),
        (
            "day[1].date: 1999-12-31: expected a date from 2000 to 2199",
            "day[1].date：1999-12-31。需要：2000 年到 2199 年之间的日期",
        ),
        (
            "a.toml: line 2, column 4 (Expected '='): expected TOML, with a half-width mark instead of ：",
            "a.toml：第 2 行第 4 列读不懂。需要：这里的 ： 是全角符号，要用半角（英文）的",
        ),
        ("x: expected one consortium file", "x：需要正好一个教联体文件（.toml）"),
        ("名册.xlsx: row 2, 学校: x: expected y", "名册.xlsx: row 2, 学校: x: expected y"),
    ],
)
def test_a_line_keeps_its_place_and_its_values(line: str, said: str) -> None:
    assert ZH.told(line) == said
