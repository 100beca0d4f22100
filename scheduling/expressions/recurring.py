"""Again and again: 每月第二个周三, 单周周三, 第2、5、9到12周的周四, 每学期第十周周四 as `every`, `on` and `weeks`."""

import re

from msgspec.structs import replace

from scheduling import dates, rules
from scheduling.dates import Held
from scheduling.expressions.days import known_exam, named, ordinal, said, token, words_of
from scheduling.expressions.frame import Frame
from scheduling.expressions.numerals import N, value
from scheduling.expressions.readings import Every, Question, Recurring, Unclear
from scheduling.expressions.scanning import Scan, Token
from scheduling.expressions.weekdays import weekdays
from scheduling.rules import ORDINALS, WEEKDAYS
from store.blueprint import Activity

ORDINAL_WORDS = {number: word for word, number in ORDINALS.items()}


def is_meant(scan: Scan) -> bool:
    """每, 单周, several weeks or weekdays, a number of times."""
    if {token.name for token in scan.tokens} & {"every", "every_other", "no_rule", "parity", "weeks", "times"}:
        return True
    several = any(len(weekdays(token.words)) != 1 for token in scan.all("weekday"))
    return several and scan.get("this_week") is None  # 下周三到周五 are several days


def read(scan: Scan, frame: Frame) -> Recurring | Unclear:
    """The rule alone, without time and title."""
    names = said(scan) - {"every"}
    every = unit(scan)
    if rule := scan.get("no_rule"):
        return Unclear(Question.NO_SUCH_RULE, words=rule.words)
    so_far = Recurring(every, None)
    if words := names & {"two_ways", "stretch", "lunar", "weekend", "exam", "side"}:
        exam = scan.get("exam")
        if exam and not known_exam(exam.words, frame):
            return Unclear(Question.EXAM_DATES, words=exam.words, so_far=so_far)
        question = Question.WHICH_DAY if "two_ways" in words else Question.STRETCH
        return Unclear(question, words=words_of(scan), so_far=so_far)
    names, reply = without_term(names, scan, frame)
    if reply or any(len(scan.all(name)) > 1 for name in names):
        return reply or Unclear(Question.SEVERAL, words=words_of(scan), so_far=so_far)
    times = scan.get("times")
    if times and value(times.groups["n"]) != 1 and names & {"weekday", "ordinal", "month_day"}:
        return Unclear(Question.NO_SUCH_RULE, words=words_of(scan), so_far=so_far)
    match every:
        case "week":
            return weekly(names - {"times"}, scan, frame)
        case "day":
            return daily(names - {"times"}, scan)
        case "month":
            return monthly(names - {"times"}, scan, frame)
    return once_a_term(names - {"times"}, scan, frame)


def unit(scan: Scan) -> Every:
    every = scan.get("every")
    groups = every.groups if every else {}
    if groups.keys() & {"day", "daily"}:
        several = any(len(weekdays(token.words)) > 1 for token in scan.all("weekday"))
        return "week" if several else "day"  # 周一到周五每天
    if groups.keys() & {"month", "monthly"}:
        return "month"
    return "term" if groups.keys() & {"term", "termly"} else "week"


def without_term(names: frozenset[str], scan: Scan, frame: Frame) -> tuple[frozenset[str], Unclear | None]:
    """本学期 may be left unsaid where the file has no later term; a rule goes for every term."""
    which = scan.get("term")
    if which is None:
        return names, None
    if which.groups or len(frame.terms_ahead()) > 1:
        return names, Unclear(Question.NO_SUCH_RULE, words=which.words)
    return names - {"term"}, None


def weekly(names: frozenset[str], scan: Scan, frame: Frame) -> Recurring | Unclear:
    on = english(scan)
    if not names <= {"weekday", "parity", "weeks", "week_number", "every_other"} or (on is None and "weekday" in names):
        return Unclear(Question.NOT_UNDERSTOOD, words=words_of(scan), so_far=Recurring("week", None))
    weeks, doubt = chosen_weeks(names, scan, frame)
    so_far = Recurring("week", on, weeks)
    if doubt:
        return replace(doubt, so_far=so_far)
    return so_far if on else Unclear(Question.WHICH_DAY, so_far=so_far)


def english(scan: Scan) -> str | None:
    found = scan.get("weekday")
    return ", ".join(WEEKDAYS[day] for day in weekdays(found.words)) if found and weekdays(found.words) else None


def chosen_weeks(names: frozenset[str], scan: Scan, frame: Frame) -> tuple[str | None, Unclear | None]:
    parity = scan.get("parity")
    if len(names & {"parity", "weeks", "week_number"}) > 1:
        return None, Unclear(Question.SEVERAL, words=words_of(scan))
    if parity:
        return "odd" if "odd" in parity.groups else "even", None
    if "every_other" in names:
        return None, Unclear(Question.ODD_OR_EVEN, ("odd", "even"))
    which = scan.get("weeks") or scan.get("week_number")
    return numbered(which, frame) if which else (None, None)


def numbered(which: Token, frame: Frame) -> tuple[str | None, Unclear | None]:
    """第2、5、9到12周 as 2,5,9-12; 前八周 and 从第三周起 by the current term's last week."""
    last = max((frame.calendar.week(term, term.last_day) for term in frame.terms_ahead()), default=99)
    text = re.sub(r"\s|周|第|从|开始|起", "", which.words)
    numbers = [value(found) for found in re.findall(N, text)]
    if "until" in which.groups:
        ranges = f"1-{numbers[0]}"
    elif "since" in which.groups:
        ranges = f"{numbers[0]}-{last}"
    else:
        text = re.sub(N, lambda found: str(value(found[0])), text)
        ranges = re.sub("[、,和及与]|以及", ",", re.sub("到|至|-+", "-", text))
    if any(number is None or not 1 <= number <= last for number in numbers):
        return None, Unclear(Question.NO_SUCH_WEEK, number=last)
    try:
        rules.weeks(ranges)
    except ValueError:
        return None, Unclear(Question.NO_SUCH_WEEK, words=which.words)
    return ranges, None


def daily(names: frozenset[str], scan: Scan) -> Recurring | Unclear:
    found = Recurring("day", None)
    return Unclear(Question.NOT_UNDERSTOOD, words=words_of(scan), so_far=found) if names else found


def monthly(names: frozenset[str], scan: Scan, frame: Frame) -> Recurring | Unclear:
    so_far = Recurring("month", None)
    if not names or names == named("weekday"):
        return Unclear(Question.WHICH_DAY, so_far=so_far)
    if names == named("month_day"):
        number = value(token(scan, "month_day").groups["n"]) or 0
        on = f"day {number}" if 1 <= number <= 31 else None
    elif names == named("edge"):
        on = edge_of_month(token(scan, "edge"))
    elif names in (named("ordinal", "weekday"), named("ordinal", "school_day")):
        on = ordinal_of_month(scan)
    else:
        return Unclear(Question.WHICH_DAY, words=words_of(scan), so_far=so_far)
    if on is None:
        unknown_day = names == named("month_day")
        question = Question.NO_SUCH_DAY if unknown_day else Question.NO_SUCH_RULE
        return Unclear(question, words=words_of(scan), so_far=so_far)
    found = Recurring("month", on)
    return replace(found, warnings=into_another_month(found, frame))


def edge_of_month(edge: Token) -> str | None:
    """每月最后一天 is day 31, which in a shorter month is its last; 每月第一天上班 is a school day."""
    works = "上" in edge.words
    if "last" in edge.groups:
        return "last school day" if works else "day 31"
    if "first" in edge.groups:
        return "first school day" if works else "day 1"
    return None


def ordinal_of_month(scan: Scan) -> str | None:
    number = ordinal(token(scan, "ordinal"))
    if number is None:
        return None
    if scan.get("school_day"):
        return f"{ORDINAL_WORDS[number]} school day" if number in (1, -1) else None
    on = english(scan)
    return f"{ORDINAL_WORDS[number]} {on}" if on and "," not in on else None


def into_another_month(found: Recurring, frame: Frame) -> tuple[Held, ...]:
    """What a holiday moves out of its month: October's meeting that is held in November (domain 6, row 5)."""
    activity = Activity(key="", kind="meeting", title="", every=found.every, on=found.on)
    held = (one for term in frame.terms_ahead() for one in dates.held(activity, term, frame.calendar))
    return tuple(one for one in held if one.date >= frame.today and one.date.month != one.own.month)


def once_a_term(names: frozenset[str], scan: Scan, frame: Frame) -> Recurring | Unclear:
    so_far = Recurring("term", None)
    if names != named("week_number", "weekday"):
        question = Question.WHICH_WEEK if names <= {"week_number", "weekday"} else Question.NOT_UNDERSTOOD
        return Unclear(question, words=words_of(scan), so_far=so_far)
    on, number = english(scan), value(token(scan, "week_number").groups["n"])
    last = max((frame.calendar.week(term, term.last_day) for term in frame.terms_ahead()), default=99)
    if not number or number > last:
        return Unclear(Question.NO_SUCH_WEEK, number=last, so_far=so_far)
    if on is None or "," in on:
        return Unclear(Question.SEVERAL, words=words_of(scan), so_far=so_far)
    return Recurring("term", f"week {number} {on}")
