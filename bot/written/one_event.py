"""One event: a change of one occurrence, or of it and all later ones, as entries of a consortium file."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from handlers.amend import AmendmentOpened
from handlers.schedule import About, WordsWanted
from scheduling import occurrences
from scheduling.calendar import SchoolCalendar
from scheduling.occurrences import Planned
from store.amendments import Entries, Entry, every, identity
from store.blueprint import Blueprint, Detail, Period, Term


class Meant(Struct, frozen=True):
    """Entries as they would stand; `about`: the one occurrence that they are about, as it is planned now."""

    entries: Entries
    about: Planned | None
    onward: bool = False


def planned(wanted: WordsWanted) -> Planned | None:
    """The occurrence that was opened, as it is planned now."""
    return None if wanted.about is None else found(wanted.blueprint, wanted.about)


def about_of(one: Detail) -> About:
    return About(one.activity, one.date, one.class_)


def found(blueprint: Blueprint, about: About) -> Planned | None:
    return next((one for one in around(blueprint, {about}) if key_of(one) == about), None)


def key_of(one: Planned) -> About:
    return About(one.activity, one.rule_date, one.class_)


def around(blueprint: Blueprint, abouts: Collection[About]) -> Iterator[Planned]:
    """All of the terms that these lie in."""
    for term in blueprint.term:
        if any(term.first_day <= about.rule_date <= term.last_day for about in abouts):
            yield from occurrences.of(blueprint, term.first_day, term.last_day)


def onward(opened: AmendmentOpened) -> tuple[WordsWanted, Meant] | None:
    """The change of one occurrence that was shown, of all later ones, too; None where it is about no single one."""
    if len(opened.entries.occurrence) != 1 or len(opened.entries.every()) != 1:
        return None
    (detail,) = opened.entries.occurrence
    wanted = WordsWanted(opened.consortium, opened.blueprint, about_of(detail), whole=True)
    one = planned(wanted)
    if one is None:
        return None
    stood = every(opened.blueprint).get(identity(detail), Detail(activity=detail.activity, date=detail.date))
    values = {name: value for name, value in detail if value != getattr(stood, name) and name != "class_"}
    return wanted, changed(opened.blueprint, one, onward=True, **values)


def late(opened: AmendmentOpened, now: datetime) -> bool:
    """Whether an occurrence that it is about has begun, or would have: nobody would hear of it."""
    abouts = {about_of(detail) for detail in opened.entries.occurrence}
    plans = (*around(opened.blueprint, abouts), *around(opened.after, abouts))
    return any(one.starts_at <= now and key_of(one) in abouts for one in plans)


def restored(opened: AmendmentOpened) -> Meant:
    """A change that was shown, as it was meant."""
    details = opened.entries.occurrence
    if not details:
        return Meant(opened.entries, None)
    return Meant(opened.entries, found(opened.blueprint, about_of(details[0])), onward=len(details) > 1)


def changed(blueprint: Blueprint, about: Planned, onward: bool, **values: Any) -> Meant:
    """Of the occurrence, or of it and all later ones of the term; a move takes those along by as many days, but onto no
    holiday and not out of the term: that one stays with its rule."""
    stands, calendar, term = every(blueprint), SchoolCalendar(blueprint), term_at(blueprint, about.rule_date)
    values = {"reason": None} | values
    by = values["held_on"] - about.date if "held_on" in values else timedelta()
    entries: list[Entry] = []
    for one in [about, *(later(blueprint, about) if onward else ())]:
        plain = Detail(activity=one.activity, date=one.rule_date, class_=one.class_)
        stood = stands.get(identity(plain), plain)
        day = one.date + by
        own = {"held_on": day} if "held_on" in values else {}
        if one is not about and own and not (calendar.is_school_day(day) and term_at(blueprint, day) is term):
            continue
        entries.append(stood.model_copy(update=values | own))
    return Meant(Entries.of(entries), about, onward)


def later(blueprint: Blueprint, about: Planned) -> list[Planned]:
    """Those of its activity (and class) after it, in its term."""
    return [one for one in others(blueprint, about) if one.rule_date > about.rule_date]


def others(blueprint: Blueprint, about: Planned) -> Iterator[Planned]:
    term = term_at(blueprint, about.rule_date)
    assert term is not None  # it was planned in it
    for one in occurrences.of(blueprint, term.first_day, term.last_day):
        if (one.activity, one.class_) == (about.activity, about.class_) and one.rule_date != about.rule_date:
            yield one


def term_at(blueprint: Blueprint, day: date) -> Term | None:
    return next((term for term in blueprint.term if term.first_day <= day <= term.last_day), None)


def period_of(blueprint: Blueprint, about: Planned, number: int) -> Period | None:
    """Of the class's school, the host's, or the core school's."""
    rooms = [room.school for room in blueprint.class_ if room.key == about.class_]
    core = [school.key for school in blueprint.school if school.role == "core"]
    school = (rooms or ([about.host] if about.host else core))[0]
    return next((row for row in blueprint.period if (row.school, row.number) == (school, number)), None)


def minutes(length: timedelta) -> str:
    return f"{int(length / timedelta(minutes=1))}m"
