"""`jiaolian run` by webhook, as a child process: durable before 200, nobody else let in, either way back."""

import signal
import socket
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from threading import Event
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot import health
from bot.health import Health
from bot.telegram.receiver import CROWD
from bot.telegram.webhook import Webhook
from sandbox.faults import Fault
from scheduling.clock import MovableClock
from store import beats, updates
from store.database import Store
from tests.bot.life import HEADER, OFFICE, SECRET, Life, until
from tests.bot.running_bot import RunningBot
from tests.bot.test_cli import jiaolian


def help_asked(number: int) -> dict[str, Any]:
    who = {"id": OFFICE, "is_bot": False, "first_name": "样陈静"}
    entities = [{"type": "bot_command", "offset": 0, "length": 5}]
    message = {"message_id": number, "date": 1, "chat": {"id": OFFICE, "type": "private"}, "from": who}
    return {"update_id": number, "message": message | {"text": "/help", "entities": entities}}


def test_what_telegram_hands_over_is_answered_once_and_nobody_else_is_let_in(life: Life) -> None:
    with life.run(life.webhook) as child:
        until(lambda: life.called("setwebhook"))
        life.people.say(OFFICE, OFFICE, "/help")
        until(life.said)
        for number in (900_001, 900_001, 900_002, 900_001):
            assert life.post(help_asked(number)) == 200
        until(lambda: len(life.said()) == 3)
        assert life.post(help_asked(900_003), **{"X-Telegram-Bot-Api-Secret-Token": "guessed"}) == 403
        assert life.post(help_asked(900_003), accept="*/*") == 403
        junk = (b"", b"{", b"[]", b'{"update_id": "1"}', b'{"update_id": 9223372036854775808}', b"[" * 100_000)
        assert [life.post(each) for each in junk] == [400] * len(junk)
        assert life.post(b"x" * 1_000_001) == 413
        assert life.healthy()
        log = life.stop(child)
    assert len(life.said()) == 3
    assert SECRET not in log
    assert life.room.webhook is not None, "what comes while nobody listens waits at Telegram"


def test_half_an_update_is_forgotten_and_no_reason_to_stay(life: Life) -> None:
    with life.run(life.webhook) as child:
        until(lambda: life.called("setwebhook"))
        life.half().close()
        assert life.post(help_asked(900_001)) == 200
        until(life.said)
        with life.half() as sender:
            sleep(0.2)
            since = monotonic()
            log = life.stop(child)
            assert sender.recv(99).startswith(b"HTTP/1.1 400")
    assert monotonic() - since < 5
    assert "Traceback" not in log
    assert "Cancel" not in log


def test_an_address_may_have_escaped_letters(life: Life) -> None:
    life.url = f"http://{life.listen}/%E9%92%A9"
    with life.run(life.webhook | {"JIAOLIAN_WEBHOOK_URL": life.url}) as child:
        until(lambda: life.called("setwebhook"))
        assert life.post(help_asked(900_001)) == 200
        life.stop(child)


def test_what_cannot_be_kept_now_is_handed_over_again(life: Life) -> None:
    with life.run(life.webhook) as child:
        until(lambda: life.called("setwebhook"))
        with closing(sqlite3.connect(life.folder / "jiaolian.db", isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            assert life.post(help_asked(900_001)) == 503
            life.people.say(OFFICE, OFFICE, "/help")
            holder.execute("ROLLBACK")
        until(life.said)
        assert life.called("sendmessage") == 1
        life.stop(child)


def test_either_way_can_be_taken_after_the_other_and_what_waits_is_kept(life: Life) -> None:
    with life.run(life.webhook) as child:
        until(lambda: life.called("setwebhook"))
        life.stop(child)
    life.people.say(OFFICE, OFFICE, "/help")
    with life.run(life.polling) as child:
        until(life.said)
        log = life.stop(child)
    assert (life.room.webhook, log.count("polling_waits")) == (None, 1)
    life.people.say(OFFICE, OFFICE, "/help")
    with life.run(life.webhook) as child:
        until(lambda: len(life.said()) == 2)
        life.stop(child)


def test_what_was_in_hand_at_a_stop_is_worked_off_in_the_next_life(life: Life) -> None:
    life.faults.add(Fault("sendmessage", delay=1.5, times=3))
    with life.run(life.webhook) as child:
        until(lambda: life.called("setwebhook"))
        for number in (900_001, 900_002, 900_003):
            assert life.post(help_asked(number)) == 200
        life.stop(child)
    before = len(life.said())
    assert before < 3
    with life.run(life.webhook) as child:
        until(lambda: len(life.said()) >= 3)
        life.stop(child)
    assert len(life.said()) <= 4, "no more than the one on the wire comes twice"


async def test_where_too_much_is_in_hand_telegram_keeps_it(bot: RunningBot) -> None:
    receiver = bot.parts.receiver
    hook = Webhook(receiver.application, receiver, "https://bot.example.org/hook", SECRET)
    hook.opened = True
    app = Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as outside:
        receiver.hold(range(CROWD))
        assert (await outside.post("/hook", json=help_asked(1), headers=HEADER)).status_code == 503
        receiver.release(range(CROWD))
        assert bot.store.call(updates.counts) == {}
        assert (await outside.post("/hook", json=help_asked(1), headers=HEADER)).status_code == 200
        await bot.settle()


def test_before_it_listens_it_can_be_stopped_too(life: Life) -> None:
    with closing(sqlite3.connect(life.folder / "jiaolian.db", isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with life.run(life.polling) as child:
            until(lambda: life.logged("store_unavailable"))
            before = life.log()
            child.send_signal(signal.SIGINT)  # Ctrl+C
            assert child.wait(10) == 0
    assert life.log() == before


def test_a_port_that_is_taken_is_said_in_one_line(life: Life) -> None:
    with socket.socket() as other:
        host, _, port = life.listen.partition(":")
        other.bind((host, int(port)))
        other.listen()
        run = jiaolian(life.folder, "run", **life.webhook, JIAOLIAN_LANGUAGE="en")
    assert run.returncode == 1
    assert run.stderr.splitlines() == [
        f"JIAOLIAN_LISTEN: {life.listen} cannot be had (Address already in use): expected a port that is free"
    ]


def test_an_address_that_telegram_refuses_ends_the_run(life: Life) -> None:
    life.faults.add(Fault("setwebhook", kind="refuse", error="webhook_invalid"))
    run = jiaolian(life.folder, "run", **life.webhook, JIAOLIAN_LANGUAGE="en")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith(f"JIAOLIAN_WEBHOOK_URL: '{life.url}': expected an address")


async def test_figures_want_their_extra(store: Store, clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    app = Starlette(routes=Health(store, clock, lambda: False, None).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as outside:
        answer = await outside.get("/metrics")
    assert (answer.status_code, answer.text) == (404, "pip install 'jiaolian[metrics]'\n")


async def test_health_waits_for_no_database_that_keeps_silent(
    store: Store, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.05)
    answered = Event()
    app = Starlette(routes=Health(store, clock, lambda: False, None).routes())
    monkeypatch.setattr(beats, "last", lambda *_: answered.wait(60))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as outside:
        answer = await outside.get("/healthz")
    answered.set()
    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")


async def test_health_is_a_fresh_tick_and_a_database_that_answers(store: Store, clock: MovableClock) -> None:
    stands_still = list[bool]()
    app = Starlette(routes=Health(store, clock, lambda: bool(stands_still), None).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as outside:
        assert (await outside.get("/healthz")).status_code == 503
        store.call(beats.beat, "tick", clock.now())
        assert (await outside.get("/healthz")).text == "the last dispatch was None\n"
        store.call(beats.beat, "dispatch", clock.now())
        assert (await outside.get("/healthz")).status_code == 200
        told = (await outside.get("/metrics")).text
        assert 'jiaolian_deliveries{state="pending"} 0.0' in told.splitlines()
        assert "jiaolian_stalled 0.0" in told.splitlines()
        stands_still.append(True)  # here; another node's beats are in the same table
        assert (await outside.get("/healthz")).text == "sending stands still\n"
        assert "jiaolian_stalled 1.0" in (await outside.get("/metrics")).text.splitlines()
        stands_still.clear()
        assert f"jiaolian_last_tick_seconds {clock.now().timestamp():.10g}".split()[0] in told
        clock.forward(timedelta(minutes=2))
        assert (await outside.get("/healthz")).status_code == 503
