"""Backups: from either kind of database into either, whole or not at all, and nothing overwritten unasked."""

import hashlib
import json
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlmodel import select

from store import accounts, backups, migrating
from store.accounts import Account
from store.complaint import Complaint
from store.database import Session, Store
from store.reminders import Reminder, ReminderKind
from store.schema import TABLES
from tests.databases import DIALECTS, ON_SQLITE, Databases
from tests.handlers.conftest import announced
from tests.store.test_migrations import execute, tables

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
def other(databases: Databases) -> Iterator[Store]:
    """Of the same kind, with nothing in it, not even tables."""
    store = Store(databases.new())
    yield store
    store.close()


def everything(store: Store) -> Rows:
    def read(session: Session) -> Rows:
        return {table.__name__: [row.model_dump() for row in session.exec(select(table))] for table in TABLES}

    return {name: sorted(rows, key=str) for name, rows in store.call(read).items()}


def remember(store: Store, address: str) -> int:
    return store.call(accounts.remember, Account("telegram", address))


def rewritten(file: Path, change: Callable[[dict[str, Any], Rows], None]) -> None:
    """The same backup after `change`, with its checksums right."""
    with ZipFile(file) as archive:
        manifest = json.loads(archive.read(backups.MANIFEST))
        lines = {name: archive.read(f"{name}.jsonl").splitlines() for name in manifest["tables"]}
    rows = {name: [json.loads(line) for line in each] for name, each in lines.items()}
    change(manifest, rows)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, each in rows.items():
            content = "".join(f"{json.dumps(row)}\n" for row in each).encode()
            archive.writestr(f"{name}.jsonl", content)
            manifest["tables"][name] = {"rows": len(each), "sha256": hashlib.sha256(content).hexdigest()}
        archive.writestr(backups.MANIFEST, json.dumps(manifest))


@pytest.mark.parametrize("into", DIALECTS)
def test_what_was_backed_up_is_restored_into_either_kind(
    store: Store, file: Path, into: str, request: pytest.FixtureRequest
) -> None:
    announced(store)
    rows = backups.write(store, file)
    target = Store(request.getfixturevalue(into).new())
    assert backups.restore(target, backups.read(file), replace=False) == rows > 40
    assert everything(target) == everything(store)
    assert remember(target, "new") not in {row["id"] for row in everything(store)["KnownAccount"]}
    target.close()


def test_a_database_that_holds_anything_is_left_alone_unless_told(store: Store, other: Store, file: Path) -> None:
    announced(store)
    backups.write(store, file)
    backup = backups.read(file)
    migrating.upgrade(other)
    remember(other, "here before")
    with pytest.raises(Complaint, match="database: rows in account: expected an empty one, or --replace"):
        backups.restore(other, backup, replace=False)
    assert [row["address"] for row in everything(other)["KnownAccount"]] == ["here before"]
    backups.restore(other, backup, replace=True)
    assert everything(other) == everything(store)


def test_another_programs_database_and_a_newer_one_are_not_given_up_even_when_told(
    store: Store, other: Store, file: Path
) -> None:
    backups.write(store, file)
    backup = backups.read(file)
    execute(other, "CREATE TABLE invoice (n INTEGER)")
    with pytest.raises(Complaint, match="database: tables invoice"):
        backups.restore(other, backup, replace=True)
    assert tables(other) == {"invoice"}
    execute(other, "DROP TABLE invoice")
    migrating.upgrade(other)
    execute(other, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Complaint, match="database: revision '9999'"):
        backups.restore(other, backup, replace=True)
    assert len(tables(other)) == len(TABLES)


def test_a_restore_that_cannot_be_finished_changes_nothing(store: Store, other: Store, file: Path) -> None:
    def orphan(_manifest: dict[str, Any], rows: Rows) -> None:
        rows["person"][-1]["school_id"] = 999_999

    announced(store)
    backups.write(store, file)
    rewritten(file, orphan)
    migrating.upgrade(other)
    remember(other, "here before")
    before = everything(other)
    with pytest.raises(Exception, match="person"):
        backups.restore(other, backups.read(file), replace=True)
    assert everything(other) == before


def test_a_backup_of_an_older_version_is_brought_up_to_date(store: Store, other: Store, file: Path) -> None:
    def older(manifest: dict[str, Any], rows: Rows) -> None:
        manifest["revision"] = "0001"
        for row in rows["account"]:
            del row["language"]
        for row in rows["occurrence"]:
            row["code"] = row.pop("secret")

    def forget(session: Session) -> None:
        for row in session.exec(select(Reminder).where(Reminder.kind == ReminderKind.ABSENCES)):
            session.delete(row)

    announced(store)
    execute(store, "UPDATE occurrence SET mark = NULL")  # as though an older version had planned
    store.call(forget)  # a kind that no older version knew
    backups.write(store, file)
    rewritten(file, older)
    backups.restore(other, backups.read(file), replace=False)
    assert migrating.revision(other.engine) == migrating.HEAD
    assert everything(other) == everything(store)


def test_the_foreign_the_newer_and_the_damaged_are_refused(store: Store, file: Path, tmp_path: Path) -> None:
    def newer(manifest: dict[str, Any], _rows: Rows) -> None:
        manifest["revision"] = "9999"

    announced(store)
    backups.write(store, file)
    good = file.read_bytes()
    text, short, bent, empty = (tmp_path / name for name in ("text", "short", "bent", "empty.zip"))
    text.write_text("学校")
    short.write_bytes(good[:-100])
    place = inside(file)
    bent.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
    with ZipFile(empty, "w") as archive:
        archive.writestr("readme", "x")
    for wrong in (text, short, bent, empty, tmp_path / "nowhere"):
        with pytest.raises(Complaint, match=f"{wrong}: .*expected a file that `jiaolian backup` wrote"):
            backups.read(wrong)
    rewritten(file, newer)
    with pytest.raises(Complaint, match=r"revision '9999': expected '.*' or older"):
        backups.read(file)


@ON_SQLITE
def test_what_was_edited_by_hand_or_is_of_another_program_is_refused(store: Store, file: Path) -> None:
    """The archive is whole: its own check sums hold."""

    def no_row(_: dict[str, Any], rows: Rows) -> None:
        rows["person"] = [1]  # type: ignore[list-item]  # what no backup has

    def foreign(manifest: dict[str, Any], _: Rows) -> None:
        manifest["format"] = "another 1"

    backups.write(store, file)
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content + b"{}\n" * (name == "person.jsonl"))
    with pytest.raises(Complaint, match="its checksum is another"):
        backups.read(file)
    for change, complaint in ((no_row, "not whole"), (foreign, f"'another 1': expected {backups.FORMAT}")):
        backups.write(store, file.with_suffix(".new"))
        rewritten(file.with_suffix(".new"), change)
        with pytest.raises(Complaint, match=complaint):
            backups.read(file.with_suffix(".new"))
        file.with_suffix(".new").unlink()


def inside(file: Path) -> int:
    """A byte of what the largest part of an archive holds: every one of them counts."""
    with ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda part: part.compress_size)
    return largest.header_offset + 30 + len(largest.filename) + largest.compress_size // 2


@ON_SQLITE
def test_whatever_is_damaged_is_refused_in_one_line(store: Store, file: Path) -> None:
    """Every byte of the head and every hundredth behind it, and manifests that are JSON and no manifest."""
    backups.write(store, file)
    good = file.read_bytes()
    for at in (*range(80), *range(80, len(good), 100), *range(len(good) - 120, len(good))):
        file.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        with suppress(Complaint):  # a byte of a time stamp damages nothing
            assert backups.read(file).rows.keys() >= {"person"}
    listed = {"format": backups.FORMAT, "revision": [], "tables": []}
    manifests: tuple[object, ...] = ([], {"format": backups.FORMAT}, listed)
    for manifest in manifests:
        with ZipFile(file, "w") as archive:
            archive.writestr(backups.MANIFEST, json.dumps(manifest))
        with pytest.raises(Complaint, match="not whole"):
            backups.read(file)


def test_a_place_where_nothing_can_be_written_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / ("x" * 300), tmp_path / ("x" * 253), tmp_path / "file" / "copy", tmp_path):
        with pytest.raises(Complaint):
            backups.write(store, place)


def test_a_backup_is_for_its_owner_alone_and_replaces_only_another(store: Store, file: Path, tmp_path: Path) -> None:
    backups.write(store, file)
    remember(store, "later")
    backups.write(store, file)
    assert [row["address"] for row in backups.read(file).rows["account"]] == ["later"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    diary = tmp_path / "diary"
    diary.write_text("x")
    with pytest.raises(Complaint, match="a file that is no backup"):
        backups.write(store, diary)
    with pytest.raises(Complaint, match="no/such"):
        backups.write(store, tmp_path / "no" / "such" / "copy")
    assert {each.name for each in tmp_path.iterdir()} >= {"copy", "diary"}
    assert not list(tmp_path.glob("*.half"))


def test_others_go_on_writing_meanwhile(store: Store, file: Path) -> None:
    """What is in it is a state that there was: numbers without a gap."""
    stop, made = threading.Event(), list[int]()

    def write() -> None:
        while not stop.is_set():
            made.append(remember(store, f"{len(made):06}"))

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(5):
        backups.write(store, file)
        found = sorted(row["address"] for row in backups.read(file).rows["account"])
        assert found == [f"{number:06}" for number in range(len(found))]
    stop.set()
    writer.join()
    assert len(made) > 5
