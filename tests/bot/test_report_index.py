"""The page at the top of an inspection file."""

from bot import report_index
from bot.report_tables import Table


def test_names_are_escaped_and_files_are_linked() -> None:
    table = Table("合计", ("姓名",), (("<script>alert(1)</script>",), (None,)), ("a & b",))
    page = report_index.written("样例 <b>", "zh", [table], ["台账.xlsx", "缺项/甲 #1.xlsx"]).decode()
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page
    assert "a &amp; b" in page
    assert '<a href="%E7%BC%BA%E9%A1%B9/%E7%94%B2%20%231.xlsx">甲 #1.xlsx</a>' in page
    assert ">台账.xlsx</a>" in page
