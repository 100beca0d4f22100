"""活动记录 in the chat: led part by part, tasks and a document read, the bulletin approved and sent once."""

from collections.abc import AsyncIterator

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.running_bot import LI, OFFICE, TEACHING, ZHAO, RunningBot, running_bot
from tests.handlers.event_sample import begin, local
from tests.handlers.minutes_sample import MINUTED, ZHAO_KEEPS


@pytest.fixture
async def kept(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    """After the event of Wednesday 14 October, of which ZHAO keeps the minutes."""
    begin(store, MINUTED, **ZHAO_KEEPS)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        for user in (LI, ZHAO, OFFICE):
            await bot.say(user, "/help")
        await bot.until(local("10-14 16:10"))
        yield bot


async def press(bot: RunningBot, user: int, label: str) -> str:
    await bot.press(user, bot.last(user), label)
    return bot.last(user).text


async def test_from_the_first_part_to_the_bulletin(kept: RunningBot) -> None:
    assert "活动记录 1/5：发言要点" in await press(kept, ZHAO, "开始写")
    (asked,) = await kept.say(ZHAO, "样李芳——作业要分层")
    assert asked.startswith("存好了。\n“共创式主题教研”活动记录 2/5：达成的共识")
    assert "作业要分层" in await press(kept, ZHAO, "上一项")
    for _ in range(3):
        await press(kept, ZHAO, "下一项")
    (doubt,) = await kept.say(ZHAO, "整理样例——样李芳——下周三\n收集反馈——样无人")
    assert doubt.startswith("第2行的“样无人”名册里没有")
    (unclear,) = await kept.say(ZHAO, "整理样例——样李芳——昨天")
    assert unclear.startswith("第1行的时间没看懂")
    (materials,) = await kept.say(ZHAO, "整理样例——样李芳——下周三")
    assert "5/5：资料清单" in materials
    (added,) = await kept.send(ZHAO, "课件.pptx", b"x")
    assert "课件.pptx" in added
    shown = await press(kept, ZHAO, "看全部")
    assert "整理样例——样李芳——10月21日（星期三）" in shown
    done = await press(kept, ZHAO, "提交")
    assert done.startswith("“共创式主题教研”的活动记录提交好了，辛苦了！\n有下一步任务的1位老师")
    await kept.until(local("10-14 16:20"))
    assert "整理样例，10月21日（星期三）前" in kept.last(LI).text
    draft = kept.last(OFFICE)
    assert "研讨要点：\n· 作业要分层" in draft.text
    assert "样李芳" not in draft.text
    for _ in range(2):
        await kept.press(OFFICE, draft, "发布")
    await kept.until(local("10-14 16:30"))
    sent = [one.text for one in kept.room.messages(TEACHING) if one.text.startswith("【简报】")]
    assert len(sent) == 1
    assert "主题：作业设计" in sent[0]
    await kept.say(OFFICE, "/report")
    await kept.press(OFFICE, kept.last(OFFICE), "10月14日（星期三） 共创式主题教研")
    assert "（已归档）" in kept.last(OFFICE).text


async def test_what_was_written_is_there_after_a_new_start_and_the_next_part_is_still_awaited(
    kept: RunningBot,
) -> None:
    await press(kept, ZHAO, "开始写")
    await kept.say(ZHAO, "样李芳——作业要分层")
    kept.people.say(ZHAO, ZHAO, "先在两个班试")
    await kept.parts.receiver.stop()  # nobody has heard the second part yet
    async with kept.started_anew() as bot:
        await bot.settle()
        assert bot.last(ZHAO).text.startswith("存好了。\n“共创式主题教研”活动记录 3/5")
        assert "先在两个班试" in await press(bot, ZHAO, "上一项")
        assert "作业要分层" in await press(bot, ZHAO, "上一项")
