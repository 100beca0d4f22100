"""Notices: what a message that is due says, put together when it is sent, so that its counts are today's."""

from bot.desk import Desk
from bot.speech import Message
from bot.voice import Voices
from handlers.notice import Notice, NoticeMoot, notice
from store.outbox import Claimed


class Notices:
    def __init__(self, desk: Desk, voices: Voices) -> None:
        self.desk, self.voices = desk, voices

    async def compose(self, delivery: Claimed) -> Message | None:
        """None: nothing to say any more. A card says what the message says that it edits."""
        kind = delivery.card_of or delivery.kind
        about = delivery.occurrence_id, delivery.chat_id, delivery.person_id, delivery.subject, delivery.account_id
        request = Notice(kind, *about, card=delivery.card_of is not None)
        outcome = await self.desk.take(notice, request)
        return None if isinstance(outcome, NoticeMoot) else self.voices.of(delivery.language).say(outcome)
