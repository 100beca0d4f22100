"""Rights: what each use case answers to whom. One row a use case (more where it matters what is asked for).

`became` reads `Outcome: roles | Outcome: roles`, roles of `afternoon.py`; `strangers` are those of no consortium and of
another one, `*` is whoever is not named in the row. Where a use case speaks of the asker's own alone, everybody who is
known to us is answered: with that.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from handlers.check_in import CheckIn, check_in
from handlers.check_in_by_code import CheckInByCode, CheckInByScan, check_in_by_code, check_in_by_scan
from handlers.class_list import ListClasses, ListMeetings, list_classes, list_meetings
from handlers.codes import scanned, spoken
from handlers.decide_leave import (
    DecideLeave,
    SkipRemark,
    WithdrawLeave,
    decide_leave,
    skip_remark,
    withdraw_leave,
)
from handlers.leave import ChooseKind, SkipReason, StartLeave, choose_kind, skip_reason, start_leave
from handlers.leave_days import (
    ChooseDaysKind,
    ReadLeaveWords,
    SkipDaysReason,
    StartLeaveDays,
    choose_days_kind,
    read_leave_words,
    skip_days_reason,
    start_leave_days,
)
from handlers.leave_reflection import RemoveReflection, SkipReflection, remove_reflection, skip_reflection
from handlers.open_card import FindCard, find_card
from handlers.own_reflections import ShowReflection, ShowReflections, show_reflection, show_reflections
from handlers.read_reflections import ListReflected, Readers, ReadReflections, list_reflected, read_reflections
from handlers.record import OpenLines, Record, open_lines, record
from handlers.record_lines import AddLines, GiveReason, Lines, add_lines, give_reason
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.respond import Respond, respond
from handlers.respond_for import RespondFor, respond_for
from handlers.response_note import SkipNote, skip_note
from handlers.rewrite_reflection import RewriteReflection, rewrite_reflection
from handlers.see import See, see
from handlers.show_code import ShowCode, show_code
from handlers.term_files import AskTermFile, ask_classes
from store import occurrences
from store.accounts import Account
from store.class_records import NotHeldReason, RecordStatus
from store.leaves import LeaveKind
from store.occurrences import Held
from store.responses import ParticipationStatus
from tests.handlers.afternoon import Afternoon

Made = Callable[[Afternoon, Account], Any]  # a request, by this account


class Row(Struct, frozen=True):
    """`before`: what the same account asks for first, whatever comes of it."""

    use_case: Callable[..., Any]
    request: Made
    became: str
    before: tuple[tuple[Callable[..., Any], Made], ...] = ()


def held(a: Afternoon) -> Held:
    found = a.school.ask(lambda session: occurrences.get(session, a.research))
    assert found is not None
    return found


OF_DAYS = 20261026
DAYS = date(2026, 10, 26), date(2026, 10, 27)
YES = ParticipationStatus.ACCEPTED
UNREAD, SHARED = Readers.SCHOOL, Readers.CONSORTIUM
OPENED = ((start_leave, lambda a, by: StartLeave(by, a.research)),)
OPENED_DAYS = ((start_leave_days, lambda a, by: StartLeaveDays(by, *DAYS)),)
KIND = (*OPENED, (choose_kind, lambda a, by: ChooseKind(by, a.research, LeaveKind.SICK)))
DAYS_KIND = (*OPENED_DAYS, (choose_days_kind, lambda a, by: ChooseDaysKind(by, OF_DAYS, LeaveKind.SICK)))

EVENT_ROWS = (
    # The three facts.
    Row(see, lambda a, by: See(a.research, by), "NotLinked: strangers | Recalled: teacher | NotInvited: *"),
    Row(
        respond,
        lambda a, by: Respond(a.research, by, YES),
        "NotLinked: strangers | Responded: teacher | NotInvited: *",
    ),
    Row(
        respond_for,
        lambda a, by: RespondFor(by, a.research, a.person("teacher"), YES),
        "RespondedFor: office | OrganisersOnly: *",
    ),
    Row(
        skip_note,
        lambda a, by: SkipNote(a.research, by),
        "NotLinked: strangers | NoteSkipped: teacher | NotInvited: *",
    ),
    Row(
        check_in,
        lambda a, by: CheckIn(a.research, by),
        "NotLinked: strangers | CheckedIn: teacher | GuestCheckedIn: *",
    ),
    Row(
        check_in_by_code,
        lambda a, by: CheckInByCode(by, spoken(held(a), a.school.now)),
        "Unlinked: stranger | NothingToCheckIn: elsewhere | CheckedIn: teacher | GuestCheckedIn: *",
    ),
    Row(
        check_in_by_scan,
        lambda a, by: CheckInByScan(by, a.research, scanned(held(a), a.school.now)),
        "Unlinked: stranger | NotLinked: elsewhere | CheckedIn: teacher | GuestCheckedIn: *",
    ),
    Row(
        show_code,
        lambda a, by: ShowCode(by),
        "Unlinked: stranger | NothingToCheckIn: elsewhere | CodeShown: office recorder speaker | CheckInHelp: *",
    ),
    Row(find_card, lambda a, by: FindCard(by), "int: teacher | nothing: *"),
    # Leave.
    Row(
        start_leave,
        lambda a, by: StartLeave(by, a.research),
        "NotLinked: strangers | LeaveKindAsked: teacher | NotInvited: *",
    ),
    Row(
        choose_kind,
        lambda a, by: ChooseKind(by, a.research, LeaveKind.SICK),
        "LeaveReasonAsked: teacher | LeaveStepPassed: *",
        OPENED,
    ),
    Row(skip_reason, lambda a, by: SkipReason(by, a.research), "LeaveAsked: teacher | LeaveStepPassed: *", KIND),
    Row(read_leave_words, lambda a, by: ReadLeaveWords(by, commanded=True), "Unlinked: stranger | LeaveWordsWanted: *"),
    Row(start_leave_days, lambda a, by: StartLeaveDays(by, *DAYS), "Unlinked: stranger | LeaveKindAsked: *"),
    Row(
        choose_days_kind,
        lambda a, by: ChooseDaysKind(by, OF_DAYS, LeaveKind.SICK),
        "LeaveStepPassed: stranger | LeaveReasonAsked: *",
        OPENED_DAYS,
    ),
    Row(
        skip_days_reason,
        lambda a, by: SkipDaysReason(by, OF_DAYS),
        "LeaveStepPassed: stranger | LeaveDaysAsked: *",
        DAYS_KIND,
    ),
    Row(
        decide_leave, lambda a, by: DecideLeave(a.number, by, approve=False), "LeaveSettled: approver | MayNotDecide: *"
    ),
    Row(
        decide_leave,
        lambda a, by: DecideLeave(a.number, by, approve=True, several=True),
        "LeaveSettled: approver | MayNotDecide: *",
    ),
    Row(skip_remark, lambda a, by: SkipRemark(by), "LeaveRemarkSkipped: *"),
    Row(withdraw_leave, lambda a, by: WithdrawLeave(a.number, by), "LeaveWithdrawn: teacher | MayNotDecide: *"),
    Row(
        withdraw_leave,
        lambda a, by: WithdrawLeave(a.number, by, several=True),
        "LeaveWithdrawn: teacher | MayNotDecide: *",
    ),
    # Class meetings.
    Row(
        record,
        lambda a, by: Record(a.lesson, by, RecordStatus.MOVED),
        "NotLinked: strangers | Recorded: head | NotInvited: *",
    ),
    Row(
        open_lines,
        lambda a, by: OpenLines(a.lesson, by, stand_in=False),
        "NotLinked: strangers | LinesAsked: head | NotInvited: *",
    ),
    Row(
        add_lines,
        lambda a, by: AddLines(a.lesson, by, Lines(present=40)),
        "NotLinked: strangers | RecordNoted: head | NotInvited: *",
    ),
    Row(
        give_reason,
        lambda a, by: GiveReason(a.lesson, by, NotHeldReason.EXAM),
        "NotLinked: strangers | RecordNoted: head | NotInvited: *",
    ),
    Row(
        list_classes,
        lambda a, by: ListClasses(by, None),
        "Unlinked: stranger | ClassesListed: elsewhere office | NotInCharge: *",
    ),
    Row(
        list_meetings, lambda a, by: ListMeetings(by, 1), "Unlinked: stranger | MeetingsListed: office | NotInCharge: *"
    ),
    Row(
        ask_classes,
        lambda a, by: AskTermFile(by, None),
        "Unlinked: stranger | ClassesNotYours: elsewhere teacher idle recorder speaker | ClassesPictured: *",
    ),
    # Reflections: the teacher's, for her school alone.
    Row(
        start_reflection,
        lambda a, by: StartReflection(a.meeting, by),
        "NotLinked: strangers | ReflectionStarted: teacher | NotInvited: *",
    ),
    Row(
        step_reflection,
        lambda a, by: StepReflection(a.meeting, by, ReflectionStep.CONSORTIUM),
        "NotLinked: strangers | ReflectionSubmitted: teacher | NotInvited: *",
    ),
    Row(
        rewrite_reflection,
        lambda a, by: RewriteReflection(by, "41", "别的"),
        "ReflectionRewritten: teacher | NothingRewritten: *",
    ),
    Row(
        show_reflection,
        lambda a, by: ShowReflection(a.meeting, by),
        "NotLinked: strangers | ReflectionShown: teacher | NotInvited: *",
    ),
    Row(
        show_reflections,
        lambda a, by: ShowReflections(by, 1),
        "Unlinked: stranger | NothingToReflect: idle head head2 principal recorder speaker | ReflectionsShown: *",
    ),
    Row(
        skip_reflection,
        lambda a, by: SkipReflection(a.meeting, by),
        "NotLinked: strangers | ReflectionSubmitted: teacher | NotInvited: *",
    ),
    Row(
        remove_reflection,
        lambda a, by: RemoveReflection(a.meeting, by, sure=True),
        "NotLinked: strangers | ReflectionRemoved: teacher | NotInvited: *",
    ),
    Row(
        list_reflected,
        lambda a, by: ListReflected(by, UNREAD, 1),
        "ReflectedListed: elsewhere approver approver2 | ReadingRefused: *",
    ),
    Row(
        list_reflected,
        lambda a, by: ListReflected(by, SHARED, 1),
        "ReflectedListed: elsewhere office | ReadingRefused: *",
    ),
    Row(
        read_reflections,
        lambda a, by: ReadReflections(by, UNREAD, a.number),
        "OccurrenceGone: elsewhere approver2 | ReflectionsRead: approver | ReadingRefused: *",
    ),
    Row(
        read_reflections,
        lambda a, by: ReadReflections(by, SHARED, a.number),
        "OccurrenceGone: elsewhere office | ReadingRefused: *",
    ),
)
