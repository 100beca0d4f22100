"""Commands: the menus that Telegram shows when somebody types a slash (Bot API, setMyCommands)."""

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.talk.menus import ADMINISTRATORS, GROUPS, PRIVATE
from bot.voice import Voices
from bot.words import Words


def scopes() -> tuple[tuple[tuple[str, ...], BotCommandScope], ...]:
    """The narrower scope hides the wider one, so that each names all that it offers (Bot API, BotCommandScope)."""
    return (
        (PRIVATE, BotCommandScopeAllPrivateChats()),
        (GROUPS, BotCommandScopeAllGroupChats()),
        (ADMINISTRATORS, BotCommandScopeAllChatAdministrators()),
    )


async def publish(bot: Bot, voices: Voices) -> None:
    """For whoever uses the client in a language of ours, and for all others; raises what PTB raises."""
    for names, scope in scopes():
        await bot.set_my_commands(menu(names, voices.default.labels), scope=scope)
        for language, voice in voices.every.items():  # the default, too: another one may have been set before
            await bot.set_my_commands(menu(names, voice.labels), scope=scope, language_code=language)


def menu(names: tuple[str, ...], words: Words) -> list[BotCommand]:
    return [BotCommand(name, words.commands[name]) for name in names]
