"""The inbox: durable first, handled once, set aside where life after life ends over it, forgotten after a week."""

from datetime import timedelta

from sqlmodel import col, select

from store import updates
from store.database import Session, Store
from store.updates import LIVES, InboxUpdate, Raw, UpdateState, WorkedOff
from tests.conftest import START

Row = tuple[int, UpdateState, int, str, str]  # number, state, attempts, payload, error


def rows(session: Session) -> list[Row]:
    found = session.exec(select(InboxUpdate).order_by(col(InboxUpdate.update_id)))
    return [(row.update_id, UpdateState(row.state), row.attempts, row.payload, row.error) for row in found]


def test_one_that_comes_twice_is_the_same_row(store: Store) -> None:
    first, second = Raw(11, '{"a": 1}'), Raw(12, "{}")
    assert store.call(updates.keep, [second, first], START) == [first, second]
    assert store.call(updates.keep, [first, second, Raw(13, "{}")], START) == [Raw(13, "{}")]
    assert store.call(updates.keep, [], START) == []
    assert [number for number, *_ in store.call(rows)] == [11, 12, 13]


def test_of_those_that_come_again_what_is_not_finished_is_told(store: Store) -> None:
    store.call(updates.keep, [Raw(number, str(number)) for number in (1, 2, 3)], START, 7)
    store.call(updates.keep, [Raw(4, "4")], START, 8)
    store.call(updates.settle, [WorkedOff(1)])
    assert store.call(updates.waiting, [1, 2, 4, 5], 7) == [Raw(2, "2")]
    assert store.call(updates.waiting, [1, 2, 4, 5]) == []


def test_a_number_of_telegrams_size_fits(store: Store) -> None:
    assert store.call(updates.keep, [Raw(2**40, "{}")], START) == [Raw(2**40, "{}")]


def test_what_is_done_is_emptied_and_comes_up_no_more(store: Store) -> None:
    """A payload may hold a reason (事由) or a reflection."""
    store.call(updates.keep, [Raw(1, "家里有事"), Raw(2, "{}")], START)
    store.call(updates.settle, [WorkedOff(1)])
    assert store.call(rows)[0] == (1, UpdateState.DONE, 1, "", "")
    assert store.call(updates.adopt) == [Raw(2, "{}")]


def test_one_that_failed_is_kept_with_its_cause(store: Store) -> None:
    store.call(updates.keep, [Raw(1, '{"a": 1}'), Raw(2, "{}")], START)
    store.call(updates.settle, [WorkedOff(1, "ValueError: bug"), WorkedOff(2)])
    assert store.call(rows)[0] == (1, UpdateState.FAILED, 1, '{"a": 1}', "ValueError: bug")
    assert store.call(updates.counts) == {UpdateState.FAILED: 1, UpdateState.DONE: 1}


def test_lives_count_from_keeping_until_so_many_ended_that_it_is_a_poison(store: Store) -> None:
    store.call(updates.keep, [Raw(1, "{}")], START)
    for life in range(2, LIVES + 1):
        assert store.call(updates.begin_again, 1)
        store.call(updates.note, 1, f"locked {life}")
    assert not store.call(updates.begin_again, 1)
    expected = f"given up, {LIVES} lives ended over it: locked {LIVES}"
    assert store.call(rows) == [(1, UpdateState.FAILED, LIVES, "{}", expected)]
    assert store.call(updates.adopt) == []


def test_only_what_is_done_is_forgotten_after_a_week(store: Store) -> None:
    """Telegram draws numbers anew after a quiet week: an old row must not swallow a new update."""
    store.call(updates.keep, [Raw(1, "{}"), Raw(2, "{}"), Raw(3, "{}")], START)
    store.call(updates.settle, [WorkedOff(1), WorkedOff(2, "bug")])
    store.call(updates.forget, START + updates.KEPT_FOR)
    assert len(store.call(rows)) == 3
    store.call(updates.forget, START + updates.KEPT_FOR + timedelta(seconds=1))
    assert [number for number, *_ in store.call(rows)] == [3]
    assert store.call(updates.keep, [Raw(1, "new")], START + updates.KEPT_FOR) == [Raw(1, "new")]
