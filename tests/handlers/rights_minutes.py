"""Rights towards minutes and bulletins: the rows of `rights.py`, continued. The `recorder` keeps those."""

from handlers.bulletin import (
    EditBulletin,
    LeaveBulletin,
    PublishBulletin,
    ShowBulletin,
    edit_bulletin,
    leave_bulletin,
    publish_bulletin,
    show_bulletin,
)
from handlers.hand_in_minutes import AskRecorder, HandInMinutes, ask_recorder, hand_in_minutes
from handlers.minutes import OpenMinutes, open_minutes
from handlers.minutes_words import AddMaterial, KeepTasks, add_material, keep_tasks
from store.minutes import MinutesPart
from tests.handlers.rights import Row

MATERIALS = ((open_minutes, lambda a, by: OpenMinutes(by, a.meeting, MinutesPart.MATERIALS)),)
MINUTES_ROWS = (
    Row(
        open_minutes,
        lambda a, by: OpenMinutes(by, a.meeting),
        "Unlinked: strangers | MinutesShown: office recorder | NotRecorder: *",
    ),
    Row(
        open_minutes,
        lambda a, by: OpenMinutes(by, a.meeting, MinutesPart.POINTS),
        "Unlinked: strangers | MinutesPartAsked: office recorder | NotRecorder: *",
    ),
    Row(
        keep_tasks,
        lambda a, by: KeepTasks(by, a.meeting, ()),
        "Unlinked: strangers | MinutesPartAsked: office recorder | NotRecorder: *",
    ),
    Row(
        add_material,
        lambda a, by: AddMaterial(by, "课件.pptx", "F1"),
        "MinutesPartAsked: office recorder | NoMaterialWanted: *",
        MATERIALS,
    ),
    Row(
        hand_in_minutes,
        lambda a, by: HandInMinutes(by, a.meeting),
        "Unlinked: strangers | MinutesEmpty: office recorder | NotRecorder: *",
    ),
    Row(
        ask_recorder,
        lambda a, by: AskRecorder(by, a.meeting),
        "Unlinked: strangers | RecorderNameAsked: office | OrganisersOnly: *",
    ),
    Row(
        show_bulletin,
        lambda a, by: ShowBulletin(by, a.meeting),
        "Unlinked: strangers | BulletinDrafted: office | OrganisersOnly: *",
    ),
    Row(
        edit_bulletin,
        lambda a, by: EditBulletin(by, a.meeting),
        "Unlinked: strangers | BulletinWordsAsked: office | OrganisersOnly: *",
    ),
    Row(
        publish_bulletin,
        lambda a, by: PublishBulletin(by, a.meeting),
        "Unlinked: strangers | BulletinPublished: office | OrganisersOnly: *",
    ),
    Row(
        leave_bulletin,
        lambda a, by: LeaveBulletin(by, a.meeting),
        "Unlinked: strangers | BulletinLeft: office | OrganisersOnly: *",
    ),
)
