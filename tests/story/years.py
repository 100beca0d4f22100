"""The files of two terms and of the beginning of the next school year, and who is in them."""

O1, A1, A2, A3 = 501, 502, 503, 511  # the office; approvers of core and of east
LI, WANG, ZHAO, SUN, LI_EAST, LI_CORE, NEW = 504, 505, 506, 507, 508, 509, 510
GROUP, HEADS = -1009000000011, -1009000000012
FIRST, SECOND, THIRD = "2026-1", "2026-2", "2027-1"

Person = tuple[str, str, str, int]  # name, school, roles, account
# 样王强 was sent by core; three are called 样李芳, two of them in one school
PEOPLE: dict[str, Person] = {
    "o1": ("样陈静", "core", '"organiser"', O1),
    "a1": ("样周海", "core", '"approver"', A1),
    "a2": ("样吴敏", "east", '"approver"', A2),
    "li": ("样李芳", "core", '"teacher"', LI),
    "wang": ("样王强", "east", '"teacher"', WANG),
    "zhao": ("样赵敏", "east", '"teacher"', ZHAO),
    "sun": ("样孙倩", "core", '"teacher"', SUN),
    "li-east": ("样李芳", "east", '"teacher"', LI_EAST),
    "li-core": ("样李芳", "core", '"teacher"', LI_CORE),
}
JOINED: dict[str, Person] = PEOPLE | {"new": ("样新来", "core", '"teacher"', NEW)}
REPLACED: dict[str, Person] = {key: one for key, one in JOINED.items() if key != "a2"}
REPLACED["a3"] = ("样郑洁", "east", '"approver"', A3)
# 样赵敏 has left, 样孙倩 and 样新来 work at east, 样王强 is back at core
LATER: dict[str, Person] = {key: one for key, one in REPLACED.items() if key != "zhao"}
LATER["sun"], LATER["wang"] = ("样孙倩", "east", '"teacher"', SUN), ("样王强", "core", '"teacher"', WANG)
LATER["new"] = ("样新来", "east", '"teacher"', NEW)
LEFT: dict[str, Person] = {key: one for key, one in LATER.items() if key != "li-east"}

Room = tuple[str, str, str]  # school, name, head teacher
ROOMS: dict[str, Room] = {"c1": ("core", "七(1)班", "li"), "c9": ("east", "九(1)班", "zhao")}
SECOND_ROOMS: dict[str, Room] = {"c1": ("core", "七(1)班", "li-core"), "c9": ("east", "九(1)班", "sun")}
THIRD_ROOMS: dict[str, Room] = {"c1": ("core", "八(1)班", "li-core"), "c2": ("core", "七(1)班", "li")}


def file(people: dict[str, Person], rooms: dict[str, Room], on: str, east: str, *, exchange: bool) -> str:
    """`on`: the day of the research events; `east`: what that school is called; `exchange`: 样王强's goes on."""
    home = 'home = "core"\n' if exchange else ""
    persons = "".join(
        f'[[person]]\nkey = "{key}"\nname = "{name}"\nschool = "{school}"\nroles = [{roles}]\ntelegram = {account}\n'
        + home * (key == "wang")
        for key, (name, school, roles, account) in people.items()
    )
    classes = "".join(
        f'[[class]]\nkey = "{key}"\nschool = "{school}"\nname = "{name}"\nhead_teacher = "{head}"\n'
        for key, (school, name, head) in rooms.items()
    )
    return HEAD.replace("EAST", east) + persons + classes + REST.replace("THE_DAY", on)


HEAD = """[consortium]
key = "years"
name = "样例教联体"
timezone = "Asia/Shanghai"
public_holidays = "cn"
quiet = ["20:00", "07:30"]
[[school]]
key = "core"
name = "样例中心校"
role = "core"
[[school]]
key = "east"
name = "EAST"
role = "member"
[[period]]
school = "core"
number = 7
starts = "15:50"
ends = "16:35"
[[period]]
school = "east"
number = 7
starts = "15:50"
ends = "16:35"
"""
REST = f"""[[term]]
key = "{FIRST}"
name = "第一学期"
first_day = 2026-09-01
last_day = 2027-01-22
[[term]]
key = "{SECOND}"
name = "第二学期"
first_day = 2027-02-22
last_day = 2027-07-02
[[term]]
key = "{THIRD}"
name = "下学年第一学期"
first_day = 2027-09-01
last_day = 2028-01-21
[[chat]]
key = "teaching"
title = "样例教研群"
platform = "telegram"
address = {GROUP}
[[chat]]
key = "heads"
title = "样例班主任群"
platform = "telegram"
address = {HEADS}
[[activity]]
key = "research"
kind = "joint_research"
title = "共创式主题教研"
chat = "teaching"
every = "month"
on = "THE_DAY"
at = "14:30"
lasts = "90m"
weeks = "1-7"
hosts = ["core", "east"]
audience = {{ roles = ["teacher"] }}
announce = "7d"
respond_by = "1d"
check_in = {{ opens = "15m", late_after = "10m", closes = "30m" }}
reflect = {{ due = "3d" }}
[[activity]]
key = "class-meeting"
kind = "class_meeting"
title = "主题班会"
chat = "heads"
every = "week"
on = "monday"
period = 7
weeks = "1-4"
announce = "1d"
reflect = {{ due = "2d" }}
"""
