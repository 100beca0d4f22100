"""Rights towards policy papers, their blanks and what they ask for: to read, whoever is linked in the consortium or
stands in its group, all else an organiser's alone; the rows of `rights.py`, continued."""

from handlers.also_asked import ListBank, RemoveQuestion, ShowAlso, list_bank, remove_question, show_also
from handlers.asked_counts import ShowCounts, show_counts
from handlers.fill_slot import AskSlot, ClearSlot, ListBlanks, ask_slot, clear_slot, list_blanks
from handlers.look_up import LookUp, look_up
from handlers.obligations import (
    SettleProposal,
    ShowObligations,
    ShowProposal,
    settle_proposal,
    show_obligations,
    show_proposal,
)
from handlers.open_clause import OpenClause, View, open_clause
from handlers.papers import OpenPaper, WithdrawPaper, open_paper, withdraw_paper
from handlers.proposals import numbered
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
from handlers.sections import ListSections, list_sections
from handlers.thumb import PressThumb, press_thumb
from tests.handlers.afternoon import GROUP
from tests.handlers.rights import Row
from tests.store.policy_sample import TITLE

REFUSED = "PaperGone: elsewhere | OrganisersOnly: *"
MINE, QUEUED = "OrganisersOnly: *", "QueuedGone: elsewhere | OrganisersOnly: *"
ALSO = "QuestionGone: elsewhere | OrganisersOnly: *"
PASSAGE = 10_000  # the first of the first edition
PAPER_ROWS = (
    Row(propose_questions, lambda a, by: ProposeQuestions(by, 1), f"QuestionsProposed: office | {REFUSED}"),
    Row(list_queue, lambda a, by: ListQueue(by, 1), f"QueueListed: office | {MINE}"),
    Row(open_queued, lambda a, by: OpenQueued(by, 1), f"QueuedOpened: office | {QUEUED}"),
    Row(open_queued, lambda a, by: OpenQueued(by, 1, again=True), f"QueuedOpened: office | {QUEUED}"),
    Row(link_queued, lambda a, by: LinkQueued(by, 1, PASSAGE), f"QueuedLinked: office | {QUEUED}"),
    Row(deny_queued, lambda a, by: DenyQueued(by, 1), f"QueuedDenied: office | {QUEUED}"),
    Row(list_sections, lambda a, by: ListSections(by, 1), f"SectionsListed: office | {QUEUED}"),
    Row(list_bank, lambda a, by: ListBank(by, 1), f"BankShown: office | {MINE}"),
    Row(remove_question, lambda a, by: RemoveQuestion(by, 1), f"QuestionRemoved: office | {ALSO}"),
    Row(show_also, lambda a, by: ShowAlso(by, PASSAGE), f"AlsoShown: office | {ALSO}"),
    Row(show_counts, lambda a, by: ShowCounts(by, 1), f"CountsShown: office | {MINE}"),
    Row(press_thumb, lambda a, by: PressThumb(by, 1, up=True), "ThumbUseless: strangers | ThumbKept: *"),
    Row(open_paper, lambda a, by: OpenPaper(by, 1), f"PaperOpened: office | {REFUSED}"),
    Row(withdraw_paper, lambda a, by: WithdrawPaper(by, 1, sure=False), f"PaperWithdrawalAsked: office | {REFUSED}"),
    Row(withdraw_paper, lambda a, by: WithdrawPaper(by, 1, sure=True), f"PaperWithdrawn: office | {REFUSED}"),
    Row(list_blanks, lambda a, by: ListBlanks(by, 1), f"BlanksListed: office | {REFUSED}"),
    Row(ask_slot, lambda a, by: AskSlot(by, 1), f"SlotAsked: office | {REFUSED}"),
    Row(clear_slot, lambda a, by: ClearSlot(by, 1), f"SlotCleared: office | {REFUSED}"),
    Row(look_up, lambda a, by: LookUp(by, "走教"), "Unlinked: stranger | LookedUp: *"),
    Row(
        open_clause,
        lambda a, by: OpenClause(by, None, 1, View.ARTICLE),
        "Unlinked: stranger | ClauseGone: elsewhere | ClauseShown: *",
    ),
    Row(open_clause, lambda a, by: OpenClause(by, GROUP, 1), "ClauseShown: *"),
    Row(
        open_clause,
        lambda a, by: OpenClause(by, GROUP, 1, View.ARTICLE),
        "NotLinked: stranger elsewhere | ClauseInPrivate: *",
    ),
    Row(
        show_obligations,
        lambda a, by: ShowObligations(by),
        "Unlinked: stranger | ObligationsShown: elsewhere principal office | ObligationsNotYours: *",
    ),
    Row(
        show_proposal,
        lambda a, by: ShowProposal(by),
        "Unlinked: stranger | NoProposals: elsewhere | ProposalShown: office | NotInCharge: *",
    ),
    Row(
        settle_proposal,
        lambda a, by: SettleProposal(by, numbered(TITLE, "设1名总校长"), "take"),
        "Unlinked: stranger | ProposalGone: elsewhere | ProposalSettled: office | NotInCharge: *",
    ),
)
