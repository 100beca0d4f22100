"""Leave that is being asked for: what is known of it so far waits in the account's prompt, however long that takes."""

import json
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from store import accounts, prompts
from store.accounts import Account
from store.database import Session
from store.leaves import LeaveKind
from store.prompts import Asks


class Draft(Struct, frozen=True):
    """`days`, both included, of the `person` (a number) who asks; None: the prompt names the event."""

    kind: LeaveKind | None = None
    reason: str = ""
    person: int = 0
    days: tuple[date, date] | None = None

    @property
    def words(self) -> str:
        days = [day.isoformat() for day in self.days or ()]
        told = {"kind": self.kind, "reason": self.reason, "person": self.person, "days": days}
        return json.dumps(told, ensure_ascii=False)


def read(words: str) -> Draft:
    """`words` of a prompt, as `Draft.words` has them."""
    told: dict[str, Any] = json.loads(words)
    days = [date.fromisoformat(day) for day in told["days"]]
    kind = LeaveKind(told["kind"]) if told["kind"] else None
    return Draft(kind, told["reason"], told["person"], (days[0], days[1]) if days else None)


def keep(session: Session, by: Account, draft: Draft, occurrence: int | None, until: datetime) -> None:
    """What the person writes next in private is the reason."""
    account = accounts.remember(session, by)
    prompts.ask(session, account, Asks.LEAVE_REASON, occurrence, until, draft.words)


def open_for(session: Session, by: Account, occurrence: int | None, now: datetime) -> Draft | None:
    """Of leave from that event, or, None, from days; None: no such leave is being asked for."""
    account = accounts.id_of(session, by)
    asked = prompts.open_for(session, account, now) if account is not None else None
    if asked is None or asked.asks is not Asks.LEAVE_REASON or asked.occurrence != occurrence:
        return None
    return read(asked.words)


def close(session: Session, by: Account) -> None:
    account = accounts.id_of(session, by)
    if account is not None:
        prompts.close(session, account)
