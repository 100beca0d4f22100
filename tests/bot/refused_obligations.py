"""Obligations and exchanges of a file that are wrong, beside `refusal_cases.py`: the change, and the line."""

from tests.bot.refusal_cases import Case

MONTHLY = '[[obligation]]\nkey = "o"\ntitle = "教研"\nrhythm = "month"\nactivities = ["research"]\n'
SENT = '[[obligation]]\nkey = "s"\ntitle = "派出"\nrhythm = "standing"\nfrom = ["north"]\nto = ["south"]\n'
EXCHANGE = '[[exchange]]\nperson = "p1"\nfrom = "south"\nto = "north"\nsince = 2026-09-01\nuntil = 2027-08-31\n'
AGAIN = EXCHANGE.replace("2026-09-01", "2027-08-31").replace("until = 2027-08-31\n", "")
OBLIGATIONS: list[Case] = [
    ("", MONTHLY.replace('"month"', '"monthly"'), 'obligation[1].rhythm: "monthly": expected one of day, week, month,'),
    (
        "",
        MONTHLY.replace('"research"', '"reseach"'),
        'obligation[1].activities[1]: "reseach": expected the key of a',
    ),
    (
        "",
        MONTHLY.replace('["research"]', "[]"),
        "obligation[1].activities: []: expected a list [ … ] that is not empty",
    ),
    ("", MONTHLY + MONTHLY, 'obligation[2].key: "o": expected no second one: obligation[1] is the first'),
    ("", MONTHLY + "count = 0\n", "obligation[1].count: 0: expected a whole number from 1 to 999"),
    ("", MONTHLY + "declined = true\n", "obligation[1].declined: unknown key"),
    ("", MONTHLY.replace('title = "教研"\n', ""), "obligation[1].title: missing"),
    (
        "",
        MONTHLY.replace('activities = ["research"]\n', ""),
        "obligation[1]: met by nothing: expected activities, or themes, or people: posts, from, to",
    ),
    ("", MONTHLY + 'posts = ["总校长"]\n', "obligation[1]: with activities and posts: expected activities, or themes"),
    (
        "",
        MONTHLY.replace('"month"', '"standing"'),
        'obligation[1].rhythm: "standing": expected another rhythm than "standing" for what is held',
    ),
    (
        "",
        MONTHLY.replace("research", "meeting"),
        'obligation[1].rhythm: "month": expected rhythm = "week" or "day" for class meetings',
    ),
    (
        "",
        MONTHLY.replace("activities", "themes").replace('"month"', '"term"'),
        'obligation[1].rhythm: "term": expected rhythm = "month" beside themes',
    ),
    ("", SENT.replace('"standing"', '"term"'), 'obligation[1].rhythm: "term": expected rhythm = "standing" for people'),
    ("", SENT.replace('"south"', '"north"'), 'obligation[1].to[1]: "north": expected another school than those of'),
    ("", SENT.replace('"south"', '"east"'), 'obligation[1].to[1]: "east": expected the key of a [[school]]'),
    ("", EXCHANGE.replace('"p1"', '"p9"'), 'exchange[1].person: "p9": expected the key of a [[person]]'),
    ("", EXCHANGE.replace('"north"', '"south"'), 'exchange[1].to: "south": expected another school than from'),
    (
        "",
        EXCHANGE.replace("2027-08-31", "2026-08-31"),
        "exchange[1].until: 2026-08-31: expected no day before since",
    ),
    ("", EXCHANGE + EXCHANGE, 'exchange[2].person: "p1", 2026-09-01: expected no second one: exchange[1] is the first'),
    (
        "",
        EXCHANGE + AGAIN,
        "exchange[2].since: 2027-08-31: expected exchanges of one person that share no day: exchange[1] has it too",
    ),
    ("", EXCHANGE.replace('to = "north"\n', ""), "exchange[1].to: missing"),
    ("budget = 2", 'obligations = "two weeks"', 'consortium.obligations: "two weeks": expected'),
]
