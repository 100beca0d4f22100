"""The tables in the folders of an inspection file: who, which plans, which class meetings, what is missing."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.class_weeks import ClassRow, ClassWeek, State
from bot.reports.dossier import Dossier
from bot.reports.standings import Standing
from bot.reports.tables import Table, Value
from bot.words import Words
from handlers.attendance_form import OPEN
from handlers.report_facts import ReportEvent, ReportTerm
from store import class_records
from store.class_records import RecordStatus
from store.persons import Role


class FolderTables:
    """Of one dossier, in one language."""

    def __init__(self, dossier: Dossier, words: Words) -> None:
        self.dossier, self.report, self.words = dossier, dossier.report, words

    def table(self, name: str, columns: Iterable[str], rows: Iterable[tuple[Value, ...]], *notes: str) -> Table:
        """`name` and `columns` are words of the labels."""
        named = tuple(self.words.named(column, "report_column") for column in columns)
        return Table(self.words.named(name, "report_table"), named, tuple(rows), notes)

    def roster(self) -> Table:
        rows = sorted(self.dossier.members, key=lambda one: not one.post)
        columns = "school", "post", "name", "subject", "home", "roles"
        return self.table(
            "roster",
            columns,
            ((one.school, one.post, one.name, one.subject, one.home, self.roles(one.roles)) for one in rows),
        )

    def roles(self, roles: tuple[str, ...]) -> str:
        return " ".join(self.words.label(Role(role)) for role in roles)

    def editions(self) -> Table:
        columns = "document", "edition", "since", "until", "source"
        rows = ((one.title, one.number, one.since, one.until, one.source) for one in self.dossier.papers)
        return self.table("editions", columns, rows)

    def milestones(self) -> Table:
        """待定 while it has no day: no date is reckoned that the plan leaves open."""
        columns = "stage", "milestone", "clause", "due"
        stones = self.dossier.milestones
        rows = ((one.stage or "", one.title, one.clause or "", self.words.due(one)) for one in stones)
        return self.table("milestones", columns, rows)

    def exchanges(self) -> Table:
        columns = "name", "subject", "from", "to", "sent_since", "sent_until"
        sent = self.dossier.exchanges
        return self.table("exchanges", columns, ((o.name, o.subject, o.from_, o.to, o.since, o.until) for o in sent))

    def quotas(self) -> Table:
        """Each obligation beside its clause: demanded, done, missing, and until when."""
        columns = "clause", "quoted", "obligation", "rhythm", "demanded", "done", "missing", "due"
        return self.table("quotas", columns, map(self.quota, self.dossier.standings))

    def quota(self, one: Standing) -> tuple[Value, ...]:
        clause = " / ".join(filter(None, (one.document, *one.path)))
        rhythm = self.words.named(one.rhythm, "rhythm")
        return clause, one.quoted, one.title, rhythm, one.demanded, one.done, one.missing, one.until

    def themes(self) -> Table:
        """一月一主题: what the events and class meetings of each day were about."""
        found = dict.fromkeys((one.date, one.title, one.theme) for one in self.report.events if one.theme)
        return self.table("themes", ("date", "title", "theme"), found)

    def weeks(self) -> list[Table]:
        """Class by teaching week, a table for each term."""
        return [self.matrix(term, rows) for term, rows in self.dossier.weeks]

    def matrix(self, term: ReportTerm, rows: tuple[ClassRow, ...]) -> Table:
        numbers = range(1, max(len(row.weeks) for row in rows) + 1)
        week = self.words.named("week", "class_weeks")
        columns = [self.words.named(one, "report_column") for one in ("school", "class", "held_in_all")]
        columns += [week.format(number=number) for number in numbers]
        name = self.words.named("class_weeks", "report_table").format(term=term.name)
        return Table(name, tuple(columns), tuple(self.line(row) for row in rows))

    def line(self, row: ClassRow) -> tuple[Value, ...]:
        return row.school, row.name, sum(week.held for week in row.weeks), *(self.cell(week) for week in row.weeks)

    def cell(self, one: ClassWeek) -> str:
        """已开, 改期10-14, 未开（考试）; why a week does not count."""
        labels = self.words.tables["class_weeks"]
        if one.state is State.NOT_COUNTED:
            return one.reason
        if one.state is State.HELD and one.held > 1:
            return labels["held_often"].format(count=one.held)
        more = f" {one.day:%m-%d}" if one.day else f" {one.reason}" if one.reason else ""
        return labels[f"legend_{one.state}"] + more

    def records(self) -> Table:
        """What each class meeting's record says of whether it was held; no pupil, and nobody's words."""
        columns = "date", "school", "class", "theme", "record", "held_on", "pupils", "why"
        meetings = (one for one in self.report.events if one.class_ is not None)
        return self.table("records", columns, map(self.record, meetings))

    def record(self, one: ReportEvent) -> tuple[Value, ...]:
        about = one.date, self.report.schools.get(one.school or "", ""), one.class_name or "", one.theme or ""
        if one.record is None:
            return *about, self.words.named("legend_unrecorded", "class_weeks"), None, "", ""
        told = class_records.told(one.record)
        why = self.words.label(told.reason) if told.reason else ""
        return *about, self.words.label(told.status), told.held_on, told.pupils, why

    def reflections(self, event: ReportEvent) -> Table:
        """How many of each school have handed one in; what they wrote is theirs."""
        asked = Counter(one.school for one in event.expected)
        done = Counter(one.school for one in event.expected if one.reflected)
        rows = ((self.report.schools[key], asked[key], done[key]) for key in self.report.schools if asked[key])
        return self.table("reflections", ("school", "expected", "reflections"), rows)

    def missing(self) -> Table:
        """Openly: what was to be and was not, and why."""
        columns = "date", "school", "title", "class", "missing", "why"
        return self.table("missing", columns, [*self.owed(), *self.lacking()])

    def owed(self) -> Iterator[tuple[Value, ...]]:
        """Of each obligation the periods that ask for something still; class by week the matrix has them."""
        for one in self.dossier.standings:
            if not one.periods and one.missing:
                yield None, "", one.title, "", one.missing, ""
            for period in one.periods:
                if period.missing and period.class_ is None:
                    why = self.words.named(period.why, "why") if period.why else ""
                    yield period.first, "", one.title, "", period.missing, " ".join(filter(None, (why, period.note)))

    def lacking(self) -> Iterator[tuple[Value, ...]]:
        """Of class meetings from before we were there the weeks tell."""
        asked = (one for one in self.report.events if one.class_ is None or not one.before_us)
        for one in asked:
            if (why := self.why(one)) is not None:
                school = self.report.schools.get(one.school or "", one.host or "")
                yield one.date, school, one.title, one.class_name or "", *why

    def why(self, one: ReportEvent) -> tuple[str, str] | None:
        """What is missing of it, and why; None for nothing."""
        said = self.words.tables["report"]
        if one.cancelled:
            return said["not_held"], said["cancelled"]
        if one.before_us:
            return said["not_registered"], said["before_us"]
        if one.class_ is None:
            pending = sum(one.counts[status] for status in OPEN)
            return (said["pending"].format(count=pending), "") if pending else None
        if one.record is None:
            return self.words.named("legend_unrecorded", "class_weeks"), ""
        told = class_records.told(one.record)
        if told.status is not RecordStatus.NOT_HELD:
            return None
        return self.words.label(told.status), self.words.label(told.reason) if told.reason else ""
