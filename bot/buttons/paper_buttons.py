"""Buttons of policy papers (方案): each paper, its blanks, and what may be done with either."""

from bot.buttons import question_buttons
from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.consult import QuestionMissing
from handlers.fill_slot import BlanksListed, SlotAsked, SlotCleared, SlotFilled
from handlers.papers import PaperOpened, PaperWithdrawalAsked

Shown = QuestionMissing | PaperOpened | PaperWithdrawalAsked | BlanksListed | SlotAsked | SlotFilled | SlotCleared
IN_A_ROW = 4


def rows(outcome: Shown, words: Words) -> Rows:
    match outcome:
        case QuestionMissing(papers=papers, waiting=waiting, consortium=consortium):
            office = question_buttons.of_office(consortium, waiting, words) if consortium else ()
            return (*((Button(one.title, Press("paper", one.number).data),) for one in papers), *office)
        case PaperOpened(number=number, blanks=blanks):
            listed = [button("blanks", Press("blanks", number, "1"), words)] if blanks else []
            suggest = button("propose", Press("propose", number), words)
            return ((*listed, suggest, button("withdraw_paper", Press("paper", number, "withdraw"), words)),)
        case PaperWithdrawalAsked(number=number):
            sure = Press("paper", number, "withdraw_sure")
            return ((button("withdraw_sure", sure, words), button("back", Press("paper", number), words)),)
        case BlanksListed():
            return blanks_listed(outcome, words)
        case SlotAsked(slot=slot, value=value):
            return ((button("clear", Press("slot", slot, "clear"), words),),) if value is not None else ()
        case SlotFilled(slot=slot, number=number):
            clear = button("clear", Press("slot", slot, "clear"), words)
            return ((button("blanks", Press("blanks", number), words), clear),)
        case SlotCleared(number=number):
            return ((button("blanks", Press("blanks", number), words),),)


def blanks_listed(outcome: BlanksListed, words: Words) -> Rows:
    """A number each, as in the text above; then the pages beside this one, and the paper."""
    numbers = [Button(str(place), Press("slot", one.slot).data) for place, one in enumerate(outcome.blanks, 1)]
    pages = [
        button(name, Press("blanks", outcome.number, str(page)), words)
        for name, page in (("previous_page", outcome.page - 1), ("next_page", outcome.page + 1))
        if 1 <= page <= min(outcome.pages, 99)
    ]
    last = (*pages, button("back", Press("paper", outcome.number), words))
    return (*in_rows(numbers, IN_A_ROW), last)
