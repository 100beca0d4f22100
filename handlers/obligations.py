"""Obligations in private (计划落实): to an organiser what of the plan is done, to a principal of the own school; what
papers ask for besides is accepted, changed or declined by an organiser's presses."""

from datetime import date, datetime
from typing import Any, get_args

from msgspec import Struct

from handlers.amend import hold, standing
from handlers.choose_consortium import ConsortiumToChoose, Speaker, speaker
from handlers.proposals import Proposal, by_number, proposals
from handlers.schedule import NotInCharge, blueprint_of
from handlers.start import Unlinked
from store import amendments, consortiums
from store.accounts import Account
from store.amendments import AmendmentState, Entries
from store.blueprint import Activity, Blueprint, Obligation, Rhythm
from store.consortiums import Consortium
from store.database import Session
from store.persons import Known, Role
from store.schools import School

RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)[:-1]  # without what stands: it is of people
MOST = 999
SEES = frozenset({Role.ORGANISER, Role.PRINCIPAL})


class ShowObligations(Struct, frozen=True):
    account: Account


class ObligationLine(Struct, frozen=True):
    """`demanded`: None where nothing is reckoned. `until`: by when the next of what is missing is due."""

    title: str
    demanded: int | None
    done: int
    missing: int
    until: date | None
    beyond: int


class ObligationsShown(Struct, frozen=True):
    """`key`: of the consortium; `school`: that of the one whose class meetings and people are shown, None for all.
    `lines`, of the school year that holds the day, the bot reckons. `proposed`: so many an organiser is to look at."""

    key: str
    consortium: str
    school: str | None
    proposed: int
    lines: tuple[ObligationLine, ...] = ()


class ObligationsNotYours(Struct, frozen=True):
    """What is missing of the plan is the office's to see, and of the own school its principal's."""


class ShowProposal(Struct, frozen=True):
    """The next one."""

    account: Account


class ProposalShown(Struct, frozen=True):
    """`left`: how many there are, this one included. `met_by`: titles of activities, posts, or names of schools."""

    proposal: int
    title: str
    document: str
    clause: str
    sentence: str
    rhythm: Rhythm
    count: int
    met_by: tuple[str, ...]
    left: int


class NoProposals(Struct, frozen=True):
    pass


class SettleProposal(Struct, frozen=True):
    """`choice`: take, decline, or open, which takes it to be changed; what it is changed to: plus, minus, a rhythm, the
    place (from 1) of an activity in the file."""

    account: Account
    proposal: int
    choice: str


class ProposalSettled(Struct, frozen=True):
    """`amendment`: by which it is taken back."""

    amendment: int
    title: str
    declined: bool
    left: int


class ActivityChoice(Struct, frozen=True):
    """`number`: its place in the file."""

    number: int
    title: str
    chosen: bool


class ProposalOpened(Struct, frozen=True):
    """It holds, and each press changes it. Of people only the count is."""

    proposal: int
    title: str
    sentence: str
    rhythm: Rhythm
    count: int
    by_people: bool
    activities: tuple[ActivityChoice, ...]


class ProposalGone(Struct, frozen=True):
    """The paper has it no more, or it was decided before."""


ObligationsOutcome = ObligationsShown | ObligationsNotYours | Unlinked | ConsortiumToChoose
ProposalOutcome = ProposalShown | NoProposals | NotInCharge | Unlinked | ConsortiumToChoose
SettleOutcome = ProposalSettled | ProposalOpened | ProposalGone | NotInCharge | Unlinked | ConsortiumToChoose


def show_obligations(session: Session, request: ShowObligations, now: datetime) -> ObligationsOutcome:
    asker = speaker(session, request.account)
    if not isinstance(asker, Speaker):
        return asker
    known = asker.known
    if not known.roles & SEES:
        return ObligationsNotYours()
    organiser, row = Role.ORGANISER in known.roles, session.get_one(Consortium, known.consortium_id)
    left = len(proposals(session, known.consortium_id, consortiums.blueprint(row))) if organiser else 0
    school = None if organiser else session.get_one(School, known.school_id).key
    return ObligationsShown(row.key, row.name, school, left)


def show_proposal(session: Session, request: ShowProposal, now: datetime) -> ProposalOutcome:
    known = organiser(session, request.account)
    if not isinstance(known, Known):
        return known
    blueprint = blueprint_of(session, known.consortium_id)
    left = proposals(session, known.consortium_id, blueprint)
    if not left:
        return NoProposals()
    one, sentence = left[0].obligation, left[0].sentence
    about = one.title, one.document or "", one.clause or "", sentence, one.rhythm, one.count
    return ProposalShown(left[0].number, *about, met_by(one, blueprint), len(left))


def settle_proposal(session: Session, request: SettleProposal, now: datetime) -> SettleOutcome:
    known = organiser(session, request.account)
    if not isinstance(known, Known):
        return known
    consortiums.alone(session)
    number, blueprint = known.consortium_id, blueprint_of(session, known.consortium_id)
    proposal = by_number(session, number, blueprint, request.proposal)
    if proposal is None or proposal.obligation.declined:
        return ProposalGone()
    before, sentence = proposal.obligation, proposal.sentence
    holds, declined = before in blueprint.obligation, request.choice == "decline"
    if request.choice == "take" and holds:
        return ProposalGone()
    after = before.model_copy(update={"declined": True} if declined else change(before, request.choice, blueprint))
    row = None if holds and after == before else put(session, known, after, now)
    if request.choice in ("take", "decline") and row is not None:
        left = len(proposals(session, number, blueprint_of(session, number)))
        return ProposalSettled(row, before.title, declined, left)
    return opened(Proposal(proposal.number, after, sentence), blueprint)


def organiser(session: Session, account: Account) -> Known | NotInCharge | Unlinked | ConsortiumToChoose:
    asker = speaker(session, account)
    if not isinstance(asker, Speaker):
        return asker
    return asker.known if Role.ORGANISER in asker.known.roles else NotInCharge()


def put(session: Session, known: Known, entry: Obligation, now: datetime) -> int:
    """It holds at once, as what is set in the chat does: no later file undoes it, 撤销 does. The amendment's number."""
    number, entries = known.consortium_id, Entries.of([entry])
    before = blueprint_of(session, number)
    was = standing(before, entries)
    row = amendments.kept(session, number, known.id, entries, was, now, AmendmentState.TAKEN)
    hold(session, number, amendments.amended(before, entries.every()), now)
    assert row.id is not None
    return row.id


def change(obligation: Obligation, choice: str, blueprint: Blueprint) -> dict[str, Any]:
    """What a press makes of it; nothing where it makes no sense of that one."""
    if choice in ("plus", "minus"):
        count = obligation.count + (1 if choice == "plus" else -1)
        return {"count": min(max(count, 1), MOST)}
    if obligation.by_people or obligation.themes:
        return {}
    chosen = obligation.activities or ()
    if choice in RHYTHMS:
        left = (one.key for one in blueprint.activity if one.key in chosen and fits(one, choice))
        return {"rhythm": choice, "activities": tuple(left) or None}
    if choice.isdecimal() and 0 < int(choice) <= len(blueprint.activity):
        activity = blueprint.activity[int(choice) - 1]
        if activity.key in chosen:
            return {"activities": tuple(one for one in chosen if one != activity.key) or None}
        return {"activities": (*chosen, activity.key)} if fits(activity, obligation.rhythm) else {}
    return {}


def fits(activity: Activity, rhythm: str) -> bool:
    """Of class meetings each class has its own: they meet what is due each week or day."""
    return activity.kind != "class_meeting" or rhythm in ("week", "day")


def opened(proposal: Proposal, blueprint: Blueprint) -> ProposalOpened:
    one = proposal.obligation
    fixed = one.by_people or bool(one.themes)
    choices = () if fixed else enumerate(blueprint.activity, 1)
    activities = tuple(
        ActivityChoice(place, each.title, each.key in (one.activities or ()))
        for place, each in choices
        if fits(each, one.rhythm)
    )
    return ProposalOpened(proposal.number, one.title, proposal.sentence, one.rhythm, one.count, fixed, activities)


def met_by(one: Obligation, blueprint: Blueprint) -> tuple[str, ...]:
    """In people's words."""
    titles = {each.key: each.title for each in blueprint.activity}
    names = {each.key: each.name for each in blueprint.school}
    held = [titles[key] for key in (*(one.activities or ()), *(one.themes or ()))]
    return (*held, *(one.posts or ()), *(names[key] for key in one.from_ or ()))
