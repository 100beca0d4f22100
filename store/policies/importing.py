"""Importing: a paper's file read into lines (.txt, .md, .docx), one paper chosen where a file holds several."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from store.complaint import Complaint
from store.policies import word
from store.policies.clauses import ClauseDraft, tree
from store.policies.decoding import decoded
from store.policies.margins import Line
from store.policies.tables import rows

PART = re.compile(r"[^。；，：！？,;:!?]{0,40}篇\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})[)）】\]]?")
ALONE = re.compile(r"[(（【\[]?篇\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）】\]]?")
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+")
MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*")
MARKDOWN_RULE = re.compile(r"[\s|:-]+")
BOLD = re.compile(r"\*\*(.+?)\*\*")
LARGEST = 5  # MB; a paper of five thousand clauses has one
MOST_LINES = 20_000
TITLE_LENGTH = 200  # characters


class Paper(Struct, frozen=True):
    """A paper ready to be published: `text` is what editions are compared by."""

    title: str
    source_name: str
    drafts: tuple[ClauseDraft, ...]
    text: str


def paper(path: Path, part: int | None = None, title: str | None = None) -> Paper:
    """The paper in a file. Its first line is the title; where `title` says another, that line is text.

    Raises Complaint as `read` does.
    """
    return made(path.name, read(path, part), title)


def made(name: str, lines: Sequence[Line], title: str | None = None) -> Paper:
    """Raises Complaint where the first line is too long for a title and no other is given."""
    first = lines[0].text
    if len(title or first) > TITLE_LENGTH:
        expected = f"a title of at most {TITLE_LENGTH}, or --title"
        raise Complaint(name, f"a first line of {len(title or first)} characters", expected)
    if title is None and len(lines) == 1:
        raise Complaint(name, "one line, a title", "a title and a paper's text below it")
    body = lines[1:] if title is None or title == first else lines
    return Paper(title or first, name, tree(body), "\n".join(line.text for line in lines))


def read(path: Path, part: int | None = None) -> list[Line]:
    """The lines of a file that are not blank, the title first; with `part`, those from its heading (篇2) to the next.

    Raises Complaint where the file cannot be read, is empty, or holds several papers and no part is named.
    """
    reader_of(str(path))
    if not path.is_file():
        raise Complaint(str(path), "no such file", f"one of {' '.join(READERS)}")
    return chosen(str(path), lines_of(str(path), content_of(path)), part)


def content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST * 1_000_000:
            raise Complaint(str(path), f"{path.stat().st_size / 1_000_000:.1f} MB", f"at most {LARGEST} MB")
        return path.read_bytes()
    except OSError as error:
        raise Complaint(str(path), error.strerror or "unreadable", "a file that can be read") from error


def reader_of(name: str) -> "Reader":
    suffix = Path(name).suffix
    if suffix.lower() not in READERS:
        raise Complaint(name, suffix or "no suffix", f"one of {' '.join(READERS)}")
    return READERS[suffix.lower()]


def lines_of(name: str, content: bytes) -> list[Line]:
    """All that are not blank. Raises Complaint where the content cannot be read, or is empty."""
    lines = [line for line in reader_of(name)(name, content) if line.text.strip()]
    if not lines:
        raise Complaint(name, "an empty file", "a paper's text")
    if len(lines) > MOST_LINES:
        raise Complaint(name, f"{len(lines)} lines", f"at most {MOST_LINES}")
    return lines


def starts_of(lines: Sequence[Line]) -> list[int]:
    """Where each of several papers begins, with its heading (篇1)."""
    return [place for place, line in enumerate(lines) if PART.fullmatch(line.text.strip())]


def chosen(name: str, lines: Sequence[Line], part: int | None) -> list[Line]:
    """What stands before the first part belongs to none (contract, `policy import`)."""
    starts = starts_of(lines)
    if part is None:
        if len(starts) > 1:
            raise Complaint(name, f"{len(starts)} papers ({named(lines, starts)})", f"--part 1 to {len(starts)}")
        return begun(lines)
    if not 1 <= part <= len(starts):
        parts = f"--part 1 to {len(starts)}" if starts else "a file with parts (篇1, 篇2 …), or no --part"
        raise Complaint(name, f"no part {part}", parts)
    ends = [*starts[1:], len(lines)]
    return begun(lines[starts[part - 1] : ends[part - 1]])


def numbered(lines: Sequence[Line]) -> bool:
    """Whether the number of a paper (篇2) is alone on its line, and the title behind it."""
    return len(lines) > 1 and ALONE.fullmatch(lines[0].text.strip()) is not None


def begun(lines: Sequence[Line]) -> list[Line]:
    """From the title on."""
    return list(lines[1:] if numbered(lines) else lines)


def headings(lines: Sequence[Line], starts: Sequence[int]) -> list[str]:
    """What each of several papers is called, with its number."""
    parts = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [" ".join(line.text.strip() for line in part[: 1 + numbered(part)]) for part in parts]


def named(lines: Sequence[Line], starts: Sequence[int]) -> str:
    found = headings(lines, starts)
    return ", ".join(found[:3]) + (" …" if len(found) > 3 else "")


def read_text(name: str, content: bytes) -> list[Line]:
    return [Line(text.strip(), at) for at, text in enumerate(decoded(name, content).splitlines(), 1)]


def read_markdown(name: str, content: bytes) -> list[Line]:
    """`#`, `**` and the frame of a table are no words of the paper; all else is read as it stands."""
    lines: list[Line] = []
    table: list[list[str]] = []
    at = 0
    for line in read_text(name, content):
        if MARKDOWN_ROW.fullmatch(line.text):
            table.append([bare(cell) for cell in line.text.strip("|").split("|")])
            continue
        lines += of_table(table, at)
        table, at = [], line.at
        found = MARKDOWN_HEADING.match(line.text)
        text = bare(line.text[found.end() :] if found else line.text)
        lines.append(Line(text, line.at, len(found[1]) if found else None))
    return lines + of_table(table, at)


def of_table(table: Sequence[Sequence[str]], at: int) -> list[Line]:
    """`at`: the line before it. Its head is the row above the rule."""
    cells = [row for row in table if not MARKDOWN_RULE.fullmatch("|".join(row))]
    return [Line(row, at + place, row=True) for place, row in enumerate(rows(cells, headed=True), 1)]


def bare(text: str) -> str:
    return BOLD.sub(r"\1", text.replace("\\_", "_")).strip()


Reader = Callable[[str, bytes], list[Line]]
READERS: dict[str, Reader] = {".txt": read_text, ".md": read_markdown, ".docx": word.read}
