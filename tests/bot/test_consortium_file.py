"""The consortium file: what it says is read, and whatever is wrong with it is said at its place."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.file import file_keys
from bot.file.consortium_file import read
from bot.file.refusals import MOST, Complaints
from bot.file.shapes import Rows, Table
from store import blueprint
from store.blueprint import Blueprint
from tests.bot.refusal_cases import KEYS, RULES, VALUES
from tests.bot.refused_calendars import REFUSED
from tests.bot.refused_obligations import OBLIGATIONS
from tests.bot.sample_file import CHAT_ALONE, TEXT
from tests.conftest import HOME

SAMPLE = HOME / "samples" / "chuzhong.toml"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "file.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(folder: Path, text: str | bytes) -> list[str]:
    """The lines of the refusal."""
    with pytest.raises(Complaints) as complaints:
        read(written(folder, text))
    return str(complaints.value).split("\n")


def changed(old: str, new: str) -> str:
    """The sample with one of its lines (or its end) changed."""
    assert not old or TEXT.count(old) == 1, old
    return TEXT.replace(old, new) if old else TEXT + new


def test_every_key_of_the_file_arrives_in_the_blueprint(tmp_path: Path) -> None:
    found = read(written(tmp_path, TEXT))
    research, meeting = found.activity[0], found.activity[1]
    assert {name for name, value in research if value is None} == {"classes", "period"}
    assert (meeting.period, meeting.classes, meeting.chat) == (2, ("c1",), None)
    assert (found.person[0].home, found.person[0].telegram, found.chat[0].address) == ("south", 700000001, "-1001")
    assert [detail.class_ for detail in found.occurrence] == [None, "c1"]


def test_the_keys_that_are_read_are_those_of_the_blueprint() -> None:
    def compare(table: Table, model: type[blueprint.Part]) -> None:
        alone = {blueprint.Detail: CHAT_ALONE, blueprint.Milestone: ("done",), blueprint.Obligation: ("declined",)}
        chat_alone = alone.get(model, ())
        in_file = [key for key in model.model_fields if key not in chat_alone]
        assert [key.rstrip("_") for key in in_file] == list(table.keys)
        required = {key.rstrip("_") for key, field in model.model_fields.items() if field.is_required()}
        assert required == table.required

    pairs: dict[str, type[blueprint.Part]]
    pairs = {"school": blueprint.School, "period": blueprint.Period, "person": blueprint.Person}
    pairs |= {"class": blueprint.SchoolClass, "term": blueprint.Term, "day": blueprint.Day, "chat": blueprint.Chat}
    pairs |= {"exam": blueprint.Exam, "theme": blueprint.Theme, "milestone": blueprint.Milestone}
    pairs |= {"activity": blueprint.Activity, "occurrence": blueprint.Detail}
    pairs |= {"obligation": blueprint.Obligation, "exchange": blueprint.Exchange}
    compare(file_keys.FILE, Blueprint)
    for name, model in pairs.items():
        rows = file_keys.FILE.keys[name]
        assert isinstance(rows, Rows)
        compare(rows.of, model)
    compare(file_keys.CONSORTIUM, blueprint.Consortium)
    compare(file_keys.AUDIENCE, blueprint.Audience)
    compare(file_keys.CHECK_IN, blueprint.CheckIn)
    compare(file_keys.DUE, blueprint.Due)
    compare(file_keys.REFLECT, blueprint.Reflect)


def test_a_blueprint_kept_as_json_comes_back_the_same(tmp_path: Path) -> None:
    for path in (written(tmp_path, TEXT), SAMPLE):
        found = read(path)
        assert Blueprint.model_validate_json(found.model_dump_json(exclude_none=True)) == found


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    assert read(written(tmp_path, "\ufeff" + TEXT)) == read(written(tmp_path, TEXT))


def test_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    assert read(written(tmp_path, TEXT.replace("\n", "\r\n"))) == read(written(tmp_path, TEXT))


def test_what_may_be_absent_may_be_absent(tmp_path: Path) -> None:
    bare = '[consortium]\nkey = "a-1"\nname = "样例"\ntimezone = "UTC"\npublic_holidays = "none"\n'
    assert read(written(tmp_path, bare)).school == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('ends = "09:40"', 'ends = "09:50"'),  # the next lesson begins when this one ends
        ("until = 2026-11-06", "until = 2026-11-05"),
        ("first_day = 2027-02-22", "first_day = 2027-01-23"),
        ("last_day = 2027-07-02", "last_day = 2027-02-22"),
        ('remind = ["1d", "30m"]', 'remind = ["1d", "24h", "1d"]'),
        ('remind = ["1d", "30m"]', "remind = []"),
        ('late_after = "10m"', 'late_after = "30m"'),
        ('announce = "7d"', 'announce = "3650d"'),
        ('late_after = "10m", ', ""),
        ('audience = { roles = ["teacher"], schools = ["north"], subjects = ["语文"] }', "audience = {}"),
        ('weeks = "1-18"', 'weeks = "odd"'),
        ('weeks = "1-18"', 'weeks = "2,5-9"'),
        ("", '[[day]]\ndate = 2026-11-07\nkind = "off"\n'),
        ("", '[[chat]]\nkey = "topic"\ntitle = "样例"\nplatform = "telegram"\naddress = -1001\nthread = 43\n'),
        ("", "[[exam]]\nfrom = 2026-11-14\nuntil = 2026-11-14\n"),
        ("budget = 2", "budget = 20"),
        ("budget = 2", "inline = false"),
        ("", '[[theme]]\nactivity = "meeting"\nmonth = "2027-07"\ntheme = "总结"\n'),  # two days of it are in the term
        ("", '[[milestone]]\nkey = "m"\ntitle = "挂牌"\n'),
        ("", '[[milestone]]\nkey = "m"\ntitle = "挂牌"\nfrom = 2029-01-01\nuntil = 2029-01-01\n'),  # of no term
        ("", '[[milestone]]\nkey = "m"\ntitle = "挂牌"\nuntil = 2026-12-09\n'),
        ('name = "样二"', 'name = "样一"'),  # two people of one name
    ],
)
def test_what_is_at_the_edge_is_accepted(tmp_path: Path, old: str, new: str) -> None:
    read(written(tmp_path, changed(old, new)))


@pytest.mark.parametrize(("old", "new", "line"), [*KEYS, *VALUES, *RULES, *REFUSED, *OBLIGATIONS])
def test_one_cause_is_refused_in_one_line_at_its_place(tmp_path: Path, old: str, new: str, line: str) -> None:
    lines = refused(tmp_path, changed(old, new))
    assert len(lines) == 1, lines
    assert line in lines[0]


def test_every_table_that_is_one_and_should_be_rows_is_refused(tmp_path: Path) -> None:
    text = '[consortium]\nkey = "a"\nname = "样"\ntimezone = "UTC"\npublic_holidays = "cn"\n[school]\nkey = "x"\n'
    assert refused(tmp_path, text) == ['school: {"key": "x"}: expected tables [[school]]']


def test_rows_that_should_be_one_table_are_refused(tmp_path: Path) -> None:
    lines = refused(tmp_path, '[[consortium]]\nkey = "a"\n')
    assert lines == ['consortium: [{"key": "a"}]: expected one table [consortium]']


def test_an_empty_file_lacks_its_consortium(tmp_path: Path) -> None:
    assert refused(tmp_path, "") == ["consortium: missing: expected a table [consortium]"]


def test_a_broken_row_is_not_blamed_on_those_who_refer_to_it(tmp_path: Path) -> None:
    assert len(refused(tmp_path, changed('key = "north"', "key = 1"))) == 1
    assert len(refused(tmp_path, TEXT.replace("[[chat]]", "[[chats]]"))) == 1


def test_errors_stand_in_the_order_of_the_file_where_tables_take_turns(tmp_path: Path) -> None:
    row = '[[day]]\ndate = 2026-12-{day}\nkind = "none"\n[[school]]\nkey = "x{day}"\nname = "样"\nrole = "none"\n'
    lines = refused(tmp_path, TEXT + "".join(row.format(day=day) for day in (10, 11)))
    assert [line.split(":")[0] for line in lines] == ["day[3].kind", "school[3].role", "day[4].kind", "school[4].role"]


def test_keys_of_one_row_are_told_in_its_order(tmp_path: Path) -> None:
    lines = refused(tmp_path, changed('at = "14:30"\nlasts = "90m"', 'lasts = "x"\nat = "y"'))
    assert [line.split(":")[0] for line in lines] == ["activity[1].lasts", "activity[1].at"]


def test_at_most_twenty_lines_are_written(tmp_path: Path) -> None:
    lines = refused(tmp_path, TEXT + '[[day]]\ndate = "x"\nkind = "off"\n' * 25)
    assert [line.split(":")[0] for line in lines] == [f"day[{row}].date" for row in range(3, 3 + MOST)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("名字".encode("gb18030"), ["byte 0x", "in line 1", "UTF-8"]),
        (b"PK\x03\x04\x14\x00", ["a workbook or a Word document", "init --from", "import-roster"]),
        (b"[consortium\n", ["line 1, column 12", "TOML"]),
        (b"a = 1\na = 2\n", ["line 2", "TOML"]),
        (b"a = " + b"9" * 5000, ["TOML"]),
        (b"a = " + b"[" * 5000, ["TOML"]),
        (b"day = 2026-02-30", ["TOML"]),
        ("[consortium]\nkey： 'a'".encode(), ["line 2, column 4", "half-width mark instead of ："]),
        ("[school】".encode(), ["line 1, column 8", "half-width mark instead of 】"]),
        ("name = “样例”".encode(), ["line 1, column 8", "half-width mark instead of “"]),
        ("hosts = ['a'， 'b']".encode(), ["half-width mark instead of ，"]),
        ("name = '：'\nkey".encode(), ["expected TOML"]),
        (b"first_day = 2026-9-1", ["a date such as 2026-09-01"]),
    ],
)
def test_a_file_that_is_no_toml_is_refused_by_its_name(tmp_path: Path, content: bytes, words: list[str]) -> None:
    (line,) = refused(tmp_path, content)
    assert all(word in line for word in ("file.toml", *words))


def test_a_file_that_cannot_be_read_is_refused_by_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / "no-such.toml", tmp_path):
        with pytest.raises(Complaints, match=re.escape(str(path))):
            read(path)


def test_a_refusal_is_one_line_whatever_the_file_holds(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, changed('role = "member"', 'role = "a\\nb\\u2028\\u001b[0m' + "x" * 500 + '"'))
    assert line.isprintable()
    assert len(line) < 200


def test_the_sample_of_the_repository_is_good_and_says_that_it_is_one() -> None:
    found = read(SAMPLE)
    assert all(person.name.startswith("样") for person in found.person)
    assert all(school.name.startswith("样例") for school in found.school)
    kinds = {"joint_research", "class_meeting", "contest", "inspection", "festival", "meeting"}
    assert {activity.kind for activity in found.activity} == kinds
    assert any(person.home and person.home != person.school for person in found.person)


WRONG = ["", "x", 3, -1, True, 1.5, [], {}, [[]], "09:00", "7d", "north", "p1", "monday", "99999d", "odd"]
VALUE = st.sampled_from([*map(json.dumps, WRONG), "2026-10-14", "9999-12-31", "2026-10-14T08:00:00Z", "08:00:00"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.integers(0, 10_000), st.none() | VALUE), min_size=1, max_size=4))
def test_no_file_makes_the_reader_fail(tmp_path: Path, edits: list[tuple[int, str | None]]) -> None:
    """Lines are dropped or given another value: the file is good, or every line of the refusal names a place."""
    lines = TEXT.strip().split("\n")
    for number, value in edits:
        name, equals, _ = lines[number % len(lines)].partition(" = ")
        lines[number % len(lines)] = f"{name} = {value}" if value and equals else ""
    text = "\n".join(lines)
    if (complaints := complaint(written(tmp_path, text))) is None:
        found = read(tmp_path / "file.toml")
        assert Blueprint.model_validate_json(found.model_dump_json(exclude_none=True)) == found
    else:
        assert all(re.match(r"[^:]+: .+: expected .+", line) for line in str(complaints).split("\n"))


def complaint(path: Path) -> Complaints | None:
    try:
        read(path)
    except Complaints as complaints:
        return complaints
    return None
