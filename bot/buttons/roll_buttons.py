"""Buttons of a roll: which event, which person, what is to be said of that person, and the way back."""

from bot.buttons.presses import CHOICES, Press
from bot.buttons.rows import Rows, button, events, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.absences import AbsencesListed
from handlers.ask_report import ReportFigures, ReportScope
from handlers.correct import CheckedInFor, Corrected, WordAsked
from handlers.roll import ReportShown, RollShown, SpokenShown
from handlers.roll_people import ListedPerson, PeopleListed, PersonOpened
from handlers.show_code import CodeLine, CodeShown
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus

IN_A_ROW = 3


def rows(outcome: object, words: Words) -> Rows:
    """None for what is not about a roll."""
    match outcome:
        case ReportShown(items=items, obligations=obligations):
            below = ((button("obligations", Press("obligations", 0), words),),) if obligations else ()
            return (*events(items, "roll", words), *below, spans(words))
        case SpokenShown(items=items):
            return (*events(items, "online", words), spans(words))
        case ReportFigures(scope=scope):
            return (asking(scope, words.button("report_file")),)
        case CodeShown(codes=codes):
            return online([one for one in codes if one.speaks], words)
        case RollShown(occurrence=number, corrects=corrects):
            others = Button(words.named("others", "roll"), Press("report", 0).data)
            printed = Button(words.named("forms", "roll"), Press("forms", number).data)
            kept = (Button(words.named("minutes", "roll"), Press("minutes", number).data),) if outcome.minutes else ()
            return ((*([people(number, "correct", words)] if corrects else []), others), (printed, *kept))
        case AbsencesListed(occurrence=number):
            return ((people(number, "correct", words), roll(number, words)),)
        case CheckedInFor(occurrence=number) | Corrected(occurrence=number):
            return ((people(number, "another", words, 1), roll(number, words)),)
        case WordAsked(needed=False):
            press = Press("unsaid", outcome.occurrence, outcome.status, outcome.person)
            return ((Button(words.named("skip", "roll"), press.data),),)
        case PeopleListed():
            return listed(outcome, words)
        case PersonOpened():
            return opened(outcome, words)
    return ()


def spans(words: Words) -> tuple[Button, ...]:
    """Of which time the figures are wanted."""
    return tuple(button(f"figures_{one}", Press("figures", 0, one), words) for one in CHOICES["figures"])


def asking(scope: ReportScope, label: str) -> tuple[Button, ...]:
    """The button that asks for the file."""
    first, last = (int(f"{day:%Y%m%d}") for day in (scope.first, scope.last))
    return (Button(label, Press("report_file", first, person=last).data),)


def online(codes: list[CodeLine], words: Words) -> Rows:
    """Where they are several, with the title."""
    label = words.button("online")
    named = ((f"{label}：{one.title}" if len(codes) > 1 else label, one.occurrence) for one in codes)
    return tuple((Button(text, Press("online", number).data),) for text, number in named)


def people(occurrence: int, label: str, words: Words, page: int | None = None) -> Button:
    """A page in place of what is shown; without one the list in a message of its own."""
    return Button(words.named(label, "roll"), Press("roll_people", occurrence, str(page or "")).data)


def roll(occurrence: int, words: Words) -> Button:
    return Button(words.named("roll", "roll"), Press("roll", occurrence).data)


def listed(outcome: PeopleListed, words: Words) -> Rows:
    """One a row, with the school where they are called the same; then the pages beside this one."""
    number = outcome.occurrence
    each = (
        (f"{one.name}{f' {one.school}' if one.alike else ''} · {part(one, words)}", one.person)
        for one in outcome.people
    )
    names = tuple((Button(label, Press("mark", number, "", person).data),) for label, person in each)
    before = [people(number, "previous", words, outcome.page - 1)] if outcome.page > 1 else []
    after = [people(number, "next", words, outcome.page + 1)] if outcome.page < outcome.pages else []
    beside = (*before, *after)
    return (*names, beside) if beside else names


def part(one: ListedPerson, words: Words) -> str:
    return words.named("guest", "roll") if one.guest else words.label(one.status)


def opened(outcome: PersonOpened, words: Words) -> Rows:
    """What the person may have said goes before what may be set."""
    answers = list(ParticipationStatus) if outcome.answers else []
    said = [marking(outcome, words.named(one, "registered"), one) for one in answers]
    marks = [marking(outcome, called(outcome, status, words), status) for status in outcome.choices]
    back = [people(outcome.occurrence, "another", words, 1)]
    return tuple(tuple(row) for row in (said, *in_rows(marks, IN_A_ROW), back) if row)


def marking(outcome: PersonOpened, label: str, choice: str) -> Button:
    return Button(label, Press("mark", outcome.occurrence, choice, outcome.person).data)


def called(outcome: PersonOpened, status: AttendanceStatus, words: Words) -> str:
    """Two are told by what they do, not by what they come to."""
    if status is AttendanceStatus.EXPECTED:
        return words.named("take_back" if outcome.corrected else "expect", "roll")
    if status is AttendanceStatus.ABSENT_PENDING:
        return words.named("strike", "roll")
    return words.label(status)
