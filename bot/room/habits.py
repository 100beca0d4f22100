"""Habits (众人的习惯): how soon each of the crowd does what. Drawn by a die that knows only the person and the matter:
with the same seed everybody does the same, in whatever order it is asked."""

from datetime import timedelta
from enum import StrEnum
from random import Random

MINUTE = timedelta(minutes=1)


class Habit(StrEnum):
    """Most people answer at once, some the next day; some read and forget; some talk; and anybody may need leave."""

    PROMPT = "prompt"
    LATE = "late"
    FORGETFUL = "forgetful"
    CHATTY = "chatty"


SHARES = {Habit.PROMPT: 45, Habit.LATE: 20, Habit.FORGETFUL: 20, Habit.CHATTY: 15}  # per cent
LEAVE = 0.08  # of all events, whoever it is
DELAYS = {  # minutes from the message to the answer
    Habit.PROMPT: (2, 40),
    Habit.CHATTY: (2, 60),
    Habit.LATE: (180, 1500),
    Habit.FORGETFUL: (300, 2000),
}
MISSES = {Habit.PROMPT: 0.0, Habit.CHATTY: 0.0, Habit.LATE: 0.05, Habit.FORGETFUL: 0.5}  # does not answer at all
COMES_LATE = {Habit.PROMPT: 0.03, Habit.CHATTY: 0.08, Habit.LATE: 0.35, Habit.FORGETFUL: 0.15}
FORGETS_TO_CHECK_IN = {Habit.PROMPT: 0.0, Habit.CHATTY: 0.02, Habit.LATE: 0.05, Habit.FORGETFUL: 0.25}
REFLECTS = {Habit.PROMPT: 0.9, Habit.CHATTY: 0.8, Habit.LATE: 0.6, Habit.FORGETFUL: 0.25}


class Habits:
    def __init__(self, seed: int) -> None:
        self.seed = seed

    def die(self, *matter: object) -> Random:
        return Random(":".join(map(str, (self.seed, *matter))))  # noqa: S311  a game's die

    def of(self, person: int) -> Habit:
        return self.die(person).choices(list(SHARES), list(SHARES.values()))[0]

    def answer(self, person: int, occurrence: int) -> str:
        """`accepted`, `declined`, `seen`, or "": nothing, until somebody asks again."""
        die = self.die(person, occurrence, "answer")
        if die.random() < LEAVE:
            return "declined"
        if die.random() < MISSES[self.of(person)]:
            return die.choice(("seen", ""))
        return "accepted"

    def answers_in(self, person: int, occurrence: int) -> timedelta:
        return self.die(person, occurrence, "delay").randint(*DELAYS[self.of(person)]) * MINUTE

    def checks_in(self, person: int, occurrence: int) -> timedelta | None:
        """From when the check-in opens; None: forgets it."""
        die, habit = self.die(person, occurrence, "check-in"), self.of(person)
        if die.random() < FORGETS_TO_CHECK_IN[habit]:
            return None
        return (die.randint(18, 30) if die.random() < COMES_LATE[habit] else die.randint(1, 9)) * MINUTE

    def reflects_in(self, person: int, occurrence: int) -> timedelta | None:
        die, habit = self.die(person, occurrence, "reflection"), self.of(person)
        return die.randint(20, 900) * MINUTE if die.random() < REFLECTS[habit] else None

    def records_in(self, person: int, occurrence: int) -> timedelta | None:
        die = self.die(person, occurrence, "class")
        return die.randint(1, 60) * MINUTE if die.random() < 0.95 else None

    def decides_in(self, person: int, leave: int) -> timedelta | None:
        die = self.die(person, leave, "leave")
        return die.randint(5, 180) * MINUTE if die.random() < 0.95 else None
