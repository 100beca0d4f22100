"""Routes of files: a document in private is fetched, read, and shown as what it would change; its buttons decide."""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Struct
from telegram import Document, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot import sent_files
from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.file.refusals import Complaints
from bot.sheets import sheet_changes, sheet_head, sign_in_reader
from bot.talk.heard import Heard
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.telegram.reading import SentFile
from bot.telegram.replies import Replies
from bot.voice import Voices
from bot.written.preview import notes, of_sheet
from handlers.amend import Amend, amend
from handlers.decide_offer import (
    DropOffer,
    FileTaken,
    OfferOpened,
    OfferOvertaken,
    OpenOffer,
    TakeOffer,
    drop_offer,
    open_offer,
    take_offer,
)
from handlers.merging import Prefer
from handlers.offer import LARGEST, MB, FileOfNoUse, FileWanted, OfferFile, SendFile, offer_file, send_file
from handlers.offered import Read
from store.accounts import Account
from store.blueprint import Blueprint
from store.complaint import Complaint
from store.offers import OfferKind

OURS = r"^(offer|part):"
PREFER: dict[str, Prefer] = {"file": "file", "chat": "chat"}
SignIn = Callable[[Account, str, bytes, int], Awaitable["Served[Struct]"]]
READINGS = 3  # of one roster, while others apply files


class FileRoutes:
    """`replan`: occurrences and reminders by the files as they are now; `sign_in` shows what a sign-in sheet says."""

    def __init__(
        self,
        desk: Desk,
        voices: Voices,
        replies: Replies,
        replan: Callable[[], Awaitable[None]],
        sign_in: SignIn,
    ) -> None:
        self.desk, self.voices, self.replies, self.replan, self.sign_in = desk, voices, replies, replan, sign_in

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press and any message. A file that is handed on counts as one's own."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        application.add_handler(MessageHandler(private & filters.Document.ALL, self.sent))
        application.add_handler(CallbackQueryHandler(self.pressed, OURS))

    async def sent(self, update: Update, _context: Context) -> None:
        sent = reading.sent_file(update)
        kind = sent_files.kind_of(sent.name)
        request = SendFile(sent.account, kind, sent.name, sent.document.file_size or 0, sent.caption)
        served = await self.desk.serve(send_file, request)
        if kind is None and not isinstance(served.outcome, FileOfNoUse):
            return await self.replies.remark(sent.heard, "text_only", once=True)
        if kind is None or not isinstance(served.outcome, FileWanted):
            return await self.replies.reply(sent.heard, served)
        return await self.offer(sent, kind, served.outcome)

    async def offer(self, sent: SentFile, kind: OfferKind, wanted: FileWanted) -> None:
        heard, account, name, caption = sent.heard, sent.account, sent.name, sent.caption
        try:
            content = await fetched(sent.document, kind)
            if kind is OfferKind.ROSTER and await asyncio.to_thread(sheet_head.is_one, name, content, self.voices):
                return await self.amend(heard, account, name, content, wanted)
            if kind is OfferKind.ROSTER and await asyncio.to_thread(sign_in_reader.is_one, name, content, caption):
                return await self.replies.reply(heard, await self.sign_in(account, name, content, wanted.consortium))
            read = await self.read(kind, name, content, wanted.last, 0)
        except (Complaint, Complaints) as refused:
            return await self.replies.remark(heard, "file_refused", lines="\n".join(sent_files.lines(refused)))
        request = OfferFile(account, kind, name, content, wanted.consortium, read)
        return await self.replies.reply(heard, await self.desk.serve(offer_file, request))

    async def amend(self, heard: Heard, account: Account, name: str, content: bytes, wanted: FileWanted) -> None:
        """A term plan is no file to be kept: what was changed in it is decided as words behind /schedule are."""
        now = self.desk.clock.now()
        changes = await asyncio.to_thread(sheet_changes.read, name, content, wanted.holds, self.voices, now)
        if not changes.entries.every():
            return await self.replies.remark(heard, "sheet_same", file=name, name=wanted.name, sheet=notes(changes))
        seen = await asyncio.to_thread(of_sheet, changes, wanted.holds, now)
        request = Amend(account, wanted.consortium, changes.entries, seen)
        return await self.replies.reply(heard, await self.desk.serve(amend, request))

    async def pressed(self, update: Update, _context: Context) -> None:
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        pressed = reading.pressed(query)
        if pressed.press is None or pressed.group:
            return await self.replies.stale(query, pressed.account)
        press, account = pressed.press, pressed.account
        served: Served[Struct]
        if press.choice == "drop":
            served = await self.desk.serve(drop_offer, DropOffer(account, press.subject))
        else:
            try:
                served = await self.take(account, press)
            except (Complaint, Complaints) as refused:
                return await self.replies.refused(query, pressed, sent_files.lines(refused))
        if isinstance(served.outcome, FileTaken):
            await self.replan()
        return await self.replies.answer(query, pressed, served)

    async def take(self, account: Account, press: Press) -> "Served[Struct]":
        """生效 as it was shown, or a look by another part or word; a roster that was overtaken is read again."""
        for _ in range(READINGS):
            opened = await self.desk.serve(open_offer, OpenOffer(account, press.subject))
            it = opened.outcome
            if not isinstance(it, OfferOpened):
                return opened
            part = int(press.choice) if press.act == "part" else it.part
            prefer = PREFER.get(press.choice, it.prefer)
            read = await self.read(it.kind, it.file, it.content, it.last, part)
            request = TakeOffer(account, press.subject, read, it.last, part, prefer, look=press.choice != "take")
            served = await self.desk.serve(take_offer, request)
            if not isinstance(served.outcome, OfferOvertaken):
                return served
        raise Complaint("file", "other files are being applied just now", "to be sent again")

    async def read(self, kind: OfferKind, name: str, content: bytes, last: Blueprint, part: int) -> Read:
        """Off the loop: a large sheet takes a second."""
        return await asyncio.to_thread(sent_files.read, kind, name, content, last, part)


async def fetched(document: Document, kind: OfferKind) -> bytes:
    """Raises Complaint where Telegram does not hand it out, or it is too large: no size need have been announced."""
    name = document.file_name or ""
    try:
        file = await document.get_file()
        bounded(name, kind, file.file_size or 0)
        content = bytes(await file.download_as_bytearray())
    except BadRequest as error:
        raise Complaint(name, error.message, "a file of at most 20 MB") from None
    bounded(name, kind, len(content))
    return content


def bounded(name: str, kind: OfferKind, size: int) -> None:
    """Raises Complaint for a file that is too large for its kind."""
    if size > LARGEST[kind] * MB:
        raise Complaint(name, f"{size / MB:.1f} MB", f"at most {LARGEST[kind]} MB")
