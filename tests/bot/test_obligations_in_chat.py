"""计划落实 below /report: an organiser's standings and proposals, a principal's own school, nobody else's."""

from collections.abc import AsyncIterator

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.running_bot import OFFICE, QIAN, TEACHING, WANG, ZHOU, RunningBot, running_bot
from tests.handlers.event_sample import CLASSES, RESEARCH, begin, local
from tests.store.policy_sample import publish

MONTHLY = {"key": "m", "title": "共创式主题教研", "rhythm": "month", "activities": ("research",)}
WEEKLY = {"key": "w", "title": "一周一班会", "rhythm": "week", "activities": ("classes",)}
SENT = {"key": "s", "title": "核心校派出教师", "rhythm": "standing", "count": 30, "from_": ("core",), "to": ("east",)}
PAPER = "一、措施\n每学期联合开展一次优质课竞赛活动。"


@pytest.fixture
async def office(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """20 October; the research event of the 14th has taken place, and no class meeting is recorded."""
    begin(store, RESEARCH, CLASSES, obligation=(MONTHLY, WEEKLY, SENT))
    store.call(publish, 1, PAPER)
    clock.move_to(local("10-07 09:00"))
    async with running_bot(store, clock) as bot:
        await bot.until(local("10-20 09:00"))
        for user in (OFFICE, ZHOU, QIAN, WANG):
            await bot.say(user, "/start")
        yield bot


async def opened(bot: RunningBot, user: int) -> str:
    await bot.say(user, "/report")
    await bot.press(user, bot.last(user), "计划落实")
    return bot.last(user).text


async def test_an_organiser_sees_each_obligation_and_confirms_what_was_recognised(office: RunningBot) -> None:
    shown = await opened(office, OFFICE)
    assert "共创式主题教研：1/4，还差3，最近一期2026年11月30日（星期一）截止" in shown
    assert "核心校派出教师：1/30，还差29" in shown
    assert "从计划里另外认出1项要求，请确认。" in shown
    await office.press(OFFICE, office.last(OFFICE), "待确认的要求（1）")
    proposal = office.last(OFFICE)
    assert proposal.text.startswith("“每学期联合开展一次优质课竞赛活动。”\n——《河东教联体章程(样本)》一、措施")
    assert "对应：待选，请点“修改”" in proposal.text
    await office.press(OFFICE, proposal, "修改")
    await office.press(OFFICE, office.last(OFFICE), "共创式主题教研")
    assert "✓ 共创式主题教研" in [one["text"] for row in office.last(OFFICE).buttons for one in row]
    assert "每学期 1次" in office.last(OFFICE).text
    assert "认出" not in await opened(office, OFFICE)


async def test_a_principal_sees_the_own_school_and_others_nothing(office: RunningBot) -> None:
    shown = await opened(office, QIAN)
    assert shown.startswith("样例教联体：计划落实（本校）")
    assert "认出" not in shown
    assert not any(one["text"] == "计划落实" for row in (office.last(ZHOU).buttons or ()) for one in row)
    await office.say(ZHOU, "/report")
    assert not any(one["text"] == "计划落实" for row in office.last(ZHOU).buttons for one in row)
    refused = await office.forge(ZHOU, office.last(ZHOU), "obligations")
    assert "计划落实情况由教联体办公室查看" in str(refused)
    assert "计划落实" not in "".join(office.heard(TEACHING))
