"""Obligations and exchanges of a consortium file: by what each is met, and days that fit together."""

from collections.abc import Container
from datetime import date

from bot.file.activities import MEETING
from bot.file.refusals import Refusals, path, shown
from bot.file.shapes import Row

PEOPLE = ("posts", "from", "to")
OF_CLASSES = ("week", "day")
WAYS = ("activities", "themes", *PEOPLE)


def check_obligations(file: Row, refusals: Refusals) -> None:
    """`file` is the whole file, as far as it could be read."""
    meetings = {row.get("key") for row in file.get("activity", []) if row.get("kind") == MEETING}
    for row in file.get("obligation", []):
        check_way(row, meetings, refusals)
    check_exchanges(file.get("exchange", []), refusals)


def check_way(row: Row, meetings: Container[str], refusals: Refusals) -> None:
    """应做事项: by events, by themes or by people. Only people stand (常设), themes are the month's, and class
    meetings, since each class has its own, the week's or the day's."""
    given = [key for key in WAYS if key in row.written]
    ways = len({"people" if key in PEOPLE else key for key in given})
    if ways != 1:
        found = f"with {' and '.join(given)}" if given else "met by nothing"
        refusals.add(row.at, found, "activities, or themes, or people: posts, from, to")
        return
    if "rhythm" not in row:
        return
    rhythm, by_people = row["rhythm"], given[0] in PEOPLE
    if by_people != (rhythm == "standing"):
        expected = 'rhythm = "standing" for people' if by_people else 'another rhythm than "standing" for what is held'
        refusals.add(row.place("rhythm"), shown(rhythm), expected)
    elif rhythm not in OF_CLASSES and any(key in meetings for key in row.get("activities", ())):
        refusals.add(row.place("rhythm"), shown(rhythm), 'rhythm = "week" or "day" for class meetings')
    elif given[0] == "themes" and rhythm != "month":
        refusals.add(row.place("rhythm"), shown(rhythm), 'rhythm = "month" beside themes')
    both = [number for number, school in enumerate(row.get("to", ()), 1) if school in row.get("from", ())]
    if both:
        refusals.add((*row.place("to"), both[0]), shown(row["to"][both[0] - 1]), "another school than those of from")


def check_exchanges(rows: list[Row], refusals: Refusals) -> None:
    """教师交流轮岗: from one school to another, and nobody in two on one day."""
    good: list[Row] = []
    for row in rows:
        if "from" in row and row["from"] == row.get("to"):
            refusals.add(row.place("to"), shown(row["to"]), "another school than from")
        if row.refused("since", "until") or "person" not in row:
            continue
        first, last = days(row)
        if last < first:
            refusals.add(row.place("until"), shown(row["until"]), f"no day before since, {row['since']}")
            continue
        same = (other for other in good if other["person"] == row["person"])
        both = [other for other in same if days(other)[0] <= last and first <= days(other)[1]]
        if both and row.get("since") != both[0].get("since"):  # of two that begin together the key is doubled
            expected = f"exchanges of one person that share no day: {path(both[0].at)} has it too"
            key = "since" if "since" in row else "person"
            refusals.add(row.place(key), shown(row[key]), expected)
        good.append(row)


def days(row: Row) -> tuple[date, date]:
    """Both included; what is open has no end."""
    return row.get("since", date.min), row.get("until", date.max)
