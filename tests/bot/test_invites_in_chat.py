"""An organiser invites in private: a link, a code and a picture for one person, for a new phone, too."""

from collections.abc import Mapping
from io import BytesIO

from tests.bot.running_bot import LI, NOBODY, OFFICE, TEACHING, RunningBot


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
    assert "还没有绑定的老师：样吴敏。" in (await bot.say(OFFICE, "/invite"))[0]
    assert "样吴敏" in (await bot.say(OFFICE, "邀请码"))[0]
    assert "名册上没有找到“样无名”" in (await bot.say(OFFICE, "/invite 样无名"))[0]


async def test_nobody_else_invites_and_no_group_reads_a_code(bot: RunningBot) -> None:
    assert "组织者" in (await bot.say(LI, "/invite 样吴敏"))[0]
    assert "不认识您" in (await bot.say(NOBODY, "/invite 样吴敏"))[0]
    (said,) = await bot.say(OFFICE, "/invite 样吴敏", TEACHING)
    assert said == "这件事请私聊我办：https://t.me/jiaolian_bot?start=invite"
    assert "样吴敏" in (await bot.say(OFFICE, "/start invite"))[0]
