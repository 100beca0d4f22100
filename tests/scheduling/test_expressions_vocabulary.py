"""Every rule of the file, written in its usual Chinese forms, reads back as the same rule; and nothing raises."""

from datetime import date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from scheduling.expressions.numerals import value
from scheduling.expressions.readings import OneDay, Recurring, Unclear
from scheduling.expressions.scanning import folded
from scheduling.rules import WEEKDAYS
from tests.scheduling.sample import SHANGHAI
from tests.scheduling.typed import EVENT, A, C, typed

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ORDINALS = {"first": "第一个", "second": "第二个", "third": "第三个", "fourth": "第四个", "last": "最后一个"}


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens] if tens else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


@st.composite
def numerals(draw: st.DrawFn, number: int) -> str:
    """Of one number from 1 to 99: 2, ２, 二."""
    return draw(st.sampled_from([str(number), str(number).translate(FULL_WIDTH), han(number)]))


@st.composite
def weekday(draw: st.DrawFn, number: int) -> str:
    letters = ["日", "天"] if number == 6 else ["一二三四五六"[number]]
    return draw(st.sampled_from(["周", "星期", "礼拜"])) + draw(st.sampled_from(letters))


@st.composite
def afternoon(draw: st.DrawFn) -> tuple[str, time]:
    """下午两点半, 下午2点30分, 14:30, １４：３０."""
    hour, minute = draw(st.integers(1, 7)), draw(st.sampled_from([0, 5, 10, 15, 30, 45]))
    clock = f"{hour + 12}:{minute:02}"
    spoken = ("两" if hour == 2 else draw(numerals(hour))) + "点" + past(draw, minute)
    form = draw(st.sampled_from([clock, clock.translate(FULL_WIDTH).replace(":", "："), "下午" + spoken]))
    return form, time(hour + 12, minute)


def past(draw: st.DrawFn, minute: int) -> str:
    forms = {0: "|钟|整", 5: "零五分|05", 10: "10分|十分", 15: "一刻|十五|15分", 30: "半|30", 45: "三刻|四十五分"}
    return draw(st.sampled_from(forms[minute].split("|")))


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, Recurring]:
    number, named = draw(st.integers(0, 6)), draw(st.sampled_from(sorted(ORDINALS)))
    day, name = draw(weekday(number)), WEEKDAYS[number]
    week, of_month = draw(st.integers(1, 21)), draw(st.integers(1, 31))
    month, gap = draw(st.sampled_from(["每月", "每个月", "每月的"])), draw(st.sampled_from(["", " ", "的"]))
    two = sorted(draw(st.sets(st.integers(0, 6), min_size=2, max_size=2)))
    both = draw(st.sampled_from(["、", "和", "", "，"])).join([draw(weekday(one)) for one in two])
    last = draw(st.integers(week, 21))
    span = draw(numerals(week)) + draw(st.sampled_from(["-", "—", "到", "至", "～"])) + draw(numerals(last))
    spans = f"{week}-{last}"
    school_day = draw(st.sampled_from(["工作日", "上课日", "上班的日子"]))
    ends, day_word = draw(st.sampled_from(["first", "last"])), draw(st.sampled_from("号日"))
    on_both = ", ".join(WEEKDAYS[one] for one in two)
    return draw(
        st.sampled_from(
            [
                (draw(st.sampled_from(["每天", "每个工作日", "天天"])), Recurring("day", None)),
                (draw(st.sampled_from(["每", "每个", "每逢", "每周"])) + day, Recurring("week", name)),
                ("每" + both, Recurring("week", on_both)),
                (draw(st.sampled_from(["单周", "单周的", "单"])) + day, Recurring("week", name, "odd")),
                (draw(st.sampled_from(["双周", "双数周", "逢双周"])) + day, Recurring("week", name, "even")),
                (f"第{span}周每{day}", Recurring("week", name, spans)),
                (f"第{span}周的{day}", Recurring("week", name, spans)),
                (f"{month}{ORDINALS[named]}{day}", Recurring("month", f"{named} {name}")),
                (month + draw(numerals(of_month)) + day_word, Recurring("month", f"day {of_month}")),
                (f"{month}{ORDINALS[ends]}{school_day}", Recurring("month", f"{ends} school day")),
                (f"每学期第{draw(numerals(week))}周{gap}{day}", Recurring("term", f"week {week} {name}")),
            ]
        )
    )


@given(rules(), afternoon(), st.sampled_from(["", " ", "，"]))
def test_every_rule_reads_back_as_itself(rule: tuple[str, Recurring], clock: tuple[str, time], gap: str) -> None:
    found = typed(rule[0] + gap + clock[0], A)
    assert isinstance(found, Recurring)
    assert (found.every, found.on, found.weeks, found.at) == (rule[1].every, rule[1].on, rule[1].weeks, clock[1])
    assert (found.title, found.lasts, found.period) == ("", None, None)


@given(st.data(), afternoon())
def test_every_date_of_the_term_reads_back_as_itself(data: st.DataObject, clock: tuple[str, time]) -> None:
    day = data.draw(st.dates(date(2026, 11, 24), date(2027, 1, 22)))
    month, number = data.draw(numerals(day.month)), data.draw(numerals(day.day))
    forms = [f"{month}月{number}日", f"{month}月{number}号", *(f"{day.month}{dot}{day.day}" for dot in "./-"), f"{day}"]
    found = typed(f"{data.draw(st.sampled_from(forms))} {clock[0]}")
    entry = found.so_far if isinstance(found, Unclear) else found  # weekends and New Year are asked back
    assert entry == OneDay(day, clock[1])


@given(st.integers(1, 99), st.data())
def test_numerals_are_read(number: int, data: st.DataObject) -> None:
    text = data.draw(numerals(number))
    plain, _ = folded(text)
    assert value(plain) == number
    assert value(plain.replace("二十", "廿")) == number


PIECES = [*"每周月日号节点时半第二三0129：:.-—/、，个前后上下大明天的", "腊月", "国庆", "期中考试", "最后一次", "教研"]
PIECES += ["提前", "提醒", "分钟", "放假", "改到", "停一次", "补周五的课", "学期", "隔周", "周末"]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
MOMENTS = st.datetimes(datetime(2026, 8, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=SHANGHAI))


@given(TEXTS, MOMENTS, st.sampled_from([None, EVENT]))
def test_no_text_raises_at_any_moment(text: str, now: datetime, about: object) -> None:
    found = typed(text, now, EVENT if about else None)
    if isinstance(found, Unclear):
        assert len(found.choices) <= 3
    elif isinstance(found, OneDay | Recurring):
        assert (found.at is None) != (found.period is None)


def test_a_very_long_text_is_read_in_part() -> None:
    assert isinstance(typed("每" * 100_000), Unclear)
    assert isinstance(typed("9" * 100_000, C), Unclear)
