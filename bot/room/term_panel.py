"""The panel of the term (学期): click on a day and time goes there."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.datastructures import FormData

from bot.room import glance
from bot.room.glance import Week
from bot.room.labelled import Page
from bot.words import Words
from handlers.term_files import term_at
from sandbox.mounted import Viewer
from scheduling.clock import Clock
from store import consortiums, rehearsals
from store.blueprint import Blueprint, Term
from store.database import Session, Store

MORNING = time(7)  # where a click on a day leads to


class Plan(Struct, frozen=True):
    """What a consortium's weeks follow from. `text`: the plan as it is kept, by which a change is seen."""

    text: str
    file: Blueprint
    linked: frozenset[str]


class TermPanel:
    name = "term"

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock, self.page = store, clock, Page("term")
        self.kept: dict[tuple[str, str, str], tuple[tuple[str, frozenset[str]], list[Week]]] = {}

    def title(self, language: str) -> str:
        return self.page.title(language)

    async def show(self, viewer: Viewer) -> str:
        plan = await asyncio.to_thread(self.store.read, plan_of, viewer.circle)
        if plan is None:
            return self.page.written(viewer, "no_term")
        now = self.clock.now().astimezone(ZoneInfo(plan.file.consortium.timezone))
        term = chosen(plan.file, viewer.asked.get("term"), now)
        if term is None:
            return self.page.written(viewer, "no_term")
        weeks = await asyncio.to_thread(self.weeks, viewer.circle or "", plan, term, viewer.language)
        return self.page.written(
            viewer,
            "term",
            terms=plan.file.term,
            term=term,
            weeks=weeks,
            now=now,
            next=next(glance.to_come(weeks, now), None),
            planned=bool(plan.file.activity),
            words=Words(viewer.language),
            morning=lambda day: datetime.combine(day, MORNING, now.tzinfo),
        )

    async def act(self, _viewer: Viewer, _form: FormData) -> Mapping[str, str]:
        """Its buttons move the clock, which is the page's."""
        return {}

    def weeks(self, circle: str, plan: Plan, term: Term, language: str) -> list[Week]:
        """Reckoned anew when the plan is another one."""
        key, follows = (circle, term.key, language), (plan.text, plan.linked)
        if key not in self.kept or self.kept[key][0] != follows:
            self.kept[key] = follows, glance.weeks(plan.file, term, Words(language), plan.linked)
        return self.kept[key][1]


def plan_of(session: Session, circle: str | None) -> Plan | None:
    row = consortiums.by_key(session, circle) if circle is not None else None
    if row is None or row.id is None:
        return None
    return Plan(row.amended or row.applied, consortiums.blueprint(row), rehearsals.linked(session, row.id))


def chosen(file: Blueprint, key: str | None, now: datetime) -> Term | None:
    """The one that was asked for, else the one that runs or comes next, else the last."""
    asked = next((term for term in file.term if term.key == key), None)
    return asked or term_at(file, now.date()) or max(file.term, key=lambda term: term.last_day, default=None)
