"""The pictures of the room in the docs, in both languages: `python -m docs.pictures [FOLDER]` (make pictures)."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from msgspec import Struct
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
DESK, PHONE = (1360, 860), (360, 740)
A_WHILE = 120_000  # milliseconds
SETTLED = 700


class Picture(Struct, frozen=True):
    """`address`: behind `/?lang=…`."""

    name: str
    size: tuple[int, int]
    address: str
    scheme: Literal["light", "dark"] = "light"


PICTURES = (  # in this order: the first is taken before anybody has answered
    Picture("room", DESK, ""),
    Picture("room-crowd", DESK, "&panel=behind"),
    Picture("room-rules", DESK, "&panel=rules&q=大教研一个月几回？", "dark"),
    Picture("room-phone", PHONE, "&panel="),
)


def main(folder: Path) -> None:
    for language, locale in LANGUAGES.items():
        with demo(language) as address, sync_playwright() as playwright:
            where = next(path for path in CHROMIUM if Path(path).exists())
            browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
            for picture in PICTURES:
                width, height = picture.size
                page = browser.new_page(
                    viewport={"width": width, "height": height}, locale=locale, color_scheme=picture.scheme
                )
                page.set_default_timeout(A_WHILE)
                page.goto(f"{address}?lang={language}{picture.address}")
                if picture.name == "room-crowd":
                    answered(page)
                page.wait_for_timeout(SETTLED)
                page.screenshot(path=folder / f"{picture.name}.{language}.png")
            browser.close()


@contextmanager
def demo(language: str) -> Iterator[str]:
    """A room of its own, at any port."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "8769"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"JIAOLIAN_LANGUAGE": language}) as child:
        assert child.stdout is not None
        yield child.stdout.readline().removeprefix("ready ").strip()
        child.terminate()


def answered(page: Page) -> None:
    """The others answer, and two days go by."""
    page.locator("#switch-others").click()
    for _ in range(2):
        with page.expect_response("**/page/clock"):  # answered when the day is over
            page.locator("#day:not([disabled])").click()
        page.locator("#day:not([disabled])").wait_for()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "images")
