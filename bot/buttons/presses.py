"""Presses: what a button means, spelt as its data (`respond:12:accepted`): at most 64 bytes (Bot API, `callback_data`).

What concerns the presser alone has no number: `language:en`.
A spelling once sent is never used for anything else: old messages keep their buttons.
"""

import re

from msgspec import Struct

from bot.settings import LANGUAGES
from handlers.obligations import RHYTHMS
from store.form_layouts import Form
from store.leaves import LeaveKind
from store.minutes import MinutesPart
from store.responses import ParticipationStatus
from store.statuses import AttendanceStatus

LEAVE_KINDS = tuple(kind.value for kind in LeaveKind)
TO_99 = tuple(str(number) for number in range(1, 100))
FORMS = tuple(form for form in Form if form not in (Form.LEAVE, Form.ATTENDANCE, Form.CATALOGUE))
CHOICES = {
    "respond": ("accepted", "declined"),
    "seen": ("",),
    "check_in": ("",),
    "leave": ("approved", "refused", "to_approved", "to_refused", "withdraw"),
    "leave_days": ("approved", "refused", "to_approved", "to_refused", "withdraw"),
    "leave_pick": ("",),
    "leave_for": (*LEAVE_KINDS, "no_reason"),
    "leave_from": (*LEAVE_KINDS, "no_reason"),
    "leave_remark": ("no_remark",),
    "reflection": ("submit", "edit", "consortium", "school", "not_this_time", "erase", "erase_sure"),
    "own_reflection": ("",),
    "reflections": ("own", "school", "consortium"),
    "texts": ("school", "consortium"),
    "record": ("held", "moved", "not_held", "stand_in", "lines"),
    "not_held": ("holiday", "exam", "activity", "other"),
    "bind": ("",),
    "language": LANGUAGES,
    "consortium": ("",),
    "meet": ("",),
    "claim": ("approved", "refused", "undo"),
    "offer": ("take", "file", "chat", "drop"),
    "part": tuple(str(number) for number in range(1, 21)),
    "event": ("",),
    "amend": ("take", "drop", "later", "undo"),
    "privacy": ("export", "erase", "erase_sure"),
    "calendar": ("",),
    "picture": ("",),
    "sheet": ("",),
    "note": ("skip",),
    "nudge": ("", "send"),
    "classes": ("",),
    "class_list": ("",),
    "class_school": ("",),
    "class": ("",),
    "sign_in": ("take", "drop"),
    "sign_in_at": ("",),
    "sign_in_who": TO_99,
    "report": ("",),
    "figures": ("month", "term", "last_term"),
    "report_file": ("",),
    "roll": ("",),
    "online": ("",),
    "roll_people": ("", *TO_99),
    "mark": ("", *AttendanceStatus, *ParticipationStatus),
    "paper": ("", "withdraw", "withdraw_sure"),
    "blanks": ("", *TO_99),
    "slot": ("", "clear"),
    "forms": ("",),
    "notice_text": ("",),
    "form": FORMS,
    "slip": ("",),
    "slip_days": ("",),
    "layout": tuple(Form),
    "clause": ("", *TO_99),  # a page of it
    "clause_section": TO_99,
    "clause_article": TO_99,
    "propose": ("",),
    "queue": ("", *TO_99),
    "queued": ("", "sections", "not_covered", "undo"),
    "link": ("",),
    "section": TO_99,
    "bank": ("", *TO_99),
    "bank_question": ("remove",),
    "also": ("",),
    "counts": ("",),
    "thumb": ("up", "down"),
    "minutes": ("", *MinutesPart, "hand_in", "recorder"),
    "bulletin": ("", "publish", "edit", "leave"),
    "obligations": ("",),
    "proposals": ("",),
    "proposal": ("take", "decline", "open", "plus", "minus", *RHYTHMS, *TO_99),
    "unsaid": tuple(status for status in AttendanceStatus if status is not AttendanceStatus.TRUANT),
}
NUMBERLESS = (
    *("language", "privacy", "meet", "calendar", "picture", "sheet", "leave_remark", "classes", "class_list", "report"),
    *("obligations", "proposals", "figures"),
)
# Bear a second number behind the first: a person's (mark:12:345:present), that of a passage (link:12:10003), or the
# last day (report_file:20260901:20260930).
OF_PERSONS = ("mark", "unsaid", "link", "section", "report_file")
SPELLING = re.compile(r"([a-z_]+)(?::([1-9][0-9]{0,8}))?(?::([a-z_]+|[1-9][0-9]?))?")
OF_PERSON = re.compile(r"([a-z_]+):([1-9][0-9]{0,8}):([1-9][0-9]{0,8})(?::([a-z_]+|[1-9][0-9]?))?")


class Press(Struct, frozen=True):
    """`subject`: the number of a leave (`leave`, `slip`), of leave for days (`leave_days`, `slip_days`), the first day
    of such as a number (`leave_from`: 20261013) or of a report (`report_file`), the number of a chat (`bind`), of a
    consortium (`layout`, `queue`, `bank`, `counts`), of a claim, of a file that was sent (`offer`, `part`, `sign_in`,
    `sign_in_who`), of a change of the plan (`amend`), of a school or class (`class_school`, `class`), of a policy paper
    (`paper`, `blanks`, `propose`), of a blank in one (`slot`), of what one asks for (`proposal`), of a clause of one
    (`clause`, `clause_section`, `clause_article`), of a passage (`also`), of a question that waits (`queued`, `link`,
    `section`), was asked (`thumb`) or is in the bank (`bank_question`), of a page (`reflections`), of a reflection
    (`texts`), of an occurrence (all others); 0 is none. `person`: whose attendance it is about; of `link` and `section`
    the number of a passage, of `report_file` the last day."""

    act: str
    subject: int
    choice: str = ""
    person: int = 0

    @property
    def data(self) -> str:
        return ":".join(filter(None, (self.act, str(self.subject or ""), str(self.person or ""), self.choice)))

    @property
    def name(self) -> str:
        """Of the button's label."""
        return self.choice or self.act


def read(data: str) -> Press | None:
    """None for what no button of ours says: data may be forged."""
    found = OF_PERSON.fullmatch(data)
    if found is not None and found[1] in OF_PERSONS:
        choice = found[4] or ""
        return Press(found[1], int(found[2]), choice, int(found[3])) if choice in CHOICES[found[1]] else None
    found = SPELLING.fullmatch(data)
    if found is None or found[1] in OF_PERSONS or (found[3] or "") not in CHOICES.get(found[1], ()):
        return None
    if (found[2] is None) != (found[1] in NUMBERLESS):
        return None
    return Press(found[1], int(found[2] or 0), found[3] or "")
