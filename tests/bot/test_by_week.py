"""`plan` and `rehearse` for people: by week and day, class meetings in one line, messages that are alike told once."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot import by_week
from bot.by_week import Entry
from bot.voice import Voice
from store.blueprint import Day, Milestone
from tests.bot.command import command
from tests.conftest import HOME
from tests.scheduling.sample import RESEARCH, WHOLE, class_meeting, having, planned

FILE = having(RESEARCH, class_meeting(themes=["开学第一课"]))


def entries() -> list[Entry]:
    (part,) = by_week.plan(planned(FILE, *WHOLE), [FILE])
    return [entry for week in part.weeks for day in week.days for entry in day.entries]


def test_every_occurrence_is_told_and_class_meetings_are_counted() -> None:
    rows = planned(FILE, *WHOLE)
    assert sum(max(1, entry.classes) for entry in entries()) == len(rows)
    (first,) = (entry for entry in entries() if entry.row.date == date(2026, 9, 7))
    assert (first.classes, first.class_name, first.row.theme) == (2, None, "开学第一课")
    assert (f"{first.row.starts_at:%H:%M}", f"{first.ends_at:%H:%M}") == ("15:50", "16:45")


def test_a_single_class_is_named() -> None:
    file = having(class_meeting(classes=["c801"]))
    (part,) = by_week.plan(planned(file, *WHOLE), [file])
    assert part.weeks[0].days[0].entries[0].class_name == "样例东城初级中学八(1)班"


def test_each_day_stands_in_its_own_week() -> None:
    (part,) = by_week.plan(planned(FILE, *WHOLE), [FILE])
    numbers = [week.number for week in part.weeks]
    assert numbers == sorted(set(numbers))
    for week in part.weeks:
        assert week.last - week.first == timedelta(days=6)
        assert all(week.first <= day.day <= week.last for day in week.days)
        assert week.first == date(2026, 8, 31) + timedelta(weeks=week.number - 1)


@pytest.mark.parametrize(
    ("language", "moved"), [("zh", "原定10月14日（星期三）"), ("en", "moved from Wed 14 Oct")]
)
def test_a_moved_date_is_said(language: str, moved: str) -> None:
    file = having(RESEARCH, day=(Day(date=date(2026, 10, 14), kind="off"),))
    parts = by_week.plan(planned(file, date(2026, 10, 1), date(2026, 10, 31)), [file])
    assert moved in Voice(language).words("plan", {"parts": parts, "provisional": False})


def test_the_plan_reads_week_by_week(folder: Path) -> None:
    told = command(folder, "plan", "--from", "2026-10-12", "--to", "2026-10-14").stdout
    said, _, milestones = told.partition("\n规划节点\n")
    assert milestones.startswith("  宣传动员，五、实施步骤 / 1.宣传动员\n    学习文件（待定）、筹备小组")
    assert said == (
        "第7周　2026年10月12日—10月18日\n"
        "  10月12日（星期一）\n"
        "    14:55—15:40 语文集体备课，线上\n"
        "    15:50—16:45 主题班会，10个班，主题“爱我家乡”\n"
        "    17:45—17:55 夕会，10个班\n"
        "  10月13日（星期二）\n"
        "    17:45—17:55 夕会，10个班\n"
        "  10月14日（星期三）\n"
        "    14:30—16:00 共创式主题教研，主题“作业设计”，样例东城初级中学承办，综合楼二楼录播教室\n"
        "    17:45—17:55 夕会，10个班\n"
    )


def test_milestones_are_told_in_their_stages_with_what_is_known_of_them() -> None:
    milestones = (
        Milestone(key="a", title="招生计划", stage="着力推进", clause="五 / 2", done=True),
        Milestone(key="b", title="挂牌", stage="着力推进", clause="五 / 2", from_=date(2026, 12, 9), done=True),
        Milestone(key="c", title="章程", stage="深度融合", from_=date(2026, 12, 9), until=date(2027, 1, 8)),
        Milestone(key="d", title="总结", until=date(2027, 1, 8)),
        Milestone(key="e", title="机制"),
    )
    parts = by_week.plan([], [having(milestone=milestones)])
    assert Voice("zh").words("plan", {"parts": parts, "provisional": False}) == (
        "这段时间没有活动。\n\n规划节点\n"
        "  着力推进，五 / 2\n    招生计划（已完成）、挂牌（2026年12月9日（星期三），已完成）\n"
        "  深度融合\n    章程（2026年12月9日（星期三）—2027年1月8日（星期五））\n"
        "    总结（2027年1月8日（星期五）前）、机制（待定）"
    )
    assert "机制 (no date yet)" in Voice("en").words("plan", {"parts": parts, "provisional": False})


def test_several_consortiums_are_told_one_after_the_other(folder: Path) -> None:
    assert command(folder, "apply", str(HOME / "samples" / "lianheti.toml")).returncode == 0
    said = command(folder, "plan", "--from", "2026-10-12", "--to", "2026-10-30").stdout
    names = [line for line in said.splitlines() if line.startswith("【")]
    assert names == ["【样例初级中学教联体】", "【样例城乡教育联合体】"]
    alone = command(folder, "plan", "--from", "2026-10-12", "--to", "2026-10-30", "--consortium", "lianheti").stdout
    assert "【" not in alone
    assert alone.strip() in said


def test_nothing_to_tell_is_said_too(folder: Path) -> None:
    for name, words in (("plan", "这段时间没有活动。\n\n规划节点\n"), ("rehearse", "这段时间没有消息。\n")):
        assert command(folder, name, "--from", "2030-01-01", "--to", "2030-01-02").stdout.startswith(words)


def test_a_rehearsal_tells_what_many_get_once_with_their_number(folder: Path) -> None:
    days = ("--from", "2026-10-12", "--to", "2026-10-14")
    rows = json.loads(command(folder, "rehearse", *days, "--json").stdout)
    nudged = [row for row in rows if row["kind"] == "nudge" and row["activity"] == "monthly-research"]
    first = min(row["at"] for row in nudged)
    count = sum(row["at"] == first for row in nudged)
    assert count > 3
    said = command(folder, "rehearse", *days).stdout
    assert said.startswith("════ 第7周　2026年10月12日—10月18日\n")
    assert f"等{count}人（各一条，第一条是）" in said
    assert said.count("的“共创式主题教研”，还没有收到您的回复") == 1
    chats = [row for row in rows if "chat" in row["to"]]
    assert all(row["text"] in said for row in chats)


def test_a_rehearsal_outside_the_terms_has_no_week_number(folder: Path) -> None:
    said = command(folder, "rehearse", "--from", "2027-01-25", "--to", "2027-02-20").stdout
    heads = [line for line in said.splitlines() if line.startswith("════")]
    assert heads
    assert not any("第" in head for head in heads)
