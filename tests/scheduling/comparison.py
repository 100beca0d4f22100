"""What the program plans beside what the oracles say; a difference is told by its first row on each side."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import zip_longest
from types import ModuleType

from tests import oracle, oracle_messages
from tests.scheduling.consortiums import File, blueprint

EVER = (date(2000, 1, 1), date(2099, 12, 31))


def differences(
    file: File, occurrences: ModuleType, expected: list[File] | None = None
) -> Iterator[tuple[File | None, File | None]]:
    """(planned, expected), of those rows that are not the same, field by field and in the same order."""
    rows = zip_longest(planned(file, occurrences), oracle.occurrences(file) if expected is None else expected)
    return (pair for pair in rows if pair[0] != pair[1])


def planned(file: File, occurrences: ModuleType) -> list[File]:
    """As the oracle writes them; `occurrences` is the module of this name, or one with a bug in it."""
    fields = ("consortium", "activity", "kind", "title", "date", "term", "week", "host", "theme", "moved_from")
    return [
        {name: getattr(row, name) for name in fields}
        | {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}
        | {"class": row.class_, "provisional": row.provisional}
        for row in occurrences.of(blueprint(file), *EVER)
    ]


def messages_that_differ(
    file: File, occurrences: ModuleType, moments: ModuleType
) -> Iterator[tuple[str, set[tuple[str, datetime]]]]:
    """The start of each occurrence whose messages are not the oracle's, with those that only one of the two has."""
    plan = blueprint(file)
    for row, meeting in zip(occurrences.of(plan, *EVER), oracle.occurrences(file), strict=True):
        found = {(moment.kind, moment.at.astimezone(UTC)) for moment in moments.of(plan, row)}
        if odd := found ^ oracle_messages.messages(file, meeting):
            yield meeting["starts_at"], odd
