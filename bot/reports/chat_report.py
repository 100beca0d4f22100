"""The report in the chat (台账): its figures and a picture first, the file behind them; no more than the asker sees."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec.structs import replace

from bot.pictures.charts import late, picture
from bot.reports import dossier, report_workbook, whole_folder
from bot.reports.dossier import Dossier
from bot.reports.files import File, Files, Progress, about, heading, plain
from bot.reports.report_forms import Sheets
from bot.reports.tables import Tables
from bot.voice import Voice
from bot.words import Words
from handlers import report_sums
from handlers.ask_report import ReportFigures, ReportFileSent, ReportPart, ReportScope, ReportSum
from handlers.report import report
from store.consortiums import Consortium
from store.database import Session, Store
from store.statuses import AttendanceStatus as Status

LARGEST = 50 << 20  # bytes of a document that a bot may send (Bot API, sendDocument)
IN_MEMORY = 4 << 20  # bytes; what is larger waits on the disk
MOST_EVENTS = 1500  # each has up to three papers: more takes longer than a message may be on its way


def figures(store: Store, voice: Voice, asked: ReportFigures, now: datetime) -> ReportFigures:
    """Off the event loop: a year of many schools takes its time."""
    found = store.read(gathered, asked.scope, voice.labels, now)
    drawn = picture(found, voice.labels) if asked.scope.part is not ReportPart.OWN else None
    return replace(asked, sum=summed(found), picture=(f"{found.report.consortium}.png", drawn) if drawn else None)


def summed(found: Dossier) -> ReportSum:
    """As the workbook's summary and the page at the top of the file have it."""
    whole, asked = report_sums.total(found.report, ""), [one for one in found.standings if one.demanded]
    meetings = [one for one in found.report.events if one.class_ is not None and not one.cancelled]
    return ReportSum(
        events=sum(map(report_sums.counted, found.report.events)),
        expected=whole.expected,
        came=whole.came,
        leave=whole.counts[Status.LEAVE],
        reflected=whole.reflected,
        rate=whole.rate,
        provisional=bool(whole.pending),
        duties=len(asked),
        on_time=sum(not late(one) for one in asked),
        meetings=len(meetings),
        records=sum(one.record is not None for one in meetings),
        changes=len(found.report.changes),
        stands_at=found.report.stands_at,
    )


def gathered(session: Session, scope: ReportScope, words: Words, now: datetime) -> Dossier:
    row, days = session.get_one(Consortium, scope.consortium), (scope.first, scope.last)
    if scope.part is not ReportPart.OWN:
        return dossier.gathered(session, row, days, words, now, scope.school)
    own = report(session, row, days, now, person=scope.person)
    own = replace(own, changes=())  # they name whoever they are about
    return Dossier(own, (), (), (), (), (), (), Sheets({}, {}, {}, {}, {}))


def document(store: Store, voice: Voice, asked: ReportFileSent, now: datetime, progress: Progress) -> ReportFileSent:
    """With its file; without one where that is too large to be sent."""
    found = store.read(gathered, asked.scope, voice.labels, now)
    if asked.scope.part in (ReportPart.WHOLE, ReportPart.SCHOOL) and len(found.report.events) > MOST_EVENTS:
        return asked
    name = plain(heading(found, voice.labels))
    with TemporaryDirectory() as folder, SpooledTemporaryFile(IN_MEMORY) as file:
        whole = Path(folder) / name
        whole_folder.write(name, whole, files(found, voice.labels, asked.scope.part, progress), about(found))
        with ZipFile(file, "w", ZIP_DEFLATED) as packed:
            for path in sorted(whole.rglob("*")):
                packed.write(path, path.relative_to(folder))
        size = file.tell()
        file.seek(0)
        return replace(asked, document=(f"{name}.zip", file.read())) if size <= LARGEST else asked


def files(found: Dossier, words: Words, part: ReportPart, progress: Progress) -> Iterator[File]:
    """All ten folders for whoever sees the names; else one workbook, and the charts."""
    if part in (ReportPart.WHOLE, ReportPart.SCHOOL):
        yield from Files(found, words).every(progress)
        return
    every, tables = Files(found, words), Tables(found.report, words)
    own = [tables.summary(), tables.events(), tables.people()]
    totals = [tables.summary(), tables.events(), tables.schools(), tables.leaves(), *every.tables.weeks()]
    quotas = [every.tables.quotas()] if found.standings else []
    sheets = own if part is ReportPart.OWN else [*totals, *quotas]
    yield every.named("workbook"), report_workbook.written(every.heading, sheets)
    for path, chart in every.charts.items() if part is ReportPart.TOTALS else ():
        yield path.rpartition("/")[2], chart.content
