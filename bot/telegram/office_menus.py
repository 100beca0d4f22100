"""Menus of the office: a private chat's own list of commands (Bot API, BotCommandScopeChat), by its person's roles."""

import logging

from telegram import Bot, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.desk import Desk
from bot.talk import menus
from bot.telegram import commands
from bot.telegram.receiver import cause
from bot.voice import Voices
from handlers.office_menus import OfficeMenu, office_menus
from store.accounts import Account
from store.database import Unavailable

log = logging.getLogger(__name__)


class OfficeMenus:
    """`shown`: what each chat was given since the start; given again after the next one, it changes nothing."""

    def __init__(self, bot: Bot, desk: Desk, voices: Voices) -> None:
        self.bot, self.desk, self.voices = bot, desk, voices
        self.shown: dict[Account, OfficeMenu] = {}

    async def refresh(self) -> None:
        """Only what has changed is sent. A convenience: what fails is tried again the next time."""
        try:
            wanted = await self.desk.store.run(office_menus, self.desk.clock.now())
            for account, menu in wanted.items():
                if self.shown.get(account) != menu:
                    await self.show(account, menu)
            for account in self.shown.keys() - wanted.keys():
                await self.bot.delete_my_commands(scope=BotCommandScopeChat(account.address))
                del self.shown[account]
        except Unavailable:
            return
        except TelegramError as error:
            log.warning("menu_not_published", extra={"error": cause(error)})

    async def show(self, account: Account, menu: OfficeMenu) -> None:
        names = menus.ORGANISERS if menu.organiser else menus.OVERSEERS
        listed = commands.menu(names, self.voices.of(menu.language).labels)
        try:
            await self.bot.set_my_commands(listed, scope=BotCommandScopeChat(account.address))
        except (BadRequest, Forbidden):  # has never opened the private chat, or has shut it
            return
        self.shown[account] = menu
