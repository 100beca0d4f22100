"""Every mounted route meets the same mishaps: it answers, and no update fails."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

import pytest
from telegram.ext import Application, CallbackQueryHandler

from bot.buttons.presses import CHOICES, NUMBERLESS, Press
from bot.telegram.receiver import Numbered
from bot.telegram.routes import Routes
from store import accounts, agendas, chats, updates
from store.accounts import Account, KnownAccount
from store.database import Session
from store.occurrences import OccurrenceState
from store.updates import UpdateState
from tests.bot.running_bot import LI, NOBODY, OFFICE, STRANGE, TEACHING, RunningBot
from tests.handlers.event_sample import local
from tests.store.policy_sample import CHARTER, publish

Act = Callable[[RunningBot, int, int], None]  # a person does something in a chat
PRESSES = [
    Press(act, number, choice)
    for act, choices in CHOICES.items()
    for choice in choices
    if not choice.isdecimal() or choice in ("1", "99")  # of pages one that there is, and one that there is not
    for number in ((0,) if act in NUMBERLESS else (1, 999))
]
FORGED = ["", "nonsense", "respond:1", "respond:99999999999:accepted", "leave:1:accepted", "check_in:-1", "bind:x" * 10]
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "某人", "date": 1}}


def saying(*texts: str) -> Act:
    def act(bot: RunningBot, user: int, chat: int) -> None:
        for text in texts:
            bot.people.say(user, chat, text)

    return act


def pressing(bot: RunningBot, user: int, chat: int) -> None:
    message = bot.last(chat)
    for data in (*(press.data for press in PRESSES), *FORGED):
        bot.people.forge(user, chat, message.id, data)


def replying(bot: RunningBot, user: int, chat: int) -> None:
    bot.people.say(user, chat, "每月几次？", reply_to=bot.last(chat).id)
    bot.people.say(user, chat, "@jiaolian_bot 每月几次？")


def forwarding(bot: RunningBot, user: int, chat: int) -> None:
    where = bot.room.chats[chat]
    bot.people.deliver(bot.room.add_message(where, bot.room.users[user], "每月几次", service=FORWARDED))


def sending(bot: RunningBot, user: int, chat: int) -> None:
    bot.people.send_document(user, chat, "反思.docx", b"1")


def moving(bot: RunningBot, user: int, chat: int) -> None:
    if chat < 0:
        bot.people.pin(user, chat, bot.last(chat).id)
        bot.people.leave(NOBODY, chat)
        bot.people.join(NOBODY, chat)
        bot.people.remove_bot(chat, user)
        bot.people.add_bot(chat, user)
    else:
        bot.people.block(chat)
        bot.people.unblock(chat)


def migrating(bot: RunningBot, user: int, chat: int) -> None:
    if chat < 0:
        bot.people.service(chat, user, migrate_to_chat_id=-1_000_000_000_000 + chat)
        bot.people.service(chat, user, migrate_from_chat_id=chat)


ACTS: dict[str, Act] = {
    "press": pressing,
    "membership": moving,
    "start": saying("/start", "/start leave_1", "/start reflect_999", "/start " + "x" * 64, "/start leave_0 y"),
    "help": saying("/help", "/start@jiaolian_bot"),
    "next": saying("/next", "/next 3"),
    "ask": saying("/ask", "/ask 每月几次", "/ask" + "？" * 4000),
    "bind": saying("/bind", "/bind 样例教研群", "/bind \u200f_*`["),
    "check_in": saying("/checkin", "/checkin 1234", "/checkin ١٢٣٤ 口令"),
    "alone": saying("/leave", "/reflect", "/settings", "/leave 家里有事", "/invite", "/invite " + "样" * 200),
    "unknown": saying("/nudge", "/dance@jiaolian_bot"),
    "words": saying("1234", "参加", "+1", "请假", "收到", "每月几次", "\u200f", "/"),
    "called": replying,
    "forwarded": forwarding,
    "unreadable": sending,
    "reached": saying("您好"),
    "overheard": saying("您好"),
    "migrated": migrating,
}


async def survive(bot: RunningBot, user: int, chat: int, then: Callable[[], None] = lambda: None) -> None:
    """Each act alone, so that it is known which of them failed; `then` is what happens before the bot hears of it. In a
    group nothing that was said is made to say something else."""
    for name, act in ACTS.items():
        said = standing(bot, chat)
        act(bot, user, chat)
        then()
        await bot.work_off()
        failed = bot.store.call(updates.counts).get(UpdateState.FAILED, 0)
        assert failed == 0, name
        answers = [query.answer for query in bot.room.queries.values()]
        assert None not in answers, name
        assert chat > 0 or said <= standing(bot, chat), name
        assert [answer["text"] for answer in answers if answer and answer["text"].endswith("…")] == [], "cut short"


def standing(bot: RunningBot, chat: int) -> set[tuple[int, str]]:
    """What we have said there, as it reads now."""
    return {(message.id, message.text) for message in bot.messages(chat)}


@pytest.fixture
async def announced(bot: RunningBot) -> RunningBot:
    """Cards in the group, something said by the bot in every chat, and a paper that can be quoted."""
    bot.store.call(publish, 1, CHARTER)
    bot.clock.move_to(local("10-07 09:00"))
    for user in (LI, NOBODY, OFFICE):
        bot.people.start(user)
    bot.people.say(LI, STRANGE, "/help")
    await bot.settle()
    await bot.until(local("10-08 09:00"))
    return bot


def test_every_mounted_route_has_an_act_here() -> None:
    assert set(routes()) == set(ACTS)


def routes() -> Iterator[str]:
    """The names of the methods that `Routes` mounts."""
    application = Application.builder().token("1:x").updater(None).job_queue(None).build()
    Routes(*[None] * 4).mount(application)  # type: ignore[arg-type]
    for handlers in application.handlers.values():
        for handler in handlers:
            assert handler.block is not False  # it would outlive `process_update`
            yield handler.callback.__name__
    assert sum(isinstance(one, CallbackQueryHandler) for one in application.handlers[0]) == 1


@pytest.mark.parametrize("chat", [NOBODY, TEACHING])
async def test_an_unknown_account(announced: RunningBot, chat: int) -> None:
    await survive(announced, NOBODY, chat)


@pytest.mark.parametrize("user", [LI, OFFICE])
async def test_a_chat_that_is_not_bound(announced: RunningBot, user: int) -> None:
    await survive(announced, user, STRANGE)


@pytest.mark.parametrize("chat", [LI, TEACHING])
async def test_cancelled_events(announced: RunningBot, chat: int) -> None:
    def cancel(session: Session) -> None:
        for row, _ in agendas.of_consortium(session, 1):
            row.state = OccurrenceState.CANCELLED

    announced.store.call(cancel)
    await survive(announced, LI, chat)


@pytest.mark.parametrize("chat", [OFFICE, TEACHING])
async def test_events_that_are_over(announced: RunningBot, chat: int) -> None:
    announced.clock.move_to(local("12-20 09:00"))
    await survive(announced, OFFICE, chat)


async def test_whoever_has_blocked_us_meanwhile_is_remembered_as_out_of_reach(announced: RunningBot) -> None:
    def reachable(session: Session) -> bool | None:
        row = session.get(KnownAccount, accounts.id_of(session, Account("telegram", str(LI))) or 0)
        return row.reachable if row else None

    def block() -> None:
        announced.room.users[LI].blocked = True

    await survive(announced, LI, LI, block)
    assert announced.store.call(reachable) is False


async def test_a_group_where_we_may_not_write_hinders_nobody(announced: RunningBot) -> None:
    announced.room.chats[TEACHING].muted = True
    await survive(announced, LI, TEACHING)


async def test_a_group_that_has_shut_us_out_is_remembered_as_closed(announced: RunningBot) -> None:
    group = announced.room.chats[TEACHING]

    def shut() -> None:
        group.members[announced.room.bot.id] = "kicked"

    def closed(session: Session) -> bool:
        return chats.by_keys(session, 1)["teaching"].closed_at is not None

    announced.people.say(LI, TEACHING, "/help")
    shut()
    await announced.settle()
    assert announced.store.call(closed)
    group.members[announced.room.bot.id] = "member"
    await survive(announced, LI, TEACHING, shut)


async def test_a_group_that_has_moved_is_answered_where_it_is_now(announced: RunningBot) -> None:
    announced.people.say(LI, TEACHING, "/help")
    fetched = list(announced.room.updates)
    new = announced.people.migrate(TEACHING)
    announced.room.updates.clear()
    announced.room.updates.extend(fetched)  # what the service messages say comes later
    await announced.settle()
    assert "/next" in announced.heard(new)[0]


async def test_a_press_that_is_answered_too_late_counts_all_the_same(announced: RunningBot) -> None:
    card = announced.last(TEACHING)
    query = announced.people.press(LI, TEACHING, card.id, "参加")
    fetched = cast(list[Numbered], list(announced.room.updates))
    announced.clock.forward(timedelta(seconds=200))
    await announced.parts.receiver.take(fetched)
    await announced.settle()
    assert announced.room.answer(query) is None
    assert "您已回复：参加" in (await announced.say(LI, "/next"))[0]
