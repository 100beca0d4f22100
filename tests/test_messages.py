"""docs/messages.md: that it is current, and what holds of every message on it."""

import re
from collections.abc import Iterator

import pytest

from bot.words import Words
from docs import messages
from docs.messages import PRINTED, WHO, Said
from docs.samples import made
from tests.test_house_words import INCLUDED, sources

LONGEST_NOTICE = 300  # characters (domain 8.1)
GATHERED = ("month_digested", "bulletin_sent")  # of a month, of a whole event
MARKUP = re.compile(r"\*\*|__|```|`|<[a-z/]|&[a-z]+;|\]\(|\[[^\]]*\]\[")
JARGON = ("系统", "用户", "账户", "字段", "参数", "异常", "后台", "数据库")
DATE = re.compile(r"\d月\d+日(?!（星期)")
PRESSED = re.compile(r"(?:点|选)“([^”…{]+)”")


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return list(messages.everything())


def texts(said: list[Said], language: str) -> Iterator[tuple[str, str]]:
    for one in said:
        yield one.name, one.usual[language].text
        yield from ((one.name, other[language].text) for _, other in one.others)


def not_plain(text: str) -> list[str]:
    """What a message loses, or shows, when it is copied as text."""
    found = [line for line in text.splitlines() if MARKUP.search(line) or line != line.rstrip()]
    return [*found, "blank lines"] if "\n\n\n" in text or text != text.strip() else found


def test_the_page_is_current(said: list[Said]) -> None:
    """Else: python -m docs.messages."""
    assert messages.HERE.read_text(encoding="utf-8") == messages.page(said)


def test_every_template_is_on_the_page_or_printed_by_a_command(said: list[Said]) -> None:
    every = sources("zh")
    parts = {part for text in every.values() for part in INCLUDED.findall(text)}
    shown = {one.name for one in said}
    assert shown & PRINTED == set()
    assert every.keys() - shown - PRINTED - parts == set()
    assert (shown | PRINTED) - every.keys() == set()


def test_nobody_is_told_what_is_not_said(said: list[Said]) -> None:
    used = {messages.place(one.name)[2] for one in said}
    assert {key for table in WHO.values() for key in table} - used == set()
    with pytest.raises(KeyError, match="nothing about never_said"):
        messages.place("never_said")


def test_a_field_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"words: Never\.heard: found None, expected str"):
        made(str, 0, "Never.heard")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_is_plain_text(said: list[Said], language: str) -> None:
    assert [(name, wrong) for name, text in texts(said, language) for wrong in not_plain(text)] == []


@pytest.mark.parametrize("text", ["**通知**", "见[这里](https://a)", "a  \nb", "a\n\n\nb", "<b>a</b>", "a&nbsp;b"])
def test_markup_is_seen(text: str) -> None:
    assert not_plain(text)


def test_a_notice_to_a_group_is_short_and_dated_with_the_weekday(said: list[Said]) -> None:
    heading = next(iter(WHO))
    notices = [one for one in said if messages.place(one.name)[0] == heading]
    assert len(notices) > 8
    long = {one.name: len(one.usual["zh"].text) for one in notices if one.name not in GATHERED}
    assert {name: length for name, length in long.items() if length > LONGEST_NOTICE} == {}
    assert [name for name, text in texts(notices, "zh") if DATE.search(text)] == []
    assert DATE.search("10月14日14:30")
    assert not DATE.search("10月14日（星期三，第7周）14:30")


def test_a_message_has_no_jargon(said: list[Said]) -> None:
    assert [(name, word) for name, text in texts(said, "zh") for word in JARGON if word in text] == []


def test_a_button_that_is_named_is_called_so() -> None:
    """点“签到” where the button says something else would be looked for in vain."""
    called = {word for table in Words("zh").tables.values() for word in table.values()}
    named = [(name, word) for name, text in sources("zh").items() for word in PRESSED.findall(text)]
    assert len(named) > 40
    assert [(name, word) for name, word in named if word not in called] == []
