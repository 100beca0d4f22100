"""The watch: what falls due to a person while the terminal is open is shown there; nothing is taken from anybody."""

import asyncio
from datetime import datetime

from msgspec.structs import replace

from bot.console.messenger import Messenger
from bot.notices import Notices, Rows
from scheduling.release import release
from store import consortiums, falling_due, linked_accounts, outbox, reminders
from store.chats import Place
from store.database import Session
from store.falling_due import Falling
from store.outbox import Claimed


class Watch:
    """`person`, `account`: their numbers. From `since` on."""

    def __init__(self, messenger: Messenger, notices: Notices, person: int, account: int, since: datetime) -> None:
        self.messenger, self.notices, self.desk = messenger, notices, messenger.desk
        self.person, self.account, self.since = person, account, since
        self.shown: set[str] = set()

    async def look(self) -> None:
        """What nobody else will ever tell is settled; all else stays owed to whom it is owed."""
        now, store = self.desk.clock.now(), self.desk.store
        alone, due = await asyncio.to_thread(store.read, asked, self.person, now)
        found = await asyncio.to_thread(self.falling, now, alone=alone, due=due)
        if due:
            await store.run(released, now)
        fresh = [one for one in found if one.key not in self.shown]
        for one in fresh:
            self.shown.add(one.key)
            await self.show(one)
        if fresh:
            keys = {one.key for one in fresh}
            await store.run(falling_due.told, keys, self.person, self.account, now, alone=alone)

    def falling(self, now: datetime, *, alone: bool, due: bool) -> list[Falling]:
        store, person, account = self.desk.store, self.person, self.account
        if due:  # a copy of all that there is has its price
            return store.try_out(foreseen, person, account, self.since, now, alone=alone)
        return store.read(falling_due.until, person, account, self.since, now, alone=alone)

    async def show(self, due: Falling) -> None:
        """In the language in which the terminal is spoken to."""
        account, voice = self.messenger.account, await self.messenger.voice()
        claimed = Claimed(
            id=0,  # it is no attempt at the delivery, and no edit
            attempt=0,
            kind=due.kind,
            place=Place(account.platform, account.address),
            chat_id=due.chat_id,
            person_id=due.person_id,
            occurrence_id=due.occurrence_id,
            subject=due.subject,
            message_id=None,
            card_of=None,
            perhaps_twice=False,
            language=voice.labels.language,
            account_id=due.account_id,
        )
        composed = await self.notices.compose(claimed, self.relabel)
        if composed is None:
            return
        message = composed.message
        if due.group:
            message = replace(message, text=f"{voice.words('console_in_group', {'group': due.group})}\n{message.text}")
        self.messenger.show(message, voice, anew=False)

    async def relabel(self, _place: Place, _message: str, buttons: Rows) -> None:
        """How far it is stands on a line of its own."""
        self.messenger.terminal.write("  ".join(one.label for row in buttons for one in row))


def asked(session: Session, person: int, now: datetime) -> tuple[bool, bool]:
    """Whether nothing but the terminal speaks for the person, and whether a reminder's moment has come."""
    moment = reminders.next_at(session)
    return linked_accounts.of(session, person) is None, moment is not None and moment <= now


def foreseen(
    session: Session, person: int, account: int, since: datetime, now: datetime, *, alone: bool
) -> list[Falling]:
    """To be undone. A reminder's moment has come: a person without an account is no recipient of one, and shall
    be none when it is released."""
    consortiums.alone(session)  # what is not foreseen while somebody else plans would be released and never shown
    if alone:
        linked_accounts.link(session, person, account)
    release(session, now)
    return falling_due.until(session, person, account, since, now, alone=alone)


def released(session: Session, now: datetime) -> None:
    """As a bot that runs would do it, for there may be none: who is expected is settled with it."""
    if session.get_bind().dialect.name == "postgresql":
        outbox.alone(session)
    release(session, now)
