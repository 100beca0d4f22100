"""The message budget (每日上限): how many messages of the clock a chat gets on one day; what is over it becomes one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from scheduling.moment import Moment, Owed, ToChat
from store.blueprint import Blueprint


def kept(blueprint: Blueprint, owed: Iterable[Owed]) -> list[Owed]:
    """As owed, but that of a chat's day with more than the budget those from number `budget` on, by instant and in the
    order given, are parts of one message at the instant of the earliest of them.

    A check-in is never counted. By the file alone: whether one of them is moot when its time comes changes nothing.
    """
    budget, zone = blueprint.consortium.budget, ZoneInfo(blueprint.consortium.timezone)
    if budget is None:
        return list(owed)
    found: list[Owed] = []
    days: defaultdict[tuple[str, date], list[Owed]] = defaultdict(list)
    for moment, planned in owed:
        if isinstance(moment.to, ToChat) and moment.kind != "check_in":
            days[moment.to.chat, moment.at.astimezone(zone).date()].append((moment, planned))
        else:
            found.append((moment, planned))
    for day in days.values():
        day.sort(key=lambda one: one[0].at)
        found += day if len(day) <= budget else [*day[: budget - 1], *together(day[budget - 1 :])]
    return found


def together(day: list[Owed]) -> Iterable[Owed]:
    """Of one occurrence and kind that fall on one instant now one is left, as in every plan."""
    once = {about(moment): (moment, planned) for moment, planned in reversed(day)}
    parts = [once[key] for key in dict.fromkeys(about(moment) for moment, _ in day)]
    return [(replace(moment, at=day[0][0].at, part=part), planned) for part, (moment, planned) in enumerate(parts)]


def about(moment: Moment) -> tuple[object, ...]:
    return moment.kind, moment.activity, moment.date, moment.class_, moment.subject
