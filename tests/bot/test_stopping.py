"""`jiaolian run`, told to stop while a thread computes that no word reaches: it ends at once all the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.bot.life import OFFICE, Life, until
from tests.conftest import HOME

ENDLESS = """
import logging, threading
import {module} as place

def endless(*_, **__):
    logging.warning("begun")
    threading.Event().wait()

place.{name} = endless
from bot.cli import main
main()
"""


@contextmanager
def with_endless(life: Life, module: str, name: str, settings: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A run in which that function does not end."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("JIAOLIAN_")}
    program = [sys.executable, "-c", ENDLESS.format(module=module, name=name), "run"]
    with life.stderr.open("wb") as stderr:
        child = subprocess.Popen(
            program, cwd=life.folder, env=inherited | {"PYTHONPATH": str(HOME)} | settings, stderr=stderr
        )
    try:
        yield child
    finally:
        child.kill()
        child.wait()


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_while_the_first_plan_is_made(life: Life, way: str) -> None:
    with with_endless(life, "scheduling.planner", "plan", getattr(life, way)) as child:
        until(lambda: life.logged("begun"))
        child.send_signal(signal.SIGTERM)
        assert child.wait(60) == 0
    assert life.logged("stopped") == 1


def test_while_a_file_is_read_which_is_read_again_in_the_next_life(life: Life) -> None:
    with with_endless(life, "bot.sent_files", "read", life.polling) as child:
        life.people.send_document(OFFICE, OFFICE, "plan.md", b"# x")
        until(lambda: life.logged("begun"))
        child.send_signal(signal.SIGTERM)
        assert child.wait(60) == 0
    assert life.logged("stopped") == 1
    assert not life.said()
    with life.run(life.polling) as again:
        until(life.said)
        life.stop(again)
