"""A folder that a command writes: all of it, or what was there before; its manifest says what it holds."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from store.complaint import Complaint

MANIFEST = "manifest.json"
FREE = "a new or an empty folder, or an earlier report that nobody has changed"


def check(option: str, folder: Path) -> None:
    """Raises Complaint where something would be lost: no folder of ours, or one in which somebody has worked since."""
    if folder.exists() and not folder.is_dir():
        raise Complaint(option, f"{folder}: a file", FREE)
    if folder.resolve() == Path.cwd():  # another takes its place: whoever is in it would be nowhere
        raise Complaint(option, f"{folder}: the folder in which the command runs", FREE)
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    listed = manifest_of(folder)
    if listed is None:
        raise Complaint(option, f"{folder}: a folder with other files", FREE)
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    added, gone = sorted(kept - listed.keys()), sorted(listed.keys() - kept)
    changed = [name for name in sorted(kept & listed.keys()) if digest((folder / name).read_bytes()) != listed[name]]
    for what, names in (("added", added), ("missing", gone), ("changed", changed)):
        if names:
            raise Complaint(option, f"{folder / names[0]}: {what} since it was written", FREE)


def manifest_of(folder: Path) -> dict[str, str] | None:
    """The digests by name of a folder that was written here; None of any other."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        return {one["path"]: one["sha256"] for one in found["files"]}
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(option: str, folder: Path, files: Iterable[tuple[str, bytes]], about: Mapping[str, Any]) -> list[str]:
    """The names of what was written, the manifest last. `about` heads the manifest. Raises Complaint."""
    check(option, folder)
    whole = folder.resolve()  # a link stays one
    draft = whole.with_name(f".{whole.name}.part")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        listed = [put(draft, name, content) for name, content in files]
        manifest = json.dumps({**about, "files": listed}, ensure_ascii=False, indent=1)
        put(draft, MANIFEST, manifest.encode())
        exchange(draft, whole)
    except OSError as error:
        raise Complaint(option, f"{folder}: {error.strerror}", "a folder that can be written") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return [*(one["path"] for one in listed), MANIFEST]


def put(draft: Path, name: str, content: bytes) -> dict[str, Any]:
    path = draft / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {"path": name, "bytes": len(content), "sha256": digest(content)}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def exchange(draft: Path, folder: Path) -> None:
    """The older one is moved aside first: no system puts one folder in another's place at once."""
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
