"""Heard and pressed: what reaches us from a platform, once its own objects are read."""

from msgspec import Struct

from bot.buttons.presses import Press
from store.accounts import Account
from store.chats import Place


class Heard(Struct, frozen=True):
    """A message. `account` is None where no person wrote it; `title` is the group's, "" in private; `shown` is what
    the account calls itself; `card`: the clause of the answer that it is a reply to."""

    account: Account | None
    place: Place
    group: bool
    title: str
    message_id: str
    shown: str
    card: int | None = None

    @property
    def group_place(self) -> Place | None:
        """None in a private chat."""
        return self.place if self.group else None


class Pressed(Struct, frozen=True):
    """A press. `press` is None where the data is none of ours. `place`, `message_id`: of the message pressed, where
    the platform still knows it. `offered`: that message has such a button; None: the platform shows none of it."""

    press: Press | None
    account: Account
    place: Place | None
    group: bool
    message_id: int | None
    offered: bool | None = None

    @property
    def forged(self) -> bool:
        """In a group, where another's message would be changed; or pressed while its buttons were exchanged."""
        return self.group and self.offered is False
