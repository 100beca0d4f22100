"""The service manager (systemd, sd_notify): told that we are ready, and that we live."""

import os
import socket
from contextlib import suppress


def tell(state: str) -> None:
    """`READY=1`, `WATCHDOG=1` or `STOPPING=1`; nothing where nobody asked for it (`NOTIFY_SOCKET`), or listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire, suppress(OSError):
        wire.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
