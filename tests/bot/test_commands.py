"""The menu of commands: what it names is answered, in both languages, in private and in groups."""

import pytest
from telegram import Bot
from telegram.ext import Application, CommandHandler

from bot.telegram import commands
from bot.telegram.routes import Routes
from bot.words import Words
from tests.bot.running_bot import RunningBot

CONTRACT = "/start /help /next /ask /leave /checkin /reflect /report /nudge /bind /schedule /cancel /settings /privacy"


def mounted() -> set[str]:
    application = Application.builder().token("1:x").updater(None).job_queue(None).build()
    Routes(None, None, None).mount(application)  # type: ignore[arg-type]
    every = [handler for handlers in application.handlers.values() for handler in handlers]
    return {name for handler in every if isinstance(handler, CommandHandler) for name in handler.commands}


def test_the_menu_names_what_is_mounted_and_the_contract_knows_it() -> None:
    assert {*commands.PRIVATE, *commands.GROUPS} == mounted()
    assert {f"/{name}" for name in mounted()} <= set(CONTRACT.split())


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_menu_is_published_for_private_chats_and_for_groups(bot: RunningBot, language: str) -> None:
    telegram: Bot = bot.parts.receiver.application.bot
    words = Words(language)
    await commands.publish(telegram, words)
    published = {scope: [row["command"] for row in rows] for scope, rows in bot.room.commands.items()}
    assert published == {
        "all_private_chats:": list(commands.PRIVATE),
        "all_group_chats:": list(commands.GROUPS),
    }
    assert bot.room.commands["all_group_chats:"][0]["description"] == words.commands["next"]
