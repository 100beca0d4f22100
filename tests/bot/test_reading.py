"""From Telegram's objects to places, presses and arrivals, the odd ones included."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.talk.heard import Heard, Pressed
from bot.telegram import reading
from handlers.membership import Depart, Join, Mute, Reach
from store.accounts import Account
from store.chats import Place, Silence

BOT = Bot("100:test")
LI: dict[str, Any] = {"id": 7001, "is_bot": False, "first_name": "样李芳"}
US: dict[str, Any] = {"id": 100, "is_bot": True, "first_name": "教联助手", "username": "jiaolian_bot"}
GROUP: dict[str, Any] = {"id": -1001, "type": "supergroup", "title": "群"}
PRIVATE: dict[str, Any] = {"id": 7001, "type": "private", "first_name": "样李芳"}
CHANNEL: dict[str, Any] = {"id": -1005, "type": "channel", "title": "频道"}


def message(**fields: Any) -> Heard:
    update = Update.de_json({"update_id": 1, "message": raw(**fields)}, BOT)
    assert update.message is not None
    return reading.heard(update.message)


def raw(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1, "chat": GROUP, "from": LI, "text": "您好"} | fields


def pressed(**fields: Any) -> Pressed:
    query = {"id": "1", "from": LI, "chat_instance": "1", "data": "seen:12"} | fields
    update = reading.parsed({"update_id": 1, "callback_query": query}, BOT)
    assert update.callback_query is not None
    return reading.pressed(update.callback_query)


def changed(chat: dict[str, Any], was: dict[str, Any], now: dict[str, Any]) -> Join | Depart | Mute | Reach | None:
    sides = {"old_chat_member": {"user": US} | was, "new_chat_member": {"user": US} | now}
    update = Update.de_json({"update_id": 1, "my_chat_member": {"chat": chat, "from": LI, "date": 1} | sides}, BOT)
    assert update.my_chat_member is not None
    return reading.membership(update.my_chat_member)


def test_a_topic_is_part_of_the_place_and_a_reply_chain_is_not() -> None:
    assert message(message_thread_id=42, is_topic_message=True).place == Place("telegram", "-1001", 42)
    assert message(message_thread_id=42).place == Place("telegram", "-1001", 0)


@pytest.mark.parametrize("number", [1087968824, 136817688, 777000])
def test_who_is_no_person_has_no_account(number: int) -> None:
    assert message(**{"from": {"id": number, "is_bot": True, "first_name": "x"}}).account is None
    assert message().account == Account("telegram", "7001")


def test_a_press_on_a_message_that_is_gone_has_no_place_and_counts_as_in_a_group() -> None:
    found = pressed()
    assert (found.place, found.group, found.message_id) == (None, True, None)
    assert found.press is not None


def test_a_press_on_a_message_that_is_too_old_knows_its_chat_and_number() -> None:
    found = pressed(message={"message_id": 5, "date": 0, "chat": PRIVATE})
    assert (found.place, found.group, found.message_id) == (Place("telegram", "7001"), False, 5)


def test_a_press_in_a_group_is_forged_where_the_message_has_no_such_button() -> None:
    def having(data: str, chat: dict[str, Any]) -> dict[str, Any]:
        return raw(chat=chat, reply_markup={"inline_keyboard": [[{"text": "看", "callback_data": data}]]})

    assert pressed(message=having("seen:12", GROUP)).forged is False
    assert pressed(message=having("seen:1", GROUP)).forged is True
    assert pressed(message=having("seen:1", PRIVATE)).forged is False  # one's own chat
    assert pressed(message=raw()).forged is True
    assert pressed(message={"message_id": 5, "date": 0, "chat": GROUP}).offered is None
    assert pressed().offered is None


def test_a_press_in_a_topic_is_answered_there_and_one_in_a_reply_chain_is_not() -> None:
    assert pressed(message=raw(message_thread_id=42, is_topic_message=True)).place == Place("telegram", "-1001", 42)
    assert pressed(message=raw(message_thread_id=42)).place == Place("telegram", "-1001", 0)


def test_a_press_without_data_is_none_of_ours() -> None:
    assert pressed(data=None, game_short_name="x").press is None


RESTRICTED: dict[str, Any] = {
    "status": "restricted",
    "until_date": 0,
    **dict.fromkeys(
        (
            "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
            "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
            "can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages",
            "can_manage_topics", "can_edit_tag", "can_react_to_messages",
        ),
        False,
    ),
}  # fmt: skip
LEFT, MEMBER, KICKED = {"status": "left"}, {"status": "member"}, {"status": "kicked", "until_date": 0}
HERE = Place("telegram", "-1001")


@pytest.mark.parametrize(
    ("chat", "was", "now", "found"),
    [
        (GROUP, LEFT, MEMBER, Join(HERE, "群")),
        (GROUP, LEFT, RESTRICTED | {"is_member": True}, Join(HERE, "群", muted=True)),
        (GROUP, LEFT, RESTRICTED | {"is_member": True, "can_send_messages": True}, Join(HERE, "群")),
        (GROUP, MEMBER, RESTRICTED | {"is_member": True}, Mute(HERE, Silence.MUTED)),
        (GROUP, RESTRICTED | {"is_member": True}, MEMBER, Mute(HERE, None)),
        (GROUP, MEMBER, MEMBER, None),
        (GROUP, MEMBER, RESTRICTED | {"is_member": False}, Depart(HERE)),
        (GROUP, MEMBER, KICKED, Depart(HERE)),
        (GROUP, MEMBER, LEFT, Depart(HERE)),
        (GROUP, LEFT, KICKED, None),
        (PRIVATE, MEMBER, KICKED, Reach(Account("telegram", "7001"), reachable=False)),
        (PRIVATE, KICKED, MEMBER, Reach(Account("telegram", "7001"), reachable=True)),
        (CHANNEL, LEFT, MEMBER, None),
    ],
)
def test_arrivals_and_departures_are_told_apart(
    chat: dict[str, Any], was: dict[str, Any], now: dict[str, Any], found: Join | Depart | Mute | Reach | None
) -> None:
    assert changed(chat, was, now) == found


@pytest.mark.parametrize(
    ("text", "length", "behind", "command"),
    [
        ("/ask 几次", 4, "几次", "ask"),
        ("/Ask@jiaolian_bot\n几次\n几天", 17, "几次\n几天", "ask"),
        ("/ask", 4, "", "ask"),
    ],
)
def test_what_stands_behind_a_command(text: str, length: int, behind: str, command: str) -> None:
    entity = {"type": "bot_command", "offset": 0, "length": length}
    update = Update.de_json({"update_id": 1, "message": raw(text=text, entities=[entity])}, BOT)
    assert update.message is not None
    assert (reading.behind_command(update.message), reading.command(update.message)) == (behind, command)
