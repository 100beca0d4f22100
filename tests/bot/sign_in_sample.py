"""A sign-in sheet as somebody fills it in."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

NAME = "签到表.xlsx"
HEAD = ("序号", "姓名", "学校（现任教）", "学科", "状态", "签到时间", "方式")


def filled(*rows: Sequence[Any], head: Sequence[str] = HEAD, above: Sequence[Sequence[Any]] = ()) -> bytes:
    """Texts are texts, as a program keeps what is typed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*above, head, *rows):
        sheet.append(list(row))
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def signed(name: str, school: str = "", status: str = "", at: Any = None) -> tuple[Any, ...]:
    return (1, name, school, "", status, at, "")
