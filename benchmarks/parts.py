"""What a message and a press cost in the store's thread, part by part, called one after the other in this one.

`python -m benchmarks.parts [--rounds N]`: a nudge to a thousand people that is due at once, claimed and settled in
batches; then an answer of 400 of them and the same again, in groups that share a commit. Microseconds of
the processor for each, the lowest and the highest round; the commits are in them, what Telegram is told is not.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from sqlalchemy import text

from benchmarks.claiming import PEOPLE, apply, database
from benchmarks.counting_server import FIRST
from bot.due_notice import due_notices
from handlers.notice import Notice
from handlers.respond import Respond, respond
from scheduling.due import due
from scheduling.results import Result, Sent, keep_results
from store import updates
from store.accounts import Account
from store.database import Session, Store
from store.deliveries import DeliveryState
from store.engine import slices
from store.outbox import Claimed, Settled
from store.responses import ParticipationStatus
from store.updates import Raw, WorkedOff

WIRED, PRESSERS, GROUP = 24, 400, 16  # messages on the wire, people who answer, calls that share a commit
COMES = ParticipationStatus.ACCEPTED
Costs = dict[str, float]


class Meter:
    """Adds up the processor's time of parts."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, part: str, number: int) -> Iterator[None]:
        """Of which there are so many in all."""
        began = time.thread_time()
        yield
        self.spent[part] += 1e6 * (time.thread_time() - began) / number


def messages(store: Store, meter: Meter) -> int:
    """The event that they are about."""
    now, found = datetime.now(UTC), list[Claimed]()
    store.call(nudges_are_due, now)
    while True:
        with meter.of("a message: release, looks and claims", PEOPLE):
            claimed, _ = store.call(due, now)
        if not claimed:
            break
        found += claimed
    for some in slices(found, WIRED):
        asked = [Notice(one.kind, one.occurrence_id, one.chat_id, one.person_id, one.subject) for one in some]
        with meter.of("a message: what it says, but for its words", PEOPLE):
            store.call(due_notices, asked, now)
        with meter.of("a message: settled", PEOPLE):
            store.call(keep_results, [sent(one) for one in some], now)
    assert len(found) == PEOPLE
    return found[0].occurrence_id or 0


def announce(store: Store) -> None:
    """The card in the group, which shows how many come."""
    now = datetime.now(UTC)
    (card,), _ = store.call(due, now)
    store.call(keep_results, [sent(card)], now)


def sent(one: Claimed) -> tuple[Settled, Result | None]:
    return Settled(one, DeliveryState.SENT, str(one.id)), Sent(str(one.id))


def nudges_are_due(session: Session, now: datetime) -> None:
    values = {"now": now.replace(tzinfo=None).isoformat(" ", "microseconds")}
    session.connection().execute(text("UPDATE reminder SET at = :now WHERE kind = 'nudge'"), values)


def presses(store: Store, meter: Meter, event: int) -> None:
    kinds = "news", "the same again"
    for turn, what in enumerate(kinds):
        for people in slices(range(PRESSERS), GROUP):
            now, raw = datetime.now(UTC), [Raw(1_000 * turn + one, "{}") for one in people]
            asked = [Respond(event, Account("telegram", str(FIRST + one)), COMES) for one in people]
            with meter.of("a press: kept, and settled", PRESSERS * len(kinds)):
                store.call(updates.keep, raw, now)
            with meter.of(f"a press: {what}", PRESSERS):
                store.call(responded, asked, now)
            with meter.of("a press: kept, and settled", PRESSERS * len(kinds)):
                store.call(updates.settle, [WorkedOff(one.update_id) for one in raw])


def responded(session: Session, asked: Sequence[Respond], now: datetime) -> None:
    for one in asked:
        respond(session, one, now)


def measured() -> Costs:
    with database("sqlite") as url:
        apply(url)
        with closing(Store(url)) as store:
            meter = Meter()
            announce(store)
            presses(store, meter, messages(store, meter))
    return dict(meter.spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = [measured() for _ in range(parser.parse_args().rounds)]
    for part in rounds[0]:
        took = [one[part] for one in rounds]
        sys.stdout.write(f"{part}: {min(took):.0f} to {max(took):.0f} us\n")


if __name__ == "__main__":
    main()
