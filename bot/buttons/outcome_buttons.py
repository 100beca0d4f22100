"""Buttons: which ones stand under what is said (contract, "In Telegram")."""

from functools import lru_cache

from bot.buttons import (
    answer_buttons,
    form_buttons,
    minutes_buttons,
    obligation_buttons,
    paper_buttons,
    question_buttons,
    reflection_buttons,
    roll_buttons,
)
from bot.buttons.presses import CHOICES, Press
from bot.buttons.rows import Rows, button, events, in_rows
from bot.settings import LANGUAGES
from bot.speech import Button
from bot.words import Words
from handlers.absence import Absence
from handlers.absences import AbsenceTold
from handlers.amend import AmendmentShown, AmendmentTaken
from handlers.bind_chat import AlreadyBound, BindChoices, Bound
from handlers.changed import OccurrenceChanged, OccurrenceRestored
from handlers.check_in_by_code import CodeForWhich
from handlers.choose_consortium import ConsortiumToChoose
from handlers.choose_language import LanguageChosen, SettingsShown
from handlers.class_list import ClassesListed, MeetingsListed
from handlers.decide_claim import ClaimRequested, ClaimTaken
from handlers.decide_leave import LeaveSettled, LeaveWithdrawn
from handlers.event import Announced, CheckInOpened, Nudged, Reminded
from handlers.leave import LeaveAsked, LeaveEventsOffered, LeaveKindAsked, LeaveReasonAsked
from handlers.leave_days import LeaveDaysAsked
from handlers.leave_notice import LeaveRequested
from handlers.membership import GroupJoined
from handlers.next_up import Upcoming
from handlers.nudge import NudgeChoices, UnansweredShown
from handlers.offered import FileConflicting, FileOffered, PaperOffered, PaperParts
from handlers.preparation import PreparationAsked
from handlers.privacy import EraseAsked, PrivacyShown
from handlers.record import Recorded
from handlers.record_lines import RecordNoted
from handlers.respond import Responded
from handlers.response_note import ResponseNoteAsked
from handlers.schedule import ScheduleShown
from handlers.school_class import ClassMeetingReminded, RecordAsked, RecordNudged
from handlers.see import Seen
from handlers.sign_in import SignInForWhich, SignInOffered
from handlers.sign_in_sheet import Candidate
from store.class_records import NotHeldReason, RecordStatus
from store.leaves import LeaveKind, LeaveState


def rows(outcome: object, words: Words) -> Rows:
    """None for most of what is said."""
    if isinstance(outcome, Nudged):
        return asked(outcome.occurrence, words)
    if isinstance(outcome, Responded | Seen):  # a crowd at a time, as are nudges: they are asked for nothing else
        return ()
    return below(outcome, words)


def below(outcome: object, words: Words) -> Rows:
    if isinstance(outcome, BindChoices):
        return tuple((Button(choice.title, Press("bind", choice.chat).data),) for choice in outcome.choices)
    if isinstance(outcome, ScheduleShown | ClassesListed | MeetingsListed):
        return of_schedule(outcome, words)
    if isinstance(outcome, NudgeChoices):
        return events(outcome.items, "nudge", words)
    if isinstance(outcome, CodeForWhich):
        named = ((f"{words.clock(one.starts_at)} {one.title}", one.occurrence) for one in outcome.choices)
        return tuple((Button(title, Press("check_in", number).data),) for title, number in named)
    if isinstance(outcome, SignInForWhich):
        return events(outcome.choices, "sign_in_at", words)
    if isinstance(outcome, SignInOffered):
        return sign_in(outcome, words)
    if isinstance(outcome, PaperParts):
        parts = zip(CHOICES["part"], outcome.parts, strict=False)
        return tuple((Button(part, Press("part", outcome.offer, number).data),) for number, part in parts)
    if isinstance(outcome, reflection_buttons.Lists):
        return reflection_buttons.rows(outcome, words)
    if isinstance(outcome, LeaveEventsOffered):
        return events(outcome.events, "leave_pick", words)
    if isinstance(outcome, LeaveKindAsked):
        return kinds(outcome, words)
    if (apart := of_a_page(outcome, words)) is not None:
        return apart
    others = tuple(tuple(button(press.name, press, words) for press in row) for row in presses(outcome))
    return roll_buttons.rows(outcome, words) + form_buttons.rows(outcome, words) + consortiums(outcome) + others


@lru_cache(maxsize=64)
def asked(occurrence: int, words: Words) -> Rows:
    return (tuple(button(press.name, press, words) for press in answers(occurrence)),)


def of_schedule(outcome: ScheduleShown | ClassesListed | MeetingsListed, words: Words) -> Rows:
    """Three classes a row, of all else one: titles and schools are long."""
    if isinstance(outcome, ClassesListed):
        act, wide = ("class", 3) if outcome.school else ("class_school", 1)
        every = [Button(one.name, Press(act, one.number).data) for one in outcome.choices]
        return in_rows(every, wide)
    listed = events(outcome.items, "event", words)
    if isinstance(outcome, MeetingsListed) or not outcome.organiser:
        return listed
    return (*listed, *of_organisers(outcome, words))


def of_organisers(outcome: ScheduleShown, words: Words) -> Rows:
    """The class meetings, the whole plan as a sheet, and each change of a command, to be taken back."""
    below, label = [Press("class_list", 0), Press("sheet", 0)][not outcome.classes :], words.button("undo_number")
    undo = ((label.format(number=one.amendment), one.amendment) for one in outcome.by_command)
    back = tuple((Button(said, Press("amend", number, "undo").data),) for said, number in undo)
    return (tuple(button(press.name, press, words) for press in below), *back)


def sign_in(offered: SignInOffered, words: Words) -> Rows:
    """Names in doubt come first."""
    asked = offered.asked.candidates if offered.asked else ()
    ends = ("take", "drop") if offered.fresh and not asked else ("drop",)
    last = (button(one, Press("sign_in", offered.offer, one), words) for one in ends)
    return (*((candidate(one, offered.offer, words),) for one in asked), tuple(last))


def candidate(one: Candidate, offer: int, words: Words) -> Button:
    label = f"{one.name} · {one.school}" if one.person else words.button("nobody")
    return Button(label, Press("sign_in_who", offer, str(one.number)).data)


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
        case ResponseNoteAsked(occurrence=number):
            return (choices("note", number, "skip"),)
        case UnansweredShown(occurrence=number, ready=ready) if ready:
            return (choices("nudge", number, "send"),)
        case CheckInOpened(occurrence=number):
            return ((Press("check_in", number),),)
    return reflection_buttons.presses(outcome) or records(outcome) or decisions(outcome) or of_leave(outcome)


def of_a_page(outcome: object, words: Words) -> Rows | None:
    """Of papers, what they ask for, and minutes, whose buttons have a page of their own; None: of neither."""
    if isinstance(outcome, answer_buttons.Shown):
        return answer_buttons.rows(outcome, words)
    if isinstance(outcome, paper_buttons.Shown):
        return paper_buttons.rows(outcome, words)
    if isinstance(outcome, question_buttons.Shown):
        return question_buttons.rows(outcome, words)
    if isinstance(outcome, obligation_buttons.Shown):
        return obligation_buttons.rows(outcome, words)
    if isinstance(outcome, minutes_buttons.Shown):
        return minutes_buttons.rows(outcome, words)
    return None


def records(outcome: object) -> tuple[tuple[Press, ...], ...]:
    """Of a class meeting."""
    match outcome:
        case ClassMeetingReminded(occurrence=number, recorded=True):
            return (choices("record", number, "moved"),)
        case RecordAsked(occurrence=number) | RecordNudged(occurrence=number):
            return (choices("record", number, "held", "moved", "not_held"),)
        case Recorded(occurrence=number, status=RecordStatus.HELD):
            return (choices("record", number, "stand_in"), choices("form", number, "class_record"))
        case Recorded(occurrence=number, status=RecordStatus.NOT_HELD):
            return (choices("not_held", number, *NotHeldReason),)
        case RecordNoted(occurrence=number, status=RecordStatus.NOT_HELD):
            return (choices("record", number, "lines"),)
        case RecordNoted(occurrence=number, to_come=False):
            return (choices("record", number, "stand_in", "lines"), choices("form", number, "class_record"))
    return ()


def kinds(outcome: LeaveKindAsked, words: Words) -> Rows:
    """Four a row."""
    act = "leave_from" if outcome.absence.several else "leave_for"
    every = [Button(words.label(kind), Press(act, outcome.subject, kind.value).data) for kind in LeaveKind]
    return in_rows(every, 4)


def of_leave(outcome: object) -> tuple[tuple[Press, ...], ...]:
    match outcome:
        case AbsenceTold(occurrence=number, refused=False):
            return ((Press("leave_pick", number),),)
        case LeaveReasonAsked(subject=number, absence=about):
            return (choices("leave_from" if about.several else "leave_for", number, "no_reason"),)
        case LeaveAsked(leave=number) | LeaveDaysAsked(leave=number):
            return ((*choices(request(outcome.absence), number, "withdraw"), slip(number, outcome.absence)),)
        case LeaveRequested(leave=number, absence=about):
            return (choices(request(about), number, "approved", "refused"),)
        case LeaveSettled(leave=number, absence=about, state=state, remark=remark):
            other = "to_refused" if state is LeaveState.APPROVED else "to_approved"
            change = choices(request(about), number, other)
            skip = choices("leave_remark", 0, "no_remark") if remark else ()
            return ((*skip, *change), (slip(number, about),))
        case LeaveWithdrawn(occurrence=number) if number:
            return (choices("respond", number, "accepted"),)
    return ()


def slip(number: int, about: Absence) -> Press:
    return Press("slip_days" if about.several else "slip", number)


def request(about: Absence) -> str:
    """The act of its presses."""
    return "leave_days" if about.several else "leave"


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
        case Upcoming(classes=seen):
            files = (Press("calendar", 0), Press("picture", 0))
            return (files, (Press("classes", 0),)) if seen else (files,)
        case EraseAsked():
            return (choices("privacy", 0, "erase_sure"),)
    return ()


def answers(occurrence: int) -> tuple[Press, ...]:
    return choices("respond", occurrence, "accepted", "declined")


def choices(act: str, subject: int, *names: str) -> tuple[Press, ...]:
    return tuple(Press(act, subject, name) for name in names)
