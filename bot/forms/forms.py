"""Forms: each of the nine, from what was gathered to the bytes of a Word file, in our layout or the school's own."""

from bot.forms import layouts, paper
from bot.forms.filled import Filled
from bot.forms.layouts import LAYOUTS
from bot.words import Words
from store.form_layouts import Form


def written(form: Form, filled: Filled, words: Words, own: bytes | None = None, *, marks: bool = False) -> bytes:
    """`own`: the school's layout, checked when it was sent; `marks`: an observation has a place for a grade."""
    layout = layouts.with_marks(LAYOUTS[form]) if marks else LAYOUTS[form]
    return paper.written(layout, words.label(form), filled, words)
