"""/start: who somebody is, with and without an invite code."""

from datetime import timedelta

import pytest

from handlers.claim import NameShared
from handlers.invite import Invite, Invited, invite
from handlers.link import MovedAway
from handlers.respond import Respond, Responded, respond
from handlers.start import InviteOfAnother, InviteUnknown, Linked, Start, Unlinked, Welcomed, start
from store import invites, persons
from store.accounts import Account
from store.database import Store
from store.persons import Membership
from store.responses import ParticipationStatus
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, School, begin

MEMBER = Membership("样李芳", "样例中心校", 1, "样例教联体")
WU = Linked("样吴敏", "样例东校", "样例教联体")


@pytest.fixture
def school(store: Store) -> School:
    return begin(store)


def code_for(school: School, person: str) -> str:
    return school.store.call(invites.issue, school.person(person), school.now)


def whose(school: School, account: Account) -> str | None:
    known = school.store.call(persons.of_account, account, 1)
    return known.key if known else None


def test_a_code_links_the_account_and_says_who_one_is_now(school: School) -> None:
    assert school.take(start, Start(NOBODY, code_for(school, "wu"))) == WU
    assert whose(school, NOBODY) == "wu"


def test_a_code_may_be_typed_in_capitals(school: School) -> None:
    assert school.take(start, Start(NOBODY, f" {code_for(school, 'wu').upper()} ")) == WU


def test_the_same_code_by_the_same_account_again_is_as_good_as_once(school: School) -> None:
    code = code_for(school, "wu")
    assert [school.take(start, Start(NOBODY, code)) for _ in range(2)] == [WU, WU]


def test_a_used_code_links_nobody_else(school: School) -> None:
    code = code_for(school, "wu")
    school.take(start, Start(NOBODY, code))
    stranger = Account("telegram", "10000")
    assert school.take(start, Start(stranger, code)) == InviteUnknown()
    assert whose(school, stranger) is None


def test_an_expired_code_and_an_invented_one_are_refused(school: School) -> None:
    code = code_for(school, "wu")
    school.now += invites.GOOD_FOR + timedelta(seconds=1)
    assert school.take(start, Start(NOBODY, code)) == InviteUnknown()
    assert school.take(start, Start(NOBODY, "abc2345678")) == InviteUnknown()
    assert whose(school, NOBODY) is None


def test_who_has_left_the_roster_is_not_linked_by_an_old_code(school: School) -> None:
    code = code_for(school, "wu")
    begin(school.store, person=tuple(one for one in FILE["person"] if one["key"] != "wu"))
    assert school.take(start, Start(NOBODY, code)) == InviteUnknown()


def test_an_own_code_again_on_the_same_phone_keeps_the_link(school: School) -> None:
    code = code_for(school, "li")
    assert school.take(start, Start(LI, code)) == Linked("样李芳", "样例中心校", "样例教联体")
    assert whose(school, LI) == "li"


def test_an_organiser_who_opens_a_code_for_another_stays_one(school: School) -> None:
    code = code_for(school, "wu")
    assert school.take(start, Start(OFFICE, code)) == InviteOfAnother("样吴敏", "样陈静")
    assert whose(school, OFFICE) == "chen"
    assert school.take(start, Start(NOBODY, code)) == WU


def test_a_linked_person_is_welcomed_and_a_stranger_told_how_to_link(school: School) -> None:
    assert school.take(start, Start(LI, "")) == Welcomed("样李芳", (MEMBER,))
    assert school.take(start, Start(NOBODY, "")) == Unlinked()


def test_a_new_phone_takes_the_place_of_the_old_one_and_the_history_stays(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 09:00")
    research = school.occurrence("research", "10-14 14:30")
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    phone = Account("telegram", "10000")
    assert isinstance(school.take(start, Start(phone, code_for(school, "li"))), Linked)
    assert (whose(school, phone), whose(school, LI)) == ("li", None)
    assert school.take(start, Start(LI, "")) == Unlinked()
    again = school.take(respond, Respond(research, phone, ParticipationStatus.ACCEPTED))
    assert isinstance(again, Responded)
    assert again.again


def test_the_old_phone_is_told_once_that_another_one_took_its_place(school: School) -> None:
    code = code_for(school, "li")
    for _ in range(2):
        school.take(start, Start(NOBODY, code))
        school.send()
    assert [(one.to, one.outcome) for one in school.said] == [(LI.address, MovedAway("样李芳"))]


def test_the_old_phone_that_takes_its_place_again_is_not_told_that_it_lost_it(school: School) -> None:
    for account in (NOBODY, LI):
        school.take(start, Start(account, code_for(school, "li")))
        school.now += timedelta(seconds=1)
    school.send()
    assert [(one.to, one.outcome) for one in school.said] == [(NOBODY.address, MovedAway("样李芳"))]


def test_a_second_code_makes_the_account_the_newly_invited_person(school: School) -> None:
    assert school.take(start, Start(LI, code_for(school, "wu"))) == WU
    assert whose(school, LI) == "wu"


def test_of_namesakes_the_one_who_is_invited_is_said_with_the_school_or_the_key(store: Store) -> None:
    namesake = {"key": "wu2", "name": "样吴敏", "school": "core", "roles": ("teacher",)}
    school = begin(store, person=(*FILE["person"], namesake))
    shared = school.take(invite, Invite(OFFICE, "样吴敏"))
    assert shared == NameShared("样吴敏", ("样例东校", "样例中心校"), ("wu", "wu2"))
    for words in ("样吴敏 样例中心校", "wu2"):
        found = school.take(invite, Invite(OFFICE, words))
        assert isinstance(found, Invited)
        assert (found.name, found.school) == ("样吴敏", "样例中心校")
