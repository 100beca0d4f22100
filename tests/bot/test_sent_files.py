"""Consortium files that an organiser sends in private: read as the command line reads them, written only by 生效."""

from datetime import timedelta

from store import agendas, linked_accounts
from store.offers import GOOD_FOR
from tests.bot.running_bot import LI, OFFICE, TEACHING, RunningBot
from tests.bot.sent_sample import CHANGED, TEXT, applied, buttons, file_now, kept
from tests.handlers.event_sample import local


async def test_a_consortium_file_is_shown_and_written_by_one_press(office: RunningBot) -> None:
    said = await office.send(OFFICE, "教联体.toml", CHANGED)
    assert len(said) == 1
    assert "收到《教联体.toml》" in said[0]
    assert "人员 样一（p1） · 学科：语文 → 数学" in said[0]
    assert "10月11日" in said[0]
    assert buttons(office) == [["生效", "放弃"]]
    assert file_now(office).person[0].subject == "语文"
    message = office.last(OFFICE)
    await office.press(OFFICE, message, "生效")
    assert message.text == "《教联体.toml》已生效，样例教联体：新增 0 项，变更 2 项，停用 0 项。"
    assert not message.buttons
    assert file_now(office).person[0].subject == "数学"
    assert kept(office) == [("taken", "")]


async def test_what_is_written_is_planned_at_once(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    await office.press(OFFICE, office.last(OFFICE), "生效")
    starts = office.store.call(
        lambda session: {row.starts_at for row, of in agendas.of_consortium(session, 1) if of.key == "research"}
    )
    assert local("10-14 15:00") in starts


async def test_a_press_twice_is_a_press_once(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    message = office.last(OFFICE)
    data = message.buttons[0][0]["callback_data"]
    await office.press(OFFICE, message, "生效")
    applied(office.store, TEXT)
    assert "已经生效过了" in (await office.forge(OFFICE, message, data))["text"]
    assert file_now(office).person[0].subject == "语文"


async def test_a_dropped_file_is_forgotten(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    message = office.last(OFFICE)
    take = message.buttons[0][0]["callback_data"]
    await office.press(OFFICE, message, "放弃")
    assert message.text == "已放弃《教联体.toml》，什么也没有改。"
    assert kept(office) == [("dropped", "")]
    assert "没有生效" in (await office.forge(OFFICE, message, take))["text"]
    assert file_now(office).person[0].subject == "语文"


async def test_what_has_become_another_difference_is_shown_anew(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    message = office.last(OFFICE)
    applied(office.store, TEXT.replace('name = "样一"', 'name = "样壹"'))
    await office.press(OFFICE, message, "生效")
    assert "情况又变了" in message.text
    assert "名称：样壹 → 样一" in message.text
    assert file_now(office).person[0].name == "样壹"
    await office.press(OFFICE, message, "生效")
    assert "已生效" in message.text
    assert (file_now(office).person[0].name, file_now(office).person[0].subject) == ("样一", "数学")


async def test_what_somebody_else_applied_meanwhile_needs_no_press(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    applied(office.store, CHANGED)
    message = office.last(OFFICE)
    await office.press(OFFICE, message, "生效")
    assert "没有要改的" in message.text
    assert kept(office) == [("dropped", "")]


async def test_the_same_file_needs_no_buttons(office: RunningBot) -> None:
    said = await office.send(OFFICE, "教联体.toml", TEXT)
    assert said == ["《教联体.toml》与样例教联体现在的内容一样，没有要改的。"]
    assert buttons(office) == []
    assert kept(office) == [("dropped", "")]


async def test_errors_are_those_of_the_command_line(office: RunningBot) -> None:
    said = await office.send(OFFICE, "教联体.toml", TEXT.replace('on = "friday"', 'on = "frday"'))
    assert 'activity[2].on："frday"。需要：' in said[0]
    assert kept(office) == []
    for content in (b"\xff\xfe[", b"", b"[[", b"\0" * 100):
        assert "有问题" in (await office.send(OFFICE, "坏.toml", content))[0]
    many = TEXT + "".join(f'[[school]]\nkey = "x{number}"\n' for number in range(60))
    assert (await office.send(OFFICE, "多.toml", many))[0].count("需要：") == 20


async def test_file_and_chat_that_changed_the_same_are_asked_whose_word_counts(office: RunningBot) -> None:
    office.store.call(linked_accounts.link, 1, None)  # unlinked here, while the file gives another account
    said = await office.send(OFFICE, "教联体.toml", TEXT.replace(f"telegram = {LI}", "telegram = 7002"))
    assert "person[1].telegram" in said[0]
    assert buttons(office) == [["以文件为准", "以群里为准"], ["放弃"]]
    message = office.last(OFFICE)
    await office.forge(OFFICE, message, message.buttons[0][0]["callback_data"].replace("file", "take"))
    assert "person[1].telegram" in message.text
    assert file_now(office).person[0].telegram == LI
    await office.press(OFFICE, message, "以文件为准")
    assert "绑定的账号：无 → 7002" in message.text
    assert buttons(office) == [["生效", "放弃"]]
    assert office.store.call(linked_accounts.of, 1) is None
    await office.press(OFFICE, message, "生效")
    assert "已生效" in message.text
    assert office.store.call(linked_accounts.of, 1) is not None


async def test_the_chat_may_count(office: RunningBot) -> None:
    office.store.call(linked_accounts.link, 1, None)
    await office.send(OFFICE, "教联体.toml", CHANGED.replace(f"telegram = {LI}", "telegram = 7002"))
    message = office.last(OFFICE)
    await office.press(OFFICE, message, "以群里为准")
    assert "保留" in message.text
    await office.press(OFFICE, message, "生效")
    assert office.store.call(linked_accounts.of, 1) is None
    assert file_now(office).person[0].subject == "数学"


async def test_a_group_of_another_consortium_is_refused_whoever_counts(office: RunningBot) -> None:
    other = TEXT.replace('key = "sample"', 'key = "other"', 1)
    applied(office.store, other.replace("address = -1001", "address = -1009"))
    said = await office.send(OFFICE, "教联体.toml", TEXT.replace("address = -1001", "address = -1009"))
    assert "不能生效" in said[0]
    assert "chat[1].address" in said[0]
    assert buttons(office) == []
    assert kept(office) == [("dropped", "")]


async def test_whoever_would_lose_the_role_is_warned(office: RunningBot) -> None:
    said = await office.send(OFFICE, "教联体.toml", TEXT.replace('roles = ["organiser"]', 'roles = ["teacher"]'))
    assert "将不再是组织者" in said[0]
    assert "将不再是组织者" not in (await office.send(OFFICE, "教联体.toml", CHANGED))[0]
    losing, other = office.messages(OFFICE)
    await office.press(OFFICE, losing, "生效")
    assert "组织者）来发" in (await office.send(OFFICE, "教联体.toml", CHANGED))[0]
    assert "组织者）来发" in (await office.press(OFFICE, other, "生效"))["text"]


async def test_a_file_of_a_consortium_that_is_not_the_senders_is_refused(office: RunningBot) -> None:
    said = await office.send(OFFICE, "新.toml", TEXT.replace('key = "sample"', 'key = "other"'))
    assert "“other”，您不是它的组织者" in said[0]
    assert kept(office) == []


async def test_nobody_presses_for_another(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    message = office.last(OFFICE)
    await office.say(LI, "/help")
    for data in ("offer:1:take", "offer:1:drop", "part:1:1"):
        assert "过期" in (await office.forge(LI, office.last(LI), data))["text"]
    assert "失效" in (await office.forge(OFFICE, message, "offer:1:other"))["text"]
    assert file_now(office).person[0].subject == "语文"
    await office.press(OFFICE, message, "生效")
    assert file_now(office).person[0].subject == "数学"


async def test_a_file_that_nobody_decides_on_is_forgotten(office: RunningBot) -> None:
    await office.send(OFFICE, "教联体.toml", CHANGED)
    message = office.last(OFFICE)
    office.clock.move_to(office.clock.now() + GOOD_FOR + timedelta(seconds=1))
    assert "过期" in (await office.press(OFFICE, message, "生效"))["text"]
    assert file_now(office).person[0].subject == "语文"
    await office.parts.plan()
    assert kept(office) == []


async def test_a_file_in_a_group_is_not_for_us(office: RunningBot) -> None:
    office.people.send_document(OFFICE, TEACHING, "教联体.toml", CHANGED.encode())
    await office.settle()
    assert office.heard(TEACHING) == []
    assert kept(office) == []


async def test_in_english_too(office: RunningBot) -> None:
    await office.say(OFFICE, "/settings")
    await office.press(OFFICE, office.last(OFFICE), "English")
    assert "Got “教联体.toml”" in (await office.send(OFFICE, "教联体.toml", CHANGED))[0]
    await office.press(OFFICE, office.last(OFFICE), "Apply")
    assert "is applied" in office.last(OFFICE).text
