"""An organiser invites in private: a link, a code and a picture for one person, for a new phone, too."""

import re
from collections.abc import Mapping
from io import BytesIO

from tests.bot.running_bot import LI, NOBODY, OFFICE, TEACHING, RunningBot
from tests.qr_codes import read


def picture(bot: RunningBot) -> bytes:
    document = bot.last(OFFICE).document
    assert isinstance(document, Mapping)
    assert document["file_name"] == "invite.png"
    return bot.room.files[str(document["file_id"])][1]


async def test_a_name_gets_a_link_that_links_once(bot: RunningBot) -> None:
    (said,) = await bot.say(OFFICE, "/invite 样吴敏老师")
    assert "样吴敏老师（样例东校）的邀请" in said
    link = next(line for line in said.splitlines() if line.startswith("https://t.me/jiaolian_bot?start="))
    assert BytesIO(picture(bot)).read(8) == b"\x89PNG\r\n\x1a\n"
    code = link.partition("=")[2]
    assert "样吴敏老师您好，已绑定" in (await bot.say(NOBODY, f"/start {code}"))[0]
    assert "邀请码用不了" in (await bot.say(LI, f"/start {code}"))[0]


async def test_for_a_new_phone_the_old_one_is_named_and_ended(bot: RunningBot) -> None:
    await bot.say(LI, "/start")
    (said,) = await bot.say(OFFICE, "/invite 样李芳 样例中心校")
    assert "换成新账号" in said
    code = said.partition("?start=")[2].split()[0]
    await bot.say(NOBODY, f"/start {code}")
    await bot.parts.dispatcher.tick()
    assert "改由另一个账号使用" in bot.heard(LI)[-1]
    assert "不认识您" in (await bot.say(LI, "/next"))[0]


async def test_alone_it_names_who_is_not_linked(bot: RunningBot) -> None:
    for words in ("/invite", "邀请码", "/start invite"):
        listed, handed = await bot.say(OFFICE, words)
        assert "还没有绑定的老师有1位：\n样例东校1位：样吴敏\n" in listed
        assert "样吴敏" not in handed  # it is passed on
    assert "名册上没有找到“样无名”" in (await bot.say(OFFICE, "/invite 样无名"))[0]


async def test_a_link_is_handed_round_and_an_organiser_confirms_who_comes_by_it(bot: RunningBot) -> None:
    """With a picture of the same; even the very name of an account links nobody by itself."""
    *_, handed = await bot.say(OFFICE, "/invite")
    (link,) = re.findall(r"https://t\.me/jiaolian_bot\?start=join_[0-9a-z]{10}", handed)
    (size,) = bot.last(OFFICE).photo
    assert read(bot.room.files[str(size["file_id"])][1]) == link
    assert "请发您在名册上的姓名" in (await bot.say(NOBODY, f"/start {link.partition('=')[2]}"))[0]
    (sent,) = await bot.say(NOBODY, "样吴敏")
    assert "已请教联体办公室核对" in sent
    assert "再打开一次原来的链接" in sent
    await bot.parts.dispatcher.tick()
    assert "从转发的链接来的" in bot.heard(OFFICE)[-1]
    await bot.press(OFFICE, bot.last(OFFICE), "批准")
    await bot.parts.dispatcher.tick()
    assert "样吴敏老师您好，已绑定" in bot.heard(NOBODY)[-1]
    assert await bot.say(OFFICE, "/invite") == [
        "名册上的老师都已绑定。\n给某一位老师单独发邀请码：/invite 姓名（换手机的老师也一样）"
    ]


async def test_whoever_stopped_the_bot_is_named_to_the_organiser(bot: RunningBot) -> None:
    bot.people.block(LI)
    await bot.settle()
    assert "收不到我的私聊：样李芳。" in (await bot.say(OFFICE, "/invite"))[0]


async def test_nobody_else_invites_and_no_group_reads_a_code(bot: RunningBot) -> None:
    assert "组织者" in (await bot.say(LI, "/invite 样吴敏"))[0]
    assert "不认识您" in (await bot.say(NOBODY, "/invite 样吴敏"))[0]
    (said,) = await bot.say(OFFICE, "/invite 样吴敏", TEACHING)
    assert said == "这件事请私聊我办：https://t.me/jiaolian_bot?start=invite"
    assert "样吴敏" in (await bot.say(OFFICE, "/start invite"))[0]
