"""Buttons of forms: which of an event's to print, and a layout of one's own to be taken away."""

from bot.buttons.presses import Press
from bot.buttons.rows import Rows, in_rows
from bot.speech import Button
from bot.words import Words
from handlers.ask_form import FormsListed
from handlers.own_form_layout import LayoutKept

IN_A_ROW = 2


def rows(outcome: object, words: Words) -> Rows:
    """None for what is not about a form."""
    match outcome:
        case FormsListed(occurrence=number, forms=forms):
            every = [Button(words.label(form), Press("form", number, form.value).data) for form in forms]
            text = Button(words.button("notice_text"), Press("notice_text", number).data)
            return (*in_rows(every, IN_A_ROW), (text,))
        case LayoutKept(consortium=number, form=form):
            return ((Button(words.button("default_layout"), Press("layout", number, form.value).data),),)
    return ()
