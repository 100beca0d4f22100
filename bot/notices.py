"""Notices: what a message that is due says, put together when it is sent, so that its counts are today's."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from msgspec import Struct

from bot.buttons.roll_buttons import asking
from bot.desk import Desk
from bot.due_notice import due_notices
from bot.length import parted_by_length
from bot.speech import Button, Message, together
from bot.voice import Voice, Voices
from handlers.ask_report import ReportFileSent
from handlers.notice import Notice, NoticeMoot, NoticeOutcome
from store.chats import Place
from store.outbox import Claimed, Part

Rows = tuple[tuple[Button, ...], ...]
Relabel = Callable[[Place, str, Rows], Awaitable[None]]
SHOWN_EVERY = 2.0  # seconds


class Composed(Struct, frozen=True):
    """`left`: the deliveries of the same bundle that a message has no room for; they are owed still."""

    message: Message
    left: frozenset[int] = frozenset()


class Asked(Struct, eq=False):
    request: Notice
    outcome: NoticeOutcome | None = None


class Notices:
    def __init__(self, desk: Desk, voices: Voices) -> None:
        self.desk, self.voices = desk, voices
        self.one_at_a_time = asyncio.Lock()  # of what takes a processor for a while
        self.asked: list[Asked] = []
        self.reading = asyncio.Lock()

    async def compose(self, delivery: Claimed, relabel: Relabel) -> Composed | None:
        """None: nothing to say any more. A card says what the message says that it edits. What takes a while shows how
        far it is by `relabel`, on the button that asked for it."""
        kind = delivery.card_of or delivery.kind
        alone = Part(delivery.id, kind, delivery.occurrence_id, delivery.subject)
        each = [(part, await self.said(part, delivery, relabel)) for part in delivery.parts or (alone,)]
        said = [(part.id, message) for part, message in each if message is not None]
        if not said:
            return None
        messages = [message for _, message in said]
        held = messages if delivery.card_of else parted_by_length(messages)[0]
        return Composed(together(held), frozenset(number for number, _ in said[len(held) :]))

    async def said(self, part: Part, delivery: Claimed, relabel: Relabel) -> Message | None:
        about = part.occurrence_id, delivery.chat_id, delivery.person_id, part.subject, delivery.account_id
        card, beside = delivery.card_of is not None, max(len(delivery.parts), 1)
        request = Notice(part.kind, *about, card=card, beside=beside)
        outcome = await self.outcome(request)
        if isinstance(outcome, NoticeMoot):
            return None
        voice = self.voices.of(delivery.language)
        if isinstance(outcome, ReportFileSent):
            outcome = await self.filed(outcome, delivery.place, voice, relabel)
        return await voice.tell(outcome)

    async def outcome(self, request: Notice) -> NoticeOutcome:
        """Whoever asks while others are read is read by the next transaction, all in one: what they say alike, of one
        event, is read once. Where that fails, each is read by itself: a bug in one is nobody else's."""
        asked = Asked(request)
        self.asked.append(asked)
        async with self.reading:
            if asked in self.asked:
                await asyncio.sleep(0)  # those who were claimed together ask in one turn of the loop
                together, self.asked = self.asked, []
                with suppress(Exception):  # raised again below, for whom it concerns
                    found = await self.desk.take(due_notices, [one.request for one in together])
                    for one, outcome in zip(together, found, strict=True):
                        one.outcome = outcome
        if asked.outcome is None:
            return (await self.desk.take(due_notices, [request]))[0]
        return asked.outcome

    async def filed(self, asked: ReportFileSent, place: Place, voice: Voice, relabel: Relabel) -> ReportFileSent:
        """Made beside the event loop: presses are answered and reminders sent meanwhile."""
        from bot.reports import chat_report  # what writes documents takes long to load, and is rarely asked for

        reached = [""]

        def progress(name: str, number: int, of: int) -> None:
            reached[0] = voice.words("report_progress_button", {"name": name, "number": number, "of": of})

        async with self.one_at_a_time:
            store, now = self.desk.store, self.desk.clock.now()
            made = asyncio.create_task(asyncio.to_thread(chat_report.document, store, voice, asked, now, progress))
            shown = False
            while not (await asyncio.wait({made}, timeout=SHOWN_EVERY))[0]:
                if reached[0]:
                    shown, row = True, asking(asked.scope, reached[0])
                    await relabel(place, asked.message, (row,))
        if shown:
            await relabel(place, asked.message, (asking(asked.scope, voice.labels.button("report_file")),))
        return made.result()
