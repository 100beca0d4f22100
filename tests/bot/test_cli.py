"""The command line from outside: exit statuses, refusals of one line, answers on stdout alone."""

import json
import os
import stat
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.commands.office import Office
from store import beats
from store.database import Store
from tests.bot.command import command
from tests.conftest import HOME


def jiaolian(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """As a child process: it takes a second to start."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("JIAOLIAN_")}
    environment = inherited | {"PYTHONPATH": str(HOME)} | settings
    program = [sys.executable, "-m", "bot", *words]
    return subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_codes_are_printed_on_a_sheet_that_others_cannot_read_and_that_replaces_nothing(folder: Path) -> None:
    sheet = folder / "invites.html"
    run = command(folder, "invites", "--consortium", "chuzhong", "--qr", str(sheet), "--json")
    rows = json.loads(run.stdout)
    page = sheet.read_text(encoding="utf-8")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert page.count("<svg") == len(rows) > 1
    assert all(row["name"] in page and row["code"] in page for row in rows)
    again = command(folder, "invites", "--consortium", "chuzhong", "--qr", str(sheet))
    assert run.stderr == ""
    assert (again.returncode, again.stderr) == (1, f"--qr: {sheet} is there: expected a new file\n")


def test_a_new_phone_gets_a_code_for_whoever_is_linked_already(folder: Path) -> None:
    run = command(folder, "invites", "--consortium", "chuzhong", "--person", "t101", "--json")
    assert [(row["person"], row["name"]) for row in json.loads(run.stdout)] == [("t101", "样刘洋")]
    run = command(folder, "invites", "--consortium", "chuzhong", "--person", "样刘洋", "--json")
    assert [row["person"] for row in json.loads(run.stdout)] == ["t101"]
    nobody = command(folder, "invites", "--consortium", "chuzhong", "--person", "nobody")
    said = "--person: 'nobody': expected the key or the name of a person of chuzhong\n"
    assert (nobody.returncode, nobody.stderr) == (1, said)


def test_help_names_every_command_and_reads_no_setting(tmp_path: Path) -> None:
    run = jiaolian(tmp_path, "--help", JIAOLIAN_LANGUAGE="fr")
    assert run.returncode == 0
    assert all(name in run.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    "words", [["no-such-command"], ["plan", "--from", "2026-09-01"], ["status", "--colour"], ["policy", "show"]]
)
def test_wrong_usage_exits_2(tmp_path: Path, words: list[str]) -> None:
    run = command(tmp_path, *words)
    assert (run.returncode, run.stdout) == (2, "")


def test_a_date_that_is_none_is_told_by_an_example(tmp_path: Path) -> None:
    for day in ("2026", "2026-02-30", "10月14日"):
        run = command(tmp_path, "plan", "--from", day, "--to", "2026-10-31", JIAOLIAN_LANGUAGE="en")
        assert run.returncode == 2
        assert f"'--from': '{day}': expected a date such as 2026-09-01" in run.stderr


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    said = "database: unable to open database file: expected a database that can be opened and written"
    file = tmp_path / "no" / "jiaolian.db"
    run = command(tmp_path, "status", JIAOLIAN_DATABASE_URL=f"sqlite:///{file}")
    assert run.stderr == f"{said} ({file})\n"


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        (["status"], {"JIAOLIAN_COLOUR": "red"}, "JIAOLIAN_COLOUR: expected a known setting"),
        (["run"], {}, "JIAOLIAN_TOKEN: expected a bot token"),
        (["plan", "--from", "2026-10-02", "--to", "2026-10-01"], {}, "--from: 2026-10-02: expected"),
        (["invites", "--consortium", "nowhere"], {}, "--consortium: 'nowhere': expected"),
        (["apply", "no-such.toml"], {}, "no-such.toml: "),
        (["status"], {"JIAOLIAN_DATABASE_URL": "sqlite:///no/such/folder.db"}, "database: unable to open"),
    ],
)
def test_a_refusal_is_one_line_on_stderr_and_exits_1(
    tmp_path: Path, words: list[str], settings: dict[str, str], said: str
) -> None:
    run = command(tmp_path, *words, **settings)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(said)
    assert run.stderr.count("\n") == 1


def test_a_damaged_database_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "jiaolian.db").write_bytes(b"not a database, but long enough to be read as a header" * 40)
    run = jiaolian(tmp_path, "status", JIAOLIAN_LANGUAGE="en")
    assert (run.returncode, run.stderr.count("\n")) == (1, 1)
    assert run.stderr.startswith("database: file is not a database")


def test_status_of_a_fresh_store_has_the_contracts_shape(folder: Path) -> None:
    answer = json.loads(command(folder, "status", "--json").stdout)
    assert set(answer["deliveries"].values()) == {0}
    assert (answer["inbox"], answer["failed_updates"], answer["missed"], answer["perhaps_twice"]) == (0, 0, 0, 0)
    assert answer["last_tick"] is None
    told = {"people_unreachable", "chats_unbound", "chats_closed", "chats_silent"}
    assert set(answer["platforms"]["telegram"]) == told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_status_for_people_is_words(folder: Path, language: str) -> None:
    run = command(folder, "status", JIAOLIAN_LANGUAGE=language)
    assert (run.returncode, run.stderr) == (0, "")
    assert "Telegram" in run.stdout


def test_status_says_that_one_of_several_nodes_does_not_send(folder: Path) -> None:
    """The others show life in the same table."""
    now = datetime.now(UTC)
    with closing(Store(f"sqlite:///{folder / 'jiaolian.db'}")) as store:
        for name, at in (("tick", now), ("dispatch", now), ("stalled", now - timedelta(seconds=20))):
            store.call(beats.beat, name, at)
        said = command(folder, "status", JIAOLIAN_LANGUAGE="en").stdout
        assert "A node did not send at " in said
        assert "Sending stands still" not in said
        store.call(beats.beat, "tick", now + timedelta(minutes=1))
        assert "A node did not send at " not in command(folder, "status", JIAOLIAN_LANGUAGE="en").stdout


def test_invites_without_a_token_have_fresh_codes_and_no_link(folder: Path) -> None:
    words = ["invites", "--consortium", "chuzhong", "--json"]
    first, second = (json.loads(command(folder, *words).stdout) for _ in range(2))
    assert first
    assert [row["person"] for row in first] == [row["person"] for row in second]
    assert {row["code"] for row in first}.isdisjoint(row["code"] for row in second)
    assert all(row.keys() == {"person", "name", "code", "link"} and row["link"] is None for row in first)


def test_codes_for_people_say_why_no_link_is_there_and_where_the_sheet_is(folder: Path) -> None:
    run = command(folder, "invites", "--consortium", "chuzhong", "--qr", "new.html", JIAOLIAN_LANGUAGE="zh")
    why, where = run.stderr.splitlines()
    assert why == "还没有写 JIAOLIAN_TOKEN，所以只有码，没有链接。请本人私聊机器人，发：/start 码"
    assert where.startswith("已写入 new.html")
    assert all(len(line.split("\t")) == 3 for line in run.stdout.splitlines())


@pytest.mark.parametrize("asked", ["plan", "rehearse"])
def test_of_nothing_applied_it_is_said_what_comes_first(tmp_path: Path, asked: str) -> None:
    days = [asked, "--from", "2026-10-01", "--to", "2026-10-31"]
    assert json.loads(command(tmp_path, *days, "--json").stdout) == []
    assert "jiaolian apply" in command(tmp_path, *days, JIAOLIAN_LANGUAGE="zh").stdout


def test_a_plan_for_people_is_words_and_for_programs_one_document(folder: Path) -> None:
    days = ["plan", "--from", "2026-10-01", "--to", "2026-10-31"]
    assert len(json.loads(command(folder, *days, "--json").stdout)) > 0
    english, chinese = (command(folder, *days, JIAOLIAN_LANGUAGE=language).stdout for language in ("en", "zh"))
    assert english
    assert english != chinese


def test_the_office_makes_its_database_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAOLIAN_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    Office().store().close()
    assert (tmp_path / "new.db").exists()


def imported(*modules: str) -> set[str]:
    """What is loaded behind these modules, in a program of its own."""
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_a_command_loads_what_it_needs_and_no_more() -> None:
    assert imported("bot.cli", "bot.settings").isdisjoint({"sqlalchemy", "pydantic", "jinja2", "dotenv"})
    shown = imported("bot.commands.status", "bot.commands.plan", "bot.by_week", "bot.voice")
    assert shown.isdisjoint({"telegram", "handlers", "pypinyin", "opencc", "aiohttp"})
    assert "sqlalchemy" in shown


def test_a_start_loads_nothing_that_only_a_question_a_proxy_or_a_holiday_wants() -> None:
    started = imported("bot.commands.run", "bot.outside", "bot.wiring")
    assert started.isdisjoint({"aiohttp_socks", "python_socks", "holidays", "starlette", "alembic", "openpyxl", "docx"})
    policies = {f"store.policies.{name}" for name in ("ranking", "asking", "deciding", "sets", "proposing")}
    assert started.isdisjoint(policies)
    assert policies <= imported("store.policies.deciding", "store.policies.proposing")
    assert "telegram.ext" in started
