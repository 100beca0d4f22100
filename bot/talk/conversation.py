"""The conversation: what somebody writes in private, and the questions of groups, each to its use case."""

import re
import unicodedata
from collections.abc import Awaitable, Callable

from bot.desk import Desk
from bot.talk import errands, menus
from bot.talk.answered import settled
from bot.talk.heard import Heard
from bot.talk.leave import LeaveTalk
from bot.talk.says import Says
from bot.voice import Voices
from handlers.answer_prompt import AnswerPrompt, ChangeWorded, NothingAsked, answer_prompt
from handlers.ask import AskOutcome, Matter, Undecided
from handlers.check_in_by_code import CheckInByCode, check_in_by_code
from handlers.consult import Consult, consult
from handlers.minutes_words import TasksWorded
from handlers.next_up import NextUp, next_up
from handlers.open_card import AnsweredMessage, FindCard, find_card
from handlers.record import RecordWorded
from handlers.show_help import ShowHelp, show_help
from store.accounts import Account

Change = Callable[[Heard, Account, str, ChangeWorded], Awaitable[None]]
Lines = Callable[[Heard, Account, str, RecordWorded], Awaitable[None]]
Invites = Callable[[Heard, Account, str], Awaitable[None]]
Tasks = Callable[[Heard, Account, str, TasksWorded], Awaitable[None]]
CODE = re.compile(r"[0-9]{4}")  # 口令


class Conversation:
    """`leave` takes a request for leave that is written in private; `change` reads what is written of an event that
    was opened by /schedule; `lines` reads what is written to a record, `tasks` those that minutes name; `invite` says
    whom an organiser may invite: a link is the platform's to make."""

    def __init__(
        self,
        desk: Desk,
        voices: Voices,
        says: Says,
        leave: LeaveTalk,
        change: Change,
        lines: Lines,
        tasks: Tasks,
        invite: Invites,
    ) -> None:
        self.desk, self.voices, self.says = desk, voices, says
        self.leave, self.change, self.lines, self.tasks, self.invite = leave, change, lines, tasks, invite

    async def command(self, heard: Heard, account: Account, name: str, behind: str = "") -> bool:
        """In private. `behind`: what stands behind the command, or in the link. False: it is none of these."""
        match name:
            case "help":
                await self.help(heard)
            case "next":
                await self.next(heard)
            case "ask":
                await self.consult(heard, behind, asks=True)
            case "leave":
                await self.leave.commanded(heard, account, behind)
            case "checkin" if behind:
                await self.check_in(heard, account, behind)
            case "invite":
                await self.invite(heard, account, behind)
            case "start" if behind == "invite":
                await self.invite(heard, account, "")
            case "start":
                await self.says.reply(heard, await errands.of_payload(behind, account)(self.desk))
            case _:
                errand = errands.of_command(name, account)
                if errand is None:
                    return False
                await self.says.reply(heard, await errand(self.desk))
        return True

    async def help(self, heard: Heard) -> None:
        request = ShowHelp(heard.account, heard.group_place)
        await self.says.reply(heard, await self.desk.serve(show_help, request))

    async def next(self, heard: Heard) -> None:
        await self.says.reply(heard, await self.desk.serve(next_up, NextUp(heard.account, heard.group_place)))

    async def check_in(self, heard: Heard, account: Account, code: str) -> None:
        code = unicodedata.normalize("NFKC", code)
        await self.says.reply(heard, await self.desk.serve(check_in_by_code, CheckInByCode(account, code)))

    async def guess(self, heard: Heard, command: str) -> None:
        """Whoever mistypes is told what is nearest; a command that is not theirs says so by itself."""
        near = self.voices.meant(command, menus.ADMINISTRATORS if heard.group else menus.ORGANISERS)
        if near is not None:
            await self.says.remark(heard, "command_meant", command=near)
        else:
            await self.says.remark(heard, "unknown_command", once=True)

    async def spoken(self, heard: Heard, account: Account, command: str) -> None:
        """A command in words: 签到, /签到."""
        if command == "start" or not await self.command(heard, account, command):
            await self.help(heard)

    async def words(self, heard: Heard, account: Account, text: str, answered: AnsweredMessage | None = None) -> None:
        """In private: a code (口令), an answer word, an answer to what we asked, a command in words, or a question.

        No 收到 and no 参加 is taken for the reason or the reflection that we wait for. `answered`: what it replies to.
        """
        code = unicodedata.normalize("NFKC", text).strip()
        if CODE.fullmatch(code):
            return await self.check_in(heard, account, code)
        word, command = self.voices.answer(text), self.voices.command(text)
        if text.startswith("/"):  # a platform may take none but Latin letters for a command
            if command is not None:
                return await self.spoken(heard, account, command)
            if self.voices.meant(text[1:], menus.ORGANISERS) is not None:
                return await self.guess(heard, text[1:])
        if word is None and command is None and await self.leave.worded(heard, account, text):
            return None
        if word is None and not self.voices.is_courtesy(text) and await self.awaited(heard, account, text):
            return None
        known = word is None or answered is None or await settled(self.desk, answered)
        card = await self.desk.take(find_card, FindCard(account, answered)) if word and known else None
        if word is not None and card is None and command is None:  # 请假 is a command, too
            return await self.unopened(heard, text)
        if word is None or card is None:
            return await (self.spoken(heard, account, command) if command else self.consult(heard, text))
        return await self.says.reply(heard, await errands.of_word(word, card, account)(self.desk))

    async def awaited(self, heard: Heard, account: Account, text: str) -> bool:
        """False: nothing was asked that this would answer."""
        names = self.voices.bare(text), self.voices.bare(heard.shown)
        answered = await self.desk.serve_once(answer_prompt, AnswerPrompt(account, text, *names, heard.message_id))
        match answered.outcome:
            case NothingAsked():
                return False
            case ChangeWorded() as asked:
                await self.change(heard, account, text, asked)
            case RecordWorded() as asked:
                await self.lines(heard, account, text, asked)
            case TasksWorded() as asked:
                await self.tasks(heard, account, text, asked)
            case _:
                await self.says.reply(heard, answered)
        return True

    async def consult(self, heard: Heard, text: str, *, asks: bool = False) -> None:
        """A 收到 is never answered (domain 8.1). A reason for leave is its approver's alone (domain 5.7), also as a
        question: it is not kept, and whoever writes it in private is shown how leave is asked for."""
        if text and self.voices.is_courtesy(text):
            return
        personal, reason = self.voices.is_personal(text), self.voices.tells_reason(text)
        asks = (asks or self.voices.asks(text)) and not reason
        named = None if reason else self.voices.matter(text)
        about = Matter(named) if named else None
        request = Consult(heard.account, heard.group_place, text, personal, asks, heard.card, about)
        served = await self.desk.serve(consult, request)
        await self.says.reply(heard, served)
        if reason and not heard.group and isinstance(served.outcome, AskOutcome):
            await self.says.remark(heard, "leave_offered", once=True)

    async def unopened(self, heard: Heard, text: str) -> None:
        """An answer word that no open card takes is a question; where the papers have no answer, that is why."""
        if self.voices.is_courtesy(text):
            return
        served = await self.desk.serve(consult, Consult(heard.account, heard.group_place, text))
        if isinstance(served.outcome, Undecided):
            await self.says.remark(heard, "nothing_open")
        else:
            await self.says.reply(heard, served)
