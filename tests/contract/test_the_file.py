"""Contract, "The consortium file": its example is applied, what it requires is missed, what it rules out is refused."""

import json
import re
from pathlib import Path

import pytest

from bot.file.consortium_file import blueprint
from tests.bot.command import command
from tests.contract.conftest import EXAMPLE

TEXT = EXAMPLE.read_text(encoding="utf-8")
REQUIRED = {
    "consortium": "key name timezone public_holidays",
    "school": "key name role",
    "period": "school number starts ends",
    "person": "key name school roles",
    "class": "key school name",
    "term": "key name first_day last_day",
    "day": "date kind",
    "chat": "key title platform",
    "activity": "key kind title every on at lasts chat",
}
LEAST = """
[consortium]
key = "least"
name = "样例教联体"
timezone = "Asia/Shanghai"
public_holidays = "none"
[[school]]
key = "a"
name = "样例甲校"
role = "core"
[[school]]
key = "b"
name = "样例乙校"
role = "member"
[[person]]
key = "pa"
name = "样甲"
school = "a"
roles = ["teacher"]
telegram = 700000001
[[person]]
key = "pb"
name = "样乙"
school = "b"
roles = ["organiser"]
telegram = 700000002
[[class]]
key = "ca"
school = "a"
name = "甲班"
[[class]]
key = "cb"
school = "b"
name = "乙班"
[[term]]
key = "t"
name = "学期"
first_day = 2026-09-01
last_day = 2026-09-30
[[chat]]
key = "g"
title = "群"
platform = "telegram"
[[activity]]
key = "talk"
kind = "meeting"
title = "会"
chat = "g"
every = "once"
on = 2026-09-16
at = "14:30"
lasts = "1h"
respond_by = "1d"
nudge = ["1d"]
[[activity]]
key = "class"
kind = "class_meeting"
title = "班会"
every = "once"
on = 2026-09-17
at = "15:30"
lasts = "40m"
"""
RULED_OUT = [  # a change of the example, and where it is refused
    ("date = 2026-10-10", 'date = "2026-10-10"', "day[1].date"),
    ("first_day = 2026-09-01", "first_day = 2026-09-01T00:00:00", "term[1].first_day"),
    ('on = "second wednesday"', 'on = "secnd wednesday"', "activity[1].on"),
    ('announce = "7d"', 'announce = "1d12h"', "activity[1].announce"),
    ('announce = "7d"', 'announce = "7 d"', "activity[1].announce"),
    ("[[day]]   ", '[[term]]\nkey="x"\nname="x"\nfirst_day=2027-01-22\nlast_day=2027-03-01\n[[day]]', "term[2]"),
    ("date = 2026-11-05\n", "date = 2026-10-10\n", "day[2].date"),
    ("[[person]]", '[[period]]\nschool="core"\nnumber=7\nstarts="16:50"\nends="17:35"\n[[person]]', "period[2]"),
    ("until = 2026-11-06", "until = 2026-11-04", "day[2].until"),
    ("until = 2026-11-06", 'until = 2026-11-06\nfollows = "friday"', "day[2]."),
    ('kind = "off"', 'kind = "off"\nfollows = "friday"', "day[2]."),
    ('hosts = ["core", "east"]', "hosts = []", "activity[1].hosts"),
    ('kind = "joint_research" ', 'classes = []\nkind = "class_meeting" ', "activity[1].classes"),
    (
        'every = "month"                        # day | week | month | term | once\non = "second wednesday"',
        'every = "week"\non = "monday, monday"',
        "activity[1].on",
    ),
    ('weeks = "1-18"', 'weeks = "odd, 3"', "activity[1].weeks"),
    ('every = "month" ', 'every = "day" ', "activity[1].on"),
    ('quiet = ["20:00", "07:30"]', 'quiet = ["20:00", "20:00"]', "consortium.quiet"),
    ('late_after = "10m"', 'late_after = "40m"', "activity[1].check_in.late_after"),
    ('key = "east"', 'key = "core"', "school[2].key"),
    ('head_teacher = "t001"', 'head_teacher = "t999"', "class[1].head_teacher"),
    ('hosts = ["core", "east"]', 'hosts = ["core", "west"]', "activity[1].hosts"),
    ("number = 7", "number = 0", "period[1].number"),
    ('place = "线上" ', 'plase = "线上" ', "activity[1].plase"),
    # without a host two core schools leave open whose period it is, and a class's school must have it
    ('role = "member"', 'role = "core"', "activity[1].period", 'at = "14:30" ', "period = 7 ", 'lasts = "90m"\n', ""),
    ('school = "core"\nname = "七', 'school = "east"\nname = "七', "activity[1].period", *(
        'kind = "joint_research" ', 'kind = "class_meeting" ', 'at = "14:30" ', "period = 7 ", 'lasts = "90m"\n', ""
    )),
]  # fmt: skip


def without(text: str, table: str, key: str) -> str:
    """The text without that line of the first such table."""
    begin = re.search(rf"^\[+{table}]+.*\n", text, re.MULTILINE)
    assert begin is not None
    line = re.compile(rf"^{key} = .*\n", re.MULTILINE).search(text, begin.end())
    assert line is not None
    return text[: line.start()] + text[line.end() :]


def test_the_example_is_applied_as_it_stands(tmp_path: Path) -> None:
    """Where there is no database yet."""
    done = command(tmp_path, "apply", str(EXAMPLE), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["applied"], answer["changed"], answer["retired"]) == (True, [], [])
    assert {"consortium", "school[core]", "person[t001]", "activity[monthly-research]"} <= {*answer["added"]}
    assert (tmp_path / "jiaolian.db").exists()
    again = json.loads(command(tmp_path, "apply", str(EXAMPLE), "--json").stdout)
    assert [again[kind] for kind in ("added", "changed", "retired", "kept")] == [[], [], [], []]


@pytest.mark.parametrize("table", REQUIRED)
def test_what_is_required_is_missed_by_its_path(tmp_path: Path, table: str) -> None:
    for key in REQUIRED[table].split():
        (tmp_path / "a.toml").write_text(without(TEXT, table, key), encoding="utf-8")
        done = command(tmp_path, "apply", "a.toml")
        assert (done.returncode, done.stdout) == (1, "")
        row = table if table == "consortium" else f"{table}[1]"
        assert done.stderr.startswith(f"{row}."), (key, done.stderr)
        assert "missing" in done.stderr
        assert not (tmp_path / "jiaolian.db").exists()


def test_whatever_else_is_absent_the_file_is_good() -> None:
    optional = {
        "place",
        "home",
        "subject",
        "post",
        "telegram",
        "quiet",
        "thread",
        "address",
        "weeks",
        "hosts",
        "themes",
    }
    optional |= {
        "card",
        "audience",
        "on_holiday",
        "announce",
        "remind",
        "nudge",
        "check_in",
        "reflect",
        "follows",
        "until",
    }
    optional |= {"head_teacher", "speaker", "lesson", "recorder", "bring"}
    for key in optional:
        shorter = re.sub(rf"^{key} = .*\n", "", TEXT, flags=re.MULTILINE)
        assert shorter != TEXT, key
        assert blueprint("a.toml", shorter.encode()).consortium.key == "chuzhong"
    assert blueprint("a.toml", LEAST.encode()).consortium.key == "least"


def held(folder: Path, text: str) -> tuple[set[str], set[str]]:
    """Who is nudged about the talk, and the classes that meet."""
    (folder / "a.toml").write_text(text, encoding="utf-8")
    assert command(folder, "apply", "a.toml").returncode == 0
    days = ("--from", "2026-09-01", "--to", "2026-09-30", "--json")
    sent = json.loads(command(folder, "rehearse", *days).stdout)
    planned = json.loads(command(folder, "plan", *days).stdout)
    nudged = {line["to"]["person"] for line in sent if line["kind"] == "nudge"}
    return nudged, {row["class"] for row in planned if row["activity"] == "class"}


def test_without_an_audience_everybody_is_meant_and_without_classes_every_class(tmp_path: Path) -> None:
    """An audience narrows who is meant, and leaves no class out; `classes` does."""
    assert held(tmp_path, f'{LEAST}audience = {{ schools = ["a"] }}\n') == ({"pa", "pb"}, {"ca", "cb"})
    narrowed = LEAST.replace("nudge = [", 'audience = { schools = ["a"] }\nnudge = [')
    assert held(tmp_path, f'{narrowed}classes = ["cb"]\n') == ({"pa"}, {"cb"})


@pytest.mark.parametrize("case", RULED_OUT, ids=lambda case: case[2])
def test_a_value_that_the_contract_rules_out_is_refused_at_its_place(tmp_path: Path, case: tuple[str, ...]) -> None:
    """`case`: a piece of the example, what stands there instead, where that is refused; then more pieces."""
    old, new, where, *more = case
    text = TEXT
    for was, becomes in ((old, new), *zip(more[::2], more[1::2], strict=True)):
        at = text.index(was)
        text = text[:at] + becomes + text[at + len(was) :]
    if where == "activity[1].period":
        text = re.sub(r"^hosts = .*\n", "", text, flags=re.MULTILINE)
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    done = command(tmp_path, "apply", "a.toml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(where), done.stderr
    assert ": expected" in done.stderr
