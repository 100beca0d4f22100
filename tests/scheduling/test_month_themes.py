"""一月一主题: the theme of what is held in a month; it beats `themes`, and what was said of one occurrence beats it."""

from datetime import date, time

from store.blueprint import Activity, Day, Detail, Theme
from tests.scheduling.sample import RESEARCH, class_meeting, having, planned


def month(name: str, theme: str, activity: str = "research") -> Theme:
    return Theme(activity=activity, month=name, theme=theme)


def themes(*activities: Activity, **tables: object) -> dict[str, str | None]:
    return {f"{one.date:%m-%d}": one.theme for one in planned(having(*activities, **tables))}


def test_a_month_s_theme_beats_those_taken_in_turn_and_changes_nobody_s_turn() -> None:
    """The second of `themes` is October's, whatever September was given."""
    found = themes(RESEARCH, theme=(month("2026-09", "评价"), month("2026-11", "单元教学")))
    assert found == {"09-09": "评价", "10-14": "作业设计", "11-11": "单元教学", "12-09": None, "01-13": None}


def test_a_month_without_one_is_open_where_none_are_taken_in_turn() -> None:
    plain = RESEARCH.model_copy(update={"themes": None})
    assert themes(plain, theme=(month("2026-10", "评价"),)) == {
        "09-09": None, "10-14": "评价", "11-11": None, "12-09": None, "01-13": None,
    }  # fmt: skip


def test_all_class_meetings_of_a_month_have_its_theme() -> None:
    rows = planned(having(class_meeting(), theme=(month("2026-10", "爱我家乡", "class-meeting"),)))
    assert {one.theme for one in rows if one.date.month == 10} == {"爱我家乡"}
    assert {one.theme for one in rows if one.date.month != 10} == {None}
    assert {one.class_ for one in rows if one.theme} == {"c701", "c801"}


def test_another_activity_s_months_are_its_own() -> None:
    assert themes(RESEARCH, theme=(month("2026-10", "爱我家乡", "class-meeting"),))["10-14"] == "作业设计"


def test_the_month_is_that_of_the_date_held() -> None:
    """The last Friday of October is off, and its research is held on Monday 2 November; then it is moved by hand."""
    friday = RESEARCH.model_copy(update={"on": "last friday", "themes": None})
    off, months = Day(date=date(2026, 10, 30), kind="off"), (month("2026-10", "十月"), month("2026-11", "十一月"))
    assert themes(friday, day=(off,), theme=months)["11-02"] == "十一月"
    back = Detail(activity="research", date=date(2026, 10, 30), held_on=date(2026, 10, 29), at=time(9), lasts="1h")
    assert themes(friday, day=(off,), theme=months, occurrence=(back,))["10-29"] == "十月"


def test_what_was_said_of_one_occurrence_counts_more() -> None:
    said = Detail(activity="research", date=date(2026, 10, 14), theme="课堂观察")
    assert themes(RESEARCH, theme=(month("2026-10", "评价"),), occurrence=(said,))["10-14"] == "课堂观察"
