"""打印表格 under /report, the own reflection, slip and class record; and a school's own layout, sent and taken away."""

from io import BytesIO

from docx import Document

from bot.telegram.form_routes import Layouts
from bot.voice import Voices
from sandbox.state import Message
from scheduling.clock import MovableClock
from store.database import Store
from store.form_layouts import Form
from tests.bot.running_bot import HEADS, LI, OFFICE, QIAN, TEACHING, WANG, ZHAO, ZHOU, RunningBot, running_bot
from tests.bot.test_own_layouts import sheet
from tests.bot.test_report_in_chat import announced, closed, labels, rolled
from tests.bot.test_term_files_in_chat import content
from tests.handlers.event_sample import CLASSES, begin, local


def text_of(bot: RunningBot, message: Message) -> str:
    document = Document(BytesIO(content(bot, message)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


async def printed(bot: RunningBot, user: int, form: str) -> str:
    await rolled(bot, user)
    await bot.press(user, bot.last(user), "打印表格")
    await bot.press(user, bot.last(user), form)
    return text_of(bot, bot.last(user))


async def test_the_office_prints_a_sheet_to_be_signed_before_the_event(bot: RunningBot) -> None:
    await announced(bot)
    text = await printed(bot, OFFICE, "签到表")
    sent = bot.last(OFFICE)
    assert sent.document is not None
    assert sent.document["file_name"] == "2026-10-14 签到表.docx"
    assert sent.text == "10月14日（星期三）“共创式主题教研”的签到表，可以直接打印。"
    assert "样例教联体 第一学期\n签到表" in text
    assert all(f"样{name}" in text for name in ("李芳", "王强", "赵敏", "吴敏", "周明"))
    assert "应到5" in text
    assert "请假" not in text


async def test_a_school_prints_its_own_people_and_a_principal_no_names(bot: RunningBot) -> None:
    await closed(bot)
    text = await printed(bot, ZHOU, "签到表")
    assert "样赵敏\n样例东校\n\n迟到\n14:45\n按钮" in text
    assert "样李芳" not in text
    await rolled(bot, QIAN)
    await bot.press(QIAN, bot.last(QIAN), "打印表格")
    assert labels(bot, QIAN) == ["活动通知", "教研活动记录表", "听评课记录", "通知文字，可复制到别的群"]
    forged = bot.last(QIAN).buttons[0][0]["callback_data"].replace("notice", "sign_in")
    assert "不在您的查看范围内" in (await bot.forge(QIAN, bot.last(QIAN), forged))["text"]


async def test_a_notice_is_copied_as_text_that_says_where_to_answer(bot: RunningBot) -> None:
    await announced(bot)
    await rolled(bot, OFFICE)
    await bot.press(OFFICE, bot.last(OFFICE), "打印表格")
    await bot.press(OFFICE, bot.last(OFFICE), "通知文字，可复制到别的群")
    text, notice = bot.last(OFFICE).text, bot.heard(TEACHING)[0]
    assert not bot.last(OFFICE).buttons
    assert "到 Telegram 群里，在这条通知下面点“参加”或“请假”" in text
    assert [line for line in text.splitlines() if line not in notice] == [
        line for line in text.splitlines() if line.startswith("能否参加")
    ]
    assert "签到14:15开始" in text


async def test_a_teacher_prints_the_own_reflection_and_nobody_elses(bot: RunningBot) -> None:
    await closed(bot)
    await bot.say(LI, "/start")
    await bot.until(local("10-14 16:10"))
    await bot.say(LI, "样例反思：多问一句为什么。")
    await bot.press(LI, bot.last(LI), "提交")
    mine = bot.with_button(LI, "打印反思")
    await bot.press(LI, mine, "打印反思")
    text = text_of(bot, bot.last(LI))
    assert "样例反思：多问一句为什么。" in text
    assert "仅本校可见" in text
    data = next(each["callback_data"] for row in mine.buttons for each in row if each["text"] == "打印反思")
    before = len(bot.messages(WANG))
    await bot.forge(WANG, mine, data)
    others = [text_of(bot, one) for one in bot.messages(WANG)[before:] if one.document]
    assert all("样例反思" not in one for one in others)


async def test_a_slip_has_its_reason_for_its_person_and_the_approver(bot: RunningBot) -> None:
    await announced(bot)
    await bot.say(WANG, "/leave")
    await bot.press(WANG, bot.last(WANG), "事假")
    await bot.say(WANG, "家里有事")
    await bot.press(WANG, bot.with_button(WANG, "打印请假条"), "打印请假条")
    assert "家里有事" in text_of(bot, bot.last(WANG))
    await bot.until(local("10-08 09:01"))
    await bot.press(ZHOU, bot.with_button(ZHOU, "批准"), "批准")
    decided = bot.with_button(ZHOU, "打印请假条")
    await bot.press(ZHOU, decided, "打印请假条")
    text = text_of(bot, bot.last(ZHOU))
    assert all(one in text for one in ("请假条", "样王强", "事假", "家里有事", "样周明", "已批准"))
    for other in (ZHAO, OFFICE):
        assert "不在您的查看范围内" in (await bot.forge(other, decided, "slip:1"))["text"]


async def test_a_head_teacher_prints_the_record_of_the_own_class(store: Store, clock: MovableClock) -> None:
    begin(store, CLASSES)
    clock.move_to(local("10-08 09:00"))
    async with running_bot(store, clock) as bot:
        await bot.say(LI, "/help")
        await bot.until(local("10-12 17:00"))
        await bot.press(LI, bot.with_button(LI, "已开"), "已开")
        await bot.press(LI, bot.with_button(LI, "打印班会记录表"), "打印班会记录表")
        text = text_of(bot, bot.last(LI))
        assert all(one in text for one in ("班会记录表", "样例中心校", "七(1)班", "2026年10月12日（星期一）"))
        assert "第7节 15:50—16:35" in text
        assert all(one.document is None for one in bot.messages(HEADS))


async def test_a_schools_own_layout_is_checked_kept_used_and_taken_away(bot: RunningBot) -> None:
    await announced(bot)
    (refused,) = await bot.send(
        OFFICE, "我们的.docx", sheet(lambda one: one.add_paragraph("{{ 手机号 }}")), "签到表版式"
    )
    assert "我们的.docx 第 3 段：{{ 手机号 }}。需要：字段的名称" in refused
    (kept,) = await bot.send(OFFICE, "我们的.docx", sheet(), "签到表 版式 sample")
    assert "签到表今后按“我们的.docx”的版式打印" in kept
    button = bot.last(OFFICE)
    text = await printed(bot, OFFICE, "签到表")
    assert "样例教联体 第一学期签到\n共创式主题教研于2026年10月14日（星期三）" in text
    assert "样李芳（样例中心校）" in text
    assert "已恢复默认版式" in (await bot.press(OFFICE, button, "恢复默认版式"))["text"]
    assert "样例教联体 第一学期\n签到表" in await printed(bot, OFFICE, "签到表")
    (no,) = await bot.send(WANG, "我们的.docx", sheet(), "签到表版式")
    assert "办公室" in no


def test_a_layout_is_known_by_its_caption() -> None:
    layouts = Layouts(Voices("zh"))
    assert layouts.read("签到表 版式 sample") == (Form.SIGN_IN, " sample")
    assert layouts.read("sign-in  sheet LAYOUT") == (Form.SIGN_IN, "")
    assert layouts.read("班会记录表版式") == (Form.CLASS_RECORD, "")
    assert layouts.read("签到表") is None  # a sheet of who came
