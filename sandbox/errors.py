"""The Bot API's refusals as a table: name → status and description, to the letter of the official server."""

from typing import Any

# The wording is that of the official Bot API server (Query, Client) and of tdlib, which it embeds.
ERRORS: dict[str, tuple[int, str]] = {
    "chat_not_found": (400, "Bad Request: chat not found"),
    "chat_id_empty": (400, "Bad Request: chat_id is empty"),
    "upgraded": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "kicked_group": (403, "Forbidden: bot was kicked from the group chat"),
    "kicked_supergroup": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "not_member_group": (403, "Forbidden: bot is not a member of the group chat"),
    "not_member_supergroup": (403, "Forbidden: bot is not a member of the supergroup chat"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "to_itself": (403, "Forbidden: the bot can't send messages to the bot"),
    "never_started": (403, "Forbidden: bot can't initiate conversation with a user"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "not_modified": (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message",
    ),
    "edit_not_found": (400, "Bad Request: message to edit not found"),
    "cannot_edit": (400, "Bad Request: message can't be edited"),
    "react_not_found": (400, "Bad Request: message to react not found"),
    "reaction_invalid": (400, "Bad Request: REACTION_INVALID"),
    "reactions_too_many": (400, "Bad Request: REACTIONS_TOO_MANY"),
    "reply_not_json": (400, "Bad Request: can't parse reply parameters JSON object"),
    "reply_not_found": (400, "Bad Request: message to be replied not found"),
    "query_too_old": (400, "Bad Request: query is too old and response timeout expired or query ID is invalid"),
    "answer_too_long": (400, "Bad Request: MESSAGE_TOO_LONG"),
    "results_too_many": (400, "Bad Request: too many inline query results specified"),
    "result_id_empty": (400, "Bad Request: RESULT_ID_EMPTY"),
    "result_id_invalid": (400, "Bad Request: RESULT_ID_INVALID"),
    "result_id_duplicate": (400, "Bad Request: RESULT_ID_DUPLICATE"),
    "article_title_empty": (400, "Bad Request: ARTICLE_TITLE_EMPTY"),
    "start_empty": (400, "Bad Request: can't use empty start_parameter"),
    "start_too_long": (400, "Bad Request: too long start_parameter specified"),
    "start_invalid": (400, "Bad Request: unallowed characters in start_parameter are used"),
    "button_data_invalid": (400, "Bad Request: BUTTON_DATA_INVALID"),
    "button_without_action": (
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    "button_text_empty": (400, "Bad Request: inline keyboard button text must be non-empty"),
    "markup_not_json": (400, "Bad Request: can't parse reply keyboard markup JSON object"),
    "markup_not_object": (400, "Bad Request: object expected as reply markup"),
    "button_not_object": (
        400,
        "Bad Request: can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ),
    "text_empty": (400, "Bad Request: message text is empty"),
    "text_blank": (400, "Bad Request: text must be non-empty"),
    "text_too_long": (400, "Bad Request: message is too long"),
    "caption_too_long": (400, "Bad Request: message caption is too long"),
    "thread_not_found": (400, "Bad Request: message thread not found"),
    "topic_closed": (400, "Bad Request: TOPIC_CLOSED"),
    "muted": (400, "Bad Request: not enough rights to send text messages to the chat"),
    "file_too_big": (400, "Bad Request: file is too big"),
    "file_id_invalid": (400, "Bad Request: invalid file_id"),
    "no_photo": (400, "Bad Request: there is no photo in the request"),
    "no_caption": (400, "Bad Request: there is no caption in the message to edit"),
    "image_failed": (400, "Bad Request: IMAGE_PROCESS_FAILED"),
    "photo_dimensions": (400, "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    "no_document": (400, "Bad Request: there is no document in the request"),
    "user_not_found": (400, "Bad Request: user not found"),
    "too_fast": (429, "Too Many Requests: retry after {retry_after}"),
    "other_poller": (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    ),
    "webhook_active": (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    "webhook_set": (409, "Conflict: terminated by setWebhook request"),
    "webhook_invalid": (400, "Bad Request: invalid webhook URL specified"),
    "secret_invalid": (400, "Bad Request: secret token contains unallowed characters"),
    "unauthorized": (401, "Unauthorized"),
    "restart": (500, "Internal Server Error: restart"),
    # the wording is ours: results that cannot be read, or are of a kind that is not emulated here
    "results_not_json": (400, "Bad Request: can't parse the JSON of the inline query results"),
    "results_not_list": (400, "Bad Request: expected an Array of inline query results"),
    "result_not_article": (400, "Bad Request: can't parse InlineQueryResult: an article is expected"),
    # the wording is ours: the body of the call is not a JSON object
    "body_not_json": (400, "Bad Request: can't parse the JSON of the request"),
    # not Telegram's, and only where it is asked for (`strict`): a call that is not as the description has it
    "not_described": (400, "Bad Request: not as described: {remark}"),
    # not Telegram's: a method that exists there and is not emulated here
    "not_emulated": (501, "Not Implemented: {method}"),
}


class Refused(Exception):
    """An answer with `ok: false`; `parameters` as in the Bot API's ResponseParameters."""

    def __init__(self, name: str, **parameters: Any) -> None:
        self.code, text = ERRORS[name]
        self.description = text.format(**parameters)
        self.parameters = {key: value for key, value in parameters.items() if key not in ("method", "remark")}
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return found | ({"parameters": self.parameters} if self.parameters else {})
