"""An inspection file has the forms of each event, as everybody stood when the term closed."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.reports.dossier import Dossier, gathered
from bot.reports.files import Files
from bot.words import Words
from handlers.bulletin import BulletinPublished, PublishBulletin, publish_bulletin
from handlers.correct import Correct, Corrected, correct
from handlers.reflect import ReflectionStep, StepReflection, step_reflection
from store import consortiums
from store.database import Session, Store
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import LI, OFFICE, RESEARCH, School, begin
from tests.handlers.report_sample import play

CLOSED = datetime(2027, 2, 20, 1, tzinfo=UTC)
PLACE = "4 共创式主题教研/2026年10月/2026-10-14 共创式主题教研"

FIGURES = "应到", "场次", "实到", "迟到", "早退", "请假", "公务", "免到", "旷"
OPEN = "请假待批", "请假未批", "签到未结束", "缺席（待核）"


@pytest.fixture
def played(store: Store) -> School:
    school = begin(store, RESEARCH, until="10-08 09:00")
    return play(school, school.occurrence("research", "10-14 14:30"))


def of(school: School) -> Dossier:
    def asked(session: Session) -> Dossier:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return gathered(session, row, (date(2026, 9, 20), date(2026, 10, 31)), Words("zh"), school.now)

    return school.ask(asked)


def files(found: Dossier) -> dict[str, bytes]:
    return dict(Files(found, Words("zh")).every(lambda *_: None))


def test_each_event_has_its_forms(played: School) -> None:
    made = files(of(played))
    assert {path for path in made if path.startswith(PLACE)} == {
        f"{PLACE}/{name}" for name in ("活动通知.docx", "签到表.docx", "教研活动记录表.docx", "反思目录.xlsx")
    }
    assert "样例中心校" in text_of(made["9 考勤汇总/考勤汇总表.docx"])
    assert "共创式主题教研" in text_of(made[f"{PLACE}/活动通知.docx"])


def test_a_sign_in_sheet_says_how_everybody_stood_when_the_term_closed(played: School) -> None:
    before = files(of(played))[f"{PLACE}/签到表.docx"]
    assert "迟到" in text_of(before)
    played.now = CLOSED
    at_the_close, research = files(of(played)), played.occurrence("research", "10-14 14:30")
    wu = played.person("wu")
    outcome = played.take(correct, Correct(OFFICE, research, wu, Status.ONLINE, "样例：补登"))
    assert isinstance(outcome, Corrected)
    later = files(of(played))
    told = {path for path in later if later[path] != at_the_close[path]}
    assert {path for path in told if "/" in path} == set(), "what changed since is told at the top alone"
    assert "台账.xlsx" in told


def test_the_bulletin_that_was_sent_lies_beside_and_quotes_by_todays_consent(played: School) -> None:
    research = played.occurrence("research", "10-14 14:30")
    path = f"{PLACE}/简报.docx"
    assert path not in files(of(played)), "nobody has approved one"
    shares(played, research, ReflectionStep.CONSORTIUM)
    assert isinstance(played.take(publish_bulletin, PublishBulletin(OFFICE, research)), BulletinPublished)
    assert "课堂提问要少而精" in lines_of(files(of(played))[path])
    shares(played, research, ReflectionStep.SCHOOL)
    later = lines_of(files(of(played))[path])
    assert "【简报】共创式主题教研" in later
    assert "少而精" not in later


def shares(school: School, research: int, step: ReflectionStep) -> None:
    school.take(step_reflection, StepReflection(research, LI, step))


def lines_of(content: bytes) -> str:
    return "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)


def test_the_summary_on_paper_has_the_figures_of_the_workbook(played: School) -> None:
    """Also after a correction that came when the term was closed."""
    research, wu = played.occurrence("research", "10-14 14:30"), played.person("wu")
    played.now = CLOSED
    assert isinstance(played.take(correct, Correct(OFFICE, research, wu, Status.ONLINE, "样例：补登")), Corrected)
    made = files(of(played))
    book = load_workbook(BytesIO(made["台账.xlsx"]))["按学校"].iter_rows(min_row=2, max_row=5, values_only=True)
    paper = Document(BytesIO(made["9 考勤汇总/考勤汇总表.docx"])).tables[1].rows[1:]
    head, *rows = ([one.text for one in row.cells] for row in paper)
    printed = [[row[head.index(name)] for name in ("学校", *FIGURES)] for row in rows]
    names, *figures = book
    told = [[str(row[names.index(name)]) for name in ("学校", "应到人次", *FIGURES[1:])] for row in figures]
    assert printed == told
    pending = [sum(int(str(row[names.index(name)])) for name in OPEN) for row in figures]
    assert [int(row[head.index("待核")]) for row in rows] == pending == [0, 4, 4]


def text_of(content: bytes) -> str:
    tables = Document(BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
