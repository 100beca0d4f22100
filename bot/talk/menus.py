"""Menus: the commands that are offered, by where and to whom. More are understood."""

PRIVATE = ("next", "ask", "leave", "checkin", "reflect", "help", "settings", "privacy", "start")
GROUPS = ("next", "ask", "checkin", "help")
ADMINISTRATORS = (*GROUPS, "bind")
OVERSEERS = (*PRIVATE[:5], "report", *PRIVATE[5:])  # an approver's or a principal's, in private
ORGANISERS = (*PRIVATE[:5], "schedule", "cancel", "nudge", "report", "invite", *PRIVATE[5:])
