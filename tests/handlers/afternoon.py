"""One account for each role that somebody can have towards an event, and an afternoon at which much is under way."""

from datetime import date, time
from typing import Any

from msgspec import Struct

from handlers.amend import Amend, amend
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Apply, apply
from handlers.claim import ClaimName, Meet, StartClaim, claim_name, meet, start_claim
from handlers.consult import Consult, consult
from handlers.fill_slot import ListBlanks, list_blanks
from handlers.leave import StartLeave, start_leave
from handlers.leave_days import StartLeaveDays, start_leave_days
from handlers.offer import OfferFile, offer_file
from handlers.previews import Preview
from handlers.record import Record, record
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.sign_in import OfferSignIn, offer_sign_in
from handlers.sign_in_sheet import SignedRow, SignInSheet
from store.accounts import Account
from store.amendments import Entries
from store.blueprint import Blueprint, Detail
from store.chats import Place
from store.class_records import RecordStatus
from store.database import Store
from store.leaves import LeaveKind
from store.offers import OfferKind
from store.policies import bank
from tests.handlers.event_sample import CLASSES, FILE, MEETING, RESEARCH, School, begin
from tests.store.policy_sample import publish

# `teacher` is expected at the events, `idle` is not; both heads, the second approver and `idle` work at another school
# than the teacher, the approver, the principal and the office, and so do the two who are expected nowhere, but keep the
# minutes of both events, or speak there; `elsewhere` is everything at once in another consortium.
ROLES = (
    *("stranger", "elsewhere", "teacher", "idle", "head", "head2"),
    *("approver", "approver2", "principal", "office", "recorder", "speaker"),
)
BY = {role: Account("telegram", str(8001 + number)) for number, role in enumerate(ROLES)}
CLAIMANT = Account("telegram", "8099")
NAMES = {role: f"样{name}" for role, name in zip(ROLES[2:], "甲乙丙丁戊己庚辛癸子", strict=True)}
AT_EAST = frozenset({"idle", "head", "head2", "approver2", "recorder", "speaker"})
OFFICES = {"approver": "approver", "approver2": "approver", "principal": "principal", "office": "organiser"}
POSTS = {
    role: {"school": "east" if role in AT_EAST else "core", "roles": (OFFICES.get(role, "teacher"),)}
    for role in ROLES[2:]
}
OURS, FREE = {"roles": ("teacher",), "schools": ("core",)}, Place("telegram", "-1009")
GROUP = Place("telegram", "-1001")
NOON, AFTERNOON = "10-13 12:00", "10-14 14:20"
ALL_ROLES = ("teacher", "organiser", "approver", "principal")
PREVIEW = Preview((), 0, (), None, None, (), None, outside=(), onward=False, themes=(), milestones=())
PLACED = Entries(occurrence=(Detail(activity="research", date=date(2026, 10, 14), place="一楼"),))
SHEET = SignInSheet("签到表", (SignedRow(2, NAMES["teacher"], "", time(14, 18), late=None),), 0)
TABLES: dict[str, Any] = {
    "person": (
        {"key": "colleague", "name": "样壬", "school": "core", "roles": ("teacher",)},  # has not answered
        *(
            {"key": role, "name": name, "telegram": int(BY[role].address), **POSTS[role]}
            for role, name in NAMES.items()
        ),
    ),
    "class_": (
        {"key": "c1", "school": "east", "name": "七(1)班", "head_teacher": "head"},
        {"key": "c2", "school": "east", "name": "七(2)班", "head_teacher": "head2"},
    ),
    "chat": (*FILE["chat"], {"key": "free", "title": "样例新群", "platform": "telegram"}),
    "occurrence": tuple(
        {"activity": activity, "date": day, "recorder": "recorder", "speaker": "speaker"}
        for activity, day in (("research", date(2026, 10, 14)), ("meeting", date(2026, 10, 13)))
    ),
}
EVENTS = (
    RESEARCH | {"audience": OURS, "hosts": ("core",)},
    MEETING | {"audience": OURS, "on": date(2026, 10, 13)},
    CLASSES,
)
WEST = {"school": (*FILE["school"], {"key": "west", "name": "样例西校", "role": "member"})}
CHANGED = Blueprint.model_validate(FILE | TABLES | WEST | {"activity": EVENTS})
OTHER: dict[str, Any] = {
    "consortium": FILE["consortium"] | {"key": "other", "name": "别的教联体"},
    "school": FILE["school"],
    "person": ({"key": "x", "name": "样别人", "school": "core", "telegram": 8002, "roles": ALL_ROLES},),
    "term": FILE["term"],
}


class Afternoon(Struct, frozen=True):
    """Wednesday 14 October, 14:20. `research` of 14:30 is checking in, and the teacher has asked for leave from it, and
    for days of the week after: nobody has decided. On the `meeting` of Tuesday there is a reflection of hers, handed in
    for her school alone; the class `lesson` of Monday was recorded by its head. A `file`, a `sheet` and a change of the
    plan wait for the office's word, and a claim of the approver's name for any organiser's."""

    school: School
    research: int
    meeting: int
    lesson: int
    file: Blueprint
    number: int = 1  # of each one of these that is alone of its kind
    offer: int = 1
    sheet: int = 2

    def person(self, role: str) -> int:
        return self.school.person(role)


def play_afternoon(store: Store) -> None:
    """From the file to that moment."""
    school = begin(store, *EVENTS, **TABLES)
    school.take(apply, Apply(Blueprint.model_validate(OTHER)))
    school.until("10-12 17:00")
    lesson, research = school.occurrence("classes", "10-12 16:00", "c1"), school.occurrence("research", "10-14 14:30")
    school.take(record, Record(lesson, BY["head"], RecordStatus.HELD))
    school.until(NOON)
    meeting, teacher = school.occurrence("meeting", "10-13 09:00"), BY["teacher"]
    school.take(start_reflection, StartReflection(meeting, teacher))
    school.take(answer_prompt, AnswerPrompt(teacher, "样例反思", message="41"))
    school.take(step_reflection, StepReflection(meeting, teacher, ReflectionStep.SUBMIT))
    school.take(start_leave, StartLeave(teacher, research, LeaveKind.SICK, "样例事由"))
    days = date(2026, 10, 19), date(2026, 10, 20)
    school.take(start_leave_days, StartLeaveDays(teacher, *days, LeaveKind.SICK, "样例事由"))
    school.until(AFTERNOON)
    school.take(meet, Meet(CLAIMANT, GROUP))
    school.take(start_claim, StartClaim(CLAIMANT))
    school.take(claim_name, ClaimName(CLAIMANT, NAMES["approver"], "样例"))
    office = BY["office"]
    school.take(offer_file, OfferFile(office, OfferKind.CONSORTIUM_FILE, "样例.toml", b"x", 1, CHANGED))
    school.take(offer_sign_in, OfferSignIn(office, "签到表.xlsx", b"x", 1, SHEET))
    school.take(amend, Amend(office, 1, PLACED, PREVIEW))
    store.call(publish, 1, "一、走教\n承运单位是____。\n二、机构\n设1名总校长。")
    school.take(list_blanks, ListBlanks(office, 1))
    school.take(consult, Consult(teacher, None, "食堂几点开门？", asks=True))
    store.call(bank.keep, 1, "样例问法", None, None, school.now)


def found_afternoon(school: School) -> Afternoon:
    lesson, research = school.occurrence("classes", "10-12 16:00", "c1"), school.occurrence("research", "10-14 14:30")
    return Afternoon(school, research, school.occurrence("meeting", "10-13 09:00"), lesson, CHANGED)
