"""Answers, through Telegram: what is known of oneself, a late answer's word, an answer by the office, and /nudge."""


from handlers.respond_for import RespondFor, respond_for
from scheduling.clock import MovableClock
from store import responses
from store.database import Session, Store
from store.responses import ParticipationStatus
from tests.bot.running_bot import LI, OFFICE, TEACHING, WANG, ZHAO, ZHOU, RunningBot, running_bot
from tests.handlers import event_sample
from tests.handlers.event_sample import MEETING, RESEARCH, begin, local, person, research


def note(session: Session) -> str:
    found = responses.of(session, research(session), person(session, "li"))
    return found.note if found else ""


async def test_how_did_i_answer_is_one_press(announced: RunningBot) -> None:
    bot, card = announced, announced.last(TEACHING)
    first = await bot.press(LI, card, "收到")
    assert (first["show_alert"], first["text"]) == (
        False, "收到 ✓ 共创式主题教研。能不能来，请再点一下“参加”或“请假”。",
    )  # fmt: skip
    await bot.press(LI, card, "参加")
    told = await bot.press(LI, card, "收到")
    assert told["show_alert"]
    assert told["text"].splitlines() == [
        "已读 ✓", "回复：参加，10月8日（星期四）09:00", "共创式主题教研，10月14日（星期三）14:30",
    ]  # fmt: skip
    await bot.until(local("10-14 14:20"))
    await bot.press(LI, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 16:05"))
    assert "签到：14:20" in (await bot.press(LI, card, "收到"))["text"]
    assert "没有签到记录" in (await bot.press(WANG, card, "收到"))["text"]


async def test_a_late_answer_is_asked_for_a_word_in_private_and_it_is_kept(announced: RunningBot) -> None:
    bot, card = announced, announced.last(TEACHING)
    bot.people.start(LI)
    await bot.settle()
    await bot.until(local("10-13 16:00"))
    before = len(bot.heard(TEACHING))
    assert "按晚回复登记" in (await bot.press(LI, card, "参加"))["text"]
    await bot.until(local("10-13 16:00"))
    assert "请补一句说明" in bot.last(LI).text
    assert await bot.say(LI, "课调好了") == ["说明已记下 ✓ 共创式主题教研"]
    assert bot.store.call(note) == "课调好了"
    assert len(bot.heard(TEACHING)) == before


async def test_the_word_is_skipped_by_a_press(announced: RunningBot) -> None:
    bot, card = announced, announced.last(TEACHING)
    bot.people.start(LI)
    await bot.settle()
    await bot.until(local("10-13 16:00"))
    await bot.press(LI, card, "参加")
    await bot.until(local("10-13 16:00"))
    asked = bot.last(LI)
    assert [button["text"] for button in asked.buttons[0]] == ["不写"]
    await bot.press(LI, asked, "不写")
    assert (asked.text, asked.buttons) == ("好的，不用说明，回复照样算数 ✓ 共创式主题教研", [])
    assert bot.store.call(note) == ""


async def test_an_answer_by_the_office_is_told_in_private_and_recalled(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(LI)
    await bot.settle()
    request = RespondFor(event_sample.OFFICE, bot.store.call(research), bot.store.call(person, "li"),
                         ParticipationStatus.ACCEPTED)  # fmt: skip
    await bot.parts.receiver.store.run(respond_for, request, bot.clock.now())
    await bot.until(local("10-08 09:01"))
    assert bot.last(LI).text.startswith("办公室为您登记了：参加\n共创式主题教研，10月14日（星期三，第7周）14:30")
    assert "回复：参加（样陈静代为登记）" in (await bot.press(LI, bot.messages(TEACHING)[0], "收到"))["text"]


async def test_nudge_shows_names_to_the_organiser_alone_and_reminds_in_private(announced: RunningBot) -> None:
    bot = announced
    for user in (LI, ZHOU):
        bot.people.start(user)
    await bot.settle()
    await bot.press(LI, bot.last(TEACHING), "参加")
    shown = (await bot.say(OFFICE, "/nudge"))[0]
    assert "4位老师还没有回复：\n样例东校：样王强、样赵敏、样吴敏、样周明" in shown
    listed = bot.last(OFFICE)
    before = len(bot.heard(TEACHING))
    await bot.press(OFFICE, listed, "现在提醒")
    assert "正在私聊提醒" in listed.text
    assert listed.buttons == []
    await bot.until(local("10-08 09:01"))
    assert "还没有收到您的回复" in bot.last(ZHOU).text
    assert not any("还没有收到您的回复" in text for text in bot.heard(LI))
    assert len(bot.heard(TEACHING)) == before


async def test_nudge_in_a_group_shows_the_way_and_no_names(announced: RunningBot) -> None:
    said = await announced.say(OFFICE, "/nudge", TEACHING)
    assert said == ["这件事请私聊我办：https://t.me/jiaolian_bot?start=nudge"]
    assert "还没有回复" in (await announced.say(OFFICE, "/start nudge"))[0]


async def test_a_forged_press_shows_no_names(announced: RunningBot) -> None:
    bot, card = announced, announced.last(TEACHING)
    number_of = bot.store.call(research)
    for user in (OFFICE, LI):
        answer = await bot.forge(user, card, f"nudge:{number_of}")
        assert "样" not in answer["text"]
    await bot.say(ZHAO, "/next")
    answer = await bot.forge(ZHAO, bot.last(ZHAO), f"nudge:{number_of}")
    assert "办公室" in answer["text"]
    assert "样" not in answer["text"]


async def test_of_several_events_one_is_pressed(store: Store, clock: MovableClock) -> None:
    begin(store, RESEARCH, MEETING | {"announce": "14d"})
    clock.move_to(local("10-07 08:00"))
    async with running_bot(store, clock) as bot:
        await bot.until(local("10-08 09:00"))
        said = (await bot.say(OFFICE, "/nudge"))[0]
        assert "10月14日（星期三）14:30 共创式主题教研：5位老师还没有回复" in said
        chosen = bot.last(OFFICE)
        await bot.press(OFFICE, chosen, "10月21日（星期三） 学期总结会")
        assert "7位老师还没有回复" in chosen.text
