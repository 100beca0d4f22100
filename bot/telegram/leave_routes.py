"""Routes of /leave. A group is only told the way: what stands behind the command may be a reason."""


from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.talk.leave import LeaveTalk
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies

NEW = filters.UpdateType.MESSAGE & ~filters.FORWARDED


class LeaveRoutes:
    def __init__(self, talk: LeaveTalk, replies: Replies) -> None:
        self.talk, self.replies = talk, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any command."""
        application.add_handler(CommandHandler("leave", self.leave, NEW))

    async def leave(self, update: Update, context: Context) -> None:
        message = update.message
        assert message is not None  # the filter lets nothing else through
        heard = reading.heard(message)
        account = await self.replies.alone(heard, context.bot.username, "leave")
        if account is not None:
            await self.talk.commanded(heard, account, reading.behind_command(message))
