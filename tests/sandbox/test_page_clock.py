"""The page's clock: one move at a time, and only where somebody may move it."""

import asyncio
from datetime import timedelta

import httpx

from sandbox.mounted import Controls
from sandbox.server import create
from tests.sandbox.sample import Sample
from tests.sandbox.test_page import IN_GROUP, looked, part


async def test_the_clock_moves_once_at_a_time_and_shows_that_it_does(sample: Sample) -> None:
    gate, moves = asyncio.Event(), []

    async def message(_circle: str | None) -> None:
        moves.append("message")
        await gate.wait()

    async def event(_circle: str | None) -> None:
        moves.append("event")

    async def hour(_circle: str | None) -> None:
        sample.now += timedelta(hours=1)

    buttons = {"next_message": message, "next_event": event, "hour": hour}
    app = create(sample.room, Controls(lambda: sample.now, buttons))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", follow_redirects=True
    ) as page:
        assert " disabled" not in part(await looked(page, IN_GROUP), "time").partition("</form>")[0]
        moving = asyncio.create_task(page.post("/page/clock", data=IN_GROUP | {"do": "next_message"}))
        while not moves:
            await asyncio.sleep(0.005)
        assert "时间正在走" in await looked(page, IN_GROUP)
        await page.post("/page/clock", data=IN_GROUP | {"do": "next_event"})
        assert moves == ["message"]
        gate.set()
        assert "时间正在走" not in (await moving).text
        await page.post("/page/clock", data=IN_GROUP | {"do": "next_event"})
        assert moves == ["message", "event"]
        assert "15:42" in (await page.post("/page/clock", data=IN_GROUP | {"do": "hour"})).text


async def test_without_controls_nobody_can_move_the_clock(page: httpx.AsyncClient) -> None:
    assert "/page/clock" not in await looked(page, IN_GROUP)
    assert (await page.post("/page/clock", data=IN_GROUP | {"do": "hour"})).status_code == 200
