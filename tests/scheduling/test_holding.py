"""Holding: what the clock sends to one person beyond so many messages a day goes out as one, and is rehearsed so."""

from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

import pytest
from sqlmodel import col, select

from bot.rehearsal import rehearsed
from bot.voice import Voices
from handlers.respond import Respond, respond
from scheduling import planner
from scheduling.release import release
from store.database import Session, Store
from store.deliveries import Delivery, DeliveryKind, DeliveryState, Owed, owe
from store.responses import ParticipationStatus
from tests.handlers.event_sample import FILE, LI, SHANGHAI, School, begin, local

BOTH = pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
DAY = date(2026, 10, 21)


def meeting(key: str, at: time, **besides: Any) -> dict[str, Any]:
    """Of an hour, on one Wednesday; reflections of it are due two days later."""
    told: dict[str, Any] = {"key": key, "kind": "meeting", "title": f"样例{key}", "every": "once", "on": DAY, "at": at}
    told |= {"lasts": "1h", "chat": "teaching", "audience": {"roles": ("teacher",)}, "reflect": {"due": "2d"}}
    return told | besides


FOUR = [meeting(f"m{hour}", time(hour)) for hour in (8, 10, 13, 15)]


def founded(store: Store, *activities: dict[str, Any], most: int | None = 3) -> School:
    school = begin(store, *activities, consortium=FILE["consortium"] | {"private_budget": most})
    store.call(planner.plan, school.now)
    return school


def told(school: School, *moments: str) -> list[list[str]]:
    """What 样李芳 is sent on that day, message by message, when it is looked at just then."""
    for moment in moments:
        school.now = local(moment)
        school.store.call(release, school.now)
    return school.ask(lambda session: of_li(session, school))


def of_li(session: Session, school: School) -> list[list[str]]:
    rows = session.exec(select(Delivery).where(Delivery.person_id == school.person("li")).order_by(col(Delivery.id)))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row.bundle or row.dedup_key].append(f"{hour(row.due_at)} {row.kind}")
    return sorted(found.values())


def hour(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%d %H:%M}"


ALL_DAY = ("10-21 09:00", "10-21 11:00", "10-21 14:00", "10-21 16:00")
THREE = [["21 09:00 reflect"], ["21 11:00 reflect"], ["21 16:00 reflect"] * 2]


@BOTH
def test_the_first_two_are_as_they_are_and_the_others_go_out_with_the_last(store: Store) -> None:
    school = founded(store, *FOUR)
    assert told(school, *ALL_DAY) == THREE
    lines = rehearsed(store, Voices("zh"), "sample", DAY, DAY)
    mine = [line for line in lines if line.to == {"person": "li"}]
    assert [f"{hour(line.at)} {line.kind}" for line in mine] == [part[0] for part in THREE]
    assert "样例m13" in mine[2].text
    assert "样例m15" in mine[2].text


def test_without_the_key_each_goes_by_itself_at_its_own_moment(store: Store) -> None:
    school = founded(store, *FOUR, most=None)
    assert told(school, *ALL_DAY) == [[f"21 {at} reflect"] for at in ("09:00", "11:00", "14:00", "16:00")]
    assert len([one for one in rehearsed(store, Voices("zh"), "sample", DAY, DAY) if one.to == {"person": "li"}]) == 4


def test_after_a_downtime_nobody_gets_more_either_however_long_the_queue(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduling.release.BATCH", 1)
    school = founded(store, *FOUR)
    assert [len(part) for part in told(school, "10-21 19:00")] == [1, 1, 2]


@BOTH
def test_what_is_left_of_yesterday_counts_today(store: Store) -> None:
    """From midnight there; the last of today is a nudge at 16:00."""
    school = founded(store, *FOUR)
    assert told(school, "10-22 07:40") == [["22 00:00 reflect"], ["22 00:00 reflect"], ["22 16:00 reflect"] * 2]


def test_a_message_that_is_owed_no_more_is_not_waited_for(store: Store) -> None:
    """Who has answered is not nudged: three are left, and each goes out at its own moment."""
    later = meeting("later", time(17), on=date(2026, 10, 23), announce="7d", respond_by="1d", nudge=("1d",))
    school = founded(store, *FOUR[:3], later)
    told(school, "10-16 17:00")
    event = school.occurrence("later", "10-23 17:00")
    school.take(respond, Respond(event, LI, ParticipationStatus.ACCEPTED))
    assert told(school, *ALL_DAY[:3], "10-21 17:00") == [[f"21 {at} reflect"] for at in ("09:00", "11:00", "14:00")]
    wang = select(Delivery.bundle).where(Delivery.person_id == school.person("wang"))
    assert len([bundle for bundle in school.ask(lambda session: session.exec(wang).all()) if bundle]) == 2


def test_what_a_persons_act_causes_does_not_count(store: Store) -> None:
    school = founded(store, *FOUR)
    person, event = school.person("li"), school.occurrence("m15", "10-21 15:00")
    told(school, *ALL_DAY[:1])
    keys = f"minutes:{event}>person{person}", f"record:{event}:held>person{person}", f"nudge:asked:{event}:{person}"
    until = local("10-21 18:00")
    store.call(owe, [Owed(key, DeliveryKind.CHANGE, school.now, until, None, person, event) for key in keys])
    assert [part for part in told(school, *ALL_DAY[1:]) if "change" not in part[0]] == THREE


def test_a_fourth_after_the_third_has_gone_out_goes_out_too(store: Store) -> None:
    """By a change of that day; waiting for the next day would keep back just what has changed."""
    school = founded(store, *FOUR[:3])
    told(school, *ALL_DAY[:3])
    store.call(sent)
    begin(store, *FOUR, consortium=FILE["consortium"] | {"private_budget": 3}, at="10-21 14:30")
    store.call(planner.plan, local("10-21 14:30"))
    assert told(school, "10-21 16:00") == [[f"21 {at} reflect"] for at in ("09:00", "11:00", "14:00", "16:00")]


def sent(session: Session) -> None:
    for row in session.exec(select(Delivery)):
        row.state = DeliveryState.SENT
        session.add(row)
