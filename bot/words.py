"""Words: the short ones of a language (buttons, names of states, dates), from `labels/<language>.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.refusal_words import refusal_words
from scheduling import durations

if TYPE_CHECKING:
    from handlers.absence import Absence
    from store.blueprint import Milestone

LABELS = Path(__file__).parent / "labels"


@cache
def read(language: str) -> dict[str, Any]:
    """Once for all who speak it."""
    return tomllib.loads((LABELS / f"{language}.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """As the words of `labels/` are written: no full-width forms, no capitals."""
    return unicodedata.normalize("NFKC", text).casefold()


class Words:
    """`language`: the name of a file in `labels/`. Instants are local already: a use case converts them."""

    def __init__(self, language: str) -> None:
        self.language = language
        labels = dict(read(language))
        self.courtesies = frozenset(labels.pop("courtesies"))
        self.answers = {word: name for name, words in labels.pop("answers").items() for word in words}
        self.spoken = {word: name for name, words in labels.pop("spoken").items() for word in words}
        self.honorifics = tuple(labels.pop("honorifics"))
        self.asking, self.chains = tuple(labels.pop("asking")), tuple(labels.pop("chains"))
        self.personal = tuple(labels.pop("personal"))
        self.reasons: dict[str, list[str]] = labels.pop("reasons")
        self.matters: dict[str, list[list[str]]] = labels.pop("matters")
        self.onward: tuple[str, ...] = tuple(labels.pop("onward"))
        self.fields: dict[str, str] = {word: name for name, words in labels.pop("fields").items() for word in words}
        days = labels.pop("report_days")
        self.report_days: dict[str, str] = {word: name for name, words in days.items() for word in words}
        dates = labels.pop("dates")
        self.months: list[str] = dates["months"]
        self.weekdays: list[str] = dates["weekdays"]
        self.short_weekdays: list[str] = dates["short_weekdays"]
        forms = ("day", "day_and_week", "day_of_year", "date", "moment", "dash", "days", "event")
        self.forms: dict[str, str] = {name: dates[name] for name in forms}
        self.tables: dict[str, dict[str, str]] = labels

    def button(self, name: str) -> str:
        return self.tables["buttons"][name]

    @property
    def commands(self) -> dict[str, str]:
        """What the menu says of each command."""
        return self.tables["commands"]

    def answer(self, text: str) -> str | None:
        """The name of the button that a typed word stands for: `accepted` for 参加, +1."""
        return self.answers.get(plain(text).strip(" 。.！!"))

    def command(self, text: str) -> str | None:
        """The command that typed words stand for: `checkin` for 签到, /签到 and /qiandao."""
        return self.spoken.get(plain(text).strip("/ 。.！!?"))

    def bare(self, name: str) -> str:
        """A name without what is said along out of politeness: 李芳 of 李芳老师."""
        name = name.strip()
        return next((name.removesuffix(word).strip() for word in self.honorifics if name.endswith(word)), name)

    def is_courtesy(self, text: str) -> bool:
        """收到, 好的谢谢, 👍: nothing that wants an answer."""
        pieces = re.split(r"[\W_]+", plain(text))
        return all(piece in self.courtesies for piece in pieces if piece)

    def is_personal(self, text: str) -> bool:
        """Beside a name: whether it is about that person's coming or leave."""
        said = plain(text)
        return any(word in said for word in self.personal)

    def asks(self, text: str) -> bool:
        """Whether it is a question by its form."""
        said = plain(text)
        return any(mark in said for mark in self.asking)

    def tells_reason(self, text: str) -> bool:
        """Whether somebody's reason for leave may be in it, whatever its form: rather too often than too seldom."""
        said = f" {plain(text)} "
        for word in self.reasons["general"]:
            said = said.replace(word, "")
        kinds = (self.reasons[kind] for kind in ("absence", "whose", "cause"))
        return sum(any(word in said for word in words) for words in kinds) > 1

    def matter(self, text: str) -> str | None:
        """The name of what a question is about (`Matter`), where that has a next step of its own."""
        said = plain(text)
        for name, every in self.matters.items():
            if all(any(word in said for word in words) for words in every):
                return name
        return None

    def refusal(self, line: str) -> str:
        """A line in which a command refuses a file (`Complaint`), as people read it; as it is where it has no words."""
        return refusal_words(self.language).told(line)

    def label(self, member: StrEnum) -> str:
        """A state as people call it: `ParticipationStatus.DECLINED` is 请假."""
        return self.tables[snake_case(type(member).__name__)][member.value]

    def named(self, word: str, table: str) -> str:
        """What `word` is called: `place` of the table `field` is 地点."""
        return self.tables[table][word]

    def day(self, when: date, week: int | None = None) -> str:
        """10月14日（星期三，第7周）; without a teaching week 10月14日（星期三）."""
        parts = {"month": self.months[when.month - 1], "day": when.day, "weekday": self.weekdays[when.weekday()]}
        return self.forms["day" if week is None else "day_and_week"].format(week=week, **parts)

    def full_day(self, when: date) -> str:
        """2026年10月14日（星期三）"""
        return self.forms["day_of_year"].format(day=self.day(when), year=when.year)

    def date(self, when: date) -> str:
        """2026年10月14日"""
        return self.forms["date"].format(year=when.year, month=self.months[when.month - 1], day=when.day)

    def absence(self, absence: "Absence") -> str:
        """10月14日（星期三，第7周）“共创式主题教研”; 10月13日（星期二）至10月15日（星期四）."""
        first, last = self.day(absence.first_day), self.day(absence.last_day)
        if absence.several:
            return first if first == last else self.forms["days"].format(first=first, last=last)
        return self.forms["event"].format(title=absence.title, day=self.day(absence.first_day, absence.week))

    def due(self, milestone: "Milestone") -> str:
        """2026年12月9日（星期三）—2026年12月20日（星期日）, …前; 待定, 已完成."""
        labels, first, last = self.tables["milestone"], milestone.from_, milestone.until
        days = [self.full_day(one) for one in (first, last) if one]
        when = self.forms["dash"].join(days) if first else labels["by"].format(day=days[0]) if days else ""
        if milestone.done:
            return labels["done_on"].format(day=when) if when else labels["done"]
        return when or labels["open"]

    def leads(self, leads: Sequence[str]) -> str:
        """提前2天、提前30分钟: durations of the file, before the start."""
        forms = self.tables["lead"]
        found = ((lead, durations.parse(lead)) for lead in leads)
        said = (forms.get(lead) or forms[one.unit].format(number=one.amount) for lead, one in found)
        return forms["joint"].join(said) or forms["none"]

    def clock(self, when: datetime | time) -> str:
        """14:30"""
        return f"{when.hour:02}:{when.minute:02}"  # strftime takes three times as long

    def moment(self, when: datetime) -> str:
        """10月14日（星期三）14:30"""
        return self.forms["moment"].format(day=self.day(when), clock=self.clock(when))

    def span(self, start: datetime, end: datetime) -> str:
        """14:30—16:00; with the day of the end where that is another one."""
        last = self.clock(end) if end.date() == start.date() else self.moment(end)
        return f"{self.clock(start)}{self.forms['dash']}{last}"


@cache
def snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
