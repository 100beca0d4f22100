"""/schedule in private: words are read back, taken by a press, told to whoever was told before, and taken back."""

from datetime import date, timedelta

from handlers.put_entries import PutEntries, put_entries
from store.amendments import Entries
from store.blueprint import Detail
from tests.bot.running_bot import LI, OFFICE, QIAN, TEACHING, RunningBot
from tests.handlers.event_sample import local
from tests.store.policy_sample import CHARTER, publish

TOLD = local("10-08 09:00")
NEXT_DAY = "10月15日（星期四，第7周）14:30—16:00"


async def opened(bot: RunningBot) -> None:
    """The event of the 14th was announced, and the organiser has opened it."""
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(TOLD)
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), "10月14日（星期三） 共创式主题教研")


async def chosen(bot: RunningBot) -> None:
    """The next of them is opened."""
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), bot.last(OFFICE).buttons[0][0]["text"])


async def taken(bot: RunningBot, words: str) -> list[str]:
    """What the group hears when it is taken."""
    before = len(bot.heard(TEACHING))
    bot.clock.move_to(bot.clock.now() + timedelta(minutes=1))
    await chosen(bot)
    await bot.say(OFFICE, words)
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.until(bot.clock.now())
    return bot.heard(TEACHING)[before:]


async def test_a_moved_event_is_read_back_taken_and_told_once(bot: RunningBot) -> None:
    await opened(bot)
    (shown,) = await bot.say(OFFICE, "改到周四同一时间，因为监考冲突")
    assert f"共创式主题教研：10月14日（星期三）14:30改到{NEXT_DAY}" in shown
    assert len(bot.heard(TEACHING)) == 1  # nothing holds yet
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.until(TOLD)
    told = bot.heard(TEACHING)
    assert len(told) == 2
    assert f"改为：{NEXT_DAY}" in told[1]
    assert "原因：监考冲突" in told[1]
    assert "请在10月14日（星期三）14:30前重新点“参加”或“请假”" in told[1]
    assert NEXT_DAY in told[0]  # the announcement is edited
    await bot.press(LI, bot.last(TEACHING), "参加")
    await bot.until(local("10-08 09:01"))
    assert "已回复 1/5" in bot.heard(TEACHING)[1]


async def test_an_answer_stays_unless_the_day_changes(bot: RunningBot) -> None:
    await opened(bot)
    await bot.press(LI, bot.last(TEACHING), "参加")
    (told,) = await taken(bot, "改到下午三点")
    assert "已经回复的老师不用再点" in told
    assert "已回复 1/5" in told
    (told,) = await taken(bot, "改到周五同一时间")
    assert "之前的回复不再算数" in told
    assert "已回复" not in told


async def test_what_comes_to_be_known_is_edited_in_and_what_is_overturned_is_said(bot: RunningBot) -> None:
    await opened(bot)
    assert "地点：样例东校（具体地点待定）\n" in bot.heard(TEACHING)[0]
    assert await taken(bot, "地点 二楼报告厅；主讲 样李芳；课题：《背影》；请带 听课本") == []
    announced = bot.heard(TEACHING)[0]
    assert "地点：样例东校 二楼报告厅\n" in announced
    assert "主讲：样李芳，《背影》\n" in announced
    assert "请带：听课本" in announced
    (told,) = await taken(bot, "地点 三楼会议室")
    assert told.startswith("【地点调整】共创式主题教研")
    assert "地点：改为样例东校 三楼会议室" in told


async def test_a_cancelled_event_is_told_shown_and_taken_back(bot: RunningBot) -> None:
    await opened(bot)
    (told,) = await taken(bot, "停一次，因为大雪")
    assert told.startswith("【活动取消】10月14日（星期三，第7周）14:30的共创式主题教研取消")
    assert "原因：大雪" in told
    assert "【活动取消】" in bot.heard(TEACHING)[0]
    assert not bot.messages(TEACHING)[0].buttons
    await bot.press(OFFICE, bot.last(OFFICE), "撤销")
    await bot.until(bot.clock.now())
    assert bot.heard(TEACHING)[2].startswith("【恢复举行】共创式主题教研照常举行")
    assert "【活动通知】" in bot.heard(TEACHING)[0]


async def test_what_is_undone_before_anybody_heard_is_not_told(bot: RunningBot) -> None:
    await opened(bot)
    await bot.say(OFFICE, "停一次")
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.press(OFFICE, bot.last(OFFICE), "撤销")
    await bot.until(bot.clock.now())
    assert len(bot.heard(TEACHING)) == 1
    assert "【活动通知】" in bot.heard(TEACHING)[0]


async def test_this_and_all_later_ones(bot: RunningBot) -> None:
    await opened(bot)
    await bot.say(OFFICE, "改到下午三点")
    message = bot.last(OFFICE)
    await bot.press(OFFICE, message, "以后都这样")
    assert "（以后各次一起改）" in message.text
    assert "11月11日（星期三）14:30改到11月11日（星期三，第11周）15:00—16:30" in message.text
    assert "9月" not in message.text
    await bot.press(OFFICE, message, "生效")
    assert "11月11日（星期三，第11周）15:00" in (await bot.say(OFFICE, "/schedule"))[0]


async def test_a_later_one_that_cannot_go_along_is_named_with_what_becomes_of_it(bot: RunningBot) -> None:
    await opened(bot)
    await bot.say(OFFICE, "/schedule off 11-12 体检")
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await chosen(bot)
    await bot.say(OFFICE, "改到周四同一时间")
    message = bot.last(OFFICE)
    await bot.press(OFFICE, message, "以后都这样")
    stays = "11月11日（星期三）14:30的一次不动：挪过去是11月12日（星期四），那天不上课。"
    assert stays in message.text
    assert "12月9日（星期三）14:30改到12月10日" in message.text
    await bot.press(OFFICE, message, "生效")
    assert stays in message.text
    assert "11月11日（星期三，第11周）14:30" in (await bot.say(OFFICE, "/schedule"))[0]


async def test_reminders_are_read_back_in_words(bot: RunningBot) -> None:
    await opened(bot)
    (shown,) = await bot.say(OFFICE, "提前两天和提前30分钟提醒")
    assert "提醒：提前2天、提前30分钟\n" in shown
    assert "再通知一次" not in shown


async def test_a_day_off_is_shown_with_what_it_moves(bot: RunningBot) -> None:
    (shown,) = await bot.say(OFFICE, "/schedule off 10-14 2026-10-15 秋季运动会")
    assert "10月14日（星期三）至10月15日（星期四）不上课：秋季运动会。" in shown
    assert "10月14日（星期三）14:30改到10月16日（星期五，第7周）14:30—16:00" in shown
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    assert bot.last(OFFICE).text == "已生效。改错了可以点“撤销”。\n\n" + shown.split("\n\n")[0]
    assert "10月16日（星期五，第7周）14:30" in (await bot.say(OFFICE, "/schedule"))[0]


async def test_a_rule_in_words_is_read_back_with_its_next_dates(bot: RunningBot) -> None:
    (asked,) = await bot.say(OFFICE, "/schedule 每月最后一个周五 骨干教师沙龙 60分钟")
    assert asked == "请写上几点，或者第几节。"
    (shown,) = await bot.say(OFFICE, "下午四点")
    assert "骨干教师沙龙：10月30日（星期五，第9周）16:00—17:00\n骨干教师沙龙：11月27日" in shown
    assert "通知发到“样例教研群”" in shown
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    assert "10月30日（星期五，第9周）16:00 骨干教师沙龙" in (await bot.say(OFFICE, "/schedule"))[0]


async def test_what_is_doubtful_is_asked_back_and_nothing_is_stored(bot: RunningBot) -> None:
    await opened(bot)
    for words, answer in {
        "改到2月30日": "没有这一天",
        "改到明年3月3日下午三点": "不在",
        "改到上周三": "已经过了",
        "主讲 样不存在": "名册里找不到“样不存在”",
        "随便吧": "没看懂",
    }.items():
        (said,) = await bot.say(OFFICE, words)
        assert answer in said, words
        assert not bot.last(OFFICE).buttons


async def test_a_question_is_answered_while_an_event_is_open_and_it_stays_open(bot: RunningBot) -> None:
    bot.store.call(publish, 1, CHARTER)
    await opened(bot)
    for words, answer in {
        "每月教研几次？": "每月开展一次联合教研",
        "交流时间是几年": "交流时间为两年",  # sure, though no question mark says so
        "食堂周末开门吗": "里没有写到这一点",
        "主讲是谁？": "里没有写到这一点",  # not a speaker called 谁
        "改到上周三？": "已经过了",  # a change, put as a question
        "随便吧": "没看懂",
    }.items():
        (said,) = await bot.say(OFFICE, words)
        assert answer in said, words
    assert NEXT_DAY in (await bot.say(OFFICE, "改到周四同一时间"))[0]


async def test_a_question_does_not_lose_what_was_asked_back(bot: RunningBot) -> None:
    bot.store.call(publish, 1, CHARTER)
    assert "几点" in (await bot.say(OFFICE, "/schedule 每月最后一个周五 骨干教师沙龙 60分钟"))[0]
    assert "每月开展一次联合教研" in (await bot.say(OFFICE, "每月教研几次？"))[0]
    assert "骨干教师沙龙：10月30日" in (await bot.say(OFFICE, "下午四点"))[0]


async def test_only_those_in_charge_change_the_plan(bot: RunningBot) -> None:
    assert "活动安排由教联体办公室来改" in (await bot.say(LI, "/schedule"))[0]
    assert "活动安排由教联体办公室来改" in (await bot.say(LI, "/schedule off 10-14"))[0]
    assert "活动安排由教联体办公室来改" in (await bot.say(QIAN, "/schedule"))[0]  # another school hosts in October
    bot.clock.move_to(local("10-20 09:00"))
    await bot.parts.plan()
    await bot.say(QIAN, "/schedule")  # the principal of the school that hosts in November
    await bot.press(QIAN, bot.last(QIAN), "11月11日（星期三） 共创式主题教研")
    assert "承办学校可以改地点" in (await bot.say(QIAN, "停一次"))[0]
    await bot.say(QIAN, "地点 录播室")
    await bot.press(QIAN, bot.last(QIAN), "生效")
    assert "地点：样例中心校 录播室" in await event_of(bot, QIAN)


async def event_of(bot: RunningBot, user: int) -> str:
    await bot.say(user, "/schedule")
    await bot.press(user, bot.last(user), "11月11日（星期三） 共创式主题教研")
    return bot.last(user).text


async def test_what_was_changed_meanwhile_is_not_overwritten(bot: RunningBot) -> None:
    await opened(bot)
    await bot.say(OFFICE, "地点 一楼")
    first = bot.last(OFFICE)
    await chosen(bot)
    await bot.say(OFFICE, "请带 教材")
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    assert "之后又改过" in (await bot.press(OFFICE, first, "生效"))["text"]
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), "10月14日（星期三） 共创式主题教研")
    assert "请带：教材" in bot.last(OFFICE).text


async def test_the_host_school_may_fill_in_what_the_office_moved(bot: RunningBot) -> None:
    bot.clock.move_to(local("10-20 09:00"))
    await bot.parts.plan()
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), "11月11日（星期三） 共创式主题教研")
    await taken(bot, "改到周四同一时间")
    await bot.say(QIAN, "/schedule")
    await bot.press(QIAN, bot.last(QIAN), "11月12日（星期四） 共创式主题教研")
    await bot.say(QIAN, "地点 录播室")
    await bot.press(QIAN, bot.last(QIAN), "生效")
    assert bot.last(QIAN).text.startswith("已生效")


async def test_what_comes_too_late_is_refused_and_loses_nothing(bot: RunningBot) -> None:
    await opened(bot)
    await bot.say(OFFICE, "停一次")
    bot.clock.move_to(local("10-14 14:31"))
    assert "过期" in (await bot.press(OFFICE, bot.last(OFFICE), "生效"))["text"]
    await bot.until(local("10-14 14:32"))
    assert not any("取消" in text for text in bot.heard(TEACHING))


async def test_a_move_whose_old_day_is_over_is_not_taken_back(bot: RunningBot) -> None:
    await opened(bot)
    await taken(bot, "改到10月20日同一时间")
    bot.clock.move_to(local("10-16 09:00"))
    assert "过期" in (await bot.press(OFFICE, bot.last(OFFICE), "撤销"))["text"]


async def test_a_forged_press_for_all_later_ones_is_answered(bot: RunningBot) -> None:
    await bot.say(OFFICE, "/schedule off 10-14 运动会")
    number = bot.last(OFFICE).buttons[0][0]["callback_data"].split(":")[1]
    assert "处理过" in (await bot.forge(OFFICE, bot.last(OFFICE), f"amend:{number}:later"))["text"]
    assert "处理过" in (await bot.forge(OFFICE, bot.last(OFFICE), f"amend:{number}:undo"))["text"]


async def test_what_a_command_has_changed_is_taken_back_in_the_chat(bot: RunningBot) -> None:
    entries = Entries.of([Detail(activity="research", date=date(2026, 10, 14), place="二楼")])
    bot.store.call(put_entries, PutEntries(1, entries, dry_run=False), bot.clock.now())
    assert "第" not in (await bot.say(LI, "/schedule"))[0]
    (shown,) = await bot.say(OFFICE, "/schedule")
    assert "在服务器上导入的改动：\n第1号：" in shown
    await bot.press(OFFICE, bot.last(OFFICE), "撤销第1号改动")
    assert bot.last(OFFICE).text == "已撤销，和改之前一样。"
    assert "在服务器上" not in (await bot.say(OFFICE, "/schedule"))[0]


async def test_two_new_activities_stand_beside_each_other(bot: RunningBot) -> None:
    for words in ("/schedule 10月20日上午九点 校长会 60分钟", "/schedule 10月21日上午九点 家长会 60分钟"):
        await bot.say(OFFICE, words)
        bot.clock.move_to(bot.clock.now() + timedelta(seconds=1))
    first, second = bot.messages(OFFICE)[-2:]
    await bot.press(OFFICE, first, "生效")
    await bot.press(OFFICE, second, "生效")
    (shown,) = await bot.say(OFFICE, "/schedule")
    assert "校长会" in shown
    assert "家长会" in shown


async def test_words_are_read_with_care(bot: RunningBot) -> None:
    await opened(bot)
    for words, seen in {
        "主题：新课改": "主题：新课改\n",
        "主题 毕业以后的路": "主题：毕业以后的路\n",
        "地点改到三楼会议室": "地点：三楼会议室\n",
        "地点 三楼会议室，因为装修": "地点：三楼会议室\n原因（会一起通知）：装修\n",
        "承办 样例中心校": "承办：样例中心校\n",
    }.items():
        await chosen(bot)
        assert seen in (await bot.say(OFFICE, words))[0], words
    for days in ("2026-11-05 至 2026-11-06", "11月5日到11月6日", "2026-11-05~2026-11-06"):
        (shown,) = await bot.say(OFFICE, f"/schedule off {days} 期中考试")
        assert "11月5日（星期四）至11月6日（星期五）不上课：期中考试。" in shown, days
    assert "不在学期里" in (await bot.say(OFFICE, "/schedule off 2046-11-05"))[0]
    assert "已经有“共创式主题教研”了" in (await bot.say(OFFICE, "/schedule 每周四下午三点 共创式主题教研 90分钟"))[0]
