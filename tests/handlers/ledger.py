"""What people said and did, kept by the rules of domain 4 and the contract: shares nothing with `handlers` or `store`.

Everything goes by keys of people and events; codes are those of the contract.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct, field

OVER, STRUCK = "expected", "absent_pending"  # a correction taken back, and a check-in struck
EXCUSED = frozenset({"leave", "official", "excused"})


class Member(Struct):
    school: str
    roles: frozenset[str]
    linked: bool
    active: bool = True


class Event(Struct):
    """`opens`, `late` and `closes`: of the check-in, None where there is none. `expected`: the school of each, once it
    is settled."""

    day: date
    starts: datetime
    ends: datetime
    respond_by: datetime | None = None
    opens: datetime | None = None
    late: datetime | None = None
    closes: datetime | None = None
    audience: tuple[str, ...] | None = None
    announced: datetime | None = None
    expected: dict[str, str] = field(default_factory=dict)
    settled: bool = False
    cancelled: bool = False

    def shift(self, days: timedelta) -> None:
        self.day += days
        for name in ("starts", "ends", "respond_by", "opens", "late", "closes"):
            at: datetime | None = getattr(self, name)
            setattr(self, name, at and at + days)


class Answer(Struct):
    """`by`: who registered it for the person."""

    status: str
    at: datetime
    late: bool
    by: str | None


class Asked(Struct):
    """Leave from one event; `span`: the place of the request for days that it came with."""

    state: str
    at: datetime
    span: int | None = None


class Span(Struct):
    person: str
    first: date
    last: date
    state: str = "pending"


Pair = tuple[str, str]  # an event, and a person
Trace = tuple[str, str, str, str | None, str, str]  # fact, event, person, who did it, was, became


class Ledger(Struct):
    now: datetime
    members: dict[str, Member]
    events: dict[str, Event]
    seen: dict[Pair, datetime] = field(default_factory=dict)
    answers: dict[Pair, Answer] = field(default_factory=dict)
    leaves: dict[Pair, Asked] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    left: dict[str, datetime] = field(default_factory=dict)
    came: dict[Pair, tuple[datetime, str, bool]] = field(default_factory=dict)
    words: dict[Pair, list[str]] = field(default_factory=dict)
    trail: list[Trace] = field(default_factory=list)

    def acts(self, person: str) -> bool:
        one = self.members[person]
        return one.active and one.linked

    def takes_part(self, event: str, person: str) -> bool:
        held = self.events[event]
        return self.acts(person) and person in held.expected and not held.cancelled

    def trace(self, fact: str, at: Pair, by: str | None, was: str | None, became: str | None) -> None:
        self.trail.append((fact, *at, by, was or "", became or ""))

    # Before the event: 收到, 参加, 请假.

    def see(self, event: str, person: str) -> None:
        if self.takes_part(event, person) and self.now < self.events[event].ends:
            self.seen.setdefault((event, person), self.now)

    def answer(self, event: str, person: str, status: str, by: str | None) -> None:
        """`by` None: whose act that is cannot be told, it follows from days of leave."""
        at, held, old = (event, person), self.events[event], self.answers.get((event, person))
        own = by in (person, None)
        if old is None or old.status != status or (own and old.by is not None):
            late = held.respond_by is not None and self.now > held.respond_by
            self.trace("response", at, by, old.status if old else None, status)
            self.answers[at] = Answer(status, self.now, late, None if own else by)

    def forget_answer(self, at: Pair, by: str | None) -> None:
        self.trace("response", at, by, self.answers.pop(at).status, None)

    def respond(self, event: str, person: str, status: str) -> None:
        if self.takes_part(event, person) and self.now < self.events[event].starts:
            self.answer(event, person, status, person)
            if status == "accepted" and self.state(event, person) == "pending":
                self.turn((event, person), "withdrawn", person)

    def register(self, by: str, event: str, person: str, status: str) -> None:
        held = self.events[event]
        asked = self.acts(by) and "organiser" in self.members[by].roles and not held.cancelled
        if asked and person in held.expected and self.now < held.starts:
            self.answer(event, person, status, by)

    # Leave: of one event, of several days.

    def state(self, event: str, person: str) -> str | None:
        asked = self.leaves.get((event, person))
        return asked.state if asked else None

    def turn(self, at: Pair, state: str, by: str | None) -> None:
        self.trace("leave", at, by, self.leaves[at].state, state)
        self.leaves[at].state = state

    def ask(self, event: str, person: str) -> None:
        was = self.state(event, person)
        if not self.takes_part(event, person) or was in ("approved", "refused"):
            return
        if was != "pending":
            self.trace("leave", (event, person), person, was, "pending")
        self.leaves[event, person] = Asked("pending", self.now)
        if self.now < self.events[event].starts:
            self.answer(event, person, "declined", person)

    def ask_days(self, person: str, first: date, last: date) -> None:
        if not self.acts(person):
            return
        events = [key for key, held in self.events.items() if first <= held.day <= last and not held.cancelled]
        events = [key for key in events if person in self.events[key].expected]
        if first == last and len(events) == 1:
            self.ask(events[0], person)
            return
        asked = Span(person, first, last)
        if asked not in self.spans:
            self.spans.append(asked)
        for event in events:
            self.put(self.spans.index(asked), event, person)

    def put(self, span: int, event: str, by: str | None) -> None:
        """What was asked for the event before stays; only what was withdrawn is asked for anew."""
        asked = self.spans[span]
        at, was = (event, asked.person), self.state(event, asked.person)
        if was not in (None, "withdrawn"):
            return
        self.leaves[at] = Asked(asked.state, self.now, span)
        self.trace("leave", at, by, was, asked.state)
        if self.now < self.events[event].starts:
            self.answer(event, asked.person, "declined", by)

    def cover(self, event: str, *people: str) -> None:
        """Days of leave hold for an event that comes to lie in them."""
        held = self.events[event]
        for state in ("approved", "pending"):
            for place, span in enumerate(self.spans):
                if span.person in people and span.state == state and span.first <= held.day <= span.last:
                    self.put(place, event, None)

    def approvers(self, person: str) -> set[str]:
        """Of the school worked at now; never oneself."""
        school = self.members[person].school
        for role in ("approver", "principal"):
            found = {key for key, one in self.members.items() if one.active and one.school == school}
            found = {key for key in found if role in self.members[key].roles and key != person}
            if found:
                return found
        return set()

    def decide(self, by: str, what: Pair | int, state: str, *, change: bool) -> None:
        person = self.spans[what].person if isinstance(what, int) else what[1]
        if not self.acts(by) or by not in self.approvers(person):
            return
        other = {"approved": "refused", "refused": "approved"}[state]
        self.move_on(what, other if change else "pending", state, by)

    def withdraw(self, by: str, what: Pair | int) -> None:
        person = self.spans[what].person if isinstance(what, int) else what[1]
        if by == person and self.acts(by):
            self.move_on(what, "pending", "withdrawn", by)

    def move_on(self, what: Pair | int, was: str, state: str, by: str) -> None:
        if isinstance(what, int):
            span = self.spans[what]
            every = [at for at, asked in self.leaves.items() if asked.span == what and asked.state == was]
            if span.state != was:
                return
            span.state = state
            every += self.overruled(what) if state == "approved" else []
        else:
            cancelled = self.events[what[0]].cancelled
            every = [what] if self.state(*what) == was and not cancelled else []
        for at in every:
            self.turn(at, state, by)
            self.leaves[at].span = what if isinstance(what, int) else self.leaves[at].span
            held, answer = self.events[at[0]], self.answers.get(at)
            if held.cancelled or self.now >= held.starts:
                continue
            if state == "approved" and answer is None:
                self.answer(*at, "declined", by)
            elif state != "approved" and answer and answer.status == "declined":
                self.forget_answer(at, by)

    def overruled(self, place: int) -> list[Pair]:
        """Days that are granted hold for what was refused in them before."""
        span = self.spans[place]
        within = {key for key, held in self.events.items() if span.first <= held.day <= span.last}
        within = {key for key in within if not self.events[key].cancelled}
        mine = [(at, asked) for at, asked in self.leaves.items() if at[0] in within and at[1] == span.person]
        return [at for at, asked in mine if asked.state == "refused" and asked.span != place]

    # At the event, and after it.

    def check_in(self, event: str, person: str, method: str, by: str) -> None:
        held = self.events[event]
        if not held.opens or not held.closes or held.cancelled or not held.opens <= self.now < held.closes:
            return
        if (event, person) not in self.came:
            late = held.late is not None and self.now > held.late
            self.came[event, person] = self.now, method, late
            self.trace("check_in", (event, person), by, None, "late" if late else "present")

    def correct(self, by: str, event: str, person: str, status: str) -> None:
        """That it was allowed is known already."""
        held, was = self.events[event], self.status(event, person)
        if status == OVER and person not in held.expected:
            held.expected[person] = self.members[person].school
            self.cover(event, person)
        self.words.setdefault((event, person), []).append(status)
        self.trace("attendance", (event, person), by, was, status)

    def status(self, event: str, person: str) -> str:
        held, at = self.events[event], (event, person)
        word = self.words.get(at, [OVER])[-1]
        if held.cancelled:
            return "void"
        if word not in (OVER, STRUCK):
            return word
        if at in self.came and word != STRUCK:
            return "late" if self.came[at][2] else "present"
        if person not in held.expected:
            return "not_expected"
        leave = self.state(event, person)
        if leave in ("approved", "pending"):
            return "leave" if leave == "approved" else "leave_pending"
        if self.now < (held.closes or held.ends):
            return "leave_refused" if leave == "refused" else "expected"
        declined = at in self.answers and self.answers[at].status == "declined"
        return STRUCK if held.closes or declined or word == STRUCK else "present"

    def involved(self) -> Iterator[Pair]:
        """All of whom something is to be said: expected, come, or spoken of."""
        expected = {(event, person) for event, held in self.events.items() for person in held.expected}
        yield from sorted(expected | set(self.came) | set(self.words))

    # The plan, and the clock.

    def until(self, end: datetime) -> None:
        """Who is expected is settled by the roster of the moment of the first message."""
        for event, held in self.events.items():
            if held.announced and not held.settled and held.announced <= end and not held.cancelled:
                self.now, held.settled = max(self.now, held.announced), True
                held.expected = {key: one.school for key, one in self.members.items() if meant(held, one)}
                self.cover(event, *held.expected)
        self.now = end

    def leaves_or_comes(self, person: str, active: bool) -> None:
        """Who comes back before an event begins is where he left after the notice."""
        one, was = self.members[person], self.members[person].active
        one.active = active
        if was and not active:
            self.left[person] = self.now
        for event, held in self.to_come() if active and not was else ():
            left = self.left.get(person)
            known = left and held.announced and left > held.announced
            if known and meant(held, one) and person not in held.expected:
                held.expected[person] = one.school
                self.trace("attendance", (event, person), None, "not_expected", "expected")

    def applied(self) -> None:
        """Until an event begins, who has left is expected no more."""
        for event, held in self.to_come():
            for person in [one for one in held.expected if not self.members[one].active]:
                del held.expected[person]
                self.trace("attendance", (event, person), None, "expected", "not_expected")

    def to_come(self) -> list[tuple[str, Event]]:
        every = self.events.items()
        return [(key, one) for key, one in every if one.settled and not one.cancelled and self.now < one.starts]

    def moved(self, event: str, day: date) -> None:
        """Told of: what was said of the other day counts no more, and days of leave hold where it lies now."""
        self.events[event].shift(day - self.events[event].day)
        for at in [at for at in self.answers if at[0] == event]:
            self.forget_answer(at, None)
        for at in [at for at in self.came if at[0] == event]:
            self.trace("check_in", at, None, "late" if self.came.pop(at)[2] else "present", None)
        self.end_leaves(event)
        self.cover(event, *self.events[event].expected)

    def end_leaves(self, event: str) -> None:
        for at, asked in self.leaves.items():
            if at[0] == event and asked.state != "withdrawn":
                self.turn(at, "withdrawn", None)


def meant(held: Event, one: Member) -> bool:
    return one.active and (held.audience is None or one.school in held.audience) and (
        held.audience is None or "teacher" in one.roles
    )
