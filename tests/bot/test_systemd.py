"""The service manager (sd_notify) is told what it wants to know, and only where it asked; and what the unit sets."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.systemd import tell
from tests.bot.life import OFFICE, Life, until
from tests.conftest import HOME

UNIT = (HOME / "deploy" / "jiaolian.service").read_text(encoding="utf-8")
SET = dict(word.split("=", 1) for words in re.findall("^Environment=(.+)$", UNIT, re.M) for word in words.split())


@pytest.mark.parametrize("abstract", [False, True], ids=["file", "abstract"])
def test_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, abstract: bool) -> None:
    address = f"@jiaolian{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(f"\0{address[1:]}" if abstract else address)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        tell("READY=1")
        assert manager.recv(100) == b"READY=1"


def test_nobody_asked_or_nobody_listens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    tell("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    tell("READY=1")


def test_it_runs_without_docstrings_and_assertions_as_the_unit_has_it(life: Life) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        address = str(life.folder / "notify")
        manager.bind(address)
        manager.settimeout(60)
        optimized = f"PYTHONOPTIMIZE={SET['PYTHONOPTIMIZE']}"
        with life.run(life.polling | {"NOTIFY_SOCKET": address}, ["env", optimized]) as child:
            assert manager.recv(100) == b"READY=1"
            life.people.say(OFFICE, OFFICE, "/help")
            until(life.said)
            life.stop(child)


def test_bytecode_is_where_the_unit_and_the_image_look_for_it() -> None:
    flags = [sys.executable, "-c", "import sys; print(sys.flags.optimize, sys.pycache_prefix)"]
    told = subprocess.run(flags, env=SET, capture_output=True, text=True, check=True).stdout
    assert told == "2 /opt/jiaolian/.venv/bytecode\n"
    script, image = ((HOME / "deploy" / name).read_text(encoding="utf-8") for name in ("bytecode.sh", "Dockerfile"))
    assert 'PYTHONPYCACHEPREFIX="$here/.venv/bytecode"' in script
    assert script.count(" -OO -m compileall ") == 2
    assert "RUN python -OO -m compileall " in image
    assert "PYTHONOPTIMIZE=2" in image
