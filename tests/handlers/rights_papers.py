"""Rights towards policy papers and their blanks: to read, whoever is linked in the consortium or stands in its group,
all else an organiser's alone; the rows of `rights.py`, continued."""

from handlers.fill_slot import AskSlot, ClearSlot, ListBlanks, ask_slot, clear_slot, list_blanks
from handlers.look_up import LookUp, look_up
from handlers.open_clause import OpenClause, View, open_clause
from handlers.papers import OpenPaper, WithdrawPaper, open_paper, withdraw_paper
from tests.handlers.afternoon import GROUP
from tests.handlers.rights import Row

REFUSED = "PaperGone: elsewhere | OrganisersOnly: *"
PAPER_ROWS = (
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
)
