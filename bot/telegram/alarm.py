"""The alarm: a dispatcher that stands still is said, in the log and to the organisers, once, and once when it goes on.

Straight over the wire: what is owed as a row would wait for the one that stands still.
"""

import logging
from collections.abc import Callable

from telegram.error import TelegramError

from bot.telegram.replies import Replies
from store import linked_accounts
from store.persons import Role

log = logging.getLogger(__name__)


class Alarm:
    """`stalled` is asked at each beat."""

    def __init__(self, replies: Replies, stalled: Callable[[], bool]) -> None:
        self.replies, self.stalled, self.rung = replies, stalled, False

    async def look(self) -> bool:
        """Whether it goes on."""
        stalled = self.stalled()
        if stalled != self.rung:
            self.rung = stalled
            log.log(logging.ERROR if stalled else logging.INFO, "sending_stalled" if stalled else "sending_goes_on")
            for account in await self.replies.desk.store.run(linked_accounts.of_role, Role.ORGANISER):
                try:
                    if stalled:
                        await self.replies.tell(account, "sending_stalled")
                    else:
                        await self.replies.tell(account, "sending_goes_on")
                except TelegramError as error:  # a server that is away, most likely
                    log.warning("alarm_not_heard", extra={"error": type(error).__name__})
        return not stalled
