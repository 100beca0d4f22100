"""The condition of the database, for a program that goes on: told once when it cannot be had, and once when it can."""

import logging

from sqlalchemy.exc import OperationalError

log = logging.getLogger(__name__)


class Damaged(OperationalError):
    """What is in the file is not whole. No further try helps."""


class Condition:
    """`damage` is kept for whoever ends the program."""

    def __init__(self) -> None:
        self.away = False
        self.damage: Damaged | None = None

    def failed(self, error: OperationalError) -> None:
        if isinstance(error, Damaged):
            self.damage = error
        elif not self.away:
            log.warning("store_unavailable", extra={"error": str(error.orig)})
        self.away = True

    def works(self) -> None:
        """Something was written: that reading works says little, a full disk can still be read."""
        if self.away:
            log.info("store_goes_on")
        self.away = False
