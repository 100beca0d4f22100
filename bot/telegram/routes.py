"""Routes: read, one use case, say."""

import unicodedata

from msgspec.structs import replace
from telegram import Message, Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.desk import Desk
from bot.talk import errands
from bot.talk.conversation import Conversation
from bot.talk.heard import Heard
from bot.telegram import reading
from bot.telegram.card_words import CardWords
from bot.telegram.linking import group_link
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies
from bot.voice import Voices
from bot.written import replied
from bot.written.replied import Replied
from handlers.bind_chat import Bind, NotAGroup, bind
from handlers.check_in import CheckedIn, GuestCheckedIn
from handlers.check_in_by_code import CheckInByCode, check_in_by_code
from handlers.claim import Meet, meet
from handlers.membership import Depart, Hear, Join, Migrate, Mute, Reach, depart, hear, join, migrate, mute, reach
from handlers.participants import NotLinked

MESSAGE = filters.UpdateType.MESSAGE  # an edit of an old one is no act
NEW = MESSAGE & ~filters.FORWARDED  # another's words are no act of the sender's
PRIVATE, GROUPS = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
ON_CARDS = "^(respond|seen|check_in):"
WORDS = filters.TEXT & ~filters.COMMAND


class Routes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies, talk: Conversation) -> None:
        self.desk, self.voices, self.replies, self.talk = desk, voices, replies, talk
        self.card_words = CardWords(desk, voices, replies)

    def mount_cards(self, application: Telegram) -> None:
        """Before all others: what a crowd presses need not be held against every other pattern."""
        application.add_handler(CallbackQueryHandler(self.press, ON_CARDS))

    def mount(self, application: Telegram) -> None:
        """In this order: the first that fits is the only one; group -1 goes before it, for every message."""
        add = application.add_handler
        add(MessageHandler(MESSAGE & GROUPS & filters.TEXT, self.overheard), group=-1)
        add(MessageHandler(MESSAGE & PRIVATE, self.reached), group=-1)
        add(CallbackQueryHandler(self.press))
        add(ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER))
        add(MessageHandler(filters.StatusUpdate.MIGRATE, self.migrated))
        add(CommandHandler("start", self.start, NEW & PRIVATE))
        add(CommandHandler(["help", "start"], self.help, NEW))
        add(CommandHandler("next", self.next, NEW))
        add(CommandHandler("ask", self.ask, NEW))
        add(CommandHandler("bind", self.bind, NEW))
        add(CommandHandler("checkin", self.check_in, NEW))
        add(CommandHandler(errands.COMMANDS, self.alone, NEW))
        add(MessageHandler(NEW & filters.COMMAND, self.unknown))
        add(MessageHandler(NEW & PRIVATE & WORDS, self.words))
        add(MessageHandler(NEW & GROUPS & WORDS, self.called))
        add(MessageHandler(MESSAGE & PRIVATE & WORDS, self.forwarded))
        add(MessageHandler(MESSAGE & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, self.unreadable))

    async def reached(self, update: Update, _context: Context) -> None:
        _, heard = read(update)
        if heard.account is not None:
            await self.desk.take(reach, Reach(heard.account, reachable=True))

    async def overheard(self, update: Update, _context: Context) -> None:
        _, heard = read(update)
        await self.desk.take(hear, Hear(heard.place))

    async def press(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        pressed = reading.pressed(query)
        errand = errands.of_press(pressed)
        if errand is None:
            return await self.replies.stale(query, pressed.account)
        served = await errand(self.replies.desk_of(pressed))
        if isinstance(served.outcome, NotLinked) and pressed.group and pressed.place is not None:
            served = await self.desk.serve(meet, Meet(pressed.account, pressed.place))  # the way to link oneself
        return await self.replies.answer(query, pressed, served)

    async def membership(self, update: Update, context: Context) -> None:
        assert update.my_chat_member is not None
        match reading.membership(update.my_chat_member):
            case Join() as request:
                me = await context.bot.get_me()  # the privacy mode may be another one since the start
                reads_all = request.reads_all or bool(me.can_read_all_group_messages)
                outcome = await self.desk.take(join, replace(request, reads_all=reads_all))
                greeting = await self.voices.default.tell(outcome)
                arrived = not request.muted and await self.replies.say(request.place, greeting, group=True)
                by = reading.account(update.my_chat_member.from_user)
                if not arrived and by is not None:
                    await self.replies.tell(by, "cannot_speak", title=request.title)
            case Depart() as request:
                await self.desk.take(depart, request)
            case Mute() as request:
                await self.desk.take(mute, request)
            case Reach() as request:
                await self.desk.take(reach, request)

    async def migrated(self, update: Update, _context: Context) -> None:
        """The old group says where it went; what the new one says of it is the same news."""
        message, heard = read(update)
        if message.migrate_to_chat_id is not None:
            await self.desk.take(migrate, Migrate(heard.place, str(message.migrate_to_chat_id)))

    async def start(self, update: Update, _context: Context) -> None:
        message, heard = read(update)
        if heard.account is not None:
            await self.talk.command(heard, heard.account, "start", reading.behind_command(message))

    async def help(self, update: Update, context: Context) -> None:
        message, heard = read(update)
        if heard.group and reading.command(message) == "start" and reading.behind_command(message) == "bind":
            return await self.bound(heard, "", context.bot.username)  # behind a link that took us into the group
        return await self.talk.help(heard)

    async def next(self, update: Update, _context: Context) -> None:
        await self.talk.next(read(update)[1])

    async def bind(self, update: Update, context: Context) -> None:
        message, heard = read(update)
        await self.bound(heard, reading.behind_command(message), context.bot.username)

    async def bound(self, heard: Heard, word: str, username: str) -> None:
        if heard.account is None:
            return await self.replies.remark(heard, "anonymous_sender")
        served = await self.desk.serve(bind, Bind(heard.account, heard.group_place, heard.title, word))
        if isinstance(served.outcome, NotAGroup):
            served = replace(served, outcome=replace(served.outcome, link=group_link(username, "bind")))
        return await self.replies.reply(heard, served)

    async def check_in(self, update: Update, context: Context) -> None:
        message, heard = read(update)
        code = unicodedata.normalize("NFKC", reading.behind_command(message))
        if not code:
            return await self.alone(update, context)
        if heard.account is None:
            return await self.replies.remark(heard, "anonymous_sender")
        served = await self.desk.serve(check_in_by_code, CheckInByCode(heard.account, code))
        if heard.group and isinstance(served.outcome, CheckedIn | GuestCheckedIn):
            return await self.replies.remark(heard, "check_in_noted")  # who comes late is nobody else's business
        return await self.replies.reply(heard, served)

    async def alone(self, update: Update, context: Context) -> None:
        """What is between us and one person: a group is only told the way."""
        message, heard = read(update)
        command = reading.command(message)
        account = await self.replies.alone(heard, context.bot.username, command)
        if account is not None:
            await self.talk.command(heard, account, command)

    async def unknown(self, update: Update, context: Context) -> None:
        """In a group a command may be meant for another bot."""
        message, heard = read(update)
        ours = f"@{context.bot.username}".casefold()
        if not heard.group or ours in (message.text or "").partition(" ")[0].casefold():
            await self.talk.guess(heard, reading.command(message))

    async def words(self, update: Update, context: Context) -> None:
        message, heard = read(update)
        assert heard.account is not None  # a private chat is a person's
        answered = reading.answered(message, context.bot.id)
        await self.talk.words(heard, heard.account, reading.plain(message), answered)

    async def ask(self, update: Update, _context: Context) -> None:
        message, heard = read(update)
        await self.talk.consult(heard, reading.behind_command(message), asks=True)

    async def called(self, update: Update, context: Context) -> None:
        message, heard = read(update)
        text = reading.question(message, context.bot.username, context.bot.id)
        if text is not None and not await self.card_words.taken(message, heard, context.bot):
            await self.talk.consult(heard, text, asks=self.is_put(message, heard, text, context.bot.id))

    def is_put(self, message: Message, heard: Heard, text: str, bot: int) -> bool:
        """A mention and a reply to an answer are questions whatever their form. What replies to a notice may be
        a reason, and so may words of leave."""
        to_answer = heard.card is not None or reading.answered(message, bot) is None
        return to_answer and replied.read(text, self.voices) is Replied.OTHER

    async def forwarded(self, update: Update, _context: Context) -> None:
        """Another's words are no answer of this person's, but may well be a question."""
        message, heard = read(update)
        await self.talk.consult(heard, message.text or "")

    async def unreadable(self, update: Update, _context: Context) -> None:
        _, heard = read(update)
        await self.replies.remark(heard, "text_only", once=True)


def read(update: Update) -> tuple[Message, Heard]:
    assert update.message is not None  # the filters let nothing else through
    return update.message, reading.heard(update.message)
