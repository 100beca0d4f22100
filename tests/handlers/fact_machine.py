"""People of the sample say, press, ask and decide in any order, while roster, plan and clock move: after each step the
store is held against the ledger."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.apply import Applied, Apply, apply
from handlers.check_in import CheckIn, check_in
from handlers.check_in_by_code import CheckInByCode, check_in_by_code
from handlers.correct import CheckedInFor, Correct, Corrected, Mark, correct, mark
from handlers.decide_leave import DecideLeave, WithdrawLeave, decide_leave, withdraw_leave
from handlers.leave import StartLeave, start_leave
from handlers.leave_days import StartLeaveDays, start_leave_days
from handlers.respond import Respond, respond
from handlers.respond_for import RespondFor, respond_for
from handlers.see import See, see
from store import leaves
from store.accounts import Account
from store.database import Session, Store
from store.leaves import LeaveKind
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus
from tests.handlers.check_in_codes import code_of
from tests.handlers.event_sample import SHANGHAI, School, local
from tests.handlers.fact_sample import ACTIVITIES, BEGIN, MOMENTS, PERSONS, file_of, ledger, numbers
from tests.handlers.facts_kept import agree

MINUTE = timedelta(minutes=1)
SPOKEN = timedelta(minutes=5)  # within it what has become of an event is told
DAYS = [date(2026, 10, day) for day in (15, 16, 20, 21)]
OVERSEERS = ("chen", "zhou", "qian", "zhao")
HUMAN = {"present", "late", "left_early", "online", "leave", "official", "excused", "truant"}
PEOPLE, EVENTS = st.sampled_from(sorted(PERSONS)), st.sampled_from(sorted(ACTIVITIES))
BY, ROLES = st.sampled_from(OVERSEERS), st.sampled_from(["approver", "organiser"])
ANSWERS = st.sampled_from(["accepted", "declined"])
RANGES = st.sampled_from([(13, 16), (14, 14), (16, 16), (15, 20), (20, 21)])
STATUSES = st.sampled_from([str(one) for one in AttendanceStatus])
ANY = st.integers(0, 7)  # of what is asked for, one
KIND, REASON = LeaveKind.PERSONAL, "样例事由"


class FactMachine(RuleBasedStateMachine):
    """`opened`: a store where `prepare` has been."""

    opened: ClassVar[Callable[[], Store]]

    def __init__(self) -> None:
        super().__init__()
        self.school = School(type(self).opened(), local(BEGIN))
        self.number = self.school.ask(numbers)
        self.ids = {key: self.school.person(key) for key in PERSONS if key != "sun"}
        self.ledger = ledger()
        self.details: dict[str, dict[str, Any]] = {}

    def teardown(self) -> None:
        self.school.store.close()

    @invariant()
    def nothing_is_lost_or_invented(self) -> None:
        agree(self.school, self.ledger)

    @rule(who=PEOPLE, event=EVENTS)
    def sees(self, who: str, event: str) -> None:
        self.school.take(see, See(self.number[event], account(who)))
        self.ledger.see(event, who)

    @rule(who=PEOPLE, event=EVENTS, status=ANSWERS)
    def responds(self, who: str, event: str, status: str) -> None:
        self.school.take(respond, Respond(self.number[event], account(who), ParticipationStatus(status)))
        self.ledger.respond(event, who, status)

    @rule(by=BY, who=PEOPLE, event=EVENTS, status=ANSWERS)
    def registers(self, by: str, who: str, event: str, status: str) -> None:
        if who in self.ids:
            of = account(by), self.number[event], self.ids[who]
            self.school.take(respond_for, RespondFor(*of, ParticipationStatus(status)))
            self.ledger.register(by, event, who, status)

    @rule(who=PEOPLE, event=EVENTS)
    def asks_for_leave(self, who: str, event: str) -> None:
        self.school.take(start_leave, StartLeave(account(who), self.number[event], KIND, REASON))
        self.ledger.ask(event, who)

    @rule(who=PEOPLE, days=RANGES)
    def asks_for_days(self, who: str, days: tuple[int, int]) -> None:
        first, last = (date(2026, 10, day) for day in days)
        self.school.take(start_leave_days, StartLeaveDays(account(who), first, last, KIND, REASON))
        self.ledger.ask_days(who, first, last)

    @precondition(lambda self: self.ledger.leaves or self.ledger.spans)
    @rule(by=BY, one=ANY, approve=st.booleans(), change=st.booleans())
    def decides(self, by: str, one: int, approve: bool, change: bool) -> None:
        what, number = self.request(one)
        several = isinstance(what, int)
        request = DecideLeave(number, account(by), approve, several=several, change=change)
        self.school.take(decide_leave, request)
        self.ledger.decide(by, what, "approved" if approve else "refused", change=change)

    @precondition(lambda self: self.ledger.leaves or self.ledger.spans)
    @rule(one=ANY, by=st.none() | PEOPLE)
    def withdraws(self, one: int, by: str | None) -> None:
        what, number = self.request(one)
        who = by or (self.ledger.spans[what].person if isinstance(what, int) else what[1])
        self.school.take(withdraw_leave, WithdrawLeave(number, account(who), several=isinstance(what, int)))
        self.ledger.withdraw(who, what)

    @rule(who=PEOPLE, event=EVENTS, code=st.booleans())
    def checks_in(self, who: str, event: str, code: bool) -> None:
        if code:
            spoken = code_of(self.school, self.number[event])
            self.school.take(check_in_by_code, CheckInByCode(account(who), spoken))
        else:
            self.school.take(check_in, CheckIn(self.number[event], account(who)))
        if self.ledger.acts(who):
            self.ledger.check_in(event, who, "code" if code else "button", who)

    @rule(by=BY, who=PEOPLE, event=EVENTS)
    def is_seen_by(self, by: str, who: str, event: str) -> None:
        if who in self.ids:
            mine = account(by), self.number[event], self.ids[who]
            said = self.school.take(mark, Mark(*mine, AttendanceStatus.PRESENT))
            if isinstance(said, CheckedInFor):
                assert self.organiser(by)
                self.ledger.check_in(event, who, "organiser", by)

    @rule(by=BY, who=PEOPLE, event=EVENTS, status=STATUSES, why=st.sampled_from(["", "已核实"]))
    def corrects(self, by: str, who: str, event: str, status: str, why: str) -> None:
        if who in self.ids:
            of = account(by), self.number[event], self.ids[who]
            said = self.school.take(correct, Correct(*of, AttendanceStatus(status), why))
            if isinstance(said, Corrected):
                self.may_correct(by, who, event, status, why)
                self.ledger.correct(by, event, who, status)
            elif status in ("official", "excused") and self.organiser(by):
                self.must_not(who, event, status, why)

    def may_correct(self, by: str, who: str, event: str, status: str, why: str) -> None:
        held, member = self.ledger.events[event], self.ledger.members[by]
        school = held.expected.get(who, self.ledger.members[who].school)
        approver = "approver" in member.roles and member.school == school and by != who
        assert self.ledger.acts(by)
        assert not held.cancelled
        assert approver or "organiser" in member.roles
        assert status != "leave" or approver
        assert status not in ("leave", "truant") or self.ledger.now >= (held.closes or held.ends)
        assert why or (status != "truant" and self.ledger.now < held.ends + timedelta(days=7))
        assert status in {*HUMAN, "expected", "absent_pending"}
        assert status not in HUMAN or who in held.expected

    def must_not(self, who: str, event: str, status: str, why: str) -> None:
        """What an organiser may say at any time was refused for a reason."""
        held = self.ledger.events[event]
        archived = not why and self.ledger.now >= held.ends + timedelta(days=7)
        assert held.cancelled or who not in held.expected or self.ledger.status(event, who) == status or archived

    @rule(who=PEOPLE, change=st.sampled_from(["leaves", "comes", "core", "east"]) | ROLES)
    def changes(self, who: str, change: str) -> None:
        one = self.ledger.members[who]
        if change in ("leaves", "comes"):
            self.ledger.leaves_or_comes(who, change == "comes" or who == "chen")  # somebody is to keep the office
        elif change in ("core", "east"):
            one.school = change
        elif who != "chen":
            one.roles ^= {change}
        self.ledger.applied()
        self.applied()

    @precondition(lambda self: self.movable())
    @rule(one=ANY, day=st.sampled_from(DAYS), call_off=st.booleans())
    def is_moved(self, one: int, day: date, call_off: bool) -> None:
        event = self.movable()[one % len(self.movable())]
        held, first = self.ledger.events[event], ACTIVITIES[event]["on"]
        was = held.cancelled
        self.goes_on(self.ledger.now + MINUTE)  # what is said at that very instant may be of before or after
        if was or call_off:
            held.cancelled = not was
            self.ledger.end_leaves(event) if held.cancelled else self.ledger.cover(event, *held.expected)
            self.detail(event, first, cancelled=held.cancelled or None)
        elif day != held.day:
            self.ledger.moved(event, day)
            self.detail(event, first, held_on=day)

    def detail(self, event: str, first: date, **told: Any) -> None:
        row = {"activity": event, "date": first} | self.details.get(event, {}) | told
        self.details[event] = {key: value for key, value in row.items() if value is not None}
        self.applied()
        self.goes_on(self.ledger.now + SPOKEN)

    @rule(steps=st.sampled_from([1, 1, 2, 3, 6]))
    def time_passes(self, steps: int) -> None:
        coming = [moment for moment in MOMENTS if moment > self.ledger.now]
        if coming:
            self.goes_on(coming[min(steps, len(coming)) - 1])

    def goes_on(self, moment: datetime) -> None:
        self.school.until(f"{moment.astimezone(SHANGHAI):%m-%d %H:%M}")
        self.ledger.until(moment)

    def movable(self) -> list[str]:
        """Until it begins, though people may have checked in already."""
        soon = self.ledger.now + MINUTE + SPOKEN
        return [key for key, held in self.ledger.events.items() if held.settled and soon < held.starts]

    def applied(self) -> None:
        members = self.ledger.members
        people = [
            PERSONS[key] | {"school": one.school, "roles": tuple(sorted(one.roles))}
            for key, one in members.items()
            if one.active
        ]
        said = self.school.take(apply, Apply(file_of(people, list(self.details.values()))))
        assert isinstance(said, Applied)
        self.ids = {key: self.school.person(key) for key, one in members.items() if key in self.ids or one.active}

    def organiser(self, who: str) -> bool:
        return self.ledger.acts(who) and "organiser" in self.ledger.members[who].roles

    def request(self, one: int) -> tuple[tuple[str, str] | int, int]:
        """Its place in the ledger, and its number."""
        places = [*range(len(self.ledger.spans)), *sorted(self.ledger.leaves)]
        what = places[one % len(places)]
        if isinstance(what, int):
            return what, what + 1
        at = self.number[what[0]], self.ids[what[1]]
        return what, self.school.ask(lambda session: leave_number(session, *at))


def leave_number(session: Session, occurrence: int, person: int) -> int:
    row = leaves.of(session, occurrence, person)
    assert row is not None
    return row.id or 0


def account(who: str) -> Account:
    """样吴敏 has none."""
    return Account("telegram", str(PERSONS[who].get("telegram", 9999)))
