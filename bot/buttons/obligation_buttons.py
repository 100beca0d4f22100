"""Buttons of the plan's obligations: what is proposed, and how one is changed."""

from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.obligations import RHYTHMS, ObligationsShown, ProposalOpened, ProposalSettled, ProposalShown
from handlers.plan_reminded import ObligationsMissing

Shown = ObligationsShown | ProposalShown | ProposalSettled | ProposalOpened | ObligationsMissing
CHOICES = {"accept": "take", "decline": "decline", "change": "open"}  # a button's name, and the choice
COUNTS = {"－": "minus", "＋": "plus"}
CHOSEN = "✓ "


def rows(outcome: Shown, words: Words) -> Rows:
    match outcome:
        case ObligationsShown(proposed=proposed):
            label = words.button("proposals").format(count=proposed)
            return ((Button(label, Press("proposals", 0).data),),) if proposed else ()
        case ObligationsMissing():
            return ((button("obligations", Press("obligations", 0), words),),)
        case ProposalShown(proposal=number):
            return (tuple(button(label, Press("proposal", number, one), words) for label, one in CHOICES.items()),)
        case ProposalSettled(amendment=amendment, left=left):
            undo = button("undo", Press("amend", amendment, "undo"), words)
            return ((undo, following(words)),) if left else ((undo,),)
    return of_opened(outcome, words)


def following(words: Words) -> Button:
    return button("next_proposal", Press("proposals", 0), words)


def of_opened(outcome: ProposalOpened, words: Words) -> Rows:
    """Count, rhythm, then the activities, one a row: titles are long."""
    number = outcome.proposal
    counts = tuple(Button(label, Press("proposal", number, name).data) for label, name in COUNTS.items())
    named = () if outcome.by_people else ((one, words.named(one, "rhythm")) for one in RHYTHMS)
    rhythms = [marked(label, one == outcome.rhythm, Press("proposal", number, one)) for one, label in named]
    held = tuple(
        (marked(one.title, one.chosen, Press("proposal", number, str(one.number))),) for one in outcome.activities
    )
    decline = button("decline", Press("proposal", number, "decline"), words)
    return (counts, *in_rows(rhythms, 3), *held, (decline, following(words)))


def marked(label: str, chosen: bool, press: Press) -> Button:
    return Button(CHOSEN * chosen + label, press.data)
