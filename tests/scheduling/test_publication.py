"""A year's holidays become known while its events are announced: 2026, at first as the law alone has it (off until 3
October), then as the notice does (off until the 7th, Saturday the 10th made up)."""

from collections import Counter
from datetime import date, time

import pytest

from handlers.amend import Amend, AmendmentShown, AmendmentTaken, DecideAmendment, amend, decide_amendment
from handlers.changed import OccurrenceCancelled, OccurrenceChanged
from handlers.event import Announced, CheckInOpened, Reminded
from handlers.previews import Preview
from scheduling import occurrences, public_holidays
from scheduling.occurrences import Planned
from store import consortiums
from store.amendments import Entries
from store.blueprint import Detail
from store.database import Session, Store
from tests.handlers.event_sample import CLASSES, MEETING, OFFICE, RESEARCH, School, begin, local

RESEARCH_ON_7TH = RESEARCH | {"on": "first wednesday", "announce": "14d"}
SALON_ON_10TH = MEETING | {"key": "salon", "title": "骨干沙龙", "every": "month", "on": "day 10", "announce": "14d"}
CLASSES_ON_5TH = CLASSES | {"announce": "7d", "remind": ("7d",)}
MEETING_ON_6TH = MEETING | {"on": date(2026, 10, 6), "announce": "2d"}
VISIT = MEETING | {"key": "visit", "title": "教学观摩", "on": date(2026, 10, 15), "announce": "28d"}
BEFORE, KNOWN = "09-30 18:00", "09-30 19:00"


@pytest.fixture
def school(store: Store, monkeypatch: pytest.MonkeyPatch) -> School:
    """Six in the evening of 30 September: all but the meeting was announced; the office has moved the visit by hand."""
    law = frozenset(date(2026, month, day) for month, day in public_holidays.STATUTORY)
    unknown = public_holidays.Year(law, frozenset(), published=False)
    known = public_holidays.of
    monkeypatch.setattr(public_holidays, "of", lambda year: unknown if year == 2026 else known(year))
    school = begin(store, RESEARCH_ON_7TH, SALON_ON_10TH, CLASSES_ON_5TH, MEETING_ON_6TH, VISIT, until="09-20 09:00")
    own, put = date(2026, 10, 15), date(2026, 10, 6)
    put_by_hand(school, Detail(activity="visit", date=own, held_on=put, at=time(15), lasts="1h"))
    school.until(BEFORE)
    return school


def put_by_hand(school: School, detail: Detail) -> None:
    preview = Preview((), 0, (), None, None, (), None, outside=(), onward=False, themes=(), milestones=())
    shown = school.take(amend, Amend(OFFICE, 1, Entries.of([detail]), preview))
    assert isinstance(shown, AmendmentShown)
    taken = school.take(decide_amendment, DecideAmendment(OFFICE, shown.amendment, "take", preview))
    assert isinstance(taken, AmendmentTaken)


def becomes_known(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next of the hourly plans finds it."""
    monkeypatch.undo()
    school.until(KNOWN)


def october(session: Session) -> dict[str, Planned]:
    found = consortiums.by_key(session, "sample")
    assert found is not None
    rows = occurrences.of(consortiums.blueprint(found), date(2026, 10, 4), date(2026, 10, 15))
    return {f"{one.activity} {one.date:%m-%d}": one for one in rows}


def news(school: School) -> Counter[tuple[str, str, str]]:
    """Who has heard of what change, how often."""
    return Counter(
        (one.to, type(one.outcome).__name__, one.outcome.title)
        for one in school.said
        if isinstance(one.outcome, OccurrenceCancelled | OccurrenceChanged) and not one.edited
    )


def test_what_the_year_moves_is_moved_and_provisional_no_more(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the office put on the 6th stays there, though that is no school day now."""
    before = school.ask(october)
    assert list(before) == [
        "classes 10-05", "meeting 10-06", "visit 10-06", "research 10-07", "salon 10-12", "classes 10-12",
    ]  # fmt: skip
    assert all(one.provisional for one in before.values())
    becomes_known(school, monkeypatch)
    after = school.ask(october)
    assert list(after) == ["visit 10-06", "meeting 10-08", "research 10-08", "salon 10-10", "classes 10-12"]
    assert not any(one.provisional for one in after.values())


def test_who_was_told_hears_of_the_change_once_and_nobody_else(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    assert news(school) == {("teaching", "OccurrenceChanged", "教学观摩"): 1}  # by hand
    school.said.clear()
    becomes_known(school, monkeypatch)
    heard = {("teaching", "OccurrenceChanged", title): 1 for title in ("共创式主题教研", "骨干沙龙")}
    heard |= {(to, "OccurrenceCancelled", "主题班会"): 1 for to in ("heads", "li", "wang", "zhao")}
    assert news(school) == heard
    (moved,) = (
        (one.outcome.was.starts_at, one.outcome.now.starts_at, one.outcome.ask_again)
        for one in school.said
        if isinstance(one.outcome, OccurrenceChanged) and one.outcome.title == "共创式主题教研" and not one.edited
    )
    assert moved == (local("10-07 14:30"), local("10-08 14:30"), True)
    school.until("10-13 12:00")
    assert news(school) == heard


def test_nothing_is_sent_twice(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event is announced once, by its new day where nobody knew of it, and reminded of on its new day alone."""
    becomes_known(school, monkeypatch)
    for day in range(1, 17):
        school.until(f"10-{day:02} 12:00")
    said = [one.outcome for one in school.said if not one.edited]
    announced = {one.title: one.starts_at for one in said if isinstance(one, Announced)}
    assert announced["学期总结会"] == local("10-08 09:00")
    assert Counter(one.title for one in said if isinstance(one, Announced)) == dict.fromkeys(announced, 1)
    reminded = Counter(one.starts_at for one in said if isinstance(one, Reminded))
    assert reminded == {local("10-08 14:30"): 2}
    checked_in = [one.closes_at for one in said if isinstance(one, CheckInOpened)]
    assert checked_in == [local("10-08 15:00")]
