"""Linking: deep links into the private chat, and such a link as a picture that a phone's camera reads."""

from io import BytesIO

from msgspec.structs import replace

from handlers.invite import HandedRound, Invited


def deep_link(username: str, payload: str) -> str:
    """Opens the private chat; `/start payload` is what it says there (Bot API, deep linking)."""
    return f"https://t.me/{username}?start={payload}"


def group_link(username: str, payload: str) -> str:
    """Lets somebody take the bot into a group of theirs; `/start@username payload` is what it says there."""
    return f"https://t.me/{username}?startgroup={payload}"


def linkable(invited: Invited, username: str) -> Invited:
    link = deep_link(username, invited.code)
    return replace(invited, link=link, document=("invite.png", picture(link)))


def passed_on(handed: HandedRound, username: str) -> HandedRound:
    link = deep_link(username, f"join_{handed.code}")
    return replace(handed, link=link, picture=("join.png", picture(link)))


def picture(link: str, scale: int = 8) -> bytes:
    """A QR code as PNG; `scale`: how many pixels wide a module is."""
    import segno

    content = BytesIO()
    segno.make_qr(link).save(content, kind="png", scale=scale)  # `make` may draw a Micro QR code, which no phone reads
    return content.getvalue()
