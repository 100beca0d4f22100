"""Notices: what a message that is due says, put together when it is sent, so that its counts are today's."""

from dataclasses import dataclass

from bot.desk import Desk
from bot.due_notice import due_notice
from bot.speech import Message, together
from bot.telegram.length import parted
from bot.voice import Voices
from handlers.notice import Notice, NoticeMoot
from store.outbox import Claimed, Part


@dataclass(frozen=True, slots=True)
class Composed:
    """`left`: the deliveries of the same bundle that a message has no room for; they are owed still."""

    message: Message
    left: frozenset[int] = frozenset()


class Notices:
    def __init__(self, desk: Desk, voices: Voices) -> None:
        self.desk, self.voices = desk, voices

    async def compose(self, delivery: Claimed) -> Composed | None:
        """None: nothing to say any more. A card says what the message says that it edits."""
        kind = delivery.card_of or delivery.kind
        alone = Part(delivery.id, kind, delivery.occurrence_id, delivery.subject)
        each = [(part, await self.said(part, delivery)) for part in delivery.parts or (alone,)]
        said = [(part.id, message) for part, message in each if message is not None]
        if not said:
            return None
        messages = [message for _, message in said]
        held = messages if delivery.card_of else parted(messages)[0]
        return Composed(together(held), frozenset(number for number, _ in said[len(held) :]))

    async def said(self, part: Part, delivery: Claimed) -> Message | None:
        about = part.occurrence_id, delivery.chat_id, delivery.person_id, part.subject, delivery.account_id
        card, beside = delivery.card_of is not None, max(len(delivery.parts), 1)
        request = Notice(part.kind, *about, card=card, beside=beside)
        outcome = await self.desk.take(due_notice, request)
        return None if isinstance(outcome, NoticeMoot) else self.voices.of(delivery.language).say(outcome)
