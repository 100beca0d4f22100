"""The files of an inspection file (台账), one after the other: path and content, the ten folders of domain 5."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bot.pictures.charts import Charts, Drawn
from bot.reports import report_csv, report_forms, report_index, report_workbook
from bot.reports.dossier import Dossier
from bot.reports.folder_tables import FolderTables
from bot.reports.fulfilment import MetBy
from bot.reports.page import PageFacts
from bot.reports.tables import Table, Tables
from bot.sheets.term_sheet import clean
from bot.words import Words
from handlers.report_facts import ReportEvent
from store.activities import ActivityKind
from store.form_layouts import Form

File = tuple[str, bytes]
Progress = Callable[[str, int, int], None]  # a folder's name, its number, of how many
FOLDERS = (
    *("bodies", "plans", "exchanges", "research", "contests"),
    *("inspections", "class_meetings", "festivals", "attendance", "missing"),
)
OF_KIND = {
    ActivityKind.MEETING: "bodies",
    ActivityKind.JOINT_RESEARCH: "research",
    ActivityKind.CONTEST: "contests",
    ActivityKind.INSPECTION: "inspections",
    ActivityKind.FESTIVAL: "festivals",
}
OF_MEANS = {MetBy.THEMES: "class_meetings", MetBy.POSTS: "bodies", MetBy.EXCHANGES: "exchanges"}
SEASONS = ("winter", "spring", "summer", "autumn")  # three months each, from December on
SEPTEMBER, DECEMBER = 9, 12
NO_NAME_HOLDS = re.compile('[\x00-\x1f\x7f/\\\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST_NAME = 60  # characters, three bytes each: no system refuses that


class Files:
    """Of one dossier, in one language."""

    def __init__(self, dossier: Dossier, words: Words) -> None:
        self.dossier, self.report, self.words = dossier, dossier.report, words
        self.tables, self.heading = FolderTables(dossier, words), heading(dossier, words)
        self.charts: dict[str, Drawn] = {}  # by path
        for chart in Charts(dossier, words).files():
            self.charts[unique(self.drawn(chart), {path.casefold() for path in self.charts})] = chart

    def every(self, progress: Progress) -> Iterator[File]:
        """No path twice. `progress` hears of each folder as it is begun. The page that links them is last."""
        paths: list[str] = []
        for path, content in self.linked(progress):
            paths.append(path)
            yield path, content
        facts = PageFacts(self.dossier, self.words, self.places(), self.folders())
        pictures = [report_index.Picture(path, one.title, one.told) for path, one in self.charts.items()]
        yield report_index.NAME, report_index.written(self.heading, facts, pictures, paths)

    def drawn(self, chart: Drawn) -> str:
        """Where it is to lie; two terms may be called the same."""
        name = f"{plain(chart.title)}.{chart.ending}"
        return f"{self.words.named(chart.folder, 'report_folder')}/{name}" if chart.folder else name

    def charts_of(self, folder: str | None) -> Iterator[File]:
        return ((path, one.content) for path, one in self.charts.items() if one.folder == folder)

    def linked(self, progress: Progress) -> Iterator[File]:
        yield self.named("workbook"), self.workbook()
        if self.dossier.standings:
            yield f"{self.words.label(Form.CATALOGUE)}.docx", self.catalogue()
        yield from self.charts_of(None)
        taken: set[str] = set()
        for number, folder in enumerate(FOLDERS, 1):
            name = self.words.named(folder, "report_folder")
            progress(name, number, len(FOLDERS))
            files = [*self.charts_of(folder), *((f"{name}/{path}", content) for path, content in self.folder(folder))]
            if not files:
                files = [(f"{name}/{self.named('nothing_name')}", self.named("nothing").encode())]
            for path, content in files:
                free = unique(path, taken)
                taken.add(free.casefold())
                yield free, content

    def folder(self, folder: str) -> Iterator[File]:
        makers: dict[str, Callable[[], Iterator[File]]] = {
            "bodies": self.bodies,
            "plans": self.plans,
            "exchanges": self.exchanges,
            "class_meetings": self.class_meetings,
            "attendance": self.attendance,
            "missing": self.missing,
        }
        if folder in makers:
            yield from makers[folder]()
        for event in self.report.events:
            if OF_KIND.get(event.kind) == folder and not event.cancelled:
                yield from self.event(folder, event)

    def named(self, word: str) -> str:
        return self.words.named(word, "report")

    def workbook(self) -> bytes:
        return report_workbook.written(self.heading, self.sheets())

    def sheets(self) -> list[Table]:
        figures = Tables(self.report, self.words)
        quotas = [self.tables.quotas()] if self.dossier.standings else []
        return [*figures.every(), *self.tables.weeks(), *quotas, figures.changes()]

    def bodies(self) -> Iterator[File]:
        yield self.book(self.tables.roster())

    def plans(self) -> Iterator[File]:
        if self.dossier.papers or self.dossier.milestones:
            yield self.book(self.tables.editions(), self.tables.milestones())
        for paper in self.dossier.papers:
            if paper.text:
                yield (
                    plain(self.named("paper_name").format(title=paper.title, number=paper.number)),
                    paper.text.encode(),
                )

    def exchanges(self) -> Iterator[File]:
        if self.dossier.exchanges:
            yield self.book(self.tables.exchanges())

    def class_meetings(self) -> Iterator[File]:
        meetings = any(one.class_ is not None for one in self.report.events)
        if meetings or self.dossier.weeks:
            yield self.book(self.tables.records(), self.tables.themes(), *self.tables.weeks())
        for event in self.report.events:
            if event.class_ is not None and not event.cancelled:
                within = plain(f"{self.report.schools.get(event.school or '', '')} {event.class_name}")
                for form, content in report_forms.of_event(self.report, event, self.dossier.sheets, self.words):
                    yield f"{within}/{event.date} {self.words.label(form)}.docx", content

    def attendance(self) -> Iterator[File]:
        summary = report_forms.attendance(self.report, self.dossier.sheets, self.words)
        yield f"{self.words.label(Form.ATTENDANCE)}.docx", summary
        yield self.named("records"), report_csv.written(self.report, self.words)

    def missing(self) -> Iterator[File]:
        """Also where nothing is: that, too, is to be seen."""
        yield self.book(self.tables.missing())

    def event(self, folder: str, event: ReportEvent) -> Iterator[File]:
        """What there is of one event, in the folder of its month, season, term or school year."""
        within = self.place(folder, event)
        for form, content in report_forms.of_event(self.report, event, self.dossier.sheets, self.words):
            yield f"{within}/{self.words.label(form)}.docx", content
        if bulletin := report_forms.bulletin(event, self.dossier.sheets, self.words):
            yield f"{within}/{self.named('bulletin')}.docx", bulletin
        if event.expected:
            name, content = self.book(self.tables.reflections(event))
            yield f"{within}/{name}", content

    def place(self, folder: str, event: ReportEvent) -> str:
        return f"{plain(self.period(folder, event))}/{plain(f'{event.date} {event.title}')}"

    def catalogue(self) -> bytes:
        """台账目录. An event has a folder of its own; class meetings, themes and people are in one of the ten."""
        in_force = {one.title: one.number for one in self.dossier.papers if one.text}
        about = self.dossier.standings, self.places(), self.folders(), in_force, self.dossier.sheets, self.words
        return report_forms.catalogue(self.report, *about)

    def folders(self) -> dict[MetBy, str]:
        return {by: self.words.named(folder, "report_folder") for by, folder in OF_MEANS.items()}

    def places(self) -> dict[int, str]:
        """By event the folder in which its papers lie."""
        named = {folder: self.words.named(folder, "report_folder") for folder in FOLDERS}
        found = ((one, OF_KIND[one.kind]) for one in self.report.events if one.kind in OF_KIND)
        events = {one.occurrence: f"{named[folder]}/{self.place(folder, one)}" for one, folder in found}
        return events | dict.fromkeys(self.dossier.sheets.records, named["class_meetings"])

    def period(self, folder: str, event: ReportEvent) -> str:
        """一月、一季、一学期、一学年 (domain 5)."""
        year, month = event.date.year, event.date.month
        match folder:
            case "research":
                return self.named("month").format(year=year, month=month)
            case "festivals":
                season = self.named(SEASONS[month % DECEMBER // 3])
                return self.named("season").format(year=year, season=season)
            case "inspections":
                begun = year if month >= SEPTEMBER else year - 1
                return self.named("school_year").format(year=begun, next=begun + 1)
        return next((one.name for one in self.report.terms if one.key == event.term), self.named("no_term"))

    def book(self, *tables: Table) -> File:
        """A workbook that is called as its first table."""
        return f"{plain(tables[0].name)}.xlsx", report_workbook.written(self.heading, tables)


def plain(name: str) -> str:
    """What every system takes for a name, and nothing that rearranges it."""
    found = " ".join(NO_NAME_HOLDS.sub(" ", clean(name)).split())[:LONGEST_NAME].strip(". ")
    return found or "-"


def unique(path: str, taken: set[str]) -> str:
    """Two events of a day may be called the same."""
    stem, dot, end = path.rpartition(".")
    number, found = 1, path
    while found.casefold() in taken:
        number += 1
        found = f"{stem} {number}{dot}{end}"
    return found


def heading(dossier: Dossier, words: Words) -> str:
    """样例教联体 台账 2026-09-01至2027-01-22（样例东校）"""
    report = dossier.report
    said = words.named("heading", "report").format(name=report.name, first=report.first, last=report.last)
    if report.school is not None:
        said += words.named("scope", "report").format(school=report.schools[report.school])
    return said


def about(dossier: Dossier) -> dict[str, Any]:
    """What the manifest says of the whole."""
    report = dossier.report
    return {
        "consortium": report.consortium,
        "from": date.isoformat(report.first),
        "to": date.isoformat(report.last),
        "school": report.school,
        "stands_at": report.stands_at.isoformat(),
    }
