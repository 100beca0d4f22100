"""A small consortium file for tests; people, accounts and groups are invented samples."""

CHAT_ALONE = ("held_on", "at", "lasts", "host", "theme", "cancelled", "reason")  # of a detail: no file has them
TEXT = """
[consortium]
key = "sample"
name = "样例教联体"
timezone = "Asia/Shanghai"
public_holidays = "cn"
quiet = ["20:30", "07:00"]
budget = 2
summary = "friday 16:30"
[[school]]
key = "north"
name = "样例北校"
role = "core"
place = "报告厅"
[[school]]
key = "south"
name = "样例南校"
role = "member"
[[period]]
school = "north"
number = 2
starts = "09:00"
ends = "09:40"
[[period]]
school = "north"
number = 3
starts = "09:50"
ends = "10:30"
[[period]]
school = "south"
number = 2
starts = "09:10"
ends = "09:50"
[[person]]
key = "p1"
name = "样一"
school = "north"
home = "south"
subject = "语文"
post = "教导主任"
roles = ["teacher", "approver"]
telegram = 700000001
[[person]]
key = "p2"
name = "样二"
school = "south"
roles = ["organiser"]
telegram = 700000002
[[class]]
key = "c1"
school = "north"
name = "一班"
head_teacher = "p1"
[[class]]
key = "c2"
school = "south"
name = "二班"
[[term]]
key = "autumn"
name = "第一学期"
first_day = 2026-09-01
last_day = 2027-01-22
[[term]]
key = "spring"
name = "第二学期"
first_day = 2027-02-22
last_day = 2027-07-02
[[day]]
date = 2026-10-10
kind = "school"
follows = "friday"
name = "调休"
[[day]]
date = 2026-11-05
until = 2026-11-06
kind = "off"
[[exam]]
from = 2026-11-12
until = 2026-11-13
name = "期中考试"
[[exam]]
from = 2027-01-18
until = 2027-01-18
[[chat]]
key = "all"
title = "样例大群"
platform = "telegram"
address = -1001
thread = 42
outlook = "sunday 19:00"
[[chat]]
key = "heads"
title = "样例班主任群"
platform = "telegram"
[[activity]]
key = "research"
kind = "joint_research"
title = "主题教研"
chat = "all"
every = "month"
on = "second wednesday"
at = "14:30"
lasts = "90m"
weeks = "1-18"
hosts = ["north", "south", "north"]
themes = ["提问", "作业"]
place = "线上"
card = "counts"
audience = { roles = ["teacher"], schools = ["north"], subjects = ["语文"] }
on_holiday = "next"
announce = "7d"
remind = ["1d", "30m"]
respond_by = "2h"
nudge = ["1d"]
check_in = { opens = "15m", late_after = "10m", closes = "30m" }
reflect = { due = "3d" }
prepare = "8d"
minutes = { due = "4d" }
[[activity]]
key = "meeting"
kind = "class_meeting"
title = "班会"
every = "week"
on = "friday"
period = 2
classes = ["c1"]
[[activity]]
key = "daily"
kind = "meeting"
title = "碰头"
chat = "all"
every = "day"
period = 3
[[activity]]
key = "opening"
kind = "festival"
title = "开幕"
chat = "all"
every = "once"
on = 2026-12-09
at = "08:00"
lasts = "2h"
[[occurrence]]
activity = "research"
date = 2026-10-14
place = "东厅"
speaker = "p1"
lesson = "《背影》"
recorder = "p2"
bring = "课本"
[[occurrence]]
activity = "meeting"
date = 2026-10-10
class = "c1"
"""
