"""The terminal: lines that are typed, or come through a pipe, and what is written below them."""

import os
import select
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable

MOST = 65536  # bytes at a time


class Terminal:
    """`typed`: the number of an open file; `write` shows one text, with the end of its line.

    It is read past Python's own buffer, which would hide lines from the one question that has an end in time.
    """

    def __init__(self, typed: int, write: Callable[[str], None]) -> None:
        self.typed, self.write = typed, write
        self.lines: deque[str] = deque()
        self.begun, self.ended = "", False
        self.decoder = getincrementaldecoder("utf-8")("replace")

    def line(self, within: float) -> str | None:
        """The next one; None: none came within so many seconds. Raises EOFError where there are no more."""
        if not self.lines and not self.ended and select.select([self.typed], [], [], within)[0]:
            self.read()
        if self.lines:
            return self.lines.popleft()
        if self.ended:
            raise EOFError
        return None

    def read(self) -> None:
        """A last line may have no end."""
        found = os.read(self.typed, MOST)
        self.ended = not found
        *whole, self.begun = (self.begun + self.decoder.decode(found, final=self.ended)).split("\n")
        self.lines += [one.rstrip("\r") for one in whole]
        if self.ended and self.begun:
            self.lines.append(self.begun)
