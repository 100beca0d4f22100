"""签到表 sent back in private: shown beside the roster, names in doubt asked, taken at once by a press."""

from typing import Any

import pytest

from handlers.apply import Apply, apply
from store import audit, check_ins
from store.blueprint import Blueprint
from store.check_ins import CheckIn, CheckInMethod
from store.database import Session
from tests.bot.running_bot import LI, OFFICE, TEACHING, RunningBot
from tests.bot.sign_in_sample import NAME, filled, signed
from tests.handlers.event_sample import FILE, RESEARCH, TEACHER, local, person, research

NAMESAKES = (
    {"key": "li2", "name": "样李芳", "school": "east", **TEACHER},
    {"key": "he", "name": "样何新", "school": "east", **TEACHER},
)


@pytest.fixture
async def after(bot: RunningBot) -> RunningBot:
    """14 October, 16:30: 样李芳 has checked in; a namesake of hers and a newcomer are at east since the notice."""
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-14 14:20"))
    await bot.press(LI, bot.last(TEACHING), "签到")
    file = FILE | {"activity": (RESEARCH,), "person": (*FILE["person"], *NAMESAKES)}
    bot.store.call(apply, Apply(Blueprint.model_validate(file)), bot.clock.now())
    await bot.until(local("10-14 16:30"))
    return bot


def came(bot: RunningBot) -> dict[str, tuple[CheckInMethod, bool, str]]:
    """By key: how, whether late, and at what hour."""

    def read(session: Session) -> dict[str, tuple[CheckInMethod, bool, str]]:
        found = {}
        for key in ("li", "li2", "wang", "zhao", "wu", "zhou", "chen", "he"):
            row: CheckIn | None = check_ins.of(session, research(session), person(session, key))
            if row is not None:
                found[key] = (row.method, row.late, f"{row.at.astimezone(local('10-14 00:00').tzinfo):%H:%M}")
        return found

    return bot.store.call(read)


ONLY_LI = {"li": (CheckInMethod.BUTTON, False, "06:20")}


def buttons(bot: RunningBot) -> list[str]:
    return [button["text"] for row in bot.last(OFFICE).buttons for button in row]


async def sent(bot: RunningBot, *rows: Any, **more: Any) -> str:
    (said,) = await bot.send(OFFICE, NAME, filled(*rows, **more))
    return said


async def test_it_is_shown_first_and_then_kept_at_once(after: RunningBot) -> None:
    bot = after
    said = await sent(
        bot,
        signed("样李芳", "样例中心校", "迟到", "14:59"),
        signed("样王强", "东校", "", "14:25"),
        signed("样 赵 敏", "", "", "14:41"),
        signed("样周明", "", "请假"),
        signed("样陈静", "", "已到"),
        signed("路人甲乙丙丁", "", "已到"),
    )
    assert said == (
        f"《{NAME}》：10月14日（星期三）共创式主题教研的签到表\n"
        "可以登记 3 人，其中迟到 1 人，不在应到名单（记为旁听）1 人\n"
        "已经签到过、不再改动：1 人\n"
        "表里没有到场：1 行，不登记\n"
        "名册里找不到，不登记：1 行\n"
        "  第7行 路人甲乙丙丁\n"
        "请核对，点“生效”一起登记（方式记为“签到表”），点“放弃”就当没发过（10月17日（星期六）16:30前有效）。"
    )
    assert buttons(bot) == ["生效", "放弃"]
    assert came(bot) == ONLY_LI
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    assert bot.last(OFFICE).text.startswith("已登记：10月14日（星期三）共创式主题教研，签到 3 人（迟到 1 人）")
    sheet = CheckInMethod.SHEET
    assert came(bot) == ONLY_LI | {
        "wang": (sheet, False, "06:25"),
        "zhao": (sheet, True, "06:41"),
        "chen": (sheet, False, "06:30"),
    }
    assert bot.store.call(actors) == [("chen", "present"), ("wang", "present"), ("zhao", "late")]


def actors(session: Session) -> list[tuple[str, str]]:
    """Who has a trace of the organiser's, and of what."""
    found, office = [], person(session, "chen")
    for key in ("chen", "wang", "zhao", "zhou"):
        for trace in audit.of(session, research(session), person(session, key)):
            assert trace.actor_id == office
            found.append((key, trace.became))
    return found


async def test_pressed_twice_it_is_kept_once(after: RunningBot) -> None:
    bot = after
    await sent(bot, signed("样王强", "", "已到"))
    shown = bot.last(OFFICE)
    data = shown.buttons[0][0]["callback_data"]
    await bot.press(OFFICE, shown, "生效")
    kept = came(bot)
    assert "已经" in (await bot.forge(OFFICE, shown, data))["text"]
    assert came(bot) == kept


async def test_dropped_it_keeps_nothing(after: RunningBot) -> None:
    bot = after
    await sent(bot, signed("样王强", "", "已到"))
    await bot.press(OFFICE, bot.last(OFFICE), "放弃")
    assert came(bot) == ONLY_LI


async def test_a_namesake_is_told_apart_by_the_school_or_asked_for(after: RunningBot) -> None:
    bot = after
    await sent(bot, signed("样李芳", "样例东校", "已到"))
    assert buttons(bot) == ["生效", "放弃"]
    said = await sent(bot, signed("样李芳", "", "已到"), signed("样赵明", "", "已到"), signed("样何新", "", "已到"))
    assert said.endswith("还有 2 行拿不准。第2行“样李芳”是哪一位？")
    assert buttons(bot) == ["样李芳 · 样例中心校", "样李芳 · 样例东校", "都不是", "放弃"]
    shown, first = bot.last(OFFICE), bot.last(OFFICE).buttons[1][0]["callback_data"]
    await bot.press(OFFICE, shown, "样李芳 · 样例东校")
    assert "还有 1 行拿不准。第3行“样赵明”是哪一位？" in shown.text
    await bot.forge(OFFICE, shown, first)  # twice: it answers the first question once more, and not the second
    assert "还有 1 行拿不准。第3行“样赵明”是哪一位？" in shown.text
    assert "样赵敏 · 样例东校" in buttons(bot)
    assert "样周明 · 样例东校" in buttons(bot)
    await bot.press(OFFICE, shown, "都不是")
    assert "名册里找不到，不登记：1 行\n  第3行 样赵明" in shown.text
    assert buttons(bot) == ["生效", "放弃"]
    assert came(bot) == ONLY_LI
    await bot.press(OFFICE, shown, "生效")
    assert came(bot).keys() == {"li", "li2", "he"}


async def test_while_a_name_is_in_doubt_nothing_can_be_taken(after: RunningBot) -> None:
    bot = after
    await sent(bot, signed("样李芳", "", "已到"), signed("样王强", "", "已到"))
    shown = bot.last(OFFICE)
    number = shown.buttons[0][0]["callback_data"].split(":")[1]
    await bot.forge(OFFICE, shown, f"sign_in:{number}:take")
    assert "拿不准" in shown.text
    assert came(bot) == ONLY_LI


async def test_what_has_become_another_meanwhile_is_shown_anew(after: RunningBot) -> None:
    bot = after
    await sent(bot, signed("样王强", "", "已到"), signed("样赵敏", "", "已到"))
    shown = bot.last(OFFICE)
    newer = await sent(bot, signed("样王强", "", "已到"))
    assert "可以登记 1 人" in newer
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    await bot.press(OFFICE, shown, "生效")
    assert shown.text.startswith("您看过之后情况又变了，还没有生效。")
    assert "可以登记 1 人" in shown.text
    assert came(bot).keys() == {"li", "wang"}
    await bot.press(OFFICE, shown, "生效")
    assert came(bot).keys() == {"li", "wang", "zhao"}


async def test_which_event_it_is_of_is_asked_unless_the_sheet_says_so(after: RunningBot) -> None:
    bot = after
    await bot.until(local("11-11 16:30"))
    row = signed("样王强", "", "已到")
    assert await sent(bot, row) == f"收到《{NAME}》。这是哪次活动的签到表？请点一下。"
    assert buttons(bot) == ["11月11日（星期三） 共创式主题教研", "10月14日（星期三） 共创式主题教研"]
    await bot.press(OFFICE, bot.last(OFFICE), "10月14日（星期三） 共创式主题教研")
    assert bot.last(OFFICE).text.startswith(f"《{NAME}》：10月14日（星期三）共创式主题教研的签到表\n可以登记 1 人")
    await bot.press(OFFICE, bot.last(OFFICE), "生效")
    assert came(bot).keys() == {"li", "wang"}
    for title in ("共创式主题教研 签到表 2026年11月11日", "共创式主题教研（2026-11-11）"):
        assert "11月11日（星期三）共创式主题教研的签到表" in await sent(bot, row, above=[[title]])


async def test_what_is_wrong_is_said_by_cell_and_nothing_is_kept(after: RunningBot) -> None:
    bot = after
    said = await sent(bot, signed("样王强", "", "已到"), signed("样赵敏", "", "", "25:00"))
    assert f'{NAME}“Sheet”F3 格："25:00"' in said
    assert not bot.last(OFFICE).buttons
    assert came(bot) == ONLY_LI


async def test_hostile_cells_are_words_and_no_more(after: RunningBot) -> None:
    bot = after
    said = await sent(bot, signed("=HYPERLINK(1)", "", "已到"), signed("<b>{{ x }}</b> %s", "", "已到"))
    assert "  第2行 =HYPERLINK(1)\n  第3行 <b>{{ x }}</b> %s" in said
    assert said.endswith("没有需要登记的。")
    assert buttons(bot) == ["放弃"]
    assert "不是电子表格" in str(await bot.send(OFFICE, NAME, b"PK\x03\x04"))
    assert came(bot) == ONLY_LI


async def test_only_an_organisers_sheet_is_taken_and_only_by_its_sender(after: RunningBot) -> None:
    bot = after
    content = filled(signed("样王强", "", "已到"))
    await bot.send(LI, NAME, content)
    assert not bot.last(LI).buttons
    await bot.send(OFFICE, NAME, content)
    data = bot.last(OFFICE).buttons[0][0]["callback_data"]
    await bot.forge(LI, bot.last(LI), data)
    await bot.forge(LI, bot.last(TEACHING), data)
    assert came(bot) == ONLY_LI


async def test_before_any_check_in_has_opened_it_is_of_no_use(bot: RunningBot) -> None:
    await bot.parts.plan()
    assert "这张表先用不上" in await sent(bot, signed("样王强", "", "已到"))
