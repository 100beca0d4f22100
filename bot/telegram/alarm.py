"""The alarm: a dispatcher that stands still is said, in the log and to the organisers, once, and once when it goes on.

Straight over the wire: what is owed as a row would wait for the one that stands still.
"""

import logging
from collections.abc import Callable

from telegram.error import TelegramError

from bot.telegram.receiver import passing
from bot.telegram.replies import Replies
from store import linked_accounts
from store.accounts import Account
from store.database import Unavailable
from store.persons import Role

log = logging.getLogger(__name__)


class Alarm:
    """`stalled` is asked at each beat. `alarmed`: who has been told that it stands still, and not yet that it goes on;
    whom a try does not reach is told at the next beat."""

    def __init__(self, replies: Replies, stalled: Callable[[], bool]) -> None:
        self.replies, self.stalled, self.rung = replies, stalled, False
        self.alarmed = set[Account]()

    async def look(self) -> bool:
        """Whether it goes on."""
        stalled = self.stalled()
        if stalled != self.rung:
            self.rung = stalled
            log.log(logging.ERROR if stalled else logging.INFO, "sending_stalled" if stalled else "sending_goes_on")
        if stalled:
            organisers = await self.replies.desk.store.run(linked_accounts.of_role, Role.ORGANISER)
            for account in {*organisers} - self.alarmed:
                await self.raised(account)
        else:
            for account in list(self.alarmed):
                await self.lifted(account)
        return not stalled

    async def raised(self, account: Account) -> None:
        self.alarmed.add(account)  # at once: two beats may come together
        try:
            await self.replies.tell(account, "sending_stalled")
        except (TelegramError, Unavailable) as error:
            if worth_another_try(error):
                self.alarmed.discard(account)

    async def lifted(self, account: Account) -> None:
        self.alarmed.discard(account)
        try:
            await self.replies.tell(account, "sending_goes_on")
        except (TelegramError, Unavailable) as error:
            if worth_another_try(error):
                self.alarmed.add(account)


def worth_another_try(error: Exception) -> bool:
    """A server that is away, most likely."""
    log.warning("alarm_not_heard", extra={"error": type(error).__name__})
    return passing(error)
