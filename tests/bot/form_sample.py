"""Sample forms: all nine, with names that want to be more than names. Every person is invented."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from bot.forms import filled_classes, filled_events, filled_people, filled_tables
from bot.forms.filled import Filled
from bot.forms.filled_tables import Contents, Material
from bot.words import Words
from handlers import absence
from handlers.attendance_form import AttendanceForm, Tally
from handlers.class_form import ClassForm
from handlers.event_form import EventForm, Signer
from handlers.person_form import LeaveForm, ReflectionForm
from store.activities import ActivityKind
from store.blueprint import Audience
from store.check_ins import CheckInMethod
from store.class_records import RecordStatus
from store.form_layouts import Form
from store.leaves import LeaveState
from store.occurrences import Held, OccurrenceState
from store.reflections import Visibility
from store.statuses import AttendanceStatus as Status

HOSTILE = (
    "=cmd|'/C calc'!A0",
    '<w:t>&amp;</w:t><script>alert("样")</script>',
    "样" * 200,
    "样\u202eevil\u2066\u200f",
    "样\x00\x07\x1b\ufffe李\ud800",
)
CONSORTIUM, TERM, CORE, EAST = "样例教联体", "2026—2027学年第一学期", "样例中心校", "样例东校"
SIGNERS = 50


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 14, hour, minute, tzinfo=UTC)


HELD = Held(
    id=12,
    consortium_id=1,
    timezone="Asia/Shanghai",
    activity="research",
    kind=ActivityKind.JOINT_RESEARCH,
    title="共创式主题教研",
    theme="作业设计",
    host=EAST,
    place="二楼录播教室",
    speaker="样李芳",
    lesson="《背影》",
    recorder="样王强",
    bring="教材",
    week=7,
    starts_at=at(6, 30),
    ends_at=at(8),
    respond_by=at(6, 30) - timedelta(days=1),
    opens_at=at(6, 15),
    late_at=at(6, 40),
    closes_at=at(7),
    reflect_by=at(8) + timedelta(days=3),
    secret="s",
    state=OccurrenceState.PLANNED,
    class_id=None,
    chat_id=1,
    recorder_id=None,
    minutes_by=None,
    bulletin_at=None,
)


def signer(number: int) -> Signer:
    name = HOSTILE[number] if number < len(HOSTILE) else f"样老师{number}"
    if number % 5 == 3:
        return Signer(name, EAST, "语文", Status.LEAVE)
    return Signer(name, CORE if number % 2 else EAST, "语文", Status.PRESENT, at(14, 20), CheckInMethod.BUTTON)


def event(signers: int = SIGNERS) -> EventForm:
    everybody = tuple(signer(number) for number in range(signers))
    counts = Counter(one.status for one in everybody if one.status)
    came = counts[Status.PRESENT]
    audience = Audience(subjects=("语文",))
    return EventForm(
        *(CONSORTIUM, TERM, HELD, audience, True, at(1), True),
        *(signers, came, tuple(counts.items()), (CORE, EAST), everybody),
    )


def tally(name: str, school: str, open_still: int = 0) -> Tally:
    return Tally(name, school, 3, Counter({Status.PRESENT: 40, Status.LEAVE: 8, Status.ABSENT_PENDING: open_still}))


def every(words: Words) -> dict[Form, Filled]:
    """Filled from facts such as use cases gather."""
    days = date(2026, 9, 1), date(2026, 11, 30)
    of_event = filled_events.filled(event(), words)
    lesson = ClassForm(
        *(CONSORTIUM, TERM, HELD, CORE, "七(1)班", 3, HOSTILE[0], date(2026, 10, 12), 7),
        *(RecordStatus.HELD, date(2026, 10, 12), "样张静", "家乡的变化", 45, 46),
    )
    mine = ReflectionForm(
        CONSORTIUM, TERM, HELD, HOSTILE[1], CORE, "语文", Visibility.SCHOOL, at(9), late=False, length=7, text="一\n二"
    )
    slip = LeaveForm(
        *(CONSORTIUM, TERM, "20261014-9", "样李芳", CORE, absence.of_event(HELD), at(3), False),
        *(LeaveState.APPROVED, "样周明", at(5)),
    )
    schools = tally(CORE, CORE), tally(EAST, EAST, 2)
    people = tuple(tally(f"样老师{number}", EAST) for number in range(30))
    summed = AttendanceForm(CONSORTIUM, TERM, *days, schools, tally("", "", 2), people, at(9))
    paper = Material(
        *("签到表", "S2-27“每月开展一次”", "每月", 3, 2, "11月", "04教研/签到表.docx", 2, date(2026, 10, 21), "1")
    )
    return {
        **dict.fromkeys((Form.NOTICE, Form.SIGN_IN, Form.MINUTES, Form.OBSERVATION), of_event),
        Form.REFLECTION: filled_people.reflection(mine, words),
        Form.CLASS_RECORD: filled_classes.filled(lesson, words),
        Form.LEAVE: filled_people.leave(slip, words),
        Form.ATTENDANCE: filled_tables.attendance(summed, words),
        Form.CATALOGUE: filled_tables.contents(Contents(CONSORTIUM, TERM, *days, at(9), [paper] * 30), words),
    }
