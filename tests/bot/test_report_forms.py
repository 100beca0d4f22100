"""An inspection file has the forms of each event, as everybody stood when the term closed."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from bot.dossier import Dossier, gathered
from bot.report_files import Files
from bot.words import Words
from handlers.correct import Correct, Corrected, correct
from store import consortiums
from store.database import Session, Store
from store.statuses import AttendanceStatus as Status
from tests.handlers.event_sample import OFFICE, RESEARCH, School, begin
from tests.handlers.report_sample import play

CLOSED = datetime(2027, 2, 20, 1, tzinfo=UTC)
PLACE = "4 共创式主题教研/2026年10月/2026-10-14 共创式主题教研"


@pytest.fixture
def played(store: Store) -> School:
    school = begin(store, RESEARCH)
    school.until("10-08 09:00")
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
    assert [path for path in later if later[path] != at_the_close[path]] == ["台账.xlsx", "index.html"]


def text_of(content: bytes) -> str:
    tables = Document(BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
