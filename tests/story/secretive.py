"""A term in which everybody gives a reason and writes a reflection, each with a canary in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.state import Message
from tests.store.policy_sample import CHARTER, publish
from tests.story.canaries import Cage
from tests.story.consortium import TEACHING
from tests.story.everybody import ACCOUNTS
from tests.story.stage import Stage
from tests.story.test_whole_term import lived, on


@dataclass
class Secretive:
    stage: Stage
    cage: Cage

    async def until(self, moment: str) -> None:
        """`2026-09-09 14:30`."""
        await lived(self.stage, on(moment), ())
        await self.stage.settle()

    async def say(self, who: str, text: str) -> None:
        """In private."""
        await self.stage.say(ACCOUNTS[who], ACCOUNTS[who], text)

    async def press(self, who: str, label: str, message: Message | None = None) -> None:
        """On the bot's last private message, if no other is named."""
        await self.stage.press(ACCOUNTS[who], message or self.last(who), label)

    def last(self, who: str) -> Message:
        return self.stage.last(ACCOUNTS[who])

    def card(self, words: str) -> Message:
        """The group's newest that has these words."""
        found = [one for one in self.stage.room.messages(TEACHING) if words in one.text]
        return found[-1]

    async def answers(self) -> None:
        """The event of 9 September: leave by a press, for days, in the group; a word to a late answer."""
        cage, card = self.cage, self.card("共创式主题教研")
        for who, kind, seen_by in (("t1", "病假", ("a1",)), ("t4", "婚假", ()), ("o1", "事假", ("a1",))):
            await self.say(who, "/leave")
            await self.press(who, kind)
            await self.say(who, cage.canary("reason", who, *seen_by))
        await self.say("t2", f"/leave 9月8日到10日 {cage.canary('days', 't2', 'a2')}")
        await self.press("t2", "事假")
        for words in ("请假，{}", "{}", "/leave {}"):
            text = words.format(cage.canary("grouped", "t3"))
            self.stage.people.say(ACCOUNTS["t3"], TEACHING, text, reply_to=card.id)
        await self.until("2026-09-03 09:00")
        request = next(one for one in reversed(self.stage.room.messages(ACCOUNTS["a1"])) if "样李芳" in one.text)
        await self.press("a1", "不批准", request)
        await self.say("a1", cage.canary("remark", "a1", "t1"))
        await self.until("2026-09-08 16:00")
        for minute, who in enumerate(("t5", "t3"), start=1):
            await self.press(who, "参加", card)
            await self.until(f"2026-09-08 16:0{minute}")
            await self.say(who, cage.canary("note", who, "o1", *(["a2"] if who == "t5" else [])))

    async def attendance(self) -> None:
        """`t3`, `t5` and `o1` come; of the others two are corrected: the office takes one out of a request for leave,
        the approver puts one down as on leave."""
        await self.until("2026-09-09 14:20")
        for who in ("t3", "t5", "o1"):
            await self.press(who, "签到", self.card("签到"))
        await self.until("2026-09-09 15:05")
        for who in ("o1", "a2", "a1"):
            await self.open(who, "样何平")
        await self.correct("o1", "样孙倩", "公务", self.cage.canary("leave_word", "o1", "t4"))
        await self.correct("a1", "样李芳", "请假", self.cage.canary("leave_word", "a1", "t1"))

    async def open(self, who: str, name: str, day: str = "9月9日") -> None:
        await self.say(who, "/report")
        await self.press(who, f"{day}（星期三） 共创式主题教研")
        await self.press(who, "登记／更正")
        await self.say(who, name)

    async def correct(self, who: str, name: str, label: str, word: str, day: str = "9月9日") -> None:
        await self.open(who, name, day)
        labels = [button["text"] for row in self.last(who).buttons for button in row]
        await self.press(who, next(one for one in labels if label in one))
        await self.say(who, word)

    async def reflections(self) -> None:
        """Handed in and not shared; shared and taken back; a draft; one that is removed."""
        await self.until("2026-09-09 16:30")
        for who, seen_by in (("t3", ()), ("t5", ("a2",)), ("o1", ("a1",))):
            await self.say(who, self.cage.canary("reflection", who, *seen_by))
            await self.press(who, "提交")
        draft = self.last("t5")
        await self.press("t5", "同意公开", draft)
        await self.press("t5", "仅本校可见", draft)

    async def minutes(self) -> None:
        """The recorder's: handed in, and read by the office alone while no bulletin goes out."""
        asked = next(one for one in reversed(self.stage.room.messages(ACCOUNTS["t3"])) if "辛苦您记录" in one.text)
        await self.press("t3", "开始写", asked)
        await self.say("t3", self.cage.canary("minutes", "t3", "o1"))
        for label in ("下一项", "下一项", "下一项", "看全部", "提交"):
            await self.press("t3", label)
        await self.until("2026-09-09 17:00")

    async def questions(self) -> None:
        """What the papers do not decide waits for the office; what is no question by its form is kept nowhere."""
        self.stage.running.store.call(publish, 1, CHARTER)
        await self.say("t2", f"{self.cage.canary('question', 't2', 'o1')}的食堂谁来打扫？")
        await self.say("t4", self.cage.canary("talk", "t4"))
        await self.say("o1", "/ask")
        await self.press("o1", "待回答的问题 1")
        await self.press("o1", "1")

    async def october(self) -> None:
        """A correction that has nothing to do with leave, a draft that stays one, a reflection that is removed, a
        request that a bug sets aside, and one that is never sent."""
        await self.until("2026-10-14 14:20")
        for who in ("t2", "t5", "t3"):
            await self.press(who, "签到", self.card("签到"))
        await self.until("2026-10-14 16:30")
        await self.correct("o1", "样孙倩", "公务", self.cage.canary("word", "o1", "t4"), "10月14日")
        await self.say("t2", self.cage.canary("reflection", "t2"))
        await self.say("t5", self.cage.canary("removed", "t5", "a2"))
        await self.press("t5", "提交")
        await self.say("t5", "/reflect")
        await self.press("t5", self.last("t5").buttons[0][0]["text"])
        await self.press("t5", "删除")
        await self.press("t5", "确认删除")
        store = self.stage.running.store
        store.call(lambda session: session.connection().exec_driver_sql(BUG))
        await self.say("t1", "/leave 10月20日到21日")
        await self.press("t1", "病假")
        await self.say("t1", self.cage.canary("lost", "t1"))
        store.call(lambda session: session.connection().exec_driver_sql("DROP TRIGGER bug"))
        await self.say("t4", f"/leave 10月20日到21日 {self.cage.canary('unsent', 't4')}")

    async def curious(self) -> None:
        """Everybody asks for everything, by commands and with presses of a hostile client."""
        for who, account in ACCOUNTS.items():
            for command in COMMANDS:
                await self.say(who, command)
            message = self.last(who).id
            for data in forged():
                self.stage.people.forge(account, account, message, data)
            await self.stage.settle()


BUG = "CREATE TRIGGER bug BEFORE INSERT ON leave_span BEGIN SELECT RAISE(ABORT, 'a bug'); END"
COMMANDS = ("/reflect", "/privacy", "/next", "/report", "/leave", "/nudge", "/schedule", "雀")


def forged() -> Iterator[str]:
    yield from ("privacy:export", "calendar", "sheet", "classes", "queue:1", "bank:1", "counts:1")
    for readers in ("own", "school", "consortium"):
        yield f"reflections:1:{readers}"
    for one in range(1, 6):
        yield from (f"texts:{one}:school", f"texts:{one}:consortium", f"own_reflection:{one}", f"roll:{one}")
        yield from (f"minutes:{one}", f"minutes:{one}:points", f"bulletin:{one}", f"bulletin:{one}:edit")
        yield from (f"leave:{one}:approved", f"leave_days:{one}:approved", f"slip:{one}", f"slip_days:{one}")
        yield from (f"queued:{one}", f"bank_question:{one}", f"thumb:{one}:down")
        yield from (f"form:{one}:{form}" for form in ("sign_in", "reflection", "class_record"))
