"""The dossier: class meetings by week, the roster and the papers as they stood when the term closed."""

from datetime import UTC, date, datetime

import pytest

from bot.class_weeks import State
from bot.reports.dossier import Dossier, gathered
from bot.reports.files import Files, plain, unique
from bot.words import Words
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.apply import Applied, Apply, apply
from handlers.class_form import class_form
from handlers.later_changes import ChangedBy
from handlers.record import Record, RecordArchived, Recorded, record
from store import consortiums
from store.audit import AuditFact
from store.blueprint import Blueprint
from store.class_records import NotHeldReason, RecordStatus, told
from store.database import Session, Store
from store.policies import editions
from tests.handlers.event_sample import CLASSES, FILE, LI, School, begin
from tests.store.policy_sample import drafts

TERM = date(2026, 9, 1), date(2027, 1, 22)
CLOSED = datetime(2027, 2, 20, 1, tzinfo=UTC)


@pytest.fixture
def heads(store: Store) -> School:
    """The class meetings of a term; 七(1)班 recorded that of 12 October, the others nothing."""
    school = begin(store, CLASSES, until="10-12 17:00")
    meeting = school.occurrence("classes", "10-12 15:50", "c701")
    assert isinstance(school.take(record, Record(meeting, LI, RecordStatus.NOT_HELD)), Recorded)
    return school


def of(school: School, key: str | None = None) -> Dossier:
    def asked(session: Session) -> Dossier:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return gathered(session, row, TERM, Words("zh"), school.now, key)

    return school.ask(asked)


def changed(school: School) -> None:
    """What was said of 12 October is archived: it takes a reason."""
    meeting = school.occurrence("classes", "10-12 15:50", "c701")
    assert isinstance(school.take(record, Record(meeting, LI, RecordStatus.HELD)), RecordArchived)
    school.take(answer_prompt, AnswerPrompt(LI, "样例：点错了"))


def test_a_record_that_is_changed_after_the_term_closed_moves_no_week(heads: School) -> None:
    heads.now = CLOSED
    before = of(heads)
    ((term, rows),) = before.weeks
    assert (term.closed, rows[0].weeks[6].state) == (True, State.NOT_HELD)
    changed(heads)
    after = of(heads)
    assert (after.weeks, after.report.events) == (before.weeks, before.report.events)
    assert [(one.fact, one.was, one.became, one.by) for one in after.report.changes] == [
        (AuditFact.RECORD, "not_held", "held:2026-10-12", ChangedBy.ONESELF)
    ]


def test_each_class_has_its_records_as_they_stood_when_the_term_closed(heads: School) -> None:
    heads.now = CLOSED
    before = records(heads)
    path = "7 班会与德育/样例中心校 七(1)班/2026-10-12 班会记录表.docx"
    assert list(before) == [path]
    changed(heads)
    assert records(heads) == before
    assert list(records(heads, "east")) == []


def test_pupils_that_were_counted_stay_on_a_record_that_is_changed_later(heads: School) -> None:
    meeting = heads.occurrence("classes", "10-12 15:50", "c701")
    form = heads.ask(lambda session: class_form(session, meeting, "held:2026-10-12:45/46"))
    assert form is not None
    assert (form.status, form.held_on, form.present, form.enrolled) == (
        RecordStatus.HELD, date(2026, 10, 12), 45, 46,
    )  # fmt: skip


def records(school: School, key: str | None = None) -> dict[str, bytes]:
    files = Files(of(school, key), Words("zh")).every(lambda *_: None)
    return {path: content for path, content in files if path.endswith("班会记录表.docx")}


def test_a_later_file_moves_neither_weeks_nor_roster(heads: School) -> None:
    heads.now = CLOSED
    before = of(heads)
    later = FILE | {
        "class_": (),
        "person": [one | {"school": "core"} for one in FILE["person"]],
        "term": ({"key": "u", "name": "第二学期", "first_day": date(2027, 2, 22), "last_day": date(2027, 7, 2)},),
        "activity": (),
    }
    assert isinstance(heads.take(apply, Apply(Blueprint.model_validate(later))), Applied)
    after = of(heads)
    assert (after.weeks, after.members) == (before.weeks, before.members)


def test_of_one_school_there_are_its_people_and_classes_alone(heads: School) -> None:
    heads.now = CLOSED
    found = of(heads, "east")
    assert {one.school for one in found.members} == {"样例东校"}
    assert {row.key for _, rows in found.weeks for row in rows} == {"c801"}
    assert {one.class_ for one in found.report.events} == {"c801"}


def published(session: Session, rule: str, at: datetime) -> None:
    text = f"样例方案\n一、教研\n{rule}"
    editions.publish(session, 1, "样例方案", "样例.txt", drafts(text), text, at)


def test_papers_are_those_of_then_with_the_text_that_was_in_force(heads: School) -> None:
    heads.store.call(published, "每月一次。", heads.now)
    heads.now = CLOSED
    heads.store.call(published, "每周一次。", heads.now)
    (paper,) = of(heads).papers
    assert (paper.number, paper.until, "每月一次" in paper.text) == (1, None, True)


def test_each_folder_has_what_there_is_of_it(heads: School) -> None:
    heads.now = CLOSED
    paths = [path for path, _ in Files(of(heads), Words("zh")).every(lambda *_: None)]
    assert "7 班会与德育/班会记录.xlsx" in paths
    assert "5 优质课竞赛/说明.txt" in paths
    assert "10 缺项清单/缺项清单.xlsx" in paths
    assert len({path.split("/")[0] for path in paths if "/" in path}) == 10


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('a\\b:c*?"<>|\x00', "a b c"),
        ("\u202etxt.exe", "txt.exe"),
        ("样" * 200, "样" * 60),
        (" . ", "-"),
    ],
)
def test_a_hostile_name_is_a_harmless_path(name: str, path: str) -> None:
    assert plain(name) == path


def test_two_events_of_the_same_name_are_two_files() -> None:
    assert unique("a/b.xlsx", {"a/b.xlsx", "a/b 2.xlsx"}) == "a/b 3.xlsx"


@pytest.mark.parametrize(
    ("code", "held_on", "reason", "pupils"),
    [
        ("held:2026-10-12:45/46", date(2026, 10, 12), None, "45/46"),
        ("not_held:holiday", None, NotHeldReason.HOLIDAY, ""),
        ("moved", None, None, ""),
    ],
)
def test_a_code_is_read_as_it_was_written(
    code: str, held_on: date | None, reason: NotHeldReason | None, pupils: str
) -> None:
    found = told(code)
    assert (found.status.value, found.held_on, found.reason, found.pupils) == (
        code.split(":", maxsplit=1)[0], held_on, reason, pupils,
    )  # fmt: skip
