"""The desk: takes a request to its use case in one transaction, then wakes who may have work from it."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Generic, Protocol, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from scheduling.clock import Clock
from store import accounts, messages
from store.accounts import Account
from store.chats import Place
from store.database import Session, Store

# What the update that is worked off has come to, by its requests; its receiver sets a new one for each.
DONE: ContextVar[dict[object, object] | None] = ContextVar("done", default=None)
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Personal(Protocol):
    """A request that somebody makes; None: no person did."""

    @property
    def account(self) -> Account | None: ...


R = TypeVar("R")
P = TypeVar("P", bound=Personal)


class Served(Struct, Generic[T_co], frozen=True):
    """`language`: the one that the asker chose; None: none was. `beside`: to be said beside the message that was
    pressed, since that tells of other things, too."""

    outcome: T_co
    language: str | None
    beside: bool = False


class Desk:
    """`taken` is called after each commit: a use case may have left a message owed."""

    def __init__(self, store: Store, clock: Clock, taken: Callable[[], None] = lambda: None) -> None:
        self.store, self.clock, self.taken = store, clock, taken

    async def take(self, use_case: Callable[[Session, R, datetime], T], request: R) -> T:
        outcome = await self.store.run(use_case, request, self.clock.now())
        self.taken()
        return outcome

    async def serve_once(self, use_case: Callable[[Session, P, datetime], T], request: P) -> Served[T]:
        """For an act that would be another one the second time: not again where the update that asks for it is worked
        off again, for what was said of it did not arrive."""
        done = DONE.get()
        if done is None:
            return await self.serve(use_case, request)
        if request not in done:
            done[request] = await self.serve(use_case, request)
        return cast(Served[T], done[request])

    async def serve(self, use_case: Callable[[Session, P, datetime], T], request: P) -> Served[T]:
        """The same, with the language in which the asker is told: read after the act, which may have changed it."""

        def served(session: Session, request: P, now: datetime) -> Served[T]:
            return self.told(session, use_case(session, request, now), request.account)

        return await self.take(served, request)

    def told(self, session: Session, outcome: T, account: Account | None) -> Served[T]:
        return Served(outcome, accounts.language_of(session, account) if account else None)

    async def language(self, account: Account) -> str | None:
        return await self.store.run(accounts.language_of, account)


class DeskOfAPress(Desk):
    """The same at a press in a private chat: whether `edits`, the outcomes that the message pressed would be edited to,
    are said beside it is looked up in the transaction of the press."""

    def __init__(self, desk: Desk, edits: tuple[type, ...], place: Place, message_id: str) -> None:
        super().__init__(desk.store, desk.clock, desk.taken)
        self.edits, self.place, self.message_id = edits, place, message_id

    def told(self, session: Session, outcome: T, account: Account | None) -> Served[T]:
        beside = isinstance(outcome, self.edits) and messages.shared(session, self.place, self.message_id)
        return replace(super().told(session, outcome, account), beside=beside)
