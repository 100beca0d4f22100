"""A name on the roster is claimed: sure ones at once, all others by an organiser's press."""

import pytest

from handlers.answer_prompt import AnswerPrompt, AnswerPromptOutcome, NothingAsked, answer_prompt
from handlers.claim import (
    ClaimSent,
    ClaimsSpent,
    Meet,
    Met,
    NameAsked,
    NameShared,
    NameUnknown,
    StartClaim,
    meet,
    start_claim,
)
from handlers.decide_claim import (
    ClaimRequested,
    ClaimSettled,
    ClaimTaken,
    DecideClaim,
    MayNotDecideClaim,
    decide_claim,
)
from handlers.link import ClaimRefused, MovedAway
from handlers.privacy import Erased, EraseMe, erase_me
from handlers.respond import Respond, respond
from handlers.start import Linked, Start, Unlinked, Welcomed, start
from store import accounts, claims, invites, linked_accounts, persons
from store.accounts import Account
from store.chats import Place
from store.database import Store
from store.responses import ParticipationStatus
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, WANG, School, begin, local

TEACHING, STRANGE = Place("telegram", "-1001"), Place("telegram", "-77")
NEWCOMER = Account("telegram", "9998")
WU = Linked("样吴敏", "样例东校", "样例教联体")


def monday(store: Store) -> School:
    """21 September; 样吴敏 is linked to nobody."""
    school = begin(store)
    school.now = local("09-21 09:00")
    return school


@pytest.fixture
def school(store: Store) -> School:
    return monday(store)


def asked(school: School, account: Account = NOBODY) -> None:
    assert school.take(meet, Meet(account, TEACHING)) == Met()
    assert school.take(start_claim, StartClaim(account)) == NameAsked("样例教联体")


def says(school: School, text: str, shown: str, account: Account = NOBODY) -> AnswerPromptOutcome:
    return school.take(answer_prompt, AnswerPrompt(account, text, text, shown))


def key_of(school: School, account: Account) -> str | None:
    known = school.store.call(persons.of_account, account, 1)
    return known.key if known else None


def claim_of(school: School, account: Account = NOBODY) -> int:
    """The newest in which a name was said."""
    return school.ask(lambda session: max(one.id or 0 for one in claims.of(session, account) if one.person_id))


def news(school: School) -> list[tuple[str, object]]:
    """What accounts, not people, read now of their links."""
    before = len(school.said)
    school.send()
    return [(one.to, one.outcome) for one in school.said[before:] if one.to.isdigit()]


def decide(school: School, approve: bool, by: Account = OFFICE) -> ClaimSettled | MayNotDecideClaim:
    return school.take(decide_claim, DecideClaim(by, claim_of(school), approve))


def told(school: School) -> list[object]:
    """What the organiser reads now."""
    before = len(school.said)
    school.send()
    assert {one.to for one in school.said[before:]} <= {"chen"}
    return [one.outcome for one in school.said[before:]]


@pytest.mark.parametrize(
    ("text", "shown"), [("样吴敏", "样吴敏"), ("样吴敏", "样例东校 样吴敏"), (" 样 吴敏 样例东校", "样吴敏 东校")]
)
def test_a_name_that_the_account_bears_is_linked_at_once_and_told(school: School, text: str, shown: str) -> None:
    asked(school)
    assert says(school, text, shown) == WU
    assert key_of(school, NOBODY) == "wu"
    assert told(school) == [ClaimTaken(claim_of(school), shown, "样吴敏", "样例东校")]
    assert school.take(start_claim, StartClaim(NOBODY)).__class__ is Welcomed


def test_a_sure_claim_can_be_undone_once(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "样吴敏")
    undone = decide(school, approve=False)
    assert isinstance(undone, ClaimSettled)
    assert (undone.approved, undone.again) == (False, False)
    assert key_of(school, NOBODY) is None
    assert news(school) == [(NOBODY.address, ClaimRefused("样吴敏"))]
    again = decide(school, approve=True)
    assert isinstance(again, ClaimSettled)
    assert (again.approved, again.again) == (False, False)
    assert key_of(school, NOBODY) is None
    assert news(school) == []  # pressed again: said once


@pytest.mark.parametrize(
    ("text", "shown", "key"),
    [
        ("样吴敏", "晴天", "wu"),  # the account is called otherwise
        ("样吴敏", "样吴敏妈妈", "wu"),  # as parents call themselves
        ("样吴敏", "样吴敏 妈妈", "wu"),
        ("样陈静", "样陈静", "chen"),  # an organiser, and linked
        ("样李芳", "样李芳", "li"),  # linked to another account
    ],
)
def test_a_doubtful_one_waits_for_an_organiser(school: School, text: str, shown: str, key: str) -> None:
    asked(school)
    before = key_of(school, NOBODY)
    sent = says(school, text, shown)
    assert isinstance(sent, ClaimSent)
    assert sent.organisers == 1
    assert key_of(school, NOBODY) is before is None
    (requested,) = told(school)
    assert isinstance(requested, ClaimRequested)
    assert (requested.shown, requested.name, requested.linked) == (shown, text, key != "wu")
    assert isinstance(school.take(start_claim, StartClaim(NOBODY)), ClaimSent)  # asked again, it still waits
    settled = decide(school, approve=True)
    assert isinstance(settled, ClaimSettled)
    assert settled.approved
    assert key_of(school, NOBODY) == key
    school_name = "样例东校" if key == "wu" else "样例中心校"
    moved = {"wu": [], "chen": [OFFICE], "li": [LI]}[key]
    linked = NOBODY.address, Linked(text, school_name, "样例教联体")
    assert news(school) == [*((one.address, MovedAway(text)) for one in moved), linked]
    decide(school, approve=True)
    assert news(school) == []


@pytest.mark.parametrize("key", ["chen", "zhou", "qian"])
def test_no_name_alone_makes_an_organiser_an_approver_or_a_principal(store: Store, key: str) -> None:
    people = tuple({**one, "telegram": None} if one["key"] == key else one for one in FILE["person"])
    school = begin(store, person=people)
    name = next(str(one["name"]) for one in people if one["key"] == key)
    asked(school)
    assert isinstance(says(school, name, name), ClaimSent)
    assert key_of(school, NOBODY) is None


def test_who_is_refused_is_linked_to_nobody(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    settled = decide(school, approve=False)
    assert isinstance(settled, ClaimSettled)
    assert not settled.approved
    assert key_of(school, NOBODY) is None
    assert news(school) == [(NOBODY.address, ClaimRefused("样吴敏"))]


@pytest.mark.parametrize("by", [LI, WANG, NOBODY])
def test_only_another_organiser_decides(school: School, by: Account) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    assert decide(school, approve=True, by=by) == MayNotDecideClaim()
    assert key_of(school, NOBODY) is None


def test_who_has_become_an_organiser_does_not_decide_the_own_claim(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    code = school.store.call(invites.issue, school.person("chen"), school.now)
    assert isinstance(school.take(start, Start(NOBODY, code)), Linked)
    assert decide(school, approve=True, by=NOBODY) == MayNotDecideClaim()


def test_a_roster_is_not_tried_out(school: School) -> None:
    asked(school)
    assert says(school, "样一", "样一") == NameUnknown("样一", 2)
    assert says(school, "样二", "样二") == NameUnknown("样二", 1)
    assert says(school, "样三", "样三") == ClaimsSpent()
    assert says(school, "样吴敏", "样吴敏") == NothingAsked()
    school.take(meet, Meet(NOBODY, TEACHING))
    assert school.take(start_claim, StartClaim(NOBODY)) == ClaimsSpent()
    school.now = local("09-22 10:00")
    asked(school)


def test_whoever_presses_daily_after_three_wrong_names_may_try_again_a_day_after_the_last(school: School) -> None:
    asked(school)
    for name in ("样一", "样二"):
        says(school, name, name)
    school.now = local("09-22 08:00")
    asked(school)
    assert says(school, "样三", "样三") == ClaimsSpent()
    for moment, outcome in (("09-22 20:00", ClaimsSpent()), ("09-23 07:00", ClaimsSpent())):
        school.now = local(moment)
        school.take(meet, Meet(NOBODY, TEACHING))
        assert school.take(start_claim, StartClaim(NOBODY)) == outcome
    school.now = local("09-23 08:01")
    asked(school)
    assert says(school, "样一", "样一") == NameUnknown("样一", 2)


def test_namesakes_say_their_school(store: Store) -> None:
    namesake = {"key": "wu2", "name": "样吴敏", "school": "core", "roles": ("teacher",)}
    school = begin(store, person=(*FILE["person"], namesake))
    asked(school)
    assert says(school, "样吴敏", "样吴敏") == NameShared("样吴敏", ("样例东校", "样例中心校"))
    assert says(school, "样例中心校样吴敏", "样吴敏") == Linked("样吴敏", "样例中心校", "样例教联体")
    assert key_of(school, NOBODY) == "wu2"


def test_strangers_are_asked_nothing(school: School) -> None:
    assert school.take(meet, Meet(NOBODY, STRANGE)) == Unlinked()
    assert school.take(start_claim, StartClaim(NOBODY)) == Unlinked()
    assert says(school, "样吴敏", "样吴敏") == NothingAsked()


def test_the_question_is_open_for_an_hour(school: School) -> None:
    asked(school)
    school.now = local("09-21 10:01")
    assert says(school, "样吴敏", "样吴敏") == NothingAsked()


def test_erasure_forgets_what_is_owed_to_the_account(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    decide(school, approve=True)
    assert isinstance(school.take(erase_me, EraseMe(NOBODY, sure=True)), Erased)
    assert news(school) == []


def test_erasure_forgets_the_claim(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "样吴敏")
    assert isinstance(school.take(erase_me, EraseMe(NOBODY, sure=True)), Erased)
    assert school.ask(lambda session: claims.of(session, NOBODY)) == []


def test_two_who_claim_one_name_are_told_apart(school: School) -> None:
    for account in (NOBODY, NEWCOMER):
        asked(school, account)
    assert says(school, "样吴敏", "样吴敏") == WU
    assert isinstance(says(school, "样吴敏", "样吴敏", NEWCOMER), ClaimSent)
    assert key_of(school, NOBODY) == "wu"


def test_after_a_no_nothing_is_sure_any_more(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "样吴敏")
    decide(school, approve=False)
    asked(school)
    assert isinstance(says(school, "样吴敏", "样吴敏"), ClaimSent)
    assert key_of(school, NOBODY) is None


def test_an_old_button_means_the_old_name(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    old = claim_of(school)
    decide(school, approve=False)
    asked(school)
    says(school, "样陈静", "晴天")
    assert claim_of(school) != old
    settled = school.take(decide_claim, DecideClaim(OFFICE, old, approve=True))
    assert isinstance(settled, ClaimSettled)
    assert (settled.name, settled.approved) == ("样吴敏", False)
    assert key_of(school, NOBODY) is None


def test_a_number_is_never_given_to_another_claim(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "样吴敏")
    old = claim_of(school)
    school.take(erase_me, EraseMe(NOBODY, sure=True))
    asked(school, NEWCOMER)
    says(school, "样李芳", "样李芳", NEWCOMER)
    assert claim_of(school, NEWCOMER) > old


def test_whoever_has_a_history_is_confirmed_by_an_organiser(store: Store) -> None:
    school = begin(store, RESEARCH, until="10-08 09:00")
    answer = Respond(school.occurrence("research", "10-14 14:30"), WANG, ParticipationStatus.ACCEPTED)
    school.take(respond, answer)
    school.store.call(lambda session: linked_accounts.link(session, school.person("wang"), None))
    asked(school)
    assert isinstance(says(school, "样王强", "样王强"), ClaimSent)


def test_a_meeting_is_proof_for_a_day(school: School) -> None:
    school.take(meet, Meet(NOBODY, TEACHING))
    school.now = local("09-22 10:00")
    assert school.take(start_claim, StartClaim(NOBODY)) == Unlinked()


def link(school: School, key: str, account: Account) -> None:
    number = school.store.call(accounts.remember, account)
    school.store.call(linked_accounts.link, school.person(key), number)


def test_an_open_question_takes_no_other_words(school: School) -> None:
    asked(school)
    link(school, "wu", NOBODY)
    assert says(school, "每月教研在哪天", "样吴敏") == NothingAsked()


def test_nobody_is_linked_to_a_name_that_left_the_roster_meanwhile(school: School) -> None:
    asked(school)
    says(school, "样吴敏", "晴天")
    begin(school.store, person=tuple(one for one in FILE["person"] if one["key"] != "wu"))
    settled = decide(school, approve=True)
    assert isinstance(settled, ClaimSettled)
    assert not settled.approved


def test_organisers_who_come_later_are_asked_too(store: Store) -> None:
    people = tuple({**one, "telegram": None} if one["key"] == "chen" else one for one in FILE["person"])
    school = begin(store, person=people)
    asked(school)
    sent = says(school, "样吴敏", "晴天")
    assert isinstance(sent, ClaimSent)
    assert sent.organisers == 0
    link(school, "chen", OFFICE)
    school.take(meet, Meet(NOBODY, TEACHING))
    assert isinstance(school.take(start_claim, StartClaim(NOBODY)), ClaimSent)
    assert [type(one) for one in told(school)] == [ClaimRequested]


def test_what_came_to_nothing_is_forgotten(school: School) -> None:
    school.take(meet, Meet(NOBODY, TEACHING))
    school.store.call(claims.forget, local("10-22 09:00"))
    assert school.ask(lambda session: claims.of(session, NOBODY)) == []
    asked(school)
    says(school, "样吴敏", "样吴敏")
    school.store.call(claims.forget, local("12-20 09:00"))
    assert len(school.ask(lambda session: claims.of(session, NOBODY))) == 1
