"""Each sample is played through: an event from its announcement to reflections, and its charter asked."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from msgspec import Struct

from bot.commands.demo import SAMPLES
from bot.file import consortium_file
from bot.rehearsal import Line, rehearsed
from bot.room.sample import moved_in, put, sample
from bot.voice import Voices
from scheduling.clock import MovableClock
from scheduling.occurrences import of as planned
from store import agendas, attendance, consortiums, linked_accounts, persons, reflections, responses
from store.blueprint import Blueprint
from store.database import Session, Store
from store.responses import ParticipationStatus
from tests.conftest import HOME
from tests.databases import ON_SQLITE
from tests.story.stage import Stage, at, staged

MONTHLY = "每月开展一次共创式主题教研活动"


class Play(Struct, frozen=True):
    """One event of a sample; `asked` is decided by its charter in the words `told`, `open` by none."""

    key: str
    activity: str
    day: date
    group: int
    asked: str
    told: str
    open: str


PLAYS = (
    Play("chuzhong", "monthly-research", date(2026, 10, 14), -1001234567890, "每月教研几次？", MONTHLY, "迟到扣钱不"),
    Play(
        "lianheti",
        "pairing",
        date(2026, 10, 12),
        -1001234567900,
        "分几个阶段推进？",
        "分三个阶段实施",
        "每月教研几次？",
    ),
    Play(
        "xiaoxue", "all-staff", date(2026, 10, 12), -1001234567910, "六统一是哪六个？", "绩效分配", "每月教研几次？"
    ),
)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at("10-06 09:00"))


def in_the_room(store: Store, key: str, now: datetime) -> Blueprint:
    source = sample(key)
    put(store, source, now)
    return source.file


@ON_SQLITE  # the first month is told on both
@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.key)
async def test_a_sample_is_played_through(store: Store, clock: MovableClock, play: Play) -> None:
    files = {key: in_the_room(store, key, clock.now()) for key in SAMPLES}
    lines = rehearsed(store, Voices("zh"), play.key, play.day - timedelta(days=10), play.day)
    moments = {line.kind: line for line in reversed(lines) if line.activity == play.activity and line.date == play.day}
    async with staged(store, clock) as stage:
        for file in files.values():
            moved_in(stage.room, file)
        comes, absent, silent = teachers(files[play.key])
        await announced(stage, play, moments["announce"], comes, absent)
        await stage.player.to(moments["nudge"].at)
        assert "还没有收到您的回复" in stage.last(silent).text
        assert not stage.room.messages(comes)
        await stage.player.to(moments["check_in"].at)
        assert "签到" in (await stage.press(comes, stage.last(play.group), "签到"))["text"]
        await stage.player.to(moments["reflect"].at)
        assert "反思" in stage.last(comes).text
        await stage.say(comes, comes, "样例反思：先看学生，再看教案。")
        await stage.press(comes, stage.last(comes), "提交")
        await asked(stage, play, comes)
        facts_agree(store, play, comes, absent)


def teachers(file: Blueprint) -> list[int]:
    """Three who are expected, have opened the private chat, and have no other post."""
    plain = [one.telegram for one in file.person if one.roles == ("teacher",) and one.telegram and one.telegram % 9]
    return plain[:3]


async def announced(stage: Stage, play: Play, line: Line, comes: int, absent: int) -> None:
    await stage.player.to(line.at - timedelta(minutes=1))
    before = len(stage.room.messages(play.group))
    await stage.player.to(line.at)
    assert len(stage.room.messages(play.group)) == before + 1
    card = stage.last(play.group)
    assert card.text == line.text
    assert "参加" in (await stage.press(comes, card, "参加"))["text"]
    assert (await stage.press(absent, card, "请假"))["url"].startswith("https://t.me/")


async def asked(stage: Stage, play: Play, who: int) -> None:
    """In its own charter's words; what another's charter decides is not decided here."""
    assert play.told in await stage.say(who, play.group, f"/ask {play.asked}")
    undecided = await stage.say(who, play.group, f"/ask {play.open}")
    assert "没有" in undecided
    assert MONTHLY not in undecided


def facts_agree(store: Store, play: Play, comes: int, absent: int) -> None:
    said, present, wrote = store.call(kept, play)
    assert said == {comes: ParticipationStatus.ACCEPTED, absent: ParticipationStatus.DECLINED}
    assert present == wrote == {comes}


def kept(session: Session, play: Play) -> tuple[dict[int, ParticipationStatus], set[int], set[int]]:
    """By account: who answered what, who was there, who handed in a reflection."""
    consortium = consortiums.by_key(session, play.key)
    assert consortium is not None
    assert consortium.id is not None
    rows = agendas.of_consortium(session, consortium.id)
    row = next(row for row, activity in rows if (activity.key, row.date) == (play.activity, play.day))
    number = row.id
    assert number is not None
    linked = linked_accounts.on_platform(session, consortium.id, "telegram")
    people = persons.by_keys(session, consortium.id)
    accounts = {people[key].id or 0: int(account.address) for key, account in linked.items()}
    answers = {account: responses.of(session, number, person) for person, account in accounts.items()}
    said = {account: row.status for account, row in answers.items() if row and row.status}
    present = {accounts[person] for person in attendance.attended(session, number, row.ends_at)}
    return said, present, {accounts[person] for person in reflections.done_with(session, number)}


def test_each_sample_has_what_its_plan_demands_and_nothing_else() -> None:
    """Plan 2 names its frequencies (S2-27, 28, 41, 46, 50…53); plans 1 and 3 name none (domain 1.1, 1.3)."""
    kinds = {key: Counter((one.kind, one.every) for one in read(key).activity) for key in SAMPLES}
    demanded = {("joint_research", "month"): 1, ("contest", "term"): 1, ("inspection", "once"): 1}
    demanded |= {("class_meeting", "week"): 1, ("class_meeting", "day"): 1, ("festival", "once"): 8}
    assert demanded.items() <= kinds["chuzhong"].items()
    assert {every for key in ("lianheti", "xiaoxue") for _, every in kinds[key]} == {"once"}


@ON_SQLITE
def test_the_evening_meeting_of_each_day_causes_no_message(store: Store, clock: MovableClock) -> None:
    """S2-47: off by default for messages."""
    file = in_the_room(store, "chuzhong", clock.now())
    day = date(2026, 10, 13)
    assert {one.class_ for one in planned(file, day, day)} == {one.key for one in file.class_}
    lines = rehearsed(store, Voices("zh"), "chuzhong", date(2026, 10, 12), date(2026, 10, 16))
    assert "class-meeting" in {line.activity for line in lines}
    assert "evening-meeting" not in {line.activity for line in lines}


def test_each_month_of_class_meetings_has_its_theme() -> None:
    """S2-45, as far as it was written: July is open."""
    file = read("chuzhong")
    rows = [one for one in planned(file, date(2026, 9, 1), date(2027, 7, 2)) if one.activity == "class-meeting"]
    months = {f"{one.date:%Y-%m}": one.theme for one in rows}
    assert months == {one.month: one.theme for one in file.theme}


def test_the_stages_of_each_plan_are_milestones_without_a_day() -> None:
    """All dates are blank in the plans: S1-13…17, S2-55…59, S3-38…45. A clause is a heading of the sample's charter."""
    stages = {"chuzhong": "宣传动员 着力推进 深度融合 总结提升", "lianheti": "启动实施阶段 全面推进阶段 总结提升阶段"}
    stages["xiaoxue"] = "方案审核 宣传动员 着力推进 深度融合"
    for key, named in stages.items():
        milestones = read(key).milestone
        assert set(named.split()) <= {one.stage for one in milestones}
        assert not any(one.from_ or one.until for one in milestones)
        charter = (HOME / "samples" / f"{key}-charter.txt").read_text(encoding="utf-8").split("\n")
        headings = [heading for one in milestones for heading in (one.clause or "").split(" / ")]
        assert all(any(line.startswith(heading) for line in charter) for heading in headings)


def test_every_sample_is_marked_as_one() -> None:
    for key in SAMPLES:
        file = read(key)
        assert all(one.name.startswith("样") for one in file.person)
        assert file.consortium.name.startswith("样例")
        assert all(one.name.startswith("样例") for one in file.school)


def test_no_account_and_no_group_belongs_to_two_samples() -> None:
    files = [read(key) for key in SAMPLES]
    accounts = [one.telegram for file in files for one in file.person if one.telegram]
    groups = [one.address for file in files for one in file.chat]
    assert len(set(accounts)) == len(accounts)
    assert len(set(groups)) == len(groups)


def read(key: str) -> Blueprint:
    return consortium_file.read(HOME / "samples" / f"{key}.toml")
