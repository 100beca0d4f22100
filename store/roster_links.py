"""Roster links (认领链接): one link for all who are not linked, which an organiser hands round outside the groups.

Whoever opens it has been met, as if in a group, but its holder may be anybody: so what is claimed by it is confirmed.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select

from store.columns import Table
from store.invites import fresh, hashed

GOOD_FOR = timedelta(days=14)


class RosterLink(Table, table=True):
    """Only a hash of the code is kept, so that it is said when it is made and never again."""

    __tablename__ = "roster_link"
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    code_hash: str = Field(unique=True)
    expires_at: datetime


def issue(session: Session, consortium: int, now: datetime) -> str:
    """A fresh code; earlier ones stay good until they expire, those that have expired go."""
    session.connection().execute(delete(RosterLink).where(col(RosterLink.expires_at) <= now))
    code = fresh()
    session.add(RosterLink(consortium_id=consortium, code_hash=hashed(code), expires_at=now + GOOD_FOR))
    return code


def consortium_of(session: Session, code: str, now: datetime) -> int | None:
    """None where the code is unknown or has expired."""
    good = RosterLink.code_hash == hashed(code), col(RosterLink.expires_at) > now
    return session.exec(select(RosterLink.consortium_id).where(*good)).first()
