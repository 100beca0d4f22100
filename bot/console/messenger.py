"""The messenger: what is said to whoever sits at the terminal, with its buttons as numbers."""


from msgspec import Struct

from bot.console.keyboards import Keyboard
from bot.console.terminal import Terminal
from bot.desk import Desk, Served
from bot.speech import Message
from bot.talk import errands
from bot.talk.heard import Heard
from bot.voice import Voice, Voices
from store.accounts import Account


class Messenger:
    """`account`: the terminal's own."""

    def __init__(self, desk: Desk, voices: Voices, terminal: Terminal, account: Account) -> None:
        self.desk, self.voices, self.terminal, self.account = desk, voices, terminal, account
        self.keyboard = Keyboard()

    async def reply(self, heard: Heard, served: Served[Struct]) -> None:
        await self.answer(served)

    async def answer(self, served: Served[Struct]) -> None:
        """To words as to a press: what a press would edit is said again, what it would show for a moment is a line."""
        payload = getattr(served.outcome, "payload", None)
        if payload is not None:
            served = await errands.of_payload(payload, self.account)(self.desk)
        voice = self.voices.of(served.language)
        self.show(voice.say(served.outcome), voice)

    async def remark(self, heard: Heard, template: str, *, once: bool = False, **facts: object) -> None:
        """Said each time, `once` or not: a terminal disturbs nobody."""
        await self.tell(template, **facts)

    async def tell(self, template: str, **facts: object) -> None:
        voice = await self.voice()
        self.show(Message(voice.words(template, facts)), voice)

    async def voice(self) -> Voice:
        return self.voices.of(await self.desk.language(self.account))

    def show(self, message: Message, voice: Voice, *, anew: bool = True) -> None:
        """`anew`: it answers what was typed, so that the numbers begin at 1 again."""
        files = (one[0] for one in (message.document, message.picture) if one is not None)
        beside = (voice.words("console_attached", {"name": name}) for name in files)
        lines = (message.text, *beside, self.keyboard.beneath(message, anew=anew))
        self.terminal.write("\n".join(filter(None, lines)) + "\n")  # and a blank line
