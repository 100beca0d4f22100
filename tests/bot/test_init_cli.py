"""`jiaolian init`: from nothing, or from a school's own spreadsheet, to a consortium file that can be applied."""

import re
import signal
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from openpyxl import Workbook, load_workbook

from bot.file import consortium_file
from bot.founding import founding_file, founding_keys
from bot.founding.draft import Founding, Person, School, SchoolClass, Term
from bot.refusal_words import refusal_words
from bot.voice import Voice
from store.blueprint import Blueprint
from tests.bot.command import command

ANSWERS = ("城乡教育联合体", "甲小学、乙中学", "李芳", "2026年9月1日", "2027.1.22", "三校教研群")
REST = "样教联体\n样组织\n2026-09-01\n2027-01-22\n教研群\n"  # what a list of people does not say
PEOPLE = ("姓名", "学校", "学科", "职务", "角色", "班主任", "手机")
ZH, ENGLISH = refusal_words("zh"), re.compile(r"\b(?:a|an|of|the|or|is|in|as|no|not|each|such|below)\b")
Rows = Sequence[Sequence[object]]
Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A workbook of these sheets, with cells merged where that is said."""

    def written(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> Path:
        made = Workbook()
        assert made.active is not None
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for cells in (merged or {}).get(title, ()):
                sheet.merge_cells(cells)
        made.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return written


def begun(folder: Path, *words: str, typed: str = "", **settings: str) -> tuple[str, Blueprint]:
    """What it said, and what it wrote."""
    run = command(folder, "init", *words, typed=typed, **settings)
    assert run.returncode == 0, run.stderr
    return run.stdout, consortium_file.read(folder / "consortium.toml")


def refused(folder: Path, *words: str, typed: str = "") -> list[str]:
    """One line each, in English; nothing is written. Each can be said in Chinese, too, down to its last word."""
    before = sorted(folder.iterdir())
    run = command(folder, "init", *words, typed=typed, JIAOLIAN_LANGUAGE="en")
    assert run.returncode == 1
    assert sorted(folder.iterdir()) == before
    lines = run.stderr.splitlines()
    told = [ZH.told(line) for line in lines]
    assert [line for line in told if "需要" not in line or ENGLISH.search(line)] == []
    return lines


def people(file: Blueprint) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    return [(one.key, one.name, one.subject, one.roles) for one in file.person]


def test_six_answers_make_a_file_that_can_be_applied(tmp_path: Path) -> None:
    said, file = begun(tmp_path, typed="\n".join(ANSWERS))
    assert "apply consortium.toml --dry-run" in said
    assert (file.consortium.key, file.consortium.name) == ("cxjylht", "城乡教育联合体")
    assert [(one.key, one.role) for one in file.school] == [("jxx", "core"), ("yzx", "member")]
    assert people(file) == [("lifang", "李芳", None, ("organiser",))]
    assert [(one.key, one.name) for one in file.term] == [("2026-1", "2026—2027学年第一学期")]
    assert (file.term[0].first_day, file.term[0].last_day) == (date(2026, 9, 1), date(2027, 1, 22))
    assert [one.title for one in file.chat] == ["三校教研群"]
    applied = command(tmp_path, "apply", "consortium.toml", "--dry-run")
    assert (applied.returncode, applied.stderr) == (0, "")


def test_an_empty_or_a_wrong_answer_is_asked_again_with_its_example(tmp_path: Path) -> None:
    typed = ["", ANSWERS[0], "甲小学、甲小学", *ANSWERS[1:4], "2026-09-01", "下雪的时候", *ANSWERS[4:]]
    run = command(tmp_path, "init", typed="\n".join(typed))
    assert (run.returncode, run.stderr.count("教联体叫什么"), run.stderr.count("最后一天")) == (0, 2, 3)
    assert run.stderr.count("没有看懂") == 3
    assert len(consortium_file.read(tmp_path / "consortium.toml").school) == 2


def test_the_questions_are_put_in_the_language_of_the_setting(tmp_path: Path) -> None:
    typed = "Town Consortium\nEast School, West School\nLi Fang\n2027-02-22\n2027-07-02\nTeaching group\n"
    run = command(tmp_path, "init", typed=typed, JIAOLIAN_LANGUAGE="en")
    assert "First day of the term (e.g. 2026-09-01)" in run.stderr
    assert re.search("[\u4e00-\u9fff]", run.stdout + run.stderr) is None
    file = consortium_file.read(tmp_path / "consortium.toml")
    assert (file.consortium.key, file.person[0].key, file.term[0].key) == ("town-consortium", "li-fang", "2026-2")


def test_a_list_as_schools_keep_it_is_understood(tmp_path: Path, book: Book) -> None:
    rows = [
        ("2026年教师花名册",),
        ("序号", "所在学校", "教师姓名", "任教学科", "职务", "担任班主任", "联系电话"),
        (1, "样城 小学", "样张  三", "语文", "校长", None, 13800000001),
        (2, None, "样李　芳", "数学", "教导主任", "三（１）班", "138 0000 0002"),
        (3, None, "样王丽老师", "英语", None, "无", "13800000003"),
        (4, "样镇中学", "样王丽", "英语", None, "七年级2班、七年级3班", 13800000004),
        (5, None, "样李芳", "体育", None, None, None),
        (6, None, "样李 芳", "音乐", None, None, None),
        (7, None, None, None, None, None, None),
        ("合计", None, "合计：6人"),
    ]
    file = book({"Sheet1": rows}, {"Sheet1": ["A1:G1", "B3:B5", "B6:B9"]})
    said, read = begun(tmp_path, "--from", file.name, typed=REST)
    assert people(read) == [
        ("yangzhangsan", "样张三", "语文", ("principal",)),
        ("yanglifang", "样李芳", "数学", ("teacher",)),
        ("yangwangli", "样王丽", "英语", ("teacher",)),
        ("yangwangli-2", "样王丽", "英语", ("teacher",)),
        ("yanglifang-2", "样李芳", "体育", ("teacher",)),
        ("yangzuzhi", "样组织", None, ("organiser",)),
    ]
    assert [(one.key, one.name) for one in read.school] == [("ycxx", "样城小学"), ("yzzx", "样镇中学")]
    assert [(one.key, one.name, one.head_teacher) for one in read.class_] == [
        ("ycxx-3-1", "三(1)班", "yanglifang"),
        ("yzzx-7-2", "七年级2班", "yangwangli-2"),
        ("yzzx-7-3", "七年级3班", "yangwangli-2"),
    ]
    for words in ("学校 2 所：样城小学（核心校）、样镇中学", "人员 5 人", "班级 3 个，其中 3 个有班主任"):
        assert words in said
    assert "同校同名、写了几行的，各算一人（学科取第一行）：样李芳\n" in said
    assert "不止一人用的姓名：样李芳、样王丽" in said
    assert "请假无人批的学校：样镇中学" in said
    assert "没有写进文件、也不保存的：序号、联系电话" in said
    assert "1380000" not in (tmp_path / "consortium.toml").read_text(encoding="utf-8").replace(" ", "")


def test_two_of_one_name_at_one_school_are_told_apart_by_their_telephones(tmp_path: Path, book: Book) -> None:
    rows = [
        PEOPLE,
        ("样王丽", "样校", "语文", None, "组织者", None, 13800000001),
        ("样王丽", "样校", "数学", None, None, None, "13800000002"),
        ("样王丽", "样校", None, "教研组长", "审批人", None, "138-0000-0001"),
    ]
    file = book({"人员": rows})
    _, read = begun(tmp_path, "--from", file.name, typed="样教联体\n2026-09-01\n2027-01-22\n教研群\n")
    assert people(read) == [
        ("yangwangli", "样王丽", "语文", ("organiser", "approver")),
        ("yangwangli-2", "样王丽", "数学", ("teacher",)),
    ]
    assert read.person[0].post == "教研组长"


@pytest.mark.parametrize(("language", "sheets"), [("zh", ("学校", "人员")), ("en", ("Schools", "People"))])
def test_the_template_is_read_back_without_a_question(tmp_path: Path, language: str, sheets: tuple[str, str]) -> None:
    assert command(tmp_path, "init", "--template", "填.xlsx", JIAOLIAN_LANGUAGE=language).returncode == 0
    [line] = refused(tmp_path, "--from", "填.xlsx")
    assert line.startswith("填.xlsx: no list of people: expected a sheet whose head has 姓名")
    filled = load_workbook(tmp_path / "填.xlsx")
    assert tuple(filled.sheetnames[:2]) == sheets
    rows: tuple[Sequence[Sequence[str | date | None]], ...] = (
        [("样城小学", None, "礼堂", "样教联体"), ("样镇小学", "核心校", None, None)],
        [("样张三", "样城小学", "语文", "样镇小学", "主任", "组织者 Teacher", None, None)],
        [("三(1)班", "样城小学", "样张三"), ("三(2)班", "样镇小学", None)],
        [("春季学期", date(2027, 2, 22), "2027/7/2"), (None, "2026年9月1日", date(2027, 1, 22))],
        [("教研群",), ("班主任群",)],
    )
    for sheet, lines in zip(filled.worksheets, rows, strict=True):
        for number, cells in enumerate(lines, 3):  # below the example
            for at, cell in enumerate(cells, 1):
                sheet.cell(number, at, cell)
    filled.save(tmp_path / "填.xlsx")
    _, read = begun(tmp_path, "--from", "填.xlsx", JIAOLIAN_LANGUAGE=language)
    assert read.consortium.name == "样教联体"
    assert [(one.name, one.role, one.place) for one in read.school] == [
        ("样城小学", "member", "礼堂"),
        ("样镇小学", "core", None),
    ]
    [person] = read.person
    assert (person.school, person.home, person.post, person.roles) == ("ycxx", "yzxx", "主任", ("organiser", "teacher"))
    assert [(one.name, one.head_teacher) for one in read.class_] == [("三(1)班", "yangzhangsan"), ("三(2)班", None)]
    assert [(one.key, one.first_day.month) for one in read.term] == [("2026-1", 9), ("2026-2", 2)]
    assert [one.title for one in read.chat] == ["教研群", "班主任群"]


def test_all_that_is_wrong_is_said_at_once_by_sheet_and_cell(tmp_path: Path, book: Book) -> None:
    file = book(
        {
            "学校": [("学校名称", "类别"), ("样城小学", "核心校"), ("样城 小学", None), ("样镇小学", "总部")],
            "人员": [
                PEOPLE,
                ("样张三", "样城小校", None, None, None, None, None),
                (None, "样城小学", "语文", None, None, None, None),
                ("样李芳", "样城小学", None, None, "院长", None, None),
                ("样王丽", "样城小学", None, None, None, "三(9)班", None),
                ("样赵红", "样城小学", None, "主任", None, "三(1)班", None),
                ("样赵红", "样城小学", None, "书记", None, None, None),
            ],
            "班级": [("班级", "学校", "班主任"), ("三(1)班", "样城小学", "样王莉"), ("三(2)班", None, "样王丽")],
            "学期": [("学期", "第一天", "最后一天"), ("秋", "九月一日", "2027-01-22"), ("春", "2027-7-2", "2027-2-22")],
            "群": [("群名",), ("教研群",), ("教研群",)],
        }
    )
    lines = refused(tmp_path, "--from", file.name)
    assert all(line.startswith("名单.xlsx: ") and ": expected " in line for line in lines)
    found = {line.split(": ")[1]: line for line in lines}
    assert list(found) == ["学校!A3", "学校!B4", *(f"人员!{cell}" for cell in ("B2", "A3", "E4", "F5", "D7")),
                           "班级!C2", "班级!B3", "学期!B2", "学期!C3", "群!A3"]  # fmt: skip
    assert found["人员!B2"].endswith('"样城小校": expected the name of a school (样城小学, 样镇小学)')
    assert found["人员!A3"].endswith("empty: expected a name")
    assert found["人员!D7"].endswith('"书记": expected 主任, as in 名单.xlsx: 人员!D6: the same person')
    assert found["班级!C2"].endswith('"样王莉": expected the name of a person of 样城小学')
    assert found["学期!C3"].endswith('"2027-2-22": expected a day after 2027-07-02')


def test_no_more_than_twenty_lines_are_written(tmp_path: Path, book: Book) -> None:
    file = book({"人员": [PEOPLE, *((f"样{at}", "样校", None, None, "院长", None, None) for at in range(30))]})
    assert len(refused(tmp_path, "--from", file.name)) == 20


def test_a_sheet_for_each_school_and_a_second_head_of_a_class_that_has_one(tmp_path: Path, book: Book) -> None:
    head = ("姓名", "角色", "班主任")
    two = {
        "样城小学": [head, ("样张三", "组织者", "1班"), ("样李芳", None, "2班")],
        "样镇小学": [head, ("样王丽", None, "1班")],
    }
    typed = "样教联体\n2026-09-01\n2027-01-22\n教研群\n"
    said, read = begun(tmp_path, "--from", book(two | {"说明": [("随便写写",)]}).name, typed=typed)
    assert [one.key for one in read.class_] == ["ycxx-1", "ycxx-2", "yzxx-1"]
    assert "没有写进文件、也不保存的：说明" in said
    (tmp_path / "consortium.toml").unlink()
    again = [head, ("样王丽", None, "1班"), ("样赵红", None, "1班"), ("样孙亮", None, "是")]
    assert [line.split(": ", 1)[1] for line in refused(tmp_path, "--from", book({"样镇小学": again}).name)] == [
        '样镇小学!C3: "1班": expected one head teacher: "1班" has 样王丽',
        '样镇小学!C4: "是": expected the class\'s name, such as 七(1)班',
    ]
    nowhere = book({"Sheet1": [head, ("样王丽", None, None), ("样赵红", None, None)]})
    assert refused(tmp_path, "--from", nowhere.name) == [
        "名单.xlsx: Sheet1: no column 学校: expected one, or a sheet called as the school is"
    ]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", "\t")])
def test_a_table_is_read_however_a_spreadsheet_wrote_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [("姓名", "学校", "角色"), ("样张三", "样校", "组织者"), ("样李芳", "样校", "")]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "表.csv").write_bytes(text.encode(encoding))
    _, read = begun(tmp_path, "--from", "表.csv", typed="样教联体\n2026-09-01\n2027-01-22\n教研群\n")
    assert [one.name for one in read.person] == ["样张三", "样李芳"]
    (tmp_path / "consortium.toml").unlink()
    (tmp_path / "表.csv").write_bytes(text.replace("组织者", "头").encode(encoding))
    assert refused(tmp_path, "--from", "表.csv")[0].startswith('表.csv: C2: "头": expected one or more of 教师')


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "表.xls",
            b"\xd0\xcf\x11\xe0",
            "another kind of file: expected a workbook saved as .xlsx, or a table saved as .csv",
        ),
        ("表.xlsx", b"PK\x03\x04", "not a workbook (BadZipFile): expected a workbook saved as .xlsx"),
        ("表.csv", b"\xff\xff\xff", "bytes that are no text: expected a table saved as .csv in UTF-8 or GB18030"),
        ("表.csv", b"", "no list of people: expected a sheet whose head has 姓名, and a row below it"),
        ("表.csv", "姓名,学校\n".encode() + b"a,b\n" * 5001, "more than 5000 rows: expected at most 5000"),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path, "--from", name) == [f"{name}: {said}"]


def test_a_file_that_is_there_stays_and_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    for name, option in (("consortium.toml", "--out"), ("空.xlsx", "--template")):
        (tmp_path / name).write_text("mine")
        words = [] if option == "--out" else [option, name]
        assert refused(tmp_path, *words) == [f"{option}: {name} is there: expected a new file"]
        assert (tmp_path / name).read_text() == "mine"
    assert refused(tmp_path, "--template", "空.xls")[0].endswith("expected a file whose name ends in .xlsx")
    words = ["init", "--template", "a.xlsx", "--from", "b.xlsx"]
    both: CompletedProcess[str] = command(tmp_path, *words, JIAOLIAN_LANGUAGE="en")
    assert (both.returncode, "Either --from or --template." in both.stderr) == (2, True)


def test_an_input_that_ends_too_soon_writes_nothing_and_says_what_it_waited_for(tmp_path: Path) -> None:
    run = command(tmp_path, "init", typed="\n".join(ANSWERS[:3]), JIAOLIAN_LANGUAGE="zh")
    assert run.stderr.splitlines()[-1] == "init：没有回答“这学期第一天（例：2026-09-01）”。需要：一行文字"
    assert (run.returncode, list(tmp_path.iterdir())) == (1, [])


def test_a_list_without_its_names_is_not_read_by_a_row_that_looks_like_a_head(tmp_path: Path, book: Book) -> None:
    """教师 is what a column of names may be called, and what somebody is in the column of roles."""
    rows = [("学校", "学科", "角色"), ("样校", "语文", "组织者"), ("样校", "数学", "教师"), ("样校", "英语", "教师")]
    assert refused(tmp_path, "--from", book({"人员": rows}).name) == [
        "名单.xlsx: 人员: no header row: expected a row with 姓名"
    ]


def test_a_school_of_a_wrong_kind_is_refused_without_its_people(tmp_path: Path, book: Book) -> None:
    schools = [("学校名称", "类别"), ("样城小学", "核心"), ("样镇小学", "总部"), ("样乡小学", "成员")]
    people = [("姓名", "学校"), *((f"样{at}", name) for at, (name, _) in enumerate(schools[1:]))]
    book({"学校": schools, "人员": people})
    run = command(tmp_path, "init", "--from", "名单.xlsx", JIAOLIAN_LANGUAGE="zh")
    assert run.stderr.splitlines() == ['名单.xlsx“学校”B3 格："总部"。需要：核心校, 成员校 之一']


class Interrupted(BytesIO):
    """Somebody presses Ctrl-C where an answer is waited for."""

    def read1(self, size: int | None = -1, /) -> bytes:
        signal.raise_signal(signal.SIGINT)
        return b""


def test_ctrl_c_writes_nothing(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # another test's program may have heard enough
    run = command(tmp_path, "init", typed=Interrupted())
    signal.signal(signal.SIGINT, before)
    assert (run.returncode, run.stderr.split()[-1], list(tmp_path.iterdir())) == (1, "Aborted!", [])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_names_there_are_the_file_says_the_same_and_its_suggestions_hold(language: str) -> None:
    school, other = School('"甲"\\小学', core=True, place="[1] # 楼"), School("甲小学")
    people = [Person(name, school, other) for name in ("张三", "章三", "张山", "🙂", "O'Neil \\u4e00", "欧阳·娜")]
    said = Founding("！！", [school, other], people, [SchoolClass("(1)", school, people[0]), SchoolClass("1", school)])
    said.terms, said.chats = [Term(None, date(2026, 9, 1), date(2027, 1, 22))], ["群", "羣"]
    voice = Voice(language)
    written = founding_keys.written(said, voice.labels)
    text = founding_file.text(written, voice)
    assert consortium_file.blueprint("a.toml", text.encode()) == written
    assert [one.key for one in written.person] == [
        *("zhangsan", "zhangsan-2", "zhangshan", "person", "o-neil-u4e00", "ouyang-na"),
    ]
    whole = consortium_file.blueprint("a.toml", re.sub(r"^# (?=\S+ = |\[\[)", "", text, flags=re.MULTILINE).encode())
    assert [one.kind for one in whole.activity] == ["joint_research", "class_meeting"]
