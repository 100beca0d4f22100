"""/report in private: the roll of an event, who is checked in by hand, corrected, answered for; nothing in a group."""

from tests.bot.running_bot import LI, OFFICE, QIAN, TEACHING, WANG, ZHAO, ZHOU, RunningBot
from tests.handlers.event_sample import local

EVENT = "10月14日（星期三） 共创式主题教研"


async def announced(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-08 09:00"))
    for user in (OFFICE, ZHOU, WANG, QIAN):
        await bot.say(user, "/start")


async def rolled(bot: RunningBot, user: int) -> str:
    await bot.say(user, "/report")
    await bot.press(user, bot.last(user), EVENT)
    return bot.last(user).text


async def listed(bot: RunningBot, user: int) -> None:
    await rolled(bot, user)
    await bot.press(user, bot.last(user), "登记／更正")


def labels(bot: RunningBot, user: int) -> list[str]:
    return [button["text"] for row in bot.last(user).buttons for button in row]


async def closed(bot: RunningBot) -> None:
    """样李芳 and 样赵敏 came, 样赵敏 late."""
    await announced(bot)
    await bot.until(local("10-14 14:20"))
    await bot.press(LI, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 14:45"))
    await bot.press(ZHAO, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 15:00"))


async def test_the_roll_has_the_counts_first_and_then_the_names(bot: RunningBot) -> None:
    await closed(bot)
    shown = await rolled(bot, OFFICE)
    counts, _, names = shown.partition("\n\n")
    assert counts == (
        "共创式主题教研，10月14日（星期三，第7周）14:30（进行中）\n应到5人：缺席（待核）3人，已到1人，迟到1人"
    )
    assert "缺席（待核） 3人\n样例东校：样吴敏、样周明、样王强" in names
    assert "迟到 1人\n样例东校：样赵敏" in names


async def test_a_school_sees_its_own_people_and_a_teacher_nobody(bot: RunningBot) -> None:
    await closed(bot)
    assert "样李芳" not in await rolled(bot, ZHOU)
    assert "样例东校（进行中）\n应到4人" in bot.last(ZHOU).text
    assert "应到1人" in (looked_on := await rolled(bot, QIAN))
    assert "样李芳" not in looked_on  # totals alone
    assert labels(bot, QIAN) == ["其他活动", "打印表格"]  # a principal looks on
    refused = await bot.forge(WANG, bot.last(WANG), "roll:1")
    assert "名单由教联体办公室查看" in refused["text"]


async def test_in_a_group_there_is_only_the_way(bot: RunningBot) -> None:
    await announced(bot)
    (said,) = await bot.say(OFFICE, "/report", TEACHING)
    assert "?start=report" in said
    await bot.forge(OFFICE, bot.last(TEACHING), "roll:1")
    assert "样王强" not in "".join(bot.heard(TEACHING))
    assert EVENT in "".join([*await bot.say(OFFICE, "/start report"), *labels(bot, OFFICE)])


async def test_at_the_close_who_is_missing_is_told_once_with_the_way_to_correct(bot: RunningBot) -> None:
    await closed(bot)
    told = bot.last(ZHOU)
    assert told.text.startswith("样周明老师您好，10月14日（星期三，第7周）14:30的“共创式主题教研”，还有2位老师没有签到")
    assert labels(bot, ZHOU) == ["登记／更正", "名单"]
    await bot.until(local("10-15 12:00"))
    assert [one for one in bot.heard(ZHOU) if "缺席（待核）" in one] == [told.text]
    assert "缺席" not in "".join(bot.heard(TEACHING))
    assert "样王强" not in "".join(bot.heard(TEACHING))
    await bot.press(ZHOU, told, "登记／更正")
    assert bot.messages(ZHOU)[-2].text == told.text  # the list of the missing stays in sight
    assert labels(bot, ZHOU)[0].endswith("缺席（待核）")


async def test_whoever_is_missing_is_told_and_asks_for_leave_by_a_press(bot: RunningBot) -> None:
    await closed(bot)
    told = bot.last(WANG)
    assert "没有看到您的签到" in told.text
    await bot.press(WANG, told, "补假")
    assert bot.messages(WANG)[-2].text == told.text
    assert labels(bot, WANG)[0] == "病假"
    await bot.press(WANG, bot.last(WANG), "病假")
    await bot.say(WANG, "样例事由")
    await bot.settle()
    await bot.until(local("10-14 15:05"))
    assert labels(bot, ZHOU)[:2] == ["批准", "不批准"]
    assert "样王强" not in "".join(bot.heard(TEACHING))


async def test_a_correction_is_a_few_presses_and_a_word_and_the_person_hears_of_it(bot: RunningBot) -> None:
    await closed(bot)
    await listed(bot, ZHOU)
    await bot.press(ZHOU, bot.last(ZHOU), "样王强 · 缺席（待核）")
    assert "现在：缺席（待核）" in bot.last(ZHOU).text
    assert "免到" not in labels(bot, ZHOU)
    await bot.press(ZHOU, bot.last(ZHOU), "公务")
    assert bot.last(ZHOU).text.startswith("样王强：缺席（待核） → 公务\n请写一句说明")
    (done,) = await bot.say(ZHOU, "上级会议")
    assert done == "已更正：样王强，缺席（待核） → 公务\n共创式主题教研。我会私聊告诉本人。"
    await bot.until(local("10-14 15:01"))
    assert "您的考勤已更正为：公务（原来是：缺席（待核））。\n说明：上级会议\n由样周明登记。" in bot.last(WANG).text
    assert "公务1人" in await rolled(bot, OFFICE)
    assert "样王强" not in "".join(bot.heard(TEACHING))


async def test_the_word_may_be_left_out_but_never_for_truant(bot: RunningBot) -> None:
    await closed(bot)
    await listed(bot, ZHOU)
    await bot.press(ZHOU, bot.last(ZHOU), "样王强 · 缺席（待核）")
    await bot.press(ZHOU, bot.last(ZHOU), "旷")
    assert labels(bot, ZHOU) == []
    assert (await bot.forge(ZHOU, bot.last(ZHOU), "unsaid:1:2:truant"))["show_alert"]
    assert "旷" not in await rolled(bot, OFFICE)
    await listed(bot, ZHOU)
    await bot.press(ZHOU, bot.last(ZHOU), "样王强 · 缺席（待核）")
    await bot.press(ZHOU, bot.last(ZHOU), "早退")
    await bot.press(ZHOU, bot.last(ZHOU), "不写说明")
    assert bot.last(ZHOU).text.startswith("已更正：样王强，缺席（待核） → 早退")


async def test_a_name_may_be_written_instead(bot: RunningBot) -> None:
    await closed(bot)
    await listed(bot, OFFICE)
    (opened,) = await bot.say(OFFICE, "样王强老师")
    assert opened.startswith("样王强（样例东校）")
    (unknown,) = await bot.say(OFFICE, "张三")
    assert "没找到“张三”" in unknown


async def test_somebody_is_checked_in_by_hand_and_the_card_counts_it(bot: RunningBot) -> None:
    await announced(bot)
    await bot.until(local("10-14 14:20"))
    await listed(bot, OFFICE)
    await bot.press(OFFICE, bot.last(OFFICE), "样吴敏 · 应到")
    await bot.press(OFFICE, bot.last(OFFICE), "已到")
    assert bot.last(OFFICE).text == "已为样吴敏老师补签 ✓ 共创式主题教研，14:20（记为办公室补签）"
    await bot.until(local("10-14 14:21"))
    assert "1/5" in bot.last(TEACHING).text


async def test_before_it_begins_an_answer_is_registered_for_somebody(bot: RunningBot) -> None:
    await announced(bot)
    await listed(bot, OFFICE)
    await bot.press(OFFICE, bot.last(OFFICE), "样王强 · 应到")
    await bot.press(OFFICE, bot.last(OFFICE), "代登记：参加")
    assert bot.last(OFFICE).text.startswith("已代为登记：样王强，参加 ✓")
    assert "应到（回复参加） 1人\n样例东校：样王强" in await rolled(bot, OFFICE)


async def test_what_others_press_or_forge_shows_and_changes_nothing(bot: RunningBot) -> None:
    await closed(bot)
    await rolled(bot, OFFICE)
    before = await rolled(bot, OFFICE)
    for user in (WANG, QIAN):
        message = bot.last(user)
        for data in ("mark:1:2:present", "unsaid:1:2:present", "mark:1:2:accepted", "roll_people:1:1", "mark:1:2"):
            assert (await bot.forge(user, message, data))["show_alert"]
    assert (await bot.forge(WANG, bot.last(WANG), "roll:1"))["show_alert"]
    assert await rolled(bot, OFFICE) == before


async def test_where_everybody_comes_nobody_is_told_of_anybody(bot: RunningBot) -> None:
    await announced(bot)
    await bot.until(local("10-14 14:20"))
    for user in (LI, WANG, ZHAO, ZHOU):
        await bot.press(user, bot.last(TEACHING), "签到")
    await listed(bot, OFFICE)
    await bot.press(OFFICE, bot.last(OFFICE), "样吴敏 · 应到")
    await bot.press(OFFICE, bot.last(OFFICE), "已到")
    await bot.until(local("10-16 12:00"))
    assert not [said for user in (OFFICE, ZHOU) for said in bot.heard(user) if "没有签到" in said]
