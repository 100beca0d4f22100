"""/privacy: one's own data, all of it and nobody else's; erased, it leaves counts and no person."""

import json
from typing import Any

import pytest

from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Applied, Apply, apply
from handlers.check_in import CheckIn, check_in
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.leave import StartLeave, start_leave
from handlers.offer import OfferFile, offer_file
from handlers.privacy import (
    EraseAsked,
    Erased,
    EraseMe,
    Exported,
    ExportMine,
    PrivacyShown,
    ShowPrivacy,
    erase_me,
    export_mine,
    show_privacy,
)
from handlers.respond import Respond, respond
from handlers.respond_for import RespondFor, respond_for
from handlers.start import Unlinked
from store import accounts, attendees, consortiums, invites, persons, responses, updates
from store.accounts import Account
from store.blueprint import Blueprint
from store.database import Session
from store.offers import OfferKind
from store.persons import Person
from store.responses import ParticipationStatus
from store.updates import InboxUpdate, Raw, WorkedOff
from tests.handlers.event_sample import FILE, LI, NOBODY, OFFICE, RESEARCH, WANG, ZHOU, School
from tests.handlers.event_sample import person as school_person
from tests.store.test_backups import everything

REASON = "样例事由：去医院复查"


@pytest.fixture
def told(school: School, research: int) -> School:
    """王强 has asked for leave, come after all, and written a reflection that is not handed in."""
    school.take(start_leave, StartLeave(WANG, research))
    school.take(answer_prompt, AnswerPrompt(WANG, REASON))
    school.take(respond, Respond(research, LI, ParticipationStatus.ACCEPTED))
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, WANG))
    school.until("10-14 16:05")
    school.take(answer_prompt, AnswerPrompt(WANG, "样例反思：先看学生。"))
    return school


def exported(school: School, who: Account) -> dict[str, Any]:
    found = school.take(export_mine, ExportMine(who))
    assert isinstance(found, Exported)
    name, content = found.document
    assert name.endswith(".json")
    (facts,) = json.loads(content)
    return dict(facts)


def erased(school: School, who: Account) -> str:
    assert isinstance(school.take(erase_me, EraseMe(who, sure=False)), EraseAsked)
    found = school.take(erase_me, EraseMe(who, sure=True))
    assert isinstance(found, Erased)
    return found.pseudonyms[0]


def test_what_is_shown_is_ones_own(told: School) -> None:
    shown = told.take(show_privacy, ShowPrivacy(WANG))
    assert isinstance(shown, PrivacyShown)
    (mine,) = shown.kept
    assert (mine.name, mine.school, mine.home) == ("样王强", "样例东校", "样例中心校")
    assert (mine.responses, mine.leaves, mine.check_ins, mine.reflections, mine.records) == (1, 1, 1, 1, 0)


def test_a_copy_has_everything_that_was_said_and_done(told: School) -> None:
    facts = exported(told, WANG)
    leave, came, text = (facts[name][0] for name in ("Leave", "CheckIn", "Reflection"))
    assert (leave["reason"], leave["state"], leave["decided_by"]) == (REASON, "pending", None)
    assert leave["asked_at"] == "2026-10-08T01:00:00Z"
    assert (came["method"], came["event"], came["date"]) == ("button", "共创式主题教研", "2026-10-14")
    assert text["text"] == "样例反思：先看学生。"
    account = {"platform": "telegram", "address": WANG.address, "reachable": None, "language": None}
    account |= {"consortium_id": None, "last_answer": ""}
    assert facts["account"] == account
    assert facts["head_of"] == ["八(1)班"]
    assert [one["event"] for one in facts["Attendee"]] == ["共创式主题教研"]
    assert "样李芳" not in str(facts)


def test_a_copy_has_what_is_still_open(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    school.ask(lambda session: invites.issue(session, school_person(session, "wang"), school.now))
    facts = exported(school, WANG)
    assert [(one["asks"], one["event"]) for one in facts["Prompt"]] == [("leave_reason", "共创式主题教研")]
    assert [one.keys() for one in facts["Invite"]] == [{"expires_at", "used_at"}]
    assert facts["Offer"] == []
    school.take(answer_prompt, AnswerPrompt(WANG, REASON))
    owed = exported(school, ZHOU)["Delivery"]
    assert [(one["kind"], one["state"]) for one in owed] == [("leave_request", "pending")] * 2  # with its reminder
    assert owed[0]["event"] == "共创式主题教研"
    later = Blueprint.model_validate(FILE | {"activity": (RESEARCH | {"title": "改过的教研"},)})
    school.take(offer_file, OfferFile(OFFICE, OfferKind.CONSORTIUM_FILE, "样例.toml", b"x", 1, later))
    (offer,) = exported(school, OFFICE)["Offer"]
    assert (offer["name"], offer["kind"], offer["state"]) == ("样例.toml", "consortium_file", "shown")


def test_a_copy_has_what_is_planned(heads: School) -> None:
    """Monday noon; 王强 is reminded of his class meeting of the week after on the day before."""
    (first, *_) = [one for one in exported(heads, WANG)["Reminder"] if one["state"] == "waiting"]
    assert (first["kind"], first["event"], first["date"]) == ("remind", "主题班会", "2026-10-19")
    assert first["at"] == "2026-10-18T08:00:00Z"
    assert exported(heads, OFFICE)["Reminder"] == []


def test_a_stranger_has_nothing_here(told: School) -> None:
    for use_case, request in ((show_privacy, ShowPrivacy(NOBODY)), (export_mine, ExportMine(NOBODY))):
        assert told.take(use_case, request) == Unlinked()  # type: ignore[arg-type]
    assert told.take(erase_me, EraseMe(NOBODY, sure=True)) == Unlinked()


def test_nothing_is_erased_before_it_is_said_twice(told: School) -> None:
    before = everything(told.store)
    assert told.take(erase_me, EraseMe(WANG, sure=False)) == EraseAsked(())
    assert everything(told.store) == before


def test_erased_the_counts_stay_and_the_person_is_gone(told: School, research: int) -> None:
    before = told.ask(lambda session: (responses.tally(session, research), attendees.of(session, research)))
    pseudonym = erased(told, WANG)
    assert told.ask(lambda session: (responses.tally(session, research), attendees.of(session, research))) == before
    rows = json.dumps(everything(told.store), default=str, ensure_ascii=False)
    assert pseudonym in rows
    assert REASON not in rows
    assert "样例反思" not in rows
    assert f'"{WANG.address}"' not in rows
    assert told.take(show_privacy, ShowPrivacy(WANG)) == Unlinked()


def test_the_file_applied_again_brings_no_history_and_no_link_back(told: School, research: int) -> None:
    erased(told, WANG)

    def last(session: Session) -> Apply:
        found = consortiums.by_key(session, "sample")
        assert found is not None
        return Apply(consortiums.blueprint(found))

    again = told.take(apply, told.ask(last))
    assert isinstance(again, Applied)
    assert (again.added, again.changed, again.retired) == ((), (), ())

    def fresh(session: Session) -> tuple[str, int | None, bool]:
        row = session.get_one(Person, persons.by_keys(session, 1)["wang"].id)
        return row.name, row.account_id, row.id in attendees.of(session, research)

    assert told.ask(fresh) == ("样王强", None, False)
    assert told.ask(lambda session: accounts.id_of(session, WANG)) is None
    assert WANG.address in told.ask(last).blueprint.model_dump_json(), "the school's own: `erase_asked` says so"
    told.until("10-20 12:00")


def test_the_last_organiser_is_warned(told: School) -> None:
    asked = told.take(erase_me, EraseMe(OFFICE, sure=False))
    assert isinstance(asked, EraseAsked)
    assert len(asked.only_organiser) == 1


def test_a_copy_names_who_decided(school: School, research: int) -> None:
    school.take(start_leave, StartLeave(WANG, research))
    school.take(answer_prompt, AnswerPrompt(WANG, REASON))
    school.take(decide_leave, DecideLeave(1, ZHOU, True))
    (leave,) = exported(school, WANG)["Leave"]
    assert (leave["state"], leave["decided_by"]) == ("approved", "样周明")


def test_what_was_set_aside_of_the_person_is_emptied_and_nothing_of_anybody_else(told: School) -> None:
    def payload(sender: int) -> str:
        return f'{{"message":{{"from":{{"id":{sender}}},"text":"{REASON}"}}}}'

    kept = [Raw(1, payload(7002)), Raw(2, payload(70021)), Raw(3, payload(7002)), Raw(4, payload(70021))]
    told.ask(lambda session: updates.keep(session, kept, told.now))
    told.ask(lambda session: updates.settle(session, [WorkedOff(1, "bug"), WorkedOff(2, "bug")]))
    erased(told, WANG)
    left = told.ask(lambda session: [session.get_one(InboxUpdate, number).payload for number in (1, 2, 3, 4)])
    assert left == ["", *(raw.payload for raw in kept[1:])]


def test_a_live_card_is_owed_anew_so_that_it_names_the_person_no_longer(school: School) -> None:
    assert school.until("10-08 09:01") == []
    erased(school, LI)
    assert [(said.to, said.edited) for said in school.until("10-08 09:02")] == [("teaching", True)]


def test_a_word_to_an_answer_and_who_registered_it_are_in_the_copy_and_the_word_goes(
    school: School, research: int
) -> None:
    li = school.person("li")
    school.take(respond_for, RespondFor(OFFICE, research, li, ParticipationStatus.ACCEPTED))
    school.store.call(responses.remark, research, li, REASON)
    (answer,) = exported(school, LI)["Response"]
    assert (answer["status"], answer["answered_by"], answer["note"]) == ("accepted", "样陈静", REASON)
    erased(school, LI)
    assert REASON not in json.dumps(everything(school.store), default=str, ensure_ascii=False)
    erased(school, OFFICE)  # who had registered it is a pseudonym's
