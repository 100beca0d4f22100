"""The charts (图表) of an inspection file: attendance by month, answers by school, class meetings by week, obligations.

Schools and obligations stand in the file's order: a chart is no ranking."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.class_weeks import ClassRow, State
from bot.pictures import bar_chart, chinese_font, term_picture
from bot.pictures.bar_chart import Bar, Chart
from bot.pictures.chinese_font import Font
from bot.reports.dossier import Dossier
from bot.reports.standings import Standing
from bot.words import Words
from handlers import report_sums
from handlers.attendance_form import FEWEST, NOT_DUE
from handlers.report_facts import ReportTerm
from handlers.report_sums import Sum
from store.statuses import AttendanceStatus as Status

MET = (State.HELD, State.MOVED, State.UNRECORDED, State.NOT_HELD, State.TO_COME)
MOST = 24  # bars of one picture: a term has no more weeks
FAMILIES = ", ".join(dict.fromkeys(chinese_font.KNOWN.values()))


class Drawn(Struct, frozen=True):
    """`folder`: of the inspection file, None for its top; `told`: all of it in words."""

    folder: str | None
    title: str
    ending: str
    content: bytes
    told: str


class Charts:
    """Of one dossier, in one language."""

    def __init__(self, dossier: Dossier, words: Words) -> None:
        self.dossier, self.report, self.words = dossier, dossier.report, words

    def every(self) -> Iterator[Chart]:
        """Those that have something to show."""
        found = self.attendance(), self.answers(), *(self.weeks(*one) for one in self.dossier.weeks), self.obligations()
        return (part for one in found if any(bar.of for bar in one.bars) for part in self.parted(one))

    def parted(self, chart: Chart) -> Iterator[Chart]:
        """Each part fits on a sheet of A4."""
        if len(chart.bars) <= MOST:
            yield chart
            return
        for number, begin in enumerate(range(0, len(chart.bars), MOST), 1):
            title = self.said("part", title=chart.title, number=number)
            yield replace(chart, title=title, bars=chart.bars[begin : begin + MOST])

    def files(self) -> Iterator[Drawn]:
        """PNG; on a machine without a Chinese font SVG, which whoever opens it draws in a font of his own."""
        font = chinese_font.found()
        for chart in self.every():
            if font is not None:
                content, ending = png(self.heading(), chart, self.words, font), "png"
            else:
                content, ending = bar_chart.svg(self.heading(), chart, self.words, FAMILIES).encode(), "svg"
            yield Drawn(chart.folder, chart.title, ending, content, bar_chart.told(chart, self.words))

    def said(self, word: str, **facts: object) -> str:
        return self.words.named(word, "chart").format(**facts)

    def heading(self) -> str:
        """样例教联体（样例东校）2026-09-01至2027-01-22"""
        scope = self.report.schools[self.report.school] if self.report.school is not None else ""
        within = self.words.named("scope", "report").format(school=scope) if scope else ""
        return self.said("heading", name=self.report.name + within, first=self.report.first, last=self.report.last)

    def attendance(self) -> Chart:
        """As long as the most that were expected in a month; a rate only where the summary has one (domain 4.3)."""
        months = [one for one in report_sums.by_month(self.report) if one.expected]
        most = max((one.expected for one in months), default=0)
        bars = tuple(Bar(one.name, attended(one), most, self.attended(one)) for one in months)
        return Chart("attendance", self.said("attendance"), bars, self.words.named("formula", "report"))

    def attended(self, one: Sum) -> str:
        note = self.said("expected", count=one.expected)
        if one.rate is not None:
            note += self.said("provisional" if one.pending else "rate", rate=one.rate)
        return note

    def answers(self) -> Chart:
        """Of fewer than five expected there are counts, and no bar."""
        asked = [one for one in report_sums.by_school(self.report) if one.expected]
        return Chart("attendance", self.said("answers"), tuple(map(self.answered, asked)), self.said("few"))

    def answered(self, one: Sum) -> Bar:
        counts = ("answered", one.answered), ("silent", one.expected - one.answered)
        note = self.said("done_of", done=one.answered, demanded=one.expected)
        if one.expected < FEWEST:
            return Bar(one.name, counts, 0, note)
        return Bar(one.name, counts, one.expected, note + self.said("share", share=one.answered / one.expected))

    def weeks(self, term: ReportTerm, rows: tuple[ClassRow, ...]) -> Chart:
        """How many classes met in each teaching week; what does not count for a class is not in its week's bar."""
        found = [Counter(week.state for week in weeks) for weeks in zip(*(row.weeks for row in rows), strict=True)]
        bars = tuple(self.week(number, states, len(rows)) for number, states in enumerate(found, 1))
        return Chart("class_meetings", self.said("weeks", term=term.name), bars)

    def week(self, number: int, states: Counter[State], classes: int) -> Bar:
        counted = sum(states[state] for state in MET)
        ahead = bool(counted) and states[State.TO_COME] == counted  # there is nothing to say of it yet
        met = self.said("met_of", met=states[State.HELD], counted=counted) if counted else self.said("not_counted")
        name = self.words.named("week", "class_weeks").format(number=number)
        counts = tuple((state.value, states[state]) for state in MET)
        return Bar(name, counts, classes if counted else 0, "" if ahead else met)

    def obligations(self) -> Chart:
        return Chart(None, self.said("obligations"), tuple(map(self.obligation, self.dossier.standings)))

    def obligation(self, one: Standing) -> Bar:
        """More than asked for fills the bar; its figures have all of it."""
        if not one.demanded:
            return Bar(one.title, (("done", one.done),), 0, self.said("not_reckoned"))
        counts = ("done", one.done), ("missing", late(one)), ("to_come", one.missing - late(one))
        note = self.said("done_of", done=one.done, demanded=one.demanded)
        return Bar(one.title, counts, max(one.demanded, one.done + one.missing), note)


def late(one: Standing) -> int:
    """What should be there by now: of people whoever is missing."""
    return one.overdue if one.periods else one.missing


def attended(one: Sum) -> tuple[tuple[str, int], ...]:
    """All who were expected, each in one part."""
    return (
        ("came", one.came - one.counts[Status.LATE]),
        ("late", one.counts[Status.LATE]),
        ("leave", one.counts[Status.LEAVE]),
        ("official", sum(one.counts[status] for status in NOT_DUE)),
        ("pending", one.pending),
        ("truant", one.counts[Status.TRUANT]),
    )


def picture(dossier: Dossier, words: Words) -> bytes | None:
    """The one that says most, attendance by month, as PNG; None where there is nothing to show, or no font."""
    drawn, font = Charts(dossier, words), chinese_font.found()
    chart = drawn.attendance()
    return png(drawn.heading(), chart, words, font) if font and chart.bars else None


def png(heading: str, chart: Chart, words: Words, font: Font) -> bytes:
    return term_picture.png(bar_chart.svg(heading, chart, words, font.family), font)
