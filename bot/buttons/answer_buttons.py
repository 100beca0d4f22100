"""Buttons of answers: more of what was quoted, which of several clauses is meant, whether that helped, and the pages of
what is read."""

from bot.buttons import question_buttons
from bot.buttons.presses import Press
from bot.buttons.rows import Rows, button
from bot.speech import Button
from bot.words import Words
from handlers.ask import Answered, Choices, Quoted
from handlers.open_clause import ClauseShown, View

Shown = Answered | Choices | ClauseShown
NUMBERS = "①②③"  # as in the text above
LONGEST = 24  # characters of a heading on a button
FURTHER = (View.SECTION.value, View.ARTICLE.value)


def rows(outcome: Shown, words: Words) -> Rows:
    match outcome:
        case Answered(citations=citations, asked=asked, passage=passage):
            further = tuple(more(one, words) for one in citations if one.clause)
            return (*further, *question_buttons.of_answer(asked, passage, words))
        case Choices(citations=citations, asked=asked):
            named = zip(NUMBERS, citations, strict=False)
            each = tuple((choice(number, one),) for number, one in named if one.clause)
            return (*each, *question_buttons.of_answer(asked, 0, words))
        case ClauseShown():
            return opened(outcome, words)


def more(one: Quoted, words: Words) -> tuple[Button, ...]:
    """看本节, where that is less than the article, and 看整条."""
    return tuple(button(act, Press(act, one.clause, "1"), words) for act in FURTHER[not one.section :])


def choice(number: str, one: Quoted) -> Button:
    heading = one.path[-1] if one.path else one.document
    cut = heading if len(heading) <= LONGEST else f"{heading[: LONGEST - 1]}…"
    return Button(f"{number} {cut}", Press("clause", one.clause).data)


def opened(it: ClauseShown, words: Words) -> Rows:
    """The pages beside this one; what else there is of the clause; the same clause in the edition in force."""
    number, act = it.citation.clause, it.view.value
    beside = (("previous_page", it.page - 1), ("next_page", it.page + 1))
    pages = tuple(button(name, Press(act, number, str(page)), words) for name, page in beside if 1 <= page <= it.pages)
    others = [one for one in more(it.citation, words) if not one.data.startswith(f"{act}:")]
    if it.view is not View.CLAUSE:
        others.append(button("clause", Press("clause", number), words))
    now = (button("current_edition", Press("clause", it.current), words),) if it.current else ()
    return tuple(row for row in (pages, tuple(others), now) if row)
