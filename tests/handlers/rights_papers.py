"""Rights towards policy papers, their blanks and what they ask for; the rows of `rights.py`, continued."""

from handlers.fill_slot import AskSlot, ClearSlot, ListBlanks, ask_slot, clear_slot, list_blanks
from handlers.obligations import (
    SettleProposal,
    ShowObligations,
    ShowProposal,
    settle_proposal,
    show_obligations,
    show_proposal,
)
from handlers.papers import OpenPaper, WithdrawPaper, open_paper, withdraw_paper
from handlers.proposals import numbered
from tests.handlers.rights import Row
from tests.store.policy_sample import TITLE

REFUSED = "PaperGone: elsewhere | OrganisersOnly: *"
PAPER_ROWS = (
    Row(open_paper, lambda a, by: OpenPaper(by, 1), f"PaperOpened: office | {REFUSED}"),
    Row(withdraw_paper, lambda a, by: WithdrawPaper(by, 1, sure=False), f"PaperWithdrawalAsked: office | {REFUSED}"),
    Row(withdraw_paper, lambda a, by: WithdrawPaper(by, 1, sure=True), f"PaperWithdrawn: office | {REFUSED}"),
    Row(list_blanks, lambda a, by: ListBlanks(by, 1), f"BlanksListed: office | {REFUSED}"),
    Row(ask_slot, lambda a, by: AskSlot(by, 1), f"SlotAsked: office | {REFUSED}"),
    Row(clear_slot, lambda a, by: ClearSlot(by, 1), f"SlotCleared: office | {REFUSED}"),
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
