"""Reminding: what is kept of a message of the clock. Its name decides whether it was sent before; a change makes it old
news."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from scheduling.keys import Keys
from scheduling.moment import Kind, Moment, Recipient, ToAudience, ToChat, ToOffice, ToOrganisers, ToOverseers, ToPerson
from scheduling.occurrences import Planned
from scheduling.reminding import overtaken, reminder
from store.consortiums import Consortium
from store.plans import Standing
from store.reminders import ReminderKind, Wanted, Whom
from tests.scheduling.test_marks import IDS, PLANNED

AT = datetime.fromisoformat("2026-10-13T06:30:00+00:00")
UNTIL, SECOND = AT + timedelta(days=1), timedelta(seconds=1)
OURS = Consortium(id=3, key="chuzhong", name="样例教联体", timezone="Asia/Shanghai", applied="", since=AT)
EVENT, MEETING = PLANNED._replace(class_=None), PLANNED  # on 14 October, the one of a class
BY_HAND: dict[str, Any] = {"date": date(2026, 10, 16), "moved_by_hand": True}
ROW = Standing(41, 1, EVENT.rule_date, "", date(2026, 10, 7), 2, False, None)  # moved twice, first from the 7th
TEACHING, HEAD = ToChat("teaching"), ToPerson("t001")


def moment(kind: Kind, to: Recipient = TEACHING, **besides: Any) -> Moment:
    told: dict[str, Any] = {"activity": "x", "date": EVENT.date, "class_": None} | besides
    return Moment(kind=kind, at=AT, until=UNTIL, to=to, **told)


def kept(one: Moment, about: Planned | None = EVENT) -> Wanted:
    return reminder(one, ROW if about else None, about, Keys(**IDS), OURS)


# As they stand in the tables of consortiums: spelled otherwise, all that was sent would be sent again after an upgrade.
NAMES: list[tuple[str, Moment, Planned | None]] = [
    ("announce:x:2026-10-07::r0::teaching", moment("announce"), EVENT),
    ("remind:x:2026-10-07::r2:1d:teaching", moment("remind", lead="1d"), EVENT),
    ("remind:x:2026-10-07:c701:r2:30m:t001", moment("remind", HEAD, class_="c701", lead="30m"), MEETING),
    ("nudge:x:2026-10-07::r2:1d:response", moment("nudge", ToAudience("response"), lead="1d"), EVENT),
    ("prepare:x:2026-10-07::r2::organisers", moment("prepare", ToOrganisers()), EVENT),
    ("absences:x:2026-10-07::r2::overseers", moment("absences", ToOverseers()), EVENT),
    ("digest:2026-10::teaching", moment("digest", subject="2026-10"), None),
    ("summary:2026-10-12::office", moment("summary", ToOffice(), subject="2026-10-12"), None),
]


@pytest.mark.parametrize(("name", "one", "about"), NAMES)
def test_a_message_has_the_same_name_in_every_release(name: str, one: Moment, about: Planned | None) -> None:
    assert kept(one, about).dedup_key == f"chuzhong:{name}"


def test_a_days_class_meetings_moved_by_hand_have_an_announcement_of_their_own_and_an_event_has_not() -> None:
    announced = moment("announce")
    assert kept(announced, EVENT._replace(**BY_HAND)).dedup_key == kept(announced, EVENT).dedup_key
    assert kept(announced, MEETING).dedup_key == kept(announced, EVENT).dedup_key
    alone = kept(announced, MEETING._replace(**BY_HAND)).dedup_key
    assert alone == "chuzhong:announce:x:2026-10-07@2026-10-16::r0::teaching"


def test_all_that_is_needed_to_send_it_is_kept() -> None:
    name = "chuzhong:remind:x:2026-10-07::r2:1d:teaching"
    about = ReminderKind.REMIND, Whom.CHAT, ROW.id, IDS["chats"]["teaching"], None
    assert kept(moment("remind", lead="1d", part=2)) == Wanted(name, 3, *about, "", AT, UNTIL, 2)


@pytest.mark.parametrize(
    ("to", "whom", "person"),
    [
        (HEAD, Whom.PERSON, IDS["persons"]["t001"]),
        (ToAudience("response"), Whom.UNANSWERED, None),
        (ToAudience("reflection"), Whom.UNREFLECTED, None),
        (ToAudience("attended"), Whom.ATTENDED, None),
        (ToOrganisers(), Whom.ORGANISERS, None),
        (ToOffice(), Whom.OFFICE, None),
        (ToOverseers(), Whom.OVERSEERS, None),
    ],
)
def test_what_is_private_names_no_chat(to: Recipient, whom: Whom, person: int | None) -> None:
    found = kept(moment("nudge", to))
    assert (found.whom, found.person_id, found.chat_id) == (whom, person, None)


def test_what_is_about_a_day_or_a_month_says_which() -> None:
    """A class may be taken out of the file: what is announced of the others stays about their date."""
    assert kept(moment("announce"), MEETING).subject == "2026-10-14"
    assert kept(moment("remind"), MEETING).subject == kept(moment("announce"), EVENT).subject == ""
    assert kept(moment("digest", subject="2026-10"), None).subject == "2026-10"
    assert kept(moment("digest", subject="2026-10"), None).occurrence_id is None
    assert kept(moment("nudge", HEAD, subject="minutes"), EVENT).subject == "minutes"


@pytest.mark.parametrize("kind", ["announce", "remind", "nudge"])
def test_what_asked_before_a_change_is_old_news_after_it(kind: Kind) -> None:
    """One that was due, and not sent, when the day was changed would ask for the old day."""
    assert overtaken(moment(kind), AT + SECOND)
    assert overtaken(moment(kind), AT)  # the change itself tells of it
    assert not overtaken(moment(kind), AT - SECOND)
    assert not overtaken(moment(kind), None)


@pytest.mark.parametrize("kind", ["check_in", "reflect", "minutes", "absences"])
def test_what_an_event_asks_of_those_who_came_no_change_overtakes(kind: Kind) -> None:
    assert not overtaken(moment(kind), AT + SECOND)
