"""Edit routes: whoever edits the message of a reflection (反思) edits that; any other edit is no act."""


from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.desk import Desk
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from handlers.rewrite_reflection import NothingRewritten, RewriteReflection, rewrite_reflection

EDITED = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE & filters.TEXT


class EditRoutes:
    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def mount(self, application: Telegram) -> None:
        application.add_handler(MessageHandler(EDITED, self.edited))

    async def edited(self, update: Update, _context: Context) -> None:
        message = update.edited_message
        assert message is not None  # the filter lets nothing else through
        heard = reading.heard(message)
        if heard.account is None:
            return
        request = RewriteReflection(heard.account, heard.message_id, reading.plain(message))
        served = await self.desk.serve(rewrite_reflection, request)
        if not isinstance(served.outcome, NothingRewritten):
            await self.replies.reply(heard, served)
