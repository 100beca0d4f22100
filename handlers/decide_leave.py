"""Deciding on leave: by an approver of the school where the teacher works now, who alone may change it afterwards."""

from datetime import datetime, timedelta

from msgspec import Struct

from handlers import absence
from handlers.absence import Absence
from handlers.leave import LeaveDecidedAlready, decided_already, decision
from handlers.leave_notice import DAYS, REMARK, LeaveTakenBack, approvers, owe_result, read
from handlers.leave_states import turn
from store import accounts, persons, prompts
from store.accounts import Account
from store.database import Session
from store.leaves import DECIDED, Leave, LeaveSpan, LeaveState
from store.persons import Known, Person
from store.prompts import Asks

REMARK_WITHIN = timedelta(minutes=15)  # later words are about something else


class DecideLeave(Struct, frozen=True):
    """`several`: `leave` is the number of a request for days. `change`: of what was decided."""

    leave: int
    account: Account
    approve: bool
    several: bool = False
    change: bool = False


class SkipRemark(Struct, frozen=True):
    account: Account


class WithdrawLeave(Struct, frozen=True):
    leave: int
    account: Account
    several: bool = False


class LeaveSettled(Struct, frozen=True):
    """What the approver is told after the press. `again`: it was decided before, by whom and when (local). `remark`:
    what the approver writes next is told to the teacher."""

    leave: int
    name: str
    absence: Absence
    state: LeaveState
    again: bool
    by: str
    at: datetime
    remark: bool


class LeaveRemarked(Struct, frozen=True):
    """审批人留言: on its way to the teacher."""

    name: str
    absence: Absence
    remark: str


class LeaveRemarkSkipped(Struct, frozen=True):
    """Nothing more is told."""


class LeaveWithdrawn(Struct, frozen=True):
    """撤回申请: the person is expected again. `occurrence`: 0 for days."""

    occurrence: int
    absence: Absence


class MayNotDecide(Struct, frozen=True):
    """Not an approver of that school, or the request is one's own."""


DecideLeaveOutcome = LeaveSettled | LeaveTakenBack | MayNotDecide
WithdrawOutcome = LeaveWithdrawn | LeaveDecidedAlready | MayNotDecide


def decide_leave(session: Session, request: DecideLeave, now: datetime) -> DecideLeaveOutcome:
    """The first who decides has decided; all others are told so."""
    found = absence.find(session, request.leave, several=request.several)
    known = may_decide(session, found[0], request.account) if found else None
    if found is None or known is None:
        return MayNotDecide()
    row, about = found
    yes, no = LeaveState.APPROVED, LeaveState.REFUSED
    became, other = (yes, no) if request.approve else (no, yes)
    decided = turn(session, row, other if request.change else LeaveState.PENDING, became, known.id, now)
    if decided:
        owe_result(session, row, now)
    teacher = session.get_one(Person, row.person_id)
    if row.state not in DECIDED:
        return LeaveTakenBack(teacher.name, about)
    remark = decided and not request.approve
    if remark:
        ask_remark(session, request, now)
    told = LeaveState(row.state), not decided, *decision(session, row), remark
    return LeaveSettled(request.leave, teacher.name, about, *told)


def may_decide(session: Session, row: Leave | LeaveSpan, account: Account) -> Known | None:
    teacher = session.get_one(Person, row.person_id)
    known = persons.of_account(session, account, teacher.consortium_id)
    return known if known is not None and known.id in approvers(session, row.person_id) else None


def ask_remark(session: Session, decided: DecideLeave, now: datetime) -> None:
    words = f"{DAYS}:{decided.leave}" if decided.several else str(decided.leave)
    account = accounts.remember(session, decided.account)
    prompts.ask(session, account, Asks.LEAVE_REMARK, None, now + REMARK_WITHIN, words)


def remark(session: Session, account: Account, words: str, text: str, now: datetime) -> LeaveRemarked | MayNotDecide:
    """`words` of the prompt: which request it is about."""
    several, number, _ = read(words)
    found = absence.find(session, number, several=several)
    if found is None:
        return MayNotDecide()
    row, about = found
    if row.state not in DECIDED or may_decide(session, row, account) is None:
        return MayNotDecide()
    row.remark = text
    session.add(row)
    session.flush()
    owe_result(session, row, now, REMARK)
    return LeaveRemarked(session.get_one(Person, row.person_id).name, about, text)


def skip_remark(session: Session, request: SkipRemark, now: datetime) -> LeaveRemarkSkipped:
    account = accounts.id_of(session, request.account)
    asked = prompts.open_for(session, account, now) if account is not None else None
    if account is not None and asked is not None and asked.asks is Asks.LEAVE_REMARK:
        prompts.close(session, account)
    return LeaveRemarkSkipped()


def withdraw_leave(session: Session, request: WithdrawLeave, now: datetime) -> WithdrawOutcome:
    """By the person alone, until it is decided."""
    found = absence.find(session, request.leave, several=request.several)
    mine = {known.id for known in persons.all_of_account(session, request.account)}
    if found is None or found[0].person_id not in mine:
        return MayNotDecide()
    row, about = found
    turn(session, row, LeaveState.PENDING, LeaveState.WITHDRAWN, row.person_id, now)
    if row.state in DECIDED:
        return decided_already(session, row, about)
    return LeaveWithdrawn(row.occurrence_id if isinstance(row, Leave) else 0, about)
