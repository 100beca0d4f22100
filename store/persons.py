"""Persons (教师): who belongs to a consortium, in which roles, and for whom of them an account speaks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, delete, or_
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, col, select

from store import blueprint
from store.accounts import Account, KnownAccount
from store.columns import Table, one_of, unique
from store.consortiums import Consortium
from store.further_accounts import FurtherAccount
from store.retiring import keep_named
from store.schools import School


class Role(StrEnum):
    TEACHER = "teacher"
    ORGANISER = "organiser"
    APPROVER = "approver"
    PRINCIPAL = "principal"


class Person(Table, table=True):
    """`school_id` is where the person works now (现任教学校); `home_id` is the school that sent them."""

    __table_args__ = (unique("consortium_id", "key"), unique("consortium_id", "account_id"))
    id: int | None = Field(default=None, primary_key=True)
    consortium_id: int = Field(foreign_key="consortium.id")
    key: str
    name: str
    school_id: int = Field(foreign_key="school.id")
    home_id: int | None = Field(default=None, foreign_key="school.id")
    subject: str | None = None
    post: str | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    retired_at: datetime | None = None


class PersonRole(Table, table=True):
    __tablename__ = "person_role"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: Role = Field(sa_type=one_of(Role), primary_key=True)


def spoken_for(rows: Any) -> Any:
    """With the accounts and whoever each of them speaks for: the linked one, or a further one."""
    rows = rows.select_from(KnownAccount)
    rows = rows.join(FurtherAccount, col(FurtherAccount.account_id) == KnownAccount.id, isouter=True)
    return rows.join(Person, speaks_for())


def speaks_for() -> ColumnElement[bool]:
    """The account is the person's linked one, or a further one."""
    return or_(col(Person.account_id) == KnownAccount.id, col(Person.id) == FurtherAccount.person_id)


class Known(Struct, frozen=True):
    """A linked person, as use cases need them."""

    id: int
    consortium_id: int
    key: str
    name: str
    school_id: int
    roles: frozenset[Role]


def of_account(session: Session, account: Account, consortium: int) -> Known | None:
    """Who writes, in that consortium."""
    return next(iter(all_of_account(session, account, consortium)), None)


def all_of_account(session: Session, account: Account, consortium: int | None = None) -> list[Known]:
    """Who writes, in every consortium that knows the account, or in that one. Retired people are strangers."""
    asked = {"platform": account.platform, "address": account.address, "consortium": consortium}
    rows = knowing(everywhere=consortium is None)
    people: dict[int, Person] = {}
    having: dict[int, set[Role]] = {}
    for person, role in session.exec(rows, params=asked):
        assert person.id is not None
        people[person.id] = person
        having.setdefault(person.id, set()).update([Role(role)] if role else [])
    return [
        Known(number, one.consortium_id, one.key, one.name, one.school_id, frozenset(having[number]))
        for number, one in people.items()
    ]


@cache  # asked at nearly every act: building a statement takes longer than executing it
def knowing(*, everywhere: bool) -> Any:
    rows = spoken_for(select(Person, PersonRole.role))
    rows = rows.join(PersonRole, col(PersonRole.person_id) == Person.id, isouter=True)
    rows = rows.where(KnownAccount.platform == bindparam("platform"), KnownAccount.address == bindparam("address"))
    rows = rows.where(col(Person.retired_at).is_(None)).order_by(col(Person.id))
    return rows if everywhere else rows.where(col(Person.consortium_id) == bindparam("consortium"))


class Membership(Struct, frozen=True):
    """Who somebody is to others: the school worked at now, and the consortium it belongs to."""

    name: str
    school: str
    consortium_id: int
    consortium: str


def membership(session: Session, person: int) -> Membership | None:
    """None where nobody has that number, and of retired people."""
    rows = (
        select(Person.name, School.name, Consortium.id, Consortium.name)
        .join(School, col(Person.school_id) == School.id)
        .join(Consortium, col(Person.consortium_id) == Consortium.id)
        .where(Person.id == person, col(Person.retired_at).is_(None))
    )
    found = session.exec(rows).first()
    return None if found is None else Membership(*found)


def memberships(session: Session, account: Account) -> list[Membership]:
    """Who the account is, in every consortium that knows it."""
    found = (membership(session, one.id) for one in all_of_account(session, account))
    return [one for one in found if one is not None]


def further_roles(session: Session, person: int) -> set[Role]:
    """Those beyond a teacher's."""
    return roles(session, [person]).get(person, set()) - {Role.TEACHER}


def in_role(session: Session, account: Account, role: Role) -> list[int]:
    """The consortiums in which this account is in that role."""
    rows = (
        spoken_for(select(Person.consortium_id))
        .join(PersonRole, col(PersonRole.person_id) == Person.id)
        .where(KnownAccount.platform == account.platform, KnownAccount.address == account.address)
        .where(PersonRole.role == role, col(Person.retired_at).is_(None))
        .order_by(col(Person.consortium_id))
    )
    return list(session.exec(rows))


def by_keys(session: Session, consortium: int) -> dict[str, Person]:
    """Every person of the consortium, retired ones too."""
    return {person.key: person for person in session.exec(select(Person).where(Person.consortium_id == consortium))}


def called(session: Session, consortium: int, name: str) -> list[Person]:
    """Those of that name, retired ones left out."""
    rows = select(Person).where(Person.consortium_id == consortium, Person.name == name)
    return list(session.exec(rows.where(col(Person.retired_at).is_(None)).order_by(col(Person.id))))


class Named(Struct, frozen=True):
    """`school` is where the person works now, `home` the school that sent them."""

    id: int
    name: str
    school: str
    home: str | None


def named(session: Session, consortium: int) -> list[Named]:
    """Everybody of the consortium, retired people left out."""
    home = aliased(School)
    rows = (
        select(Person.id, Person.name, School.name, home.name)
        .join(School, col(Person.school_id) == School.id)
        .join(home, col(Person.home_id) == home.id, isouter=True)
        .where(Person.consortium_id == consortium, col(Person.retired_at).is_(None))
    )
    return [Named(*row) for row in session.exec(rows.order_by(col(Person.id)))]


def subjects(session: Session, people: Collection[int]) -> dict[int, str]:
    """What each teaches (学科), of those who teach one."""
    rows = select(Person.id, Person.subject).where(col(Person.id).in_(list(people)))
    return {number: subject for number, subject in session.exec(rows) if number is not None and subject}


def roles(session: Session, persons: Iterable[int]) -> dict[int, set[Role]]:
    found: dict[int, set[Role]] = {}
    rows = select(PersonRole.person_id, PersonRole.role)
    for person, role in session.exec(rows.where(col(PersonRole.person_id).in_(list(persons)))):
        found.setdefault(person, set()).add(Role(role))
    return found


def with_role(session: Session, consortium: int, role: Role, school: int | None = None) -> list[int]:
    """The people in that role (of one school), retired ones left out."""
    having = (
        select(Person.id)
        .join(PersonRole, col(PersonRole.person_id) == Person.id)
        .where(Person.consortium_id == consortium, PersonRole.role == role, col(Person.retired_at).is_(None))
        .order_by(col(Person.id))
    )
    if school is not None:
        having = having.where(Person.school_id == school)
    return [person for person in session.exec(having) if person is not None]


def match(
    session: Session, consortium: int, named: Sequence[blueprint.Person], schools: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """The rows as a consortium file has them, retired where it names them no longer. The ids of those named, by key."""
    rows = by_keys(session, consortium)
    for person in named:
        school = schools[person.school]
        new = Person(consortium_id=consortium, key=person.key, name=person.name, school_id=school)
        row = rows.setdefault(person.key, new)
        row.name, row.subject, row.post = person.name, person.subject, person.post
        row.school_id, row.home_id = school, schools[person.home] if person.home else None
    ids = keep_named(session, rows, {person.key for person in named}, now)
    match_roles(session, {ids[person.key]: {Role(role) for role in person.roles} for person in named})
    return ids


def match_roles(session: Session, named: Mapping[int, set[Role]]) -> None:
    """These people have these roles and no others; a retired person keeps those of the last file."""
    having = roles(session, named)
    for person, wanted in named.items():
        gone = having.get(person, set()) - wanted
        if gone:
            old = col(PersonRole.person_id) == person, col(PersonRole.role).in_(gone)
            session.connection().execute(delete(PersonRole).where(*old))
        session.add_all(PersonRole(person_id=person, role=role) for role in wanted - having.get(person, set()))
    session.flush()
