"""Routes of forms: which of an event's to print (打印表格), the form as a document, and a school's own layout."""

import asyncio
import re

from msgspec import Struct
from msgspec.structs import replace
from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.file.refusals import Complaints
from bot.forms import forms, own_layout
from bot.sent_files import lines
from bot.talk.errands import Errand, errand
from bot.talk.heard import Pressed
from bot.telegram import reading
from bot.telegram.file_routes import fetched
from bot.telegram.ptb import Context, Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voice, Voices
from handlers.ask_form import AskForm, AskSlip, FormSent, FormsListed, ListForms, ask_form, ask_slip, list_forms
from handlers.copy_notice import CopyNotice, NoticeCopied, copy_notice
from handlers.offer import FileWanted, SendFile, send_file
from handlers.own_form_layout import KeepLayout, RemoveLayout, keep_layout, remove_layout
from store.accounts import Account
from store.chats import Place
from store.complaint import Complaint
from store.form_layouts import Form
from store.offers import OfferKind

OURS = r"^(forms|form|notice_text|slip|slip_days|layout):"
PRIVATE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE


class FormRoutes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies, self.layouts = desk, voices, replies, Layouts(voices)

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press, and any file."""
        application.add_handler(CallbackQueryHandler(self.replies.in_private(self.pressed), OURS))
        application.add_handler(MessageHandler(PRIVATE & filters.Document.ALL & self.layouts, self.layout_sent))

    async def pressed(self, query: CallbackQuery, pressed: Pressed, press: Press, place: Place) -> None:
        served = await asked(press, pressed.account)(self.desk)
        voice, outcome = self.voices.of(served.language), served.outcome
        if not isinstance(outcome, FormSent | FormsListed | NoticeCopied):
            return await self.replies.answer(query, pressed, served)
        await answer(query)
        if isinstance(outcome, FormSent):  # off the loop: a sheet takes some of a second
            outcome = replace(outcome, document=await asyncio.to_thread(made, outcome, voice))
        await self.replies.say(place, await voice.tell(outcome))
        return None

    async def layout_sent(self, update: Update, _context: Context) -> None:
        """Checked before it is kept: what is wrong with it is told with its place."""
        sent = reading.sent_file(update)
        read = self.layouts.read(sent.caption)
        assert read is not None  # the filters let no other caption through
        heard, name, (form, word) = sent.heard, sent.name, read
        request = SendFile(sent.account, OfferKind.PAPER, name, sent.document.file_size or 0, word)
        served: Served[Struct] = await self.desk.serve(send_file, request)
        if not isinstance(served.outcome, FileWanted):
            return await self.replies.reply(heard, served)
        try:
            content = await fetched(sent.document, OfferKind.PAPER)
            await asyncio.to_thread(own_layout.check, name, content, form)
        except (Complaint, Complaints) as refused:
            return await self.replies.remark(heard, "file_refused", lines="\n".join(lines(refused)))
        kept = KeepLayout(sent.account, served.outcome.consortium, form, name, content)
        return await self.replies.reply(heard, await self.desk.serve(keep_layout, kept))


class Layouts(filters.MessageFilter):
    """Files whose caption says that they are the layout of a form: 签到表版式, perhaps with the consortium's key."""

    def __init__(self, voices: Voices) -> None:
        super().__init__()
        labels = [voice.labels for voice in voices.every.values()]
        self.said = {
            spaced(one.named("layout_of", "form_words").format(form=one.label(form))): form
            for one in labels
            for form in Form
        }

    def read(self, caption: str) -> tuple[Form, str] | None:
        """The form, and what else is written."""
        found = ((form, said.sub("", caption)) for said, form in self.said.items() if said.search(caption))
        return next(found, None)

    def filter(self, message: Message) -> bool:
        return self.read(message.caption or "") is not None


def spaced(words: str) -> re.Pattern[str]:
    """However they are spaced and spelt."""
    return re.compile(r"\s*".join(re.escape(one) for one in words if not one.isspace()), re.IGNORECASE)


def asked(press: Press, account: Account) -> Errand:
    """What a press of a form asks of the desk."""
    match press.act:
        case "forms":
            return errand(list_forms, ListForms(account, press.subject))
        case "notice_text":
            return errand(copy_notice, CopyNotice(account, press.subject))
        case "slip" | "slip_days" as act:
            return errand(ask_slip, AskSlip(account, press.subject, several=act == "slip_days"))
        case "layout":
            return errand(remove_layout, RemoveLayout(account, press.subject, Form(press.choice)))
    return errand(ask_form, AskForm(account, press.subject, Form(press.choice)))


def made(outcome: FormSent, voice: Voice) -> tuple[str, bytes]:
    """Its name and content."""
    words = voice.labels
    content = forms.printed(outcome.form, outcome.facts, words, outcome.own)
    return forms.file_name(outcome.form, outcome.day, words), content
