"""Buttons of reflections (反思): the steps of one's own, an event each under a list, and the way on."""

from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button, events
from bot.speech import Button
from bot.words import Words
from handlers.event import ReflectionAsked, ReflectionNudged
from handlers.leave_reflection import ReflectionRemovalAsked
from handlers.own_reflections import ReflectionShown, ReflectionsShown
from handlers.read_reflections import ReflectedEvent, ReflectedListed, ReflectionsRead
from handlers.reflect import ReflectionDrafted, ReflectionSubmitted
from handlers.rewrite_reflection import ReflectionRewritten
from store.reflections import ReflectionState

Lists = ReflectionsShown | ReflectedListed | ReflectionsRead


def presses(outcome: object) -> tuple[tuple[Press, ...], ...]:
    """Consent (同意公开 · 仅本校可见) has a row of its own."""
    match outcome:
        case ReflectionAsked(occurrence=number) | ReflectionNudged(occurrence=number, drafted=False):
            return (steps(number, "not_this_time"),)
        case ReflectionNudged(occurrence=number):
            return (steps(number, "submit", "edit", "not_this_time"),)
        case ReflectionDrafted(occurrence=number) | ReflectionShown(occurrence=number, state=ReflectionState.DRAFT):
            return (steps(number, "consortium", "school"), steps(number, "submit", "edit", "erase"))
        case (
            ReflectionSubmitted(occurrence=number)
            | ReflectionRewritten(occurrence=number)
            | ReflectionShown(occurrence=number)
        ):
            printed = Press("form", number, "reflection")
            return (steps(number, "consortium", "school"), (*steps(number, "edit", "erase"), printed))
        case ReflectionRemovalAsked(occurrence=number):
            return (steps(number, "erase_sure"),)
    return ()


def steps(occurrence: int, *names: str) -> tuple[Press, ...]:
    return tuple(Press("reflection", occurrence, name) for name in names)


def rows(outcome: Lists, words: Words) -> Rows:
    match outcome:
        case ReflectionsShown():
            return own(outcome, words)
        case ReflectedListed(readers=readers):
            listed = [named(one, Press("texts", one.first, readers.value), words) for one in outcome.events]
            return (*listed, *onward(Press("reflections", outcome.page + 1, readers.value), words, wanted=outcome.more))
        case ReflectionsRead(following=following):
            return onward(Press("texts", following or 0, outcome.readers.value), words, wanted=following is not None)


def own(shown: ReflectionsShown, words: Words) -> Rows:
    more = onward(Press("reflections", shown.page + 1, "own"), words, wanted=shown.more)
    others = {"school": shown.approver, "consortium": shown.organiser}
    reading = [button(f"{name}_reflections", Press("reflections", 1, name), words) for name in others if others[name]]
    return (*events(shown.items, "own_reflection", words), *more, *((one,) for one in reading))


def named(one: ReflectedEvent, press: Press, words: Words) -> tuple[Button, ...]:
    return (Button(f"{words.day(one.starts_at)} {one.title}", press.data),)


def onward(press: Press, words: Words, *, wanted: bool) -> Rows:
    return ((button("next_page", press, words),),) if wanted else ()
