"""The menu of commands: what it names is answered, in both languages, in private and in groups."""

import pytest
from telegram import Bot
from telegram.ext import Application, CommandHandler

from bot.settings import LANGUAGES
from bot.talk import menus
from bot.telegram import commands
from bot.telegram.invite_routes import InviteRoutes
from bot.telegram.leave_routes import LeaveRoutes
from bot.telegram.replies import Replies
from bot.telegram.report_routes import ReportRoutes
from bot.telegram.routes import Routes
from bot.telegram.schedule_routes import ScheduleRoutes
from bot.voice import Voices
from bot.words import Words
from store import linked_accounts, persons
from store.accounts import Account
from store.database import Session
from tests.bot.running_bot import LI, OFFICE, RunningBot

CONTRACT = "/start /help /next /ask /leave /checkin /reflect /report /nudge /bind /schedule /cancel /settings /privacy"
CODES = ("", *LANGUAGES)


def mounted() -> set[str]:
    application = Application.builder().token("1:x").updater(None).job_queue(None).build()
    plain, schedule = Routes(*[None] * 4), ScheduleRoutes(*[None] * 4)  # type: ignore[arg-type]
    replies = Replies(*[None] * 3)  # type: ignore[arg-type]
    leave, report = LeaveRoutes(*[None] * 2), ReportRoutes(None, None, replies)  # type: ignore[arg-type]
    for routes in (plain, schedule, leave, report, InviteRoutes(*[None] * 4)):  # type: ignore[arg-type]
        routes.mount(application)
    every = [handler for handlers in application.handlers.values() for handler in handlers]
    return {name for handler in every if isinstance(handler, CommandHandler) for name in handler.commands}


def test_the_menu_names_what_is_mounted_and_the_contract_knows_it() -> None:
    listed = {*menus.ORGANISERS, *menus.ADMINISTRATORS}
    assert mounted() == listed
    assert set(CONTRACT.split()) <= {f"/{name}" for name in listed}  # there may be more
    assert {*menus.PRIVATE} < {*menus.OVERSEERS} < {*menus.ORGANISERS}


@pytest.mark.parametrize("default", ["zh", "en"])
async def test_the_menu_is_published_by_scope_and_language(bot: RunningBot, default: str) -> None:
    telegram: Bot = bot.parts.receiver.application.bot
    await commands.publish(telegram, Voices(default))
    scopes = {
        "all_private_chats": menus.PRIVATE,
        "all_group_chats": menus.GROUPS,
        "all_chat_administrators": menus.ADMINISTRATORS,
    }
    published = {scope: [row["command"] for row in rows] for scope, rows in bot.room.commands.items()}
    assert published == {f"{scope}:{language}": list(names) for scope, names in scopes.items() for language in CODES}
    for code, language in zip(CODES, (default, *LANGUAGES), strict=True):
        said = Words(language).commands["next"]
        assert bot.room.commands[f"all_group_chats:{code}"][0]["description"] == said


async def test_the_office_has_more_on_its_menu_as_long_as_it_is_the_office(bot: RunningBot) -> None:
    bot.room.users[OFFICE].started = True
    shown, room = bot.parts.menus, bot.room
    await shown.refresh()
    assert [row["command"] for row in room.commands[f"chat/{OFFICE}:"]] == list(menus.ORGANISERS)
    assert f"chat/{LI}:" not in room.commands
    before = len(room.calls)
    await shown.refresh()
    assert len(room.calls) == before
    bot.store.call(unlinked)
    await shown.refresh()
    assert f"chat/{OFFICE}:" not in room.commands


def unlinked(session: Session) -> None:
    known = persons.of_account(session, Account("telegram", str(OFFICE)), 1)
    assert known is not None
    linked_accounts.link(session, known.id, None)
