"""/privacy in the chat: seen, exported as a file, deleted at the second word; in a group only the way there."""

import json
from pathlib import Path

from store import updates
from store.updates import Raw, WorkedOff
from tests.bot.running_bot import LI, NOBODY, TEACHING, RunningBot
from tests.databases import name_of


async def test_one_sees_takes_along_and_deletes_ones_own(bot: RunningBot) -> None:
    assert "您的" in (await bot.say(LI, "/privacy"))[0]
    shown = bot.last(LI)
    assert [[button["text"] for button in row] for row in shown.buttons] == [["导出", "删除"]]
    await bot.press(LI, shown, "导出")
    document = bot.last(LI).document
    assert document is not None
    assert json.loads(bot.room.files[document["file_id"]][1])[0]["name"] == "样李芳"
    await bot.press(LI, shown, "删除")
    assert shown.text.startswith("真的要删除吗")
    assert "连同号码" in shown.text
    await bot.press(LI, shown, "确认删除")
    assert shown.text.startswith("已删除")
    assert not shown.buttons
    assert "邀请码" in (await bot.say(LI, "/next"))[0]


async def test_it_is_found_by_its_words_too(bot: RunningBot) -> None:
    for word in ("隐私", "我的数据"):
        assert (await bot.say(LI, word))[0].startswith("我这里记着您的信息")


async def test_in_a_group_it_is_no_ones_business(bot: RunningBot) -> None:
    assert "https://t.me/jiaolian_bot?start=privacy" in (await bot.say(LI, "/privacy", TEACHING))[0]
    assert "您的" in (await bot.say(LI, "/start privacy"))[0]
    assert "邀请码" in (await bot.say(NOBODY, "/privacy"))[0]


async def test_the_farewell_is_said_in_the_language_that_is_forgotten_with_the_account(bot: RunningBot) -> None:
    await bot.say(LI, "/settings")
    await bot.press(LI, bot.last(LI), "English")
    await bot.say(LI, "/privacy")
    shown = bot.last(LI)
    await bot.press(LI, shown, shown.buttons[0][1]["text"])
    assert shown.buttons
    await bot.press(LI, shown, shown.buttons[0][0]["text"])
    assert not shown.buttons
    assert shown.text.isascii() or "“" in shown.text
    assert "已删除" not in shown.text
    assert "我是教联助手" in (await bot.say(LI, "/help"))[0]


async def test_a_forged_press_in_a_group_shows_and_erases_nothing(bot: RunningBot) -> None:
    await bot.say(LI, "/help", TEACHING)
    for act in ("export", "erase", "erase_sure"):
        assert "已" in (await bot.forge(LI, bot.last(TEACHING), f"privacy:{act}"))["text"]
    assert "样李芳" in (await bot.say(LI, "/privacy"))[0]


async def test_within_the_hour_no_file_holds_what_is_forgotten(bot: RunningBot) -> None:
    bot.store.call(updates.keep, [Raw(5, "样例事由")], bot.clock.now())
    bot.store.call(updates.settle, [WorkedOff(5)])
    await bot.parts.plan()
    file = Path(name_of(str(bot.store.engine.url)))
    assert not [one for one in file.parent.glob(f"{file.name}*") if "样例事由".encode() in one.read_bytes()]
