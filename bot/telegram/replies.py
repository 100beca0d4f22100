"""Replies: how an outcome reaches the person who caused it. In private, and to a press, in the language chosen."""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace
from telegram import CallbackQuery, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.buttons.presses import Press
from bot.desk import Desk, DeskOfAPress, Served
from bot.length import parts
from bot.speech import Message
from bot.talk import errands
from bot.talk.heard import Heard, Pressed
from bot.talk.hush import Hush
from bot.telegram import reading
from bot.telegram.linking import deep_link
from bot.telegram.messenger import Messenger, refused
from bot.telegram.ptb import Context
from bot.telegram.wire import plainly
from bot.voice import Voices
from handlers.also_asked import AlsoShown, BankShown, QuestionRemoved
from handlers.amend import AmendmentDropped, AmendmentShown, AmendmentTaken, AmendmentUndone
from handlers.ask_report import ReportFileComing
from handlers.asked_counts import CountsShown
from handlers.bind_chat import AlreadyBound, Bound
from handlers.check_in import CheckedIn
from handlers.choose_consortium import ConsortiumChosen
from handlers.choose_language import LanguageChosen
from handlers.class_list import ClassesListed, MeetingsListed
from handlers.decide_claim import ClaimSettled
from handlers.decide_leave import LeaveRemarkSkipped, LeaveSettled, LeaveWithdrawn
from handlers.decide_offer import FileTaken, OfferDropped
from handlers.fill_slot import BlanksListed, SlotAsked, SlotCleared
from handlers.leave import LeaveAsked, LeaveKindAsked, LeaveReasonAsked
from handlers.leave_days import LeaveDaysAsked
from handlers.leave_notice import LeaveTakenBack
from handlers.leave_reflection import ReflectionRemovalAsked, ReflectionRemoved, ReflectionSkipped
from handlers.membership import Arrive, Depart, Migrate, Mute, Reach, arrive, depart, migrate, mute, reach
from handlers.minutes import MinutesPartAsked, MinutesShown
from handlers.nudge import NobodyToNudge, NudgesAfterExams, NudgesHushed, NudgesSent, UnansweredShown
from handlers.offered import Presented
from handlers.open_clause import ClauseShown
from handlers.own_reflections import ReflectionShown, ReflectionsShown
from handlers.papers import PaperOpened, PaperWithdrawalAsked, PaperWithdrawn
from handlers.privacy import EraseAsked, Erased, Exported
from handlers.propose import QuestionsProposed
from handlers.queue import QueuedDenied, QueuedLinked, QueuedOpened, QueueListed
from handlers.read_reflections import ReflectedListed, ReflectionsRead
from handlers.record import LinesAsked, RecordArchived, Recorded
from handlers.record_lines import RecordNoted
from handlers.reflect import ReflectionDrafted, ReflectionStarted, ReflectionSubmitted
from handlers.respond import Responded
from handlers.response_note import NoteSkipped
from handlers.schedule import EventOpened
from handlers.sections import SectionsListed
from handlers.see import Seen
from handlers.sign_in import SignInOffered, SignInTaken
from handlers.thumb import ThumbKept
from scheduling.results import Postponed, Shut, Undeliverable
from store.accounts import Account
from store.chats import Place
from store.policies.editions import Published

ANSWER_LENGTH = 200  # characters (Bot API, answerCallbackQuery)
# The message pressed says what is now.
EDITS: tuple[type, ...] = (
    *(ClaimSettled, ConsortiumChosen, Erased, EraseAsked, LanguageChosen),
    *(LeaveAsked, LeaveDaysAsked, LeaveReasonAsked, LeaveRemarkSkipped, LeaveSettled, LeaveTakenBack, LeaveWithdrawn),
    *(NobodyToNudge, NudgesAfterExams, NudgesHushed, NudgesSent, UnansweredShown),
    *(ClassesListed, MeetingsListed, NoteSkipped, RecordNoted),
    *(ReflectionDrafted, ReflectionSubmitted, ReflectionSkipped, ReflectionRemovalAsked, ReflectionRemoved),
    *(AmendmentDropped, AmendmentShown, AmendmentTaken, AmendmentUndone),
    *(FileTaken, OfferDropped, Published, *get_args(Presented)),  # of a file that was sent
    *(SignInOffered, SignInTaken),
    *(BlanksListed, ClauseShown, PaperOpened, PaperWithdrawalAsked, PaperWithdrawn, SlotCleared),
    *(BankShown, CountsShown, QuestionRemoved, QuestionsProposed),
    *(QueueListed, QueuedDenied, QueuedLinked, QueuedOpened, SectionsListed),
)
GROUP_EDITS = (Bound, ClauseShown)  # all others belong to a private chat: data may be forged
# The person writes next: the words must stay in sight.
SAID = (
    *(EventOpened, Exported, LeaveKindAsked, LinesAsked, RecordArchived, Recorded, ReflectionStarted, SlotAsked),
    AlsoShown,
    *(ReflectionShown, ReflectionsShown, ReflectedListed, ReflectionsRead),  # to be read, by pages
)
LONG = (MinutesPartAsked, MinutesShown)  # what somebody has written himself is shown as a whole, in several messages
# A glance is enough; all others are refusals.
PASSING = (AlreadyBound, CheckedIn, ReportFileComing, Responded, Seen, ThumbKept)
log = logging.getLogger(__name__)


Worked = Callable[[CallbackQuery, Pressed, Press, Place], Awaitable[None]]


class Replies:
    def __init__(self, desk: Desk, voices: Voices, messenger: Messenger) -> None:
        self.desk, self.voices, self.messenger, self.hush = desk, voices, messenger, Hush()

    async def reply(self, heard: Heard, served: Served[Struct]) -> None:
        """To a message, where it was written; a step that leads on in private is taken at once."""
        payload = getattr(served.outcome, "payload", None)
        if payload is not None and heard.account is not None and not heard.group:
            served = await errands.of_payload(payload, heard.account)(self.desk)
        voice = self.voices.default if heard.group else self.voices.of(served.language)
        message = await voice.tell(served.outcome)
        if isinstance(served.outcome, LONG) and not heard.group:
            return await self.say_all(heard.place, message)
        await self.say(heard.place, message, heard.message_id if heard.group else None, heard.group)
        return None

    async def remark(self, heard: Heard, template: str, *, once: bool = False, **facts: object) -> None:
        """Words that no use case had to find. `once`: not again within minutes, whatever else is not understood."""
        alone = heard.account if not heard.group else None
        key = heard.place, heard.account, template
        if once and self.hush.said_just_now(key, self.desk.clock.now()):
            return
        voice = self.voices.of(await self.desk.language(alone) if alone else None)
        message = Message(voice.words(template, facts))
        try:
            await self.say(heard.place, message, heard.message_id if heard.group else None, heard.group)
        except TelegramError:
            self.hush.forget(key)  # else it would be held back when it is tried again
            raise

    async def alone(self, heard: Heard, username: str, command: str) -> Account | None:
        """With whom the command is between us alone; None: a group, which has been told the way."""
        if heard.group or heard.account is None:
            await self.remark(heard, "private_only", link=deep_link(username, command))
            return None
        return heard.account

    def desk_of(self, pressed: Pressed) -> Desk:
        """Where a press is taken whose message may be several in one (`private_budget`)."""
        if pressed.group or pressed.place is None:
            return self.desk
        return DeskOfAPress(self.desk, EDITS, pressed.place, str(pressed.message_id))

    async def answer(self, query: CallbackQuery, pressed: Pressed, served: Served[Struct]) -> None:
        """To a press, which is answered whatever comes of it: the client shows a turning wheel until then."""
        payload = getattr(served.outcome, "payload", None)
        private = pressed.place is not None and not pressed.group
        if payload is not None and not private:
            return await answer(query, url=deep_link(query.get_bot().username, payload))
        if payload is not None:
            served = await errands.of_payload(payload, pressed.account)(self.desk_of(pressed))
        outcome, voice = served.outcome, self.voices.of(served.language)
        if isinstance(outcome, EDITS if private else GROUP_EDITS) and pressed.place is not None:
            await answer(query)
            said = await (voice if private else self.voices.default).tell(outcome)
            if served.beside or (pressed.group and pressed.offered is None):
                # what else the message pressed tells, and its buttons, stay; so does what may be another's message
                await self.say(pressed.place, said, group=pressed.group)
                return None
            return await self.edit(pressed, said)
        message = await voice.tell(outcome)
        if private and (payload is not None or isinstance(outcome, SAID) or len(message.text) > ANSWER_LENGTH):
            await answer(query)
            assert pressed.place is not None
            await self.say(pressed.place, message)
            return None
        text = message.text if len(message.text) <= ANSWER_LENGTH else f"{message.text[: ANSWER_LENGTH - 1]}…"
        return await answer(query, text, show_alert=not isinstance(outcome, PASSING))

    def in_private(self, work: Worked) -> Callable[[Update, Context], Coroutine[None, None, None]]:
        """A handler of presses that belong to a private chat alone; of any other it is said that they mean nothing."""

        async def handled(update: Update, _context: Context) -> None:
            query = update.callback_query
            assert query is not None  # such a handler takes nothing else
            pressed = reading.pressed(query)
            if pressed.press is None or pressed.group or pressed.place is None:
                return await self.stale(query, pressed.account)
            return await work(query, pressed, pressed.press, pressed.place)

        return handled

    async def stale(self, query: CallbackQuery, account: Account) -> None:
        """To a press that means nothing any more."""
        voice = self.voices.of(await self.desk.language(account))
        await answer(query, voice.words("stale_button", {}), show_alert=True)

    async def refused(self, query: CallbackQuery, pressed: Pressed, lines: Sequence[str]) -> None:
        """What was sent is good no longer: the message pressed says why."""
        voice = self.voices.of(await self.desk.language(pressed.account))
        await answer(query)
        await self.edit(pressed, Message(voice.words("file_refused", {"lines": "\n".join(lines)})))

    async def edit(self, pressed: Pressed, message: Message) -> None:
        """The message that was pressed says what is now; where that cannot be changed, another one does."""
        assert pressed.place is not None
        assert pressed.message_id is not None
        try:
            await self.messenger.reword(pressed.place, pressed.message_id, message, group=pressed.group)
        except (BadRequest, Forbidden) as error:
            if "message is not modified" not in error.message.lower():
                await self.say(pressed.place, message, group=pressed.group)

    async def say(self, place: Place, message: Message, reply_to: str | None = None, group: bool = False) -> bool:
        """Whether it arrived. Whoever has shut us out is remembered as such; that, and a chat where we may not write,
        is no failure."""
        try:
            await self.messenger.speak(place, message, reply_to, group=group)
        except ChatMigrated as error:
            await self.desk.take(migrate, Migrate(place, str(error.new_chat_id)))
            place = replace(place, address=str(error.new_chat_id))
            await self.messenger.speak(place, message, group=group)
        except (BadRequest, Forbidden) as error:
            result = refused(error) if isinstance(error, BadRequest) else Shut(error.message)
            if isinstance(result, Undeliverable):
                raise
            log.info("reply_shut_out", extra={"chat": place.address, "error": error.message})
            if isinstance(result, Shut):
                await self.shut(place, group)
            elif isinstance(result, Postponed) and result.silence is not None:
                await self.desk.take(mute, Mute(place, result.silence))
            return False
        if group:
            await self.desk.take(arrive, Arrive(place))
        return True

    async def say_all(self, place: Place, message: Message) -> None:
        """In private, however long it is: the buttons are the last part's."""
        *before, last = parts(message.text)
        for text in before:
            await self.say(place, Message(text))
        await self.say(place, replace(message, text=last))

    async def tell(self, account: Account, template: str, **facts: str) -> bool:
        """In private, somebody whom another's act concerns, or what is not for a group. Whether it arrived."""
        voice = self.voices.of(await self.desk.language(account))
        return await self.say(Place(account.platform, account.address), Message(voice.words(template, facts)))

    async def shut(self, place: Place, group: bool) -> None:
        if group:
            await self.desk.take(depart, Depart(place))
        else:
            await self.desk.take(reach, Reach(Account(place.platform, place.address), reachable=False))


async def answer(
    query: CallbackQuery, text: str | None = None, *, show_alert: bool = False, url: str | None = None
) -> None:
    """Too late, or answered before: the press counts all the same (facts, row 26)."""
    try:
        about = {"callback_query_id": query.id, "text": text, "show_alert": show_alert or None, "url": url}
        await plainly(query.get_bot(), "answerCallbackQuery", **about)
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise
