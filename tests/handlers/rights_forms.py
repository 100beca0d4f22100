"""Rights towards forms: the rows of `rights.py`, continued."""

from handlers.ask_form import AskForm, AskSlip, ListForms, ask_form, ask_slip, list_forms
from handlers.copy_notice import CopyNotice, copy_notice
from handlers.own_form_layout import KeepLayout, RemoveLayout, keep_layout, remove_layout
from store.form_layouts import Form
from tests.handlers.rights import Row

OVERSEEN = "Unlinked: strangers | FormSent: approver approver2 principal office | NotOverseer: *"
FORM_ROWS = (
    Row(
        list_forms,
        lambda a, by: ListForms(by, a.research),
        "Unlinked: strangers | FormsListed: approver approver2 principal office | NotOverseer: *",
    ),
    Row(ask_form, lambda a, by: AskForm(by, a.research, Form.NOTICE), OVERSEEN),
    Row(ask_form, lambda a, by: AskForm(by, a.research, Form.MINUTES), OVERSEEN),
    Row(ask_form, lambda a, by: AskForm(by, a.research, Form.OBSERVATION), OVERSEEN),
    Row(copy_notice, lambda a, by: CopyNotice(by, a.research), OVERSEEN.replace("FormSent", "NoticeCopied")),
    Row(
        ask_form,
        lambda a, by: AskForm(by, a.research, Form.SIGN_IN),
        "Unlinked: strangers | FormSent: approver approver2 office | FormNotYours: principal | NotOverseer: *",
    ),
    Row(
        ask_form,
        lambda a, by: AskForm(by, a.research, Form.REFLECTION),
        "NotLinked: strangers | FormSent: teacher | NotInvited: *",
    ),
    Row(
        ask_form,
        lambda a, by: AskForm(by, a.lesson, Form.CLASS_RECORD),
        "Unlinked: strangers | FormSent: head office | FormNotYours: *",
    ),
    Row(
        ask_slip,
        lambda a, by: AskSlip(by, a.number, several=False),
        "Unlinked: strangers | FormSent: teacher approver | FormNotYours: *",
    ),
    Row(
        keep_layout,
        lambda a, by: KeepLayout(by, 1, Form.SIGN_IN, "签到表.docx", b""),
        "Unlinked: strangers | LayoutKept: office | NotForFiles: *",
    ),
    Row(
        remove_layout,
        lambda a, by: RemoveLayout(by, 1, Form.SIGN_IN),
        "Unlinked: strangers | LayoutRemoved: office | NotForFiles: *",
    ),
)
