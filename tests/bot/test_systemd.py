"""The service manager (sd_notify) is told what it wants to know, and only where it asked."""

import socket
from pathlib import Path

import pytest

from bot.systemd import tell


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
