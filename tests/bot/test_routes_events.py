"""Events: cards, presses, leave, reflections, records and questions, through Telegram."""

import logging
from collections.abc import AsyncIterator

import pytest

from handlers import codes
from scheduling.clock import MovableClock
from store import leaves, occurrences, reflections
from store.database import Session, Store
from store.occurrences import Held
from store.reflections import Visibility
from store.responses import ParticipationStatus
from tests.bot.running_bot import (
    HEADS,
    LI,
    NOBODY,
    OFFICE,
    QIAN,
    STRANGE,
    TEACHING,
    WANG,
    ZHOU,
    RunningBot,
    running_bot,
)
from tests.handlers.event_sample import CLASSES, RESEARCH, begin, local, person, research, status_of
from tests.store.policy_sample import CHARTER, publish

QUESTION = "联合教研多久开展一次？"


async def test_a_press_is_answered_counted_and_seen_on_the_card(announced: RunningBot) -> None:
    bot, card = announced, announced.last(TEACHING)
    assert [button["text"] for button in card.buttons[0]] == ["收到", "参加", "请假"]
    answer = await bot.press(LI, card, "参加")
    assert not answer["show_alert"]
    assert "10月14日（星期三）14:30" in answer["text"]
    again = await bot.press(LI, card, "参加")
    assert again["text"] != answer["text"]
    assert (await bot.press(LI, card, "收到"))["text"]
    assert bot.store.call(status_of, "li") is ParticipationStatus.ACCEPTED
    await bot.until(local("10-08 09:01"))
    assert len(card.edits) == 1
    assert "1/5" in card.text
    assert [button["text"] for button in card.buttons[0]] == ["收到", "参加", "请假"]


async def test_a_press_by_who_is_not_linked_leads_in_private_to_the_claim_of_a_name(announced: RunningBot) -> None:
    bot, before = announced, announced.heard(TEACHING)
    answer = await bot.press(NOBODY, bot.last(TEACHING), "参加")
    assert answer["url"] == "https://t.me/jiaolian_bot?start=claim"
    assert bot.heard(TEACHING) == before
    assert "请发您在名册上的姓名" in (await bot.say(NOBODY, "/start claim"))[0]


async def test_leave_pressed_in_the_group_leads_to_the_question_in_private(announced: RunningBot) -> None:
    bot = announced
    answer = await bot.press(WANG, bot.last(TEACHING), "请假")
    link, _, payload = answer["url"].partition("?start=")
    assert (link, payload.split("_")[0]) == ("https://t.me/jiaolian_bot", "leave")
    assert bot.heard(WANG) == []
    bot.people.start(WANG, payload)
    await bot.settle()
    assert "事由" in bot.heard(WANG)[0]
    assert "转给本校审批人" in (await bot.say(WANG, "孩子家长会"))[0]
    bot.people.start(ZHOU)
    await bot.until(local("10-08 09:01"))
    request = bot.last(ZHOU)
    assert "孩子家长会" in request.text
    await bot.press(ZHOU, request, "批准")
    assert [button["text"] for row in request.buttons for button in row] == ["改为不批准", "打印请假条"]
    assert "孩子家长会" not in request.text
    await bot.until(local("10-08 09:02"))
    assert "批准" in bot.last(WANG).text
    assert not any("家长会" in text for text in bot.heard(TEACHING))


async def test_leave_pressed_in_private_asks_at_once(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(LI)
    await bot.settle()
    await bot.until(local("10-12 14:31"))
    nudge = bot.last(LI)
    assert [button["text"] for button in nudge.buttons[0]] == ["参加", "请假"]
    assert (await bot.press(LI, nudge, "请假"))["url"] == ""
    assert "事由" in bot.last(LI).text
    await bot.say(LI, "出差")
    assert bot.store.call(lambda session: leaves.of(session, research(session), person(session, "li"))) is not None


async def test_a_decision_by_someone_else_changes_nothing(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(WANG, f"leave_{bot.store.call(research)}")
    bot.people.start(ZHOU)
    await bot.settle()
    await bot.say(WANG, "孩子家长会")
    await bot.until(local("10-08 09:01"))
    answer = await bot.forge(QIAN, bot.last(ZHOU), bot.last(ZHOU).buttons[0][0]["callback_data"])
    assert answer["show_alert"]
    assert bot.last(ZHOU).buttons


async def test_leave_and_reflect_in_a_group_show_the_way_and_no_more(announced: RunningBot) -> None:
    bot = announced
    for command in ("leave", "reflect", "checkin"):
        said = await bot.say(LI, f"/{command}", TEACHING)
        assert said == [f"这件事请私聊我办：https://t.me/jiaolian_bot?start={command}"]
    bot.people.start(LI, "leave")
    await bot.settle()
    assert "事由" in bot.heard(LI)[-1]


async def test_the_private_words_are_an_answer_first_then_a_word_then_a_question(announced: RunningBot) -> None:
    bot = announced
    bot.store.call(publish, 1, CHARTER)
    assert "每月开展一次联合教研" in (await bot.say(LI, QUESTION))[0]
    assert await bot.say(LI, f"/ask{QUESTION}") == await bot.say(LI, QUESTION)
    assert "共创式主题教研" in (await bot.say(LI, "参加"))[0]
    assert bot.store.call(status_of, "li") is ParticipationStatus.ACCEPTED
    assert "事由" in (await bot.say(LI, "请假"))[0]
    assert "转给" in (await bot.say(LI, QUESTION))[0]  # the reason was asked: this is it
    assert await bot.say(LI, "好的，谢谢！") == []


async def test_neither_thanks_nor_an_answer_word_is_taken_for_the_reason(announced: RunningBot) -> None:
    bot = announced
    assert "事由" in (await bot.say(LI, "请假"))[0]
    assert await bot.say(LI, "好的，谢谢！") == []
    assert "已记录：参加" in (await bot.say(LI, "参加"))[0]
    assert bot.store.call(lambda session: leaves.of(session, research(session), person(session, "li"))) is None


async def test_after_the_start_a_word_is_no_answer_any_more(announced: RunningBot) -> None:
    await announced.until(local("10-14 14:31"))
    assert "没有等您回复的活动" in (await announced.say(LI, "参加"))[0]
    assert announced.store.call(status_of, "li") is None


async def test_a_forwarded_text_answers_no_request(announced: RunningBot) -> None:
    bot = announced
    bot.people.start(LI, f"leave_{bot.store.call(research)}")
    await bot.settle()
    origin = {"forward_origin": {"type": "hidden_user", "sender_user_name": "某人", "date": 1}}
    chat = bot.room.private(bot.room.users[LI])
    bot.people.deliver(bot.room.add_message(chat, bot.room.users[LI], "我要生二胎了", service=origin))
    await bot.settle()
    assert bot.store.call(lambda session: leaves.of(session, research(session), person(session, "li"))) is None


async def test_an_edited_text_is_no_new_one(announced: RunningBot) -> None:
    bot = announced
    message = bot.people.say(LI, LI, "您好")
    await bot.settle()
    before = bot.heard(LI)
    bot.room.push({"edited_message": message.json() | {"edit_date": 1}})
    await bot.settle()
    assert bot.heard(LI) == before


async def test_a_question_in_a_group_is_answered_however_it_is_put(announced: RunningBot) -> None:
    bot = announced
    bot.store.call(publish, 1, CHARTER)
    by_mention = await bot.say(LI, f"😀@jiaolian_bot {QUESTION}", TEACHING)
    by_command = await bot.say(LI, f"/ask {QUESTION}", TEACHING)
    by_reply = await bot.say(LI, QUESTION, TEACHING, reply_to=bot.last(TEACHING).id)
    assert by_mention == by_command == by_reply
    assert "——《" in by_reply[0]
    assert await bot.say(LI, "收到", TEACHING, reply_to=bot.last(TEACHING).id) == []
    assert await bot.say(LI, QUESTION, TEACHING) == []


async def test_an_admin_bot_hears_everything_and_keeps_out_of_it(announced: RunningBot) -> None:
    bot = announced
    bot.people.promote_bot(TEACHING, OFFICE)
    other = bot.people.say(WANG, TEACHING, "几点出发")
    assert await bot.say(LI, "两点吧 @somebody", TEACHING, reply_to=other.id) == []


async def test_in_a_group_that_is_not_bound_no_paper_is_quoted(announced: RunningBot) -> None:
    announced.store.call(publish, 1, CHARTER)
    said = await announced.say(LI, f"@jiaolian_bot {QUESTION}", STRANGE)
    assert said == ["本群还没有绑定到教联体。请教联体办公室的老师在这里发 /bind。"]


async def test_check_in_by_button_and_by_the_spoken_code(announced: RunningBot) -> None:
    bot = announced
    await bot.until(local("10-14 14:20"))
    assert "签到成功" in (await bot.press(LI, bot.last(TEACHING), "签到"))["text"]
    shown = (await bot.say(OFFICE, "/checkin"))[0]
    code = codes.spoken(bot.store.call(event), bot.clock.now())
    assert code in shown
    assert code not in (await bot.say(WANG, "/checkin"))[0]
    wrong = wrong_code(bot)
    assert (await bot.say(WANG, wrong)) == (await bot.say(WANG, f"/checkin {wrong}"))
    wide = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert "签到成功" in (await bot.say(WANG, wide))[0]
    bot.clock.move_to(local("10-14 14:45"))
    later = codes.spoken(bot.store.call(event), bot.clock.now())
    assert "迟到" in (await bot.say(ZHOU, f"/checkin {later}"))[0]


def wrong_code(bot: RunningBot) -> str:
    held, now = bot.store.call(event), bot.clock.now()
    return next(wrong for wrong in ("0000", "1111", "2222") if not codes.is_spoken(held, wrong, now))


async def test_a_code_in_the_group_is_noted_without_saying_who_is_late(announced: RunningBot) -> None:
    bot = announced
    await bot.until(local("10-14 14:45"))
    code = codes.spoken(bot.store.call(event), bot.clock.now())
    assert await bot.say(ZHOU, f"/checkin {code}", TEACHING) == ["签到已记下 ✓"]
    assert await bot.say(OFFICE, f"/checkin {code}", TEACHING) == ["签到已记下 ✓"]


def event(session: Session) -> Held:
    held = occurrences.get(session, research(session))
    assert held is not None
    return held


async def test_a_reflection_is_asked_written_shared_and_handed_in(
    announced: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    for room in ("bot", "handlers", "scheduling", "store"):
        caplog.set_level(logging.DEBUG, logger=room)
    bot = announced
    bot.people.start(LI)
    await bot.until(local("10-14 14:20"))
    await bot.press(LI, bot.last(TEACHING), "签到")
    await bot.until(local("10-14 16:01"))
    assert "反思" in bot.last(LI).text
    await bot.say(LI, "学生讲得比我好。")
    draft = bot.last(LI)
    assert "8字" in draft.text
    await bot.press(LI, draft, "同意公开")
    assert "同意公开" in draft.text.split("\n")[1]
    assert len(draft.buttons) == 2
    await bot.press(LI, draft, "修改")
    await bot.say(LI, "学生讲得比我好，要多让位。")
    before = len(bot.messages(LI))
    await bot.press(LI, bot.last(LI), "提交")
    assert len(bot.messages(LI)) == before
    assert "提交" not in [button["text"] for row in bot.last(LI).buttons for button in row]
    kept = bot.store.call(facts)
    assert kept == ("学生讲得比我好，要多让位。", Visibility.CONSORTIUM, True)
    assert "学生讲得" not in caplog.text
    assert not any("学生讲得" in text for text in bot.heard(TEACHING))


def facts(session: Session) -> tuple[str, Visibility, bool]:
    found = reflections.of(session, research(session), person(session, "li"))
    assert found is not None
    return found.text, found.visibility, found.submitted_at is not None


async def test_reflect_finds_the_event_by_itself(announced: RunningBot) -> None:
    assert "没有需要您写反思的活动" in (await announced.say(LI, "/reflect"))[0]
    await announced.until(local("10-14 17:00"))
    assert "共创式主题教研" in (await announced.say(LI, "/reflect"))[0]


@pytest.fixture
async def heads(store: Store, clock: MovableClock) -> AsyncIterator[RunningBot]:
    begin(store, CLASSES)
    clock.move_to(local("10-11 09:00"))
    async with running_bot(store, clock) as bot:
        yield bot


async def test_a_head_teacher_records_the_class_meeting_with_a_few_lines(heads: RunningBot) -> None:
    bot = heads
    bot.people.start(WANG)
    await bot.until(local("10-12 17:00"))
    assert "八(1)班" in bot.last(WANG).text
    asked = bot.last(WANG)
    assert [button["text"] for button in asked.buttons[0]] == ["已开", "改期", "未开"]
    await bot.press(WANG, asked, "已开")
    assert bot.last(WANG) is not asked
    assert "八(1)班" in (await bot.say(WANG, "看了家乡的短片，分组讲变化。"))[0]
    assert all("短片" not in text for text in bot.heard(HEADS))


async def test_the_whole_of_it_can_be_had_in_english(store: Store, clock: MovableClock) -> None:
    begin(store, RESEARCH)
    clock.move_to(local("10-07 09:00"))
    async with running_bot(store, clock, "en") as bot:
        await bot.until(local("10-08 09:00"))
        assert [button["text"] for button in bot.last(TEACHING).buttons[0]] == ["Got it", "Coming", "Leave"]
        assert "Wed 14 Oct" in (await bot.press(LI, bot.last(TEACHING), "Coming"))["text"]
        assert "office" in (await bot.say(NOBODY, "hello there?"))[0]
