"""The file of a whole term: every kind of activity, every optional key, exams, make-up days, what quiet hours hold."""

from tests.story.everybody import linked_and_bound


def term_file() -> str:
    text = linked_and_bound({"teaching": "sunday 19:00", "heads": "monday 08:00"})
    text = text.replace('key = "story"\n', 'key = "story"\nbudget = 2\nprivate_budget = 1\n')
    text = text.replace('announce = "7d"\n', 'announce = "7d"\nprepare = "8d"\n')
    text = text.replace('themes = ["课堂提问"]\n', 'themes = ["课堂提问"]\nminutes = { due = "3d" }\n')
    text = text.replace('hosts = ["core", "east"]\n', 'hosts = ["core", "east", "west"]\n')
    text = text.replace('on = "monday"\n', 'on = "monday"\nweeks = "1-17"\n')
    return text + MORE


# The bell of 31 December ends in quiet hours, the meeting of 20 January is asked about and reminded of in them; the
# contest opens its check-in there. 10 October runs a Monday; the Wednesday in November is amid exams.
MORE = """
[[class]]
key = "c3"
school = "west"
name = "九(1)班"
head_teacher = "t6"
[[class]]
key = "c4"
school = "core"
name = "七(2)班"
[[day]]
date = 2026-10-10
kind = "school"
follows = "monday"
name = "国庆调休"
[[day]]
date = 2026-12-07
until = 2026-12-09
kind = "off"
name = "冬季运动会"
[[exam]]
from = 2026-11-10
until = 2026-11-11
name = "期中考试"
[[exam]]
from = 2026-11-12
until = 2026-11-13
name = "期中补考"
[[exam]]
from = 2027-01-18
until = 2027-01-19
name = "期末考试"
[[activity]]
key = "contest"
kind = "contest"
title = "优质课竞赛"
chat = "teaching"
every = "term"
on = "week 13 thursday"
at = "08:00"
lasts = "7h"
audience = { roles = ["teacher"], schools = ["core", "west"] }
announce = "14d"
remind = ["3d", "1d", "40m"]
respond_by = "2d"
nudge = ["1d", "6h"]
check_in = { opens = "45m", late_after = "10m", closes = "1h" }
reflect = { due = "5d" }
prepare = "10d"
[[activity]]
key = "inspection"
kind = "inspection"
title = "教学常规检查"
chat = "teaching"
every = "once"
on = 2026-11-26
at = "14:00"
lasts = "2h"
hosts = ["east"]
audience = { roles = ["approver", "organiser"] }
announce = "7d"
remind = ["1d"]
reflect = { due = "2d" }
prepare = "9d"
[[activity]]
key = "festival"
kind = "festival"
title = "迎新艺术节"
chat = "heads"
every = "once"
on = 2026-12-31
at = "18:30"
lasts = "2h"
place = "中心校礼堂"
minutes = { due = "2d" }
announce = "10d"
remind = ["1d", "12h"]
respond_by = "3d"
nudge = ["2d"]
reflect = { due = "3d" }
[[activity]]
key = "summary"
kind = "meeting"
title = "学期总结会"
chat = "teaching"
every = "once"
on = 2027-01-20
at = "19:30"
lasts = "1h"
announce = "7d"
remind = ["1d", "1h"]
respond_by = "12h"
nudge = ["12h"]
reflect = { due = "2d" }
[[occurrence]]
activity = "research"
date = 2026-09-09
recorder = "t3"
[[occurrence]]
activity = "festival"
date = 2026-12-31
recorder = "t5"
"""
