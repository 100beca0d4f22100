"""Every table, named: an import that only registers a table would be taken for unused."""

from sqlmodel import SQLModel

from store.accounts import KnownAccount
from store.activities import Activity
from store.amendments import Amendment
from store.attendees import Attendee
from store.audit import Audit
from store.beats import Beat
from store.changes import Change
from store.chats import Chat
from store.check_ins import CheckIn
from store.claims import Claim
from store.class_records import ClassRecord
from store.classes import SchoolClass
from store.code_tries import CodeTry
from store.consortiums import Consortium
from store.corrections import Correction
from store.deliveries import Delivery
from store.form_layouts import FormLayout
from store.further_accounts import FurtherAccount
from store.invites import Invite
from store.leaves import Leave, LeaveSpan
from store.mentions import Mention
from store.minutes import Bulletin, Material, Minutes, NextTask
from store.occurrences import Occurrence
from store.offers import Offer
from store.paces import Pace
from store.persons import Person, PersonRole
from store.policies.asked import AskedQuestion, Thumb
from store.policies.bank import BankQuestion
from store.policies.editions import Clause, Document, Edition
from store.policies.slots import Slot
from store.policies.unanswered import Unanswered
from store.prompts import Prompt
from store.reflections import Reflection
from store.reminders import Reminder
from store.responses import Response
from store.roster_links import RosterLink
from store.schools import School
from store.terms import Term
from store.updates import InboxUpdate

TABLES: tuple[type[SQLModel], ...] = (
    Consortium, School, KnownAccount, Person, PersonRole, Invite, SchoolClass, Chat, Activity, Occurrence, Attendee,
    Response, LeaveSpan, Leave, CheckIn, Reflection, ClassRecord, Prompt, Reminder, Delivery, InboxUpdate, Beat,
    Document, Edition, Clause, Slot, Offer, Claim, Amendment, Change, Mention, Audit, Correction, CodeTry,
    BankQuestion, Unanswered, AskedQuestion, Thumb,
    FormLayout,
    Minutes, NextTask, Material, Bulletin, Term,
    Pace, FurtherAccount, RosterLink,
)  # fmt: skip
