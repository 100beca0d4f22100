"""Codes of a check-in (口令): four digits that are other ones each minute, to be spoken on the spot, and the same as a
link to be scanned (二维码). This minute's are good, and the last one's: whoever hears them still has to type them."""

import hmac
from datetime import datetime

from store.occurrences import Held

MINUTE = 60  # seconds


def spoken(held: Held, now: datetime) -> str:
    """Four digits."""
    return digits(held, minute(now))


def is_spoken(held: Held, said: str, now: datetime) -> bool:
    return said in (digits(held, minute(now)), digits(held, minute(now) - 1))


def scanned(held: Held, now: datetime) -> str:
    """Sixteen hexadecimal digits: nobody guesses them."""
    return token(held, minute(now))


def is_scanned(held: Held, said: str, now: datetime) -> bool:
    return said in (token(held, minute(now)), token(held, minute(now) - 1))


def next_change(now: datetime) -> datetime:
    return datetime.fromtimestamp((minute(now) + 1) * MINUTE, now.tzinfo)


def minute(now: datetime) -> int:
    """Since the epoch."""
    return int(now.timestamp()) // MINUTE


def digits(held: Held, at: int) -> str:
    return f"{int(derived(held, 'spoken', at), 16) % 10_000:04}"


def token(held: Held, at: int) -> str:
    return derived(held, "scanned", at)[:16]


def derived(held: Held, use: str, at: int) -> str:
    return hmac.digest(held.secret.encode(), f"{use}:{held.id}:{at}".encode(), "sha256").hex()
