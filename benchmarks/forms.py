"""Forms a second: sign-in sheets of fifty people and the nine samples, beside python-docx filling a table of that size.

`python -m benchmarks.forms [--rounds N]` (make bench): the three take turns, so that a machine at work with other
things slows all of them. The seconds depend on the machine, the ratio less so. Medians, and the spread.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from io import BytesIO

from bot.forms import filled_events, forms
from bot.words import Words
from store.form_layouts import Form
from tests.bot.form_sample import SIGNERS, event, every

WORDS = Words("zh")
COLUMNS = 9


def ours() -> int:
    """From facts to the file; how many of them."""
    forms.written(Form.SIGN_IN, filled_events.filled(event(), WORDS), WORDS)
    return 1


def nine() -> int:
    filled = every(WORDS)
    return sum(bool(forms.written(form, filled[form], WORDS)) for form in Form)


def bare() -> int:
    """python-docx, a cell at a time, without borders, widths, heads or fonts."""
    from docx import Document

    document = Document()
    table = document.add_table(rows=SIGNERS + 1, cols=COLUMNS)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "样例"
    document.save(BytesIO())
    return 1


def a_second(made: Callable[[], int]) -> float:
    began = time.perf_counter()
    count = made()
    return count / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    parts = {"sign-in sheets": ours, "all nine": nine, "python-docx": bare}
    for made in parts.values():
        made()  # what is loaded once is loaded
    found = {name: list[float]() for name in parts}
    for _ in range(rounds):
        for name, made in parts.items():
            found[name].append(a_second(made))
    for name, rates in found.items():
        print(f"{name}: {statistics.median(rates):.0f} a second ({min(rates):.0f} to {max(rates):.0f})")
    ratio = statistics.median(a / b for a, b in zip(found["sign-in sheets"], found["python-docx"], strict=True))
    print(f"a sheet takes 1/{ratio:.1f} of what python-docx takes for a table of that size")


if __name__ == "__main__":
    main()
