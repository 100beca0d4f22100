"""Filled with figures: 考勤汇总表, and 台账目录 with what the inspection file holds, in words."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from bot.forms.filled import Filled, Link, Row
from bot.words import Words
from handlers.attendance_form import AttendanceForm, Tally
from store.statuses import AttendanceStatus as Status

TABLE = "form_words"
COUNTED = {
    **{"late": Status.LATE, "left_early": Status.LEFT_EARLY, "leave": Status.LEAVE, "official": Status.OFFICIAL},
    **{"online": Status.ONLINE, "excused": Status.EXCUSED, "truant": Status.TRUANT},
}


class Material(Struct, frozen=True):
    """A row of the contents. `clause`: its ID or path, and the words quoted; `rhythm`: such as 每月; `wanted` and
    `done`: how many there should be, and are; `missing`: which, in words; `file`: the path of a file, or of the folder
    of several, from where the contents lie, "" for none yet; `pages`: None where nobody has counted them."""

    title: str
    clause: str
    rhythm: str
    wanted: int | None
    done: int | None
    missing: str
    file: str
    pages: int | None
    archived: date | None
    edition: str


class Contents(Struct, frozen=True):
    """台账目录, from `first` to `last`, both included. `made_at` is local."""

    consortium: str
    term: str
    first: date
    last: date
    made_at: datetime
    materials: Sequence[Material]


def attendance(form: AttendanceForm, words: Words) -> Filled:
    """The last row of the schools is their sum, where they are several."""
    pending = form.total.pending
    schools = [{"number": str(at), **figures(one, words)} for at, one in enumerate(form.schools, 1)]
    total = {**figures(form.total, words), "school": words.named("total_row", TABLE)}
    people = [{"number": str(at), **figures(one, words), "name": one.name} for at, one in enumerate(form.people, 1)]
    fields = {
        **period(form.consortium, form.term, form.first, form.last, form.made_at, words),
        "stamp": words.named("unfinished", TABLE).format(pending=pending) if pending else "",
        "formula": words.named("formula", TABLE),
    }
    return Filled(fields, {"schools": [*schools, total] if len(schools) > 1 else schools, "people": people})


def figures(one: Tally, words: Words) -> dict[str, str]:
    """A rate is 暂定 as long as anything of the school is open."""
    rate = "" if one.rate is None else f"{one.rate:.1%}"
    return {
        "school": one.school,
        "events": str(one.events),
        "demanded": str(one.expected),
        "came": str(one.came),
        "pending": str(one.pending),
        "rate": words.named("provisional", TABLE).format(rate=rate) if rate and one.pending else rate,
        **{column: str(one.counts[status]) for column, status in COUNTED.items()},
    }


def contents(form: Contents, words: Words) -> Filled:
    rows = [row(number, one, words) for number, one in enumerate(form.materials, 1)]
    fields = period(form.consortium, form.term, form.first, form.last, form.made_at, words)
    return Filled(fields, {"materials": rows})


def row(number: int, one: Material, words: Words) -> Row:
    known = {"wanted": one.wanted, "done": one.done, "pages": one.pages}
    return {
        "number": str(number),
        "title": one.title,
        "clause": one.clause,
        "rhythm": one.rhythm,
        **{column: "" if count is None else str(count) for column, count in known.items()},
        "missing": one.missing,
        "file": Link(one.file.rsplit("/", 1)[-1], one.file) if one.file else "",
        "archived": f"{one.archived:%Y-%m-%d}" if one.archived else "",
        "edition": one.edition,
    }


def period(consortium: str, term: str, first: date, last: date, made_at: datetime, words: Words) -> dict[str, str]:
    return {
        "consortium": consortium,
        "term": term,
        "range": words.forms["dash"].join((first.isoformat(), last.isoformat())),
        "made_at": f"{made_at:%Y-%m-%d %H:%M}",
    }
