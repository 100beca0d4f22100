"""Inline routes: a look-up that is typed behind our name in any chat, and what was sent from it."""


from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import InlineQueryHandler, MessageHandler, filters

from bot.desk import Desk, Served
from bot.length import fitted
from bot.telegram import reading
from bot.telegram.ptb import Context, Telegram
from bot.voice import Voice, Voices
from handlers.ask import Answered
from handlers.choose_consortium import ConsortiumToChoose
from handlers.look_up import LookedUp, LookUp, LookUpOutcome, look_up
from handlers.start import Unlinked

CACHED = 10  # seconds: a new edition answers at once
BEGINNING = 100  # characters below a result's title


class InlineRoutes:
    def __init__(self, desk: Desk, voices: Voices) -> None:
        self.desk, self.voices = desk, voices

    def mount(self, application: Telegram) -> None:
        """Before all that takes messages: what was sent from a look-up is no word of the sender's."""
        application.add_handler(InlineQueryHandler(self.asked))
        application.add_handler(MessageHandler(filters.VIA_BOT, self.sent))

    async def asked(self, update: Update, _context: Context) -> None:
        query = update.inline_query
        assert query is not None  # the handler takes nothing else
        account = reading.account(query.from_user)
        assert account is not None  # nobody types in the name of a group
        request = LookUp(account, query.query, self.voices.is_personal(query.query))
        served: Served[LookUpOutcome] = await self.desk.serve(look_up, request)
        voice = self.voices.of(served.language)
        results = served.outcome.results if isinstance(served.outcome, LookedUp) else ()
        articles = [article(number, one, voice) for number, one in enumerate(results, 1)]
        try:
            await query.answer(articles, CACHED, is_personal=True, button=way_in(served.outcome, voice))
        except BadRequest as error:  # more was typed meanwhile, or we were away
            if "query is too old" not in error.message.lower():
                raise

    async def sent(self, update: Update, _context: Context) -> None:
        """Nothing is to be said to it."""


def article(number: int, answered: Answered, voice: Voice) -> InlineQueryResultArticle:
    (one,) = answered.citations
    text = fitted(voice.say(answered).text)
    content = InputTextMessageContent(text, link_preview_options=LinkPreviewOptions(is_disabled=True))
    title = one.path[-1] if one.path else one.document
    return InlineQueryResultArticle(str(number), title, content, description=one.text[:BEGINNING])


def way_in(outcome: LookUpOutcome, voice: Voice) -> InlineQueryResultsButton | None:
    """Into the private chat: a stranger learns there how to be linked, whoever is in several consortiums chooses."""
    match outcome:
        case LookedUp():
            return None
        case ConsortiumToChoose():
            label, payload = "choose_consortium", "settings"
        case Unlinked():
            label, payload = "link_name", "claim"
    return InlineQueryResultsButton(voice.labels.button(label), start_parameter=payload)
