"""Leave in words: what is a request and what is a question, which days are meant, and what is left as the reason."""

from datetime import date

import pytest

from bot.written import leave_words
from bot.written.leave_words import LeaveMeant
from store.blueprint import Blueprint
from store.leaves import LeaveKind
from tests.handlers.event_sample import FILE, RESEARCH, local

BLUEPRINT = Blueprint.model_validate(FILE | {"activity": (RESEARCH,)})
NOW = local("10-20 09:00")  # a Tuesday
SICK, PERSONAL, MARRIAGE = LeaveKind.SICK, LeaveKind.PERSONAL, LeaveKind.MARRIAGE


def october(first: int, last: int) -> tuple[date, date]:
    return date(2026, 10, first), date(2026, 10, last)


READ: dict[str, LeaveMeant] = {
    "请假": LeaveMeant(None, ""),
    "请假 家里有事": LeaveMeant(None, "家里有事"),
    "请假家里有事": LeaveMeant(None, "家里有事"),
    "我想请病假，发烧": LeaveMeant(SICK, "发烧"),
    "教研请假 家里有事": LeaveMeant(None, "家里有事"),
    "老师您好，我明天请假，孩子家长会": LeaveMeant(None, "孩子家长会", october(21, 21)),
    "10月28日请假": LeaveMeant(None, "", october(28, 28)),
    "10月28日教研请假": LeaveMeant(None, "", october(28, 28)),
    "10月14日请假，发烧了": LeaveMeant(None, "发烧了", october(14, 14)),
    "昨天请假 没来得及说": LeaveMeant(None, "没来得及说", october(19, 19)),
    "周三下午请假去医院": LeaveMeant(None, "去医院", october(21, 21)),
    "周一请假": LeaveMeant(None, "", october(26, 26)),
    "下周一到周三请假": LeaveMeant(None, "", october(26, 28)),
    "下周一到三请假": LeaveMeant(None, "", october(26, 28)),
    "今天到周五请假": LeaveMeant(None, "", october(20, 23)),
    "明天起请三天病假": LeaveMeant(SICK, "", october(21, 23)),
    "从明天开始请三天事假": LeaveMeant(PERSONAL, "", october(21, 23)),
    "请婚假 10月23日到28日": LeaveMeant(MARRIAGE, "", october(23, 28)),
    "请假3天 10月23日开始": LeaveMeant(None, "", october(23, 25)),
    "大后天请假两天": LeaveMeant(None, "", october(23, 24)),
    "12月30日到1月3日请假": LeaveMeant(None, "", (date(2026, 12, 30), date(2027, 1, 3))),
    "请三天假": LeaveMeant(None, "", unclear=True),
    "10月24日、25日请假": LeaveMeant(None, "", unclear=True),
}
BEHIND_COMMAND: dict[str, LeaveMeant] = {
    "家里有事": LeaveMeant(None, "家里有事"),
    "10月23日到25日": LeaveMeant(None, "", october(23, 25)),
    "10月23日到25日 家里有事": LeaveMeant(None, "家里有事", october(23, 25)),
    "10月23日家里有事": LeaveMeant(None, "家里有事", october(23, 23)),
    "10月23日 病假": LeaveMeant(SICK, "", october(23, 23)),
    "2026-10-23 到 2026-10-25": LeaveMeant(None, "", october(23, 25)),
    "2026-10-23 to 2026-10-25 flu": LeaveMeant(None, "flu", october(23, 25)),
    "10-23 到 10-25 出差": LeaveMeant(None, "出差", october(23, 25)),
    "下周一到周三": LeaveMeant(None, "", october(26, 28)),
    "明天 下午去医院复查": LeaveMeant(None, "下午去医院复查", october(21, 21)),
    "明天开始三天 婚假": LeaveMeant(MARRIAGE, "", october(21, 23)),
    "三天": LeaveMeant(None, "", unclear=True),
    "10月25日到10月23日": LeaveMeant(None, "", unclear=True),
    "2026-10-25 到 2028-10-23": LeaveMeant(None, "", unclear=True),
}


@pytest.mark.parametrize("text", READ)
def test_a_request_is_known_and_read(text: str) -> None:
    assert leave_words.meant(text)
    assert leave_words.read(text, NOW, BLUEPRINT) == READ[text]


@pytest.mark.parametrize("text", BEHIND_COMMAND)
def test_behind_the_command_days_and_reason_are_read(text: str) -> None:
    assert leave_words.read(text, NOW, BLUEPRINT) == BEHIND_COMMAND[text]


@pytest.mark.parametrize(
    "text",
    ["教研活动请假找谁批，要提前几天？", "请假怎么请", "今天请假的人多吗", "李芳今天请假了", "孩子请假了怎么办",
     "请假条在哪里下载", "家里有事", "10月13日到15日", "每月教研几次", ""],
)  # fmt: skip
def test_what_only_speaks_of_leave_is_no_request(text: str) -> None:
    assert not leave_words.meant(text)
