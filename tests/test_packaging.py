"""What is handed out: the wheel holds every file of the program, the archive makes the same wheel, the lock knows each
dependency, and the version stands in one place."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.conftest import HOME

PROJECT: dict[str, Any] = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = HOME / "deploy" / "requirements-dev.lock"
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]


def built(tree: Path, out: Path, *kinds: str) -> list[Path]:
    """What `make dist` makes of `tree`, by name."""
    words = [word for kind in kinds for word in ("-t", kind)]
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(out), *words], cwd=tree, check=True, capture_output=True
    )
    return sorted(out.iterdir())


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(archive, wheel), both of this tree."""
    wheel, archive = built(HOME, tmp_path_factory.mktemp("dist"), "sdist", "wheel")
    return archive, wheel


def files_of(folder: Path) -> set[str]:
    """Whatever the tree has there and an interpreter did not leave behind."""
    return {
        path.relative_to(HOME).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_each_file_of_the_program_and_the_samples(handed_out: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(handed_out[1]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        meta = {name.split("/", 1)[1] for name in wheel.namelist()} - {name.split("/", 1)[1] for name in names}
    expected = {name for package in PACKAGES for name in files_of(HOME / package)}
    expected |= {f"bot/{name}" for name in files_of(HOME / "samples")}
    assert names == expected
    assert {"bot/templates/zh/help.j2", "sandbox/static/room.css"} & expected  # `files_of` sees more than Python
    assert {"METADATA", "entry_points.txt", "licenses/LICENSE"} <= meta


def test_the_source_archive_has_what_a_developer_needs_and_makes_the_same_wheel(
    handed_out: tuple[Path, Path], tmp_path: Path
) -> None:
    archive, wheel = handed_out
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    (tree,) = (path for path in tmp_path.iterdir() if path.is_dir())
    needed = [
        "Makefile",
        "LICENSE",
        "deploy/venv.sh",
        "deploy/requirements-dev.lock",
        "docs/messages.toml",
        "tests/conftest.py",
    ]
    assert [name for name in needed if not (tree / name).is_file()] == []
    assert (tree / "deploy" / "venv.sh").stat().st_mode & 0o111
    (again,) = built(tree, tmp_path / "dist", "wheel")
    assert (again.name, again.read_bytes()) == (wheel.name, wheel.read_bytes())


def test_the_version_stands_in_one_place(handed_out: tuple[Path, Path]) -> None:
    said = PROJECT["project"]["version"]
    assert version("jiaolian") == said, "the environment is older than pyproject.toml: deploy/venv.sh dev"
    assert [path.name for path in handed_out] == [f"jiaolian-{said}.tar.gz", f"jiaolian-{said}-py3-none-any.whl"]
    newest = re.search(r"^## (\S+?),", (HOME / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == said
    sources = [path for package in PACKAGES for path in (HOME / package).rglob("*.py")]
    assert [path for path in sources if f'"{said}"' in path.read_text(encoding="utf-8")] == []


def locked(text: str) -> dict[str, list[tuple[str, int]]]:
    """The versions that a lock has of each package, with the number of their hashes."""
    found: dict[str, list[tuple[str, int]]] = {}
    for entry in re.split(r"\n(?=\w)", text.replace("\\\n", " ")):
        if named := re.match(r"([\w.-]+)==([^\s;]+)", entry):
            found.setdefault(plain(named[1]), []).append((named[2], entry.count("--hash=sha256:")))
    return found


def plain(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def unmet(wanted: list[str], lock: dict[str, list[tuple[str, int]]]) -> list[str]:
    """Those of `wanted` that the lock has in no version, or in one that is out of the range."""
    asked = [Requirement(line) for line in wanted]
    return [
        str(each)
        for each in asked
        if not (kept := lock.get(plain(each.name), [])) or not all(each.specifier.contains(one) for one, _ in kept)
    ]


def test_the_lock_knows_each_dependency_in_the_range_that_the_project_asks_for() -> None:
    lock = locked(LOCK.read_text(encoding="utf-8"))
    assert unmet([*PROJECT["project"]["dependencies"], *EXTRAS["dev"]], lock) == [], "make lock"
    assert unmet(["click>=999", "nowhere-to-be-seen"], lock) == ["click>=999", "nowhere-to-be-seen"]


def test_the_lock_has_hashes_and_names_no_index_and_no_machine() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert [name for name, kept in locked(text).items() if not all(hashes for _, hashes in kept)] == []
    assert [line for line in text.splitlines()[1:] if "/" in line or line.startswith("-")] == []


def test_the_tools_of_a_developer_are_all_that_the_extras_and_the_build_ask_for() -> None:
    asked = {*EXTRAS["postgres"], *EXTRAS["metrics"], *EXTRAS["docs"], *PROJECT["build-system"]["requires"]}
    assert asked - set(EXTRAS["dev"]) == set()
