"""PTB's generic types, as every route has them: none of ours keeps data of a user, a chat or the bot in PTB."""

from typing import Any

from telegram.ext import Application, ContextTypes

Context = ContextTypes.DEFAULT_TYPE
Telegram = Application[Any, Any, Any, Any, Any, Any]
