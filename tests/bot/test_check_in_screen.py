"""签到 on the spot: the picture on the screen renews itself, and whoever scans it is there; digits are typed."""

import pytest

from handlers import codes
from sandbox.state import Json, Message
from store import check_ins
from store.check_ins import CheckInMethod
from store.database import Session
from tests.bot.running_bot import LI, NOBODY, OFFICE, QIAN, TEACHING, WANG, ZHAO, ZHOU, RunningBot
from tests.bot.test_routes_events import event, wrong_code
from tests.handlers.event_sample import local, person, research
from tests.qr_codes import read

LINK = "https://t.me/jiaolian_bot?start="


@pytest.fixture
async def open_now(bot: RunningBot) -> RunningBot:
    """14 October, 14:20: check-in is open until 15:00."""
    bot.clock.move_to(local("10-07 09:00"))
    await bot.until(local("10-14 14:20"))
    return bot


async def screen(bot: RunningBot) -> Message:
    await bot.say(OFFICE, "/checkin")
    await bot.until(bot.clock.now())
    return bot.last(OFFICE)


def scanned(bot: RunningBot, message: Message) -> str:
    """What a phone reads in the picture, as it goes to `/start`."""
    (size,) = message.photo
    link = read(bot.room.files[size["file_id"]][1])
    assert link.startswith(LINK)
    return link.removeprefix(LINK)


async def test_the_picture_checks_in_whoever_scans_it(open_now: RunningBot) -> None:
    bot, shown = open_now, await screen(open_now)
    code = next(word for word in shown.text.split() if word.isdigit())
    assert f"口令 {code}" in shown.text
    assert f"共创式主题教研：{code}" in bot.messages(OFFICE)[-2].text
    assert shown.photo[0]["width"] > 700
    payload = scanned(bot, shown)
    assert (await bot.say(LI, f"/start {payload}")) == ["签到成功 ✓ 共创式主题教研 14:20"]
    assert (await bot.say(LI, f"/start {payload}")) == ["您已签到过 ✓ 共创式主题教研 14:20"]
    assert "已记为旁听" in (await bot.say(OFFICE, f"/start {payload}"))[0]
    assert "我还不认识您" in (await bot.say(NOBODY, f"/start {payload}"))[0]
    assert bot.store.call(method_of, "li") is CheckInMethod.QR


def method_of(session: Session, key: str) -> CheckInMethod | None:
    row = check_ins.of(session, research(session), person(session, key))
    return row.method if row else None


async def test_it_renews_itself_each_minute_and_says_when_it_is_over(open_now: RunningBot) -> None:
    bot, shown = open_now, await screen(open_now)
    first, at_first = scanned(bot, shown), shown.text
    await bot.until(local("10-14 14:21"))
    second = scanned(bot, shown)
    assert second != first
    assert shown.edits == [at_first]
    assert "签到成功" in (await bot.say(LI, f"/start {first}"))[0]
    await bot.until(local("10-14 14:22"))
    assert "已经更换" in (await bot.say(WANG, f"/start {first}"))[0]
    assert "签到成功" in (await bot.say(WANG, f"/start {second}"))[0]
    await bot.until(local("10-14 15:30"))
    assert shown.text == "共创式主题教研：签到已结束。"
    assert len(shown.edits) == 40
    assert sum(bool(message.photo) for message in bot.messages(OFFICE)) == 1
    await bot.until(local("10-14 16:30"))
    assert len(shown.edits) == 40
    assert bot.store.call(method_of, "zhao") is None


async def test_of_two_pictures_the_newer_one_lives(open_now: RunningBot) -> None:
    bot, older = open_now, await screen(open_now)
    await bot.until(local("10-14 14:20:30"))
    newer = await screen(bot)
    assert newer is not older
    await bot.until(local("10-14 14:23"))
    assert "请用最新发的一张" in older.text
    assert "口令" in newer.text
    assert len(older.edits) == 1


async def test_where_the_server_was_away_one_edit_makes_up_for_all(open_now: RunningBot) -> None:
    bot, shown = open_now, await screen(open_now)
    bot.clock.move_to(local("10-14 14:40"))
    await bot.parts.dispatcher.tick()
    assert len(shown.edits) == 1
    assert "签到成功" in (await bot.say(ZHAO, f"/start {scanned(bot, shown)}"))[0]


@pytest.mark.parametrize("payload", ["in_1_0000000000000000", "in_999999999_0123456789abcdef", "in_0_x", "in_1_1234"])
async def test_a_link_that_is_made_up_checks_nobody_in(open_now: RunningBot, payload: str) -> None:
    bot = open_now
    assert "签到成功" not in (await bot.say(LI, f"/start {payload}"))[0]
    assert bot.store.call(method_of, "li") is None


async def test_only_who_organises_sees_codes(open_now: RunningBot) -> None:
    bot = open_now
    for who in (LI, QIAN, ZHOU):
        assert "请点群里的“签到”" in (await bot.say(who, "/checkin"))[0]
        await bot.until(bot.clock.now())
        assert not bot.last(who).photo
    said = await bot.say(OFFICE, "/checkin", TEACHING)
    assert said == ["这件事请私聊我办：https://t.me/jiaolian_bot?start=checkin"]


async def test_five_wrong_codes_wait_a_minute_whatever_comes(open_now: RunningBot) -> None:
    bot, wrong = open_now, wrong_code(open_now)
    said = [(await bot.say(LI, text))[0] for text in (wrong, f"/checkin {wrong}", wrong, wrong, wrong)]
    assert all("没对上" in text for text in said[:4])
    assert "请等一分钟再试" in said[4]
    right = code(bot)
    assert "请等一分钟再试" in (await bot.say(LI, right))[0]
    assert "签到成功" in (await bot.press(LI, bot.last(TEACHING), "签到"))["text"]
    assert "签到成功" in (await bot.say(WANG, right))[0]
    await bot.until(local("10-14 14:21"))
    assert "您已签到过" in (await bot.say(LI, code(bot)))[0]


def code(bot: RunningBot) -> str:
    return codes.spoken(bot.store.call(event), bot.clock.now())


async def test_a_guest_is_told_so_and_counted_apart(open_now: RunningBot) -> None:
    bot, card = open_now, open_now.last(TEACHING)
    shown: Json = await bot.press(OFFICE, card, "签到")
    assert shown["show_alert"]
    assert "不在本次应到名单，已记为旁听" in shown["text"]
    await bot.press(LI, card, "签到")
    await bot.until(local("10-14 14:21"))
    assert "已签到 1/5" in card.text
