"""Expressions as teachers type them, beyond the domain's table; at Monday 2026-11-23 10:00, week 13, unless said."""

from datetime import date, time

import pytest

from scheduling import public_holidays
from scheduling.expressions import lunar
from scheduling.expressions.readings import (
    CancelledOnce,
    DayChange,
    Leads,
    Length,
    Moved,
    OneDay,
    Question,
    Reading,
    Recurring,
    Unclear,
)
from store.blueprint import Activity
from tests.scheduling.typed import EVENT, B, C, typed

NINTH = date(2026, 12, 9)
TOMORROW = date(2026, 11, 24)
NEXT_WEDNESDAY = date(2026, 12, 2)
RESEARCH = {"title": "共创式主题教研", "kind": "joint_research"}
Q = Question


def month(on: str, **fields: object) -> Recurring:
    return Recurring("month", on, **fields)  # type: ignore[arg-type]


def week(on: str, **fields: object) -> Recurring:
    return Recurring("week", on, **fields)  # type: ignore[arg-type]


NATURAL: list[tuple[str, Reading]] = [
    # a rule, perhaps with title and length in any order
    ("每月第二个周三下午两点半 共创式主题教研 90分钟",
     month("second wednesday", at=time(14, 30), lasts="90m", **RESEARCH)),
    ("共创式主题教研 每月第二个周三14:30-16:00", month("second wednesday", at=time(14, 30), lasts="90m", **RESEARCH)),
    ("每月第二个周三下午两点半共创式主题教研90分钟",
     month("second wednesday", at=time(14, 30), lasts="90m", **RESEARCH)),
    ("90分钟 共创式主题教研 每月第二个周三下午两点半",
     month("second wednesday", at=time(14, 30), lasts="90m", **RESEARCH)),
    ("每周一第七节 一周一班会", week("monday", period=7, title="一周一班会", kind="class_meeting")),
    ("每周二、四下午4点10分 社团活动 1小时", week("tuesday, thursday", at=time(16, 10), lasts="1h", title="社团活动")),
    ("每周一三五早上7:50 值周巡查", week("monday, wednesday, friday", at=time(7, 50), title="值周巡查")),
    ("周一至周五每天17:30夕会",
     week("monday, tuesday, wednesday, thursday, friday", at=time(17, 30), title="夕会", kind="class_meeting")),
    ("每逢双周周三第六节集体备课", week("wednesday", weeks="even", period=6, title="集体备课")),
    ("单周三第6节", week("wednesday", weeks="odd", period=6)),
    ("双周的星期四下午两点", week("thursday", weeks="even", at=time(14))),
    ("第1-18周每周一第七节", week("monday", weeks="1-18", period=7)),
    ("第3周起每周二第5节 青年教师读书会", week("tuesday", weeks="3-21", period=5, title="青年教师读书会")),
    ("前八周每周四第七节", week("thursday", weeks="1-8", period=7)),
    ("每周三五点", week("wednesday", at=time(17))),
    ("隔周周五单周第七节", week("friday", weeks="odd", period=7)),
    ("每月15日下午4点", month("day 15", at=time(16))),
    ("每月最后一天下午三点", month("day 31", at=time(15))),
    ("每月第一天上班下午三点", month("first school day", at=time(15))),
    ("每月头一个周一上午九点 例会", month("first monday", at=time(9), title="例会")),
    ("每个月的第三个礼拜四第七节", month("third thursday", period=7)),
    ("每学期第3周星期二下午第一节", Recurring("term", "week 3 tuesday", period=5)),
    ("每个工作日下午五点", Recurring("day", None, at=time(17))),
    # one day
    ("提醒大家明天下午两点开会", OneDay(TOMORROW, time(14), title="开会")),
    ("明天上午10点-11点半", OneDay(TOMORROW, time(10), lasts="90m")),
    ("明早八点半", OneDay(TOMORROW, time(8, 30))),
    ("明晚七点家长会", OneDay(TOMORROW, time(19), title="家长会")),
    ("明天下午14点", OneDay(TOMORROW, time(14))),
    ("明天07:30", OneDay(TOMORROW, time(7, 30))),
    ("明天最后一节课", OneDay(TOMORROW, period=8)),
    ("明天下午第七节", OneDay(TOMORROW, period=7)),
    ("今天下午4点", OneDay(date(2026, 11, 23), time(16))),
    ("下礼拜三 14:30", OneDay(NEXT_WEDNESDAY, time(14, 30))),
    ("下个星期三下午2点到4点", OneDay(NEXT_WEDNESDAY, time(14), lasts="2h")),
    ("下周三上午9到11点", OneDay(NEXT_WEDNESDAY, time(9), lasts="2h")),
    ("下周三下午2:30开教研会，时长一个半小时",
     OneDay(NEXT_WEDNESDAY, time(14, 30), lasts="90m", title="教研会", kind="joint_research")),
    ("下周三下午两点半 听评课 提前一天提醒", OneDay(NEXT_WEDNESDAY, time(14, 30), title="听评课", remind=("1d",))),
    ("下周三下午三点 国庆节文艺汇演", OneDay(NEXT_WEDNESDAY, time(15), title="国庆节文艺汇演")),
    ("下周三下午三点 12月份例会", OneDay(NEXT_WEDNESDAY, time(15), title="12月份例会")),
    ("下周三下午三点 1号楼会议", OneDay(NEXT_WEDNESDAY, time(15), title="1号楼会议")),
    ("为民小学开放日 下周三下午三点", OneDay(NEXT_WEDNESDAY, time(15), title="为民小学开放日")),
    ("元旦晚会 12月31日下午三点", OneDay(date(2026, 12, 31), time(15), title="元旦晚会")),
    ("十二月九号下午两点半", OneDay(NINTH, time(14, 30))),
    ("2026年12月9日 14:30", OneDay(NINTH, time(14, 30))),
    ("二〇二六年十二月九日下午两点半", OneDay(NINTH, time(14, 30))),
    ("2026-12-09 14:30", OneDay(NINTH, time(14, 30))),
    ("１２／９　１４：３０", OneDay(NINTH, time(14, 30))),
    ("12 月 9 日 下午 2 点半", OneDay(NINTH, time(14, 30))),
    ("禮拜三下午兩點半", OneDay(date(2026, 11, 25), time(14, 30))),
    ("12月9日星期三第6节", OneDay(NINTH, period=6)),
    ("教研会12月9日下午两点", OneDay(NINTH, time(14), title="教研会", kind="joint_research")),
    ("两周后上午九点", OneDay(date(2026, 12, 7), time(9))),
    ("本月最后一个周五下午三点", OneDay(date(2026, 11, 27), time(15))),
    ("12月的第二个星期三下午两点半", OneDay(NINTH, time(14, 30))),
    ("本学期第15周周三下午2点", OneDay(NINTH, time(14))),
    ("元旦前最后一个工作日下午两点", OneDay(date(2026, 12, 31), time(14))),
    # others
    ("半小时", Length("30m")),
    ("1.5小时", Length("90m")),
    ("2h", Length("2h")),
    ("三刻钟", Length("45m")),
    ("提前1天、2小时、30分钟提醒", Leads(("1d", "2h", "30m"))),
    ("12月12日按周五课表上课", DayChange(date(2026, 12, 12), "school", "friday")),
    ("12月3日到4日放假", DayChange(date(2026, 12, 3), "off", until=date(2026, 12, 4))),
    ("12月30日停课", DayChange(date(2026, 12, 30), "off")),
]  # fmt: skip

REPLIES: list[tuple[str, Reading]] = [
    ("改到周四", Moved(date(2026, 12, 10), time(14, 30), lasts="90m")),
    ("改到明天下午两点", Moved(TOMORROW, time(14), lasts="90m")),
    ("调到周二下午第一节", Moved(date(2026, 12, 8), period=5)),
    ("推迟半小时", Moved(NINTH, time(15), lasts="90m")),
    ("提前一天", Moved(date(2026, 12, 8), time(14, 30), lasts="90m")),
    ("时间改到下午三点到四点", Moved(NINTH, time(15), lasts="1h")),
    ("改为90分钟", Moved(NINTH, time(14, 30), lasts="90m")),
    ("这次取消吧", CancelledOnce()),
    ("提前一天提醒", Leads(("1d",))),
    ("改到下周三", Unclear(Q.WHICH_DAY, (NEXT_WEDNESDAY, date(2026, 12, 16)), so_far=Moved(None))),
    ("改到30号", Unclear(Q.WHICH_DAY, (date(2026, 11, 30), date(2026, 12, 30)), so_far=Moved(None))),
    ("改期", Unclear(Q.WHICH_DAY, so_far=Moved(None, time(14, 30), lasts="90m"))),
    ("改到周六", Unclear(Q.NO_SCHOOL_DAY, day=date(2026, 12, 12),
                        so_far=Moved(date(2026, 12, 12), time(14, 30), lasts="90m"))),
    ("提前三周", Unclear(Q.IS_PAST, day=date(2026, 11, 18),
                        so_far=Moved(date(2026, 11, 18), time(14, 30), lasts="90m"))),
    ("改到2月5日", Unclear(Q.OUTSIDE_TERMS, day=date(2027, 2, 5),
                         so_far=Moved(date(2027, 2, 5), time(14, 30), lasts="90m"))),
    ("改到七点", Unclear(Q.MORNING_OR_EVENING, (time(7), time(19)), so_far=Moved(NINTH))),
    ("改到下午", Unclear(Q.WHAT_TIME, so_far=Moved(NINTH))),
    ("停一次改到周四", Unclear(Q.SEVERAL)),
    ("改为线上", Unclear(Q.NOT_UNDERSTOOD, words="线上")),
    ("好的", Unclear(Q.NOT_UNDERSTOOD, words="好")),
]  # fmt: skip

DOUBTFUL: dict[Question, str] = {
    Q.WHICH_DAY: "开会|下周|每周|每周一次|每周两次教研 下午三点|每月|每月第二周三下午两点"
    "|每月第三周周三下午两点|第15周三下午两点"
    "|第15周|第六节|下午两点半|12月教研|元旦晚会",
    Q.WHAT_TIME: "明天|每周三|明天下午|明天上午三点|明天下午十点|明天25点|明天14:75"
    "|明天下午3点左右|明天下午三四点|今天晚上12点"
    "|明天下午两点到一点|每天",
    Q.MORNING_OR_EVENING: "明天七点|每周三7:30|明天七点到九点|明天02:30",
    Q.ODD_OR_EVEN: "隔周三下午两点|每两周周三下午两点|隔周下午两点半",
    Q.WHICH_WEEK: "每学期第十周下午两点|一学期两次优质课竞赛|每学期周三下午两点",
    Q.IS_PAST: "昨天下午两点|前天|上周五下午两点|今天上午九点|2025年12月9日下午两点|今天第二节",
    Q.IS_HOLIDAY: "国庆下午两点|元旦上午九点",
    Q.NO_SCHOOL_DAY: "12月6日下午两点|下周末|周日晚上八点|周末上午九点",
    Q.NO_SUCH_DAY: "13月1日下午两点|12月32日|12月0日|2027年2月29日下午两点|2月30日|每月32号下午三点|0号下午三点",
    Q.NO_SUCH_WEEK: "第0周周三下午两点|第99周周三|每学期第30周周三下午两点"
    "|第9到5周周三下午两点|第5、2周周三下午两点|第30周起每周三下午两点",
    Q.OUTSIDE_TERMS: "9月10日下午两点|2月10日下午两点|11月22日下午两点",
    Q.WEEKDAY_CONTRADICTS: "12月9日星期五下午两点|明天周五下午两点|12.9周一第六节",
    Q.STRETCH: "本月中旬|过几天"
    "|这几天下午三点|改天|尽快|12月9日前|12月9日后|三点前|周五前交总结|每月月底下午三点|每学期末|寒假前"
    "|国庆后|国庆后第二天上午九点|十二月",
    Q.ABOUT: "一个月后下午三点|半年后",
    Q.LUNAR: "正月十五下午三点|小年|农历八月十五",
    Q.EXAM_DATES: "期末考试后第一天|月考前一天下午三点",
    Q.NOT_IN_TIMETABLE: "每天晨读|周三课后服务|明天午休",
    Q.NO_SUCH_PERIOD: "明天第九节|明天第0节|明天第二十节|明天早上第五节|明天第八、九节",
    Q.WHICH_PERIODS: "明天两节课|明天3节",
    Q.NO_SUCH_RULE: "每月第五个周三下午两点|每月倒数第二个周五下午两点|每三周周三下午两点"
    "|每季度一次检查|每年9月10日下午三点"
    "|单双周周三下午两点|每月第二个工作日下午三点",
    Q.WHOSE_TIMETABLE: "12月12日补课",
    Q.DISTANCES_ONLY: "当天早上提醒|明天下午两点提醒",
    Q.SEVERAL: "12月9日 12月10日下午两点|周三或周四下午两点|12月9日到11日|下周三到周五下午两点"
    "|12月9日下午两点 三点|明天第六节 90分钟"
    "|明天下午两点到四点 90分钟|单周第3周周三下午两点|明天第二节第五节",
    Q.WHICH_EVENT: "改到周四|取消|顺延一周|本学期最后一次篮球赛",
    Q.NOT_UNDERSTOOD: "每天周三下午两点|12.9小时|周八下午两点|12月9日下午两点 或者下周教研",
}


@pytest.mark.parametrize(("text", "expected"), NATURAL, ids=[row[0] for row in NATURAL])
def test_what_teachers_type_is_read(text: str, expected: Reading) -> None:
    assert typed(text) == expected


@pytest.mark.parametrize(("text", "expected"), REPLIES, ids=[row[0] for row in REPLIES])
def test_what_is_replied_to_an_event_is_read(text: str, expected: Reading) -> None:
    assert typed(text, C, EVENT) == expected


@pytest.mark.parametrize(
    ("question", "text"), [(question, text) for question, texts in DOUBTFUL.items() for text in texts.split("|")]
)
def test_what_is_doubtful_is_asked_back_and_never_guessed(question: Question, text: str) -> None:
    found = typed(text)
    assert isinstance(found, Unclear)
    assert found.question == question
    assert len(found.choices) <= 3


def test_every_question_is_asked_somewhere() -> None:
    assert set(Question) - DOUBTFUL.keys() == {Q.NO_NEXT_TERM}  # row 47


def test_a_rule_makes_an_activity_of_the_file() -> None:
    found = typed("每月第二个周三下午两点半 共创式主题教研 90分钟")
    assert isinstance(found, Recurring)
    words = {name: getattr(found, name) for name in ("every", "on", "weeks", "at", "period", "lasts", "title", "kind")}
    activity = Activity(key="x", **words)
    assert (activity.every, activity.on) == ("month", "second wednesday")
    assert (activity.at, activity.lasts) == (time(14, 30), "90m")


def test_after_the_holidays_means_those_that_go_on_or_come_within_a_month() -> None:
    assert typed("节后第一天下午两点", B) == OneDay(date(2026, 10, 8), time(14))
    assert typed("节后第一天下午两点") == Unclear(Q.WHICH_DAY, so_far=OneDay(None, time(14)))


def test_the_new_moon_is_reckoned_as_the_new_years_of_the_almanac_have_it() -> None:
    years = [public_holidays.named(year)["春节"] for year in range(2000, 2100)]
    assert [lunar.new_moon(day) for day in years] == years
