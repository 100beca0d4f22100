"""Invites: one-time codes that link an account to a person (`/start CODE`). Only a hash of a code is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, col, select

from store.columns import Table

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread when copied by hand
LENGTH = 10
GOOD_FOR = timedelta(days=30)


class Invite(Table, table=True):
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    code_hash: str = Field(unique=True)
    expires_at: datetime
    used_at: datetime | None = None


def issue(session: Session, person: int, now: datetime) -> str:
    """A fresh code; earlier ones stay good until they expire or one is used."""
    code = fresh()
    session.add(Invite(person_id=person, code_hash=hashed(code), expires_at=now + GOOD_FOR))
    return code


def redeem(session: Session, code: str, now: datetime) -> int | None:
    """The invited person; None where the code is unknown, expired or used. Their other codes end with it."""
    good = col(Invite.used_at).is_(None), col(Invite.expires_at) > now
    use = update(Invite).where(col(Invite.code_hash) == hashed(code), *good).values(used_at=now)
    person = session.connection().execute(use.returning(col(Invite.person_id))).scalar()
    if person is not None:
        session.connection().execute(update(Invite).where(col(Invite.person_id) == person, *good).values(used_at=now))
    return person


def invited(session: Session, code: str) -> int | None:
    """Whose code this is or was, used and expired ones too."""
    return session.exec(select(Invite.person_id).where(Invite.code_hash == hashed(code))).first()


def fresh() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def hashed(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
