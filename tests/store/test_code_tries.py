"""Wrong codes are counted by account, whoever else types, also where two come at once; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import accounts, code_tries
from store.accounts import Account
from store.database import Session, Store
from tests.conftest import START

LI, WANG = Account("telegram", "1"), Account("telegram", "2")
SECOND = timedelta(seconds=1)


def number(store: Store, account: Account) -> int:
    return store.call(accounts.remember, account)


def test_five_wrong_ones_wait_a_minute_from_the_last(store: Store) -> None:
    li, wang = number(store, LI), number(store, WANG)
    for at in range(5):
        assert store.call(code_tries.wait_until, li, START + at * SECOND) is None
        store.call(code_tries.count, li, START + at * SECOND)
    free = START + 64 * SECOND
    assert store.call(code_tries.wait_until, li, START + 5 * SECOND) == free
    assert store.call(code_tries.wait_until, li, free - SECOND) == free
    assert store.call(code_tries.wait_until, li, free) is None
    assert store.call(code_tries.wait_until, wang, START + 5 * SECOND) is None
    store.call(code_tries.count, li, free)
    assert store.call(code_tries.wait_until, li, free) is None


def test_those_that_come_at_once_are_all_counted(store: Store) -> None:
    li = number(store, LI)
    with ThreadPoolExecutor(5) as threads:
        list(threads.map(lambda _: store.call(code_tries.count, li, START), range(5)))
    assert store.call(code_tries.wait_until, li, START) is not None


def test_they_are_forgotten_after_their_minute_and_with_the_account(store: Store) -> None:
    li, wang = number(store, LI), number(store, WANG)

    def kept(session: Session) -> list[bool]:
        return [session.get(code_tries.CodeTry, one) is not None for one in (li, wang)]

    store.call(code_tries.count, li, START)
    store.call(code_tries.count, wang, START + 30 * SECOND)
    store.call(code_tries.forget, START + 60 * SECOND)
    assert store.call(kept) == [False, True]
    store.call(code_tries.forget_account, wang)
    assert store.call(kept) == [False, False]
