"""The planner: keeps occurrences and reminders in step with the files; doing it twice changes nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduling import horizon, moments, occurrences
from scheduling.class_dates import retell_dates
from scheduling.keeping import Keeper, Kept
from scheduling.keys import keys_of
from scheduling.marks import Marks
from scheduling.moment import Owed
from scheduling.occurrences import Planned
from scheduling.reminding import overtaken, reminder
from scheduling.retelling import retell
from store import changes, consortiums, mentions, plans, reminders
from store.changes import Told
from store.consortiums import Consortium
from store.database import Session
from store.occurrences import Occurrence
from store.plans import Standing


def plan(session: Session, now: datetime) -> None:
    """Every consortium, as far ahead as `horizon` says. What has begun is left alone; what is planned as before is
    passed over."""
    consortiums.alone(session)
    for consortium in consortiums.every(session):
        Planning(session, consortium, now).plan()


class Planning:
    """Of one consortium."""

    def __init__(self, session: Session, consortium: Consortium, now: datetime) -> None:
        assert consortium.id is not None
        self.session, self.consortium, self.now, self.id = session, consortium, now, consortium.id
        self.blueprint, self.keys = consortiums.blueprint(consortium), keys_of(session, consortium)
        self.today = now.astimezone(ZoneInfo(consortium.timezone)).date()
        meetings = [self.keys.activities[one.key] for one in self.blueprint.activity if horizon.repeats_by_class(one)]
        self.reach = horizon.reach(self.blueprint, self.today, plans.furthest(session, meetings))
        marks = Marks(self.blueprint, self.keys, self.reach)
        self.keeper = Keeper(session, self.id, self.blueprint, self.keys, marks)

    def plan(self) -> None:
        planned = horizon.planned(self.blueprint, self.today, self.reach)
        kept = self.keeper.keep(planned, self.now)
        self.retell([(row, before) for row, before in kept.before if changes.told(row) != before])
        owed, rows = self.owed([one for one in planned if one.date <= self.reach], kept)
        found = [reminder(moment, rows[one] if one else None, one, self.keys, self.consortium) for moment, one in owed]
        reminders.put(self.session, found)
        about = {row.id for row in rows.values()} | {kept.rows[one].id for one in kept.fresh}
        reminders.drop_others(self.session, self.id, about, {one.dedup_key for one in found})
        months = {moment.subject for moment, _ in owed if moment.kind == "digest"}
        self.keeper.add_past((one for one in self.before_us(planned) if f"{one.date:%Y-%m}" in months), self.now)

    def retell(self, changed: list[tuple[Occurrence, Told]]) -> None:
        """To whoever heard of what is `changed`, by a reminder, an outlook or a digest."""
        mentioned = mentions.of(self.session, [row.id for row, _ in changed if row.id is not None])
        for row, before in changed:
            retell(self.session, self.blueprint, row, before, mentioned.get(row.id or 0, {}), self.now)
        retell_dates(self.session, self.blueprint, [row for row, _ in changed], mentioned, self.now)

    def owed(self, near: list[Planned], kept: Kept) -> tuple[list[Owed], dict[Planned, Standing]]:
        """Of what is planned anew, and of a chat's days as a whole where they have a budget; and the rows of what was
        looked at. What is gathered is told from when the file is with us."""
        slot, changed = self.keeper.slot, changes.newest(self.session, self.id)
        fresh = {one for one in kept.fresh.values() if one.date <= self.reach}
        # what has begun counts in the budget of its day, though that is over: after a downtime the others wait still
        shared = [one for one in near if one.leads] if self.blueprint.consortium.budget is not None else []
        looked_at = sorted(fresh.union(shared), key=occurrences.order)
        rows = {one: kept.rows[slot(one)] for one in looked_at if slot(one) in kept.rows}

        def wanted(owed: Owed) -> bool:
            moment, one = owed
            if one is None:
                return moment.until > self.now and moment.at >= self.consortium.since
            return moment.until > self.now and one in rows and not overtaken(moment, changed.get(rows[one].id))

        return list(filter(wanted, moments.every(self.blueprint, looked_at, near))), rows

    def before_us(self, planned: Iterable[Planned]) -> Iterator[Planned]:
        """The events that a digest names, though they began when the file was not with us yet, or just as it came."""
        return (one for one in planned if one.class_ is None and one.starts_at <= self.consortium.since)
