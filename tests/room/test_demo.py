"""`jiaolian demo` in a real browser: the bot as it is answers a newcomer's first presses, texts and steps in time."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import expect

from tests.conftest import HOME
from tests.room.conftest import Opened

REAL = {  # what the room must not touch
    "JIAOLIAN_TOKEN": "1:a-real-one",
    "JIAOLIAN_DATABASE_URL": "sqlite:////nowhere/real.db",
    "JIAOLIAN_API_URL": "http://127.0.0.1:9",
}
OPTIMIZED = {"PYTHONOPTIMIZE": "2"}  # as the unit and the image run it: nothing hangs on a docstring or an assertion


@contextmanager
def served_demo(*options: str) -> Iterator[str]:
    """Its address; afterwards it must have ended by itself, with 0, and have complained of nothing."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(port), *options]
    environment, pipe = os.environ | REAL | OPTIMIZED, subprocess.PIPE
    with subprocess.Popen(command, text=True, cwd=HOME, env=environment, stdout=pipe, stderr=pipe) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == f"ready http://127.0.0.1:{port}/\n"
        for path, status in (("", 200), ("healthz", 200), ("bot1:nobodys/getMe", 401)):  # once it says so, both answer
            answer = httpx.get(f"http://127.0.0.1:{port}/{path}", follow_redirects=True, trust_env=False)
            assert answer.status_code == status
        yield f"http://127.0.0.1:{port}/"
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=20) == 0
        assert (child.stdout.read(), child.stderr.read()) == ("", "")


@pytest.fixture
def demo() -> Iterator[str]:
    with served_demo() as address:
        yield address


def test_each_sample_can_be_opened_and_its_own_time_goes_on(demo: str, opened: Opened) -> None:
    page = opened(demo)
    choice = page.get_by_role("navigation", name="哪个教联体")
    for name, group in (("城乡教育联合体", "样例联合体三校群"), ("小学教联体", "样例两校区教师群")):
        choice.get_by_role("link", name=name).click()
        expect(choice.get_by_role("link", name=name)).to_have_attribute("aria-current", "true")
        expect(page.get_by_role("heading", name=group)).to_be_visible()
        newest = page.locator("#messages li").last.get_attribute("id")
        page.locator("#next_message").click()
        expect(page.locator("#messages li").last).not_to_have_attribute("id", newest or "")
    assert page.get_by_label("扮演").locator("option").filter(has_text="教研组长").count() == 1


def test_a_newcomer_is_answered_and_time_goes_on(demo: str, opened: Opened) -> None:
    page = opened(demo)
    page.get_by_label("扮演").select_option(index=1)  # the first is the head of a school, on no list of participants
    card = page.locator("li.bot").filter(has=page.get_by_role("button", name="参加")).first
    card.get_by_role("button", name="参加").click()
    expect(page.get_by_role("status").get_by_text("已记录：参加")).to_be_visible()
    expect(card.get_by_text("参加 1")).to_be_visible()
    expect(card.get_by_text("已编辑")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name=re.compile("^教联助手")).click()
    page.wait_for_url(re.compile("chat=bot"))  # loaded: before its script runs, Enter is a new line
    if page.locator("#start").count():  # not everybody has opened the private chat yet
        page.locator("#start").click()
    page.get_by_label("写消息").fill("主题教研多久举行一次")
    page.keyboard.press("Enter")
    expect(page.locator("li.bot").last).to_be_visible()
    before = page.locator("#clock").inner_text()
    page.locator("#next_message").click()
    expect(page.locator("#clock")).not_to_have_text(before)
    expect(page.get_by_role("navigation").locator(".unread").first).to_be_visible()
