"""Faults on demand: what python-telegram-bot's own client meets, and what has become of the call."""

import asyncio

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict, NetworkError, RetryAfter, TimedOut

from sandbox.faults import STORM, Fault, Faults
from tests.sandbox.loopback import bot, root
from tests.sandbox.sample import GROUP, LI, WANG, Sample
from tests.sandbox.test_webhook import Listener, listener

__all__ = ["bot", "listener", "root"]

LONG = 30  # seconds: more than a busy machine takes


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still delayed when the server ends is given up. Asked for before the server."""
    monkeypatch.setattr("sandbox.server.PATIENCE", 0)


async def fetched(bot: Bot, **asked: int) -> list[str]:
    """The texts that a poll brings."""
    found = await bot.get_updates(**({"timeout": 0} | asked))  # type: ignore[arg-type]
    return [update.message.text or "" for update in found if update.message is not None]


@pytest.mark.parametrize(
    ("fault", "raised", "arrived"),
    [
        (Fault(kind="refuse", error="too_fast", retry_after=7), RetryAfter, 0),
        (Fault(kind="refuse", error="restart"), NetworkError, 0),
        (Fault(kind="lose"), NetworkError, 1),
        (Fault(kind="reset_before"), NetworkError, 0),
        (Fault(kind="reset_after"), NetworkError, 1),
        (Fault(kind="reset_before", delay=LONG), TimedOut, 0),
        (Fault(kind="reset_after", delay=LONG), TimedOut, 1),
    ],
    ids=lambda value: f"{value.kind} {value.error} {value.delay}" if isinstance(value, Fault) else None,
)
async def test_a_fault_before_or_after_the_effect(
    impatient: None, sample: Sample, bot: Bot, fault: Fault, raised: type[Exception], arrived: int
) -> None:
    sample.room.faults.add(fault)
    with pytest.raises(raised) as met:
        await bot.send_message(GROUP, "通知", read_timeout=0.2 if fault.delay else LONG)
    assert type(met.value) is raised
    async with asyncio.timeout(LONG):
        while not sample.room.faults.fallen[fault.kind] or len(sample.texts(GROUP)) < arrived:
            await asyncio.sleep(0.01)
    assert len(sample.texts(GROUP)) == arrived
    await bot.send_message(GROUP, "又一次")
    assert sample.texts(GROUP)[-1] == "又一次"


async def test_the_nth_call_alone_meets_it(sample: Sample, bot: Bot) -> None:
    sample.room.faults.add(Fault("sendMessage", kind="refuse", error="restart", skip=2))
    outcomes = [await asyncio.gather(bot.send_message(GROUP, "好"), return_exceptions=True) for _ in range(4)]
    assert [isinstance(one[0], NetworkError) for one in outcomes] == [False, False, True, False]


async def test_an_answer_comes_again_though_it_was_confirmed(sample: Sample, bot: Bot) -> None:
    sample.room.faults.add(Fault("getUpdates", kind="repeat"))
    sample.people.say(LI, LI, "一")
    [update] = await bot.get_updates(timeout=0)
    offset = update.update_id + 1
    assert await fetched(bot, offset=offset) == ["一"]
    assert await fetched(bot, offset=offset) == []


async def test_a_late_update_comes_after_those_behind_it(sample: Sample, bot: Bot) -> None:
    sample.room.faults.add(Fault("getUpdates", kind="late"))
    for text in ("一", "二", "三"):
        sample.people.say(LI, LI, text)
    found = await bot.get_updates(timeout=0)
    offset = found[-1].update_id + 1
    assert [update.message and update.message.text for update in found] == ["二", "三"]
    assert await fetched(bot, offset=offset) == ["一"]
    assert await fetched(bot) == ["一"]  # that answer was lost: it waits until it is confirmed
    assert await fetched(bot, offset=offset) == []


async def test_a_second_poller_is_a_rule_too(sample: Sample, bot: Bot) -> None:
    sample.room.faults.add(Fault("getUpdates", kind="refuse", error="other_poller"))
    sample.people.say(LI, LI, "一")
    with pytest.raises(Conflict):
        await fetched(bot)
    assert await fetched(bot) == ["一"]


async def test_a_webhook_brings_one_twice_and_one_late(sample: Sample, bot: Bot, listener: Listener) -> None:
    for text in ("一", "二", "三"):
        sample.people.say(LI, LI, text)
    sample.room.faults.add(Fault("webhook", kind="repeat"))
    sample.room.faults.add(Fault("webhook", kind="late"))
    await bot.set_webhook(listener.url)
    await asyncio.to_thread(listener.wait, 4)
    said = [body.decode() for _secret, body in listener.heard]
    assert ["一" in one or ("二" in one and 2) or ("三" in one and 3) for one in said] == [True, 2, True, 3]
    await bot.delete_webhook()


def test_a_storm_meets_the_nth_call_alike_however_calls_mingle() -> None:
    def storm(chats: list[str]) -> list[tuple[str, str]]:
        faults = Faults()
        faults.storm(seed=3, rate=0.5)
        met = [(chat, faults.met("sendmessage", chat)) for chat in chats]
        return sorted((chat, f"{fault and (fault.kind, fault.error)}") for chat, fault in met)

    one_after_another = ["1"] * 200 + ["2"] * 200
    assert storm(one_after_another) == storm(["1", "2"] * 200)
    found = [fault for _chat, fault in storm(one_after_another)]
    assert len(set(found)) == 1 + sum(method == "" for method, _kind, _error in STORM)  # each kind, and none
    assert 0.3 < sum(fault != "None" for fault in found) / len(found) < 0.5


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ({"kind": "explode"}, "fault.kind: 'explode': expected one of refuse, lose"),
        ({"method": "sendMessage", "kind": "late"}, "fault.method: 'sendMessage': expected getUpdates or webhook"),
        ({"kind": "lose", "rate": 0}, "fault.rate: 0: expected more than 0, at most 1"),
        ({"kind": "refuse", "error": "nope"}, "fault.error: 'nope': expected one of chat_not_found"),
    ],
)
async def test_faults_are_switched_on_from_another_process(
    sample: Sample, root: str, bot: Bot, broken: dict[str, object], line: str
) -> None:
    async with httpx.AsyncClient(base_url=root, trust_env=False) as control:
        refused = await control.post("/room/act", json={"do": "fault"} | broken)
        assert (refused.status_code, line in refused.json()["error"]) == (400, True)
        acts = [{"do": "storm", "seed": 1, "rate": 0.1}, {"do": "clear_faults"}]
        acts += [{"do": "fault", "method": "sendMessage", "kind": "reset_after", "rate": 1, "chat": str(GROUP)}]
        assert (await control.post("/room/act", json=acts)).json() == [None] * 3
    with pytest.raises(NetworkError):
        await bot.send_message(GROUP, "通知")
    sample.people.start(WANG)
    await bot.send_message(WANG, "通知")
    assert sample.texts(GROUP) == ["通知"]
