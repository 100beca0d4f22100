"""People and groups: who somebody is, what comes next, what a group is, through Telegram."""

import pytest

from store import chats, invites, persons
from store.accounts import Account, KnownAccount, id_of
from store.chats import Place
from store.database import Session
from tests.bot.running_bot import ANONYMOUS, LI, NOBODY, OFFICE, STRANGE, TEACHING, ZHOU, RunningBot
from tests.handlers.event_sample import person


async def test_a_code_in_a_deep_link_links_the_person(bot: RunningBot) -> None:
    code = bot.store.call(lambda session: invites.issue(session, person(session, "wu"), bot.clock.now()))
    bot.people.start(NOBODY, code)
    await bot.settle()
    assert "样吴敏老师您好，已绑定：样例教联体，样例东校" in bot.heard(NOBODY)[0]
    known = bot.store.call(persons.of_account, Account("telegram", str(NOBODY)), 1)
    assert known is not None
    assert known.key == "wu"


async def test_a_stranger_learns_how_to_link_and_nothing_else(bot: RunningBot) -> None:
    for text in ("/start", "/next", "每月教研几次", "/ask 每月教研几次", "/reflect"):
        assert [said.split("，")[0] for said in await bot.say(NOBODY, text)] == ["您好"]
    assert "邀请码用不了" in (await bot.say(NOBODY, "/start abcdefghjk"))[0]


async def test_next_is_answered_in_private_and_in_the_group(bot: RunningBot) -> None:
    await bot.parts.plan()
    for chat in (None, TEACHING):
        said = await bot.say(LI, "/next", chat)
        assert "10月14日（星期三，第7周）14:30—16:00\n共创式主题教研，主题“作业设计”" in said[0]


async def test_help_fits_the_place(bot: RunningBot) -> None:
    private, office = (await bot.say(LI, "/help"))[0], (await bot.say(OFFICE, "/help"))[0]
    assert "/reflect" in private
    assert "/bind" in office
    assert "/bind" not in private
    assert "私聊" in (await bot.say(LI, "/help", TEACHING))[0]
    assert "还没有绑定" in (await bot.say(LI, "/help", STRANGE))[0]
    assert await bot.say(LI, "/start@jiaolian_bot x", STRANGE) == await bot.say(LI, "/help", STRANGE)


async def test_an_unknown_command_is_answered_unless_it_may_be_for_another_bot(bot: RunningBot) -> None:
    assert "/help" in (await bot.say(LI, "/waltz"))[0]
    assert await bot.say(LI, "/dance", TEACHING) == []
    assert "/help" in (await bot.say(LI, "/dance@jiaolian_bot", TEACHING))[0]


async def test_an_answer_in_a_group_hangs_on_the_question_and_stays_in_its_topic(bot: RunningBot) -> None:
    bot.people.promote_bot(STRANGE, OFFICE)
    asked = bot.people.say(LI, STRANGE, "/help", thread=42)
    await bot.settle()
    last = bot.last(STRANGE)
    assert last.reply_to is asked
    assert last.thread == 42


async def test_an_organiser_binds_a_topic_and_the_group_hears_of_it(bot: RunningBot) -> None:
    def unbind(session: Session) -> None:
        chats.bind(session, chats.by_keys(session, 1)["heads"].id or 0, None)

    bot.store.call(unbind)
    assert "组织者" in (await bot.say(LI, "/bind", STRANGE))[0]
    (said,) = await bot.say(OFFICE, "/bind", STRANGE, thread=42)
    assert said.startswith("本群已绑定为样例教联体的“样例班主任群”，该发到这个群的通知会按时发出。\n各位老师：")
    assert [[button["text"] for button in row] for row in bot.last(STRANGE).buttons] == [["认领姓名"]]
    bound = bot.store.call(chats.at, Place("telegram", str(STRANGE), 42))
    assert bound is not None
    assert "都已绑定。要换群" in (await bot.say(OFFICE, "/bind"))[0]


async def test_where_several_chats_may_be_meant_buttons_ask_and_go_away(bot: RunningBot) -> None:
    def unbind(session: Session) -> None:
        for chat in chats.by_keys(session, 1).values():
            chats.bind(session, chat.id or 0, None)

    bot.store.call(unbind)
    await bot.say(OFFICE, "/bind", STRANGE)
    asked = bot.last(STRANGE)
    assert [row[0]["text"] for row in asked.buttons] == ["样例教研群", "样例班主任群"]
    refused = await bot.press(LI, asked, "样例教研群")
    assert refused["show_alert"]
    assert "组织者" in refused["text"]
    await bot.press(OFFICE, asked, "样例教研群")
    assert asked.text.startswith("本群已绑定为样例教联体的“样例教研群”")
    assert [[button["text"] for button in row] for row in asked.buttons] == [["认领姓名"]]


async def test_an_anonymous_admin_is_told_kindly(bot: RunningBot) -> None:
    assert "匿名" in (await bot.say(ANONYMOUS, "/bind", TEACHING))[0]
    assert "匿名" in (await bot.say(ANONYMOUS, "/checkin 1234", TEACHING))[0]
    assert "最近的活动" in (await bot.say(ANONYMOUS, "/help", TEACHING))[0]


async def test_in_a_new_group_it_says_what_it_reads_there_by_the_privacy_mode_of_now(bot: RunningBot) -> None:
    for number, (reads_all, said) in enumerate(((False, "平时聊天看不到"), (True, "都收得到，但不插话"))):
        bot.room.reads_all = reads_all
        bot.room.add_group(-88 - number, "新群", [OFFICE])
        bot.people.add_bot(-88 - number, OFFICE)
        await bot.settle()
        assert said in bot.heard(-88 - number)[0]


async def test_bind_leads_on_wherever_and_by_whomever_it_is_sent(bot: RunningBot) -> None:
    """The link takes the bot into a group, where the client says what stands behind it."""
    assert "startgroup=bind" in (await bot.say(OFFICE, "/bind"))[0]
    assert "startgroup" not in (await bot.say(LI, "/bind"))[0]
    assert "请组织者在这里发 /bind" in (await bot.say(LI, "/bind", STRANGE))[0]
    assert "发 /start 加邀请码" in (await bot.say(NOBODY, "/bind", STRANGE))[0]
    behind = await bot.say(OFFICE, "/start@jiaolian_bot bind", STRANGE)
    assert behind == await bot.say(OFFICE, "/bind", STRANGE)


async def test_a_promotion_is_no_arrival(bot: RunningBot) -> None:
    bot.people.promote_bot(TEACHING, OFFICE)
    await bot.settle()
    assert bot.heard(TEACHING) == []


async def test_removed_and_added_again_the_groups_chat_closes_and_opens(bot: RunningBot) -> None:
    def closed(session: Session) -> bool:
        return chats.by_keys(session, 1)["teaching"].closed_at is not None

    bot.people.remove_bot(TEACHING, OFFICE)
    await bot.settle()
    assert bot.store.call(closed)
    bot.people.add_bot(TEACHING, OFFICE)
    await bot.settle()
    assert not bot.store.call(closed)
    assert "又回到样例教联体的群里" in bot.heard(TEACHING)[-1]


async def test_a_supergroup_is_followed_to_its_new_address(bot: RunningBot) -> None:
    new = bot.people.migrate(TEACHING)
    await bot.settle()
    assert bot.store.call(chats.consortium_at, Place("telegram", str(new))) == 1
    assert bot.store.call(chats.consortium_at, Place("telegram", str(TEACHING))) is None
    assert "最近" in (await bot.say(LI, "/help", new))[0]


async def test_whether_a_private_message_arrives_is_known_from_any_word_and_from_a_block(bot: RunningBot) -> None:
    def reachable(session: Session) -> bool | None:
        row = session.get(KnownAccount, id_of(session, Account("telegram", str(LI))) or 0)
        return row.reachable if row else None

    assert bot.store.call(reachable) is None
    await bot.say(LI, "/help", TEACHING)
    assert bot.store.call(reachable) is None
    await bot.say(LI, "您好")
    assert bot.store.call(reachable) is True
    bot.people.block(LI)
    await bot.settle()
    assert bot.store.call(reachable) is False
    bot.people.unblock(LI)
    await bot.settle()
    assert bot.store.call(reachable) is True


@pytest.mark.parametrize("chat", [None, TEACHING])
async def test_pictures_and_files_are_kindly_refused_in_private_only(bot: RunningBot, chat: int | None) -> None:
    bot.people.start(LI)
    await bot.settle()
    before = len(bot.heard(chat or LI))
    bot.people.send_document(LI, chat or LI, "反思.docx", b"1")
    await bot.settle()
    assert len(bot.heard(chat or LI)) - before == (0 if chat else 1)


async def test_help_names_what_the_asker_may_do_and_no_more(bot: RunningBot) -> None:
    head, approver, office = [(await bot.say(user, "/help"))[0] for user in (LI, ZHOU, OFFICE)]
    assert [("班主任" in said, "审批人" in said, "组织者" in said) for said in (head, approver, office)] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert all("/privacy" in said for said in (head, approver, office))
    stranger = (await bot.say(NOBODY, "/help"))[0]
    assert "邀请码" in stranger
    assert "/next" not in stranger


async def test_added_to_a_group_it_says_in_three_lines_what_it_does_and_needs(bot: RunningBot) -> None:
    bot.people.remove_bot(STRANGE, OFFICE)
    bot.people.add_bot(STRANGE, OFFICE)
    await bot.settle()
    lines = bot.heard(STRANGE)[-1].splitlines()
    assert len(lines) == 3
    assert "/bind" in lines[1]
    assert "只需要能在群里发消息" in lines[2]


async def test_added_where_it_may_not_write_it_tells_whoever_added_it(bot: RunningBot) -> None:
    await bot.say(OFFICE, "/start")
    bot.people.remove_bot(STRANGE, OFFICE)
    bot.room.chats[STRANGE].muted = True
    bot.people.add_bot(STRANGE, OFFICE)
    await bot.settle()
    assert bot.heard(STRANGE) == []
    assert "“别的群”，但在群里不能发言" in bot.heard(OFFICE)[-1]
    bot.people.remove_bot(STRANGE, LI)  # who has no private chat with us cannot be told
    bot.people.add_bot(STRANGE, LI)
    await bot.settle()
    assert bot.heard(LI) == []
