"""The sample consortium of these tests (people and schools are invented), and activities to add to it."""

from datetime import date, time
from zoneinfo import ZoneInfo

from scheduling import moments, occurrences
from scheduling.moment import ToChat
from scheduling.occurrences import Planned
from store.blueprint import (
    Activity,
    Audience,
    Blueprint,
    Chat,
    CheckIn,
    Consortium,
    Day,
    Period,
    Person,
    Reflect,
    School,
    SchoolClass,
    Term,
)

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 22)
TERM = Term(key="2026-1", name="2026—2027学年第一学期", first_day=FIRST, last_day=LAST)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WHOLE = (date(2026, 1, 1), date(2027, 12, 31))
LINKED = frozenset({"t001", "t002", "o001"})

BASE = Blueprint(
    consortium=Consortium(
        key="chuzhong",
        name="样例初级中学教联体",
        timezone="Asia/Shanghai",
        public_holidays="cn",
        quiet=(time(20), time(7, 30)),
    ),
    school=(
        School(key="core", name="样例中心初级中学", role="core", place="三楼录播室"),
        School(key="east", name="样例东城初级中学", role="member"),
        School(key="west", name="样例西城初级中学", role="member"),
    ),
    period=(
        Period(school="core", number=7, starts=time(15, 50), ends=time(16, 35)),
        Period(school="east", number=7, starts=time(16), ends=time(16, 45)),
        Period(school="west", number=7, starts=time(15, 45), ends=time(16, 30)),
    ),
    person=(
        Person(key="t001", name="样李芳", school="core", subject="语文", roles=("teacher",)),
        Person(key="t002", name="样王强", school="east", home="core", roles=("teacher", "approver")),
        Person(key="t003", name="样赵敏", school="west", subject="语文", roles=("teacher",)),
        Person(key="o001", name="样陈静", school="core", roles=("organiser",)),
    ),
    class_=(
        SchoolClass(key="c701", school="core", name="七(1)班", head_teacher="t001"),
        SchoolClass(key="c801", school="east", name="八(1)班", head_teacher="t002"),
    ),
    term=(TERM,),
    day=(Day(date=date(2026, 10, 10), kind="school", follows="friday", name="国庆调休"),),
    chat=(Chat(key="teaching", title="样例大群", platform="telegram"),),
)


def activity(key: str = "x", /, **fields: object) -> Activity:
    """A meeting in the chat at 14:30 for 90 minutes, unless the fields say otherwise."""
    times = {} if "period" in fields else {"at": time(14, 30), "lasts": "90m"}
    meeting = {"key": key, "kind": "meeting", "title": "样例活动", "chat": "teaching", **times}
    return Activity.model_validate({**meeting, **fields})


def once(day: date, start: time = time(14, 30), key: str = "x", **fields: object) -> Activity:
    return activity(key, every="once", on=day, at=start, **fields)


def class_meeting(on: str = "monday", /, **fields: object) -> Activity:
    weekly = {"kind": "class_meeting", "title": "主题班会", "every": "week", "on": on, "period": 7}
    return activity("class-meeting", **{**weekly, **fields})


RESEARCH = activity(
    "research",
    kind="joint_research",
    title="共创式主题教研",
    every="month",
    on="second wednesday",
    hosts=("core", "east", "west"),
    themes=("课堂提问", "作业设计"),
    audience=Audience(roles=("teacher",)),
    announce="7d",
    remind=("1d", "30m"),
    respond_by="1d",
    nudge=("1d",),
    check_in=CheckIn(opens="15m", late_after="10m", closes="30m"),
    reflect=Reflect(due="3d"),
)


def having(*activities: Activity, **tables: object) -> Blueprint:
    """The sample with these activities, and whole tables replaced."""
    return BASE.model_copy(update={"activity": activities, **tables})


def in_zone(timezone: str, *activities: Activity, term: Term = TERM) -> Blueprint:
    """No public holidays and no quiet hours: nothing but the zone."""
    consortium = Consortium(key="zone", name="样例", timezone=timezone, public_holidays="none")
    return having(*activities, consortium=consortium, term=(term,), day=())


def planned(blueprint: Blueprint, first: date = FIRST, last: date = LAST) -> list[Planned]:
    return occurrences.of(blueprint, first, last)


def dates(*activities: Activity, **tables: object) -> str:
    """The dates held as `MM-DD`, `own→held` where moved."""
    rows = planned(having(*activities, **tables))
    return ", ".join((f"{row.moved_from:%m-%d}→" if row.moved_from else "") + f"{row.date:%m-%d}" for row in rows)


def sent(blueprint: Blueprint, first: date, last: date, zone: ZoneInfo = SHANGHAI) -> list[str]:
    """What is rehearsed, as lines `MM-DD HH:MM kind recipient date class`."""
    lines = []
    for row in moments.rehearse(blueprint, first, last, LINKED):
        to = row.to.chat if isinstance(row.to, ToChat) else row.to.person
        about = f"{row.moment.date or '-'} {row.moment.class_ or '-'}"
        lines.append(f"{row.moment.at.astimezone(zone):%m-%d %H:%M} {row.moment.kind} {to} {about}")
    return lines
