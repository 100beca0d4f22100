"""As strict as Telegram: bad calls get a refusal and not a fall, and what would be lost there is lost here."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sandbox.entities import entities
from sandbox.faults import Fault
from sandbox.people import People
from sandbox.server import create
from sandbox.state import Room

TEACHER, GROUP, STRANGE = 700000001, -1000000000009, -78


class Hands:
    """A room, its people, a clock that is set by hand, and raw calls."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 1, tzinfo=UTC)
        self.room = Room(lambda: self.now)
        self.people = People(self.room)
        self.room.add_user(TEACHER, "样教师")
        self.room.add_group(GROUP, "教研大群", [TEACHER], bot=True, threads={42: "语文"})
        self.room.add_group(STRANGE, "别的群", [TEACHER], supergroup=False)
        self.people.start(TEACHER)
        self.room.updates.clear()
        transport = httpx.ASGITransport(create(self.room))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    async def call(self, method: str, **sent: str) -> dict[str, object]:
        found: dict[str, object] = (await self.client.post(f"/bot1:t/{method}", data=sent)).json()
        return found

    async def fetched(self, **sent: str) -> list[str]:
        """The kinds of the updates that a poll gives."""
        found = (await self.client.post("/bot1:t/getUpdates", data=sent)).json()["result"]
        return [kind for update in found for kind in update if kind != "update_id"]


@pytest.fixture
async def hands() -> AsyncIterator[Hands]:
    hands = Hands()
    async with hands.client:
        yield hands


@pytest.mark.parametrize(
    ("sent", "description"),
    [
        ({"reply_parameters": "{"}, "can't parse reply parameters JSON object"),
        ({"reply_markup": '{"inline_keyboard":[["a"]]}'}, "can't parse inline keyboard button"),
        ({"reply_markup": '{"inline_keyboard":["a"]}'}, "can't parse inline keyboard button"),
        ({"text": "\u200b\u200d"}, "text must be non-empty"),
    ],
)
async def test_a_malformed_call_is_refused_by_one_line(hands: Hands, sent: dict[str, str], description: str) -> None:
    answer = await hands.call("sendMessage", **{"chat_id": str(TEACHER), "text": "好"} | sent)
    assert answer["error_code"] == 400
    assert description in str(answer["description"])


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff"])
async def test_a_body_that_is_no_json_object_is_refused(hands: Hands, body: bytes) -> None:
    answer = await hands.client.post("/bot1:t/getMe", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


async def test_a_number_that_is_none_counts_as_zero(hands: Hands) -> None:
    assert (await hands.call("sendMessage", chat_id=str(GROUP), text="好", message_thread_id="x"))["ok"]
    assert (await hands.call("getUpdates", limit="x", offset="x"))["ok"]
    assert (await hands.call("editMessageText", chat_id=str(GROUP), text="好", message_id="x"))["error_code"] == 400


async def test_a_document_goes_into_its_topic_and_its_caption_is_measured(hands: Hands) -> None:
    async def sent(**more: str) -> dict[str, object]:
        data, files = {"chat_id": str(GROUP), "message_thread_id": "42"} | more, {"document": ("名单.txt", b"1")}
        found: dict[str, object] = (await hands.client.post("/bot1:t/sendDocument", data=data, files=files)).json()
        return found

    assert (await sent())["result"]["message_thread_id"] == 42  # type: ignore[index]
    assert "caption is too long" in str((await sent(caption="长" * 1025))["description"])


async def test_the_bot_does_not_write_to_itself(hands: Hands) -> None:
    answer = await hands.call("sendMessage", chat_id=str(hands.room.bot.id), text="好")
    assert answer["description"] == "Forbidden: the bot can't send messages to the bot"


@pytest.mark.parametrize("text", ["@jiaolian_bot每月教研", "你好@jiaolian_bot", "/ask每月教研"])
async def test_a_name_that_runs_into_a_word_is_neither_mention_nor_command(hands: Hands, text: str) -> None:
    assert entities(text) == []
    hands.people.say(TEACHER, GROUP, text)
    assert await hands.fetched() == []


@pytest.mark.parametrize("text", ["@jiaolian_bot 每月", "你好 @jiaolian_bot", "/ask@jiaolian_bot 每月", "/ask，每月"])
async def test_a_name_that_stands_by_itself_reaches_the_bot(hands: Hands, text: str) -> None:
    hands.people.say(TEACHER, GROUP, text)
    assert await hands.fetched() == ["message"]


async def test_the_offset_of_a_mention_is_counted_in_utf16_units(hands: Hands) -> None:
    assert entities("😀@jiaolian_bot") == [{"type": "mention", "offset": 2, "length": 13}]


async def test_a_group_without_the_bot_tells_it_nothing(hands: Hands) -> None:
    hands.people.service(STRANGE, TEACHER, new_chat_title="新名")
    assert await hands.fetched() == []


async def test_a_removed_bot_is_told_once_and_the_group_sees_it_leave(hands: Hands) -> None:
    hands.people.remove_bot(GROUP, TEACHER)
    assert await hands.fetched() == ["my_chat_member"]
    assert "left_chat_member" in hands.room.messages(GROUP)[-1].service


async def test_whoever_blocked_the_bot_unblocks_it_before_writing(hands: Hands) -> None:
    hands.people.block(TEACHER)
    hands.people.say(TEACHER, TEACHER, "在吗")
    assert await hands.fetched() == ["my_chat_member", "my_chat_member", "message"]


async def test_a_press_that_nobody_fetches_for_150_seconds_is_gone(hands: Hands) -> None:
    keyboard = '{"inline_keyboard":[[{"text":"参加","callback_data":"a"}]]}'
    await hands.call("sendMessage", chat_id=str(GROUP), text="卡片", reply_markup=keyboard)
    hands.people.press(TEACHER, GROUP, 1, "参加")
    hands.now += timedelta(seconds=150)
    assert await hands.fetched() == ["callback_query"]
    hands.now += timedelta(seconds=1)
    assert await hands.fetched() == []


async def test_only_kinds_that_were_asked_for_come_and_the_list_is_remembered(hands: Hands) -> None:
    await hands.fetched(allowed_updates='["message"]')
    hands.people.block(TEACHER)
    hands.people.start(TEACHER)
    assert await hands.fetched() == ["message"]
    await hands.fetched(allowed_updates="[]")
    hands.people.block(TEACHER)
    assert await hands.fetched() == ["message", "my_chat_member"]


def test_a_fault_that_is_no_refusal_of_telegram_is_named_at_once() -> None:
    with pytest.raises(ValueError, match="nope"):
        Fault(kind="refuse", error="nope")


async def test_a_fault_that_says_too_fast_says_until_when(hands: Hands) -> None:
    await hands.client.post("/room/act", json={"do": "fault", "kind": "refuse", "error": "too_fast"})
    answer = await hands.client.post("/bot1:t/getMe")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


@pytest.mark.parametrize("path", ["/room/calls", f"/room/messages?chat={GROUP}"])
async def test_another_hosts_name_reads_nothing(hands: Hands, path: str) -> None:
    assert (await hands.client.get(path, headers={"host": "evil.example"})).status_code == 403
    assert (await hands.client.get(path)).status_code == 200


@pytest.mark.parametrize("asked", ["calls?after=x", "count?after=", "messages", "messages?chat=x"])
async def test_what_is_no_number_is_named(hands: Hands, asked: str) -> None:
    answer = await hands.client.get(f"/room/{asked}")
    assert (answer.status_code, "expected a number" in answer.text) == (400, True)


@pytest.mark.parametrize("act", [{"do": "say"}, {"do": "dance"}, {"do": "start", "user_id": 1234}])
async def test_an_act_that_cannot_be_done_is_refused_by_name(hands: Hands, act: dict[str, object]) -> None:
    answer = await hands.client.post("/room/act", json=act)
    assert (answer.status_code, "error" in answer.json()) == (400, True)
