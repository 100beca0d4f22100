"""Linked accounts: by which account each person answers and is written to, and whether a message reaches it."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from store.accounts import Account, KnownAccount
from store.persons import Person, PersonRole, Role


def lock(session: Session, person: int) -> Person:
    """As it is now; nobody else links it meanwhile."""
    row = select(Person).where(Person.id == person).with_for_update()
    return session.exec(row.execution_options(populate_existing=True)).one()


def link(session: Session, person: int, account: int | None) -> None:
    """The person answers by this account from now on; whoever had it in the same consortium no longer does."""
    row = session.get_one(Person, person)
    if account is not None:
        others = col(Person.consortium_id) == row.consortium_id, col(Person.account_id) == account
        change = update(Person).where(*others, col(Person.id) != person).values(account_id=None)
        session.connection().execute(change)
    row.account_id = account
    session.add(row)
    session.flush()


def of(session: Session, person: int) -> tuple[int, Account] | None:
    """The linked account: its row and its address."""
    linked = select(KnownAccount).join(Person, col(Person.account_id) == KnownAccount.id).where(Person.id == person)
    found = session.exec(linked).first()
    if found is None:
        return None
    assert found.id is not None
    return found.id, Account(found.platform, found.address)


def owner(session: Session, account: int, consortium: int) -> int | None:
    """Who has that account in the consortium."""
    rows = select(Person.id).where(Person.account_id == account, Person.consortium_id == consortium)
    return session.exec(rows.where(col(Person.retired_at).is_(None))).first()


def of_role(session: Session, role: Role) -> list[Account]:
    """Of all consortiums, each account once."""
    rows = (
        select(KnownAccount.platform, KnownAccount.address)
        .join(Person, col(Person.account_id) == KnownAccount.id)
        .join(PersonRole, col(PersonRole.person_id) == Person.id)
        .where(PersonRole.role == role, col(Person.retired_at).is_(None))
        .distinct()
    )
    return [Account(*row) for row in session.exec(rows)]


def on_platform(session: Session, consortium: int, platform: str) -> dict[str, Account]:
    """Who has an account on that platform, retired people too: by the person's key."""
    found = (
        select(Person.key, KnownAccount)
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id)
        .where(Person.consortium_id == consortium, KnownAccount.platform == platform)
    )
    return {key: Account(account.platform, account.address) for key, account in session.exec(found)}


def among(session: Session, people: Collection[int]) -> list[int]:
    """Those of them that have an account and are not retired, by id."""
    rows = select(Person.id).where(
        col(Person.id).in_(list(people)), col(Person.account_id).is_not(None), col(Person.retired_at).is_(None)
    )
    return [person for person in session.exec(rows.order_by(col(Person.id))) if person is not None]


def out_of_reach(session: Session, people: Collection[int]) -> tuple[int, int]:
    """How many of them have no account, and how many have one that no private message reaches."""
    rows = (
        select(Person.account_id, KnownAccount.reachable)
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id, isouter=True)
        .where(col(Person.id).in_(list(people)), col(Person.retired_at).is_(None))
    )
    found = session.exec(rows).all()
    return sum(account is None for account, _ in found), sum(reachable is False for _, reachable in found)


def unheard(session: Session, consortium: int) -> set[int]:
    """Who is linked to an account that no private message reaches."""
    rows = (
        select(Person.id)
        .join(KnownAccount, col(Person.account_id) == KnownAccount.id)
        .where(Person.consortium_id == consortium, col(KnownAccount.reachable).is_(False))
    )
    return {one for one in session.exec(rows) if one is not None}
