"""A name is claimed through Telegram: a group's button, a private question, an organiser's press."""

import pytest

from store import invites, persons
from store.accounts import Account
from tests.bot.running_bot import LI, NOBODY, OFFICE, STRANGE, TEACHING, RunningBot
from tests.handlers.event_sample import local, person


@pytest.fixture
async def asked(bot: RunningBot) -> RunningBot:
    """NOBODY has pressed 认领姓名 in the group, and is asked for the name in private."""
    await bot.say(OFFICE, "/start")
    await bot.say(OFFICE, "/bind 样例教研群", TEACHING)
    answer = await bot.press(NOBODY, bot.last(TEACHING), "认领姓名")
    assert answer["url"] == "https://t.me/jiaolian_bot?start=claim"
    assert "样例教联体" in (await bot.say(NOBODY, "/start claim"))[0]
    return bot


def who(bot: RunningBot, user: int) -> str | None:
    known = bot.store.call(persons.of_account, Account("telegram", str(user)), 1)
    return known.key if known else None


async def heard_by_office(bot: RunningBot) -> str:
    await bot.until(local("10-08 09:01"))
    return bot.heard(OFFICE)[-1]


async def test_whoever_bears_the_name_is_linked_at_once_and_the_organiser_may_undo_it(asked: RunningBot) -> None:
    asked.room.users[NOBODY].first_name = "样吴敏"
    assert "样吴敏老师您好，已绑定" in (await asked.say(NOBODY, "样吴敏老师"))[0]
    assert who(asked, NOBODY) == "wu"
    assert "已自己认领姓名" in await heard_by_office(asked)
    await asked.press(OFFICE, asked.last(OFFICE), "撤销")
    await asked.parts.dispatcher.tick()
    assert "没有绑定。" in asked.last(OFFICE).text
    assert "没有通过组织者核对" in asked.heard(NOBODY)[-1]
    assert who(asked, NOBODY) is None


async def test_a_doubtful_claim_is_approved_by_one_press_and_the_old_account_is_told(asked: RunningBot) -> None:
    await asked.say(LI, "/start")
    assert "请教联体办公室核对" in (await asked.say(NOBODY, "样李芳"))[0]
    request = await heard_by_office(asked)
    assert "有人认领姓名：样李芳（样例中心校）" in request
    assert "批准后换成新账号" in request
    await asked.press(OFFICE, asked.last(OFFICE), "批准")
    await asked.parts.dispatcher.tick()
    assert "已批准，已绑定" in asked.last(OFFICE).text
    assert "样李芳老师您好，已绑定" in asked.heard(NOBODY)[-1]
    assert "改由另一个账号使用" in asked.heard(LI)[-1]
    assert (who(asked, NOBODY), who(asked, LI)) == ("li", None)


async def test_a_new_phone_tells_the_old_one(bot: RunningBot) -> None:
    await bot.say(LI, "/start")
    code = bot.store.call(lambda session: invites.issue(session, person(session, "li"), bot.clock.now()))
    await bot.say(NOBODY, f"/start {code}")
    await bot.parts.dispatcher.tick()
    assert "改由另一个账号使用" in bot.heard(LI)[-1]


async def test_an_old_phone_that_has_blocked_us_is_told_when_it_lets_us_in_again(bot: RunningBot) -> None:
    await bot.say(LI, "/start")
    bot.room.users[LI].blocked = True  # nothing tells us
    code = bot.store.call(lambda session: invites.issue(session, person(session, "li"), bot.clock.now()))
    await bot.say(NOBODY, f"/start {code}")
    await bot.until(local("10-08 09:02"))
    assert "改由另一个账号使用" not in bot.heard(LI)[-1]
    await bot.say(LI, "/start")
    await bot.until(local("10-08 09:04"))
    assert "改由另一个账号使用" in bot.heard(LI)[-1]


async def test_forged_presses_and_links_claim_nothing(bot: RunningBot) -> None:
    await bot.say(NOBODY, "/start")
    await bot.say(LI, "/help", TEACHING)
    assert "不认识您" in (await bot.say(NOBODY, "/start claim"))[0]
    private = bot.last(NOBODY)
    for data in ("meet", "claim:1:approved", "claim:999:undo"):
        assert (await bot.forge(NOBODY, private, data))["text"]
    assert "不认识您" in (await bot.say(NOBODY, "/start claim"))[0]
    await bot.say(LI, "/help", STRANGE)
    assert "不认识您" in (await bot.forge(NOBODY, bot.last(STRANGE), "meet"))["text"]
    assert who(bot, NOBODY) is None
