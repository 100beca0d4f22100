"""Keyboards: buttons as numbers beneath a message, pressed by typing the number."""

from bot.speech import Message


class Keyboard:
    """Numbers last until an answer has buttons of its own; what is shown in between counts on."""

    def __init__(self) -> None:
        self.data: list[str] = []

    def beneath(self, message: Message, *, anew: bool) -> str:
        """`[1] 参加  [2] 请假`, a line a row. `anew`: they begin at 1 again."""
        if anew and message.buttons:
            self.data = []
        lines = []
        for row in message.buttons:
            first = len(self.data) + 1
            self.data += [one.data for one in row]
            lines.append("  ".join(f"[{number}] {one.label}" for number, one in enumerate(row, first)))
        return "\n".join(lines)

    def pressed(self, number: int) -> str | None:
        """The data of that button; None: there is none."""
        return self.data[number - 1] if 0 < number <= len(self.data) else None
