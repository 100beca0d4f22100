"""What a test needs beside Python: where it is absent, the test is skipped and the run ends by saying how to get it.

With JIAOLIAN_TEST_ALL=1 an absent need is a failure.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = "Chromium and a Chinese font: apt install -y chromium fonts-noto-cjk"
OFFICE = (
    "LibreOffice, poppler and a Chinese font: "
    "apt install -y --no-install-recommends libreoffice-writer-nogui poppler-utils fonts-noto-cjk"
)
PUBLISHED = Path(__file__).parents[2] / "shared/telegram/bot-api-10.0.json"
DESCRIPTION = "the published description of the Bot API: ../shared/telegram/bot-api-10.0.json"
NEEDS = "needs "


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, on a machine that can draw Chinese."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None or not has_chinese_font():
        lacking(CHROMIUM)
    return found


@pytest.fixture(scope="session")
def described() -> dict[str, Any]:
    """The Bot API as published: `methods` and `types` by name."""
    if not PUBLISHED.is_file():
        lacking(DESCRIPTION)
    found: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of a LibreOffice that can write Chinese, beside the programs that read its PDF."""
    found = shutil.which("soffice")
    if found is None or shutil.which("pdffonts") is None or not has_chinese_font():
        lacking(OFFICE)
    return found


def has_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=True).stdout)


def lacking(need: str) -> NoReturn:
    if os.environ.get("JIAOLIAN_TEST_ALL") == "1":
        pytest.fail(f"{NEEDS}{need}", pytrace=False)
    pytest.skip(f"{NEEDS}{need}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each folder of tests and need; with pytest-xdist, too, this runs once."""
    absent = {
        f"{report.nodeid.rsplit('/', 1)[0]} {report.longrepr[2].removeprefix('Skipped: ')}"
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple | list) and NEEDS in report.longrepr[2]
    }
    for line in sorted(absent):
        terminalreporter.write_line(line)
