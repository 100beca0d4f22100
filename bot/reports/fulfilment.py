"""Fulfilment: what shows that an obligation is met; what one period asked for, what was done in it, and why less."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from store.blueprint import Obligation


class MetBy(StrEnum):
    """Events, months with a theme, people in a post, or people who were sent."""

    ACTIVITIES = "activities"
    THEMES = "themes"
    POSTS = "posts"
    EXCHANGES = "exchanges"


def met_by(obligation: Obligation) -> MetBy:
    """By a post where both are asked for: the roster says who was sent, too."""
    if obligation.by_people:
        return MetBy.POSTS if obligation.posts else MetBy.EXCHANGES
    return MetBy.THEMES if obligation.themes else MetBy.ACTIVITIES


class Why(StrEnum):
    """放假 · 取消 · 开学前 · 学期已结束 · 不计 · 改期 · 待登记 · 未到 · 未开展."""

    HOLIDAY = "holiday"
    CANCELLED = "cancelled"
    BEFORE_TERM = "before_term"
    AFTER_TERM = "after_term"
    NOT_COUNTED = "not_counted"
    MOVED = "moved"
    UNRECORDED = "unrecorded"
    TO_COME = "to_come"
    NOT_HELD = "not_held"


class Fulfilment(Struct, frozen=True):
    """`key` is that of the period (`2026-10`, `2026-1/3` of a teaching week, `2026-1`, `2026-2027`), both days are
    included; `class_`: the key of a class (班级), of whose week it is. `why`: None where nothing lacks; `note`: more of
    it, such as the holiday's name. `evidence`: the numbers of the occurrences that count."""

    key: str
    first: date
    last: date
    class_: str | None
    demanded: int
    done: int
    why: Why | None = None
    note: str = ""
    evidence: tuple[int, ...] = ()

    @property
    def missing(self) -> int:
        return max(0, self.demanded - self.done)
