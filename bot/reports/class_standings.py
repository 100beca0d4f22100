"""Class meetings beside an obligation of each week (一周一班会): every class, every teaching week."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from bot.class_weeks import ClassWeek, Register, State
from bot.reports.fulfilment import Fulfilment, Why
from bot.words import Words
from scheduling import demands
from scheduling.rules import Span, monday
from store.blueprint import Term
from store.class_records import NotHeldReason, RecordStatus
from store.consortiums import Consortium
from store.database import Session

UNASKED = {"before_us": Why.NOT_COUNTED, "none_planned": Why.NOT_COUNTED, "before_term": Why.BEFORE_TERM}
UNASKED |= {"after_term": Why.AFTER_TERM}
WHY = {
    State.MOVED: Why.MOVED,
    State.TO_COME: Why.TO_COME,
    State.UNRECORDED: Why.UNRECORDED,
    State.NOT_HELD: Why.NOT_HELD,
}


def of_classes(
    session: Session,
    consortium: Consortium,
    term: Term,
    activities: Collection[str],
    count: int,
    span: Span,
    words: Words,
    now: datetime,
    school: str | None,
) -> Iterator[Fulfilment]:
    """By school and class, then by week: the weeks of the term that the span touches. A week lost to a holiday asks for
    nothing; another day of the same week satisfies it (domain 2 on S2-46, 3.3)."""
    register = Register(session, consortium, term, words, now, activities)
    held = evidence(register)
    for row in register.rows(school):
        for number, cell in enumerate(row.weeks, 1):
            first = monday(term.first_day) + timedelta(weeks=number - 1)
            last = first + timedelta(days=6)
            if demands.touches(span, first, last):
                found = tuple(held.get((row.key, number), ()))
                why = None if len(found) >= count else why_less(cell, words)
                asked = 0 if cell.state is State.NOT_COUNTED or why is Why.HOLIDAY else count
                key, note = f"{term.key}/{number}", cell.reason if why else ""
                yield Fulfilment(key, first, last, row.key, asked, len(found), why, note, found)


def evidence(register: Register) -> dict[tuple[str, int], list[int]]:
    """The meetings that were held, by class and week; what was moved counts in the week in which it was held."""
    found = defaultdict[tuple[str, int], list[int]](list)
    for key, (row, record) in register.known.items():
        if record is None or record.status is RecordStatus.NOT_HELD or not register.has_begun(*key):
            continue
        day = row.date if record.status is RecordStatus.HELD and record.held_on is None else record.held_on
        if row.id is not None and day is not None and day <= register.today and day in register.span:
            found[row.slot, register.week(day)].append(row.id)
    return found


def why_less(cell: ClassWeek, words: Words) -> Why | None:
    """The week's state as a reason."""
    names = words.tables["class_weeks"]
    if cell.state is State.NOT_COUNTED:
        return next((why for name, why in UNASKED.items() if cell.reason == names[name]), Why.HOLIDAY)
    if cell.state is State.NOT_HELD and cell.reason == names["cancelled"]:
        return Why.CANCELLED
    if cell.state is State.NOT_HELD and cell.reason == words.label(NotHeldReason.HOLIDAY):
        return Why.HOLIDAY
    return WHY.get(cell.state)
