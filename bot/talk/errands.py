"""Errands: what a press, or the payload of a deep link, asks of the desk."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from bot.buttons.presses import Press
from bot.desk import Desk, Personal, Served
from bot.talk.heard import Pressed
from handlers.also_asked import ListBank, RemoveQuestion, ShowAlso, list_bank, remove_question, show_also
from handlers.asked_counts import ShowCounts, show_counts
from handlers.bind_chat import BindTo, bind_to
from handlers.check_in import CheckIn, check_in
from handlers.check_in_by_code import CheckInByScan, check_in_by_scan
from handlers.choose_consortium import ChooseConsortium, choose_consortium
from handlers.choose_language import ChooseLanguage, ShowSettings, choose_language, show_settings
from handlers.claim import FollowLink, StartClaim, follow_link, start_claim
from handlers.class_list import ListClasses, ListMeetings, list_classes, list_meetings
from handlers.decide_leave import DecideLeave, SkipRemark, WithdrawLeave, decide_leave, skip_remark, withdraw_leave
from handlers.fill_slot import AskSlot, ClearSlot, ListBlanks, ask_slot, clear_slot, list_blanks
from handlers.leave import ChooseKind, SkipReason, StartLeave, choose_kind, skip_reason, start_leave
from handlers.leave_days import ChooseDaysKind, SkipDaysReason, choose_days_kind, skip_days_reason
from handlers.leave_reflection import RemoveReflection, SkipReflection, remove_reflection, skip_reflection
from handlers.nudge import ChooseNudge, SendNudges, ShowUnanswered, choose_nudge, send_nudges, show_unanswered
from handlers.open_clause import OpenClause, View, open_clause
from handlers.own_reflections import ShowReflection, ShowReflections, show_reflection, show_reflections
from handlers.papers import OpenPaper, WithdrawPaper, open_paper, withdraw_paper
from handlers.privacy import EraseMe, ExportMine, ShowPrivacy, erase_me, export_mine, show_privacy
from handlers.propose import ProposeQuestions, propose_questions
from handlers.queue import (
    DenyQueued,
    LinkQueued,
    ListQueue,
    OpenQueued,
    deny_queued,
    link_queued,
    list_queue,
    open_queued,
)
from handlers.read_reflections import ListReflected, Readers, ReadReflections, list_reflected, read_reflections
from handlers.record import OpenLines, Record, open_lines, record
from handlers.record_lines import GiveReason, give_reason
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.respond import Respond, respond
from handlers.response_note import SkipNote, skip_note
from handlers.roll import ShowReport, show_report
from handlers.schedule import ShowSchedule, show_schedule
from handlers.sections import ListSections, list_sections
from handlers.see import See, see
from handlers.show_code import ShowCode, show_code
from handlers.start import Start, start
from handlers.thumb import PressThumb, press_thumb
from store.accounts import Account
from store.class_records import NotHeldReason, RecordStatus
from store.database import Session
from store.leaves import LeaveKind
from store.responses import ParticipationStatus

P = TypeVar("P", bound=Personal)
Errand = Callable[[Desk], Awaitable[Served[Struct]]]
CHANGING = ("bind", "clause")  # what changes a message of a group
PAYLOAD = re.compile(r"(leave|reflect|clause_section|clause_article)_([1-9][0-9]{0,8})")
JOIN = re.compile(r"join_([0-9a-z]{10})")
SCANNED = re.compile(r"in_([1-9][0-9]{0,8})_([0-9a-f]{16})")


def of_press(pressed: Pressed) -> Errand | None:
    """None where the data is none of ours, or needs the group whose message was pressed and that is gone; or where a
    group's message would say something else that none of its buttons asks for."""
    press, account = pressed.press, pressed.account
    if press is None or (pressed.forged and press.act in CHANGING):
        return None
    match press.act:
        case "record" | "not_held" | "class_list" | "class_school" | "class":
            return of_class_meeting(press, account)
        case "language":
            return errand(choose_language, ChooseLanguage(account, press.choice))
        case "consortium":
            return errand(choose_consortium, ChooseConsortium(account, press.subject))
        case "clause" | "clause_section" | "clause_article" if pressed.place is not None:
            place = pressed.place if pressed.group else None
            page = int(press.choice or 1)
            return errand(open_clause, OpenClause(account, place, press.subject, View(press.act), page))
        case "bind" if pressed.group and pressed.place is not None:
            return errand(bind_to, BindTo(account, pressed.place, press.subject))
    return of_event(press, account) or (None if pressed.group else of_private(press, account))


def of_event(press: Press, account: Account) -> Errand | None:
    """Of what concerns one event, or one answer, and stands in groups as well."""
    match press.act:
        case "respond" | "seen":
            return of_word(press.name, press.subject, account)
        case "check_in":
            return errand(check_in, CheckIn(press.subject, account))
        case "note":
            return errand(skip_note, SkipNote(press.subject, account))
        case "thumb":
            return errand(press_thumb, PressThumb(account, press.subject, press.choice == "up"))
    return None


def of_private(press: Press, account: Account) -> Errand | None:
    """Of buttons that stand in private alone: in a group they are forged."""
    match press.act, press.choice:
        case "leave" | "leave_days" | "leave_pick" | "leave_for" | "leave_from" | "leave_remark", _:
            return of_leave(press, account)
        case "privacy", "export":
            return errand(export_mine, ExportMine(account))
        case "privacy", choice:
            return farewell(EraseMe(account, choice == "erase_sure"))
        case "reflection" | "own_reflection" | "reflections" | "texts", _:
            return of_reflection(press, account)
        case "paper" | "blanks" | "slot", _:
            return of_paper(press, account)
        case "queue" | "queued" | "link" | "section", _:
            return of_queue(press, account)
        case "bank" | "bank_question" | "also" | "counts" | "propose", _:
            return of_bank(press, account)
        case "nudge", "send":
            return errand(send_nudges, SendNudges(account, press.subject))
        case "nudge", _:
            return errand(show_unanswered, ShowUnanswered(account, press.subject))
    return None


def of_reflection(press: Press, account: Account) -> Errand:
    number = press.subject
    match press.act, press.choice:
        case "texts", readers:
            return errand(read_reflections, ReadReflections(account, Readers(readers), number))
        case "reflections", "own":
            return errand(show_reflections, ShowReflections(account, number))
        case "reflections", readers:
            return errand(list_reflected, ListReflected(account, Readers(readers), number))
        case "own_reflection", _:
            return errand(show_reflection, ShowReflection(number, account))
        case _, "not_this_time":
            return errand(skip_reflection, SkipReflection(number, account))
        case _, "erase" | "erase_sure":
            return errand(remove_reflection, RemoveReflection(number, account, press.choice == "erase_sure"))
    return errand(step_reflection, StepReflection(number, account, ReflectionStep(press.choice)))


def of_paper(press: Press, account: Account) -> Errand:
    number, choice = press.subject, press.choice
    match press.act, choice:
        case "paper", "":
            return errand(open_paper, OpenPaper(account, number))
        case "paper", _:
            return errand(withdraw_paper, WithdrawPaper(account, number, choice == "withdraw_sure"))
        case "slot", "":
            return errand(ask_slot, AskSlot(account, number))
        case "slot", _:
            return errand(clear_slot, ClearSlot(account, number))
    return errand(list_blanks, ListBlanks(account, number, int(choice or 1)))


def of_queue(press: Press, account: Account) -> Errand:
    number, choice = press.subject, press.choice
    match press.act, choice:
        case "queue", _:
            return errand(list_queue, ListQueue(account, number, int(choice or 1)))
        case "link", _:
            return errand(link_queued, LinkQueued(account, number, press.person))
        case "section", _:
            return errand(list_sections, ListSections(account, number, press.person, int(choice)))
        case _, "sections":
            return errand(list_sections, ListSections(account, number))
        case _, "not_covered":
            return errand(deny_queued, DenyQueued(account, number))
    return errand(open_queued, OpenQueued(account, number, choice == "undo"))


def of_bank(press: Press, account: Account) -> Errand:
    number, choice = press.subject, press.choice
    match press.act:
        case "bank":
            return errand(list_bank, ListBank(account, number, int(choice or 1)))
        case "bank_question":
            return errand(remove_question, RemoveQuestion(account, number))
        case "also":
            return errand(show_also, ShowAlso(account, number))
        case "propose":
            return errand(propose_questions, ProposeQuestions(account, number))
    return errand(show_counts, ShowCounts(account, number))


def of_leave(press: Press, account: Account) -> Errand:
    number, choice, several = press.subject, press.choice, press.act == "leave_days"
    match press.act, choice:
        case "leave_remark", _:
            return errand(skip_remark, SkipRemark(account))
        case "leave_pick", _:
            return errand(start_leave, StartLeave(account, number))
        case "leave_for", "no_reason":
            return errand(skip_reason, SkipReason(account, number))
        case "leave_from", "no_reason":
            return errand(skip_days_reason, SkipDaysReason(account, number))
        case "leave_for", _:
            return errand(choose_kind, ChooseKind(account, number, LeaveKind(choice)))
        case "leave_from", _:
            return errand(choose_days_kind, ChooseDaysKind(account, number, LeaveKind(choice)))
        case _, "withdraw":
            return errand(withdraw_leave, WithdrawLeave(number, account, several))
    approve, change = choice.removeprefix("to_") == "approved", choice.startswith("to_")
    return errand(decide_leave, DecideLeave(number, account, approve, several, change))


def of_class_meeting(press: Press, account: Account) -> Errand:
    """Its record (班会记录), and the list in which it is looked for."""
    match press.act:
        case "class_list" | "class_school":
            return errand(list_classes, ListClasses(account, press.subject or None))
        case "class":
            return errand(list_meetings, ListMeetings(account, press.subject))
        case "not_held":
            return errand(give_reason, GiveReason(press.subject, account, NotHeldReason(press.choice)))
        case _ if press.choice in ("stand_in", "lines"):
            return errand(open_lines, OpenLines(press.subject, account, press.choice == "stand_in"))
    return errand(record, Record(press.subject, account, RecordStatus(press.choice)))


def of_word(name: str, occurrence: int, account: Account) -> Errand:
    """`seen` (收到), `accepted` (参加) or `declined` (请假)."""
    if name == "seen":
        return errand(see, See(occurrence, account))
    return errand(respond, Respond(occurrence, account, ParticipationStatus(name)))


def of_payload(payload: str, account: Account) -> Errand:
    """What stands behind `/start`: one of our own links, or an invite code."""
    found = PAYLOAD.fullmatch(payload)
    if found is not None:
        number = int(found[2])
        if found[1] == "leave":
            return errand(start_leave, StartLeave(account, number))
        if found[1] != "reflect":
            return errand(open_clause, OpenClause(account, None, number, View(found[1])))
        return errand(start_reflection, StartReflection(number, account))
    scanned = SCANNED.fullmatch(payload)
    if scanned is not None:
        return errand(check_in_by_scan, CheckInByScan(account, int(scanned[1]), scanned[2]))
    if (joined := JOIN.fullmatch(payload)) is not None:
        return errand(follow_link, FollowLink(account, joined[1]))
    return of_command(payload, account) or errand(start, Start(account, payload))


# A command that is for a private chat alone, by its name; behind /start it is what a group's answer links to.
COMMANDS: dict[str, Callable[[Account], Errand]] = {
    "leave": lambda account: errand(start_leave, StartLeave(account, None)),
    "reflect": lambda account: errand(show_reflections, ShowReflections(account)),
    "checkin": lambda account: errand(show_code, ShowCode(account)),
    "privacy": lambda account: errand(show_privacy, ShowPrivacy(account)),
    "schedule": lambda account: errand(show_schedule, ShowSchedule(account)),
    "cancel": lambda account: errand(show_schedule, ShowSchedule(account)),  # which one is called off is chosen there
    "report": lambda account: errand(show_report, ShowReport(account)),
    "settings": lambda account: errand(show_settings, ShowSettings(account)),
    "nudge": lambda account: errand(choose_nudge, ChooseNudge(account)),
}


def of_command(command: str, account: Account) -> Errand | None:
    """Also what only a link says: `claim`."""
    if command == "claim":
        return errand(start_claim, StartClaim(account))
    made = COMMANDS.get(command)
    return made(account) if made is not None else None


def farewell(request: EraseMe) -> Errand:
    """In the language chosen before: it is forgotten with the account."""

    async def said(desk: Desk) -> Served[Struct]:
        language = await desk.language(request.account)
        return Served(await desk.take(erase_me, request), language)

    return said


def errand(use_case: Callable[[Session, P, datetime], Struct], request: P) -> Errand:
    return lambda desk: desk.serve(use_case, request)
