"""Somebody in two consortiums is asked once which one answers, and sees it above each answer."""

from handlers.apply import Applied, Apply, apply
from store.blueprint import Blueprint
from tests.bot.running_bot import LI, RunningBot
from tests.handlers.event_sample import FILE, local
from tests.handlers.test_choose_consortium import ELSEWHERE


async def test_it_is_chosen_by_a_press_and_changed_in_the_settings(bot: RunningBot) -> None:
    applied = bot.store.call(apply, Apply(Blueprint.model_validate(FILE | ELSEWHERE)), local("10-08 09:00"))
    assert isinstance(applied, Applied)
    assert "由哪一个回答您" in (await bot.say(LI, "每月几次教研？"))[0]
    asked = bot.last(LI)
    assert [[button["text"] for button in row] for row in asked.buttons] == [["样例教联体"], ["邻区教联体"]]
    await bot.press(LI, asked, "邻区教联体")
    assert asked.text.startswith("好的，以后私聊里由邻区教联体回答您")
    assert (await bot.say(LI, "每月几次教研？"))[0].startswith("〔邻区教联体〕")
    assert "由邻区教联体回答您" in (await bot.say(LI, "/settings"))[0]
    await bot.press(LI, bot.last(LI), "样例教联体")
    assert (await bot.say(LI, "/next"))[0].startswith("〔样例教联体〕\n近一个月")
