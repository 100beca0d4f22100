"""Rights towards the plan, files, names, groups and one's own data: the rows of `rights.py`, continued."""

from handlers.amend import Amend, DecideAmendment, OpenAmendment, amend, decide_amendment, open_amendment
from handlers.answer_prompt import AnswerPrompt, answer_prompt
from handlers.bind_chat import Bind, BindTo, bind, bind_to
from handlers.choose_consortium import ChooseConsortium, choose_consortium
from handlers.choose_language import ChooseLanguage, ShowSettings, choose_language, show_settings
from handlers.claim import ClaimName, FollowLink, Meet, StartClaim, claim_name, follow_link, meet, start_claim
from handlers.consult import Consult, consult
from handlers.decide_claim import DecideClaim, decide_claim
from handlers.decide_offer import DropOffer, OpenOffer, TakeOffer, drop_offer, open_offer, take_offer
from handlers.invite import HandRound, Invite, hand_round, invite
from handlers.membership import Reach, reach
from handlers.next_up import NextUp, next_up
from handlers.offer import OfferFile, SendFile, offer_file, send_file
from handlers.privacy import EraseMe, ExportMine, ShowPrivacy, erase_me, export_mine, show_privacy
from handlers.schedule import (
    AskBack,
    OpenEvent,
    ReadWords,
    ShowSchedule,
    ask_back,
    open_event,
    read_words,
    show_schedule,
)
from handlers.show_help import ShowHelp, show_help
from handlers.start import Start, start
from handlers.term_files import AskTermFile, ask_calendar, ask_picture, ask_sheet
from store.offers import OfferKind
from tests.handlers.afternoon import FREE, GROUP, NAMES, PLACED, PREVIEW
from tests.handlers.rights import Row

MEETS = ((meet, lambda a, by: Meet(by, GROUP)), (start_claim, lambda a, by: StartClaim(by)))
OTHER_ROWS = (
    # The plan, and files.
    Row(
        show_schedule,
        lambda a, by: ShowSchedule(by),
        "Unlinked: stranger | ScheduleShown: elsewhere approver principal office | NotInCharge: *",
    ),
    Row(
        open_event,
        lambda a, by: OpenEvent(by, a.research),
        "Unlinked: strangers | EventOpened: approver principal office | NotInCharge: *",
    ),
    Row(
        open_event,
        lambda a, by: OpenEvent(by, a.lesson),
        "Unlinked: strangers | EventOpened: office | NotInCharge: *",
    ),
    Row(
        read_words,
        lambda a, by: ReadWords(by, a.research),
        "Unlinked: strangers | WordsWanted: approver principal office | NotInCharge: *",
    ),
    Row(
        read_words,
        lambda a, by: ReadWords(by, None),
        "Unlinked: stranger | WordsWanted: elsewhere office | NotInCharge: *",
    ),
    Row(
        ask_back,
        lambda a, by: AskBack(by, a.research, "改到"),
        "Unlinked: strangers | AskedBackKept: approver principal office | NotInCharge: *",
    ),
    Row(
        amend, lambda a, by: Amend(by, 1, PLACED, PREVIEW), "AmendmentShown: approver principal office | NotInCharge: *"
    ),
    Row(
        open_amendment,
        lambda a, by: OpenAmendment(by, a.number),
        "Unlinked: strangers | AmendmentOpened: office | NotInCharge: *",
    ),
    Row(
        decide_amendment,
        lambda a, by: DecideAmendment(by, a.number, "take", PREVIEW),
        "Unlinked: strangers | AmendmentTaken: office | NotInCharge: *",
    ),
    Row(
        decide_amendment,
        lambda a, by: DecideAmendment(by, a.number, "drop"),
        "Unlinked: strangers | AmendmentDropped: office | NotInCharge: *",
    ),
    Row(
        send_file,
        lambda a, by: SendFile(by, OfferKind.ROSTER, "名册.xlsx", 9, ""),
        "Unlinked: stranger | FileWanted: elsewhere office | NotForFiles: *",
    ),
    Row(
        offer_file,
        lambda a, by: OfferFile(by, OfferKind.CONSORTIUM_FILE, "样例.toml", b"y", 1, a.file),
        "FileForeign: elsewhere | FileOffered: office | NotForFiles: *",
    ),
    Row(open_offer, lambda a, by: OpenOffer(by, a.offer), "OfferOpened: office | OfferGone: *"),
    Row(
        take_offer,
        lambda a, by: TakeOffer(by, a.offer, a.file, a.file, 0, None, look=False),
        "FileTaken: office | OfferGone: *",
    ),
    Row(drop_offer, lambda a, by: DropOffer(by, a.offer), "OfferDropped: office | OfferGone: *"),
    Row(
        ask_sheet,
        lambda a, by: AskTermFile(by, None),
        "Unlinked: stranger | SheetSent: elsewhere office | NotInCharge: *",
    ),
    Row(ask_calendar, lambda a, by: AskTermFile(by, GROUP), "Unlinked: strangers | CalendarSent: *"),
    Row(ask_picture, lambda a, by: AskTermFile(by, GROUP), "TermPictured: *"),
    Row(ask_picture, lambda a, by: AskTermFile(by, None), "Unlinked: stranger | TermPictured: *"),
    # Who is who, and groups.
    Row(start, lambda a, by: Start(by, ""), "Unlinked: stranger | Welcomed: *"),
    Row(meet, lambda a, by: Meet(by, GROUP), "Met: *"),
    Row(start_claim, lambda a, by: StartClaim(by), "NameAsked: strangers | Welcomed: *", MEETS[:1]),
    Row(follow_link, lambda a, by: FollowLink(by, "2222222222"), "RosterLinkUnknown: *"),
    Row(
        claim_name,
        lambda a, by: ClaimName(by, NAMES["office"], "样例"),
        "ClaimSent: strangers | nothing: *",
        MEETS,
    ),
    Row(
        decide_claim,
        lambda a, by: DecideClaim(by, a.number, approve=True),
        "ClaimSettled: office | MayNotDecideClaim: *",
    ),
    Row(
        invite,
        lambda a, by: Invite(by, NAMES["idle"]),
        "Unlinked: stranger | InviteNobody: elsewhere | Invited: office | MayNotInvite: *",
    ),
    Row(hand_round, lambda a, by: HandRound(by, 1), "HandedRound: office | MayNotInvite: *"),
    Row(
        bind, lambda a, by: Bind(by, FREE, "样例新群", ""), "NothingToBind: elsewhere | Bound: office | NotOrganiser: *"
    ),
    Row(bind_to, lambda a, by: BindTo(by, FREE, 3), "NothingToBind: elsewhere | Bound: office | NotOrganiser: *"),
    Row(choose_consortium, lambda a, by: ChooseConsortium(by, 1), "Unlinked: strangers | ConsortiumChosen: *"),
    Row(reach, lambda a, by: Reach(by, reachable=True), "nothing: *"),
    # One's own, and what is for everybody.
    Row(answer_prompt, lambda a, by: AnswerPrompt(by, "样例"), "NothingAsked: *"),
    Row(show_privacy, lambda a, by: ShowPrivacy(by), "Unlinked: stranger | PrivacyShown: *"),
    Row(export_mine, lambda a, by: ExportMine(by), "Unlinked: stranger | Exported: *"),
    Row(erase_me, lambda a, by: EraseMe(by, sure=True), "Unlinked: stranger | Erased: *"),
    Row(show_settings, lambda a, by: ShowSettings(by), "SettingsShown: *"),
    Row(choose_language, lambda a, by: ChooseLanguage(by, "en"), "LanguageChosen: *"),
    Row(show_help, lambda a, by: ShowHelp(by, None), "HelpShown: *"),
    Row(
        next_up,
        lambda a, by: NextUp(by, None),
        "Unlinked: stranger | Upcoming: teacher head head2 office | NothingUpcoming: *",
    ),
    Row(consult, lambda a, by: Consult(by, None, "每月教研几次"), "Unlinked: stranger | Undecided: *"),
    Row(
        consult,
        lambda a, by: Consult(by, None, "样甲今天请假了吗", personal=True),
        "Unlinked: stranger | Undecided: elsewhere teacher | PersonalMatter: *",
    ),
)
