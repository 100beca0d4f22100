"""A real Chromium before a served room; what its console complains of fails the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from sandbox.mounted import Controls
from sandbox.server import create, served
from tests.sandbox.sample import Sample

Opened = Callable[..., Page]

# Playwright finds what is in the tree; a person sees nothing, and presses nothing, before the styles are read.
UNSEEN = """
const seen = (how) => { document.documentElement.style.visibility = how; };
new MutationObserver((_, watch) => { watch.disconnect(); seen("hidden"); }).observe(document, { childList: true });
addEventListener("load", () => seen(""));
"""
QUIET = "--disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Not for the session: playwright keeps an event loop running, in which no async test of another module can run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", *QUIET.split()])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens an address in a window of its own; `options` are those of a playwright context."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        down = "ERR_CONNECTION_REFUSED" in message.text  # the browser's own words for a server that restarts
        if message.type in ("error", "warning") and not down:
            complaints.append(message.text)

    with ExitStack() as windows:

        def opened(address: str, **options: object) -> Page:
            context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
            windows.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.add_init_script(UNSEEN)
            page.on("console", note)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address)
            return page

        yield opened
    assert complaints == []


@pytest.fixture
def sample() -> Sample:
    sample = Sample()
    sample.card("【活动通知】数学联合教研\n收到 0 · 参加 0")
    return sample


@pytest.fixture
def root(sample: Sample) -> Iterator[str]:
    async def hour(_circle: str | None) -> None:
        sample.now += timedelta(hours=1)

    async def next_message(_circle: str | None) -> None:
        sample.now += timedelta(minutes=10)
        sample.room.add_message(sample.group, sample.room.bot, "【签到】数学联合教研")

    async def next_event(_circle: str | None) -> None:
        sample.now += timedelta(days=1)

    moves = {"next_message": next_message, "next_event": next_event, "hour": hour}
    with served(create(sample.room, Controls(lambda: sample.now, moves))) as root:
        yield root
