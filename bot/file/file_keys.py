"""The keys of a consortium file, table by table (contract, "The consortium file"); fields of `store/blueprint.py`."""

from typing import get_args

from bot.file.plain_values import (
    TELEGRAM_IDS,
    WEEKDAYS,
    clock,
    consortium_key,
    day,
    duration,
    group,
    length,
    month,
    number,
    one_of,
    prompt,
    quiet,
    rule_words,
    switch,
    text,
    timezone,
    weekly,
    weeks,
)
from bot.file.shapes import Listed, Plain, Rows, Shape, Table
from store.blueprint import Kind


def table(required: str, **keys: Shape) -> Table:
    return Table(keys, frozenset(required.split()))


def some(of: Plain, turns: bool = False) -> Listed:
    return Listed(of, filled=True, turns=turns)


role = one_of("teacher", "organiser", "approver", "principal")
period = number(1, 99)

KEEP = table("", reasons=number(0, 366), texts=number(0, 10), attendance=number(0, 10))
CONSORTIUM = table(
    "key name timezone public_holidays",
    key=consortium_key,
    name=text,
    timezone=timezone,
    public_holidays=one_of("cn", "none"),
    quiet=quiet,
    budget=number(1, 20),
    private_budget=number(1, 20),
    summary=weekly,
    keep=KEEP,
    inline=switch,
    obligations=duration,
    exchanges=duration,
)
SCHOOL = table("key name role", key=text, name=text, role=one_of("core", "member"), place=text)
PERIOD = table("school number starts ends", school=text, number=period, starts=clock, ends=clock)
PERSON = table(
    "key name school roles",
    key=text,
    name=text,
    school=text,
    home=text,
    subject=text,
    post=text,
    roles=some(role),
    telegram=number(1, TELEGRAM_IDS),
)
CLASS = table("key school name", key=text, school=text, name=text, head_teacher=text)
TERM = table("key name first_day last_day", key=text, name=text, first_day=day, last_day=day)
DAY = table("date kind", date=day, until=day, kind=one_of("off", "school"), follows=one_of(*WEEKDAYS), name=text)
EXAM = table("from until", **{"from": day}, until=day, name=text)
CHAT = table(
    "key title platform",
    key=text,
    title=text,
    platform=one_of("telegram"),
    address=group,
    thread=number(1, 2**31 - 1),
    outlook=weekly,
)
AUDIENCE = table("", roles=some(role), schools=some(text), subjects=some(text))
CHECK_IN = table("opens closes", opens=duration, late_after=duration, closes=duration)
DUE = table("due", due=duration)
REFLECT = table("due", due=duration, prompts=Listed(prompt, filled=True, most=5))
ACTIVITY = table(
    "key kind title every",
    key=text,
    kind=one_of(*get_args(Kind)),
    title=text,
    chat=text,
    every=one_of("day", "week", "month", "term", "once"),
    on=rule_words,
    at=clock,
    lasts=length,
    period=period,
    weeks=weeks,
    hosts=some(text, turns=True),
    themes=Listed(text, turns=True),
    place=text,
    card=one_of("counts", "names"),
    audience=AUDIENCE,
    classes=some(text),
    on_holiday=one_of("skip", "next", "previous"),
    announce=duration,
    remind=Listed(duration, turns=True),
    respond_by=duration,
    nudge=Listed(duration, turns=True),
    check_in=CHECK_IN,
    reflect=REFLECT,
    prepare=duration,
    minutes=DUE,
)
OCCURRENCE = table(
    "activity date",
    activity=text,
    date=day,
    **{"class": text},
    place=text,
    speaker=text,
    lesson=text,
    recorder=text,
    bring=text,
)
THEME = table("activity month theme", activity=text, month=month, theme=text)
MILESTONE = table("key title", key=text, title=text, stage=text, **{"from": day}, until=day, clause=text)
OBLIGATION = table(
    "key title rhythm",
    key=text,
    title=text,
    document=text,
    clause=text,
    words=text,
    rhythm=one_of("day", "week", "month", "term", "school_year", "once", "standing"),
    count=number(1, 999),
    activities=some(text),
    themes=some(text),
    posts=some(text),
    **{"from": some(text)},
    to=some(text),
)
EXCHANGE = table("person from to", person=text, **{"from": text}, to=text, since=day, until=day)
FILE = table(
    "consortium",
    consortium=CONSORTIUM,
    school=Rows(SCHOOL),
    period=Rows(PERIOD),
    person=Rows(PERSON),
    **{"class": Rows(CLASS)},
    term=Rows(TERM),
    day=Rows(DAY),
    exam=Rows(EXAM),
    chat=Rows(CHAT),
    activity=Rows(ACTIVITY),
    occurrence=Rows(OCCURRENCE),
    theme=Rows(THEME),
    milestone=Rows(MILESTONE),
    obligation=Rows(OBLIGATION),
    exchange=Rows(EXCHANGE),
)
