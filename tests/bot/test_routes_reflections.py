"""Reflections through Telegram: skipped, edited in place, removed, read by whom they are for, and by nobody else."""

import logging
from datetime import time

import pytest

from sandbox.state import Message
from scheduling.clock import MovableClock
from store import reflections
from store.database import Session, Store
from store.reflections import ReflectionState
from tests.bot.running_bot import EVERYBODY, LI, OFFICE, QIAN, TEACHING, WANG, ZHAO, ZHOU, RunningBot, running_bot
from tests.handlers.event_sample import FILE, MEETING, begin, local, number, person

SECRET, SHARED, LATER = "金丝雀甲：学生怕提问", "金丝雀乙：多等三秒", "金丝雀丙：改过一版"


@pytest.fixture
async def asked(bot: RunningBot) -> RunningBot:
    """14 October, 16:01: 李芳 (core), 王强 and 赵敏 (east) were there and are asked; everybody has a private chat."""
    bot.clock.move_to(local("10-07 09:00"))
    for who in (LI, WANG, ZHAO, ZHOU, QIAN, OFFICE):
        bot.people.start(who)
    await bot.settle()
    await bot.until(local("10-14 14:20"))
    for who in (LI, WANG, ZHAO):
        await bot.press(who, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 16:01"))
    return bot


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message.buttons for button in row]


def state(session: Session, key: str = "li") -> ReflectionState:
    research = number(session, "research", local("10-14 14:30"), "")
    return reflections.state_of(reflections.of(session, research, person(session, key)))


async def test_this_time_none_is_one_press_and_the_last_word(asked: RunningBot) -> None:
    bot, request = asked, asked.last(LI)
    assert labels(request) == ["这次不写"]
    await bot.press(LI, request, "这次不写")
    assert request.text.startswith("好的，这次就不写了")
    assert request.buttons == []
    before = bot.heard(LI)
    await bot.until(local("10-18 09:00"))
    assert bot.heard(LI) == before
    assert "共创式主题教研：这次不写" in (await bot.say(LI, "/reflect"))[0]


async def test_whoever_edits_the_message_edits_the_reflection_also_when_it_is_handed_in(asked: RunningBot) -> None:
    bot = asked
    written = bot.people.say(LI, LI, "学生讲得比我好。")
    await bot.settle()
    draft = bot.last(LI)
    bot.people.edit(LI, LI, written.id, "学生讲得比我好，要多让位。")
    await bot.settle()
    assert "13字，还没有提交" in bot.last(LI).text
    await bot.press(LI, draft, "提交")
    bot.people.edit(LI, LI, written.id, "要多让位。")
    await bot.settle()
    assert bot.last(LI).text == "“共创式主题教研”的反思已更新，5字，仍算已提交（仅本校可见）。"
    assert bot.store.call(state) is ReflectionState.SUBMITTED
    before = bot.heard(LI)
    bot.people.edit(LI, LI, written.id, "要多让位。")  # a change that nobody sees
    await bot.settle()
    assert bot.heard(LI) == before


async def test_an_edit_of_any_other_message_is_no_act(asked: RunningBot) -> None:
    bot = asked
    other = bot.people.say(ZHOU, ZHOU, "您好")
    group = bot.people.say(LI, TEACHING, "@jiaolian_bot 您好")
    await bot.settle()
    before = [bot.heard(chat) for chat in (ZHOU, TEACHING, LI)]
    bot.people.edit(ZHOU, ZHOU, other.id, "学生讲得比我好。")
    bot.people.edit(LI, TEACHING, group.id, "@jiaolian_bot 学生讲得比我好。")
    await bot.settle()
    assert [bot.heard(chat) for chat in (ZHOU, TEACHING, LI)] == before
    assert bot.store.call(state) is ReflectionState.MISSING


async def test_it_is_found_again_read_and_removed(asked: RunningBot) -> None:
    bot = asked
    await bot.say(LI, SECRET)
    await bot.press(LI, bot.last(LI), "提交")
    await bot.say(LI, "/reflect")
    listing = bot.last(LI)
    assert "10月14日（星期三）共创式主题教研：仅本校可见" in listing.text
    await bot.press(LI, listing, listing.buttons[0][0]["text"])
    shown = bot.last(LI)
    assert SECRET in shown.text
    assert labels(shown) == ["同意公开", "仅本校可见", "修改", "删除", "打印反思"]
    await bot.press(LI, shown, "删除")
    assert labels(shown) == ["确认删除"]
    assert bot.store.call(state) is ReflectionState.SUBMITTED
    await bot.press(LI, shown, "确认删除")
    assert shown.text.startswith("“共创式主题教研”的反思已删除")
    assert bot.store.call(state) is ReflectionState.REMOVED
    assert not any(SECRET in text for text in bot.heard(LI))


async def test_the_approver_reads_the_own_school_in_private(asked: RunningBot) -> None:
    bot = asked
    for who, text in ((LI, SECRET), (WANG, SHARED)):
        await bot.say(who, text)
        await bot.press(who, bot.last(who), "提交")
    await bot.say(ZHOU, "/reflect")
    await bot.press(ZHOU, bot.last(ZHOU), "本校反思")
    events = bot.last(ZHOU)
    assert "10月14日（星期三）共创式主题教研：1篇" in events.text
    await bot.press(ZHOU, events, events.buttons[0][0]["text"])
    assert bot.last(ZHOU).text.endswith(f"样王强：\n{SHARED}")
    assert SECRET not in bot.last(ZHOU).text


async def test_a_forged_press_shows_nobody_anything(asked: RunningBot) -> None:
    bot = asked
    await bot.say(WANG, SECRET)
    await bot.press(WANG, bot.last(WANG), "提交")
    card, private = bot.last(TEACHING), bot.last(LI)
    for data in ("texts:1:school", "texts:1:consortium", "reflections:1:school", "own_reflection:1"):
        for who in (LI, QIAN, OFFICE, ZHOU):
            assert SECRET not in str(await bot.forge(who, card, data))
        assert SECRET not in str(await bot.forge(LI, private, data))
    assert not any(SECRET in text for chat in (LI, QIAN, OFFICE, TEACHING) for text in bot.heard(chat))


async def test_what_is_not_shared_reaches_nobody_but_its_author_and_the_own_schools_approver(
    asked: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    for room in ("bot", "handlers", "scheduling", "store"):
        caplog.set_level(logging.DEBUG, logger=room)
    bot = asked
    written = bot.people.say(LI, LI, "样例")
    await bot.settle()
    bot.people.edit(LI, LI, written.id, SECRET)
    await bot.settle()
    for who, text in ((WANG, SHARED), (ZHAO, LATER)):
        await bot.say(who, text)
    for who in (LI, WANG, ZHAO):
        draft = bot.last(who)
        await bot.press(who, draft, "提交")
        await bot.press(who, draft, "仅本校可见" if who == LI else "同意公开")
    for who in EVERYBODY[:-1]:
        for command in ("/reflect", "/privacy", "/next", SECRET[:5]):
            await bot.say(who, command)
        for data in ("reflections:1:own", "reflections:1:school", "reflections:1:consortium"):
            await bot.forge(who, bot.last(who), data)
        for one in range(1, 4):
            for data in (f"texts:{one}:school", f"texts:{one}:consortium", f"own_reflection:{one}"):
                await bot.forge(who, bot.last(who), data)
    await bot.until(local("11-02 09:00"))
    digest = bot.last(TEACHING)
    assert SHARED in digest.text
    assert "样王强" not in digest.text
    await bot.say(WANG, "/reflect")
    await bot.press(WANG, bot.last(WANG), bot.last(WANG).buttons[0][0]["text"])
    await bot.press(WANG, bot.last(WANG), "仅本校可见")
    await bot.until(local("11-02 09:10"))
    assert SHARED not in digest.text
    assert LATER in digest.text
    reached = {str(call.sent.get("chat_id")) for call in bot.room.calls if SECRET in str(call.sent)}
    assert reached == {str(LI)}
    mine = {str(call.sent.get("chat_id")) for call in bot.room.calls if LATER in str(call.sent)}
    assert mine == {str(ZHAO), str(ZHOU), str(OFFICE), str(TEACHING)}
    assert "金丝雀" not in caplog.text
    assert "金丝雀" not in bot.store.call(leftovers)


def leftovers(session: Session) -> str:
    """What is kept of updates and of what was sent and asked."""
    tables = ("inbox_update", "delivery", "prompt", "audit", "reminder")
    return str([session.connection().exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])


async def test_one_of_several_in_one_message_is_answered_beside_it(store: Store, clock: MovableClock) -> None:
    """Within `private_budget`: what the message says of the others, and their buttons, stay."""
    both = [MEETING | {"key": f"m{hour}", "title": f"样例{hour}点会", "at": time(hour)} for hour in (8, 10)]
    begin(store, *both, consortium=FILE["consortium"] | {"private_budget": 1})
    clock.move_to(local("10-20 09:00"))
    async with running_bot(store, clock) as bot:
        bot.people.start(LI)
        await bot.settle()
        await bot.until(local("10-21 16:00"))
        request = bot.last(LI)
        text, buttons = request.text, labels(request)
        assert "样例8点会" in text
        assert "样例10点会" in text
        await bot.press(LI, request, buttons[0])
        assert (request.text, labels(request)) == (text, buttons)
        assert bot.last(LI).text.startswith("好的，这次就不写了")
