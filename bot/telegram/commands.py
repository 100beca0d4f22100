"""Commands: the menu that Telegram shows when somebody types a slash (Bot API, setMyCommands)."""

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.words import Words

PRIVATE = ("next", "ask", "leave", "checkin", "reflect", "help", "settings", "start")
GROUPS = ("next", "ask", "checkin", "help", "bind")


async def publish(bot: Bot, words: Words) -> None:
    """What can be done in private, and what in a group; raises what PTB raises."""
    await bot.set_my_commands(menu(PRIVATE, words), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(menu(GROUPS, words), scope=BotCommandScopeAllGroupChats())


def menu(names: tuple[str, ...], words: Words) -> list[BotCommand]:
    return [BotCommand(name, words.commands[name]) for name in names]
