"""What a due message says: read when it is sent, and nothing where there is nothing to say any more."""

from typing import Any

import pytest

from bot.voice import Voice
from handlers.check_in import CheckIn, check_in
from handlers.event import Announced, CheckInOpened, Nudged, ReflectionAsked, Reminded
from handlers.notice import Notice, NoticeMoot, NoticeOutcome, notice
from handlers.respond import Respond, respond
from handlers.see import See, see
from store.database import Session, Store
from store.deliveries import DeliveryKind
from store.occurrences import Occurrence, OccurrenceState
from store.responses import ParticipationStatus, SchoolTally
from tests.handlers.event_sample import CLASSES, LI, MEETING, RESEARCH, WANG, ZHAO, ZHOU, School, begin, local

TITLE = "共创式主题教研"
COMING, AWAY = ParticipationStatus.ACCEPTED, ParticipationStatus.DECLINED
NOBODY_YET = (SchoolTally("样例中心校", 1, 0, 0, 0), SchoolTally("样例东校", 4, 0, 0, 0))


def say(school: School, kind: DeliveryKind, occurrence: int, person: int | None = None) -> NoticeOutcome:
    return school.take(notice, Notice(kind, occurrence, None, person, ""))


def text(outcome: Any, language: str = "zh") -> str:
    return Voice(language).say(outcome).text


def test_the_announcement_says_all_that_a_teacher_must_know(school: School, research: int) -> None:
    said = say(school, DeliveryKind.ANNOUNCE, research)
    assert said == Announced(
        occurrence=research,
        consortium="样例教联体",
        title=TITLE,
        theme="作业设计",
        theme_open=False,
        starts_at=local("10-14 14:30"),
        ends_at=local("10-14 16:00"),
        week=7,
        host="样例东校",
        place=None,
        speaker=None,
        lesson=None,
        bring=None,
        schools=("样例中心校", "样例东校"),
        expected=5,
        respond_by=local("10-13 14:30"),
        opens_at=local("10-14 14:15"),
        tallies=NOBODY_YET,
        answered=0,
    )
    for line in (
        "【活动通知】共创式主题教研",
        "时间：10月14日（星期三，第7周）14:30—16:00",
        "主题：作业设计",
        "参加：样例中心校、样例东校，共5人",
        "能否参加，请在10月13日（星期二）14:30前点“参加”或“请假”。签到14:15开始。",
    ):
        assert line in text(said)
    assert "已回复" not in text(said)


def test_instants_are_local_to_the_consortium(school: School, research: int) -> None:
    said = say(school, DeliveryKind.ANNOUNCE, research)
    assert isinstance(said, Announced)
    assert said.starts_at.strftime("%H:%M") == "14:30"


def test_the_counters_are_those_of_the_moment_of_sending(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    school.take(respond, Respond(research, WANG, AWAY))
    school.take(see, See(research, ZHAO))
    reminder = next(one.outcome for one in school.until("10-13 14:30") if isinstance(one.outcome, Reminded))
    assert reminder.tallies == (SchoolTally("样例中心校", 1, 1, 0, 0), SchoolTally("样例东校", 4, 0, 1, 1))
    assert "已回复 2/5\n样例中心校：参加 1，请假 0，共 1\n样例东校：参加 0，请假 1，共 4" in text(reminder)


def test_once_the_themes_have_run_out_the_notice_says_so(store: Store) -> None:
    school = begin(store, RESEARCH, at="10-20 08:00")
    november = next(one.outcome for one in school.until("11-06 09:00") if isinstance(one.outcome, Announced))
    assert (november.theme, november.theme_open, november.place) == (None, True, "三楼录播室")
    assert "主题：待定，另行通知" in text(november)
    assert "地点：样例中心校 三楼录播室" in text(november)


def test_in_a_month_without_its_theme_the_notices_say_so(store: Store) -> None:
    """Of an event, of the class meetings of a day, and to the head teacher."""
    months = [{"activity": one, "month": "2026-11", "theme": "诚信"} for one in ("research", "classes")]
    begun = begin(store, RESEARCH | {"themes": None}, CLASSES | {"themes": None}, theme=months, at="10-06 08:00")
    said = [text(one.outcome) for one in begun.until("10-12 12:00")]
    about = [one for one in said if "主题：" in one]
    to_heads = {f"{name}老师好" for name in ("样李芳", "样王强", "样赵敏")}
    assert {one[:6] for one in about} == {"【活动通知】", "【主题班会】", *to_heads}
    assert all("主题：待定，另行通知\n" in one for one in about)
    assert "主题：诚信" in "".join(text(one.outcome) for one in begun.until("11-02 12:00"))


def test_an_activity_without_themes_place_and_deadlines_speaks_of_none(store: Store) -> None:
    school = begin(store, MEETING)
    meeting = next(one.outcome for one in school.until("10-19 10:00") if isinstance(one.outcome, Announced))
    assert (meeting.theme_open, meeting.respond_by, meeting.opens_at, meeting.expected) == (False, None, None, 7)
    assert "主题" not in text(meeting)
    assert "地点：待定" in text(meeting)
    assert "能否参加，请点“参加”或“请假”。" in text(meeting)


def test_only_those_are_nudged_who_have_not_answered(school: School, research: int) -> None:
    school.take(respond, Respond(research, LI, COMING))
    school.take(respond, Respond(research, WANG, AWAY))
    school.take(see, See(research, ZHAO))
    nudges = [one for one in school.until("10-13 12:00") if isinstance(one.outcome, Nudged)]
    assert {one.to: one.outcome.seen for one in nudges if isinstance(one.outcome, Nudged)} == {
        "zhao": True,
        "zhou": False,
    }


def test_whoever_answers_while_the_nudge_waits_is_not_sent_it(school: School, research: int) -> None:
    assert isinstance(say(school, DeliveryKind.NUDGE, research, school.person("zhou")), Nudged)
    school.take(respond, Respond(research, ZHOU, COMING))
    assert say(school, DeliveryKind.NUDGE, research, school.person("zhou")) == NoticeMoot()


def test_a_cancelled_event_is_spoken_of_no_more(school: School, research: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Occurrence, research).state = OccurrenceState.CANCELLED

    school.ask(cancel)
    li = school.person("li")
    for kind in (DeliveryKind.ANNOUNCE, DeliveryKind.REMIND, DeliveryKind.CHECK_IN, DeliveryKind.NUDGE):
        assert say(school, kind, research, li) == NoticeMoot()
    assert say(school, DeliveryKind.ANNOUNCE, 999_999) == NoticeMoot()


def test_a_reminder_of_the_day_itself_says_from_when_to_check_in(school: School, research: int) -> None:
    reminders = [one.outcome for one in school.until("10-14 14:00") if isinstance(one.outcome, Reminded)]
    assert [one.today for one in reminders] == [False, True]
    assert "【10月14日（星期三，第7周）14:30】" in text(reminders[0])
    assert "14:15起可以签到" in text(reminders[1])


def test_the_check_in_tells_numbers_and_no_name(school: School, research: int) -> None:
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, LI))
    said = say(school, DeliveryKind.CHECK_IN, research)
    assert said == CheckInOpened(research, TITLE, local("10-14 14:40"), local("10-14 15:00"), 1, 5)
    assert "已签到 1/5" in text(said)


def test_without_a_check_in_all_are_asked_to_reflect_who_did_not_decline(store: Store) -> None:
    school = begin(store, MEETING, until="10-19 10:00")
    meeting = school.occurrence("meeting", "10-21 09:00")
    school.take(respond, Respond(meeting, WANG, AWAY))
    asked = [one.to for one in school.until("10-21 12:00") if isinstance(one.outcome, ReflectionAsked)]
    assert sorted(asked) == ["chen", "li", "qian", "zhao", "zhou"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_said_in_a_group_names_a_person(school: School, research: int, language: str) -> None:
    for who, status in ((LI, COMING), (WANG, AWAY)):
        school.take(respond, Respond(research, who, status))
    school.until("10-14 14:20")
    school.take(check_in, CheckIn(research, LI))
    school.until("11-02 09:00")
    spoken = [text(one.outcome, language) for one in school.said if one.to == "teaching"]
    assert len(spoken) >= 6
    for name in ("李芳", "王强", "赵敏", "吴敏", "周明", "陈静"):
        assert name not in "\n".join(spoken)


def test_notices_are_short_enough_for_a_phone(school: School) -> None:
    school.until("11-02 09:00")
    assert max(len(text(one.outcome)) for one in school.said) <= 300
