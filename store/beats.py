"""Beats: when a part of the program last showed life, for `status`."""

from datetime import datetime

from sqlmodel import Field, Session

from store.columns import Table
from store.engine import upsert


class Beat(Table, table=True):
    name: str = Field(primary_key=True)
    at: datetime


def beat(session: Session, name: str, at: datetime) -> None:
    upsert(session, Beat, {"name": name}, {"at": at})


def last(session: Session, name: str) -> datetime | None:
    found = session.get(Beat, name)
    return None if found is None else found.at
