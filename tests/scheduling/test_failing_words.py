"""What fails of one message stops no other: its words, what they are read from, or what is kept of how it ended."""

import pytest
from jinja2 import UndefinedError

from scheduling import dispatcher as module
from scheduling.clock import MovableClock
from scheduling.dispatcher import Dispatcher, Send
from scheduling.pace import Pace
from scheduling.results import Result, keep_results
from store.database import Session, Store, Unavailable
from store.deliveries import DeliveryState
from store.outbox import Claimed, Settled
from tests.scheduling.mail import Mail
from tests.store.post_sample import post

LI = "7001"
SENT, FAILED, PENDING = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.PENDING


async def test_words_that_fail_are_set_aside_with_their_cause(store: Store) -> None:
    office, mail = post(store), Mail()

    async def prepare(delivery: Claimed) -> Send:
        if delivery.place.address == LI:
            raise UndefinedError("'place' is undefined")
        return await mail.prepare(delivery)

    for to in ("teaching", "li", "heads"):
        office.owe(to, to)
    await Dispatcher(store, MovableClock(office.now), Pace(0), prepare).tick()
    assert {key: state for key, state, *_ in office.rows()} == {"teaching": SENT, "li": FAILED, "heads": SENT}
    assert "'place' is undefined" in office.row("li").error
    await Dispatcher(store, MovableClock(office.now), Pace(0), prepare).tick()
    assert office.row("li").attempts == 1  # tried again, it would fail again


async def test_what_cannot_be_read_is_not_tried_again_at_once(store: Store) -> None:
    office, mail = post(store), Mail()

    async def prepare(delivery: Claimed) -> Send:
        if delivery.place.address == LI:
            raise Unavailable("SELECT", {}, Exception("too many SQL variables"))
        return await mail.prepare(delivery)

    for to in ("li", "heads"):
        office.owe(to, to)
    dispatcher = Dispatcher(store, MovableClock(office.now), Pace(0), prepare)
    assert (await dispatcher.tick(), await dispatcher.tick()) == (2, 0)
    assert {key: state for key, state, *_ in office.rows()} == {"li": PENDING, "heads": SENT}
    assert "too many SQL variables" in office.row("li").error


async def test_a_result_that_cannot_be_kept_keeps_no_other_from_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, mail, keep = post(store), Mail(), keep_results

    def poisoned(session: Session, done: list[tuple[Settled, Result | None]], now: object) -> None:
        if any(one.delivery.place.address == LI for one, _ in done):
            raise ValueError("a bug")
        keep(session, done, office.now)

    monkeypatch.setattr(module, "keep_results", poisoned)
    for to in ("li", "heads"):
        office.owe(to, to)
    dispatcher = Dispatcher(store, MovableClock(office.now), Pace(0), mail.prepare)
    await dispatcher.tick()
    assert dispatcher.finished == []
    assert {key: state for key, state, *_ in office.rows()} == {"li": DeliveryState.CLAIMED, "heads": SENT}
