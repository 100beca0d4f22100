"""学期安排表 under /schedule, and sent back: shown first, taken by a press, told to whoever was told, taken back."""

from datetime import date, time, timedelta

import pytest

from handlers.apply import Apply, apply
from store import consortiums
from store.blueprint import Blueprint
from store.database import Session
from tests.bot.running_bot import LI, OFFICE, QIAN, TEACHING, RunningBot
from tests.bot.sheet_sample import NAME, Edited, sent
from tests.bot.test_term_files_in_chat import SENT_JUST_NOW, content
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, local

OCT, NOV = date(2026, 10, 14), date(2026, 11, 11)


@pytest.fixture
async def bot(bot: RunningBot) -> RunningBot:
    await bot.parts.plan()
    return bot


async def fetched(bot: RunningBot) -> Edited:
    """The workbook, as the organiser gets it."""
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), "学期安排表")
    return Edited(content(bot, bot.last(OFFICE)))


def plan(bot: RunningBot) -> Blueprint:
    def holds(session: Session) -> Blueprint:
        return consortiums.blueprint(consortiums.every(session)[0])

    return bot.store.call(holds)


async def test_the_button_is_the_organisers_and_sends_the_sheet_of_the_term(bot: RunningBot) -> None:
    edited = await fetched(bot)
    message = bot.last(OFFICE)
    assert message.document is not None
    assert message.document["file_name"] == "学期安排表-t.xlsx"
    assert message.text.startswith("这是样例教联体第一学期的活动安排表（班会不在内）。")
    assert [row[0] for row in edited.table()][:2] == [OCT, NOV]
    bot.clock.move_to(local("10-20 09:00"))
    await bot.parts.plan()
    await bot.say(QIAN, "/schedule")  # of the host school, and no organiser
    assert "学期安排表" not in [button["text"] for row in bot.last(QIAN).buttons for button in row]
    assert "由教联体办公室来改" in (await bot.forge(QIAN, bot.last(QIAN), "sheet"))["text"]


async def test_pressed_again_it_comes_again_only_where_the_plan_is_another_one(bot: RunningBot) -> None:
    edited = await fetched(bot)
    card, once = bot.messages(OFFICE)[-2], len(bot.messages(OFFICE))
    assert (await bot.press(OFFICE, card, "学期安排表"))["text"].startswith(SENT_JUST_NOW)
    assert len(bot.messages(OFFICE)) == once
    edited[edited.row(OCT), "place"] = "二楼"
    await bot.send(OFFICE, NAME, edited.content)
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.press(OFFICE, card, "学期安排表")
    again = Edited(content(bot, bot.last(OFFICE)))
    assert again[again.row(OCT), "place"] == "二楼"
    bot.clock.move_to(bot.clock.now() + timedelta(minutes=3))
    before = len(bot.messages(OFFICE))
    await bot.press(OFFICE, card, "学期安排表")
    assert len(bot.messages(OFFICE)) == before + 1


async def test_in_a_group_the_sheet_is_not_to_be_had(bot: RunningBot) -> None:
    await bot.say(LI, "/next", TEACHING)
    before = len(bot.messages(TEACHING))
    await bot.forge(OFFICE, bot.last(TEACHING), "sheet")
    assert len(bot.messages(TEACHING)) == before
    assert bot.heard(OFFICE) == []


async def test_an_edited_sheet_is_shown_taken_told_and_taken_back(bot: RunningBot) -> None:
    await bot.until(local("10-08 09:00"))
    edited, stood = await fetched(bot), plan(bot)
    row = edited.row(OCT)
    edited[row, "date"], edited[row, "remark"], edited[row, "place"] = date(2026, 10, 15), "监考冲突", "报告厅"
    edited[edited.row(NOV), "remark"] = "取消：校庆"
    edited.new(date=date(2026, 10, 22), starts=time(9), ends=time(10), title="座谈会", speaker="样李芳")
    edited.sheet.delete_rows(edited.row(date(2026, 12, 9)))
    (shown,) = await bot.send(OFFICE, NAME, edited.content)
    for line in (
        "共创式主题教研：10月14日（星期三）14:30改到10月15日（星期四，第7周）14:30—16:00",
        "共创式主题教研：11月11日（星期三）14:30取消",
        "座谈会：10月22日（星期四，第8周）09:00—10:00",
        "10月15日（星期四）共创式主题教研\n  地点：报告厅\n  原因（会一起通知）：监考冲突",
        "10月22日（星期四）座谈会\n  主讲：样李芳",
        "表里没有下面1次，照常举行（要取消，请保留那一行，在备注里写“取消”）：\n12月9日（星期三）共创式主题教研",
    ):
        assert line in shown
    assert [[button["text"] for button in row] for row in bot.last(OFFICE).buttons] == [["生效", "放弃"]]
    assert plan(bot) == stood
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.until(bot.clock.now())
    (told,) = [text for text in bot.heard(TEACHING) if text.startswith("【时间调整】")]
    assert "改为：10月15日（星期四，第7周）14:30—16:00" in told
    assert "原因：监考冲突" in told
    assert "10月22日（星期四，第8周）09:00 座谈会" in (await bot.say(OFFICE, "/schedule"))[0]
    await bot.press(OFFICE, bot.messages(OFFICE)[-2], "撤销")
    assert plan(bot) == stood


async def test_a_dropped_sheet_changes_nothing(bot: RunningBot) -> None:
    edited, stood = await fetched(bot), plan(bot)
    edited[edited.row(OCT), "starts"] = time(14)
    await bot.send(OFFICE, NAME, edited.content)
    await bot.press(OFFICE, bot.last(OFFICE), "放弃")
    assert plan(bot) == stood


async def test_the_untouched_sheet_says_so(bot: RunningBot) -> None:
    edited = await fetched(bot)
    assert await bot.send(OFFICE, NAME, edited.content) == [f"《{NAME}》里没有改动，样例教联体的安排不变。"]
    edited[edited.row(OCT), "remark"] = "请提前调课"
    (said,) = await bot.send(OFFICE, NAME, edited.content)
    assert "下面的备注没有记下：\nN2：请提前调课" in said
    assert not bot.last(OFFICE).buttons


async def test_what_is_wrong_is_said_by_cell_and_changes_nothing(bot: RunningBot) -> None:
    edited, stood = await fetched(bot), plan(bot)
    row = edited.row(OCT)
    edited[row, "starts"], edited[row, "place"] = "25:00", "报告厅"
    (said,) = await bot.send(OFFICE, NAME, edited.content)
    assert f'{NAME}“学期安排表”D{row} 格："25:00"。需要：钟点，例如 14:30' in said
    assert not bot.last(OFFICE).buttons
    assert plan(bot) == stood


async def test_only_an_organiser_sends_it_and_a_later_file_leaves_it_alone(bot: RunningBot) -> None:
    edited = await fetched(bot)
    edited[edited.row(OCT), "bring"] = "听课本"
    assert "生效" not in str((await bot.send(LI, NAME, edited.content), bot.last(LI).buttons))
    await bot.send(OFFICE, NAME, edited.content)
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    file = Blueprint.model_validate(FILE | {"activity": (RESEARCH, MEETING, CLASSES)})
    bot.store.call(apply, Apply(file), bot.clock.now())
    assert [one.bring for one in plan(bot).occurrence] == ["听课本"]


async def test_in_english_it_comes_in_english_and_goes_back_in_it(bot: RunningBot) -> None:
    await bot.say(OFFICE, "/settings")
    await bot.press(OFFICE, bot.last(OFFICE), "English")
    await bot.say(OFFICE, "/schedule")
    await bot.press(OFFICE, bot.last(OFFICE), "Term plan")
    edited = Edited(content(bot, bot.last(OFFICE)))
    assert edited.sheet.cell(1, 1).value == "Date"
    assert edited.table() == sent(plan(bot), "en").table()
    edited[edited.row(OCT), "remark"] = "cancelled"
    (shown,) = await bot.send(OFFICE, NAME, edited.content)
    assert "does not take place" in shown
