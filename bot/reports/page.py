"""What the page of an inspection file says: figures at a glance, each obligation beside its clause with its evidence,
what is missing, attendance, changes since."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.pictures.charts import late
from bot.reports.dossier import Dossier
from bot.reports.folder_tables import FolderTables
from bot.reports.fulfilment import MetBy
from bot.reports.standings import Standing
from bot.reports.tables import Table, Tables, Value
from bot.words import Words
from handlers import report_sums
from handlers.report_facts import ReportEvent

FEW = 12  # rows that a page has room for; of more it has sums, and a link


class Evidence(Struct, frozen=True):
    """`folder`: where the papers of it lie, None where there are none of its own."""

    name: str
    folder: str | None


class Duty(Struct, frozen=True):
    """An obligation (应做事项) in words. `late`: what should be there by now; `elsewhere`: how many of its events lie
    outside the days of the report."""

    title: str
    clause: str
    quoted: str
    rhythm: str
    demanded: int | None
    done: int
    late: int
    to_come: int
    due: str
    evidence: tuple[Evidence, ...]
    elsewhere: int


class PageFacts:
    """Of one dossier, in one language. `places`: by event the folder in which its papers lie; `folders`: of what is no
    event."""

    def __init__(self, dossier: Dossier, words: Words, places: Mapping[int, str], folders: Mapping[MetBy, str]) -> None:
        self.folders_of = folders
        self.dossier, self.report, self.words, self.places = dossier, dossier.report, words, places
        self.figures, self.folders = Tables(self.report, words), FolderTables(dossier, words)

    def said(self, word: str, **facts: object) -> str:
        return self.words.named(word, "report_page").format(**facts)

    def stands(self) -> str:
        return self.figures.said("stands").format(moment=f"{self.report.stands_at:%Y-%m-%d %H:%M}")

    def glance(self) -> Iterator[tuple[str, str]]:
        """What it comes to: a figure, and what it is of."""
        total, asked = report_sums.total(self.report, ""), [one for one in self.dossier.standings if one.demanded]
        yield str(sum(map(report_sums.counted, self.report.events))), self.said("events")
        if total.expected:
            yield f"{total.came}/{total.expected}", self.said("came")
        if total.rate is not None:
            yield f"{total.rate:.1%}", self.said("provisional" if total.pending else "rate")
        if asked:
            yield f"{sum(not late(one) for one in asked)}/{len(asked)}", self.said("on_time")
        yield str(len(self.folders.missing().rows)), self.said("missing")
        yield str(len(self.report.changes)), self.words.named("changes", "report_table")

    def duties(self) -> tuple[Duty, ...]:
        events = {one.occurrence: one for one in self.report.events}
        return tuple(self.duty(one, events) for one in self.dossier.standings)

    def duty(self, one: Standing, events: Mapping[int, ReportEvent]) -> Duty:
        found = dict.fromkeys(event for period in one.periods for event in period.evidence)
        within = [events[event] for event in found if event in events]
        return Duty(
            one.title,
            " / ".join(filter(None, (one.document, *one.path))),
            one.quoted,
            self.words.named(one.rhythm, "rhythm"),
            one.demanded,
            one.done,
            late(one),
            one.missing - late(one),
            one.until.isoformat() if one.until else "",
            tuple(self.evidence(within)) or tuple(self.beside(one)),
            len(found) - len(within),
        )

    def beside(self, one: Standing) -> Iterator[Evidence]:
        """Where people, or months with a theme, are what it is met by."""
        if one.done and (folder := self.folders_of.get(one.met_by)):
            yield Evidence(folder, folder)

    def evidence(self, events: Iterable[ReportEvent]) -> Iterator[Evidence]:
        """Each event; class meetings together: a term has hundreds of them, in one workbook."""
        meetings = 0
        for one in events:
            if one.class_ is not None:
                meetings += 1
            else:
                yield Evidence(f"{one.date} {one.title}", self.places.get(one.occurrence))
        if meetings:
            folder = self.words.named("class_meetings", "report_folder")
            yield Evidence(self.said("meetings", count=meetings), folder)

    def missing(self) -> Table:
        """All of it where it is little, else how much of what, and why."""
        whole = self.folders.missing()
        if len(whole.rows) <= FEW:
            said = tuple(tuple(map(shown, row)) for row in whole.rows)
            return slim(Table(whole.name, whole.columns, said, () if said else (self.said("nothing_missing"),)))
        found: Counter[tuple[str, str]] = Counter()
        for _, _, title, _, lacking, why in whole.rows:
            what, count = ("", lacking) if isinstance(lacking, int) else (shown(lacking), 1)
            found[shown(title), " ".join(filter(None, (what, shown(why))))] += count
        columns = *self.figures.columns("title", "why"), self.said("count")
        rows = tuple((title, why, count) for (title, why), count in found.items())
        return Table(whole.name, columns, rows, (self.said("whole_in_workbook"),))

    def attendance(self) -> list[Table]:
        summary, schools = self.figures.summary(), self.figures.schools()
        if not report_sums.total(self.report, "").expected:
            return [Table(summary.name, (), (), (self.said("nobody_expected"),))]
        return [replace(slim(summary), notes=()), slim(schools)]

    def changes(self) -> Table:
        whole = self.figures.changes()
        if len(whole.rows) <= FEW:
            return whole
        rest = self.said("more_changes", count=len(whole.rows) - FEW)
        return Table(whole.name, whole.columns, whole.rows[:FEW], (rest,))


def slim(table: Table) -> Table:
    """Without the columns in which there is nothing: a page is narrower than a workbook."""
    kept = [number for number in range(len(table.columns)) if any(row[number] for row in table.rows)]
    rows = tuple(tuple(row[number] for number in kept) for row in table.rows)
    return Table(table.name, tuple(table.columns[number] for number in kept), rows, table.notes)


def shown(value: Value) -> str:
    """A cell as people read it: a share as 57.1%."""
    match value:
        case None:
            return ""
        case float():
            return f"{value:.1%}"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
    return str(value)
