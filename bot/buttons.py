"""Buttons: which ones stand under what is said (contract, "In Telegram")."""

from bot.presses import CHOICES, Press
from bot.speech import Button
from bot.words import LANGUAGES, Words
from handlers.amend import AmendmentShown, AmendmentTaken
from handlers.bind_chat import AlreadyBound, BindChoices, Bound
from handlers.changed import OccurrenceChanged, OccurrenceRestored
from handlers.choose_consortium import ConsortiumToChoose
from handlers.choose_language import LanguageChosen, SettingsShown
from handlers.decide_claim import ClaimRequested, ClaimTaken
from handlers.event import Announced, CheckInOpened, Nudged, ReflectionNudged, Reminded
from handlers.leave import LeaveRequested
from handlers.membership import GroupJoined
from handlers.next_up import Upcoming
from handlers.offered import FileConflicting, FileOffered, PaperOffered, PaperParts
from handlers.preparation import PreparationAsked
from handlers.privacy import EraseAsked, PrivacyShown
from handlers.reflect import ReflectionDrafted
from handlers.schedule import ScheduleShown
from handlers.school_class import RecordAsked, RecordNudged

Rows = tuple[tuple[Button, ...], ...]


def rows(outcome: object, words: Words) -> Rows:
    """None for most of what is said."""
    if isinstance(outcome, BindChoices):
        return tuple((Button(choice.title, Press("bind", choice.chat).data),) for choice in outcome.choices)
    if isinstance(outcome, ScheduleShown):
        named = ((f"{words.day(item.starts_at)} {item.title}", item.occurrence) for item in outcome.items)
        events = tuple((Button(title, Press("event", number).data),) for title, number in named)
        sheet = Press("sheet", 0)
        return (*events, (Button(words.button(sheet.name), sheet.data),)) if outcome.organiser else events
    if isinstance(outcome, PaperParts):
        parts = zip(CHOICES["part"], outcome.parts, strict=False)
        return tuple((Button(part, Press("part", outcome.offer, number).data),) for number, part in parts)
    others = tuple(tuple(Button(words.button(press.name), press.data) for press in row) for row in presses(outcome))
    return consortiums(outcome) + others


def consortiums(outcome: object) -> Rows:
    """One a row: their names are long."""
    if not isinstance(outcome, ConsortiumToChoose | SettingsShown):
        return ()
    return tuple((Button(one.consortium, Press("consortium", one.consortium_id).data),) for one in outcome.choices)


def presses(outcome: object) -> tuple[tuple[Press, ...], ...]:
    match outcome:
        case Announced(occurrence=number) | Reminded(occurrence=number):
            return ((Press("seen", number), *answers(number)),)
        case OccurrenceChanged(occurrence=number, answers=True) | OccurrenceRestored(occurrence=number, answers=True):
            return ((Press("seen", number), *answers(number)),)
        case PreparationAsked(occurrence=number):
            return ((Press("event", number),),)
        case Nudged(occurrence=number):
            return (answers(number),)
        case CheckInOpened(occurrence=number):
            return ((Press("check_in", number),),)
        case LeaveRequested(leave=number):
            return (choices("leave", number, "approved", "refused"),)
        case ReflectionDrafted(occurrence=number):
            shown = choices("reflection", number, "consortium", "school")
            return (shown, choices("reflection", number, "submit", "edit"))
        case ReflectionNudged(occurrence=number, drafted=True):
            return (choices("reflection", number, "submit", "edit"),)
        case RecordAsked(occurrence=number) | RecordNudged(occurrence=number):
            return (choices("record", number, "held", "moved", "not_held"),)
    return decisions(outcome)


def decisions(outcome: object) -> tuple[tuple[Press, ...], ...]:
    """Of what is no event's."""
    match outcome:
        case FileOffered(offer=number) | PaperOffered(offer=number):
            return (choices("offer", number, "take", "drop"),)
        case FileConflicting(offer=number):
            return (choices("offer", number, "file", "chat"), choices("offer", number, "drop"))
        case SettingsShown() | LanguageChosen():
            return (choices("language", 0, *LANGUAGES),)
        case PrivacyShown():
            return (choices("privacy", 0, "export", "erase"),)
        case Bound() | AlreadyBound() | GroupJoined(consortium=str()):
            return ((Press("meet", 0),),)
        case ClaimRequested(claim=number):
            return (choices("claim", number, "approved", "refused"),)
        case ClaimTaken(claim=number):
            return (choices("claim", number, "undo"),)
        case AmendmentShown(amendment=number, later=later):
            both = choices("amend", number, "take", "drop")
            return (both, choices("amend", number, "later")) if later else (both,)
        case AmendmentTaken(amendment=number):
            return (choices("amend", number, "undo"),)
        case Upcoming():
            return ((Press("calendar", 0), Press("picture", 0)),)
        case EraseAsked():
            return (choices("privacy", 0, "erase_sure"),)
    return ()


def answers(occurrence: int) -> tuple[Press, ...]:
    return choices("respond", occurrence, "accepted", "declined")


def choices(act: str, subject: int, *names: str) -> tuple[Press, ...]:
    return tuple(Press(act, subject, name) for name in names)
