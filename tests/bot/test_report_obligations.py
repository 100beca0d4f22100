"""An inspection file has each obligation beside its clause, and what is missing of it."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest

from bot.reports.dossier import Dossier, gathered
from bot.reports.files import Files
from bot.reports.folder_tables import FolderTables
from bot.words import Words
from store import consortiums
from store.database import Session, Store
from tests.handlers.event_sample import RESEARCH, School, begin
from tests.handlers.report_sample import play

OBLIGATIONS = (
    {"key": "monthly", "title": "主题教研", "clause": "一、教研", "rhythm": "month", "activities": ("research",)},
    {"key": "sent", "title": "派出骨干教师", "rhythm": "standing", "count": 2, "from_": ("core",), "to": ("east",)},
)
EXCHANGE = {"person": "wang", "from_": "core", "to": "east", "since": date(2026, 9, 1), "until": date(2029, 8, 31)}
PLACE = "4 共创式主题教研/2026年10月/2026-10-14 共创式主题教研"


@pytest.fixture
def played(store: Store) -> School:
    school = begin(store, RESEARCH, obligation=OBLIGATIONS, exchange=(EXCHANGE,), until="10-08 09:00")
    return play(school, school.occurrence("research", "10-14 14:30"))


def of(school: School, last: date = date(2026, 10, 31)) -> Dossier:
    def asked(session: Session) -> Dossier:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return gathered(session, row, (date(2026, 9, 20), last), Words("zh"), school.now)

    return school.ask(asked)


def files(found: Dossier) -> dict[str, bytes]:
    return dict(Files(found, Words("zh")).every(lambda *_: None))


def test_each_obligation_has_what_was_asked_for_done_and_missing(played: School) -> None:
    found = of(played)
    rows: dict[Any, Any] = {row[2]: row[3:7] for row in FolderTables(found, Words("zh")).quotas().rows}
    assert rows["主题教研"][0] == "每月"
    assert rows["派出骨干教师"] == ("常设", 2, 1, 1)
    missing = [row[2:5] for row in FolderTables(found, Words("zh")).missing().rows]
    assert ("派出骨干教师", "", 1) in missing
    (sent,) = found.exchanges
    assert (sent.name, sent.from_, sent.to, sent.until) == ("样王强", "样例中心校", "样例东校", date(2029, 8, 31))


def test_the_contents_name_each_obligation_and_where_its_papers_lie(played: School) -> None:
    made = files(of(played))
    assert {"台账目录.docx", "9 考勤汇总/考勤汇总表.docx", "3 教师交流轮岗/交流教师.xlsx"} <= made.keys()
    assert links(made["台账目录.docx"]) == [PLACE, "3 教师交流轮岗"]
    assert xml(made["台账目录.docx"]).count("2026-10-16") >= 3, "each was put there on the day of the figures"
    assert re.search(r'<a href="#f\d+">3 教师交流轮岗</a>', made["index.html"].decode())


def test_of_several_events_the_contents_name_the_folder_in_which_all_of_them_lie(played: School) -> None:
    played.until("11-12 09:00")
    made = files(of(played, date(2026, 12, 31)))
    assert links(made["台账目录.docx"]) == ["4 共创式主题教研", "3 教师交流轮岗"]
    assert "2026-12（未到）" in xml(made["台账目录.docx"]), "what is still to come is told from what is missing"


def xml(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as parts:
        return unescape(parts.read("word/document.xml").decode(), {"&quot;": '"'})


def links(content: bytes) -> list[str]:
    return re.findall('HYPERLINK "([^"]*)"', xml(content))
