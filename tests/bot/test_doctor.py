"""`jiaolian doctor`: each trouble is named with its mend, and nothing is changed by looking."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import start_blocking_portal

from bot.commands.doctor import of_disk
from bot.words import Words
from handlers.apply import Apply, apply
from sandbox.server import served
from sandbox.state import Room
from store import beats, consortiums, silences
from store.chats import Place, Silence
from store.database import Store
from tests.bot.command import command
from tests.bot.proxies import Http, Proxy, Socks, proxied

TOKEN, GROUPS = "1:test-secret", (-1001234567890, -1001234567891, -1001234567892)
Found = dict[str, tuple[str, str, str | None]]


@pytest.fixture
def room() -> Room:
    room = Room(lambda: datetime.now(UTC), token=TOKEN)
    for group in GROUPS:
        room.add_group(group, "样例群", [], bot=True)
    return room


@pytest.fixture
def api(room: Room) -> Iterator[str]:
    with served(room) as api:
        yield api


def examined(folder: Path, expected: int, **settings: str) -> Found:
    """By check; of several findings of one check the worst."""
    run = command(folder, "doctor", "--json", **settings)
    assert (run.returncode, run.stderr) == (expected, "")
    rows = json.loads(run.stdout)
    assert all(row.keys() == {"check", "state", "finding", "mend"} for row in rows)
    assert all(row["mend"] for row in rows if row["state"] != "ok")
    assert TOKEN.split(":")[1] not in run.stdout
    rows.sort(key=lambda row: ("ok", "warning", "wrong").index(row["state"]))
    return {row["check"]: (row["state"], row["finding"], row["mend"]) for row in rows}


def online(api: str) -> dict[str, str]:
    return {"JIAOLIAN_TOKEN": TOKEN, "JIAOLIAN_API_URL": api}


def alter(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "jiaolian.db")) as driver:
        driver.execute(statement)
        driver.commit()


def test_all_is_well(folder: Path, api: str) -> None:
    store = Store(f"sqlite:///{folder}/jiaolian.db")
    store.call(beats.beat, "tick", datetime.now(UTC))
    store.close()
    found = examined(folder, 0, **online(api))
    assert {state for state, _, _ in found.values()} == {"ok"}
    ours = {"settings", "database", "disk", "tick", "chats", "timezone"}
    theirs = {"token", "privacy", "webhook", "inline", "rights", "clock"}
    assert found.keys() == ours | theirs


def test_inline_mode_that_is_off_is_a_warning_where_it_is_wanted(folder: Path, room: Room, api: str) -> None:
    room.inline = False
    state, _, mend = examined(folder, 0, **online(api))["inline"]
    assert state == "warning"
    assert "/setinline" in (mend or "")
    store = Store(f"sqlite:///{folder}/jiaolian.db")
    file = store.call(lambda session: consortiums.blueprint(consortiums.every(session)[0]))
    off = file.model_copy(update={"consortium": file.consortium.model_copy(update={"inline": False})})
    store.call(apply, Apply(off), datetime.now(UTC))
    store.close()
    assert "inline" not in examined(folder, 0, **online(api))


def test_before_anything_was_set_up_it_only_warns(tmp_path: Path) -> None:
    found = examined(tmp_path, 0)
    assert (found["database"][0], found["token"][0]) == ("warning", "warning")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"JIAOLIAN_NO_SUCH": "1"}, "JIAOLIAN_NO_SUCH"),
        ({"JIAOLIAN_DATABASE_URL": "postgresql://somebody:hunter2@host:port/x"}, "JIAOLIAN_DATABASE_URL"),
    ],
)
def test_a_bad_setting_is_a_finding(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    found = examined(tmp_path, 1, **settings)
    assert found["settings"][0] == "wrong"
    assert said in found["settings"][1]
    assert "hunter2" not in str(found)


def contents(folder: Path) -> dict[str, bytes]:
    """But for -shm: the index of a log that is there is SQLite's to keep."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.endswith("-shm")}


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_nothing_is_changed_by_looking(folder: Path, mode: str) -> None:
    alter(folder, f"PRAGMA journal_mode={mode}")
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert before.keys() == {"jiaolian.db"}
    assert examined(folder, 0)["database"][0] == "ok"
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_log_that_a_killed_bot_left_is_read_and_left(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(f"sqlite:///{folder}/jiaolian.db")
    store.call(beats.beat, "tick", datetime.now(UTC))
    left = tmp_path_factory.mktemp("left")
    for each in folder.iterdir():
        (left / each.name).write_bytes(each.read_bytes())
    store.close()
    (left / "jiaolian.db-shm").unlink()
    before = contents(left)
    assert before["jiaolian.db-wal"]
    found = examined(left, 0)
    assert (found["database"][0], found["tick"][0]) == ("ok", "ok")
    assert contents(left) == before


def test_an_older_database_is_brought_up_to_date_at_the_next_start(folder: Path) -> None:
    alter(folder, "UPDATE alembic_version SET version_num = '0016'")
    state, finding, _ = examined(folder, 0)["database"]
    assert (state, "下次启动时自动升级" in finding) == ("ok", True)


def test_a_time_zone_that_the_machine_does_not_know(folder: Path) -> None:
    assert "Asia/Shanghai" in examined(folder, 0)["timezone"][1]
    alter(folder, "UPDATE consortium SET timezone = 'Asia/Nowhere'")
    state, finding, _ = examined(folder, 1)["timezone"]
    assert (state, "不认得" in finding) == ("wrong", True)


@pytest.mark.parametrize(("room_left", "state"), [(10**7, "wrong"), (10**8, "warning"), (10**9, "ok")])
def test_a_disk_that_is_nearly_full(room_left: int, state: str) -> None:
    (finding,) = of_disk(room_left)
    said = finding.as_json(Words("zh"))
    assert (finding.state, said["mend"]) == (state, None if state == "ok" else "腾出磁盘空间")
    assert said["finding"] == ("磁盘：还有 1.0 GB" if state == "ok" else f"磁盘：只剩 {room_left // 10**6} MB")


def test_a_newer_and_a_foreign_database(folder: Path) -> None:
    alter(folder, "UPDATE alembic_version SET version_num = '9999'")
    assert "更新的版本" in examined(folder, 1)["database"][1]
    alter(folder, "DROP TABLE alembic_version")
    assert "别的程序" in examined(folder, 1)["database"][1]


@pytest.mark.parametrize("place", [0, 40_000], ids=["its head", "its middle"])
def test_a_damaged_database(folder: Path, place: int) -> None:
    file = folder / "jiaolian.db"
    content = file.read_bytes()
    file.write_bytes(content[:place] + b"\xff" * 9_000 + content[place + 9_000 :])
    damaged = file.read_bytes()
    assert "损坏" in examined(folder, 1)["database"][1]
    assert file.read_bytes() == damaged


def test_a_locked_database_is_a_warning(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "jiaolian.db", isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        assert "锁住" in examined(folder, 0)["database"][1]


def test_a_folder_that_is_none_and_a_server_that_is_not_there(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/no/such/jiaolian.db"
    assert "不能写" in examined(tmp_path, 1, JIAOLIAN_DATABASE_URL=nowhere)["database"][1]
    absent = "postgresql://somebody:hunter2@127.0.0.1:9/x"
    assert "连不上" in examined(tmp_path, 1, JIAOLIAN_DATABASE_URL=absent)["database"][1]


def test_a_wrong_token_and_an_absent_server(folder: Path, api: str) -> None:
    assert examined(folder, 1, JIAOLIAN_TOKEN="1:other", JIAOLIAN_API_URL=api)["token"][0] == "wrong"
    assert "连不上" in examined(folder, 1, **online("http://127.0.0.1:9"))["server"][1]
    assert "hunter2" not in examined(folder, 1, **online("http://somebody:hunter2@127.0.0.1:9"))["server"][1]


@pytest.fixture
def listening() -> Iterator[Callable[[type[Proxy]], Proxy]]:
    """A proxy in a thread of its own, for the command runs a loop itself."""
    with ExitStack() as ends:
        portal = ends.enter_context(start_blocking_portal())
        yield lambda kind: ends.enter_context(portal.wrap_async_context_manager(proxied(kind)))


@pytest.mark.parametrize("kind", [Socks, Http])
def test_a_proxy_is_used_and_one_that_is_wrong_is_named_as_such(
    folder: Path, api: str, kind: type[Proxy], listening: Callable[[type[Proxy]], Proxy]
) -> None:
    proxy = listening(kind)
    place = f"127.0.0.1:{proxy.port}"

    def found(address: str, expected: int = 1, server: str = api) -> tuple[str, str, str | None]:
        every = examined(folder, expected, **online(server), JIAOLIAN_PROXY=address)
        assert "hunter" not in str(every)
        return every["proxy"]

    state, finding, _ = found(proxy.address(), 0)
    assert (state, place in finding) == ("ok", True)
    assert proxy.through
    assert "不让通过" in found(proxy.address("hunter3"))[1]
    state, finding, mend = found(proxy.address(), server="http://127.0.0.1:9")
    assert (state, "有应答" in finding, "代理自己" in (mend or "")) == ("wrong", True, True)
    state, finding, mend = found(f"{kind.scheme}://somebody:hunter2@127.0.0.1:9")
    assert (state, "没有应答" in finding, "启动代理" in (mend or "")) == ("wrong", True, True)


def test_a_webhook_is_the_one_of_the_settings_or_it_is_named(folder: Path, api: str) -> None:
    url = "https://bot.example.org/hook"
    hook = {"JIAOLIAN_WEBHOOK_URL": url, "JIAOLIAN_WEBHOOK_SECRET": "abc"}
    assert examined(folder, 0, **online(api))["webhook"][0] == "ok"
    missing = examined(folder, 0, **online(api), **hook)["webhook"]
    assert (missing[0], "服务器上却没有" in missing[1]) == ("warning", True)
    httpx.post(f"{api}/bot{TOKEN}/setWebhook", data={"url": url}, trust_env=False).raise_for_status()
    assert examined(folder, 0, **online(api), **hook)["webhook"][0] == "ok"
    assert examined(folder, 0, **online(api))["webhook"][0] == "warning"
    hook["JIAOLIAN_WEBHOOK_URL"] = "https://bot.example.org/another"
    other = examined(folder, 0, **online(api), **hook)["webhook"]
    assert (other[0], "另一个地址" in other[1]) == ("warning", True)


def test_the_server_is_asked_by_no_proxy_but_that_of_the_settings(folder: Path, api: str) -> None:
    nowhere = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), "http://127.0.0.1:9")
    found = examined(folder, 0, **online(api), **nowhere, NO_PROXY="", no_proxy="")
    assert found["token"][0] == "ok"


def test_a_group_where_the_bot_may_not_write_or_is_not(folder: Path, room: Room, api: str) -> None:
    room.chats[GROUPS[0]].muted = True
    assert "禁言" in examined(folder, 1, **online(api))["rights"][1]
    room.chats[GROUPS[0]].muted = False
    room.chats[GROUPS[1]].members[room.bot.id] = "kicked"
    state, finding, mend = examined(folder, 1, **online(api))["rights"]
    assert (state, "样例班主任群" in finding, mend) == ("wrong", True, "把机器人重新拉进群")


def test_a_group_whose_permissions_let_no_member_write(folder: Path, room: Room, api: str) -> None:
    room.chats[GROUPS[0]].hushed = True
    state, finding, mend = examined(folder, 0, **online(api))["rights"]
    assert (state, "关了普通成员发言" in finding) == ("warning", True)
    assert "管理员" in (mend or "")
    room.chats[GROUPS[0]].members[room.bot.id] = "administrator"
    assert examined(folder, 0, **online(api))["rights"][0] == "ok"


def test_a_silent_group_is_asked_and_named_once(folder: Path, room: Room, api: str) -> None:
    """Two topics of one group; of a topic that is closed its rights show nothing."""
    store = Store(f"sqlite:///{folder}/jiaolian.db")
    store.call(silences.fall, Place("telegram", str(GROUPS[0])), Silence.MUTED, datetime.now(UTC))
    store.close()
    alter(folder, f"UPDATE chat SET address = '{GROUPS[0]}', thread = 42 WHERE address = '{GROUPS[1]}'")

    def about(**settings: str) -> list[tuple[str, str]]:
        room.calls.clear()
        rows = json.loads(command(folder, "doctor", "--json", **settings).stdout)
        found = [(row["state"], row["finding"]) for row in rows]
        return [one for one in found if "收不到通知" in one[1] or "禁言" in one[1]]

    (said,) = about(**online(api))
    assert said[0] == "warning"
    assert sum(call.method == "getchatmember" for call in room.calls) == 2
    assert sum(call.method == "getchat" for call in room.calls) == 2
    assert about() == about(**online("http://127.0.0.1:9")) == [said]
    room.chats[GROUPS[0]].members[room.bot.id] = "restricted"
    room.chats[GROUPS[0]].muted = True
    ((state, finding),) = about(**online(api))
    assert (state, "禁言" in finding) == ("wrong", True)


def test_what_the_database_knows(folder: Path, room: Room, api: str) -> None:
    now = datetime.now(UTC)
    store = Store(f"sqlite:///{folder}/jiaolian.db")
    store.call(beats.beat, "tick", now - timedelta(hours=1))
    store.call(beats.beat, "conflict", now)
    store.close()
    alter(folder, "UPDATE chat SET address = NULL WHERE key = 'office'")
    alter(folder, "UPDATE person SET account_id = NULL")
    room.reads_all = True
    found = examined(folder, 1, **online(api))
    assert found["poller"][0] == "wrong"
    assert {found[check][0] for check in ("tick", "chats", "organiser", "privacy")} == {"warning"}


@pytest.mark.parametrize(("minutes", "code", "state"), [(2, 0, "warning"), (10, 1, "wrong")])
def test_a_clock_that_is_off(folder: Path, room: Room, api: str, minutes: int, code: int, state: str) -> None:
    room.now = lambda: datetime.now(UTC) - timedelta(minutes=minutes)
    assert examined(folder, code, **online(api))["clock"][0] == state


def test_for_people_it_is_a_line_a_finding(folder: Path) -> None:
    run = command(folder, "doctor", JIAOLIAN_LANGUAGE="en")
    assert "warning token: there is none → get one from @BotFather and set JIAOLIAN_TOKEN" in run.stdout.splitlines()
