"""A complaint: why a command's input is refused, in one line."""

from dataclasses import dataclass


@dataclass  # not frozen: a context manager that lets it pass writes its `__traceback__`
class Complaint(Exception):
    """Bad input to a command (house rule "Errors").

    `where` names the file, the field or the record; `found` is what stood there; `expected` is completed by the
    word "expected" in front of it. As text: `where: found: expected …`, always one line.
    """

    where: str
    found: str
    expected: str

    def __post_init__(self) -> None:
        Exception.__init__(self, self.where, self.found, self.expected)

    def __str__(self) -> str:
        found = f"{self.found}: " if self.found else ""
        return " ".join(f"{self.where}: {found}expected {self.expected}".split())
