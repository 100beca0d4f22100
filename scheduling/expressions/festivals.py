"""Days with names (国庆, 中秋, 教师节), and the moon's calendar as far as the package `holidays` has it."""

from datetime import date, timedelta

from scheduling import public_holidays

FIXED = {  # beginning of the name → month, day
    "元旦": (1, 1), "妇女": (3, 8), "三八": (3, 8), "植树": (3, 12), "劳动": (5, 1), "五一": (5, 1), "青年": (5, 4),
    "五四": (5, 4), "儿童": (6, 1), "六一": (6, 1), "建党": (7, 1), "七一": (7, 1), "教师": (9, 10), "国庆": (10, 1),
    "建队": (10, 13),
}  # fmt: skip
BY_THE_MOON = {"中秋": "中秋节", "端午": "端午节", "清明": "清明节"}
BY_THE_MOON |= dict.fromkeys(("春节", "大年", "除夕", "元宵"), "春节")
AFTER_NEW_YEAR = {"除夕": -1, "元宵": 14}


def coming(name: str, today: date) -> date | None:
    """The next one, today included; None where its date is not known."""
    for year in (today.year, today.year + 1):
        day = of_year(name[:2], year)
        if day and day >= today:
            return day
    return None


def of_year(name: str, year: int) -> date | None:
    if name in FIXED:
        return date(year, *FIXED[name])
    found = public_holidays.named(year).get(BY_THE_MOON[name])
    return found + timedelta(days=AFTER_NEW_YEAR.get(name, 0)) if found else None
