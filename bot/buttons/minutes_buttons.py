"""Buttons of minutes (活动记录) and bulletins (简报): the parts one by one, what leads on, what sends."""

from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.bulletin import BulletinDrafted, BulletinWordsAsked
from handlers.hand_in_minutes import MinutesAsked, MinutesEmpty, MinutesHandedIn, MinutesNudged, RecorderWanted
from handlers.minutes import PARTS, MinutesPartAsked, MinutesShown

IN_A_ROW = 3
Shown = (
    *(MinutesAsked, MinutesNudged, RecorderWanted, MinutesPartAsked, MinutesShown, MinutesHandedIn, MinutesEmpty),
    *(BulletinDrafted, BulletinWordsAsked),
)


def rows(outcome: object, words: Words) -> Rows:
    match outcome:
        case MinutesAsked(occurrence=number) | MinutesEmpty(occurrence=number):
            return ((begin(number, words),),)
        case MinutesNudged(occurrence=number, begun=False):
            return ((begin(number, words),),)
        case MinutesNudged(occurrence=number):
            return ((named("whole", Press("minutes", number), words), hand_in(number, words)),)
        case RecorderWanted(occurrence=number):
            return ((named("recorder", Press("minutes", number, "recorder"), words),),)
        case MinutesPartAsked():
            return beside(outcome, words)
        case MinutesShown():
            return whole(outcome, words)
        case MinutesHandedIn(occurrence=number, organiser=True):
            return ((bulletin(number, words),),)
        case BulletinDrafted(occurrence=number):
            choices = ("publish", "edit", "leave")
            return (tuple(named(one, Press("bulletin", number, one), words) for one in choices),)
    return ()


def beside(outcome: MinutesPartAsked, words: Words) -> Rows:
    """Back, and on without writing; behind the last part is all of it."""
    at = outcome.number - 1
    back = [named("previous", Press("minutes", outcome.occurrence, PARTS[at - 1]), words)] if at else []
    onward = PARTS[at + 1] if at + 1 < len(PARTS) else ""
    label = "skip" if onward else "whole"
    return ((*back, named(label, Press("minutes", outcome.occurrence, onward), words)),)


def whole(outcome: MinutesShown, words: Words) -> Rows:
    """Each part to be written anew; what is handed in stays so."""
    number = outcome.occurrence
    parts = [Button(words.label(part), Press("minutes", number, part).data) for part in PARTS]
    below = [] if outcome.kept.handed_in_at or outcome.kept.empty else [hand_in(number, words)]
    if outcome.organiser:
        recorder = [] if outcome.recorder else [named("recorder", Press("minutes", number, "recorder"), words)]
        below += [*recorder, bulletin(number, words)]
    return (*in_rows(parts, IN_A_ROW), *((tuple(below),) if below else ()))


def begin(number: int, words: Words) -> Button:
    return named("begin", Press("minutes", number, PARTS[0]), words)


def hand_in(number: int, words: Words) -> Button:
    return button("submit", Press("minutes", number, "hand_in"), words)


def bulletin(number: int, words: Words) -> Button:
    return named("bulletin", Press("bulletin", number), words)


def named(label: str, press: Press, words: Words) -> Button:
    return Button(words.named(label, "minutes"), press.data)
