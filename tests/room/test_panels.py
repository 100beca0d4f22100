"""The panels without a script: what they show of a term, of the rules, behind the scenes; what their forms do."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest
from markupsafe import Markup

from bot.room.behind_panel import BehindPanel
from bot.room.labelled import labels
from bot.room.open_panel import OpenPanel
from bot.room.opening import Opening, samples
from bot.room.rules_panel import RulesPanel
from bot.room.sample import STRANGER, Source, furnished, prepared, sample
from bot.room.term_panel import TermPanel
from bot.voice import Voices
from sandbox.mounted import Controls, Panel, Viewer
from sandbox.server import create
from sandbox.state import Room
from scheduling.clock import MovableClock
from store import deliveries
from store.database import Store
from store.deliveries import DeliveryKind, DeliveryState, Owed
from tests.story.stage import at

NOW = at("10-12 08:00")
SOURCE = sample("chuzhong")
LESSON = "共创式主题教研"


async def nothing() -> None:
    """Happens on the way."""


class Mounted:
    """The page with its panels, over a sample and no bot; `went`: where time was sent."""

    def __init__(self, store: Store) -> None:
        clock = MovableClock(NOW)
        self.went, self.opened, self.begun = list[datetime](), list[Opening](), True
        self.on_the_way: Callable[[], Awaitable[None]] = nothing
        self.store, self.room = store, Room(clock.now)
        furnished(self.room, [SOURCE.file])
        opener = OpenPanel(samples("chuzhong"), self.opened.append, clock.now)
        rules = RulesPanel(self.store, Voices("zh"))
        panels: list[Panel] = [TermPanel(self.store, clock), rules, BehindPanel(self.store, clock, self.room), opener]
        app = create(self.room, Controls(clock.now, {}, self.go, panels=panels, ready=lambda: self.begun))
        self.page = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")
        self.me = next(user.id for user in self.room.users.values() if not user.is_bot)

    async def go(self, moment: datetime) -> None:
        self.went.append(moment)
        await self.on_the_way()

    async def seen(self, panel: str, **asked: str) -> str:
        """The panel's HTML."""
        where = {"as": str(self.me), "chat": "bot", "lang": "zh", "panel": panel} | asked
        found = await self.page.get("/", params=where)
        assert found.status_code == 200
        return unescape(found.text[found.text.index('id="panel"') :])

    async def sent(self, where: str, **form: str) -> httpx.Response:
        return await self.page.post(where, data={"as": str(self.me), "chat": "bot", "lang": "zh"} | form)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all: nothing here changes what the sample says."""
    store = prepared(tmp_path_factory.mktemp("held"), [SOURCE], NOW)
    yield store
    store.close()


@pytest.fixture
async def mounted(held: Store) -> AsyncIterator[Mounted]:
    mounted = Mounted(held)
    async with mounted.page:
        yield mounted


def day(html: str, date: str) -> str:
    """The cell of a day of 2026."""
    month, number = date.split("-")
    return next(cell for cell in html.split("<td ")[1:] if re.search(rf">{int(month)}/{int(number)}<", cell))


async def test_the_term_stands_week_by_week_and_a_day_leads_there(mounted: Mounted) -> None:
    html = await mounted.seen("term")
    assert LESSON in day(html, "10-14")
    assert 'class="off' in f"<td {day(html, '10-05')}"
    assert "国庆节" in day(html, "10-05")
    assert 'class="make_up' in f"<td {day(html, '10-10')}"
    assert "data-here" in day(html, "10-12")
    assert "<button" not in day(html, "10-09")
    assert day(html, "10-14").count("<i></i>") == 2  # in the groups: half an hour before, and the check-in
    leads = re.search(r'id="day-2026-10-14" name="at" value="([^"]+)"', html)
    assert leads is not None
    await mounted.sent("/page/clock", do="to", at=leads[1])
    assert mounted.went == [at("10-14 07:00")]


async def test_while_time_moves_no_day_can_be_clicked(mounted: Mounted) -> None:
    async def looked() -> None:
        html = await mounted.seen("term")
        days.append(day(html, "10-14"))

    days: list[str] = []
    mounted.on_the_way = looked
    await mounted.sent("/page/clock", do="to", at=at("10-13 07:00").isoformat())
    assert days[0].count(" disabled") == days[0].count("<button") == 2
    assert " disabled" not in day(await mounted.seen("term"), "10-14")


async def test_before_a_room_has_begun_nobody_sees_it(mounted: Mounted) -> None:
    mounted.begun = False
    waits = await mounted.page.get("/")
    assert waits.status_code == 202
    assert "正在打开" in waits.text


async def test_time_is_sent_to_instants_alone(mounted: Mounted) -> None:
    for wrong in ("", "soon", "2026-10-14", "2026-10-14T07:00"):
        assert (await mounted.sent("/page/clock", do="to", at=wrong)).status_code == 303
    assert mounted.went == []


async def test_a_file_that_plans_nothing_yet_is_told_what_it_lacks(tmp_path: Path) -> None:
    """As `jiaolian init` leaves it: there the activities are examples behind a #."""
    empty = SOURCE.file.model_copy(update={"activity": (), "occurrence": (), "obligation": ()})
    store = prepared(tmp_path, [Source(empty, ())], NOW)
    viewer = Viewer(1, "bot", "chuzhong", "zh", {}, Markup(), moving=False)
    assert "文件里还没有写活动" in await TermPanel(store, MovableClock(NOW)).show(viewer)
    store.close()


async def test_another_term_and_who_has_none(mounted: Mounted) -> None:
    assert ">3/10<" not in await mounted.seen("term")
    assert ">3/10<" in await mounted.seen("term", term="2026-2")
    assert "不在任何教联体" in await mounted.seen("term", **{"as": str(STRANGER)})
    assert "没有方案可查" in await mounted.seen("rules", **{"as": str(STRANGER)})


async def test_an_answer_is_marked_where_it_stands(mounted: Mounted) -> None:
    html = await mounted.seen("rules", q="大教研一个月几回？")
    marked = re.findall("<mark>(.*?)</mark>", html, re.DOTALL)
    assert any("每月开展一次共创式主题教研" in one for one in marked)
    assert html.count("data-here") == 1
    none = await mounted.seen("rules", q="食堂几点开饭？")
    assert "没有写到这一点" in none
    assert "<mark>" not in none


async def test_a_hostile_question_is_text(mounted: Mounted) -> None:
    asked = {"as": str(mounted.me), "chat": "bot", "panel": "rules", "q": "<script>1"}
    found = await mounted.page.get("/", params=asked)
    assert "<script>1" not in found.text
    assert "&lt;script&gt;1" in found.text


async def test_behind_the_scenes_stand_deliveries_calls_and_tables(mounted: Mounted) -> None:
    owed = Owed("d:1", DeliveryKind.ANNOUNCE, NOW, NOW + timedelta(hours=1), chat_id=1)
    mounted.store.call(deliveries.owe, [owed])
    await mounted.page.post("/bot1:x/sendMessage", json={"chat_id": -1, "text": "不给人看"})
    html = await mounted.seen("behind")
    assert "活动通知" in html
    assert "10-12 08:00" in html
    assert "sendmessage" in html.lower()
    assert "chat not found" in html
    assert "不给人看" not in html
    assert "<code>delivery</code> <b>1</b>" in html


async def test_trouble_is_switched_on_and_off(mounted: Mounted) -> None:
    await mounted.sent("/page/panel", panel="behind", fault="too_fast")
    html = await mounted.seen("behind")
    assert "还有3次" in html
    assert "不再出故障" in html
    answer = await mounted.page.post("/bot1:x/sendMessage", json={"chat_id": mounted.me, "text": "一"})
    assert answer.status_code == 429
    assert "还有2次" in await mounted.seen("behind")
    await mounted.sent("/page/panel", panel="behind", fault="none")
    assert "还有" not in await mounted.seen("behind")


async def test_a_file_with_mistakes_is_shown_with_them(mounted: Mounted) -> None:
    wrong = "[consortium]\nkey = 'a'\nname = '甲'\ntimezone = 'Asia/Shangai'\n".encode()
    form = {"as": str(mounted.me), "chat": "bot", "lang": "zh", "panel": "open", "do": "own"}
    answer = await mounted.page.post("/page/panel", data=form, files=[("files", ("a.toml", wrong))])
    assert answer.status_code == 303
    html = await mounted.seen("open")
    assert "第4行" in html
    assert "timezone = 'Asia/Shangai'" in html
    assert mounted.opened == []


async def test_starting_over_ends_the_room(mounted: Mounted) -> None:
    answer = await mounted.sent("/page/panel", panel="open", do="again")
    assert answer.headers["location"] == "/?lang=zh"
    assert [one.opens for one in mounted.opened] == [samples("chuzhong").opens]
    waits = await mounted.page.get("/")
    assert waits.status_code == 202
    assert "正在打开" in waits.text


async def test_another_site_sends_no_form(mounted: Mounted) -> None:
    sent = {"panel": "open", "do": "again", "as": str(mounted.me), "chat": "bot"}
    answer = await mounted.page.post("/page/panel", data=sent, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert mounted.opened == []


def test_every_kind_and_state_of_a_delivery_has_its_word() -> None:
    words = labels("zh")["behind"]
    assert set(words["kinds"]) == set(DeliveryKind)
    assert set(words["states"]) == set(DeliveryState)
