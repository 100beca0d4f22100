"""The story's consortium file: three schools, nine people of whom one has an account in the file, two groups."""

PEOPLE = {  # key: (name, school, roles, account)
    "o1": ("样陈静", "core", ["organiser", "teacher"], 501),
    "a1": ("样周海", "core", ["approver"], 502),
    "a2": ("样吴敏", "east", ["approver"], 503),
    "t1": ("样李芳", "core", ["teacher"], 504),
    "t2": ("样王强", "east", ["teacher"], 505),
    "t3": ("样赵敏", "west", ["teacher"], 506),
    "t4": ("样孙倩", "west", ["teacher"], 507),
    "t5": ("样何平", "east", ["teacher"], 508),  # never opens the private chat: linked by the file
    "t6": ("样马丽", "west", ["teacher"], 509),  # never links
}
TEACHING, HEADS = -1009000000001, -1009000000002
STRANGER = 599
RULE = "三校每月开展一次共创式主题教研，由承办学校负责召集。"
CHARTER = f"""样例教联体工作章程
为统筹三校教研与德育工作，制定本章程。
一、教研活动
(一)主题教研
{RULE}
(二)优质课竞赛
每学期联合开展一次优质课竞赛。
二、德育活动
三校每周开展一次主题班会，每月确定一个德育主题。
"""


def written() -> str:
    schools = "".join(
        f'[[school]]\nkey = "{key}"\nname = "样例{name}"\nrole = "{role}"\nplace = "{place}"\n'
        f'[[period]]\nschool = "{key}"\nnumber = 7\nstarts = "{starts}"\nends = "{ends}"\n'
        for key, name, role, place, starts, ends in (
            ("core", "中心校", "core", "录播室", "15:50", "16:35"),
            ("east", "东城校", "member", "二楼教室", "16:00", "16:45"),
            ("west", "西城校", "member", "会议室", "15:50", "16:35"),
        )
    )
    people = "".join(
        f'[[person]]\nkey = "{key}"\nname = "{name}"\nschool = "{school}"\nroles = {roles}\n'.replace("'", '"')
        + (f"telegram = {account}\n" if key == "t5" else "")
        for key, (name, school, roles, account) in PEOPLE.items()
    )
    return START + schools + people + REST


START = """[consortium]
key = "story"
name = "样例教联体"
timezone = "Asia/Shanghai"
public_holidays = "cn"
quiet = ["20:00", "07:30"]
"""
REST = """[[class]]
key = "c1"
school = "core"
name = "七(1)班"
head_teacher = "t1"
[[class]]
key = "c2"
school = "east"
name = "八(1)班"
head_teacher = "t2"
[[term]]
key = "2026-1"
name = "第一学期"
first_day = 2026-09-01
last_day = 2027-01-22
[[chat]]
key = "teaching"
title = "样例教研群"
platform = "telegram"
[[chat]]
key = "heads"
title = "样例班主任群"
platform = "telegram"
[[activity]]
key = "research"
kind = "joint_research"
title = "共创式主题教研"
chat = "teaching"
every = "month"
on = "second wednesday"
at = "14:30"
lasts = "90m"
hosts = ["core", "east"]
themes = ["课堂提问"]
audience = { roles = ["teacher"] }
announce = "7d"
remind = ["1d", "30m"]
respond_by = "1d"
nudge = ["1d"]
check_in = { opens = "15m", late_after = "10m", closes = "30m" }
reflect = { due = "3d" }
[[activity]]
key = "class-meeting"
kind = "class_meeting"
title = "主题班会"
chat = "heads"
every = "week"
on = "monday"
period = 7
announce = "1d"
remind = ["30m"]
reflect = { due = "2d" }
"""
