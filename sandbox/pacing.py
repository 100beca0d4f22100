"""The published limits: who speaks faster than Telegram permits is told when to come back (Bots FAQ, "limits")."""

from collections import defaultdict, deque

from sandbox.errors import Refused

ALL, PER_GROUP, PER_CHAT = (30, 1.0), (20, 60.0), (3, 3.0)  # calls in seconds; short bursts pass
COUNTED = ("sendmessage", "editmessagetext", "senddocument", "sendphoto", "editmessagemedia")


class Pacing:
    def __init__(self) -> None:
        self.times: defaultdict[str, deque[float]] = defaultdict(deque)

    def count(self, method: str, chat: str, moment: float) -> None:
        """Raises Refused (429) where a limit is passed; what is refused does not count."""
        if method not in COUNTED:
            return
        limits = {"": ALL, f"chat:{chat}": PER_CHAT} | ({f"group:{chat}": PER_GROUP} if chat.startswith("-") else {})
        for name, (most, seconds) in limits.items():
            times = self.times[name]
            while times and times[0] <= moment - seconds:
                times.popleft()
            if len(times) >= most:
                raise Refused("too_fast", retry_after=max(1, int(times[0] + seconds - moment + 0.999)))
        for name in limits:
            self.times[name].append(moment)
