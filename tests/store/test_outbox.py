"""The outbox: order, leases, patience, who cannot be reached, and when there is something to do next."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from scheduling.due import due
from store import accounts, chats, deliveries, outbox, recovery
from store.accounts import Account
from store.chats import Place
from store.database import Store
from store.deliveries import DeliveryKind, DeliveryState, Owed
from store.outbox import Settled
from tests.databases import said_to_sqlite
from tests.handlers.event_sample import FILE, MEETING, begin
from tests.store.post_sample import HOUR, MINUTE, SECOND, Post, post

TEACHING, LI = Place("telegram", "-1001"), Account("telegram", "7001")
PENDING, CLAIMED, SENT = DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENT


@pytest.fixture
def office(store: Store) -> Post:
    return post(store)


def test_what_is_due_is_claimed_in_the_order_in_which_it_was_due(office: Post) -> None:
    office.owe("later", "teaching", SECOND)
    office.owe("second", "teaching", -SECOND)
    office.owe("first", "li", -MINUTE)
    claimed = office.claim()
    assert office.keys(claimed) == ["first", "second"]
    assert [one.place for one in claimed] == [Place("telegram", "7001"), TEACHING]
    assert office.claim() == []  # under a lease


def test_no_more_is_claimed_than_asked_for(office: Post) -> None:
    for number in range(5):
        office.owe(f"a{number}", "teaching")
    assert len(office.claim(limit=3)) == 3


def test_what_an_act_has_caused_and_an_open_check_in_go_before_bulk(office: Post) -> None:
    """A thousand nudges at 30 a second are half a minute."""
    kinds = DeliveryKind.NUDGE, DeliveryKind.OUTLOOK, DeliveryKind.CHECK_IN, DeliveryKind.CHANGE
    chats_, people = [office.chat(key) for key in ("teaching", "heads")], [office.person(key) for key in ("li", "wang")]
    to = [(chat, None) for chat in chats_] + [(None, person) for person in people]
    for number, (kind, (chat, person)) in enumerate(zip(kinds, to, strict=True)):
        at, planned = office.now + number * SECOND, kind is not DeliveryKind.CHANGE
        office.store.call(deliveries.owe, [Owed(kind, kind, at, at + HOUR, chat, person, planned=planned)])
    office.now += MINUTE
    assert [one.kind for one in office.claim(limit=3)] == [*kinds[2:], kinds[0]]
    assert [one.kind for one in office.claim()] == [kinds[1]]


def test_one_recipient_hears_in_the_order_in_which_it_was_owed(office: Post) -> None:
    """An announcement that was held up, and then its change."""
    chat, until = office.chat("teaching"), office.now + HOUR
    announced = Owed("announced", DeliveryKind.ANNOUNCE, office.now - MINUTE, until, chat, planned=True)
    changed = Owed("changed", DeliveryKind.CHANGE, office.now, until, chat)
    office.store.call(deliveries.owe, [announced, changed])
    assert office.send() == ["announced", "changed"]


def test_owed_again_nothing_changes(office: Post) -> None:
    office.owe("a", "teaching")
    office.send()
    office.owe("a", "teaching")
    assert office.rows() == [("a", SENT, 1, False)]


def test_a_lease_that_ran_out_is_claimed_again_and_marked(office: Post) -> None:
    office.owe("a", "teaching")
    office.claim()  # and the program dies here
    office.now += MINUTE - SECOND
    assert office.claim() == []
    office.now += SECOND
    assert [(one.attempt, one.perhaps_twice) for one in office.claim()] == [(2, True)]


def test_who_overslept_the_lease_changes_nothing(office: Post) -> None:
    office.owe("a", "teaching")
    first = office.claim()[0]
    office.now += MINUTE
    second = office.claim()[0]
    office.settle(Settled(first, DeliveryState.FAILED, error="late"))
    assert office.rows() == [("a", CLAIMED, 2, True)]
    office.settle(Settled(second, SENT, "5"))
    assert office.rows() == [("a", SENT, 2, True)]
    assert office.row("a").message_id == "5"


def test_a_new_life_takes_back_the_leases_of_the_old_one(office: Post) -> None:
    office.owe("a", "teaching")
    office.owe("b", "li", HOUR)
    office.claim()
    office.store.call(recovery.take_back)
    assert [one.perhaps_twice for one in office.claim()] == [True]
    assert office.row("b").state == PENDING


def test_a_new_life_is_not_held_up_by_an_edit_that_was_owed_again_on_the_wire(office: Post) -> None:
    office.owe("a", "teaching")
    office.send()
    office.card()
    office.claim()
    office.card()
    office.owe("b", "teaching")
    office.store.call(recovery.take_back)
    assert len(office.claim()) == 2


def test_in_another_group_an_old_card_is_edited_no_more(office: Post) -> None:
    """Its number would be another message there."""
    office.owe("a", "teaching")
    office.send()
    office.card()
    office.store.call(chats.moved, "telegram", "-1001", "-1001000001001")
    assert [one.message_id for one in office.claim()] == [None]
    office.card()
    assert office.claim() == []


def test_who_is_gone_from_the_file_is_told_nothing_more(office: Post) -> None:
    office.owe("a", "heads")
    office.owe("b", "li")
    begin(office.store, MEETING, chat=FILE["chat"][:1], person=FILE["person"][1:], class_=())
    assert office.claim() == []


def test_patience_holds_the_recipient_so_that_order_is_kept(office: Post) -> None:
    """429 with retry_after: what is due to this chat waits, all of it; another chat does not."""
    for number in range(2):
        office.owe(f"a{number}", "teaching")
    first, behind = office.claim()
    until = office.now + 30 * SECOND
    office.settle(Settled(first, PENDING, held_until=until), Settled(behind, PENDING, held_until=until))
    office.owe("urgent", "teaching", -MINUTE)
    office.owe("other", "heads")
    office.now += 29 * SECOND
    assert office.send() == ["other"]
    assert office.store.call(outbox.ahead, office.now).due == until
    office.now = until
    assert office.send() == ["urgent", "a0", "a1"]
    assert not any(twice for *_, twice in office.rows())  # refused for the moment: certainly not arrived


def test_perhaps_arrived_is_tried_again_and_marked(office: Post) -> None:
    """A timeout: nobody knows."""
    office.owe("a", "teaching")
    office.settle(Settled(office.claim()[0], CLAIMED, held_until=office.now + 10 * SECOND))
    office.now += 10 * SECOND
    assert office.send() == ["a"]
    assert office.rows() == [("a", SENT, 2, True)]
    assert office.store.call(deliveries.perhaps_twice) == 1


def test_what_is_of_no_use_any_more_is_missed_and_counted(office: Post) -> None:
    office.owe("a", "teaching", -2 * HOUR)
    office.owe("b", "li", good_for=SECOND)
    assert office.keys(office.claim()) == ["b"]
    office.now += 30 * SECOND
    office.claim()
    assert office.row("b").state == CLAIMED  # it is on the wire: its lease decides
    office.now += MINUTE
    office.claim()
    assert office.store.call(deliveries.counts) == {DeliveryState.MISSED: 2}


def test_a_chat_that_is_not_bound_and_one_that_was_left_wait(office: Post) -> None:
    office.owe("a", "teaching")
    number = office.chat("teaching") or 0
    office.store.call(chats.bind, number, None)
    assert office.claim() == []
    assert office.store.call(outbox.ahead, office.now).due is None
    office.store.call(chats.bind, number, TEACHING)
    office.store.call(chats.close, "telegram", "-1001", office.now)
    assert office.claim() == []
    office.store.call(chats.close, "telegram", "-1001", None)
    assert office.send() == ["a"]


def test_who_has_no_account_or_blocked_us_waits_until_it_is_of_no_use(office: Post) -> None:
    """Never dropped unseen: the organiser is told how many are out of reach."""
    office.owe("unlinked", "wu")
    office.owe("blocked", "li")
    office.owe("untried", "wang")
    office.store.call(accounts.mark, LI, reachable=False)
    assert office.send() == ["untried"]
    office.store.call(accounts.mark, LI, reachable=True)
    assert office.send() == ["blocked"]
    office.now += HOUR
    office.claim()
    assert office.row("unlinked").state == DeliveryState.MISSED


def test_edits_of_a_card_merge_until_one_goes_out(office: Post) -> None:
    office.owe("announce", "teaching")
    office.send()
    for _ in range(200):
        office.card(3 * SECOND)
    assert office.claim() == []
    office.now += 3 * SECOND
    edit = office.claim()[0]
    assert (edit.message_id, edit.card_of) == ("m1", "remind")
    office.card(3 * SECOND)  # a press between reading the counts and settling
    office.settle(Settled(edit, SENT))
    assert [state for _, state, *_ in office.rows()] == [SENT, PENDING]
    office.now += 3 * SECOND
    assert len(office.send()) == 1
    assert office.store.call(deliveries.counts) == {SENT: 1}  # an edit is no message


def test_every_message_in_a_group_is_edited_or_the_newest_alone(office: Post) -> None:
    for key, to in (("first", "teaching"), ("second", "heads"), ("private", "li")):
        office.owe(key, to)
    office.send()
    office.card()
    assert [one.message_id for one in office.claim()] == ["m1", "m2"]
    office.store.call(recovery.take_back)
    office.send()
    office.card(every=False)
    assert [one.message_id for one in office.claim()] == ["m2"]


def test_a_press_that_comes_before_the_message_is_known_to_have_arrived_is_shown_in_it(office: Post) -> None:
    """Whoever reads it may answer before the server's answer is kept: a slow disk, a look, a storm lie between."""
    office.owe("announce", "teaching")
    (announced,) = office.claim()
    office.card()
    assert office.claim() == []
    office.settle(Settled(announced, SENT, "m1"))
    (edit,) = office.claim()
    assert (edit.message_id, edit.card_of) == ("m1", DeliveryKind.REMIND)


def test_what_is_sent_later_needs_no_edit(office: Post) -> None:
    office.owe("announce", "teaching")
    office.card()
    assert [key for key, *_ in office.rows()] == ["announce"]


def test_an_edit_of_what_was_not_sent_has_nothing_to_edit(office: Post) -> None:
    office.owe("announce", "teaching")
    (announced,) = office.claim()
    office.card()
    assert office.store.call(outbox.ahead, office.now).due == office.now + MINUTE  # the end of the lease, and no sooner
    office.settle(Settled(announced, DeliveryState.FAILED))
    assert [(one.message_id, one.card_of) for one in office.claim()] == [(None, DeliveryKind.REMIND)]


def test_an_edit_to_the_account_waits_for_what_was_sent_to_the_person(office: Post) -> None:
    """Somebody else claims it, who has no room for the message itself (PostgreSQL)."""
    office.owe("request", "li")
    (request,) = office.claim()
    times = office.now, office.now + HOUR
    office.store.call(deliveries.owe_edits, DeliveryKind.REMIND, [""], [office.person("li") or 0], *times)
    assert office.claim() == []
    office.settle(Settled(request, SENT, "m1"))
    assert [(one.message_id, one.account_id) for one in office.claim()] == [("m1", 1)]


def test_the_newest_is_edited_and_what_is_on_its_way_behind_it(office: Post) -> None:
    """What follows may never go out: then the newest that did is shown as it should be."""
    for key in ("first", "second"):
        office.owe(key, "teaching")
    office.send()
    office.owe("third", "teaching")
    (third,) = office.claim()
    office.card(every=False)
    office.settle(Settled(third, DeliveryState.FAILED))
    assert [one.message_id for one in office.claim()] == ["m2", None]


def test_a_waiting_edit_keeps_its_moment(office: Post) -> None:
    """However often it is asked for: a storm of presses must not push it away."""
    office.owe("announce", "teaching")
    office.send()
    office.card(3 * SECOND)
    office.now += 2 * SECOND
    office.card(3 * SECOND)
    assert office.store.call(outbox.ahead, office.now).due == office.now + SECOND


@pytest.mark.parametrize("after", [timedelta(), 5 * SECOND, -5 * SECOND])
def test_the_next_due_moment_is_the_earliest_that_can_be_tried(office: Post, after: timedelta) -> None:
    office.owe("far", "heads", HOUR)
    office.owe("near", "teaching", after)
    assert office.store.call(outbox.ahead, office.now).due == office.now + after


def test_the_oldest_unsent_is_told_of_what_could_have_gone_out(office: Post) -> None:
    office.owe("future", "teaching", HOUR)
    assert office.store.call(deliveries.oldest_unsent, office.now) is None
    office.owe("late", "teaching", -MINUTE)
    assert office.store.call(deliveries.oldest_unsent, office.now) == office.now - MINUTE


def ways(engine: Engine, asked: list[str]) -> list[str]:
    """How SQLite goes through the deliveries for each: the lines of its plans, but for rows that are named."""
    with engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}").all() for one in asked]
    lines = [str(row[-1]) for plan in plans for row in plan]
    return [line for line in lines if re.search(r" delivery(_\d+)? ", line) and "PRIMARY KEY" not in line]


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_look_reads_the_beginning_of_an_index_however_much_waits(office: Post) -> None:
    """`benchmarks.claiming` has the figures: with an index of the state alone everything that waited was read."""
    office.owe("a", "teaching")
    office.claim()
    with said_to_sqlite(office.store.engine) as said:
        office.store.call(due, office.now + HOUR)
    found = ways(office.store.engine, [one for one in said if "delivery" in one])
    names = "open_due", "bulk_due", "open_expires", "held", "bundle"
    indexes = {f"ix_delivery_{name}" for name in names}
    assert {name for name in indexes for line in found if name in line} == indexes
    assert [line for line in found if not any(name in line for name in indexes)] == []


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize("every", [True, False])
def test_a_press_finds_its_cards_without_reading_what_persons_were_told(office: Post, *, every: bool) -> None:
    """Of an event of a thousand that was half of what a press cost, once they had been nudged."""
    engine = office.store.engine
    words = deliveries.owing_cards("sqlite", deliveries.ANSWERED, every).words_for(engine.dialect)
    assert words is not None
    found = ways(engine, [words.sql.replace("?", "NULL")])
    indexes = "ix_delivery_in_groups", "ix_delivery_bundle"
    assert [line for line in found if not any(name in line for name in indexes)] == []
    assert len(found) == (2 if every else 3)
