"""Paper: a filled form as a Word file (.docx), A4.

python-docx makes the frame once (page, fonts, page numbers). What stands on a form is written as its XML, since objects
cost a hundred times as much a cell.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.forms.filled import Filled, Link, Text, clean
from bot.forms.layouts import Layout, Line, Listing, Note
from bot.words import Words

A_CM = 567  # twentieths of a point
PAGE, MARGIN = (21.0, 29.7), 2.0  # cm
SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
BODY = 21  # half points: 五号
COLUMNS = 12  # of lines: one, two or three fields share them evenly
NAMED = 2  # of which a field's name takes
DOCUMENT = "word/document.xml"
NOT_USED = ("/stylesWithEffects", "/thumbnail", "/customXml", "/numbering")  # by the kind of relation
ONE_DAY = (2020, 1, 1, 0, 0, 0)  # of every part: the same form is the same bytes
Parts = tuple[tuple[str, bytes], ...]


def written(layout: Layout, title: str, filled: Filled, words: Words) -> bytes:
    """`title`: what the form is called. The same facts are the same bytes."""
    parts, before, after = frame(layout.landscape, words.named("page", "form_words"))
    name = " ".join(filter(None, (filled.fields.get("consortium"), filled.fields.get("term"))))
    head = heading(name, 24) + heading(title, 36, bold=True)
    body = head + "".join(blocks(layout, filled, words))
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for path, content in (*parts, (DOCUMENT, f"{before}{body}{after}".encode())):
            file.writestr(ZipInfo(path, ONE_DAY), content, ZIP_DEFLATED)
    return out.getvalue()


def blocks(layout: Layout, filled: Filled, words: Words) -> Iterator[str]:
    """Lines that follow each other are one table, with a little room between tables: Word would join them."""
    width = text_width(layout)
    for kind, found in groupby(layout.blocks, type):
        if kind is Line:
            rows = "".join(line(one, filled, words, width) for one in found if isinstance(one, Line))
            yield table([width / COLUMNS] * COLUMNS, rows) + paragraph("", size=8)
            continue
        for one in found:
            if isinstance(one, Listing):
                yield listing(one, filled, words, width)
            elif isinstance(one, Note) and (said := filled.fields.get(one.field)):
                yield paragraph(said)


def heading(text: str, size: int, *, bold: bool = False) -> str:
    return paragraph(text, size=size, align="center", bold=bold, font=HEI if bold else SONG, room=120)


def text_width(layout: Layout) -> float:
    return PAGE[1 if layout.landscape else 0] - 2 * MARGIN


def line(one: Line, filled: Filled, words: Words, width: float) -> str:
    column = width / COLUMNS
    span = COLUMNS // len(one.fields) - NAMED
    cells = "".join(
        cell(words.named(name, "form_field"), NAMED * column, NAMED, named=True)
        + cell(filled.fields.get(name, ""), span * column, span)
        for name in one.fields
    )
    return row(cells, one.height)


def listing(one: Listing, filled: Filled, words: Words, width: float) -> str:
    """The columns' names are repeated on every page; without rows, nor any to be written in, there is no table."""
    kept = list(filled.tables.get(one.name, ()))
    if not kept and not one.blank:
        return ""
    scale = width / sum(wide for _, wide in one.columns)
    columns = [(name, wide * scale) for name, wide in one.columns]
    caption = cell(words.named(one.name, "form_table"), width, len(columns), named=True) if one.caption else ""
    heads = "".join(cell(words.named(name, "form_field"), wide, named=True) for name, wide in columns)
    rows = [*([row(caption, 0.8, head=True)] if caption else []), row(heads, 0.8, head=True)]
    for texts in (*kept, *({} for _ in range(max(0, one.blank - len(kept))))):
        cells = (cell(texts.get(name, ""), wide, align=alignment(wide)) for name, wide in columns)
        rows.append(row("".join(cells), one.height))
    start = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if one.new_page else ""
    return start + table([wide for _, wide in columns], "".join(rows)) + paragraph("", size=8)


def alignment(wide: float) -> str:
    """Short things stand in the middle, sentences begin at the left."""
    return "center" if wide < 4 else "left"


def table(columns: list[float], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{twips(wide)}"/>' for wide in columns)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, columns))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: str, height: float, *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    high = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeated}</w:trPr>{cells}</w:tr>"


def cell(text: Text, wide: float, span: int = 1, *, named: bool = False, align: str = "left") -> str:
    """`named`: it says what its neighbours are."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if named else ""
    words = paragraph(text, align="center" if named else align)
    size = f'<w:tcW w:w="{twips(wide)}" w:type="dxa"/>'
    return f'<w:tc><w:tcPr>{size}{spans}{shade}<w:vAlign w:val="center"/></w:tcPr>{words}</w:tc>'


def paragraph(
    text: Text, *, size: int = BODY, align: str = "left", bold: bool = False, font: str = SONG, room: int = 0
) -> str:
    """`room`: behind it, in twips. One for each line of the text. What is as usual needs no word in each cell."""
    said, target = (text.text, text.target) if isinstance(text, Link) else (text, "")
    looks = "".join(
        (
            f'<w:rFonts w:eastAsia="{font}"/>' if font != SONG else "",
            "<w:b/>" if bold else "",
            '<w:color w:val="0563C1"/><w:u w:val="single"/>' if target else "",
            f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size != BODY else "",
        )
    )
    style = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    aligned = f'<w:jc w:val="{align}"/>' if align != "left" else ""
    behind = f'<w:spacing w:after="{room}"/>' if room else ""
    begins = f"<w:p><w:pPr>{behind}{aligned}{style}</w:pPr>" if behind or aligned or style else "<w:p>"
    runs = (
        f'<w:r>{style}<w:t xml:space="preserve">{escape(one)}</w:t></w:r>' if one else ""
        for one in clean(said).split("\n")
    )
    if target:
        address = quoteattr(f'HYPERLINK "{clean(target)}"')
        runs = (f"<w:fldSimple w:instr={address}>{run}</w:fldSimple>" for run in runs)
    return "".join(f"{begins}{run}</w:p>" for run in runs)


def twips(cm: float) -> int:
    return round(cm * A_CM)


@cache
def frame(landscape: bool, page: str) -> tuple[Parts, str, str]:
    """The other parts of the file, and what stands before and behind the form in its document. `page`: what the foot of
    each says, `{page}` and `{pages}` in it."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = map(Cm, reversed(PAGE) if landscape else PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN)
    lighten(document)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(BODY / 2)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
    numbered(section.footer.paragraphs[0], page)
    document.core_properties.author, document.core_properties.comments = "", ""
    document.add_paragraph("@")
    out = BytesIO()
    document.save(out)
    with ZipFile(out) as file:
        parts = tuple((one, file.read(one)) for one in file.namelist() if one != DOCUMENT)
        before, after = file.read(DOCUMENT).decode().split("<w:p><w:r><w:t>@</w:t></w:r></w:p>")
    return parts, before, after


def lighten(document: Any) -> None:
    """Without the styles and parts of python-docx's own template that no form uses, which are most of its bytes; and
    with Chinese as the language, or a substitute font shows Japanese shapes."""
    from docx.oxml.ns import qn

    styles = document.styles.element
    for style in styles.xpath("./w:style[not(@w:default='1') and not(@w:styleId='Footer')]"):
        styles.remove(style)
    for other in styles.xpath("./w:style/w:link"):  # to one that is gone
        other.getparent().remove(other)
    styles.xpath("./w:docDefaults//w:lang")[0].set(qn("w:eastAsia"), "zh-CN")
    for relations in (document.part.rels, document.part.package.rels):
        for number, relation in list(relations.items()):
            if relation.reltype.endswith(NOT_USED):
                del relations[number]


def numbered(footer: Any, page: str) -> None:
    """第 1 页 共 2 页, counted by the program that prints."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    footer.alignment = 1
    for piece in page.replace("{page}", "\tPAGE\t").replace("{pages}", "\tNUMPAGES\t").split("\t"):
        if piece in ("PAGE", "NUMPAGES"):
            field = f'<w:fldSimple {nsdecls("w")} w:instr="{piece}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            footer._p.append(parse_xml(field))
        else:
            footer.add_run(piece)
