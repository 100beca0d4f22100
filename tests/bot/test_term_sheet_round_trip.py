"""Any edits of a term plan: out, edited, in, and out again."""

from datetime import date, time, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.sheets.term_sheet import single
from tests.bot.sheet_sample import HALL, NOW, PLAN, read, sent, taken

texts = st.text("甲乙丙=+-@'\"&<>《》 1", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
values = {
    "starts": st.times(time(7), time(8, 59)).map(lambda at: at.replace(second=0, microsecond=0)),
    "ends": st.times(time(17), time(19)).map(lambda at: at.replace(second=0, microsecond=0)),
    "host": st.sampled_from(["样例中心校", "样例东校"]),
    "speaker": st.sampled_from(["样李芳", "样王强"]),
    "recorder": st.sampled_from(["样赵敏", "样吴敏"]),
    "theme": texts, "place": texts, "lesson": texts, "bring": texts,
}  # fmt: skip
edits = st.fixed_dictionaries({}, optional=values)


@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_out_edited_in_and_out_again_is_the_edited_sheet(data: st.DataObject) -> None:
    """And the plan has these edits and no others."""
    edited = sent()
    before = {row: edited.table()[row - 2] for row in edited.rows()}
    rows = [row for row in before if before[row][0] > NOW.date() + timedelta(days=1)]
    changed = data.draw(st.dictionaries(st.sampled_from(rows), edits, max_size=5))
    for row, cells in changed.items():
        if data.draw(st.booleans()):  # a free day two or three days on
            day = before[row][0] + timedelta(days=data.draw(st.sampled_from([2, 3])))
            week = (day - date(2026, 8, 31)).days // 7 + 1
            cells |= {"date": day, "weekday": "星期" + "一二三四五六日"[day.weekday()], "week": week}
        for column, value in cells.items():
            edited[row, column] = value
    plan = taken(edited)
    for row, cells in changed.items():
        if "host" in cells and "place" not in cells and edited[row, "title"] != HALL["title"]:
            edited[row, "place"] = "三楼录播室" if cells["host"] == "样例中心校" else None  # it goes with the host
    wanted = edited.table()
    again = sent(plan).table()
    assert [row[:-1] for row in again] == sorted((row[:-1] for row in wanted), key=lambda row: (row[0], row[3]))
    edited_days = {before[row][0] for row in changed}
    stood, holds = (single(one, date(2026, 9, 1), date(2027, 1, 22)) for one in (PLAN, plan))
    assert {(one.activity, one.rule_date) for one in holds} == {(one.activity, one.rule_date) for one in stood}
    assert all(one in holds for one in stood if one.date not in edited_days)
    assert not read(sent(plan), plan).entries.every()
