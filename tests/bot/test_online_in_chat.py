"""线上参加 in the chat: the speaker presses under the code and writes names; nothing of it in the group."""

from collections.abc import AsyncIterator

import pytest

from scheduling.clock import MovableClock
from store.database import Store
from tests.bot.running_bot import LI, TEACHING, WANG, RunningBot, running_bot
from tests.handlers.event_sample import RESEARCH, begin, local
from tests.handlers.test_online import DETAIL


@pytest.fixture
async def spoken(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    begin(store, RESEARCH, occurrence=(DETAIL,))
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        for user in (LI, WANG):
            await bot.say(user, "/start")
        await bot.until(local("10-14 14:20"))
        yield bot


async def test_the_speaker_confirms_under_the_code(spoken: RunningBot) -> None:
    said = await spoken.say(LI, "/checkin")
    assert "有老师线上参加的，点“登记线上参加”。" in said[0]
    (shown,) = [one for one in spoken.messages(LI) if one.text == said[0]]
    await spoken.press(LI, shown, "登记线上参加")
    assert spoken.last(LI).text.startswith("共创式主题教研，10月14日（星期三，第7周）14:30\n哪位老师线上参加？")
    (done,) = await spoken.say(LI, "样王强老师")
    assert done == "已登记：样王强，线上参加 ✓\n共创式主题教研。还有的话，请接着写姓名。"
    await spoken.until(local("10-14 14:21"))
    assert "已更正为：线上" in spoken.last(WANG).text
    assert "样王强" not in "".join(spoken.heard(TEACHING))


async def test_later_the_way_is_report(spoken: RunningBot) -> None:
    await spoken.until(local("10-16 10:00"))
    (shown,) = await spoken.say(LI, "/report")
    assert shown.startswith("您主讲的活动。")
    await spoken.press(LI, spoken.last(LI), "10月14日（星期三） 共创式主题教研")
    assert "哪位老师线上参加？" in spoken.last(LI).text


async def test_in_a_group_the_press_is_forged(spoken: RunningBot) -> None:
    before = spoken.heard(TEACHING)
    await spoken.forge(LI, spoken.last(TEACHING), "online:1")
    assert spoken.heard(TEACHING) == before
