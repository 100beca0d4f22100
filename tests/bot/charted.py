"""A dossier to draw: two months, a school of six that mostly came, one of two, classes of three weeks, obligations."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from bot.class_weeks import ClassRow, ClassWeek, State
from bot.reports.dossier import Dossier
from bot.reports.fulfilment import Fulfilment, Why
from bot.reports.report_forms import Sheets
from bot.reports.standings import Standing
from handlers.report import Report
from handlers.report_facts import Participation, ReportEvent, ReportTerm
from store.activities import ActivityKind
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus as Status

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TERM = ReportTerm("t", "第一学期", date(2026, 9, 1), date(2027, 1, 22), NOW, False, "")
SCHOOLS = {"east": "样例东校", "core": "样例中心校"}
CORE = (Status.PRESENT, Status.PRESENT, Status.LATE, Status.LEAVE, Status.OFFICIAL, Status.ABSENT_PENDING)
EAST = (Status.PRESENT, Status.TRUANT)


def person(key: str, school: str, attendance: Status) -> Participation:
    said = ParticipationStatus.ACCEPTED if attendance is not Status.ABSENT_PENDING else None
    return Participation(key, f"样{key}", school, True, True, said, False, None, attendance, None, False, None, None)


def event(number: int, day: date, people: tuple[Participation, ...]) -> ReportEvent:
    start = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=6)
    about = number, "research", ActivityKind.JOINT_RESEARCH, f"样例教研{number}", day, start, start, 7, "t"
    return ReportEvent(*about, None, None, None, None, None, None, False, False, True, None, people)


def rows(*weeks: tuple[State, ...]) -> tuple[ClassRow, ...]:
    found = (tuple(ClassWeek(state, None, "", 1) for state in states) for states in weeks)
    return tuple(ClassRow(f"c{number}", f"七({number})班", "样例中心校", one) for number, one in enumerate(found, 1))


def obligation(key: str, title: str, demanded: int | None, done: int, missing: int, *periods: Fulfilment) -> Standing:
    return Standing(
        key, title, "样例方案", ("一、教研",), "每月一次。", "month", demanded, done, missing, None, periods
    )


def dossier() -> Dossier:
    everybody = (
        *(person(f"c{number}", "core", status) for number, status in enumerate(CORE)),
        *(person(f"e{number}", "east", status) for number, status in enumerate(EAST)),
    )
    events = event(1, date(2026, 9, 16), everybody[:4]), event(2, date(2026, 10, 14), everybody)
    days = TERM.first_day, TERM.last_day
    report = Report("sample", "样例教联体", *days, NOW, (TERM,), SCHOOLS, None, events, ())
    weeks = rows((State.NOT_COUNTED, State.HELD, State.UNRECORDED), (State.NOT_COUNTED, State.HELD, State.NOT_HELD))
    late = Fulfilment("2026-09", date(2026, 9, 1), date(2026, 9, 30), None, 1, 0, Why.NOT_HELD)
    ahead = Fulfilment("2026-12", date(2026, 12, 1), date(2026, 12, 31), None, 1, 0, Why.TO_COME)
    held = Fulfilment("2026-10", date(2026, 10, 1), date(2026, 10, 31), None, 1, 1, None, "", (2,))
    standings = (
        obligation("monthly", "主题教研", 3, 1, 2, late, held, ahead),
        obligation("daily", "每日夕会", None, 0, 0),
        replace(obligation("sent", "派出骨干教师", 30, 31, 0), rhythm="standing"),
    )
    return Dossier(report, ((TERM, weeks),), (), (), (), standings, (), Sheets({}, {}, {}, {}, {}))
