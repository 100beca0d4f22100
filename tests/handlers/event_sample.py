"""A sample consortium under a clock that we move: what is due goes out through the outbox, people press and write."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.voice import Voice
from handlers.answer_prompt import NothingAsked
from handlers.apply import Applied, Apply, apply
from handlers.check_in import CheckIn, check_in
from handlers.decide_offer import OfferOpened, OfferOvertaken
from handlers.look_up import LookedUp
from handlers.minutes_words import NoMaterialWanted, TasksWorded
from handlers.notice import Notice, NoticeMoot, NoticeOutcome, notice
from handlers.offer import FileWanted
from handlers.record import RecordWorded
from handlers.rewrite_reflection import NothingRewritten
from scheduling import planner
from scheduling.due import next_due
from scheduling.release import release
from store import agendas, audit, outbox, persons, responses
from store.accounts import Account
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.chats import Chat
from store.database import Session, Store
from store.deliveries import DeliveryState
from store.outbox import Claimed, Part, Settled
from store.persons import Person
from store.responses import ParticipationStatus
from tests.once import once

R = TypeVar("R")
T = TypeVar("T")

SHANGHAI = ZoneInfo("Asia/Shanghai")
LEASE = timedelta(minutes=1)
VOICES = (Voice("zh"), Voice("en"))
STEPS = (FileWanted, LookedUp, OfferOpened, OfferOvertaken, RecordWorded, TasksWorded, NoMaterialWanted)
UNSAID = (Applied, NothingAsked, NoticeMoot, NothingRewritten, *STEPS)
LONGEST = 600  # characters; Chinese notices stay far below, English words are longer
LI, WANG, ZHAO, ZHOU, QIAN, OFFICE = (Account("telegram", str(7000 + one)) for one in (1, 2, 3, 11, 12, 20))
NOBODY = Account("telegram", "9999")
TEACHER: dict[str, Any] = {"roles": ("teacher",)}
RESEARCH: dict[str, Any] = {
    "key": "research",
    "kind": "joint_research",
    "title": "共创式主题教研",
    "chat": "teaching",
    "every": "month",
    "on": "second wednesday",
    "at": time(14, 30),
    "lasts": "90m",
    "weeks": "3-21",  # none in September, before the file is with us
    "hosts": ("east", "core"),
    "themes": ("作业设计",),
    "audience": {"roles": ("teacher",)},
    "announce": "7d",
    "remind": ("1d", "30m"),
    "respond_by": "1d",
    "nudge": ("1d",),
    "check_in": {"opens": "15m", "late_after": "10m", "closes": "30m"},
    "reflect": {"due": "3d"},
}
MEETING: dict[str, Any] = {
    "key": "meeting",
    "kind": "meeting",
    "title": "学期总结会",
    "chat": "teaching",
    "every": "once",
    "on": date(2026, 10, 21),
    "at": time(9),
    "lasts": "1h",
    "announce": "2d",
    "reflect": {"due": "2d"},
}
CLASSES: dict[str, Any] = {
    "key": "classes",
    "kind": "class_meeting",
    "title": "主题班会",
    "chat": "heads",
    "every": "week",
    "on": "monday",
    "period": 7,
    "themes": ("开学第一课", "安全", "节约", "诚信", "爱我家乡"),
    "announce": "1d",
    "remind": ("1d",),
    "reflect": {"due": "2d"},
}
# 样王强 works at east and was sent by core; 样吴敏 has no account; 样陈静 of the office is not in the audience.
FILE: dict[str, Any] = {
    "consortium": {
        "key": "sample",
        "name": "样例教联体",
        "timezone": "Asia/Shanghai",
        "public_holidays": "cn",
        "quiet": (time(20), time(7, 30)),
    },
    "school": (
        {"key": "core", "name": "样例中心校", "role": "core", "place": "三楼录播室"},
        {"key": "east", "name": "样例东校", "role": "member"},
    ),
    "period": (
        {"school": "core", "number": 7, "starts": time(15, 50), "ends": time(16, 35)},
        {"school": "east", "number": 7, "starts": time(16), "ends": time(16, 45)},
    ),
    "person": (
        {"key": "li", "name": "样李芳", "school": "core", "telegram": 7001, **TEACHER},
        {"key": "wang", "name": "样王强", "school": "east", "home": "core", "telegram": 7002, **TEACHER},
        {"key": "zhao", "name": "样赵敏", "school": "east", "telegram": 7003, **TEACHER},
        {"key": "wu", "name": "样吴敏", "school": "east", **TEACHER},
        {"key": "zhou", "name": "样周明", "school": "east", "telegram": 7011, "roles": ("teacher", "approver")},
        {"key": "qian", "name": "样钱校长", "school": "core", "telegram": 7012, "roles": ("principal",)},
        {"key": "chen", "name": "样陈静", "school": "core", "telegram": 7020, "roles": ("organiser",)},
    ),
    "class_": (
        {"key": "c701", "school": "core", "name": "七(1)班", "head_teacher": "li"},
        {"key": "c702", "school": "core", "name": "七(2)班", "head_teacher": "zhao"},
        {"key": "c801", "school": "east", "name": "八(1)班", "head_teacher": "wang"},
    ),
    "term": ({"key": "t", "name": "第一学期", "first_day": date(2026, 9, 1), "last_day": date(2027, 1, 22)},),
    "chat": (
        {"key": "teaching", "title": "样例教研群", "platform": "telegram", "address": "-1001"},
        {"key": "heads", "title": "样例班主任群", "platform": "telegram", "address": "-1002"},
    ),
}


def begin(
    store: Store, *activities: dict[str, Any], at: str = "09-20 08:00", until: str = "", **tables: Any
) -> "School":
    """The sample with these activities, and whole tables replaced, as somebody applies it then; what is due by `until`
    is out."""

    def act() -> tuple[datetime, list[Said]]:
        school = School(store, local(at))
        file = Blueprint.model_validate(FILE | tables | {"activity": activities})
        assert isinstance(school.take(apply, Apply(file)), Applied)
        if until:
            school.until(until)
        return school.now, school.said

    now, said = once(store, repr((activities, at, until, tables)), act)
    return School(store, now, list(said))


def local(text: str) -> datetime:
    """`10-14 14:30` of 2026 in Shanghai, as an instant in UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


class Said(Struct, frozen=True):
    """A message that went out: `to` is the key of a chat or a person, or an account's address; `edited`: it changed an
    earlier one."""

    to: str
    outcome: NoticeOutcome
    edited: bool


class School(Struct):
    """`now` stands still until it is moved. Whatever is said is put into words, too."""

    store: Store
    now: datetime
    said: list[Said] = field(default_factory=list)

    def take(self, use_case: Callable[[Session, R, datetime], T], request: R) -> T:
        return worded(self.store.call(use_case, request, self.now))

    def ask(self, query: Callable[[Session], T]) -> T:
        return self.store.call(query)

    def until(self, moment: str) -> list[Said]:
        """What goes out by then, each at the instant at which it is due."""
        before, end = len(self.said), local(moment)
        self.store.call(planner.plan, self.now)
        while (due := self.store.call(next_due, self.now)) is not None and due <= end:
            self.now = max(self.now, due)
            self.send()
        self.now = end
        return self.said[before:]

    def send(self) -> None:
        """What is due now."""
        self.store.call(self.sent)

    def sent(self, session: Session) -> None:
        release(session, self.now)
        claimed = outbox.claim(session, self.now, LEASE, 100)
        outbox.settle(session, [self.settled(session, one) for one in claimed])

    def settled(self, session: Session, one: Claimed) -> Settled:
        """The parts of one message are said one by one."""
        alone = Part(one.id, one.card_of or one.kind, one.occurrence_id, one.subject)
        before = len(self.said)
        for part in one.parts or (alone,):
            about = part.occurrence_id, one.chat_id, one.person_id, part.subject, one.account_id
            outcome = notice(session, Notice(part.kind, *about, card=one.card_of is not None), self.now)
            if not isinstance(outcome, NoticeMoot):
                self.said.append(Said(key_of(session, one), worded(outcome), one.card_of is not None))
        if len(self.said) == before:
            return Settled(one, DeliveryState.DROPPED)
        return Settled(one, DeliveryState.SENT, None if one.card_of else str(len(self.said)))

    def trace(self, fact: AuditFact, occurrence: int, person: int) -> list[tuple[str, str]]:
        """What each change of it made of what."""

        def read(session: Session) -> list[tuple[str, str]]:
            return [(row.was, row.became) for row in audit.of(session, occurrence, person) if row.fact is fact]

        return self.ask(read)

    def answer(self, key: str, occurrence: int) -> ParticipationStatus | None:
        """What the person has said to it."""
        who = self.person(key)
        return self.ask(lambda session: responses.said(session, occurrence, who)).status

    def occurrence(self, activity: str, moment: str, slot: str = "") -> int:
        """Its number; it begins at that local time."""
        return self.ask(lambda session: number(session, activity, local(moment), slot))

    def person(self, key: str) -> int:
        return self.ask(lambda session: person(session, key))


def worded(outcome: T) -> T:
    """Said in both languages: nothing is missing, nothing left over, and a phone's screen holds it."""
    if not isinstance(outcome, Struct) or isinstance(outcome, UNSAID):
        return outcome
    for voice in VOICES:
        text = voice.say(outcome).text
        assert text
        assert "None" not in text
        assert "\n\n\n" not in text
        assert len(text) <= LONGEST, text
    return outcome


def key_of(session: Session, one: Claimed) -> str:
    if one.chat_id is not None:
        return session.get_one(Chat, one.chat_id).key
    return session.get_one(Person, one.person_id).key if one.person_id is not None else one.place.address


def number(session: Session, activity: str, starts_at: datetime, slot: str) -> int:
    for row, of in agendas.of_consortium(session, 1):
        if of.key == activity and row.starts_at == starts_at and row.slot == slot:
            assert row.id is not None
            return row.id
    raise LookupError(f"no {activity} at {starts_at}")


def research(session: Session) -> int:
    """The event of 14 October."""
    return number(session, "research", local("10-14 14:30"), "")


def person(session: Session, key: str) -> int:
    found = persons.by_keys(session, 1)[key].id
    assert found is not None
    return found


def status_of(session: Session, key: str) -> ParticipationStatus | None:
    found = responses.of(session, research(session), person(session, key))
    return found.status if found else None


def attend(school: School, *people: Account) -> None:
    """They check in at the research event, it ends, and everybody concerned is asked."""
    school.until("10-14 14:20")
    for who in people:
        school.take(check_in, CheckIn(school.occurrence("research", "10-14 14:30"), who))
    school.until("10-14 16:05")
