"""Contract, top and "Commands": every answer is one document of its shape on stdout, and says its words."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.reports import report_json
from handlers.report import report
from store import consortiums
from store.database import Session
from tests.bot.command import command
from tests.contract.conftest import CHARTER, EXAMPLE, SEPTEMBER_TO_JANUARY
from tests.handlers.event_sample import School
from tests.handlers.report_sample import play
from tests.handlers.test_report import TERM

OURS = ("--consortium", "chuzhong")
ASKED: dict[str, tuple[str, ...]] = {
    "apply": ("apply", str(EXAMPLE), "--dry-run"),
    "import-roster": ("import-roster", "staff.xlsx", *OURS, "--dry-run"),
    "invites": ("invites", *OURS),
    "plan": ("plan", *SEPTEMBER_TO_JANUARY),
    "rehearse": ("rehearse", *SEPTEMBER_TO_JANUARY),
    "policy import": ("policy", "import", str(CHARTER), *OURS, "--dry-run"),
    "policy ask": ("policy", "ask", "每月教研几次", *OURS),
    "policy show": ("policy", "show", *OURS),
    "report": ("report", *OURS, *SEPTEMBER_TO_JANUARY, "--out", "out"),
    "doctor": ("doctor",),
    "status": ("status",),
}
APPLIED = {"added": list, "changed": list, "retired": list, "kept": list, "applied": bool}
CLAUSE = {"path": list, "label": str | None, "text": str, "blank": bool, "clauses": list}
SHAPES: dict[str, Any] = {
    "apply": APPLIED,
    "import-roster": APPLIED,
    "policy import": {"document": str, "edition": int, "clauses": int, "added": int, "changed": int, "removed": int},
    "policy show": [{"document": str, "edition": int, "clauses": [CLAUSE]}],
    "status": {
        **{"deliveries": dict, "oldest_unsent": str | None, "perhaps_twice": int, "missed": int, "inbox": int},
        **{"failed_updates": int, "last_tick": str | None, "platforms": dict},
    },
    "doctor": [{"check": str, "state": str, "finding": str, "mend": str | None}],
    "report": {"events": list, "obligations": list, "files": [str]},
}
PERSON = "person seen response response_late leave attendance late_minutes reflected"
# domain 4.2
ATTENDANCE = """expected not_expected present late left_early online leave official excused leave_pending leave_refused
absent_pending truant void"""


@pytest.fixture
def asked(office: Path) -> Path:
    """With a list of staff beside."""
    sheet = Workbook()
    sheet.active.append(["姓名", "学校", "学科"])  # type: ignore[union-attr]
    sheet.active.append(["样新来", "中心初级中学", "数学"])  # type: ignore[union-attr]
    sheet.save(office / "staff.xlsx")
    return office


def strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, list | dict):
        for part in found.values() if isinstance(found, dict) else found:
            yield from strings(part)


def shaped(found: Any, shape: Any) -> bool:
    """Whether it has all that a shape names; it may have more."""
    if isinstance(shape, dict):
        return isinstance(found, dict) and all(key in found and shaped(found[key], of) for key, of in shape.items())
    if isinstance(shape, list):
        return isinstance(found, list) and bool(found) and all(shaped(one, shape[0]) for one in found)
    return isinstance(found, shape) and not (shape is int and isinstance(found, bool))


@pytest.mark.parametrize("name", ASKED)
def test_each_answer_is_one_document_of_its_shape_and_its_instants_have_an_offset(asked: Path, name: str) -> None:
    """Without a token, as far as offline commands go."""
    done = command(asked, *ASKED[name], "--json")
    assert (done.returncode, done.stderr.count("\n")) == (0, "out" in ASKED[name] and done.stderr.count("\n"))
    answer = json.loads(done.stdout)
    instants = [text for text in strings(answer) if re.match(r"\d{4}-\d\d-\d\dT", text)]
    assert [text for text in instants if datetime.fromisoformat(text).utcoffset() is None] == []
    assert instants or name not in ("plan", "rehearse", "policy show")
    if name in SHAPES:
        assert shaped(answer, SHAPES[name]), answer


def test_a_shape_that_is_not_kept_is_seen() -> None:
    assert shaped({"a": 1, "b": [{"c": "x"}], "more": 0}, {"a": int, "b": [{"c": str}]})
    wrong: Any
    for wrong in ({"a": True, "b": [{"c": "x"}]}, {"a": 1, "b": [{}]}, {"a": 1, "b": []}, {"b": [{"c": "x"}]}, []):
        assert not shaped(wrong, {"a": int, "b": [{"c": str}]})


def test_a_difference_says_what_it_was_and_is(asked: Path) -> None:
    """`added`, `changed` and `retired` of the table, and that nothing was written yet."""
    text = EXAMPLE.read_text(encoding="utf-8").replace('lasts = "90m"', 'lasts = "2h"')
    (asked / "other.toml").write_text(re.sub(r"\[\[chat]].*?(?=\[\[activity)", CHAT, text, flags=re.DOTALL), "utf-8")
    answer = json.loads(command(asked, "apply", "other.toml", "--dry-run", "--json").stdout)
    assert answer["changed"] == [{"path": "activity[monthly-research].lasts", "from": "90m", "to": "2h"}]
    assert (answer["added"], answer["retired"], answer["applied"]) == (["chat[office]"], [], False)


CHAT = """[[chat]]
key = "teaching"
title = "教研大群"
platform = "telegram"
address = -1001234567890
thread = 42
[[chat]]
key = "office"
title = "办公室"
platform = "telegram"
"""


def test_a_rehearsal_sends_and_keeps_nothing(office: Path) -> None:
    def rows() -> list[str]:
        with closing(sqlite3.connect(office / "jiaolian.db")) as database:
            return list(database.iterdump())

    before = rows()
    assert json.loads(command(office, "rehearse", *SEPTEMBER_TO_JANUARY, "--json").stdout)
    assert rows() == before


def test_whoever_is_linked_is_not_invited(office: Path) -> None:
    """The example's one person has an account; without it she is on the list."""
    assert json.loads(command(office, "invites", *OURS, "--json").stdout) == []
    text = re.sub(r"telegram = 7.*\n", "", EXAMPLE.read_text(encoding="utf-8")).replace("chuzhong", "unlinked")
    (office / "unlinked.toml").write_text(re.sub(r"address = .*\nthread.*\n", "", text), encoding="utf-8")
    assert command(office, "apply", "unlinked.toml").returncode == 0
    found = json.loads(command(office, "invites", "--consortium", "unlinked", "--json").stdout)
    assert [(row["person"], row["name"], row["link"]) for row in found] == [("t001", "李芳", None)]


def test_a_report_says_answer_leave_and_attendance_in_the_contracts_words(school: School, research: int) -> None:
    play(school, research)

    def written(session: Session) -> str:
        row = consortiums.by_key(session, "sample")
        assert row is not None
        return "".join(report_json.written(report(session, row, TERM, school.now, None), (), ()))

    people = [one for event in json.loads(school.ask(written))["events"] for one in event["people"]]
    assert all(one.keys() >= {*PERSON.split()} for one in people)
    assert {one["response"] for one in people} == {"accepted", "declined", None}
    assert {one["leave"] for one in people} == {"pending", None}
    told = {one["attendance"] for one in people}
    assert told <= {*ATTENDANCE.split()}
    assert {"late", "leave_pending", "absent_pending"} <= told
