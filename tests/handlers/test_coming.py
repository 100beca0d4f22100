"""`card = "names"`: who comes stands on the card, within what a message holds; nobody else does."""

from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.length import LONGEST
from bot.speech import Message, together
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.coming import fitting, plain
from handlers.decide_leave import DecideLeave, decide_leave
from handlers.event import Announced, Reminded
from handlers.leave import StartLeave, start_leave
from handlers.notice import Notice, notice
from handlers.respond import Respond, respond
from handlers.text_units import units
from store.accounts import Account
from store.database import Store
from store.deliveries import DeliveryKind
from store.responses import ParticipationStatus
from tests.handlers.event_sample import FILE, LI, RESEARCH, TEACHER, VOICES, WANG, ZHAO, ZHOU, School, begin

COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
NAMED: dict[str, Any] = RESEARCH | {"card": "names"}
HOSTILE = ("张" * 40, "样\n李\u202e芳\u2028", "😀" * 30, "样<b>王</b>_*`", "a" * 60, "样 刘 芳")


def crowd(size: int, names: tuple[str, ...] = ("样老师",)) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"key": f"t{n}", "name": names[n % len(names)] + str(n), "school": "core", "telegram": 20_000 + n, **TEACHER}
        for n in range(size)
    )


def card(school: School, research: int, beside: int = 1) -> Announced:
    request = Notice(DeliveryKind.ANNOUNCE, research, 1, None, "", card=True, beside=beside)
    said = school.store.call(notice, request, school.now)
    assert isinstance(said, Announced)
    return said


@pytest.fixture
def named(store: Store) -> School:
    return begin(store, NAMED, until="10-08 09:00")


def test_who_comes_is_named_and_nobody_else_is(named: School) -> None:
    research = named.occurrence("research", "10-14 14:30")
    named.take(respond, Respond(research, WANG, COMING))
    named.take(respond, Respond(research, LI, COMING))
    named.take(respond, Respond(research, ZHAO, AWAY))
    named.take(start_leave, StartLeave(ZHAO, research))
    edits = [one.outcome for one in named.until("10-08 09:05") if one.edited]
    assert edits
    for outcome in edits:
        assert isinstance(outcome, Announced | Reminded)
        for voice in VOICES:
            text = voice.say(outcome).text
            assert text.index("样李芳") < text.index("样王强")  # school by school, in the file's order
            assert "样赵敏" not in text
            assert "样周明" not in text


def test_without_the_key_there_are_counts_alone(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    assert card(school, research).coming is None
    assert "样李芳" not in VOICES[0].say(card(school, research)).text


def test_whoever_is_on_leave_is_not_said_to_come(named: School) -> None:
    research = named.occurrence("research", "10-14 14:30")
    named.take(start_leave, StartLeave(WANG, research))
    named.take(answer_prompt, AnswerPrompt(WANG, "样例事由"))
    named.take(decide_leave, DecideLeave(1, ZHOU, approve=True))
    named.take(respond, Respond(research, WANG, COMING))
    named.take(respond, Respond(research, LI, COMING))
    said = card(named, research).coming
    assert said is not None
    assert said.names == ("样李芳",)


@pytest.mark.parametrize("names", [("样老师",), HOSTILE])
@pytest.mark.parametrize("beside", [1, 2, 5])
def test_two_hundred_people_fit_into_a_message_that_several_events_share(
    store: Store, names: tuple[str, ...], beside: int
) -> None:
    people = crowd(200, names)
    school = begin(store, NAMED, person=people + FILE["person"], until="10-08 09:00")
    research = school.occurrence("research", "10-14 14:30")
    for one in people:
        school.store.call(respond, Respond(research, Account("telegram", str(one["telegram"])), COMING), school.now)
    said = card(school, research, beside)
    assert said.coming is not None
    assert said.coming.total == 200
    for voice in VOICES:
        alone = voice.say(said)
        whole = together([Message(f"{alone.text}{n}", ()) for n in range(beside)])
        assert units(whole.text) <= LONGEST
        named_last = plain(people[len(said.coming.names) - 1]["name"])
        assert f"{named_last}\n" in alone.text + "\n" or f"{named_last}等200人" in alone.text or "more" in alone.text
        assert len(alone.text.splitlines()) < 25  # no name breaks a line


def test_of_ordinary_names_two_hundred_are_all_there(store: Store) -> None:
    people = crowd(200)
    school = begin(store, NAMED | {"at": time(14, 30)}, person=people + FILE["person"], until="10-08 09:00")
    research = school.occurrence("research", "10-14 14:30")
    for one in people:
        school.store.call(respond, Respond(research, Account("telegram", str(one["telegram"])), COMING), school.now)
    said = card(school, research).coming
    assert said is not None
    assert len(said.names) == 200


@given(st.lists(st.text(min_size=1, max_size=40), max_size=60), st.integers(0, 300))
def test_names_are_cut_between_names_and_never_over_the_room(names: list[str], room: int) -> None:
    kept = fitting([plain(name) for name in names], room)
    assert list(kept) == [plain(name) for name in names][: len(kept)]
    assert sum(units(name) for name in kept) <= room
    assert all(len(name.splitlines()) <= 1 for name in kept)
