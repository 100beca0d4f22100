"""Own layout (自己的版式): a school's Word file for a form, `{{ 日期 }}` where ours has that field.

Fields are called as on our form, in either language. A table row with columns of a list ({{ 姓名 }}) is repeated for
each of its rows. There is nothing else that such a file could say: whoever sends it gets names filled in, and runs
nothing.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot.file.refusals import Complaints
from bot.forms import placeholders
from bot.forms.filled import Filled, Link, Row
from bot.forms.layouts import EVERY, LAYOUTS, fields, listings, with_marks
from bot.forms.placeholders import W
from bot.settings import LANGUAGES
from bot.words import Words
from store.complaint import Complaint
from store.form_layouts import Form
from store.policies import word

if TYPE_CHECKING:
    from docx.document import Document

LARGEST = 2  # MB
MB = 1_000_000
LIVE = ("/word/embeddings/", "/word/activeX/", "/customUI/")  # parts that are programs, or files of other programs
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "MERGEFORMAT", "ARABIC"}  # of Word's own: those that count pages


class Names(Struct, frozen=True):
    """What may stand between the braces: a field, or a column by its table."""

    fields: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]

    def table_of(self, found: list[str]) -> str | None:
        """The table whose rows a row with these names stands for; None: it stands once."""
        own = [one for one in found if one not in self.fields]
        every = (name for name, columns in self.tables.items() if all(one in columns for one in own))
        return next(every, None) if own else None


@cache
def names(form: Form) -> Names:
    every = [Words(language).tables["form_field"] for language in LANGUAGES]
    layout = with_marks(LAYOUTS[form]) if form is Form.OBSERVATION else LAYOUTS[form]
    return Names(
        {labels[one]: one for labels in every for one in fields(layout)},
        {name: {labels[one]: one for labels in every for one in columns} for name, columns in listings(layout).items()},
    )


def check(name: str, content: bytes, form: Form) -> None:
    """Raises Complaint or Complaints, each with its place in the file."""
    document = opened(name, content)
    found, seen = list(dangers(name, document)), set[str]()
    tables: list[str] = []
    for place, unit in units(document):
        said = placeholders.names(unit)
        seen.update(said)
        found += [Complaint(f"{name}: {place}", what, wanted) for what, wanted in wrong(unit, said, names(form))]
        table = names(form).table_of(said) if unit.tag == f"{W}tr" else None
        if table in tables:
            found.append(Complaint(f"{name}: {place}", "a second row for the same list", "one, which is repeated"))
        tables += [table] if table else []
    found += missing(name, seen, form)
    if found:
        raise Complaints(found)


def opened(name: str, content: bytes) -> "Document":
    """Raises Complaint."""
    import docx

    if not name.lower().endswith(".docx"):
        raise Complaint(name, "another kind of file", word.A_PAPER)
    if len(content) > LARGEST * MB:
        raise Complaint(name, f"{len(content) / MB:.1f} MB", f"at most {LARGEST} MB")
    word.read(name, content)  # its bounds, and that it is a Word file at all
    return docx.Document(BytesIO(content))


def dangers(name: str, document: "Document") -> Iterator[Complaint]:
    """What would reach beyond the page when it is opened."""
    for part in document.part.package.iter_parts():
        if part.partname.startswith(LIVE):
            yield Complaint(f"{name}: {part.partname}", "an embedded object", "text, tables and pictures")
        for relation in part.rels.values():
            if relation.is_external:
                yield Complaint(name, f"a link to {relation.target_ref[:80]!r}", "a file that links to nothing outside")
    for place, unit in units(document):
        said = [one.text or "" for one in unit.iter(f"{W}instrText")]
        said += [one.get(f"{W}instr", "") for one in unit.iter(f"{W}fldSimple")]
        foreign = set(re.findall("[A-Z]{3,}", "".join(said).upper())) - FIELDS
        if foreign or next(unit.iter(f"{W}altChunk"), None) is not None:
            found = ", ".join(sorted(foreign)) or "another file"
            yield Complaint(
                f"{name}: {place}", f"a field of Word's own: {found}", "page numbers and placeholders alone"
            )


def units(document: "Document") -> Iterator[tuple[str, Any]]:
    """Paragraphs and the rows of tables, with their places, those of heads and feet of pages too."""
    from docx.opc.part import XmlPart

    yield from within(document.element.body, "")
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart) and part.element.tag in (f"{W}hdr", f"{W}ftr"):
            yield from within(part.element, f"{part.partname.rsplit('/', 1)[-1]}, ")


def within(parent: Any, of: str) -> Iterator[tuple[str, Any]]:
    paragraphs = tables = 0
    for child in list(parent):
        if child.tag == f"{W}tbl":
            tables += 1
            for number, row in enumerate(list(child.iterchildren(f"{W}tr")), 1):
                yield f"{of}table {tables}, row {number}", row
        elif child.tag != f"{W}sectPr":
            paragraphs += 1
            yield f"{of}paragraph {paragraphs}", child


def wrong(unit: Any, said: list[str], known: Names) -> Iterator[tuple[str, str]]:
    """What was found and what was expected."""
    if placeholders.unclosed(unit):
        yield "braces that are not closed", "{{ and }} around a name, without braces in it"
    if next(unit.iter(f"{W}tbl"), None) is not None and said:
        yield "placeholders in a table within a table", "them in tables that stand by themselves"
    columns = {one for table in known.tables.values() for one in table}
    table = known.table_of(said) if unit.tag == f"{W}tr" else None
    here = known.fields.keys() | (known.tables[table].keys() if table else set())
    for one in dict.fromkeys(said):
        if one in here:
            continue
        if one in columns:
            yield f"{{{{ {one} }}}}", "it in a table row, with columns of the same list"
        else:
            near = get_close_matches(one, known.fields.keys() | columns, n=1, cutoff=0.5)
            yield f"{{{{ {one} }}}}", f"the name of a field{f', perhaps {near[0]}' if near else ''}"


def missing(name: str, seen: set[str], form: Form) -> Iterator[Complaint]:
    known = names(form)
    every = [known.fields, *known.tables.values()]
    there = {labels[one] for labels in every for one in seen if one in labels}
    for one in (*EVERY, *LAYOUTS[form].required):
        if one not in there:
            label = next(label for labels in every for label, field in labels.items() if field == one)
            yield Complaint(name, f"no {{{{ {label} }}}}", "every field that the form cannot do without")


def written(content: bytes, form: Form, filled: Filled) -> bytes:
    """`content` has been checked."""
    import docx

    document, known = docx.Document(BytesIO(content)), names(form)
    once = {label: filled.fields.get(field, "") for label, field in known.fields.items()}
    for _, unit in list(units(document)):
        table = known.table_of(placeholders.names(unit)) if unit.tag == f"{W}tr" else None
        if table is None:
            placeholders.fill(unit, once)
        else:
            repeat(unit, [once | by_label(row, known.tables[table]) for row in filled.tables.get(table, ())])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def by_label(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    texts = {label: row.get(column, "") for label, column in columns.items()}
    return {label: text.text if isinstance(text, Link) else text for label, text in texts.items()}


def repeat(row: Any, every: list[dict[str, str]]) -> None:
    """One row each, in its place; without any the row stays, blank."""
    for values in every or [{}]:
        copy = deepcopy(row)
        placeholders.fill(copy, values)
        row.addprevious(copy)
    row.getparent().remove(row)
