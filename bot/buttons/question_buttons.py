"""Buttons of questions: whether an answer helped, the queue of the office, the bank of questions, the counts."""

from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.also_asked import AlsoAdded, AlsoShown, BankShown, QuestionRemoved
from handlers.asked_counts import CountsShown
from handlers.propose import QuestionsProposed
from handlers.queue import QueuedDenied, QueuedLinked, QueuedOpened, QueueListed
from handlers.sections import Section, SectionsListed
from store.policies.editions import Published

Listed = QueueListed | BankShown
Opened = QueuedOpened | SectionsListed | QueuedLinked | QueuedDenied
Bank = QuestionsProposed | AlsoShown | AlsoAdded | QuestionRemoved
Shown = Published | CountsShown | Bank | Listed | Opened
IN_A_ROW = 4
LABEL = 40  # characters of a clause on a button
LAST_PAGE = 99


def rows(outcome: Shown, words: Words) -> Rows:
    match outcome:
        case Published(number=number):
            further = [Press("propose", number)] if number else []
            return (tuple(button(one.act, one, words) for one in (*further, Press("obligations", 0))),)
        case QueueListed(items=items):
            numbers = [Button(str(at), Press("queued", one.number).data) for at, one in enumerate(items, 1)]
            return (*in_rows(numbers, IN_A_ROW), *pages(outcome, "queue", words))
        case BankShown(items=items):
            numbers = [removal(at, one.number) for at, one in enumerate(items, 1)]
            return (*in_rows(numbers, IN_A_ROW), *pages(outcome, "bank", words))
        case AlsoShown(questions=questions):
            return in_rows([removal(at, one.number) for at, one in enumerate(questions, 1)], IN_A_ROW)
        case AlsoAdded(number=number) | QuestionRemoved(number=number):
            return ((button("bank", Press("bank", number), words),),)
        case QuestionsProposed(number=number, consortium=consortium):
            return ((button("bank", Press("bank", consortium), words), button("back", Press("paper", number), words)),)
        case CountsShown(number=number):
            return ((button("queue", Press("queue", number), words),),)
    return of_queued(outcome, words)


def of_queued(outcome: Opened, words: Words) -> Rows:
    match outcome:
        case QueuedOpened(queued=queued, number=number, candidates=candidates):
            numbers = [Button(str(at), link(queued, one.passage)) for at, one in enumerate(candidates, 1)]
            choices = [button(name, Press("queued", queued, name), words) for name in ("sections", "not_covered")]
            return (*in_rows(numbers, IN_A_ROW), tuple(choices), (button("back", Press("queue", number), words),))
        case SectionsListed(queued=queued, sections=sections):
            every = [section(queued, one) for one in sections]
            return (*in_rows(every, 1), (button("back", Press("queued", queued), words),))
        case QueuedLinked(queued=queued, number=number) | QueuedDenied(queued=queued, number=number):
            undo = button("undo", Press("queued", queued, "undo"), words)
            return ((undo, button("queue", Press("queue", number), words)),)


def of_answer(asked: int, passage: int, words: Words) -> Rows:
    thumbs = [button(name, Press("thumb", asked, name), words) for name in ("up", "down") if asked]
    also = [button("also", Press("also", passage), words)] if passage else []
    return ((*thumbs, *also),) if thumbs or also else ()


def of_office(consortium: int, waiting: int, words: Words) -> Rows:
    """Below /ask without a question, for an organiser."""
    label = words.button("queue") + (f" {waiting}" if waiting else "")
    queue = Button(label, Press("queue", consortium).data)
    return ((queue, *(button(name, Press(name, consortium), words) for name in ("bank", "counts"))),)


def pages(outcome: Listed, act: str, words: Words) -> Rows:
    near = (("previous_page", outcome.page - 1), ("next_page", outcome.page + 1))
    shown = [
        button(name, Press(act, outcome.number, str(page)), words)
        for name, page in near
        if 1 <= page <= min(outcome.pages, LAST_PAGE)
    ]
    return (tuple(shown),) if shown else ()


def removal(place: int, question: int) -> Button:
    return Button(str(place), Press("bank_question", question, "remove").data)


def section(queued: int, one: Section) -> Button:
    further = Press("section", queued, str(one.depth), one.passage).data
    return Button(shortened(one.name), further if one.depth else link(queued, one.passage))


def link(queued: int, passage: int) -> str:
    return Press("link", queued, "", passage).data


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LABEL else f"{line[: LABEL - 1]}…"
