"""A crowd (众人): everybody does what a die says, by the Bot API alone, from announcement to reflection."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from random import Random

from tests.story.consortium import PEOPLE, TEACHING
from tests.story.everybody import ACCOUNTS
from tests.story.stage import Stage

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
APPROVERS = {"core": "a1", "east": "a2"}  # the west has none: its requests wait
TEACHERS = ("t1", "t2", "t3", "t4", "t5")


class Crowd:
    """`die`: with the same seed they do the same."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.die, self.late, self.away = stage, Random(seed), list[str](), set[str]()

    async def live(self, events: Iterable[datetime], lessons: Iterable[datetime]) -> None:
        """`events` of ninety minutes, announced a week ahead, by their starts; `lessons`: when the class meetings of a
        day are over."""
        steps: list[tuple[datetime, Callable[[], Awaitable[None]]]] = [(one, self.record) for one in lessons]
        for start in events:
            steps += [(start - 7 * DAY + MINUTE, self.answer), (start - 10 * MINUTE, self.check_in)]
            steps += [(start + 12 * MINUTE, self.come_late), (start + 95 * MINUTE, self.look_back)]
        for moment, step in sorted(steps, key=lambda one: one[0]):
            await self.to(moment)
            await step()

    async def to(self, moment: datetime) -> None:
        await self.stage.player.to(moment)
        await self.stage.settle()

    async def answer(self) -> None:
        self.away, card = set(), self.stage.last(TEACHING)
        for key in TEACHERS:
            said = self.die.choice(("参加", "参加", "收到", "请假", ""))
            if said == "请假":
                await self.ask_for_leave(key)
            elif said:
                await self.stage.press(ACCOUNTS[key], card, said)

    async def check_in(self) -> None:
        self.late, card = [], self.stage.last(TEACHING)
        for key in ("o1", *TEACHERS):
            often = ("in time", "not at all", "not at all") if key in self.away else ("in time", "in time", "late", "")
            how = self.die.choice(often)
            if how == "in time":
                await self.stage.press(ACCOUNTS[key], card, "签到")
            elif how == "late":
                self.late.append(key)

    async def come_late(self) -> None:
        for key in self.late:
            await self.stage.press(ACCOUNTS[key], self.stage.last(TEACHING), "签到")

    async def look_back(self) -> None:
        for key in TEACHERS:
            if "反思" in self.stage.last(ACCOUNTS[key]).text and self.die.random() < 0.6:
                await self.reflect(key)

    async def ask_for_leave(self, key: str) -> None:
        account, stage = ACCOUNTS[key], self.stage
        answer = await stage.press(account, stage.last(TEACHING), "请假")
        stage.people.start(account, answer["url"].split("start=")[1])
        await stage.settle()
        await stage.say(account, account, "家里有事")
        approver = APPROVERS.get(PEOPLE[key][1])
        decision = self.die.choice(("批准", "批准", "不批准", ""))
        self.away |= {key} if decision == "批准" else set()
        if approver and decision:
            await stage.press(ACCOUNTS[approver], stage.last(ACCOUNTS[approver]), decision)

    async def reflect(self, key: str) -> None:
        account, stage = ACCOUNTS[key], self.stage
        await stage.say(account, account, f"第{self.die.randint(1, 9)}个问题值得再问。")
        await stage.press(account, stage.last(account), "提交")

    async def record(self) -> None:
        """The head teachers of the two classes."""
        for key in ("t1", "t2"):
            if self.die.random() < 0.7:
                await self.stage.press(ACCOUNTS[key], self.stage.last(ACCOUNTS[key]), self.die.choice(("已开", "未开")))
