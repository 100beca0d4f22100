"""Two who change one consortium at once, on both databases: the second sees what the first one did."""

import json
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import sleep
from typing import TypeVar

from bot.commands.apply import ReadInto, read_into
from bot.sheets.roster import Entry
from handlers.apply import Applied, Apply, apply
from handlers.bulletin import BulletinPublished, BulletinSent, PublishBulletin, publish_bulletin
from handlers.claim import ClaimName, ClaimSent, Meet, StartClaim, claim_name, meet, start_claim
from handlers.decide_offer import FileTaken, TakeOffer, take_offer
from handlers.offer import OfferFile, offer_file
from handlers.offered import FileOffered
from handlers.start import Linked
from store import accounts, consortiums
from store.accounts import Account
from store.blueprint import Blueprint
from store.chats import Place
from store.database import Session, Store
from store.offers import OfferKind
from tests.conftest import HOME
from tests.databases import Databases
from tests.forked import Forked
from tests.handlers.event_sample import FILE, NOBODY, OFFICE, RESEARCH, School, begin, local

T = TypeVar("T")
U = TypeVar("U")

NOW = Blueprint.model_validate(FILE | {"activity": (RESEARCH,)})
RENAMED = Blueprint.model_validate(FILE | {"activity": (RESEARCH | {"title": "改过的教研"},)})
JOINED = Blueprint.model_validate(
    FILE
    | {
        "activity": (RESEARCH,),
        "person": (*FILE["person"], {"key": "new", "name": "样新来", "school": "core", "roles": ("teacher",)}),
    }
)
LONG_ENOUGH = 0.3  # for the second to come as far as it gets while the first has not committed


def at_once(store: Store, first: Callable[[Session], T], second: Callable[[Session], U]) -> tuple[T, U]:
    """The second begins when the first has done its work and not yet committed it."""
    with ThreadPoolExecutor(1) as thread:
        waiting: list[Future[U]] = []

        def both(session: Session) -> T:
            found = first(session)
            session.flush()
            waiting.append(thread.submit(store.call, second))
            sleep(LONG_ENOUGH)
            return found

        done = store.call(both)
        return done, waiting[0].result()


def applied_last(school: School) -> Blueprint:
    def read(session: Session) -> Blueprint:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return consortiums.blueprint(row)

    return school.ask(read)


def test_a_file_is_compared_with_the_one_that_was_applied_just_before(store: Store) -> None:
    school = begin(store, RESEARCH)
    _, second = at_once(
        store,
        lambda session: apply(session, Apply(JOINED), school.now),
        lambda session: apply(session, Apply(RENAMED), school.now),
    )
    assert isinstance(second, Applied)
    assert [str(place) for place in second.retired] == ["person[new]"]


def test_of_two_that_apply_a_new_consortium_the_second_is_compared_with_the_first(store: Store) -> None:
    now = local("09-20 08:00")
    first, second = at_once(
        store,
        lambda session: apply(session, Apply(JOINED), now),
        lambda session: apply(session, Apply(RENAMED), now),
    )
    assert isinstance(first, Applied)
    assert isinstance(second, Applied)
    assert first.retired == ()
    assert [str(place) for place in second.retired] == ["person[new]"]


def test_of_two_that_are_started_at_once_both_apply_a_new_consortium(databases: Databases, tmp_path: Path) -> None:
    """The whole command, with the database made and the reminders planned."""
    file = str(HOME / "samples" / "chuzhong.toml")
    settings = os.environ | {"JIAOLIAN_DATABASE_URL": databases.new()}
    told = [(tmp_path / f"stderr{number}", tmp_path / f"stdout{number}") for number in (1, 2)]
    both = [Forked(["apply", file, "--json"], tmp_path, settings, *files) for files in told]
    assert [(each.wait(60), stderr.read_text()) for each, (stderr, _) in zip(both, told, strict=True)] == [(0, "")] * 2
    assert sorted(json.loads(stdout.read_text("utf-8"))["added"] == [] for _, stdout in told) == [False, True]


def test_an_account_that_two_get_to_know_at_once_is_one(store: Store) -> None:
    first, second = at_once(store, *[lambda session: accounts.remember(session, NOBODY)] * 2)
    assert first == second


def test_of_two_files_that_are_taken_the_second_is_shown_anew(store: Store) -> None:
    school = begin(store, RESEARCH)

    def take(read: Blueprint) -> Callable[[Session], object]:
        shown = school.take(offer_file, OfferFile(OFFICE, OfferKind.CONSORTIUM_FILE, "样例.toml", b"x", 1, read))
        assert isinstance(shown, FileOffered)
        request = TakeOffer(OFFICE, shown.offer, read, NOW, 0, None, look=False)
        return lambda session: take_offer(session, request, school.now)

    first, second = at_once(store, take(JOINED), take(RENAMED))
    assert isinstance(first, FileTaken)
    assert isinstance(second, FileOffered)
    assert second.overtaken
    assert applied_last(school) == JOINED


def test_a_roster_is_read_into_the_file_that_was_applied_just_before(store: Store) -> None:
    school = begin(store, RESEARCH)
    roster = ReadInto("sample", "名册.xlsx", [Entry(2, {"name": "样再来", "school": "east"})])
    at_once(
        store,
        lambda session: apply(session, Apply(JOINED), school.now),
        lambda session: read_into(session, roster, school.now),
    )
    assert {"样新来", "样再来"} <= {person.name for person in applied_last(school).person}


def test_one_name_is_not_linked_to_two_who_claim_it(store: Store) -> None:
    school = begin(store)
    both = (NOBODY, Account("telegram", "9998"))
    for account in both:
        school.take(meet, Meet(account, Place("telegram", "-1001")))
        school.take(start_claim, StartClaim(account))
    requests = [ClaimName(account, "样吴敏", "样吴敏") for account in both]
    first, second = at_once(
        store,
        lambda session: claim_name(session, requests[0], school.now),
        lambda session: claim_name(session, requests[1], school.now),
    )
    assert isinstance(first, Linked)
    assert isinstance(second, ClaimSent)


def test_of_two_organisers_who_publish_a_bulletin_at_once_one_sends_it(store: Store) -> None:
    second = Account("telegram", "7021")
    colleague = {"key": "xu", "name": "样徐兰", "school": "east", "telegram": 7021, "roles": ("organiser",)}
    school = begin(store, RESEARCH, person=(*FILE["person"], colleague), until="10-14 16:10")
    event = school.occurrence("research", "10-14 14:30")

    def publish(who: Account) -> Callable[[Session], object]:
        return lambda session: publish_bulletin(session, PublishBulletin(who, event), school.now)

    done = at_once(store, publish(OFFICE), publish(second))
    assert [one.again for one in done if isinstance(one, BulletinPublished)] == [False, True]
    school.until("10-14 17:00")
    assert [one.to for one in school.said if isinstance(one.outcome, BulletinSent)] == ["teaching"]
