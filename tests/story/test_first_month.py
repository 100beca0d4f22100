"""A term's first month, from the file to reflections and records; then the chats and the tables are compared."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.file import consortium_file
from bot.rehearsal import Line, rehearsed
from bot.reports import report_json
from bot.voice import Voices
from handlers.apply import Applied, Apply, apply
from handlers.report import report
from scheduling.clock import MovableClock
from store import agendas, consortiums, invites, persons
from store.check_ins import CheckIn
from store.class_records import ClassRecord, RecordStatus
from store.database import Session, Store
from store.deliveries import Delivery, DeliveryKind, DeliveryState
from store.leaves import Leave, LeaveState
from store.occurrences import Occurrence
from store.persons import Person
from store.policies import editions, importing
from store.reflections import Reflection, Visibility
from store.responses import ParticipationStatus, Response
from tests.story import counted_again
from tests.story.consortium import CHARTER, HEADS, PEOPLE, RULE, STRANGER, TEACHING, written
from tests.story.counted_again import Log
from tests.story.stage import Stage, at, staged

ACCOUNTS = {key: account for key, (_, _, _, account) in PEOPLE.items()}


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(at("09-01 09:00"))


@pytest.mark.parametrize(("dialect", "way"), [("postgresql", "polling"), ("sqlite", "webhook")])
async def test_a_terms_first_month(store: Store, clock: MovableClock, tmp_path: Path, way: str) -> None:
    file = tmp_path / "story.toml"
    file.write_text(written(), encoding="utf-8")
    assert isinstance(store.call(apply, Apply(consortium_file.read(file)), clock.now()), Applied)
    codes = store.call(prepared, tmp_path, clock)
    async with staged(store, clock, way) as stage:
        log = Log(stage.room)
        furnish(stage)
        await linking(stage, codes)
        await binding(stage)
        plan = rehearsed(store, Voices("zh"), "story", at("09-01 00:00").date(), at("10-08 00:00").date())
        await announcement_and_answers(stage)
        await rules_are_asked(stage)
        await first_class_meeting(stage)
        await the_event(stage)
        await reflections(stage)
        await the_rest_of_the_month(stage)
        facts_agree(stage, store)
        nothing_but_the_rehearsed(stage, store, plan)
        the_report_agrees(log, store, clock.now())


def prepared(session: Session, folder: Path, clock: MovableClock) -> dict[str, str]:
    """The charter imported, and an invite for whoever is not linked."""
    found = consortiums.by_key(session, "story")
    assert found is not None
    assert found.id is not None
    paper_file = folder / "charter.txt"
    paper_file.write_text(CHARTER, encoding="utf-8")
    paper = importing.paper(paper_file)
    editions.publish(session, found.id, paper.title, paper.source_name, paper.drafts, paper.text, clock.now())
    people = persons.by_keys(session, found.id)
    return {
        key: invites.issue(session, person.id or 0, clock.now())
        for key, person in people.items()
        if person.account_id is None
    }


def furnish(stage: Stage) -> None:
    for name, _, _, account in PEOPLE.values():
        stage.room.add_user(account, name)
    stage.room.add_user(STRANGER, "路人")
    for group, title in ((TEACHING, "三校大群"), (HEADS, "班主任")):
        stage.room.add_group(group, title, [*ACCOUNTS.values(), STRANGER])


async def linking(stage: Stage, codes: dict[str, str]) -> None:
    for key, code in codes.items():
        if key == "t6":
            continue
        said = await stage.say(ACCOUNTS[key], ACCOUNTS[key], f"/start {code}")
        assert PEOPLE[key][0] in said
    assert "邀请码" in await stage.say(STRANGER, STRANGER, "/start")
    used = await stage.say(STRANGER, STRANGER, f"/start {codes['t1']}")
    assert "样李芳" not in used, "a code works once"
    assert "教联助手" not in await stage.say(ACCOUNTS["t1"], ACCOUNTS["t1"], "/next")


async def binding(stage: Stage) -> None:
    for group in (TEACHING, HEADS):
        stage.people.add_bot(group, ACCOUNTS["o1"])
    await stage.settle()
    refused = await stage.say(ACCOUNTS["t1"], TEACHING, "/bind")
    assert "样例教研群" not in refused
    await stage.say(ACCOUNTS["o1"], TEACHING, "/bind")
    await stage.press(ACCOUNTS["o1"], stage.last(TEACHING), "样例教研群")
    assert "样例" in await stage.say(ACCOUNTS["o1"], HEADS, "/bind")


async def announcement_and_answers(stage: Stage) -> None:
    await stage.until("09-02 14:29")
    count = len(stage.room.messages(TEACHING))
    await stage.until("09-02 14:30")
    card = stage.last(TEACHING)
    assert len(stage.room.messages(TEACHING)) == count + 1
    for words in ("共创式主题教研", "9月9日（星期三，第2周）14:30—16:00", "样例中心校", "录播室", "课堂提问"):
        assert words in card.text
    for key in ("t1", "t2", "t5"):  # t5 never opened the private chat
        assert "参加" in (await stage.press(ACCOUNTS[key], card, "参加"))["text"]
    again = await stage.press(ACCOUNTS["t1"], card, "参加")
    assert "已登记过" in again["text"]
    assert "收到" in (await stage.press(ACCOUNTS["t4"], card, "收到"))["text"]
    assert (await stage.press(STRANGER, card, "参加"))["url"].endswith("?start=claim")
    await asks_for_leave(stage, "t3")
    await stage.until("09-02 14:31")
    assert "已回复 4/7" in card.text
    assert "样李芳" not in card.text


async def asks_for_leave(stage: Stage, key: str) -> None:
    """In the group only a link is given; the reason goes to the school's approver and nowhere else."""
    card, account = stage.last(TEACHING), ACCOUNTS[key]
    answer = await stage.press(account, card, "请假")
    payload = answer["url"].split("start=")[1]
    stage.people.start(account, payload)
    await stage.settle()
    assert "事由" in stage.last(account).text
    await stage.say(account, account, "带学生去市里比赛")
    deciding = ACCOUNTS["a1"] if key == "t1" else None
    assert deciding is None  # west has no approver: the request waits, and the teacher is told so
    assert "审批" in stage.last(account).text


async def rules_are_asked(stage: Stage) -> None:
    asked = await stage.say(ACCOUNTS["t2"], TEACHING, "/ask 主题教研多久开展一次？")
    assert RULE in asked
    assert "一、教研活动" in asked
    assert RULE in await stage.say(ACCOUNTS["t2"], ACCOUNTS["t2"], "主题教研多久开展一次？")
    assert RULE not in await stage.say(ACCOUNTS["t2"], ACCOUNTS["t2"], "请假要提前几天？")
    assert RULE not in await stage.say(STRANGER, STRANGER, "主题教研多久开展一次？")


async def first_class_meeting(stage: Stage) -> None:
    await stage.until("09-06 15:50")
    assert "9月7日" in stage.last(HEADS).text
    await stage.until("09-07 15:20")
    assert "七(1)班" in stage.last(ACCOUNTS["t1"]).text
    await stage.until("09-07 16:45")
    for key, label in (("t1", "已开"), ("t2", "改期")):
        await stage.press(ACCOUNTS[key], stage.last(ACCOUNTS[key]), label)
    await stage.say(ACCOUNTS["t2"], ACCOUNTS["t2"], "周三补开，讲校园安全")


async def the_event(stage: Stage) -> None:
    """Nudged are those who owe an answer; who never opened the private chat waits to be told."""
    await stage.until("09-08 14:30")
    assert "已收到通知" in stage.last(ACCOUNTS["t4"]).text
    assert "参加" in (await stage.press(ACCOUNTS["t4"], stage.last(TEACHING), "参加"))["text"]
    await stage.until("09-09 14:14")
    opens = stage.last(TEACHING)
    assert not any(button["text"] == "签到" for row in opens.buttons for button in row)
    await stage.until("09-09 14:20")
    card = stage.last(TEACHING)
    for key in ("t1", "t5"):
        assert "签到" in (await stage.press(ACCOUNTS[key], card, "签到"))["text"]
    await stage.until("09-09 14:45")
    code = await stage.say(ACCOUNTS["o1"], ACCOUNTS["o1"], "/checkin")
    digits = next(word for word in code.replace("：", " ").replace("，", " ").split() if word.isdigit())
    assert "迟到" in await stage.say(ACCOUNTS["t2"], ACCOUNTS["t2"], f"/checkin {digits}")
    assert "口令" in await stage.say(ACCOUNTS["t4"], ACCOUNTS["t4"], f"/checkin {int(digits) ^ 1:04}")
    await stage.until("09-09 15:10")
    assert (await stage.press(ACCOUNTS["t4"], card, "签到"))["show_alert"], "the window is closed"


async def reflections(stage: Stage) -> None:
    """Asked of those who attended: t1, t2 (late), t5, whose private chat is shut."""
    await stage.until("09-09 16:00")
    assert "反思" in stage.last(ACCOUNTS["t1"]).text
    await stage.say(ACCOUNTS["t1"], ACCOUNTS["t1"], "追问要留白，我想在七年级试。")
    for label in ("同意公开", "提交"):
        await stage.press(ACCOUNTS["t1"], stage.last(ACCOUNTS["t1"]), label)
    assert "已提交" in stage.last(ACCOUNTS["t1"]).text
    await stage.say(ACCOUNTS["t2"], ACCOUNTS["t2"], "问题设计太密。")
    await stage.until("09-11 16:00")
    assert "提交" in stage.last(ACCOUNTS["t2"]).text
    stage.people.start(ACCOUNTS["t5"])  # now the request that waited comes
    await stage.settle()
    assert any("反思" in message.text for message in stage.room.messages(ACCOUNTS["t5"]))


async def the_rest_of_the_month(stage: Stage) -> None:
    for monday in ("09-14", "09-21", "09-28"):
        await stage.until(f"{monday} 16:50")
        await stage.press(ACCOUNTS["t1"], stage.last(ACCOUNTS["t1"]), "已开")
    await stage.until("10-08 08:31")
    digest = next(message for message in stage.room.messages(TEACHING) if "9月小结" in message.text).text
    assert "应到7人，实到3人（其中迟到1人）" in digest
    assert "反思：样例中心校1份（1份同意公开）" in digest
    heads = next(message for message in stage.room.messages(HEADS) if "9月小结" in message.text).text
    assert "计划8班次，已有记录5班次" in heads


def facts_agree(stage: Stage, store: Store) -> None:
    """What the tables hold is what the people did, person by person."""
    rows = store.call(kept)
    assert rows["responses"] == {
        "t1": ParticipationStatus.ACCEPTED,
        "t2": ParticipationStatus.ACCEPTED,
        "t3": ParticipationStatus.DECLINED,
        "t4": ParticipationStatus.ACCEPTED,
        "t5": ParticipationStatus.ACCEPTED,
    }
    assert rows["check_ins"] == {"t1": False, "t2": True, "t5": False}
    assert rows["leaves"] == {"t3": LeaveState.PENDING}
    assert rows["reflections"] == {"t1": (Visibility.CONSORTIUM, True), "t2": (Visibility.SCHOOL, False)}
    assert rows["records"] == Counter({("t1", RecordStatus.HELD): 4, ("t2", RecordStatus.MOVED): 1})
    said = [message.text for chat in stage.room.chats.values() for message in chat.messages.values()]
    assert all("比赛" not in text or text == "带学生去市里比赛" for text in said), "a reason goes to nobody here"
    told = [message.text for chat in (TEACHING, HEADS) for message in stage.room.messages(chat)]
    assert ["9月小结" in text for text in told if "留白" in text] == [True], "quoted with consent, there alone"
    assert not any("设计太密" in text for text in told)


def kept(session: Session) -> dict[str, object]:
    names = {person.id: person.key for person in session.exec(select(Person))}
    records = session.exec(select(ClassRecord)).all()
    return {
        "responses": {names[one.person_id]: one.status for one in session.exec(select(Response)) if one.status},
        "check_ins": {names[one.person_id]: one.late for one in session.exec(select(CheckIn))},
        "leaves": {names[one.person_id]: one.state for one in session.exec(select(Leave))},
        "reflections": {
            names[one.person_id]: (one.visibility, one.submitted_at is not None)
            for one in session.exec(select(Reflection))
        },
        "records": Counter((names[one.person_id], one.status) for one in records),
    }


def the_report_agrees(log: Log, store: Store, now: datetime) -> None:
    """Every figure of it is counted again from what the server saw; without one event's acts its rows alone differ."""
    codes, whole = log.codes, store.read(told, now)
    assert whole == counted_again.records(log.entries, codes)
    part = store.try_out(told_without, now)
    assert part == counted_again.records(counted_again.without(log.entries, counted_again.RESEARCH[0]), codes)
    assert [one["activity"] for one, other in zip(whole, part, strict=True) if one != other] == ["research"]


def told(session: Session, now: datetime) -> list[dict[str, Any]]:
    """The events of September as `report --json` has them, as far as the log tells of them."""
    found = consortiums.by_key(session, "story")
    assert found is not None
    answer = report(session, found, (at("09-01 00:00").date(), at("09-30 00:00").date()), now)
    events = json.loads("".join(report_json.written(answer, (), ())))["events"]
    return [
        {name: one[name] for name in ("activity", "date", "class", "counts")}
        | {"people": sorted((as_logged(person) for person in one["people"]), key=lambda person: str(person["person"]))}
        for one in events
    ]


def as_logged(person: dict[str, Any]) -> dict[str, Any]:
    names = "person", "seen", "response", "response_late", "leave", "attendance", "late_minutes", "reflected"
    return {name: person[name] for name in names}


def told_without(session: Session, now: datetime) -> list[dict[str, Any]]:
    """Where nobody said or did anything about the event of September."""
    event = next(one.id for one, of in agendas.of_consortium(session, 1) if of.key == "research")
    for table in (Response, Leave, CheckIn, Reflection):
        for row in session.exec(select(table).where(table.occurrence_id == event)):
            session.delete(row)
    session.flush()
    return told(session, now)


def nothing_but_the_rehearsed(stage: Stage, store: Store, plan: list[Line]) -> None:
    """The clock's messages, as the server kept them: to groups all that was rehearsed, to people no other, but for
    what is said at the close to the missing and of them (a rehearsal supposes that everybody comes), and the record of
    a moved meeting."""
    sent, titles = store.call(delivered, stage), {TEACHING: "teaching", HEADS: "heads"}
    groups = Counter((row.at, row.to["chat"], row.kind) for row in plan if "chat" in row.to)
    assert Counter((when, titles[chat], kind) for when, chat, kind in sent if chat in titles) == groups
    keys = {account: key for key, account in ACCOUNTS.items()}
    private = Counter((row.at, row.to["person"], row.kind) for row in plan if "person" in row.to)
    told = Counter((when, keys[chat], kind) for when, chat, kind in sent if chat in keys)
    late = [(when, who, kind) for when, who, kind in told - private if who == "t5"]
    assert all(when == at("09-11 16:00") for when, _, _ in late), "what waited for the private chat to be opened"
    closed = at("09-09 15:00")
    missing = {(closed, "a1", "absences"): 1, (closed, "o1", "absences"): 2, (closed, "t4", "absences"): 1}  # o1, too
    moved = {(at("09-09 16:45"), "t2", "reflect"): 1, (at("09-10 16:45"), "t2", "nudge"): 1}  # 周三补开: a person's act
    others = Counter({one: count for one, count in (told - private).items() if one[1] != "t5"})
    assert others == Counter(missing | moved)
    answered = {"t1", "t2", "t5", "t3", "t4", "o1"}
    assert {who for _, who, kind in private - told if kind != "nudge"} <= answered


def delivered(session: Session, stage: Stage) -> list[tuple[datetime, int, str]]:
    """(when, chat, kind) of every delivery that was sent, and its message is in the chat with its number."""
    found: list[tuple[datetime, int, str]] = []
    rows = session.exec(select(Delivery).where(Delivery.state == DeliveryState.SENT).order_by(col(Delivery.id)))
    clockwork = {kind.value for kind in DeliveryKind} - {"card", "leave_request", "leave_result", "code"}
    people = {person.id: ACCOUNTS[person.key] for person in session.exec(select(Person))}
    chats = {1: TEACHING, 2: HEADS}
    assert session.exec(select(Occurrence)).first() is not None
    for row in rows:
        if row.kind.value in clockwork:
            chat = chats[row.chat_id] if row.chat_id else people[row.person_id]
            message = stage.room.chats[chat].messages[int(row.message_id or 0)]
            assert message.sent_at - row.due_at < timedelta(minutes=1) or chat == ACCOUNTS["t5"]
            found.append((message.sent_at.replace(second=0, microsecond=0), chat, row.kind.value))
    return found
