"""Rights towards the roll (who came): the rows of `rights.py`, continued. What may be said of somebody depends on how
far the event is, too: at `research` people check in, the `meeting` is over."""

from datetime import date

from handlers.ask_report import AskFigures, AskReportFile, ask_figures, ask_report_file
from handlers.correct import Correct, Mark, correct, mark
from handlers.nudge import ChooseNudge, SendNudges, ShowUnanswered, choose_nudge, send_nudges, show_unanswered
from handlers.online import AskOnline, ask_online
from handlers.roll import ShowReport, ShowRoll, show_report, show_roll
from handlers.roll_people import ListPeople, OpenPerson, list_people, open_person
from handlers.sign_in import OfferSignIn, OpenSignIn, StepSignIn, offer_sign_in, open_sign_in, step_sign_in
from store.statuses import AttendanceStatus as Status
from tests.handlers.afternoon import SHEET
from tests.handlers.rights import Row

ROLL_ROWS = (
    Row(
        show_report,
        lambda a, by: ShowReport(by),
        "Unlinked: stranger | SpokenShown: speaker | ReportShown: *",
    ),
    # How much of it is whose: test_ask_report.py.
    Row(ask_figures, lambda a, by: AskFigures(by, "month"), "Unlinked: stranger | ReportFigures: *"),
    Row(
        ask_report_file,
        lambda a, by: AskReportFile(by, date(2026, 10, 1), date(2026, 10, 31), "1"),
        "Unlinked: stranger | ReportFileComing: *",
    ),
    Row(
        ask_online,
        lambda a, by: AskOnline(by, a.research),
        "Unlinked: strangers | OnlineNameAsked: speaker | OnlineNotOpen: *",
    ),
    Row(
        show_roll,
        lambda a, by: ShowRoll(by, a.research),
        "Unlinked: strangers | RollShown: approver approver2 principal office | NotOverseer: *",
    ),
    Row(
        list_people,
        lambda a, by: ListPeople(by, a.research, 1),
        "Unlinked: strangers | PeopleListed: approver approver2 office | MayNotCorrect: principal | NotOverseer: *",
    ),
    Row(
        open_person,
        lambda a, by: OpenPerson(by, a.research, a.person("teacher")),
        "Unlinked: strangers | PersonOpened: approver office | MayNotCorrect: approver2 principal | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.research, a.person("teacher"), Status.OFFICIAL),
        "Unlinked: strangers | WordAsked: approver office | MayNotCorrect: approver2 principal | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.research, a.person("teacher"), Status.PRESENT),
        "Unlinked: strangers | MayNotCorrect: approver approver2 principal | CheckedInFor: office | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.research, a.person("teacher"), Status.EXCUSED),
        "Unlinked: strangers | WordAsked: office | MayNotCorrect: approver approver2 principal | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.research, a.person("teacher"), Status.ONLINE),
        "Unlinked: strangers | WordAsked: office | MayNotCorrect: approver approver2 principal | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.meeting, a.person("teacher"), Status.LEAVE),
        "Unlinked: strangers | WordAsked: approver | MayNotCorrect: approver2 principal office | NotOverseer: *",
    ),
    Row(
        mark,
        lambda a, by: Mark(by, a.meeting, a.person("teacher"), Status.TRUANT),
        "Unlinked: strangers | WordAsked: approver office | MayNotCorrect: approver2 principal | NotOverseer: *",
    ),
    Row(
        correct,
        lambda a, by: Correct(by, a.research, a.person("teacher"), Status.OFFICIAL, "监考"),
        "Unlinked: strangers | Corrected: approver office | MayNotCorrect: approver2 principal | NotOverseer: *",
    ),
    Row(
        correct,
        lambda a, by: Correct(by, a.research, a.person("teacher"), Status.EXCUSED, "样例说明"),
        "Unlinked: strangers | Corrected: office | MayNotCorrect: approver approver2 principal | NotOverseer: *",
    ),
    Row(
        correct,
        lambda a, by: Correct(by, a.research, a.person("teacher"), Status.ONLINE, ""),
        "Unlinked: strangers | Corrected: office | MayNotCorrect: approver approver2 principal | NotOverseer: *",
    ),
    Row(
        correct,
        lambda a, by: Correct(by, a.meeting, a.person("teacher"), Status.LEAVE, "样例说明"),
        "Unlinked: strangers | Corrected: approver | MayNotCorrect: approver2 principal office | NotOverseer: *",
    ),
    Row(
        correct,
        lambda a, by: Correct(by, a.meeting, a.person("teacher"), Status.TRUANT, "样例说明"),
        "Unlinked: strangers | Corrected: approver office | MayNotCorrect: approver2 principal | NotOverseer: *",
    ),
    Row(
        choose_nudge,
        lambda a, by: ChooseNudge(by),
        "Unlinked: stranger | NobodyToNudge: elsewhere | UnansweredShown: office | OrganisersOnly: *",
    ),
    Row(show_unanswered, lambda a, by: ShowUnanswered(by, a.research), "UnansweredShown: office | OrganisersOnly: *"),
    Row(send_nudges, lambda a, by: SendNudges(by, a.research), "NudgesSent: office | OrganisersOnly: *"),
    Row(
        offer_sign_in,
        lambda a, by: OfferSignIn(by, "签到表.xlsx", b"y", 1, SHEET),
        "SignInOffered: office | NotForFiles: *",
    ),
    Row(open_sign_in, lambda a, by: OpenSignIn(by, a.sheet), "SignInOpened: office | OfferGone: *"),
    Row(
        step_sign_in,
        lambda a, by: StepSignIn(by, a.sheet, SHEET, a.research, None, take=False),
        "SignInOffered: office | OfferGone: *",
    ),
)
