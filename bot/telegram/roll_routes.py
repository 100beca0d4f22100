"""Routes below /report: the roll of an event, and what is registered or corrected there by presses, in private."""


from msgspec import Struct
from telegram import CallbackQuery
from telegram.ext import CallbackQueryHandler

from bot.buttons.presses import Press
from bot.desk import Desk, Served
from bot.talk.errands import Errand, errand
from bot.talk.heard import Pressed
from bot.telegram.ptb import Telegram
from bot.telegram.replies import Replies, answer
from bot.voice import Voices
from handlers.correct import CheckedInFor, Correct, Corrected, Mark, WordAsked, correct, mark
from handlers.online import AskOnline, OnlineNameAsked, ask_online
from handlers.respond_for import RespondedFor, RespondFor, respond_for
from handlers.roll import ReportShown, RollShown, ShowReport, ShowRoll, SpokenShown, show_report, show_roll
from handlers.roll_people import ListPeople, OpenPerson, PeopleListed, PersonOpened, list_people, open_person
from store.accounts import Account
from store.chats import Place
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus

OURS = r"^(report$|(roll|roll_people|online|mark|unsaid):)"
# The message pressed leads on.
STEPS: tuple[type, ...] = (PeopleListed, PersonOpened, WordAsked, CheckedInFor, Corrected, RespondedFor)
ANEW: tuple[type, ...] = (RollShown, ReportShown, SpokenShown, OnlineNameAsked)
ANSWERS = tuple(ParticipationStatus)


class RollRoutes:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies = desk, voices, replies

    def mount(self, application: Telegram) -> None:
        """Before the routes that take any press."""
        application.add_handler(CallbackQueryHandler(self.replies.in_private(self.pressed), OURS))

    async def pressed(self, query: CallbackQuery, pressed: Pressed, press: Press, place: Place) -> None:
        served = await asked(press, pressed.account)(self.desk)
        return await self.answered(query, pressed, served)

    async def answered(self, query: CallbackQuery, pressed: Pressed, served: "Served[Struct]") -> None:
        """A roll is said anew, in as many messages as it takes, and the list that is opened from it; a refusal is an
        alert."""
        message = await self.voices.of(served.language).tell(served.outcome)
        assert pressed.place is not None
        opening = pressed.press is not None and pressed.press.act == "roll_people" and not pressed.press.choice
        if isinstance(served.outcome, (*ANEW, PeopleListed) if opening else ANEW):
            await answer(query)
            return await self.replies.say_all(pressed.place, message)
        if isinstance(served.outcome, STEPS):
            await answer(query)
            return await self.replies.edit(pressed, message)
        return await self.replies.answer(query, pressed, served)


def asked(press: Press, account: Account) -> Errand:
    """What a press of a roll asks of the desk."""
    occurrence, person = press.subject, press.person
    match press.act:
        case "report":
            return errand(show_report, ShowReport(account))
        case "roll":
            return errand(show_roll, ShowRoll(account, occurrence))
        case "online":
            return errand(ask_online, AskOnline(account, occurrence))
        case "roll_people":
            return errand(list_people, ListPeople(account, occurrence, int(press.choice or 1)))
        case "mark" if press.choice == "":
            return errand(open_person, OpenPerson(account, occurrence, person))
        case "mark" if press.choice in ANSWERS:
            return errand(respond_for, RespondFor(account, occurrence, person, ParticipationStatus(press.choice)))
        case "mark":
            return errand(mark, Mark(account, occurrence, person, AttendanceStatus(press.choice)))
    return errand(correct, Correct(account, occurrence, person, AttendanceStatus(press.choice), ""))
