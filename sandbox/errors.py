"""The Bot API's refusals as a table: name → status, description to the letter of the official server, and its source.

`python -m sandbox.errors` writes it as the table that `docs/sandbox.md` has.
"""

import sys
from typing import Any, NamedTuple


class Row(NamedTuple):
    """`source`: S the source of the official Bot API server 10.0, T that of tdlib, which it embeds, P that of
    python-telegram-bot, R seen in logs and tests of public bots, U not verified, `ours`: Telegram has no such answer.
    """

    code: int
    text: str
    source: str


ERRORS: dict[str, Row] = {
    "chat_not_found": Row(400, "Bad Request: chat not found", "S"),
    "chat_id_empty": Row(400, "Bad Request: chat_id is empty", "S"),
    "upgraded": Row(400, "Bad Request: group chat was upgraded to a supergroup chat", "S"),
    "kicked_group": Row(403, "Forbidden: bot was kicked from the group chat", "S"),
    "kicked_supergroup": Row(403, "Forbidden: bot was kicked from the supergroup chat", "S"),
    "not_member_group": Row(403, "Forbidden: bot is not a member of the group chat", "S"),
    "not_member_supergroup": Row(403, "Forbidden: bot is not a member of the supergroup chat", "S"),
    "blocked": Row(403, "Forbidden: bot was blocked by the user", "S"),
    "to_itself": Row(403, "Forbidden: the bot can't send messages to the bot", "T"),
    "never_started": Row(403, "Forbidden: bot can't initiate conversation with a user", "T, R"),
    "deactivated": Row(403, "Forbidden: user is deactivated", "S"),
    "not_modified": Row(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message",
        "S",
    ),
    "edit_not_found": Row(400, "Bad Request: message to edit not found", "S"),
    "cannot_edit": Row(400, "Bad Request: message can't be edited", "T"),
    "react_not_found": Row(400, "Bad Request: message to react not found", "S, U"),
    "reaction_invalid": Row(400, "Bad Request: REACTION_INVALID", "R"),
    "reactions_too_many": Row(400, "Bad Request: REACTIONS_TOO_MANY", "R, U"),
    "reply_not_json": Row(400, "Bad Request: can't parse reply parameters JSON object", "S, U"),
    "reply_not_found": Row(400, "Bad Request: message to be replied not found", "S"),
    "query_too_old": Row(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "S"),
    "answer_too_long": Row(400, "Bad Request: MESSAGE_TOO_LONG", "R, U"),
    "results_too_many": Row(400, "Bad Request: too many inline query results specified", "T, U"),
    "result_id_empty": Row(400, "Bad Request: RESULT_ID_EMPTY", "R, U"),
    "result_id_invalid": Row(400, "Bad Request: RESULT_ID_INVALID", "R, U"),
    "result_id_duplicate": Row(400, "Bad Request: RESULT_ID_DUPLICATE", "R, U"),
    "article_title_empty": Row(400, "Bad Request: ARTICLE_TITLE_EMPTY", "R, U"),
    "start_empty": Row(400, "Bad Request: can't use empty start_parameter", "T"),
    "start_too_long": Row(400, "Bad Request: too long start_parameter specified", "T"),
    "start_invalid": Row(400, "Bad Request: unallowed characters in start_parameter are used", "T"),
    "button_data_invalid": Row(400, "Bad Request: BUTTON_DATA_INVALID", "R"),
    "button_without_action": Row(
        400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", "S"
    ),
    "button_text_empty": Row(400, "Bad Request: inline keyboard button text must be non-empty", "T"),
    "markup_not_json": Row(400, "Bad Request: can't parse reply keyboard markup JSON object", "S"),
    "markup_not_object": Row(400, "Bad Request: object expected as reply markup", "S"),
    "button_not_object": Row(
        400, "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object", "S, U"
    ),
    "text_empty": Row(400, "Bad Request: message text is empty", "S"),
    "text_blank": Row(400, "Bad Request: text must be non-empty", "T"),
    "text_too_long": Row(400, "Bad Request: message is too long", "T"),
    "caption_too_long": Row(400, "Bad Request: message caption is too long", "T"),
    "thread_not_found": Row(400, "Bad Request: message thread not found", "S"),
    "topic_closed": Row(400, "Bad Request: TOPIC_CLOSED", "R"),
    "muted": Row(400, "Bad Request: not enough rights to send text messages to the chat", "T"),
    "file_too_big": Row(400, "Bad Request: file is too big", "S"),
    "file_id_invalid": Row(400, "Bad Request: invalid file_id", "S"),
    "no_photo": Row(400, "Bad Request: there is no photo in the request", "S, U"),
    "no_caption": Row(400, "Bad Request: there is no caption in the message to edit", "R"),
    "image_failed": Row(400, "Bad Request: IMAGE_PROCESS_FAILED", "R"),
    "photo_dimensions": Row(400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "R"),
    "no_document": Row(400, "Bad Request: there is no document in the request", "S"),
    "user_not_found": Row(400, "Bad Request: user not found", "S"),
    "too_fast": Row(429, "Too Many Requests: retry after {retry_after}", "S"),
    "other_poller": Row(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", "S"
    ),
    "webhook_active": Row(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        "S",
    ),
    "webhook_set": Row(409, "Conflict: terminated by setWebhook request", "S"),
    "webhook_invalid": Row(400, "Bad Request: invalid webhook URL specified", "S"),
    "secret_invalid": Row(400, "Bad Request: secret token contains unallowed characters", "S"),
    "unauthorized": Row(401, "Unauthorized", "S, P"),
    "restart": Row(500, "Internal Server Error: restart", "S"),
    "results_not_json": Row(400, "Bad Request: can't parse the JSON of the inline query results", "ours"),
    "results_not_list": Row(400, "Bad Request: expected an Array of inline query results", "ours"),
    "result_not_article": Row(400, "Bad Request: can't parse InlineQueryResult: an article is expected", "ours"),
    "body_not_json": Row(400, "Bad Request: can't parse the JSON of the request", "ours"),
    "not_described": Row(400, "Bad Request: not as described: {remark}", "ours"),
    "not_emulated": Row(501, "Not Implemented: {method}", "ours"),
}


class Refused(Exception):
    """An answer with `ok: false`; `parameters` as in the Bot API's ResponseParameters."""

    def __init__(self, name: str, **parameters: Any) -> None:
        self.code, text, _source = ERRORS[name]
        self.description = text.format(**parameters)
        self.parameters = {key: value for key, value in parameters.items() if key not in ("method", "remark")}
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return found | ({"parameters": self.parameters} if self.parameters else {})


def table() -> str:
    """In Markdown."""
    rows = (f"| `{name}` | {row.code} | `{row.text}` | {row.source} |" for name, row in ERRORS.items())
    return "\n".join(["| name | status | description | source |", "|---|---|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
