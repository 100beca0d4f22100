"""A consortium with everything due at once by the wall clock: three groups, forty people, some events to come."""

from datetime import date, timedelta

PEOPLE, FIRST, GROUPS, EVENTS = 40, 700_000_001, (-1_001, -1_002, -1_003), 25


def weekday(day: date) -> date:
    return day if day.weekday() < 5 else weekday(day + timedelta(days=1))


def written(today: date, events: int) -> str:
    """The consortium file with so many events, whose announcements and nudges were all due some days ago."""
    parts = [
        '[consortium]\nkey = "k"\nname = "样例教联体"\ntimezone = "UTC"\npublic_holidays = "none"\n'
        '[[school]]\nkey = "core"\nname = "样例学校"\nrole = "core"\n'
        f'[[term]]\nkey = "t"\nname = "学期"\nfirst_day = {today - timedelta(days=40)}\n'
        f"last_day = {today + timedelta(days=80)}\n"
    ]
    for number in range(PEOPLE):
        parts.append(
            f'[[person]]\nkey = "t{number}"\nname = "样教师{number}"\nschool = "core"\nroles = ["teacher"]\n'
            f"telegram = {FIRST + number}\n"
        )
    for number, address in enumerate(GROUPS):
        parts.append(f'[[chat]]\nkey = "g{number}"\ntitle = "群{number}"\nplatform = "telegram"\naddress = {address}\n')
    for number in range(events):
        day = weekday(today + timedelta(days=14 + number % 5))
        parts.append(
            f'[[activity]]\nkey = "e{number}"\nkind = "meeting"\ntitle = "活动{number}号"\n'
            f'chat = "g{number % len(GROUPS)}"\nevery = "once"\non = {day}\n'
            'at = "12:00"\nlasts = "60m"\nannounce = "30d"\nrespond_by = "1d"\nnudge = ["28d"]\n'
        )
    return "".join(parts)
