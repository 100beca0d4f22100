"""Hush: a remark that somebody has just been given is not given again; a run of stickers gets one line."""

from collections.abc import Hashable
from datetime import datetime, timedelta

SPAN = timedelta(minutes=3)


class Hush:
    """Kept in memory: after a restart a remark is said once more."""

    def __init__(self) -> None:
        self.said: dict[Hashable, datetime] = {}

    def said_just_now(self, remark: Hashable, now: datetime) -> bool:
        """And takes note of it. A clock that was set back holds nothing up."""
        self.said = {one: at for one, at in self.said.items() if timedelta() <= now - at < SPAN}
        if remark in self.said:
            return True
        self.said[remark] = now
        return False

    def forget(self, remark: Hashable) -> None:
        """It was not said after all."""
        self.said.pop(remark, None)
