"""Each person in the language chosen: answers, presses, what is owed; groups in that of the installation."""

from datetime import date

from bot.rehearsal import rehearsed
from bot.voice import Voices
from tests.bot.running_bot import LI, NOBODY, STRANGE, TEACHING, WANG, RunningBot
from tests.handlers.event_sample import local


async def chosen(bot: RunningBot, user: int, button: str = "English") -> None:
    await bot.say(user, "/settings")
    await bot.press(user, bot.last(user), button)


async def test_settings_offers_both_languages_and_speaks_the_one_pressed_at_once(bot: RunningBot) -> None:
    assert "我用中文跟您说话" in (await bot.say(LI, "/settings"))[0]
    asked = bot.last(LI)
    assert [[button["text"] for button in row] for row in asked.buttons] == [["中文", "English"]]
    await bot.press(LI, asked, "English")
    assert asked.text.startswith("From now on I speak English")
    assert "what comes next" in (await bot.say(LI, "/help"))[0]
    await bot.press(LI, asked, "中文")
    assert asked.text.startswith("好的，从现在起")
    assert "最近的活动" in (await bot.say(LI, "/help"))[0]


async def test_in_a_group_settings_points_to_the_private_chat_and_the_link_opens_them(bot: RunningBot) -> None:
    await chosen(bot, LI)
    assert "https://t.me/jiaolian_bot?start=settings" in (await bot.say(LI, "/settings", TEACHING))[0]
    assert "I speak English" in (await bot.say(LI, "/start settings"))[0]


async def test_a_group_hears_its_own_language_whoever_asks(bot: RunningBot) -> None:
    await chosen(bot, LI)
    assert "最近的活动" in (await bot.say(LI, "/help", TEACHING))[0]
    assert "还没有绑定" in (await bot.say(LI, "/help", STRANGE))[0]


async def test_a_press_and_a_remark_are_answered_in_the_pressers_language(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    card = bot.last(TEACHING)
    await chosen(bot, LI)
    assert (await bot.press(LI, card, "参加"))["text"].startswith("Noted: coming")
    assert "参加" in (await bot.press(WANG, card, "参加"))["text"]
    assert "通知" in card.text
    assert "no longer" in (await bot.forge(LI, card, "nonsense"))["text"]
    assert "I do not know" in (await bot.say(LI, "/dance"))[0]


async def test_a_forged_choice_changes_no_message_of_a_group(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    card, before = bot.last(TEACHING), bot.last(TEACHING).text
    assert "English" in (await bot.forge(LI, card, "language:en"))["text"]
    assert card.text == before


async def test_what_is_owed_to_a_person_comes_in_the_persons_language_as_it_was_rehearsed(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await chosen(bot, LI)
    await bot.say(WANG, "您好")
    await bot.until(local("10-12 15:00"))
    assert bot.heard(LI)[-1].startswith("Dear 样李芳")
    assert bot.heard(WANG)[-1].startswith("样王强老师您好")
    day = date(2026, 10, 12)
    plan = {line.to.get("person"): line.text for line in rehearsed(bot.store, Voices("zh"), "sample", day, day)}
    assert plan["li"] == bot.heard(LI)[-1]
    assert plan["wang"] == bot.heard(WANG)[-1]


async def test_a_stranger_may_choose_too_and_learns_nothing_more(bot: RunningBot) -> None:
    await chosen(bot, NOBODY)
    assert (await bot.say(NOBODY, "/next"))[0].startswith("Hello, I help a school consortium's teachers")


async def test_words_are_understood_in_both_languages(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    await chosen(bot, LI)
    assert await bot.say(LI, "好的，谢谢") == []
    assert "coming" in (await bot.say(LI, "参加"))[0]
    assert await bot.say(WANG, "thanks") == []
