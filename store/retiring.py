"""Retiring: a row whose key is gone from the consortium file stays, and comes back when it is named again."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from sqlmodel import Session


class Retirable(Protocol):
    id: int | None
    retired_at: datetime | None


def keep_named(
    session: Session, rows: Mapping[str, Retirable], named: Collection[str], now: datetime
) -> dict[str, int]:
    """Write `rows`, old and new by key; who is not named is retired since `now`. The ids of those named, by key."""
    for key, row in rows.items():
        row.retired_at = None if key in named else row.retired_at or now
    session.add_all(rows.values())
    session.flush()
    return {key: row.id for key, row in rows.items() if key in named and row.id is not None}
