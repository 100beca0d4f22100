"""Word papers (.docx): paragraphs with the numbers that Word itself writes before them, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from store.complaint import Complaint
from store.policies.margins import Line
from store.policies.tables import rows
from store.policies.word_numbers import Numbers, W

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

HEADING = re.compile(r"(?:Heading|heading|标题) (\d)")
CONTENTS = re.compile(r"(?i)(?:toc|contents|目录)\b.*")  # a table of contents says every heading twice
LARGEST = 50_000_000  # bytes, unpacked: a small file can unpack to a giant
MOST_TAGS = 2_000_000  # a paper of 20 000 lines has half of it; a giant of empty ones takes minutes and a gigabyte
MOST_PARAGRAPHS = 60_000  # cells counted
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # what Word wraps an encrypted .docx in, and every .doc
A_PAPER = "a .docx file that Word can open"
MARKED_TEXT = f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"
STANDS_FOR = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
GONE = f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read(name: str, content: bytes) -> list[Line]:
    """The lines of a Word file; `at` counts paragraphs and rows. Raises Complaint for a file that is none."""
    import docx

    if content.startswith(COMPOUND):
        raise Complaint(name, "protected by a password, or an old .doc", f"{A_PAPER} without a password")
    try:
        check_parts(name, content)
        document = docx.Document(BytesIO(content))
        check_length(name, document)
        found = list(blocks(document))
    except Complaint:
        raise
    except Exception as error:  # python-docx lets zip, XML and key errors through, whatever is broken
        raise Complaint(name, "not a Word document", A_PAPER) from error
    lines: list[Line] = []
    for text, level, row in found:
        lines += [Line(one.strip(), len(lines) + 1, level, row) for one in text.split("\n")]
    return lines


def check_parts(name: str, content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        every = parts.infolist()
        if sum(part.file_size for part in every) > LARGEST:
            raise Complaint(name, "too large when unpacked", f"at most {LARGEST // 1_000_000} MB")
        if any(part.filename.lower().endswith("vbaproject.bin") for part in every):
            raise Complaint(name, "macros in it", "a .docx file without macros")
        marked = [parts.read(part) for part in every if part.filename.lower().endswith((".xml", ".rels"))]
    if any(b"macroEnabled" in part for part in marked if b"<Types" in part):
        raise Complaint(name, "macros in it", "a .docx file without macros")
    if any(b"<!DOCTYPE" in part for part in marked):  # Word writes none, and words may hide in it
        raise Complaint(name, "not a Word document", A_PAPER)
    if sum(part.count(b"<") for part in marked) > MOST_TAGS:
        raise Complaint(name, "too large when unpacked", f"at most {MOST_PARAGRAPHS} paragraphs")


def check_length(name: str, document: Document) -> None:
    count = sum(1 for _ in document.element.body.iter(f"{W}p"))
    if count > MOST_PARAGRAPHS:
        raise Complaint(name, f"{count} paragraphs", f"at most {MOST_PARAGRAPHS}")


def blocks(document: Document) -> Iterator[tuple[str, int | None, bool]]:
    """(text, level of a heading, whether it is a table's row), in the document's order."""
    from docx.oxml.table import CT_Tbl
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    numbers = Numbers(document)
    for element in elements(document.element.body):
        if isinstance(element, CT_Tbl):
            for row in of_table(Table(element, document)):
                yield row, None, True
            continue
        paragraph = Paragraph(element, document._body)
        if not CONTENTS.fullmatch(style_name(paragraph)):
            yield numbers.before(paragraph) + text_of(element).strip(), level(paragraph), False


def elements(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, those in content controls (w:sdt) as well."""
    for element in parent.iterchildren():
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from elements(element)


def text_of(element: Any) -> str:
    """As it is read on paper: what a reviewer has put in counts, what was struck out does not."""
    found = []
    for part in element.iter(*MARKED_TEXT):
        if not any(above.tag in GONE for above in part.iterancestors()):
            found.append(STANDS_FOR.get(part.tag) or part.text or "")
    return "".join(found)


def of_table(table: Table) -> list[str]:
    """A cell that spans several rows is said in each, one that spans several columns once."""
    cells, said = [], set[int]()
    for row in table.rows:
        said.clear()
        line = []
        for cell in row.cells:
            line.append("" if id(cell._tc) in said else " ".join(map(text_of, cell._tc.iter(f"{W}p"))))
            said.add(id(cell._tc))
        cells.append(line)
    marked = bool(cells) and bool(table.rows[0]._tr.xpath("./w:trPr/w:tblHeader"))
    return rows(cells, headed=True if marked or bold(table) else None)


def bold(table: Table) -> bool:
    """The first row alone is printed in bold."""
    printed = [[run.bold for cell in row.cells for part in cell.paragraphs for run in part.runs] for row in table.rows]
    return len(printed) > 1 and bool(printed[0]) and all(printed[0]) and not any(map(all, filter(None, printed[1:])))


def style_name(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "") if paragraph.style is not None else ""


def level(paragraph: Paragraph) -> int | None:
    found = HEADING.fullmatch(style_name(paragraph))
    return int(found[1]) if found else None
