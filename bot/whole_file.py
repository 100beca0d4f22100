"""A file that a command reads, or writes: all of it, or what was there before."""

from pathlib import Path

from store.complaint import Complaint


def write(option: str, path: Path, content: bytes) -> None:
    """An older file of that name is replaced. Raises Complaint."""
    draft = Path(f"{path}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        if draft.is_file():
            draft.unlink()
        raise Complaint(option, f"{path}: {error.strerror}", "a file that can be written") from None


def create(option: str, path: Path, content: bytes) -> None:
    """A file of that name is left as it is. Raises Complaint."""
    if path.exists():
        raise Complaint(option, f"{path} is there", "a new file")
    write(option, path, content)


def read(file: Path, expected: str) -> bytes:
    """Raises Complaint, which says what was `expected` to be there."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Complaint(str(file), error.strerror or str(error), expected) from None
