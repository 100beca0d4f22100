"""Card words: 参加, 请假, 收到 in a group as a reply to a notice. They count as a press does, and are acknowledged by a
reaction, never by a text. What goes beyond that is told in private; in the group at most the way there."""

from telegram import Bot, Message
from telegram.constants import ReactionEmoji

from bot.desk import Desk
from bot.talk import errands
from bot.talk.answered import settled
from bot.talk.heard import Heard
from bot.telegram import reading
from bot.telegram.linking import deep_link
from bot.telegram.replies import Replies
from bot.voice import Voices
from bot.written import replied
from bot.written.replied import Replied
from handlers.claim import Meet, meet
from handlers.open_card import find_events
from handlers.participants import NotLinked
from handlers.respond import LeaveStarted, Responded
from handlers.see import Recalled, Seen
from store.accounts import Account
from store.chats import Place

COUNTED = (LeaveStarted, Recalled, Responded, Seen)
SIGNS = {
    Replied.SEEN: ReactionEmoji.OK_HAND_SIGN,
    Replied.ACCEPTED: ReactionEmoji.THUMBS_UP,
    Replied.DECLINED: ReactionEmoji.OK_HAND_SIGN,
}


class CardWords:
    def __init__(self, desk: Desk, voices: Voices, replies: Replies) -> None:
        self.desk, self.voices, self.replies = desk, voices, replies

    async def taken(self, message: Message, heard: Heard, bot: Bot) -> bool:
        """False: it is no reply to a notice, or it says something else, such as a question."""
        answered = reading.answered(message, bot.id)
        if answered is None or heard.account is None:
            return False
        said = replied.read(message.text or "", self.voices)
        if said is Replied.OTHER:
            return False
        await settled(self.desk, answered)
        events = await self.desk.take(find_events, answered)
        if not events:
            return False
        if said is Replied.LEAVE_TALK:
            await self.hint(events, heard, heard.account, bot)
        elif said is not Replied.LEFT and len(events) > 1:
            await self.replies.tell(heard.account, "several_events")
        elif said is not Replied.LEFT:
            await self.count(said, events[0], heard, heard.account, bot)
        return True

    async def count(self, said: Replied, event: int, heard: Heard, account: Account, bot: Bot) -> None:
        served = await errands.of_word(said.value, event, account)(self.desk)
        if isinstance(served.outcome, NotLinked):
            served = await self.desk.serve(meet, Meet(account, heard.place))  # the way to link oneself
        if not isinstance(served.outcome, COUNTED):
            text = await self.voices.of(served.language).tell(served.outcome)
            await self.replies.say(Place(account.platform, account.address), text)
            return
        await self.replies.messenger.react(heard.place, heard.message_id, SIGNS[said])
        if isinstance(served.outcome, LeaveStarted):
            await self.ask_in_private(served.outcome.payload, heard, account, bot)

    async def ask_in_private(self, payload: str, heard: Heard, account: Account, bot: Bot) -> None:
        """What a press would lead to."""
        asked = await errands.of_payload(payload, account)(self.desk)
        message = await self.voices.of(asked.language).tell(asked.outcome)
        if not await self.replies.say(Place(account.platform, account.address), message):
            await self.show_the_way(heard, deep_link(bot.username, payload))

    async def hint(self, events: tuple[int, ...], heard: Heard, account: Account, bot: Bot) -> None:
        link = deep_link(bot.username, f"leave_{events[0]}" if len(events) == 1 else "leave")
        if not await self.replies.tell(account, "leave_hinted", link=link):
            await self.show_the_way(heard, link)

    async def show_the_way(self, heard: Heard, link: str) -> None:
        """No message of ours gets into the private chat: the group is told the way there, without a name."""
        await self.replies.remark(heard, "private_only", once=True, link=link)
