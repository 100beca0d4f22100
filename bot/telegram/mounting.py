"""Mounting: every route, and what is written in private to whom it concerns."""

from collections.abc import Awaitable, Callable

from bot.desk import Desk
from bot.talk.conversation import Conversation
from bot.talk.leave import LeaveTalk
from bot.talk.record_words import RecordWords
from bot.telegram.claim_routes import ClaimRoutes
from bot.telegram.edit_routes import EditRoutes
from bot.telegram.file_routes import FileRoutes
from bot.telegram.form_routes import FormRoutes
from bot.telegram.inline_routes import InlineRoutes
from bot.telegram.invite_routes import InviteRoutes
from bot.telegram.leave_routes import LeaveRoutes
from bot.telegram.minutes_routes import MinutesRoutes
from bot.telegram.obligation_routes import ObligationRoutes
from bot.telegram.ptb import Telegram
from bot.telegram.replies import Replies
from bot.telegram.report_routes import ReportRoutes
from bot.telegram.roll_routes import RollRoutes
from bot.telegram.routes import Routes
from bot.telegram.schedule_routes import ScheduleRoutes
from bot.telegram.sign_in_routes import SignInRoutes
from bot.telegram.term_routes import TermRoutes
from bot.voice import Voices

Replan = Callable[[], Awaitable[None]]


def mount(application: Telegram, desk: Desk, voices: Voices, replies: Replies, replan: Replan) -> None:
    """Every route, in this order: the first that fits is the only one."""
    schedule = ScheduleRoutes(desk, voices, replies, replan)
    sign_in, minutes = SignInRoutes(desk, replies), MinutesRoutes(desk, voices, replies)
    leave, lines = LeaveTalk(desk, replies), RecordWords(desk, replies)
    invites = InviteRoutes(desk, voices, replies, application.bot)
    worded = schedule.answered, lines.answered, minutes.tasks
    talk = Conversation(desk, voices, replies, leave, *worded, invites.named)
    routes = Routes(desk, voices, replies, talk)
    routes.mount_cards(application)
    InlineRoutes(desk, voices).mount(application)
    sign_in.mount(application)
    FormRoutes(desk, voices, replies).mount(application)
    minutes.mount(application)
    FileRoutes(desk, voices, replies, replan, sign_in.offer).mount(application)
    ClaimRoutes(desk, replies).mount(application)
    EditRoutes(desk, replies).mount(application)
    TermRoutes(desk, replies, voices).mount(application)
    RollRoutes(desk, voices, replies).mount(application)
    ReportRoutes(desk, voices, replies).mount(application)
    ObligationRoutes(desk, voices, replies).mount(application)
    schedule.mount(application)
    LeaveRoutes(leave, replies).mount(application)
    invites.mount(application)
    routes.mount(application)
