"""Files that were sent: on both databases kept, shown, written as they were shown, forgotten with who sent them."""

from msgspec.structs import replace
from sqlmodel import select

from handlers.decide_offer import (
    DropOffer,
    FileTaken,
    OfferDecided,
    OfferDropped,
    OfferGone,
    OfferOpened,
    OfferOvertaken,
    OpenOffer,
    TakeOffer,
    drop_offer,
    open_offer,
    take_offer,
)
from handlers.offer import FileWanted, OfferFile, SendFile, offer_file, send_file
from handlers.offered import FileOffered, PaperOffered
from handlers.privacy import Erased, EraseMe, erase_me
from store.blueprint import Blueprint
from store.database import Store
from store.offers import Offer, OfferKind
from store.policies.editions import Published
from store.policies.importing import made
from store.policies.margins import Line
from tests.handlers.event_sample import FILE, LI, OFFICE, RESEARCH, School, begin

NOW = Blueprint.model_validate(FILE | {"activity": (RESEARCH,)})
LATER = Blueprint.model_validate(FILE | {"activity": (RESEARCH | {"title": "改过的教研"},)})
PAPER = made("章程.txt", [Line("样例章程", 1), Line("每月一次教研。", 2)])


def offered(school: School, kind: OfferKind = OfferKind.CONSORTIUM_FILE, content: bytes = b"\x00\xff") -> FileOffered:
    shown = school.take(offer_file, OfferFile(OFFICE, kind, "样例.toml", content, 1, LATER))
    assert isinstance(shown, FileOffered)
    return shown


def test_a_file_is_kept_byte_for_byte_and_written_as_it_was_shown(store: Store) -> None:
    school = begin(store, RESEARCH)
    sent = SendFile(OFFICE, OfferKind.CONSORTIUM_FILE, "样例.toml", 2, "")
    assert isinstance(school.take(send_file, sent), FileWanted)
    shown = offered(school)
    assert [str(change.path) for change in shown.changed] == ["activity[research].title"]
    opened = school.take(open_offer, OpenOffer(OFFICE, shown.offer))
    assert isinstance(opened, OfferOpened)
    assert (opened.content, opened.last) == (b"\x00\xff", NOW)
    take = TakeOffer(OFFICE, shown.offer, LATER, NOW, 0, None, look=False)
    assert school.take(take_offer, take) == FileTaken("样例.toml", "样例教联体", 0, 1, 0)
    assert school.take(take_offer, take) == OfferDecided(taken=True)
    assert school.ask(lambda session: session.exec(select(Offer.content)).all()) == [""]


def test_a_file_is_nobody_elses_and_may_be_dropped(store: Store) -> None:
    school = begin(store, RESEARCH)
    number = offered(school).offer
    assert school.take(open_offer, OpenOffer(LI, number)) == OfferGone()
    assert school.take(drop_offer, DropOffer(LI, number)) == OfferGone()
    assert school.take(drop_offer, DropOffer(OFFICE, number)) == OfferDropped("样例.toml")
    assert school.take(drop_offer, DropOffer(OFFICE, number)) == OfferDecided(taken=False)


def test_a_roster_is_never_written_over_a_file_that_it_was_not_read_into(store: Store) -> None:
    school = begin(store, RESEARCH)
    number = offered(school, OfferKind.ROSTER).offer
    take = TakeOffer(OFFICE, number, LATER, LATER, 0, None, look=False)
    assert school.take(take_offer, take) == OfferOvertaken()


def test_a_paper_is_foreseen_as_it_is_published(store: Store) -> None:
    school = begin(store, RESEARCH)
    shown = school.take(offer_file, OfferFile(OFFICE, OfferKind.PAPER, "章程.txt", b"x", 1, PAPER))
    assert isinstance(shown, PaperOffered)
    done = school.take(take_offer, TakeOffer(OFFICE, shown.offer, PAPER, NOW, 0, None, look=False))
    assert replace(done, number=0) == Published(
        shown.document, shown.edition, shown.clauses, shown.added, shown.changed, shown.removed
    )


def test_what_somebody_sent_is_erased_with_the_account(store: Store) -> None:
    school = begin(store, RESEARCH)
    offered(school)
    assert isinstance(school.take(erase_me, EraseMe(OFFICE, sure=True)), Erased)
    assert school.ask(lambda session: session.exec(select(Offer)).all()) == []
