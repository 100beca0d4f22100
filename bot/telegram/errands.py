"""Errands: what a press, or the payload of a deep link, asks of the desk."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from bot.desk import Desk, Personal, Served
from bot.telegram.reading import Pressed
from handlers.bind_chat import BindTo, bind_to
from handlers.check_in import CheckIn, ShowCode, check_in, show_code
from handlers.choose_consortium import ChooseConsortium, choose_consortium
from handlers.choose_language import ChooseLanguage, ShowSettings, choose_language, show_settings
from handlers.claim import StartClaim, start_claim
from handlers.invite import Invite, invite
from handlers.leave import DecideLeave, StartLeave, decide_leave, start_leave
from handlers.pending_reflection import FindReflection, find_reflection
from handlers.privacy import EraseMe, ExportMine, ShowPrivacy, erase_me, export_mine, show_privacy
from handlers.record import Record, record
from handlers.reflect import ReflectionStep, StartReflection, StepReflection, start_reflection, step_reflection
from handlers.respond import Respond, respond
from handlers.schedule import ShowSchedule, show_schedule
from handlers.see import See, see
from handlers.start import Start, start
from store.accounts import Account
from store.class_records import RecordStatus
from store.database import Session
from store.responses import ParticipationStatus

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = TypeVar("P", bound=Personal)
Errand = Callable[[Desk], Awaitable[Served["DataclassInstance"]]]
PAYLOAD = re.compile(r"(leave|reflect)_([1-9][0-9]{0,8})")


def of_press(pressed: Pressed) -> Errand | None:
    """None where the data is none of ours, or needs the group whose message was pressed and that is gone."""
    press, account = pressed.press, pressed.account
    if press is None:
        return None
    match press.act:
        case "respond" | "seen":
            return of_word(press.name, press.subject, account)
        case "check_in":
            return errand(check_in, CheckIn(press.subject, account))
        case "leave":
            return errand(decide_leave, DecideLeave(press.subject, account, press.choice == "approved"))
        case "reflection":
            return errand(step_reflection, StepReflection(press.subject, account, ReflectionStep(press.choice)))
        case "record":
            return errand(record, Record(press.subject, account, RecordStatus(press.choice)))
        case "language":
            return errand(choose_language, ChooseLanguage(account, press.choice))
        case "consortium":
            return errand(choose_consortium, ChooseConsortium(account, press.subject))
        case "privacy" if pressed.group:
            return None  # forged: these buttons stand in private alone
        case "privacy" if press.choice == "export":
            return errand(export_mine, ExportMine(account))
        case "privacy":
            return farewell(EraseMe(account, press.choice == "erase_sure"))
        case "bind" if pressed.group and pressed.place is not None:
            return errand(bind_to, BindTo(account, pressed.place, press.subject))
    return None


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
        return errand(start_reflection, StartReflection(number, account))
    return of_command(payload, account) or errand(start, Start(account, payload))


def of_command(command: str, account: Account) -> Errand | None:
    """A command that is for a private chat alone; a group's answer to it links here by its name."""
    match command:
        case "leave":
            return errand(start_leave, StartLeave(account, None))
        case "reflect":
            return errand(find_reflection, FindReflection(account))
        case "checkin":
            return errand(show_code, ShowCode(account))
        case "privacy":
            return errand(show_privacy, ShowPrivacy(account))
        case "invite":
            return errand(invite, Invite(account, ""))
        case "schedule":
            return errand(show_schedule, ShowSchedule(account))
        case "claim":
            return errand(start_claim, StartClaim(account))
        case "settings":
            return errand(show_settings, ShowSettings(account))
    return None


def farewell(request: EraseMe) -> Errand:
    """In the language chosen before: it is forgotten with the account."""

    async def said(desk: Desk) -> Served["DataclassInstance"]:
        language = await desk.language(request.account)
        return Served(await desk.take(erase_me, request), language)

    return said


def errand(use_case: Callable[[Session, P, datetime], "DataclassInstance"], request: P) -> Errand:
    return lambda desk: desk.serve(use_case, request)
